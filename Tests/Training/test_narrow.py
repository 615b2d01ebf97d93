"""conversion.narrow."""

import numpy
import pytest
import torch

from weights.conversion.narrow import linear_map, moments, narrowed, telling_channels
from weights.network.batched_network import make_decoder, make_encoder
from weights.network.losses import adaptive, statistics
from weights.network.network_file import read_network


def networks(tensors):
    return [make(tensors, "vgg16") for make in (make_encoder, make_decoder)]


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


@pytest.fixture
def crops():
    """Smooth noise, of which filters see something."""
    noise = torch.rand(2, 4, 3, 8, 8, generator=torch.Generator().manual_seed(0))
    return [torch.nn.functional.interpolate(part, (32, 32), mode="bicubic").clamp(0, 1) for part in noise]


def picture(encoder, decoder, contents, styles):
    return decoder(adaptive(encoder(contents)["conv4_1"], statistics(encoder(styles)["conv4_1"])))


@torch.no_grad()
def untold(tensors, widths, crops):
    """The narrow network's picture: its distance from the wide one's, in parts of that one's variance."""
    wide = networks(tensors)
    narrow, _ = narrowed(tensors, widths, moments(*wide, [crops]))
    made, wanted = (picture(*both, *crops) for both in (networks(narrow), wide))
    return ((made - wanted).square().mean() / wanted.var()).item()


def test_as_many_channels_make_the_same_picture(narrow_model, crops):
    """Nothing is lost, so nothing has to be told."""
    tensors, _ = read_network(narrow_model)
    widths = [len(tensors[f"encoder.conv{block}_1.weight"]) for block in range(1, 5)]
    assert untold(tensors, widths, crops) < 1e-3


def test_what_is_constant_goes_into_the_next_biases(narrow_model, crops):
    """One channel of each layer of the first block always has the same value, and is lost."""
    tensors, _ = read_network(narrow_model)
    for name in ("encoder.conv1_1", "encoder.conv1_2", "decoder.conv2_1", "decoder.conv1_2"):
        for kind, value in (("weight", 0), ("bias", 2)):
            tensors[f"{name}.{kind}"] = tensors[f"{name}.{kind}"].copy()
            tensors[f"{name}.{kind}"][0] = value
    widths = [len(tensors[f"encoder.conv{block}_1.weight"]) for block in range(1, 5)]
    assert untold(tensors, [widths[0] - 1, *widths[1:]], crops) < 1e-3


def test_the_chosen_channels_tell_more_than_the_first_ones(narrow_model, crops, monkeypatch):
    tensors, _ = read_network(narrow_model)
    widths = [len(tensors[f"encoder.conv{block}_1.weight"]) * 3 // 4 for block in range(1, 5)]
    chosen = untold(tensors, widths, crops)
    monkeypatch.setattr("weights.conversion.narrow.telling_channels", lambda covariance, count: list(range(count)))
    first = untold(tensors, widths, crops)
    print(f"not told of the picture's variance: {chosen:.3f}, of the first channels {first:.3f}")
    assert chosen < first


def test_it_learns_to_tell_the_wide_ones_maps(run, pictures, narrow_model, tmp_path, capsys):
    out = tmp_path / "begun.safetensors"
    done = run("conversion.narrow", out, "--content", pictures / "content", "--style", pictures / "style",
               "--init", narrow_model, "--widths", 3, 4, 6, 8, "--size", 32, "--looks", 3, "--steps", 60,
               "--log-every", 1, "--rate", "2e-3")
    assert done.returncode == 0, done.stderr
    lines = capsys.readouterr().out.splitlines()
    first, last = (
        sum(sum(map(float, line.split()[2::2])) for line in part) / len(part) for part in (lines[:8], lines[-8:]))
    print(f"not told of sixteen layers' variance: {first:.3f}, then {last:.3f}")
    assert last < 0.95 * first
    tensors, metadata = read_network(out)
    assert metadata["architecture"] == "vgg16" and metadata["provenance"].startswith("a network of")
    assert all(numpy.isfinite(values).all() for values in tensors.values())
    assert tensors["encoder.conv4_1.weight"].shape == (8, 6, 3, 3)
    assert [tensors[f"decoder.{name}.weight"].shape for name in ("conv4_1", "conv2_1", "conv1_1")] == [
        (6, 8, 3, 3), (3, 4, 3, 3), (3, 3, 3, 3)]


@pytest.mark.parametrize("change, words", [
    (["--init", "none.safetensors"], "none.safetensors"),
    (["--content", "none"], "neither a folder nor a tar archive"),
])
def test_each_fault_is_a_sentence(change, words, run, pictures, tmp_path):
    done = run("conversion.narrow", tmp_path / "out.safetensors", "--content", pictures / "content",
               "--style", pictures / "style", *change)
    assert done.returncode != 0 and words in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "out.safetensors").exists()


def test_archives_hold_the_same_pictures_as_folders(pictures, tmp_path):
    import tarfile

    from weights.conversion.dataset import Dataset

    with tarfile.open(tmp_path / "content.tar", "w") as archive:
        archive.add(pictures / "content", "content")
    a, b = (Dataset([source]) for source in (pictures / "content", tmp_path / "content.tar"))
    assert len(a.pictures) == 5
    # The order inside an archive is its own.
    key = [sorted(p.numpy().tobytes() for p in data.pictures) for data in (a, b)]
    assert key[0] == key[1]
    crops = a.crops(3, 24, torch.Generator().manual_seed(1), (1, 1))
    assert crops.shape == (3, 3, 24, 24) and 0 <= crops.min() < crops.max() <= 1
