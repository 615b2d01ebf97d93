"""Style and content loss of stylised pictures, against α = 0 (the decoder's plain reconstruction).

    python weights/style_loss.py --library build/lib/libadain.so CONTENT STYLE [CONTENT STYLE …]

    style loss    Σ over relu1_1, relu2_1, relu3_1, relu4_1 of the mean squared differences of the
                  channels' means and of their deviations (Huang & Belongie, equation 13)
    content loss  mean squared difference of the result's relu4_1 to the AdaIN target (equation 12)

Pictures are read by Pillow; the results come from the library. Needs requirements.txt.
"""

import argparse
import pathlib
import sys

import numpy
import torch
from PIL import Image

import reference

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "Benchmarks" / "peers"))

from libadain import Library  # noqa: E402

STYLE_LAYERS = ["encoder.conv1_1", "encoder.conv2_1", "encoder.conv3_1", "encoder.conv4_1"]


def pixels(path):
    return numpy.array(Image.open(path).convert("RGB"))


def style_loss(network, result, style):
    losses = []
    for layer in STYLE_LAYERS:
        a, b = (reference.statistics(layers[layer]) for layers in (result, style))
        losses += [((a[0] - b[0]) ** 2).mean(), ((a[1] - b[1]) ** 2).mean()]
    return float(sum(losses))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", required=True)
    parser.add_argument("--out", help="folder for the stylised pictures")
    parser.add_argument("pictures", nargs="+", help="content and style, in turn")
    options = parser.parse_args()
    if len(options.pictures) % 2:
        parser.error("argument pictures: the last content picture has no style")

    adain = Library(options.library)
    network = reference.Network(ROOT / "weights" / "adain-vgg16.safetensors")
    for content_path, style_path in zip(options.pictures[::2], options.pictures[1::2]):
        content, painting = pixels(content_path), pixels(style_path)
        style = adain.style(painting)
        _, wanted = network.encode(reference.to_tensor(painting))
        features, _ = network.encode(reference.to_tensor(content))
        mean, deviation = (reference.column(v) for v in reference.statistics(features))
        style_mean, style_deviation = (
            reference.column(v) for v in reference.statistics(wanted["encoder.conv4_1"])
        )
        target = (features - mean) / deviation * style_deviation + style_mean

        losses = {}
        for strength in (0.0, 1.0):
            result = adain.stylise(content, style, 0, strength)
            features_of_result, layers = network.encode(reference.to_tensor(result))
            losses[strength] = (
                style_loss(network, layers, wanted),
                float(((features_of_result - target) ** 2).mean()),
            )
        name = f"{pathlib.Path(content_path).stem}--{pathlib.Path(style_path).stem}"
        (plain_style, plain_content), (full_style, full_content) = losses[0.0], losses[1.0]
        print(
            f"{name}: style loss {full_style:.3f} (α = 0: {plain_style:.3f}, ratio"
            f" {full_style / plain_style:.3f}); content loss {full_content:.3f}"
            f" (α = 0: {plain_content:.3f})"
        )
        if options.out:
            Image.fromarray(result).save(pathlib.Path(options.out) / f"{name}.png")


if __name__ == "__main__":
    with torch.no_grad():
        main()
