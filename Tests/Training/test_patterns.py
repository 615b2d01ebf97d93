"""Paintings that are drawn by chance."""

import pytest
import torch

from weights.evaluation.patterns import PATTERNS, pattern
from weights.network.palette import palette


def drawn(kind, seed):
    return pattern(128, torch.Generator().manual_seed(seed), kind)


@pytest.mark.parametrize("kind", PATTERNS)
def test_two_colours_on_a_line(kind):
    for seed in range(5):
        made = drawn(kind, seed)
        assert made.shape == (1, 3, 128, 128) and made.min() >= 0 and made.max() <= 1
        assert torch.equal(made, drawn(kind, seed)) and not torch.equal(made, drawn(kind, seed + 100))
        values = torch.linalg.eigvalsh(palette(made)[1][0])
        assert values[-1] > 1e-5 and values[-2] < 1e-5


def test_gradients_are_smooth_and_hatchings_are_not():
    steps = {kind: max((drawn(kind, seed).diff(dim=3)).abs().max().item() for seed in range(5)) for kind in PATTERNS}
    assert steps["gradient"] < 0.05 < 0.3 < steps["hatching"]
