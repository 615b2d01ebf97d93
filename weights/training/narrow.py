"""Begin a narrow model: an encoder of fewer channels that tells what the shipped one does.

    python -m weights.training.narrow --content PHOTOGRAPHS --style PAINTINGS --widths 16 32 80 192 --out ENCODER

Of each layer it keeps those channels from which the others can best be told, and gives the next layer's
filters what the lost ones did through that linear map. Then it learns, with a linear map from each layer to the
wide one's, to tell all of its channels (A. Romero et al.: FitNets, arXiv:1412.6550); no gradient passes through
the wide encoder. ENCODER is a weights file without a decoder, which train.py goes on from:

    python -m weights.training.train --init ENCODER --train-encoder …
"""

import argparse
import pathlib
import sys

import torch
from torch import nn

from weights.network.batched_network import Encoder, make_encoder, widths_of
from weights.network.network_file import SHIPPED, NetworkFileError, layer_names, read_network, write_safetensors
from weights.training.dataset import Dataset, DatasetError
from weights.training.pool import CONTENTS, generator_of
from weights.training.soap import Soap
from weights.training.train import learning_rate

# Shares of a channel's power below which it counts as told by the others.
RIDGE = 1e-4


@torch.no_grad()
def moments(encoder, batches):
    """{layer: (mean, covariance)} of its channels over all cells, in double precision."""
    sums = {}
    for pictures in batches:
        for name, maps in encoder(pictures, list(encoder)).items():
            flat = maps.transpose(0, 1).flatten(1).double()
            now = flat.shape[1], flat.sum(1), flat @ flat.T
            sums[name] = [a + b for a, b in zip(sums[name], now)] if name in sums else now
    return {n: (s / count, p / count - torch.outer(s, s) / count**2) for n, (count, s, p) in sums.items()}


def telling_channels(covariance, count):
    """The `count` channels from which the others are best told: one after the other, that which takes most from
    what is left (Cholesky's decomposition with pivots, each channel scaled to the deviation 1)."""
    scale = covariance.diagonal().clamp(min=1e-12).rsqrt()
    left = covariance * scale[:, None] * scale
    chosen = []
    for _ in range(count):
        gains = left.square().sum(0) / left.diagonal().clamp(min=RIDGE)
        gains[chosen] = 0
        best = int(gains.argmax())
        chosen.append(best)
        column = left[:, best] / left[best, best].clamp(min=RIDGE).sqrt()
        left = left - torch.outer(column, column)
    return sorted(chosen)


def linear_map(mean, covariance, chosen):
    """(C, C') and (C): all channels from the chosen ones, by least squares."""
    inner = covariance[chosen][:, chosen]
    inner = inner + RIDGE * inner.diagonal().mean() * torch.eye(len(chosen), dtype=inner.dtype)
    matrix = torch.linalg.solve(inner, covariance[chosen]).T
    return matrix, mean - matrix @ mean[chosen]


def narrowed(encoder, architecture, widths, found):
    """The narrow encoder's state, and {layer: linear map to the wide one's maps}."""
    state, maps, told = {}, {}, None
    for name in layer_names(architecture):
        weight, bias = encoder[name].weight.double(), encoder[name].bias.double()
        chosen = telling_channels(found[name][1], widths[int(name[4]) - 1])
        weight, bias = weight[chosen], bias[chosen]
        if told:
            matrix, shift = told
            bias = bias + torch.einsum("kcyx,c->k", weight, shift)
            weight = torch.einsum("kcyx,cd->kdyx", weight, matrix)
        told = maps[name] = linear_map(*found[name], chosen)
        state[f"{name}.weight"], state[f"{name}.bias"] = weight.float(), bias.float()
    return state, maps


class Tell(nn.Module):
    """The linear maps from a narrow encoder's layers to a wide one's."""

    def __init__(self, maps, found):
        super().__init__()
        self.layers = nn.ModuleDict()
        self.power = {name: covariance.trace().item() for name, (_, covariance) in found.items()}
        for name, (matrix, shift) in maps.items():
            layer = self.layers[name] = nn.Linear(matrix.shape[1], matrix.shape[0])
            layer.weight.data, layer.bias.data = matrix.float(), shift.float()

    def forward(self, narrow, wide):
        """{layer: share of the wide maps' variance that is not told}."""
        def missed(name, layer):
            return (layer(narrow[name].movedim(1, 3)) - wide[name].movedim(1, 3)).square().sum(3).mean()

        return {name: missed(name, layer) / self.power[name] for name, layer in self.layers.items()}


def batches(content, style, options, first, count):
    for index in range(first, first + count):
        generator = generator_of(options.seed, index, CONTENTS)
        half = max(1, options.batch // 2)
        yield torch.cat([data.crops(half, options.size, generator, (0.6, 3)) for data in (content, style)])


def run(options):
    tensors, metadata = read_network(options.init)
    architecture = metadata["architecture"]
    wide = make_encoder(tensors, architecture)
    device = torch.device("cpu")
    content, style = (Dataset(sources, device, options.limit) for sources in (options.content, options.style))
    found = moments(wide, batches(content, style, options, 0, options.looks))
    state, maps = narrowed(wide, architecture, options.widths, found)
    channels = widths_of({f"encoder.{name}": values for name, values in state.items()}, architecture)
    narrow, tell = Encoder(architecture, channels), Tell(maps, found)
    narrow.load_state_dict(state)
    optimiser = Soap([*narrow.parameters(), *tell.parameters()], lr=options.rate)
    for step, pictures in enumerate(batches(content, style, options, options.looks, options.steps)):
        with torch.no_grad():
            wanted = wide(pictures, list(wide))
        losses = tell(narrow(pictures, list(narrow)), wanted)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, options)
        optimiser.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        optimiser.step()
        if (step + 1) % options.log_every == 0 or step == 0:
            print(step + 1, " ".join(f"{name} {loss.item():.4f}" for name, loss in losses.items()), flush=True)
    metadata = {name: metadata[name] for name in ("format", "architecture", "license") if name in metadata}
    metadata["provenance"] = f"an encoder of {options.widths} channels, begun from {options.init.name}"
    encoder = {f"encoder.{name}": values.contiguous().numpy() for name, values in narrow.state_dict().items()}
    write_safetensors(options.out, encoder, metadata)


def parse(arguments=None):
    parser = argparse.ArgumentParser(
        description="Begin a narrow model.", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = parser.add_argument
    add("--content", required=True, nargs="+", metavar="SOURCE", help="folders or tar archives of photographs")
    add("--style", required=True, nargs="+", metavar="SOURCE", help="the same of paintings")
    add("--out", required=True, type=pathlib.Path, help="weights file without a decoder")
    add("--init", default=SHIPPED, type=pathlib.Path, help="weights file whose encoder is to be told")
    add("--widths", type=int, nargs=4, default=(16, 32, 80, 192), help="channels of the four blocks' layers")
    add("--looks", type=int, default=60, help="batches from which the channels are chosen")
    add("--steps", type=int, default=1500)
    add("--size", type=int, default=128, help="side of the crops")
    add("--batch", type=int, default=8, help="half of them photographs, half paintings")
    add("--rate", type=float, default=4e-4, help="learning rate at its peak")
    add("--warm-up", type=int, default=30, help="steps until the peak")
    add("--decay-share", type=float, default=0.5, help="last part of the steps, cosine to zero")
    add("--seed", type=int, default=0)
    add("--limit", type=int, help="read only so many pictures of each kind")
    add("--log-every", type=int, default=50)
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parse(arguments)
    try:
        run(options)
    except (DatasetError, NetworkFileError, OSError) as error:
        sys.exit(f"narrow.py: {error}")


if __name__ == "__main__":
    main()
