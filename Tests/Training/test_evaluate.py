"""evaluate.py on tiny pictures and a narrow model. LPIPS is left out: its weights are an archive's."""

import json
import os
import shutil

import pytest
import torch

from weights.evaluation import gatys, judge
from weights.evaluation.pairs import read_picture
from weights.network import losses
from weights.network.batched_network import make_encoder
from weights.network.network_file import read_safetensors


class NoLpips:
    def __init__(self, archive):
        pass

    def distance(self, a, b):
        return (a - b).abs().mean().item()


@pytest.fixture
def arguments(pictures, narrow_model, tmp_path, monkeypatch):
    monkeypatch.setattr(judge, "Lpips", NoLpips)
    for kind in ("content", "style"):
        (tmp_path / "images" / kind).mkdir(parents=True)
        for i in range(2 if kind == "content" else 5):
            name = f"{i}.png"
            shutil.copy(pictures / kind / name, tmp_path / "images" / kind / name)
    return ["evaluation.evaluate", "--images", tmp_path / "images", "--out", tmp_path / "work",
            "--size", 64, "--judge", narrow_model, "--report", tmp_path / "report",
            "--baseline", "narrow", "--long-steps", 2,
            "--methods", f"narrow={narrow_model}", "gatys-2", "gatys-6"]


def test_a_report_of_all_methods(run, arguments, tmp_path):
    done = run(*arguments)
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "report.json").read_text())["results"]
    # Two contents with four styles each, round five styles; the long one for the first of each.
    pairs = ["0--0", "0--1", "0--2", "0--3", "1--4", "1--0", "1--1", "1--2"]
    assert list(results["narrow"]) == list(results["gatys-2"]) == pairs
    assert list(results["gatys-6"]) == ["0--0", "1--4"]
    for pair in ("0--0", "1--4"):
        assert results["gatys-6"][pair]["style"] < results["gatys-2"][pair]["style"]
    text = (tmp_path / "report.md").read_text()
    assert "| gatys-6 | 2 |" in text and "| narrow | 8 |" in text


def test_pictures_that_are_there_are_not_made_again(run, arguments, tmp_path, monkeypatch):
    assert run(*arguments).returncode == 0
    first = (tmp_path / "report.json").read_bytes()
    (tmp_path / "report.json").unlink()
    (tmp_path / "work" / "gatys-2" / "1--4.png").unlink()
    made = optimised_steps(monkeypatch)
    assert run(*arguments).returncode == 0
    assert made == [2] and (tmp_path / "report.json").read_bytes() == first


def test_pictures_of_another_network_of_that_name_are_made_again(run, arguments, narrow_model, tmp_path):
    model = tmp_path / "model.safetensors"
    shutil.copy(narrow_model, model)
    arguments[-3:] = [f"narrow={model}"]
    picture = tmp_path / "work" / "narrow" / "0--0.png"
    assert run(*arguments).returncode == 0
    made = picture.read_bytes()
    picture.write_bytes((tmp_path / "work" / "narrow" / "0--1.png").read_bytes())
    kept = picture.read_bytes()

    assert run(*arguments).returncode == 0
    assert picture.read_bytes() == kept != made
    later = picture.stat().st_mtime + 1
    os.utime(model, (later, later))
    assert run(*arguments).returncode == 0
    assert picture.read_bytes() == made


def test_what_a_report_tells_of_gatys_stays(run, arguments, tmp_path, monkeypatch):
    assert run(*arguments).returncode == 0
    first = json.loads((tmp_path / "report.json").read_text())
    shutil.rmtree(tmp_path / "work")
    made = optimised_steps(monkeypatch)
    assert run(*arguments).returncode == 0
    assert made == [] and json.loads((tmp_path / "report.json").read_text()) == first

    # Unless it was made in another way.
    assert run(*arguments, "--style-weight", "3").returncode == 0
    assert sorted(made) == [2] * 6 + [6] * 2
    other = json.loads((tmp_path / "report.json").read_text())
    assert other["results"]["gatys-6"] != first["results"]["gatys-6"]
    assert other["results"]["narrow"] == first["results"]["narrow"]


def optimised_steps(monkeypatch):
    """The steps of each optimisation from now on."""
    made, optimise = [], gatys.optimise

    def counting(*arguments):
        made.append(arguments[3])
        return optimise(*arguments)

    monkeypatch.setattr(gatys, "optimise", counting)
    return made


def test_measures_of_a_perfect_picture_are_zero(narrow_model, pictures, tmp_path):
    tensors, metadata = read_safetensors(narrow_model)
    encoder = make_encoder(tensors, metadata["architecture"])
    picture = read_picture(pictures / "content" / "0.png", 64)
    with torch.no_grad():
        layers = encoder(picture)
    for kind in losses.STYLE_LOSSES:
        assert losses.style_loss(layers, losses.style_summary(layers, kind), kind) == 0


def test_a_folder_may_list_its_pairs(run, arguments, narrow_model, tmp_path):
    (tmp_path / "images" / "pairs.json").write_text('[["1.png", "4.png"]]')
    arguments[arguments.index("gatys-2")] = "photograph"
    done = run(*arguments[:-1])
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "report.json").read_text())["results"]
    assert list(results["narrow"]) == list(results["photograph"]) == ["1--4"]
    # As it is, and not as a square.
    made = read_picture(tmp_path / "work" / "narrow" / "1--4.png")
    assert made.shape == (1, 3, 64, 80)
    assert results["photograph"]["1--4"]["lpips"] == 0
    assert results["narrow"]["1--4"]["palette"] > 0 and "| photograph |" in (tmp_path / "report.md").read_text()


def test_unknown_methods_are_refused(run, arguments):
    done = run(*arguments, "gatys-x")
    assert done.returncode == 1 and "there is no method gatys-x" in done.stderr
