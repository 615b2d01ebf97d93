"""Masks, colours, sizes, brush and built-in styles: what the operation makes of the same."""

import itertools
import json

import pytest
import pyvips
from conftest import CONTENT, OTHER, PAINTING, difference, opened, sentences, succeeded


@pytest.fixture
def mask(tmp_path):
    path = tmp_path / "mask.png"
    (pyvips.Image.xyz(50, 40)[0] * 5).cast("uchar").write_to_file(str(path))
    return path


@pytest.mark.parametrize(
    "flags, options",
    [
        (["--color", "content-coral"], {"colour": "content-coral"}),
        (["--colour", "content-lightness"], {"colour": "content-lightness"}),
        (["--color", "histogram"], {"colour": "histogram"}),
        (["--stroke", "2.5"], {"stroke": 2.5}),
        (["--content-size", "90", "--crop"], {"content_size": 90, "crop": True}),
        (["--style-size", "100", "--strength", "0.4"], {"style_size": 100, "strength": 0.4}),
    ],
)
def test_a_flag_is_the_operations_option(adain, operation, tmp_path, flags, options):
    succeeded(adain(CONTENT, "-s", PAINTING, "-o", "o.png", *flags))
    assert difference(opened(tmp_path / "o.png"), operation(CONTENT, PAINTING, **options)) <= 1


@pytest.mark.parametrize("whole", [False, True])
def test_masks(adain, operation, tmp_path, mask, whole):
    flags = ["--whole-statistics"] if whole else []
    succeeded(
        adain(CONTENT, "-s", PAINTING, "-s", OTHER, "--mask", mask, "-o", "o.png", *flags))
    options = {"masks": [opened(mask)], "whole_statistics": whole}
    expected = operation(CONTENT, PAINTING, OTHER, **options)
    assert difference(opened(tmp_path / "o.png"), expected) <= 1


def test_weights_and_recoloured_paintings(adain, operation, tmp_path):
    flags = ["--color", "histogram"]
    succeeded(adain(CONTENT, "-s", f"{PAINTING}=3", "-s", OTHER, "-o", "o.png", *flags))
    expected = operation(CONTENT, PAINTING, OTHER, colour="histogram", weights=[3, 1])
    assert difference(opened(tmp_path / "o.png"), expected) <= 1


def test_built_in_styles(adain, tmp_path):
    lines = succeeded(adain("styles", narrow=False)).stdout.decode().splitlines()
    listed = succeeded(adain("styles", "--json", narrow=False)).stdout.splitlines()
    styles = [json.loads(line) for line in listed]
    assert len(styles) >= 16 and len(lines) == len(styles)
    assert all(style["name"] in line for style, line in zip(styles, lines))
    small = tmp_path / "small.png"
    opened(CONTENT).resize(0.3).write_to_file(str(small))
    succeeded(adain(small, "-s", "great-wave", "-o", "named.png", narrow=False))
    succeeded(adain(small, "-s", OTHER, "-o", "painted.png", narrow=False))
    assert (tmp_path / "named.png").read_bytes() == (tmp_path / "painted.png").read_bytes()


def test_an_unknown_style_has_the_nearest_names(adain, tmp_path):
    result = adain(CONTENT, "-s", "great-wav", "-o", "o.png", narrow=False)
    assert result.returncode == 1 and not (tmp_path / "o.png").exists()
    (sentence,) = sentences(result)
    assert "'great-wav'" in sentence and "great-wave" in sentence


@pytest.mark.parametrize(
    "arguments, status, part",
    [
        (["-s", "lion", "--color", "histogram"], 1, "the built-in style lion has none"),
        (["-s", PAINTING, "--color", "blue"], 2, "blue"),
        (["-s", PAINTING, "--stroke", "0"], 2, "--stroke"),
        (["-s", PAINTING, "--content-size", "-5"], 2, "--content-size"),
        (["-s", PAINTING, "--mask", "a.png", "--mask", "b.png"], 2, "--mask: 2 for 1 styles"),
        (["-s", f"{PAINTING}=2", "-s", OTHER, "--mask", "a.png"], 2, "weight"),
        (["-s", PAINTING, "-s", OTHER, "--mask", "missing.png"], 1, "missing.png: cannot be opened"),
        (["-s", PAINTING, "-s", OTHER, "--all-pairs", "--mask", "a.png"], 2, "--all-pairs"),
    ],
)
def test_what_cannot_be(adain, tmp_path, arguments, status, part):
    result = adain(CONTENT, *arguments, "-o", "o.png", narrow=False)
    assert result.returncode == status
    (sentence,) = sentences(result)
    assert part in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_broken_mask(adain, tmp_path, broken):
    result = adain(CONTENT, "-s", PAINTING, "-s", OTHER, "--mask", broken, "-o", "o.png")
    assert result.returncode == 1
    assert len(sentences(result)) == 1
    assert not (tmp_path / "o.png").exists()


@pytest.mark.parametrize("largest", [85, 4095])
def test_a_sheet_of_a_ppm_is_as_bright_as_the_picture(adain, tmp_path, largest):
    """Its header says what white is; the sheet shows it as it was, and as it becomes."""
    samples = largest.to_bytes(1 + (largest > 255), "big") * (64 * 64 * 3)
    (tmp_path / "x.ppm").write_bytes(b"P6\n64 64\n%d\n" % largest + samples)
    succeeded(adain("sheet", "x.ppm", "-s", PAINTING, "-o", "s.png", "--size", "64", "--strength", "0"))
    assert opened(tmp_path / "s.png").crop(6, 6, 64, 64).avg() == 255
    opened(CONTENT).crop(0, 0, 64, 64).new_from_image([255, 255, 255]).write_to_file(str(tmp_path / "white.png"))
    succeeded(adain("sheet", "white.png", "-s", PAINTING, "-o", "w.png", "--size", "64", "--strength", "0"))
    assert difference(opened(tmp_path / "s.png"), opened(tmp_path / "w.png")) == 0


def test_a_sheet(adain, tmp_path):
    succeeded(adain("sheet", CONTENT, "-s", PAINTING, "-s", OTHER, "-o", "s.png", "--size", "64"))
    sheet = opened(tmp_path / "s.png")
    # Three cells of 64 × 43 with their margins and captions, in one row of four.
    assert sheet.width == 3 * (64 + 12) and sheet.height == 43 + 30 + 12
    succeeded(adain("sheet", CONTENT, "-o", "all.jpg", "--size", "32", narrow=False))
    assert opened(tmp_path / "all.jpg").width == 4 * (32 + 12)
    # A name of which nothing can be written below the picture.
    (tmp_path / " .jpg").write_bytes(PAINTING.read_bytes())
    succeeded(adain("sheet", CONTENT, "-s", " .jpg", "-o", "blank.png", "--size", "64"))
    assert opened(tmp_path / "blank.png").width == 2 * (64 + 12)
    result = adain("sheet", CONTENT, "-s", "nobody", "-o", "n.png")
    assert result.returncode == 1 and not (tmp_path / "n.png").exists()


def test_measure(adain, tmp_path):
    succeeded(adain(CONTENT, "-s", PAINTING, "-o", "o.png"))
    result = succeeded(adain("measure", CONTENT, PAINTING, "o.png", "--json"))
    own = json.loads(result.stdout)
    assert [layer["name"] for layer in own["layers"]] == [f"relu{i}_1" for i in (1, 2, 3, 4)]
    # The painting's own style is nearest to itself.
    painting = tmp_path / "painting.png"
    opened(PAINTING).resize(451 / 592, vscale=300 / 460).write_to_file(str(painting))
    best = json.loads(succeeded(adain("measure", CONTENT, painting, painting, "--json")).stdout)
    assert best["styleLoss"] < own["styleLoss"] / 100
    table = succeeded(adain("measure", CONTENT, PAINTING, "o.png")).stdout.decode()
    assert table.splitlines()[0].split() == ["layer", "mean", "deviation", "Gram", "histogram"]
    assert table.splitlines()[-1].startswith("palette 0.") and " at 2, " in table.splitlines()[-1]
    assert best["paletteDistance"] < 1e-4 < own["paletteDistance"]
    assert [lattice["period"] for lattice in own["lattice"]] == [2, 4, 8]
    result = adain("measure", CONTENT, PAINTING, PAINTING)
    assert result.returncode == 1 and "not the content's 451 x 300" in sentences(result)[0]
    result = adain("measure", CONTENT, PAINTING, "missing.png")
    assert result.returncode == 1 and sentences(result)[0].startswith("missing.png: ")


@pytest.mark.parametrize("name", ["chelsea.jpg", "astronaut.jpg", "coffee.jpg"])
def test_more_strength_is_more_style(adain, tmp_path, name):
    """With the model inside: the style loss falls from step to step."""
    small, painting = tmp_path / "small.png", tmp_path / "painting.png"
    for source, path in (CONTENT.parent / name, small), (OTHER, painting):
        image = opened(source)
        image.resize(160 / min(image.width, image.height)).write_to_file(str(path))
    losses = []
    for strength in ("0", "0.25", "0.5", "0.75", "1"):
        flags = ["--strength", strength]
        succeeded(adain(small, "-s", painting, "-o", "o.png", *flags, narrow=False))
        measured = succeeded(adain("measure", small, painting, "o.png", "--json", narrow=False))
        losses.append(json.loads(measured.stdout)["styleLoss"])
    assert all(more < less for less, more in itertools.pairwise(losses)), losses


@pytest.mark.parametrize("size", [1, 7, 16])
def test_what_is_no_number_is_null(adain, tmp_path, size):
    """A tiny picture has no lattice."""
    pyvips.Image.black(size, size, bands=3).linear(1, 90).cast("uchar").write_to_file(str(tmp_path / "flat.png"))
    arguments = ["measure", "flat.png", "flat.png", "flat.png"]
    result = succeeded(adain(*arguments, "--json"))

    def refused(word):
        raise AssertionError(word)

    measured = json.loads(result.stdout, parse_constant=refused)
    assert measured["styleLoss"] == 0
    assert [lattice.get("spectralRatio") for lattice in measured["lattice"]] == [None] * 3
    assert "unknown at 2" in succeeded(adain(*arguments)).stdout.decode()
