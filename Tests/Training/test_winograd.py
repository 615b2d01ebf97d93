"""winograd.py against torch's own convolutions, in double precision."""

import itertools

import pytest
import torch
import torch.nn.functional as F

from weights.network import winograd

SIZES = [(2, 2), (3, 9), (8, 12), (17, 22), (24, 70)]
CHANNELS = [(3, 64), (64, 3), (24, 40)]
CASES = list(itertools.product(SIZES, CHANNELS, (False, True), (False, True)))


@pytest.mark.parametrize("size, channels, relu, twice", CASES)
def test_results_and_gradients_are_those_of_torch(size, channels, relu, twice):
    generator = torch.Generator().manual_seed(0)
    maps, weight, bias = (
        torch.randn(shape, generator=generator)
        for shape in ((2, channels[0], *size), (channels[1], channels[0], 3, 3), channels[1:])
    )
    assert winograd.usable(maps)
    mine = [tensor.clone().requires_grad_() for tensor in (maps, weight, bias)]
    wanted = [tensor.double().requires_grad_() for tensor in (maps, weight, bias)]

    made = winograd.convolve(*mine, relu, twice)
    plain = F.interpolate(wanted[0], scale_factor=2) if twice else wanted[0]
    plain = F.conv2d(F.pad(plain, (1, 1, 1, 1), mode="reflect"), *wanted[1:])
    # ReLU's own edge: where the two differ by rounding, one may pass a gradient that the other stops.
    gradient = torch.randn(made.shape, generator=generator) * (plain.abs() > 1e-3)
    plain = F.relu(plain) if relu else plain
    made.backward(gradient)
    plain.backward(gradient.double())

    for a, b in [(made, plain), *((a.grad, b.grad) for a, b in zip(mine, wanted))]:
        assert a.shape == b.shape
        assert (a - b).abs().max() <= 2e-5 * b.abs().max()


def test_what_is_not_wanted_is_not_computed():
    maps, weight, bias = torch.randn(1, 8, 8, 8), torch.randn(16, 8, 3, 3), torch.randn(16)
    maps.requires_grad_()
    winograd.convolve(maps, weight, bias, True).sum().backward()
    assert maps.grad is not None and weight.grad is None and bias.grad is None


def test_other_precisions_are_left_to_torch():
    assert not winograd.usable(torch.zeros(1, 3, 8, 8, dtype=torch.float64))
    assert not winograd.usable(torch.zeros(1, 3, 1, 8))
    with torch.autocast("cpu", torch.bfloat16):
        assert not winograd.usable(torch.zeros(1, 3, 8, 8))


def test_filters_that_change_are_transformed_again():
    maps, weight, bias = torch.randn(1, 8, 8, 8), torch.randn(16, 8, 3, 3), torch.zeros(16)
    maps.requires_grad_()
    results = []
    for factor in (1, 2):
        weight.mul_(factor)
        maps.grad = None
        made = winograd.convolve(maps, weight, bias, False)
        made.sum().backward()
        results.append((made.detach(), maps.grad))
    for before, after in zip(*results):
        torch.testing.assert_close(2 * before, after)


def test_without_a_compiler_torch_is_used(monkeypatch, capfd):
    import sys

    winograd.kernels.cache_clear()
    monkeypatch.setitem(sys.modules, "torch.utils.cpp_extension", None)
    try:
        assert not winograd.usable(torch.zeros(1, 3, 8, 8))
        assert "torch's own convolutions are used" in capfd.readouterr().err
    finally:
        winograd.kernels.cache_clear()
