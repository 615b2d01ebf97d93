"""Begin a narrow network: fewer channels, in which encoder and decoder tell what the shipped ones do.

    python -m weights.conversion.narrow --content PHOTOGRAPHS --style PAINTINGS --widths 16 32 80 192 OUT.safetensors

Of each layer it keeps those channels from which the others can best be told, and gives the next layer's
filters what the lost ones did through that linear map. Then it learns, with a linear map from each layer to the
wide one's, to tell all of its channels (A. Romero et al.: FitNets, arXiv:1412.6550), and to make its pictures; no
gradient passes through the wide network. From there the network learns whole:

    adain train --model OUT.safetensors --general --train-encoder …
"""

import argparse
import math
import pathlib
import sys

import torch
from torch import nn

from weights.conversion.dataset import Dataset, DatasetError
from weights.network.batched_network import make_decoder, make_encoder
from weights.network.losses import adaptive, displayable, statistics
from weights.network.network_file import SHIPPED, NetworkFileError, read_network, write_safetensors
from weights.network.soap import Soap

# Shares of a channel's power below which it counts as told by the others.
RIDGE = 1e-4
# Crops are cut with a side of so many times --size.
SCALES = (0.6, 3)
WARM_UP = 30
# The decoder's last layer: the pictures, which are compared as they are.
PICTURES = "decoder.conv1_1"


def maps_of(encoder, decoder, contents, styles):
    """{"encoder.conv1_1": feature maps …}, every layer's in order, of pairs of pictures stylised."""
    layers = encoder(torch.cat([contents, styles]), list(encoder))
    content, style = layers["conv4_1"].chunk(2)
    maps = {f"encoder.{name}": values for name, values in layers.items()}
    for name, values in decoder.layers(adaptive(content, statistics(style))):
        maps[f"decoder.{name}"] = values
    return maps


@torch.no_grad()
def moments(encoder, decoder, pairs):
    """{layer: (mean, covariance)} of its channels over all cells, in double precision."""
    sums = {}
    for contents, styles in pairs:
        for name, maps in maps_of(encoder, decoder, contents, styles).items():
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


def channels_of(layer, widths):
    """How many a narrow network's layer has; the decoder's are those of the encoder's layer before."""
    part, name = layer.split(".")
    block, place = int(name[4]), int(name[6:])
    if part == "decoder" and place == 1:
        block -= 1
    return widths[block - 1] if block else 3


def narrowed(tensors, widths, found):
    """The narrow network's tensors, and {layer: linear map to the wide one's maps}."""
    state, maps, told = {}, {}, None
    for name, (_, covariance) in found.items():
        weight, bias = (torch.as_tensor(tensors[f"{name}.{kind}"]).double() for kind in ("weight", "bias"))
        chosen = telling_channels(covariance, channels_of(name, widths))
        weight, bias = weight[chosen], bias[chosen]
        if told:
            matrix, shift = told
            bias = bias + torch.einsum("kcyx,c->k", weight, shift)
            weight = torch.einsum("kcyx,cd->kdyx", weight, matrix)
        told = maps[name] = linear_map(*found[name], chosen)
        state[f"{name}.weight"], state[f"{name}.bias"] = weight.float(), bias.float()
    return state, maps


class Tell(nn.Module):
    """The linear maps from a narrow network's layers to a wide one's."""

    def __init__(self, maps, found):
        super().__init__()
        self.names, self.layers = list(maps), nn.ModuleList()
        self.power = {name: covariance.trace().item() for name, (_, covariance) in found.items()}
        for name, (matrix, shift) in maps.items():
            layer = nn.Identity()
            if name != PICTURES:
                layer = nn.Linear(matrix.shape[1], matrix.shape[0])
                layer.weight.data, layer.bias.data = matrix.float(), shift.float()
            self.layers.append(layer)

    def forward(self, narrow, wide):
        """{layer: share of the wide maps' variance that is not told}."""
        losses = {}
        for name, layer in zip(self.names, self.layers):
            told, wanted = layer(narrow[name].movedim(1, 3)), wide[name].movedim(1, 3)
            if name == PICTURES:
                told, wanted = displayable(told), wanted.clamp(0, 1)
            losses[name] = (told - wanted).square().sum(3).mean() / self.power[name]
        return losses


def learning_rate(step, options):
    """A warm-up, the peak, and half a cosine to zero over the second half of the steps."""
    share = max(0, 2 * step / options.steps - 1)
    return options.rate * min(1, (step + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * share))


def pairs(kinds, options, generator, count):
    """So many batches of crops of photographs and of paintings."""
    for _ in range(count):
        yield [data.crops(options.batch, options.size, generator, SCALES) for data in kinds]


def run(options):
    tensors, metadata = read_network(options.init)
    if not any(name.startswith("decoder.") for name in tensors):
        raise NetworkFileError(f"{options.init} has no decoder")
    architecture = metadata["architecture"]
    wide = make_encoder(tensors, architecture), make_decoder(tensors, architecture)
    kinds = [Dataset(where, options.limit) for where in (options.content, options.style)]
    generator = torch.Generator().manual_seed(options.seed)
    found = moments(*wide, pairs(kinds, options, generator, options.looks))
    state, maps = narrowed(tensors, options.widths, found)
    narrow = nn.ModuleDict({"encoder": make_encoder(state, architecture), "decoder": make_decoder(state, architecture)})
    tell = Tell(maps, found)
    learning = [*narrow.requires_grad_(True).parameters(), *tell.parameters()]
    optimiser = Soap(learning, lr=options.rate)
    for step, pictures in enumerate(pairs(kinds, options, generator, options.steps)):
        with torch.no_grad():
            wanted = maps_of(*wide, *pictures)
        losses = tell(maps_of(narrow["encoder"], narrow["decoder"], *pictures), wanted)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, options)
        optimiser.zero_grad(set_to_none=True)
        sum(losses.values()).backward()
        optimiser.step()
        if (step + 1) % options.log_every == 0 or step == 0:
            print(step + 1, " ".join(f"{name} {loss.item():.4f}" for name, loss in losses.items()), flush=True)
    metadata = {name: metadata[name] for name in ("format", "version", "architecture", "license") if name in metadata}
    metadata["provenance"] = f"a network of {options.widths} channels, begun from {options.init.name}"
    learned = {name: values.contiguous().numpy() for name, values in narrow.state_dict().items()}
    write_safetensors(options.out, learned, metadata)


def parse(arguments=None):
    parser = argparse.ArgumentParser(
        description="Begin a narrow network.", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = parser.add_argument
    add("out", type=pathlib.Path, help="weights file to write")
    add("--content", required=True, nargs="+", metavar="SOURCE", help="folders or tar archives of photographs")
    add("--style", required=True, nargs="+", metavar="SOURCE", help="the same of paintings")
    add("--init", default=SHIPPED, type=pathlib.Path, help="weights file whose network is to be told")
    add("--widths", type=int, nargs=4, default=(16, 32, 80, 192), help="channels of the four blocks' layers")
    add("--looks", type=int, default=60, help="batches from which the channels are chosen")
    add("--steps", type=int, default=1500)
    add("--size", type=int, default=128, help="side of the crops")
    add("--batch", type=int, default=4, help="pairs of crops a step")
    add("--rate", type=float, default=4e-4, help="learning rate at its peak")
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
