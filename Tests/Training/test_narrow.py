"""training.narrow, and training.train with an encoder that learns."""

import numpy
import pytest
import torch
from test_train import PLAIN, SHORT, log, total

from weights.network.network_file import read_network
from weights.training.narrow import linear_map, telling_channels


def folders(pictures):
    return ["--content", pictures / "content", "--style", pictures / "style"]


@pytest.fixture
def told(run, pictures, narrow_model, tmp_path, capsys):
    """A narrow network's file, and what it printed of each step."""
    out = tmp_path / "begun.safetensors"
    done = run("training.narrow", *folders(pictures), "--init", narrow_model, "--widths", 3, 4, 6, 8, "--size", 32,
               "--looks", 3, "--steps", 60, "--log-every", 1, "--rate", "2e-3", "--out", out)
    assert done.returncode == 0, done.stderr
    return out, capsys.readouterr().out.splitlines()


@pytest.fixture
def begun(told):
    return told[0]


def test_channels_that_tell_the_others_are_kept():
    """Of two pairs of channels that are multiples of each other, one of each; the rest follows from them."""
    generator = torch.Generator().manual_seed(0)
    own = torch.randn(2, 1000, dtype=torch.float64, generator=generator)
    values = torch.stack([own[0], 3 * own[0] + 1, own[1], -2 * own[1]])
    mean, covariance = values.mean(1), torch.cov(values)
    chosen = telling_channels(covariance, 2)
    assert {i // 2 for i in chosen} == {0, 1}
    matrix, shift = linear_map(mean, covariance, chosen)
    assert torch.allclose(matrix @ values[chosen] + shift[:, None], values, atol=2e-2)


def test_a_narrow_network_learns_to_tell_the_wide_ones_maps(told):
    begun, lines = told
    first, last = (
        sum(sum(map(float, line.split()[2::2])) for line in part) / len(part) for part in (lines[:8], lines[-8:]))
    print(f"not told of sixteen layers' variance: {first:.3f}, then {last:.3f}")
    assert last < 0.95 * first
    tensors, metadata = read_network(begun)
    assert metadata["architecture"] == "vgg16"
    assert tensors["encoder.conv4_1.weight"].shape == (8, 6, 3, 3)
    assert [tensors[f"decoder.{name}.weight"].shape for name in ("conv4_1", "conv2_1", "conv1_1")] == [
        (6, 8, 3, 3), (3, 4, 3, 3), (3, 3, 3, 3)]


def test_encoder_and_decoder_learn_together(run, pictures, narrow_model, begun, tmp_path):
    options = [*folders(pictures), "--init", begun, "--judge", narrow_model, "--train-encoder", *SHORT, *PLAIN]
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    done = run("training.train", *options, "--rate", "2e-3", "--threads", 1, "--out", whole)
    assert done.returncode == 0, done.stderr
    lines = log(whole)
    print(f"{total(lines[:4]):.3f} in the first four steps, {total(lines[-4:]):.3f} in the last")
    assert total(lines[-4:]) < 0.8 * total(lines[:4])
    before, after = read_network(begun)[0], read_network(whole / "latest.safetensors")[0]
    assert all(not numpy.array_equal(before[name], after[name]) for name in before)

    # Stopped and resumed, with the average of both.
    for steps, resume in ((9, []), (20, ["--resume"])):
        done = run("training.train", *options, "--rate", "2e-3", "--threads", 1, "--decay-share", "1e-9", *resume,
                   "--steps", steps, "--out", parts)
        assert done.returncode == 0, done.stderr
    done = run("training.train", *options, "--rate", "2e-3", "--threads", 1, "--decay-share", "1e-9", "--out", whole)
    assert done.returncode == 0, done.stderr
    name = "latest.safetensors"
    assert (parts / name).read_bytes() == (whole / name).read_bytes()
    done = run("conversion.convert", "checkpoint", whole / "checkpoint.pt", tmp_path / "packed.safetensors")
    assert done.returncode == 0, done.stderr
    learned, packed = (read_network(path)[0] for path in (whole / name, tmp_path / "packed.safetensors"))
    assert all(numpy.allclose(packed[name], values, rtol=1e-3, atol=1e-6) for name, values in learned.items())
