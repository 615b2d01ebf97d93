"""Write a weights file of the network's shape with narrow layers and seeded random weights.

    make_narrow_model.py FILE [--seed N] [--architecture vgg16|vgg19] [--widths A B C D]

It makes no pictures worth seeing, but runs a hundred times faster than the real model: for tests
of everything around the network. Standard library only.
"""

import argparse
import json
import random
import struct

INNER = {"vgg16": ["conv3_3"], "vgg19": ["conv3_3", "conv3_4"]}


def layers(architecture, widths):
    """(name, inputs, outputs) of every layer, encoder first."""
    names = ["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2"]
    names += INNER[architecture] + ["conv4_1"]
    encoder, channels = [], 3
    for name in names:
        width = widths[int(name[4]) - 1]
        encoder.append(("encoder." + name, channels, width))
        channels = width
    decoder = [
        (name.replace("encoder", "decoder"), outputs, inputs)
        for name, inputs, outputs in reversed(encoder)
    ]
    return encoder + decoder


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--architecture", choices=INNER, default="vgg16")
    parser.add_argument("--widths", type=int, nargs=4, default=[16, 16, 32, 32])
    options = parser.parse_args()

    generator = random.Random(options.seed)
    header = {
        "__metadata__": {"format": "adain", "version": "1", "architecture": options.architecture}
    }
    data = b""
    for name, inputs, outputs in layers(options.architecture, options.widths):
        scale = (2 / (9 * inputs)) ** 0.5  # He: keeps activations at one size
        weight = [generator.gauss(0, scale) for _ in range(outputs * inputs * 9)]
        bias = [0.5 if name == "decoder.conv1_1" else 0.05] * outputs
        for part, values, shape in (
            ("weight", weight, [outputs, inputs, 3, 3]),
            ("bias", bias, [outputs]),
        ):
            packed = struct.pack(f"<{len(values)}f", *values)
            header[f"{name}.{part}"] = {
                "dtype": "F32",
                "shape": shape,
                "data_offsets": [len(data), len(data) + len(packed)],
            }
            data += packed

    text = json.dumps(header).encode()
    with open(options.file, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    main()
