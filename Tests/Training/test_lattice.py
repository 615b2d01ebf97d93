"""Lattices that are planted, seen and lost again."""

import numpy
import pytest
import torch
from conftest import ROOT
from PIL import Image
from test_losses import learnt

from weights.network.batched_network import make_decoder, make_encoder
from weights.network.lattice import LOSS_WEIGHTS, PERIODS, folded_energies, lattice_loss, spectral_ratios
from weights.network.network_file import read_safetensors


@pytest.fixture(scope="module")
def photograph():
    values = numpy.array(Image.open(ROOT / "examples" / "images" / "chelsea.jpg").convert("RGB"))
    return torch.from_numpy(values[:256, :256]).permute(2, 0, 1)[None].float() / 255


def with_lattice(picture, period, strength=0.07):
    """Every period-th row and column brighter."""
    planted = picture.clone()
    planted[..., ::period, :] += strength
    planted[..., ::period] += strength
    return planted


@pytest.mark.parametrize("period", PERIODS)
def test_a_lattice_is_seen_at_its_own_period(photograph, period):
    planted = with_lattice(photograph, period)
    before, after = spectral_ratios(photograph), spectral_ratios(planted)
    assert before[period] < 2 and after[period] > 3
    energies, plain = folded_energies(planted), folded_energies(photograph)
    for window in {window for window, p in LOSS_WEIGHTS if p == period}:
        assert energies[window, period] > 3 * plain[window, period]
    assert lattice_loss(planted) > 2 * lattice_loss(photograph)


def test_small_windows_see_a_lattice_whose_phase_changes(photograph):
    planted = photograph.clone()
    for i, row in enumerate(range(0, 256, 32)):
        for j, column in enumerate(range(0, 256, 32)):
            planted[..., row + i % 2 : row + 32 : 2, column + j % 2 : column + 32 : 2] += 0.03
    energies, plain = folded_energies(planted), folded_energies(photograph)
    assert energies[32, 2] > 10 * plain[32, 2]
    assert energies[128, 2] < energies[32, 2] / 2


def test_noise_is_no_lattice():
    noise = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(0))
    assert max(spectral_ratios(noise).values()) < 2
    assert lattice_loss(noise) < 0.1 * lattice_loss(with_lattice(noise, 2, 1))


def test_pictures_smaller_than_a_window(photograph):
    assert torch.isfinite(lattice_loss(photograph[..., :24, :40]))


def test_learning_takes_a_lattice_away(narrow_model, pictures):
    """From a decoder whose last two layers, behind the last enlargement, have been given noise: filters that see the
    seams between enlarged cells, and answer there."""
    last = {}
    for weight in (0, 50000):
        tensors, metadata = read_safetensors(narrow_model)
        generator = numpy.random.default_rng(5)
        for name in ("decoder.conv1_2.weight", "decoder.conv1_1.weight"):
            tensors[name] = tensors[name] + generator.normal(0, 0.3, tensors[name].shape).astype(numpy.float32)
        networks = [make(tensors, metadata["architecture"]) for make in (make_encoder, make_decoder)]
        last[weight] = sum(line["lattice"] for line in learnt(networks, pictures, 3e-3, 60, lattice=weight)[-10:])
    print(last)
    assert last[50000] < 0.5 * last[0]
