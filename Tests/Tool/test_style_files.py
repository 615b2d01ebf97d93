"""`adain style` and `adain info`."""

import json

import pyvips
from conftest import CONTENT, OTHER, PAINTING, opened, succeeded


def test_a_mix_is_saved(adain, tmp_path):
    succeeded(adain("style", "save", f"{PAINTING}=3", OTHER, "-o", "mix.style"))
    assert (tmp_path / "mix.style").read_bytes().startswith(b"ADAINSTY")
    succeeded(adain(CONTENT, "-s", "mix.style", "-o", "a.png"))
    succeeded(adain(CONTENT, "-s", f"{PAINTING}=3", "-s", OTHER, "-o", "b.png"))
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_style_files_can_be_mixed_again(adain, tmp_path):
    succeeded(adain("style", "save", PAINTING, "-o", "p.style"))
    succeeded(adain("style", "save", "p.style", "p.style=2", "-o", "q.style"))
    assert (tmp_path / "p.style").read_bytes() == (tmp_path / "q.style").read_bytes()


def test_list_and_info(adain, tmp_path):
    succeeded(adain("style", "save", PAINTING, "-o", "inside.style", narrow=False))
    succeeded(adain("style", "save", PAINTING, "-o", "narrow.style"))
    (tmp_path / "cut.style").write_bytes(b"ADAINSTY")
    result = adain("style", "list", "--json", narrow=False)
    assert result.returncode == 1
    assert result.stderr == b"adain: cut.style: style: 8 bytes are too few for a style file\n"
    inside, narrow = map(json.loads, result.stdout.splitlines())
    assert (inside["file"], inside["channels"], inside["model"]) == ("inside.style", 512, "standard")
    assert narrow["file"] == "narrow.style" and "model" not in narrow
    succeeded(adain("style", "save", PAINTING, "-o", "fast.style", "--model", "fast", narrow=False))
    plain = succeeded(adain("style", "info", "inside.style", "narrow.style", "fast.style", narrow=False))
    first, second, third = plain.stdout.decode().splitlines()
    assert first.startswith("inside.style: 512 channels") and first.endswith("model standard")
    assert second.endswith("which is no built-in model's")
    assert third.startswith("fast.style: 192 channels") and third.endswith("model fast")


def test_an_image_that_carries_a_style_is_one_for_the_operation(adain, operation, model, tmp_path):
    succeeded(adain("style", "save", PAINTING, "-o", "p.style"))
    carrier = pyvips.Image.black(1, 1).copy()
    carrier.set_type(
        pyvips.GValue.blob_type, "adain-style", (tmp_path / "p.style").read_bytes()
    )
    result = opened(CONTENT).adain([carrier], model=model)
    assert (result - operation(CONTENT, PAINTING)).abs().max() == 0


def test_info(adain):
    information = json.loads(succeeded(adain("info", "--json", narrow=False)).stdout)
    assert information["kernel"] in ("avx512", "avx2", "baseline")
    assert information["threads"] >= 1
    assert [model["name"] for model in information["models"]] == ["standard", "fast"]
    assert all(model["architecture"] == "vgg16" and model["metadata"]["license"] for model in information["models"])
    assert "MIT" in information["licences"].values()
    plain = succeeded(adain("info", narrow=False)).stdout.decode()
    assert plain.startswith(f"adain {information['version']}, libvips {information['libvips']}")
