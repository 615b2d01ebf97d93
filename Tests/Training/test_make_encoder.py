"""make_encoder.py and the archive that it reads."""

import pickle

import numpy
import pytest
import torch
import torch.nn.functional as F

from weights.conversion import make_encoder
from weights.network import lpips_archive
from weights.network.network_file import block_ends


def random_layers(seed, widths=(6, 8, 10, 12)):
    generator = numpy.random.default_rng(seed)
    layers, inputs = {}, 3
    for name in make_encoder.NAMES:
        outputs = widths[int(name[4]) - 1]
        weight = generator.normal(0, (2 / (9 * inputs)) ** 0.5, (outputs, inputs, 3, 3))
        layers[name] = [weight * generator.uniform(0.2, 5, (outputs, 1, 1, 1)), numpy.full(outputs, 0.3)]
        inputs = outputs
    return layers


def outputs(layers, features):
    features, result = features.double(), {}
    for name, (weight, bias) in layers.items():
        padded = F.pad(features, (1, 1, 1, 1), mode="reflect")
        features = result[name] = F.relu(F.conv2d(padded, *map(torch.from_numpy, (weight, bias))))
        if name in block_ends(make_encoder.NAMES):
            features = F.max_pool2d(features, 2)
    return result


def test_normalised_filters_have_mean_activation_one_and_compute_the_same():
    pictures = torch.rand((10, 3, 32, 32), generator=torch.Generator().manual_seed(1))
    before, after = random_layers(2), random_layers(2)
    make_encoder.normalise(after, pictures)
    a, b = outputs(before, pictures), outputs(after, pictures)
    for name in make_encoder.NAMES:
        means, factors = b[name].mean((0, 2, 3)), 1 / a[name].mean((0, 2, 3)).clamp(min=1e-12)
        # A capped factor may lie at its layer's cap: its mean is then below 1.
        assert (means < 1 + 1e-4).all() and means.median() == pytest.approx(1, abs=1e-4), name
        # Each channel is its old self times one factor.
        scaled = a[name] * (means * factors)[:, None, None]
        torch.testing.assert_close(b[name], scaled, rtol=1e-4, atol=1e-4)


def test_filters_that_hardly_fire_are_not_blown_up():
    layers = random_layers(3)
    layers["conv1_1"][0][0] *= 1e-6
    layers["conv1_1"][1][0] = 0
    before = numpy.abs(layers["conv1_1"][0]).max((1, 2, 3))
    make_encoder.normalise(layers, torch.rand((2, 3, 16, 16)))
    factors = numpy.abs(layers["conv1_1"][0]).max((1, 2, 3)) / before
    assert factors[0] == pytest.approx(10 * numpy.median(factors), rel=0.3)


def test_the_input_is_normalised_as_vgg_was_trained():
    generator = numpy.random.default_rng(4)
    arrays = {"VGG16_0": {
        f"Conv_{i}": {
            "kernel": generator.normal(size=(3, 3, 3 if i == 0 else 4, 4)).astype(numpy.float32),
            "bias": generator.normal(size=4).astype(numpy.float32),
        }
        for i in range(len(make_encoder.NAMES))
    }}
    weight, bias = map(torch.from_numpy, make_encoder.vgg16(arrays)["conv1_1"])
    picture = torch.rand((1, 3, 5, 6), dtype=torch.float64)
    mean, deviation = (
        torch.from_numpy(v).view(1, 3, 1, 1) for v in (make_encoder.MEAN, make_encoder.DEVIATION)
    )
    first = arrays["VGG16_0"]["Conv_0"]
    kernel = torch.from_numpy(first["kernel"]).double().permute(3, 2, 0, 1)
    wanted = F.conv2d((picture - mean) / deviation, kernel, torch.from_numpy(first["bias"]).double())
    torch.testing.assert_close(F.conv2d(picture, weight, bias), wanted)


class Trap:
    def __reduce__(self):
        return (print, ("sprung",))


def test_only_arrays_are_unpickled(capsys):
    arrays = {"layer": {"kernel": numpy.arange(6, dtype=numpy.float32).reshape(2, 3)}}
    data = pickle.dumps(arrays, 2).replace(b"numpy._core", b"numpy.core")
    # Byte strings of protocol 2 pass through _codecs.encode, which the archive's pickles do not need.
    with pytest.raises(lpips_archive.ArchiveError, match="it asks for _codecs.encode"):
        lpips_archive.read_arrays(data)
    data = pickle.dumps(arrays, 3).replace(b"numpy._core", b"numpy.core")
    found = lpips_archive.read_arrays(data)
    assert numpy.array_equal(found["layer"]["kernel"], arrays["layer"]["kernel"])
    with pytest.raises(lpips_archive.ArchiveError, match="it asks for builtins.print"):
        lpips_archive.read_arrays(pickle.dumps({"layer": Trap()}))
    assert "sprung" not in capsys.readouterr().out
    with pytest.raises(lpips_archive.ArchiveError, match="no pickle"):
        lpips_archive.read_arrays(b"\x80\x04")


def test_another_archive_is_refused(run, tmp_path, pictures):
    (tmp_path / "other.tar.gz").write_bytes(b"something else")
    out = tmp_path / "out.safetensors"
    done = run("conversion.make_encoder", "--pictures", pictures / "content", "--archive",
               tmp_path / "other.tar.gz", out)
    assert done.returncode == 1 and "SHA-256" in done.stderr and not out.exists()
