"""The network of reference.py with gradients: modules on batches (N, 3, H, W), H and W multiples of 8
and at least 16, in the memory order that the processor likes best (channels last).
"""

import torch
import torch.nn.functional as F
from torch import nn

from weights.network.losses import STYLE_LAYERS, adaptive, statistics
from weights.network.network_file import block_ends, layer_names


def convolve(layer, features, relu=True, twice=False):
    """`twice`: every cell of the maps is repeated to 2 × 2 first."""
    if twice:
        features = F.interpolate(features, scale_factor=2, mode="nearest")
    features = layer(F.pad(features, (1, 1, 1, 1), mode="reflect"))
    return F.relu(features) if relu else features


class Stack(nn.ModuleDict):
    """Convolutions by name, whose state has the names and shapes of the weights file."""

    def __init__(self, architecture, widths):
        """`widths`: (inputs, outputs) of each layer by name."""
        layers = {name: nn.Conv2d(*widths[name], 3) for name in layer_names(architecture)}
        super().__init__(layers)
        self.ends = block_ends(layer_names(architecture))
        self.to(memory_format=torch.channels_last)


class Encoder(Stack):
    def forward(self, pictures, wanted=STYLE_LAYERS):
        """Feature maps of layers by name, after ReLU: the style layers', of which the last is relu4_1, or those
        wanted."""
        features, layers = pictures.contiguous(memory_format=torch.channels_last), {}
        for name, layer in self.items():
            features = convolve(layer, features)
            if name in wanted:
                layers[name] = features
            if name in self.ends:
                features = F.max_pool2d(features, 2)
        return layers


class Decoder(Stack):
    def layers(self, features):
        """Each layer's name and feature maps, in order; the last ones are the pictures, not clamped."""
        features = features.contiguous(memory_format=torch.channels_last)
        for name in reversed(list(self)):
            features = convolve(self[name], features, name != "conv1_1", name in self.ends)
            yield name, features

    def forward(self, features):
        """Pictures, not clamped."""
        *_, (_, pictures) = self.layers(features)
        return pictures


def widths_of(tensors, architecture):
    """(inputs, outputs) of the encoder's layers, from a weights file's tensors."""
    shapes = {name: tensors[f"encoder.{name}.weight"].shape for name in layer_names(architecture)}
    return {name: (shape[1], shape[0]) for name, shape in shapes.items()}


def state_of(tensors, part):
    """The tensors of "encoder" or "decoder", for load_state_dict."""
    prefix = part + "."
    return {
        name.removeprefix(prefix): torch.as_tensor(values)
        for name, values in tensors.items()
        if name.startswith(prefix)
    }


def make_encoder(tensors, architecture):
    """The encoder of a weights file, frozen."""
    encoder = Encoder(architecture, widths_of(tensors, architecture))
    encoder.load_state_dict(state_of(tensors, "encoder"))
    return encoder.requires_grad_(False).eval()


def make_decoder(tensors, architecture):
    """The decoder of a weights file; where it holds none, a new one from torch's generator, whose
    plain pictures are grey."""
    widths = {n: (b, a) for n, (a, b) in widths_of(tensors, architecture).items()}
    decoder = Decoder(architecture, widths)
    state = state_of(tensors, "decoder")
    if state:
        decoder.load_state_dict(state)
        return decoder
    with torch.no_grad():
        for name, layer in decoder.items():
            nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
            nn.init.constant_(layer.bias, 0.5 if name == "conv1_1" else 0)
        decoder["conv1_1"].weight.mul_(0.1)
    return decoder


@torch.no_grad()
def stylise(encoder, decoder, contents, styles):
    """Results (N, 3, H, W), clamped to [0, 1]."""
    target = adaptive(encoder(contents)["conv4_1"], statistics(encoder(styles)["conv4_1"]))
    return decoder(target).clamp(0, 1)
