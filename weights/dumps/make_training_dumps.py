"""The losses of the first steps of a training, by PyTorch: what `adain train` is compared with.

    python -m weights.dumps.make_training_dumps [--model FILE] [--size N] [--steps N] [--out FILE]

Writes pictures, strengths, shifts and the losses of each step, all on the same pairs, by train.py's own losses and
optimiser. Without options: those of the tests, of the narrow model. `ADAIN_TRAINING_DUMP` sends the test to another.

The first two lines of losses are of one decoder and agree to rounding. From then on rounding decides: SOAP's bases have
directions without any gradient, in which Adam goes by its sign. PyTorch with its own convolutions and with winograd.cpp
are as far from each other as from the engine. So the optimiser is compared by itself, too, on gradients that fill all
directions.
"""

import argparse
import pathlib
import types

import numpy
import torch
from torch import nn

from weights.network.batched_network import make_decoder, make_encoder
from weights.network.losses import shallow_directions, statistics, style_summary
from weights.network.network_file import read_network, write_safetensors
from weights.network.palette import palette
from weights.training.pool import between, mapped
from weights.training.soap import Soap
from weights.training.train import Training, tame

TESTS = pathlib.Path(__file__).resolve().parents[2] / "Tests"
NARROW = TESTS / "AdaINTests" / "Dumps" / "narrow-vgg16-model.safetensors"
DUMP = TESTS / "AdaINTrainingTests" / "Dumps" / "training.safetensors"
WEIGHTS = {"content": 1, "style": 10.0, "lattice": 5000.0, "palette": 2.0, "perceptual": 0.8}
BATCH, RATE, LARGEST_SHIFT, SOAP_STEPS = 3, 3e-4, 8, 25


def smooth_noise(size, generator):
    """A picture with something at every scale."""
    picture = torch.zeros(1, 3, size, size)
    side = 2
    while side <= size:
        noise = torch.rand(1, 3, side, side, generator=generator) - 0.5
        picture += nn.functional.interpolate(noise, (size, size), mode="bilinear") * (2 / side) ** 0.5
        side *= 2
    return (0.5 + 0.5 * picture).clamp(0, 1)


def encoded(training, pictures):
    layers = training.encode(pictures)
    style = {
        "statistics": statistics(layers["conv4_1"]), "summary": style_summary(layers, "stats"),
        "palette": palette(pictures),
    }
    return {"maps": layers["conv4_1"], "shallow": shallow_directions(layers), "style": style}


def optimised(generator):
    """Gradients of a layer, and its filters after as many steps of SOAP."""
    filters = nn.Parameter(torch.randn(6, 5, 3, 3, generator=generator))
    begun = filters.detach().clone()
    gradients = torch.randn(SOAP_STEPS, *filters.shape, generator=generator)
    optimiser = Soap([filters], lr=RATE)
    for gradient in gradients:
        filters.grad = gradient.clone()
        optimiser.step()
    return {"soap.begun": begun, "soap.gradients": gradients, "soap.ended": filters.detach()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=pathlib.Path, default=NARROW)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--out", type=pathlib.Path, default=DUMP)
    options = parser.parse_args()
    generator = torch.Generator().manual_seed(1)
    tensors, about = read_network(options.model)
    training = object.__new__(Training)
    training.options = types.SimpleNamespace(train_encoder=False, style_loss="stats", precision="f32")
    training.device = torch.device("cpu")
    training.encoder = training.judge = make_encoder(tensors, about["architecture"])
    training.decoder = make_decoder(tensors, about["architecture"])
    optimiser = Soap(training.decoder.parameters(), lr=RATE)

    contents, paintings = (torch.cat([smooth_noise(options.size, generator) for _ in range(BATCH)]) for _ in range(2))
    strengths = torch.tensor([1, 0.4, 1])
    shifts = torch.randint(LARGEST_SHIFT, (options.steps, 2), generator=generator)
    content = encoded(training, contents)
    styles = mapped(lambda *pair: between(*pair, strengths), content["style"], encoded(training, paintings)["style"])
    found = []
    for shift in shifts:
        losses = training.losses(content, styles, shift)
        optimiser.zero_grad(set_to_none=True)
        sum(WEIGHTS[name] * loss for name, loss in losses.items()).backward()
        tame(training.decoder.parameters(), 1)
        optimiser.step()
        found.append([losses[name].item() for name in WEIGHTS])

    def rows(pictures):
        return pictures.permute(0, 2, 3, 1).contiguous().numpy()

    options.out.parent.mkdir(exist_ok=True)
    write_safetensors(
        options.out,
        {
            "contents": rows(contents), "paintings": rows(paintings), "strengths": strengths.numpy(),
            "shifts": shifts.float().numpy(), "losses": numpy.array(found, numpy.float32),
            **{name: values.numpy() for name, values in optimised(generator).items()},
        },
        {"model": str(options.model.resolve()) if options.model != NARROW else "", "rate": str(RATE)},
    )


if __name__ == "__main__":
    main()
