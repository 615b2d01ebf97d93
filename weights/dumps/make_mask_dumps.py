"""What PyTorch computes for the tests of compositions (several styles, each in its region):
Tests/AdaINTests/Dumps/masks.safetensors.

    python -m weights.dumps.make_mask_dumps     (after make_dumps.py, whose narrow VGG-16 it runs)

Masks are (height, width), from 0 to 1. Run twice, it writes the same bytes.
"""

import numpy
import torch

from weights.dumps.make_dumps import DUMPS, NARROW, smooth_picture, write_safetensors
from weights.network import reference

WIDTH, HEIGHT = 61, 43  # no multiples of 8


def cell_means(mask):
    """The mean of the mask over each cell of 8 × 8 pixels of the picture, what overhangs it left out.

    By brute force: both are enlarged to their common multiple, where every cell is whole samples.
    """

    def axis(count, size):
        """Which share of each of `count` samples lies in each cell: (cells, count)."""
        cells = (size + 7) // 8
        shares = numpy.zeros((cells, count))
        for fine in range(count * size):
            shares[fine // count // 8, fine // size] += 1
        return shares / shares.sum(1, keepdims=True)

    return axis(mask.shape[0], HEIGHT) @ mask @ axis(mask.shape[1], WIDTH).T


def weighted_statistics(features, weights):
    """Mean and deviation of each channel, every cell as often as its weight says."""
    flat, w = features[0].flatten(1), weights.flatten()
    total = w.sum()
    mean = (flat * w).sum(1) / total
    variance = (w * (flat - mean[:, None]) ** 2).sum(1) / max(1.0, total.item() - 1)
    return mean, (variance + reference.EPSILON).sqrt()


def compose(network, content, styles, weights, strength, whole):
    features, _ = network.encode(content)
    total = weights.sum(0)
    result = (1 - total) * features
    for style, weight in zip(styles, weights):
        mean, deviation = (
            reference.statistics(features) if whole else weighted_statistics(features, weight)
        )
        target = (features - reference.column(mean)) / reference.column(deviation)
        target = target * reference.column(style[1]) + reference.column(style[0])
        result = result + weight * (strength * target + (1 - strength) * features)
    pixels, _ = network.decode(result)
    return reference.to_pixels(pixels[:, :, :HEIGHT, :WIDTH])


def main():
    seed, _ = NARROW["vgg16"]
    network = reference.Network(DUMPS / "narrow-vgg16-model.safetensors", torch.float64)
    picture = smooth_picture(WIDTH, HEIGHT, 300)
    paintings = [smooth_picture(40, 32, 1), smooth_picture(24, 48, 2)]
    generator = numpy.random.default_rng(9)
    masks = [generator.uniform(0, 1, (17, 29)), generator.uniform(0, 1, (100, 90))]
    masks = [mask.astype(numpy.float32) for mask in masks]
    means = numpy.stack([cell_means(mask.astype(numpy.float64)) for mask in masks])
    tensors = {"picture": picture.astype(numpy.float32)}
    for i in range(2):
        tensors[f"painting.{i}"] = paintings[i].astype(numpy.float32)
        tensors[f"mask.{i}"] = masks[i][:, :, None]
        tensors[f"cells.{i}"] = means[i].astype(numpy.float32)

    content = reference.to_tensor(picture).double()
    styles = [network.style(reference.to_tensor(painting).double()) for painting in paintings]
    one = torch.from_numpy(numpy.stack([means[0], 1 - means[0]]))
    two = torch.from_numpy(means / numpy.maximum(1, means.sum(0)))
    for name, weights in (("one", one), ("two", two)):
        for whole in (False, True):
            for strength in (1.0, 0.5):
                key = f"{name}.{'whole' if whole else 'regions'}.{strength}"
                tensors[key] = compose(network, content, styles, weights, strength, whole)
    write_safetensors(DUMPS / "masks.safetensors", tensors, {"seed": str(seed)})


if __name__ == "__main__":
    torch.set_num_threads(1)  # the same order of sums, whatever the machine
    with torch.no_grad():
        main()
