"""Colours: their distance, the loss that follows them, and paintings in other ones."""

import json
import math

import pytest
import torch

from weights.network.palette import palette, palette_distance, palette_loss
from weights.training.tints import SINGLE_HUED_SHARE, TURNED_SHARE, single_hued, tinted, turned


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


def test_the_palette_weight_brings_colours_nearer(run, pictures, narrow_model, tmp_path):
    last = {}
    for weight in (0, 30):
        out = tmp_path / str(weight)
        done = run("training.train", "--content", pictures / "content", "--style", pictures / "style",
                   "--init", narrow_model, "--out", out, "--steps", 40, "--size", 32, "--batch", 4, "--pool", 8,
                   "--warm-up", 2, "--log-every", 10, "--rate", "3e-3", "--palette-weight", weight,
                   "--style-weight", "0.01", "--perceptual-weight", 0)
        assert done.returncode == 0, done.stderr
        lines = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
        last[weight] = lines[-1]["palette"]
    print(last)
    assert last[30] < 0.5 * last[0]


def test_a_single_hued_painting_lies_on_a_line():
    made = single_hued(noise(2, 3, 16, 16), 0.6, (0.9, 0.3), (0.2, 0.95))
    _, covariance = palette(made[None])
    values = torch.linalg.eigvalsh(covariance[0])
    assert values[-1] > 1e-3 and values[-2] < 1e-6
    grey = single_hued(noise(2, 3, 16, 16), 0, (0, 0), (0, 1))
    torch.testing.assert_close(grey[0], grey[1])


def test_hues_turn_about_grey():
    red = torch.tensor([1.0, 0, 0]).view(3, 1, 1)
    torch.testing.assert_close(turned(red, 2 * math.pi / 3).flatten(), torch.tensor([0.0, 1, 0]), atol=1e-6, rtol=0)
    grey = torch.full((3, 2, 2), 0.4)
    torch.testing.assert_close(turned(grey, 1.0), grey)


def test_shares_of_tints():
    picture, kinds = noise(3, 3, 8, 8), {"same": 0, "line": 0, "turned": 0}
    for seed in range(600):
        made = tinted(picture, torch.Generator().manual_seed(seed))
        values = torch.linalg.eigvalsh(palette(made[None])[1][0])
        kinds["same" if torch.equal(made, picture) else "line" if values[-2] < 1e-6 else "turned"] += 1
    assert kinds["line"] / 600 == pytest.approx(SINGLE_HUED_SHARE, abs=0.05)
    assert kinds["turned"] / 600 == pytest.approx(TURNED_SHARE, abs=0.05)


def test_paintings_are_tinted_on_the_device_where_they_lie():
    picture = noise(2, 3, 16, 16).to("meta")  # as strict about devices as a GPU, and everywhere at hand
    assert single_hued(picture, 0.6, (0.9, 0.3), (0.2, 0.95)).device.type == "meta"
    assert turned(picture, 1.0).device.type == "meta"
