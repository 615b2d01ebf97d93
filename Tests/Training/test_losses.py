"""The losses, the optimiser and a step of both, on tiny pictures with narrow layers."""

import numpy
import pytest
import torch
from PIL import Image

from weights.network import losses, reference
from weights.network.batched_network import make_decoder, make_encoder
from weights.network.network_file import read_safetensors
from weights.network.objective import between, encoded, mapped, step, tame
from weights.network.soap import Soap


@pytest.fixture
def network(narrow_model):
    tensors, metadata = read_safetensors(narrow_model)
    return [make(tensors, metadata["architecture"]) for make in (make_encoder, make_decoder)]


def given(pictures, kind, count=4, side=32):
    values = [numpy.array(Image.open(pictures / kind / f"{i}.png"))[:side, :side] for i in range(count)]
    return torch.cat([reference.to_tensor(pixels) for pixels in values])


def learnt(network, pictures, rate=2e-3, steps=20, **weights):
    """The losses of each step, where those not named weigh nothing."""
    encoder, decoder = network
    optimiser = Soap(decoder.parameters(), lr=rate)
    contents, styles = (encoded(encoder, given(pictures, kind)) for kind in ("content", "style"))
    all_weights = {"content": 1, "style": 5, "lattice": 0, "palette": 0, "perceptual": 0, **weights}
    return [
        step(encoder, decoder, optimiser, contents, styles["style"], (i % 8, 3 * i % 8), all_weights)
        for i in range(steps)]


def test_twenty_steps_lower_the_loss(network, pictures):
    lines = learnt(network, pictures)
    first, last = (sum(line["content"] + 5 * line["style"] for line in part) for part in (lines[:4], lines[-4:]))
    assert last < 0.8 * first


@pytest.mark.parametrize("name, weight", [("perceptual", 300), ("palette", 30)])
def test_each_weight_lowers_its_loss(name, weight, network, narrow_model, pictures):
    tensors, metadata = read_safetensors(narrow_model)
    other = [make(tensors, metadata["architecture"]) for make in (make_encoder, make_decoder)]
    plain, weighed = (
        sum(line[name] for line in learnt(networks, pictures, steps=30, **{"style": 0.01, name: value})[-4:])
        for networks, value in ((network, 0), (other, weight)))
    assert weighed < 0.8 * plain


def test_losses_are_of_pixels_that_can_be_shown():
    pixels = torch.tensor([-0.5, -0.5, 0.5, 0.5, 1.5, 1.5], requires_grad=True)
    gradient = torch.tensor([2.0, -2.0, 2.0, -2.0, 2.0, -2.0])
    shown = losses.displayable(pixels)
    assert shown.tolist() == [0, 0, 0.5, 0.5, 1, 1]
    # A step goes against the gradient: one that leads back is kept, one that leads further out is not.
    shown.backward(gradient)
    assert pixels.grad.tolist() == [0, -2, 2, -2, 2, 0]


def test_the_batched_network_is_that_of_the_reference(network, narrow_model, pictures):
    """One picture at a time, through reference.py."""
    plain, (encoder, decoder) = reference.Network(narrow_model), network
    content, style = (given(pictures, kind, 1, 64) for kind in ("content", "style"))
    with torch.no_grad():
        layers = encoder(torch.cat([content, style]))
        for i, picture in enumerate((content, style)):
            features, wanted = plain.encode(picture)
            for name, values in layers.items():
                torch.testing.assert_close(values[i : i + 1], wanted["encoder." + name])
        made = decoder(losses.adaptive(layers["conv4_1"][:1], losses.statistics(layers["conv4_1"][1:])))
        wanted = plain.stylise(content, plain.style(style))
    torch.testing.assert_close(made, wanted)


def test_perceptual_loss_compares_directions():
    maps = torch.zeros(2, 2, 4, 4)
    maps[0, 0], maps[1, 1] = 3, 5  # two pictures at right angles
    layers = dict.fromkeys(losses.SHALLOW_LAYERS, maps)
    other = dict.fromkeys(losses.SHALLOW_LAYERS, maps.flip(0))
    longer = dict.fromkeys(losses.SHALLOW_LAYERS, 7 * maps)
    assert losses.perceptual_loss(longer, losses.shallow_directions(layers)).item() < 1e-6
    assert losses.perceptual_loss(layers, losses.shallow_directions(other)).item() == pytest.approx(2 * 3, rel=1e-3)


@pytest.mark.parametrize("gradient, wanted", [([3, 4], [3, 4]), ([30, 40], [6, 8])])
def test_gradients_are_tamed(gradient, wanted):
    parameters = [torch.zeros(1) for _ in gradient]
    for parameter, value in zip(parameters, gradient):
        parameter.grad = torch.tensor([float(value)])
    tame(parameters)
    assert [parameter.grad.item() for parameter in parameters] == pytest.approx(wanted)


def test_soap_learns_faster_than_adam_from_inputs_far_from_zero():
    """Least squares with noise, whose inputs have a mean, as ReLU's results have."""
    distances = {}
    for optimiser in (Soap, torch.optim.Adam):
        generator = torch.Generator().manual_seed(0)
        wanted = torch.randn(24, 16, 1, 1, generator=generator)
        weight = torch.zeros_like(wanted, requires_grad=True)
        steps = optimiser([weight], lr=0.02)
        for _ in range(300):
            inputs = torch.randn(32, 16, 1, 1, generator=generator) + 3
            noise = 3 * torch.randn(32, 24, 1, 1, generator=generator)
            steps.zero_grad()
            (torch.nn.functional.conv2d(inputs, weight - wanted) + noise).square().mean().backward()
            steps.step()
        distances[optimiser] = (weight - wanted).square().sum().item()
    print(distances)
    assert distances[Soap] < 0.2 * distances[torch.optim.Adam]


def test_soap_takes_filters_without_gradients():
    generator = torch.Generator().manual_seed(0)
    weight = torch.zeros(256, 16, 3, 3, requires_grad=True)
    steps = Soap([weight], lr=0.1)
    silent = torch.randperm(256, generator=generator)[:181]
    for _ in range(3):
        weight.grad = torch.randn(weight.shape, generator=generator)
        weight.grad[silent] = 0
        steps.step()
    moved = weight.detach().flatten(1).norm(dim=1)
    assert moved[silent].max() < 1e-3 and (moved > 0.1).sum() == 75


def test_shifted_pictures_move_and_are_mirrored():
    picture = torch.arange(16.0).view(1, 1, 4, 4)
    moved = losses.shifted(picture, 1, 2)[0, 0]
    assert moved[1].tolist() == [2, 1, 0, 1]
    assert moved[0].tolist() == [6, 5, 4, 5]
    assert torch.equal(losses.shifted(picture, 0, 0), picture)
    assert torch.equal(losses.shifted(picture, *torch.tensor([1, 2]))[0, 0], moved)


def test_statistics_between_are_those_of_maps_between():
    """Equation 14 blends the maps; training asks for blended statistics."""
    maps, style = torch.rand(2, 3, 8, 8), 2 * torch.rand(2, 3, 8, 8)
    strengths = torch.tensor([0.25, 1])
    own, wanted = losses.statistics(maps), losses.statistics(style)
    target = losses.adaptive(maps, mapped(lambda *pair: between(*pair, strengths), own, wanted))
    plain = torch.lerp(maps, losses.adaptive(maps, wanted), strengths.view(2, 1, 1, 1))
    torch.testing.assert_close(target, plain)


def test_no_loss_outweighs_the_others():
    values = torch.tensor([2.0, 40.0], requires_grad=True)
    result = losses.bounded(values, 16)
    assert result.tolist() == [2, 16]
    result.sum().backward()
    assert values.grad.tolist() == pytest.approx([1, 0.4])
