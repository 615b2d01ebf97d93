"""What every peer is given: the network's weights, one decoded picture, one style."""

import dataclasses
import pathlib
import sys

import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(ROOT), str(ROOT / "Benchmarks" / "measure")]

from weights.network.network_file import block_ends, layer_names, read_safetensors  # noqa: E402

EPSILON = 1e-5  # the variance's, as in weights/network/reference.py


@dataclasses.dataclass
class Job:
    """One picture to stylise, and how.

    planar   (1, 3, height, width) floats in [0, 1]; sides are multiples of 8
    style    (2, 512): means, deviations
    setting  a name from the peer's SETTINGS
    """

    planar: numpy.ndarray
    style: numpy.ndarray
    threads: int
    setting: str
    painting: str  # the painting's file, for a peer that has an encoder of its own

    @property
    def height(self):
        return self.planar.shape[2]

    @property
    def width(self):
        return self.planar.shape[3]

    def instance_normalisation(self):
        """(scale, offset, epsilon) with which instance normalisation is AdaIN.

        Frameworks divide the variance by n, the network by n − 1: for v' = v·(n − 1)/n,
        σ/√(v + ε) = σ·√((n − 1)/n) / √(v' + ε·(n − 1)/n).
        """
        cells = self.height // 8 * (self.width // 8)
        share = (cells - 1) / cells
        return self.style[1] * numpy.float32(share**0.5), self.style[0], EPSILON * share


class Weights:
    """The shipped model's tensors, and its layers in order."""

    def __init__(self):
        self.tensors, metadata = read_safetensors(ROOT / "weights" / "adain-vgg16.safetensors")
        names = layer_names(metadata["architecture"])
        ends = block_ends(names)
        # (name, pooling follows) and (name, enlargement precedes)
        self.encoder = [("encoder." + name, name in ends) for name in names]
        self.decoder = [("decoder." + name, name in ends) for name in reversed(names)]

    def convolution(self, name):
        """(out, in, 3, 3) and (out)."""
        return self.tensors[name + ".weight"], self.tensors[name + ".bias"]

    def is_last(self, name):
        """Whether no ReLU follows."""
        return name == self.decoder[-1][0]
