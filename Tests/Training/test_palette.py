"""Colours: their distance and their loss."""

import math

import pytest
import torch

from weights.network.palette import palette, palette_distance, palette_loss


def noise(seed, *shape):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed))


def test_distance_of_one_palette_moved():
    picture = noise(0, 1, 3, 32, 32) * 0.5
    assert palette_distance(picture, picture.flip(3)) < 1e-3
    assert palette_distance(picture, picture + 0.2) == pytest.approx(0.2 * math.sqrt(3), rel=1e-3)
    # Twice the spread about the same mean: the deviations of the three channels differ by as much as they are.
    mean = picture.mean((2, 3), keepdim=True)
    spread = (picture - mean).square().mean((2, 3)).sum().sqrt().item()
    assert palette_distance(picture, mean + 2 * (picture - mean)) == pytest.approx(spread, rel=1e-3)


def test_loss_is_of_means_and_covariances():
    picture = noise(1, 2, 3, 16, 16)
    assert palette_loss(picture, palette(picture)).item() == pytest.approx(0, abs=1e-9)
    assert palette_loss(picture + 0.1, palette(picture)).item() == pytest.approx(50 * 3 * 0.01, rel=1e-3)
    mean, covariance = palette(picture)
    assert palette_loss(picture, (mean, covariance + 0.01)).item() == pytest.approx(500 * 9 * 1e-4, rel=1e-3)
