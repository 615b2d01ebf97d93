"""The losses of the first steps of a training, by PyTorch: what `adain train` is compared with.

    python -m weights.dumps.make_training_dumps [--model FILE] [--size N] [--steps N] [--out FILE]

Writes pictures, strengths, shifts and the losses of each step (objective.py, soap.py), all on the same pairs. Without
options: those of the tests, of the narrow model. `ADAIN_TRAINING_DUMP` sends the test to another.

The first two lines of losses are of one decoder and agree to rounding. From then on rounding decides: SOAP's bases have
directions without any gradient, in which Adam goes by its sign. PyTorch with two kinds of convolutions is as far from
itself as from the engine. So the optimiser is compared by itself, too, on gradients that fill all directions.
"""

import argparse
import pathlib

import numpy
import torch
from torch import nn

from weights.network.batched_network import make_decoder, make_encoder
from weights.network.network_file import read_network, write_safetensors
from weights.network.objective import GRID, between, encoded, mapped, step
from weights.network.soap import Soap

TESTS = pathlib.Path(__file__).resolve().parents[2] / "Tests"
NARROW = TESTS / "AdaINTests" / "Dumps" / "narrow-vgg16-model.safetensors"
DUMP = TESTS / "AdaINTrainingTests" / "Dumps" / "training.safetensors"
BATCH, RATE, SOAP_STEPS = 3, 3e-4, 25


def smooth_noise(size, generator):
    """A picture with something at every scale."""
    picture = torch.zeros(1, 3, size, size)
    side = 2
    while side <= size:
        noise = torch.rand(1, 3, side, side, generator=generator) - 0.5
        picture += nn.functional.interpolate(noise, (size, size), mode="bilinear") * (2 / side) ** 0.5
        side *= 2
    return (0.5 + 0.5 * picture).clamp(0, 1)


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
    encoder, decoder = (make(tensors, about["architecture"]) for make in (make_encoder, make_decoder))
    optimiser = Soap(decoder.parameters(), lr=RATE)

    contents, paintings = (torch.cat([smooth_noise(options.size, generator) for _ in range(BATCH)]) for _ in range(2))
    strengths = torch.tensor([1, 0.4, 1])
    shifts = torch.randint(GRID, (options.steps, 2), generator=generator)
    content, painting = (encoded(encoder, pictures) for pictures in (contents, paintings))
    styles = mapped(lambda *pair: between(*pair, strengths), content["style"], painting["style"])
    found = [list(step(encoder, decoder, optimiser, content, styles, shift).values()) for shift in shifts]

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
