"""Channels of the decoder that are never on, brought back.

Where a rectified channel is negative in every cell it has no gradient, and stays as it is however long
training goes on. It gets a new random filter, and the next layer weights of zero for it: pictures stay
as they were, and what to make of the new features is learned (G. Sokar et al.: The Dormant Neuron
Phenomenon in Deep Reinforcement Learning, ICML 2023, arXiv:2302.12902).
"""

import torch

from batched_network import convolve

# A channel that is on in a smaller share of the cells counts as lost: others pass what it does.
LEAST_ON = 0.01
SMALLEST = 1e-6


def strengths(features):
    """Root mean square of each channel, (C)."""
    return features.square().mean((0, 2, 3)).sqrt()


def renew(layer, lost, features, wanted, generator):
    """Random filters for the channels `lost` (a mask), on in about half of the cells, with `wanted` as
    root mean square of what they make of `features`. Inputs count alike, however strong, but for the
    weakest quarter."""
    scales = strengths(features)
    scales = scales.clamp(min=max(scales.quantile(0.25).item(), SMALLEST))
    filters = torch.randn(layer.weight[lost].shape, generator=generator).to(scales)
    layer.weight[lost] = filters / scales[:, None, None]
    layer.bias[lost] = 0
    responses = convolve(layer, features, relu=False)[:, lost]
    means = responses.mean((0, 2, 3))
    factors = wanted / strengths((responses - means[:, None, None]).relu()).clamp(min=SMALLEST)
    layer.weight[lost] *= factors[:, None, None, None]
    layer.bias[lost] = -means * factors


@torch.no_grad()
def revive(decoder, targets, generator):
    """In place. `targets`: feature maps (N, C, H, W) as the decoder gets them; new channels become as
    strong as the middle one of their layer. Returns {layer: channels brought back}."""
    names, counts = list(reversed(list(decoder))), {}
    features = targets.contiguous(memory_format=torch.channels_last)
    for name, follower in zip(names, names[1:]):
        layer = decoder[name]
        responses = convolve(layer, features)
        lost = (responses > 0).float().mean((0, 2, 3)) < LEAST_ON
        counts[name] = int(lost.sum())
        if 0 < counts[name] < len(lost):
            renew(layer, lost, features, strengths(responses)[~lost].median(), generator)
            decoder[follower].weight[:, lost] = 0
        features = convolve(layer, features, twice=name in decoder.ends)
    return counts
