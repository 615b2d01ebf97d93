"""training.train on ten tiny pictures, with narrow layers."""

import json
import signal
import subprocess
import sys
import time

import numpy
import pytest
from conftest import ROOT

from weights.network.network_file import read_safetensors, write_safetensors
from weights.training import checkpoint

SHORT = ["--steps", 20, "--size", 32, "--batch", 4, "--pool", 8, "--warm-up", 2, "--log-every", 1]
# The paper's two losses alone, of paintings as they are.
PLAIN = ["--lattice-weight", 0, "--palette-weight", 0, "--perceptual-weight", 0, "--pattern-share", 0, "--no-tints"]


@pytest.fixture
def arguments(pictures, narrow_model):
    folders = ["--content", pictures / "content", "--style", pictures / "style"]
    return ["training.train", *folders, "--init", narrow_model, *SHORT, *PLAIN]


def log(folder):
    return [json.loads(line) for line in (folder / "log.jsonl").read_text().splitlines()]


def total(lines):
    return sum(line["content"] + 5 * line["style"] for line in lines) / len(lines)


@pytest.mark.parametrize("options", [
    ["--style-loss", "stats"],
    ["--style-loss", "gram", "--fresh-decoder"],
    ["--optimiser", "adam", "--precision", "bf16"],
    ["--precision", "f16", "--compile", "aot_eager"],
    ["--perceptual-weight", 3],
    ["--whole-share", 1],
], ids=["stats", "gram", "adam in bf16", "compiled in f16", "perceptual", "whole paintings"])
def test_twenty_steps_lower_the_loss(options, run, arguments, tmp_path):
    done = run(*arguments, *options, "--rate", "2e-3", "--preview-every", 10, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    lines = log(tmp_path)
    print(f"{total(lines[:4]):.3f} in the first four steps, {total(lines[-4:]):.3f} in the last")
    assert [line["step"] for line in lines] == list(range(1, 21))
    assert total(lines[-4:]) < 0.8 * total(lines[:4])
    assert (tmp_path / "preview-000020.jpg").exists()


def test_the_perceptual_weight_brings_pictures_nearer(run, arguments, tmp_path):
    last = {}
    for weight in (1e-9, 300):
        folder = tmp_path / str(weight)
        done = run(*arguments, "--perceptual-weight", weight, "--rate", "2e-3", "--out", folder)
        assert done.returncode == 0, done.stderr
        last[weight] = sum(line["perceptual"] for line in log(folder)[-4:])
    print(last)
    assert last[300] < 0.8 * last[1e-9]


def test_losses_are_of_pixels_that_can_be_shown():
    import torch

    from weights.network.losses import displayable

    pixels = torch.tensor([-0.5, -0.5, 0.5, 0.5, 1.5, 1.5], requires_grad=True)
    gradient = torch.tensor([2.0, -2.0, 2.0, -2.0, 2.0, -2.0])
    shown = displayable(pixels)
    assert shown.tolist() == [0, 0, 0.5, 0.5, 1, 1]
    # A step goes against the gradient: one that leads back is kept, one that leads further out is not.
    shown.backward(gradient)
    assert pixels.grad.tolist() == [0, -2, 2, -2, 2, 0]


def test_how_far_pixels_leave_the_range_does_not_matter(run, arguments, narrow_model, tmp_path):
    tensors, metadata = read_safetensors(narrow_model)
    first = []
    for bias in (50, 100):
        white = tmp_path / f"{bias}.safetensors"
        tensors["decoder.conv1_1.bias"] = numpy.full(3, bias, numpy.float32)
        write_safetensors(white, tensors, metadata)
        done = run(*arguments, "--init", white, "--steps", 1, "--out", tmp_path / str(bias))
        assert done.returncode == 0, done.stderr
        first.append({name: log(tmp_path / str(bias))[0][name] for name in ("content", "style")})
    assert first[0] == first[1]


def test_the_encoder_stays_and_the_decoder_moves(run, arguments, narrow_model, tmp_path):
    done = run(*arguments, "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    before, metadata = read_safetensors(narrow_model)
    after, metadata_after = read_safetensors(tmp_path / "latest.safetensors")
    assert metadata_after == metadata and after.keys() == before.keys()
    for name in before:
        assert numpy.array_equal(before[name], after[name]) == name.startswith("encoder."), name


def test_a_stopped_run_goes_on_to_the_same_bytes(run, arguments, tmp_path):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    assert run(*arguments, "--threads", 1, "--out", whole).returncode == 0

    command = [sys.executable, "-m", f"weights.{arguments[0]}", *arguments[1:], "--threads", 1, "--out", parts]
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, cwd=ROOT)
    while process.poll() is None and not (parts / "log.jsonl").exists():
        time.sleep(0.01)
    while process.poll() is None and not (parts / "log.jsonl").read_text():
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    stopped = checkpoint.load(parts / "checkpoint.pt")["step"]
    assert 1 <= stopped < 20

    # A line of a step that was lost with the machine.
    with open(parts / "log.jsonl", "a") as file:
        file.write(json.dumps({**log(parts)[-1], "step": stopped + 1, "content": -1}) + "\n")
    done = run(*arguments, "--threads", 1, "--out", parts, "--resume")
    assert done.returncode == 0, done.stderr
    name = "latest.safetensors"
    assert (parts / name).read_bytes() == (whole / name).read_bytes()
    losses = [[(line["content"], line["style"], line["rate"]) for line in log(f)] for f in (whole, parts)]
    assert losses[0] == losses[1]


def test_the_rate_warms_up_stays_and_falls_to_zero():
    from weights.training import train

    options = train.parse(["--content", "", "--style", "", "--out", "", "--steps", "1000",
                           "--rate", "2", "--warm-up", "100", "--decay-share", "0.4"])
    rates = [train.learning_rate(step, options) for step in range(1000)]
    assert rates[0] == pytest.approx(0.02) and rates[49] == pytest.approx(1)
    assert rates[100:600] == [2] * 500
    assert rates[800] == pytest.approx(1) and 0 < rates[-1] < 1e-4
    assert sorted(rates[600:], reverse=True) == rates[600:]


def test_archives_hold_the_same_pictures_as_folders(pictures, tmp_path):
    import tarfile

    import torch

    from weights.training.dataset import Dataset

    with tarfile.open(tmp_path / "content.tar", "w") as archive:
        archive.add(pictures / "content", "content")
    a, b = (Dataset([source], "cpu") for source in (pictures / "content", tmp_path / "content.tar"))
    assert len(a.pictures) == 5
    # The order inside an archive is its own.
    key = [sorted(p.numpy().tobytes() for p in data.pictures) for data in (a, b)]
    assert key[0] == key[1]
    crops = a.crops(3, 24, torch.Generator().manual_seed(1))
    assert crops.shape == (3, 3, 24, 24) and 0 <= crops.min() < crops.max() <= 1


@pytest.mark.parametrize("change, words", [
    (["--resume"], "there is no checkpoint"),
    (["--init", "none.safetensors"], "none.safetensors"),
    (["--content", "none"], "neither a folder nor a tar archive"),
    (["--size", "20"], "multiple of 8"),
    (["--scales", "2", "1"], "the smaller first"),
])
def test_each_fault_is_a_sentence(change, words, run, arguments, tmp_path):
    done = run(*arguments, "--out", tmp_path / "out", *change)
    assert done.returncode != 0 and words in done.stderr
    assert "Traceback" not in done.stderr


def test_losses_are_those_of_the_reference(narrow_model, pictures):
    """The batched network and its losses against reference.py, one picture at a time."""
    import torch
    from PIL import Image

    from weights.network import losses, reference
    from weights.network.batched_network import make_decoder, make_encoder

    tensors, metadata = read_safetensors(narrow_model)
    plain = reference.Network(narrow_model)
    encoder = make_encoder(tensors, metadata["architecture"])
    decoder = make_decoder(tensors, metadata["architecture"])
    content, style = (
        reference.to_tensor(numpy.array(Image.open(pictures / kind / "0.png")))
        for kind in ("content", "style")
    )
    with torch.no_grad():
        layers = encoder(torch.cat([content, style]))
        for i, picture in enumerate((content, style)):
            features, wanted = plain.encode(picture)
            for name, values in layers.items():
                torch.testing.assert_close(values[i : i + 1], wanted["encoder." + name])
        summary = losses.statistics(layers["conv4_1"][1:])
        made = decoder(losses.adaptive(layers["conv4_1"][:1], summary))
        wanted = plain.stylise(content, plain.style(style))
    torch.testing.assert_close(made, wanted)


def test_perceptual_loss_compares_directions():
    import torch

    from weights.network.losses import SHALLOW_LAYERS, perceptual_loss, shallow_directions

    maps = torch.zeros(2, 2, 4, 4)
    maps[0, 0], maps[1, 1] = 3, 5  # two pictures at right angles
    layers = dict.fromkeys(SHALLOW_LAYERS, maps)
    other = dict.fromkeys(SHALLOW_LAYERS, maps.flip(0))
    longer = dict.fromkeys(SHALLOW_LAYERS, 7 * maps)
    assert perceptual_loss(longer, shallow_directions(layers)).item() < 1e-6
    assert perceptual_loss(layers, shallow_directions(other)).item() == pytest.approx(2 * 3, rel=1e-3)


@pytest.mark.parametrize("scale, gradient, wanted", [
    (1, [3, 4], [3, 4]),
    (1, [30, 40], [6, 8]),
    (64, [64 * 30, 64 * 40], [6, 8]),
    (64, [float("inf"), 1], [0, 0]),
])
def test_gradients_are_tamed(scale, gradient, wanted):
    import torch

    from weights.training import train

    parameters = [torch.zeros(1) for _ in gradient]
    for parameter, value in zip(parameters, gradient):
        parameter.grad = torch.tensor([float(value)])
    train.tame(parameters, scale)
    assert [parameter.grad.item() for parameter in parameters] == pytest.approx(wanted)


def test_gradients_of_directions_are_those_of_torch():
    import torch

    from weights.network.losses import EPSILON, Directions

    features = torch.rand(2, 3, 4, 5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(Directions.apply, (features,))
    lengths = (features.square().sum(1, keepdim=True) + EPSILON).sqrt()
    torch.testing.assert_close(Directions.apply(features), features / lengths)


def test_gradients_of_statistics_are_those_of_torch():
    import torch

    from weights.network.losses import EPSILON, Statistics

    features = torch.rand(2, 3, 4, 5, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(Statistics.apply, (features,))
    mean, deviation = Statistics.apply(features)
    torch.testing.assert_close(mean, features.mean((2, 3), keepdim=True))
    torch.testing.assert_close(deviation**2 - EPSILON, features.var((2, 3), keepdim=True))


def test_soap_learns_faster_than_adam_from_inputs_far_from_zero():
    """Least squares with noise, whose inputs have a mean, as ReLU's results have."""
    import torch

    from weights.training.soap import Soap

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
    import torch

    from weights.training.soap import Soap

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
    import torch

    from weights.network.losses import shifted

    picture = torch.arange(16.0).view(1, 1, 4, 4)
    moved = shifted(picture, 1, 2)[0, 0]
    assert moved[1].tolist() == [2, 1, 0, 1]
    assert moved[0].tolist() == [6, 5, 4, 5]
    assert torch.equal(shifted(picture, 0, 0), picture)
    assert torch.equal(shifted(picture, *torch.tensor([1, 2]))[0, 0], moved)


def test_statistics_between_are_those_of_maps_between():
    """Equation 14 blends the maps; training asks for blended statistics."""
    import torch

    from weights.network.losses import adaptive, statistics
    from weights.training.pool import between, mapped

    maps, style = torch.rand(2, 3, 8, 8), 2 * torch.rand(2, 3, 8, 8)
    strengths = torch.tensor([0.25, 1])
    own, wanted = statistics(maps), statistics(style)
    target = adaptive(maps, mapped(lambda *pair: between(*pair, strengths), own, wanted))
    plain = torch.lerp(maps, adaptive(maps, wanted), strengths.view(2, 1, 1, 1))
    torch.testing.assert_close(target, plain)


def test_a_share_of_the_pairs_has_a_lower_strength(narrow_model, pictures):
    import torch

    from weights.network.batched_network import make_encoder
    from weights.training import train
    from weights.training.dataset import Dataset
    from weights.training.pool import Pool

    tensors, metadata = read_safetensors(narrow_model)
    encoder = make_encoder(tensors, metadata["architecture"])
    folders = [pictures / "content", pictures / "style"]
    palettes = {}
    for share in (0, 1):
        options = train.parse(["--content", "", "--style", "", "--out", "", "--size", "32", "--pool", "8",
                               "--batch", "32", "--partial-share", str(share)])
        pool = Pool(*(Dataset([folder], "cpu") for folder in folders), encoder, options, 0)
        paintings = pool.styles["palette"][0].clone()
        contents, wanted = pool.batch(0)
        palettes[share] = [any(torch.equal(mean, one) for one in paintings) for mean in wanted["palette"][0]]
    assert all(palettes[0]) and not any(palettes[1])


def test_no_loss_outweighs_the_others():
    import torch

    from weights.network.losses import bounded

    losses = torch.tensor([2.0, 40.0], requires_grad=True)
    result = bounded(losses, 16)
    assert result.tolist() == [2, 16]
    result.sum().backward()
    assert losses.grad.tolist() == pytest.approx([1, 0.4])


def test_each_source_is_drawn_from_as_often_as_the_others(pictures):
    import torch

    from weights.training.dataset import Dataset

    folders = [pictures / "content", pictures / "style"]
    data = Dataset([folders[0], folders[1], folders[1]], "cpu", limit=2)
    assert len(data.pictures) == 4
    generator = torch.Generator().manual_seed(0)
    drawn = [any(data.draw(generator) is p for p in data.pictures[:2]) for _ in range(600)]
    assert sum(drawn) / 600 == pytest.approx(1 / 3, abs=0.06)
    assert data.whole(generator, 512).shape == (1, 3, 64, 80)
    assert data.whole(generator, 32).shape == (1, 3, 32, 40)
