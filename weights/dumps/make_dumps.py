"""What PyTorch computes, for the engine's parity tests: Tests/AdaINTests/Dumps/*.safetensors.

    python -m weights.dumps.make_dumps          (needs weights/requirements.txt)

Each file holds a model's tensors (but for the shipped models), pictures, and for each picture every
layer's output, the statistics, the features after AdaIN and the final pixels. Layers are kept as
float32, channels first as in PyTorch. Run twice, it writes the same bytes.
"""

import pathlib
import subprocess
import sys

import numpy
import torch

from weights.network import network_file, reference
from weights.network.network_file import FAST, SHIPPED

ROOT = pathlib.Path(__file__).resolve().parents[2]
DUMPS = ROOT / "Tests" / "AdaINTests" / "Dumps"

# Widths that are no multiples of a vector, on purpose.
NARROW = {"vgg16": (11, [8, 20, 24, 40]), "vgg19": (12, [16, 16, 24, 32])}
# (width, height); layers are dumped for the first three.
SIZES = [(24, 16), (17, 16), (1, 1), (33, 40), (96, 64), (2, 2), (1, 50), (15, 17), (90, 7)]
WITH_LAYERS = 3


def write_safetensors(path, tensors, metadata):
    floats = {name: numpy.asarray(values, numpy.float32) for name, values in tensors.items()}
    network_file.write_safetensors(path, floats, metadata)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size} bytes")


def smooth_picture(width, height, seed):
    """Waves and noise, as bytes: (height, width, 3)."""
    generator = numpy.random.default_rng(seed)
    y, x = numpy.mgrid[0:height, 0:width]
    channels = []
    for _ in range(3):
        a, b, c = generator.uniform(0.05, 0.6, 3)
        wave = numpy.sin(a * x + c) * numpy.cos(b * y) * 90 + 128
        channels.append(wave + generator.normal(0, 12, (height, width)))
    return numpy.clip(numpy.stack(channels, -1), 0, 255).astype(numpy.uint8)


def dump(network, picture, painting, prefix, layers):
    """Everything of one picture, by name."""
    content, style = reference.to_tensor(picture), network.style(reference.to_tensor(painting))
    features, encoder = network.encode(content)
    mean, deviation = reference.statistics(features)
    result = {
        f"{prefix}.picture": picture.astype(numpy.float32),
        f"{prefix}.features": features[0].numpy(),
        f"{prefix}.mean": mean.numpy(),
        f"{prefix}.deviation": deviation.numpy(),
    }
    if layers:
        target = (features - reference.column(mean)) / reference.column(deviation)
        target = target * reference.column(style[1]) + reference.column(style[0])
        result[f"{prefix}.adain"] = target[0].numpy()
        _, decoder = network.decode(target)
        for name, values in {**encoder, **decoder}.items():
            result[f"{prefix}.layer.{name}"] = values[0].numpy()
    for strength in (1.0, 0.5):
        pixels = reference.to_pixels(network.stylise(content, style, strength))
        result[f"{prefix}.pixels.{strength}"] = pixels
    return result


def narrow(architecture):
    seed, widths = NARROW[architecture]
    model = DUMPS / f"narrow-{architecture}-model.safetensors"
    script = ROOT / "Tests" / "Support" / "make_narrow_model.py"
    options = ["--seed", str(seed), "--architecture", architecture, "--widths", *map(str, widths)]
    subprocess.run([sys.executable, script, model, *options], check=True)
    network = reference.Network(model)
    painting = smooth_picture(40, 32, 1)
    tensors = {"painting": painting.astype(numpy.float32)}
    for i, (width, height) in enumerate(SIZES):
        picture = smooth_picture(width, height, 100 + i)
        prefix = f"{width}x{height}"
        tensors.update(dump(network, picture, painting, prefix, layers=i < WITH_LAYERS))
    write_safetensors(DUMPS / f"narrow-{architecture}.safetensors", tensors, {"seed": str(seed)})


def shipped(name, file):
    """A real model on one picture, reduced by whole factors so that no library's resampling
    counts."""
    network = reference.Network(file)
    picture = reduced("chelsea.ppm", 4)
    painting = reduced("van-gogh-auvers.ppm", 4)
    tensors = {"painting": painting.astype(numpy.float32)}
    tensors.update(dump(network, picture, painting, "photograph", layers=False))
    write_safetensors(DUMPS / f"shipped-{name}.safetensors", tensors, {"model": file.name})


def reduced(name, factor):
    """A picture of examples/images as `vips copy` decodes it, block means."""
    source = ROOT / "examples" / "images" / name.replace(".ppm", ".jpg")
    data = subprocess.run(
        ["vips", "copy", source, ".ppm"], check=True, capture_output=True
    ).stdout
    fields, rest = [], data
    while len(fields) < 4:
        line, rest = rest.split(b"\n", 1)
        fields += line.split(b"#")[0].split()
    width, height = int(fields[1]), int(fields[2])
    pixels = numpy.frombuffer(rest, numpy.uint8).reshape(height, width, 3)
    height, width = height // factor * factor, width // factor * factor
    blocks = pixels[:height, :width].reshape(height // factor, factor, width // factor, factor, 3)
    return numpy.rint(blocks.mean((1, 3))).astype(numpy.uint8)


if __name__ == "__main__":
    torch.manual_seed(0)
    torch.set_num_threads(1)  # the same order of sums, whatever the machine
    DUMPS.mkdir(exist_ok=True)
    with torch.no_grad():
        for architecture in NARROW:
            narrow(architecture)
        shipped("standard", SHIPPED)
        shipped("fast", FAST)
