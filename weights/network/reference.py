"""The network in PyTorch, as plainly as possible: the reference that the engine is tested against.

Pixels are sRGB-encoded RGB in [0, 1]; tensors are (1, channels, height, width).
"""

import numpy
import torch
import torch.nn.functional as F

from weights.network.network_file import block_ends, layer_names, read_safetensors

EPSILON = 1e-5


def bounce(count, target):
    """Indices 0…target−1 of numpy.pad(mode="reflect") at the end; an axis of 1 repeats."""
    if count == 1:
        return torch.zeros(target, dtype=torch.long)
    phase = torch.arange(target) % (2 * (count - 1))
    return torch.where(phase < count, phase, 2 * (count - 1) - phase)


def extend(picture):
    """To the next multiples of 8, on the right and at the bottom."""
    height, width = picture.shape[2:]
    rows = bounce(height, (height + 7) // 8 * 8)
    columns = bounce(width, (width + 7) // 8 * 8)
    return picture[:, :, rows][:, :, :, columns]


def reflect_by_one(features):
    """Reflection padding of 1; an axis of 1 repeats, where PyTorch refuses."""

    def indices(count):
        inside = list(range(count))
        edge = (1, count - 2) if count > 1 else (0, 0)
        return torch.tensor([edge[0]] + inside + [edge[1]])

    height, width = features.shape[2:]
    return features[:, :, indices(height)][:, :, :, indices(width)]


class Network:
    """The pair of encoder and decoder, from an adain safetensors file."""

    def __init__(self, path, dtype=torch.float32):
        tensors, self.metadata = read_safetensors(path)
        self.tensors = {name: torch.from_numpy(t).to(dtype) for name, t in tensors.items()}
        self.names = layer_names(self.metadata["architecture"])
        self.ends = block_ends(self.names)

    def _convolve(self, name, features):
        weight, bias = self.tensors[name + ".weight"], self.tensors[name + ".bias"]
        return F.conv2d(reflect_by_one(features), weight, bias)

    def encode(self, picture):
        """The feature map at relu4_1, and every layer's output (after ReLU, before pooling)."""
        layers = {}
        features = extend(picture)
        for name in self.names:
            features = torch.relu(self._convolve("encoder." + name, features))
            layers["encoder." + name] = features
            if name in self.ends:
                features = F.max_pool2d(features, 2)
        return features, layers

    def decode(self, features):
        """Pixels of the extended size, not clamped, and every layer's output."""
        layers = {}
        for name in reversed(self.names):
            if name in self.ends:
                features = F.interpolate(features, scale_factor=2, mode="nearest")
            features = self._convolve("decoder." + name, features)
            if name != "conv1_1":
                features = torch.relu(features)
            layers["decoder." + name] = features
        return features, layers

    def stylise(self, content, style, strength=1.0):
        """The content picture in the given style (mean, deviation), of the same size."""
        features, _ = self.encode(content)
        mean, deviation = statistics(features)
        style_mean, style_deviation = style
        normalised = (features - column(mean)) / column(deviation)
        target = normalised * column(style_deviation) + column(style_mean)
        mixed = strength * target + (1 - strength) * features
        pixels, _ = self.decode(mixed)
        return pixels[:, :, : content.shape[2], : content.shape[3]]

    def style(self, painting):
        """(mean, deviation) of a painting's feature map."""
        return statistics(self.encode(painting)[0])


def column(vector):
    return vector.view(1, -1, 1, 1)


def statistics(features):
    """Mean and standard deviation of each channel: n − 1 and epsilon; one cell has variance 0."""
    flat = features.flatten(2)[0]
    count = flat.shape[1]
    mean = flat.mean(1)
    variance = flat.var(1) if count > 1 else torch.zeros_like(mean)
    return mean, (variance + EPSILON).sqrt()


def to_tensor(pixels):
    """(height, width, 3) of uint8 or float in [0, 1] to a picture."""
    scale = 255 if pixels.dtype == numpy.uint8 else 1
    picture = torch.from_numpy(pixels.astype(numpy.float32) / numpy.float32(scale))
    return picture.permute(2, 0, 1)[None]


def to_pixels(picture):
    """A picture as (height, width, 3) floats, clamped to [0, 1]."""
    return picture.clamp(0, 1)[0].permute(1, 2, 0).contiguous().numpy()
