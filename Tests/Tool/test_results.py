"""One picture: pixels, depth, metadata; from files and pipes."""

import pytest
import pyvips
from conftest import CONTENT, OTHER, PAINTING, difference, opened, succeeded


def test_pixels_are_those_of_the_operation(adain, operation, tmp_path):
    succeeded(adain(CONTENT, "--style", PAINTING, "-o", "o.png"))
    assert difference(opened(tmp_path / "o.png"), operation(CONTENT, PAINTING)) == 0


def test_strength_and_style_size(adain, operation, tmp_path):
    options = ["--strength", "0.4", "--style-size", "100"]
    succeeded(adain(CONTENT, "--style", PAINTING, "-o", "o.png", *options))
    expected = operation(CONTENT, PAINTING, strength=0.4, style_size=100)
    assert difference(opened(tmp_path / "o.png"), expected) == 0
    assert difference(opened(tmp_path / "o.png"), operation(CONTENT, PAINTING)) > 0


def test_weights(adain, operation, tmp_path):
    styles = ["--style", f"{PAINTING}=3", "--style", OTHER]
    succeeded(adain(CONTENT, *styles, "-o", "o.png"))
    expected = operation(CONTENT, PAINTING, OTHER, weights=[3, 1])
    # The tool mixes in one step what it keeps as 32-bit numbers.
    assert difference(opened(tmp_path / "o.png"), expected) <= 1


def test_a_style_file_does_what_its_painting_does(adain, tmp_path):
    succeeded(adain("style", "save", PAINTING, "-o", "p.style"))
    succeeded(adain(CONTENT, "--style", "p.style", "-o", "a.png"))
    succeeded(adain(CONTENT, "--style", PAINTING, "-o", "b.png"))
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


def test_a_name_with_an_equals_sign_is_a_name(adain, tmp_path):
    (tmp_path / "p=2").write_bytes(PAINTING.read_bytes())
    succeeded(adain(CONTENT, "--style", "p=2", "-o", "o.png"))


def test_standard_input_and_output(adain, tmp_path):
    succeeded(adain(CONTENT, "--style", PAINTING, "-o", "o.jpg"))
    piped = succeeded(adain("-", "--style", PAINTING, "-o", "-", stdin=CONTENT.read_bytes()))
    assert piped.stdout == (tmp_path / "o.jpg").read_bytes()
    png = succeeded(
        adain("-", "-s", PAINTING, "-o", "-", "--format", "png", stdin=CONTENT.read_bytes())
    )
    assert png.stdout.startswith(b"\x89PNG")


def test_nothing_is_piped_of_a_picture_that_fails(adain, broken):
    result = adain("-", "--style", PAINTING, "-o", "-", stdin=broken.read_bytes())
    assert result.returncode == 1
    assert result.stdout == b""


def test_depth_transparency_and_metadata_are_kept(adain, tmp_path):
    image = opened(CONTENT).cast("ushort") * 257
    image = image.cast("ushort").copy(interpretation="rgb16").bandjoin(30000)
    image = image.cast("ushort").copy(interpretation="rgb16", xres=7.5)
    image.write_to_file(str(tmp_path / "in.png"))
    succeeded(adain("in.png", "--style", PAINTING, "-o", "o.png"))
    result = opened(tmp_path / "o.png")
    assert result.format == "ushort"
    assert result.xres == pytest.approx(7.5, abs=0.01)
    assert (result[3].min(), result[3].max()) == (30000, 30000)


def test_a_large_picture_passes_in_strips(adain, operation, tmp_path):
    """More than the 8 megapixels up to which pictures are decoded whole."""
    large = opened(CONTENT).resize(8)
    assert large.width * large.height > 8 << 20
    large.write_to_file(str(tmp_path / "large.jpg"))
    succeeded(adain("large.jpg", "--style", PAINTING, "-o", "o.png[compression=1]"))
    assert difference(opened(tmp_path / "o.png"), operation(tmp_path / "large.jpg", PAINTING)) == 0


def test_options_of_formats_in_brackets(adain, tmp_path):
    succeeded(adain(CONTENT, "--style", PAINTING, "-o", "small.jpg[Q=10]"))
    succeeded(adain(CONTENT, "--style", PAINTING, "-o", "large.jpg[Q=95]"))
    assert (tmp_path / "small.jpg").stat().st_size * 3 < (tmp_path / "large.jpg").stat().st_size
    pages = pyvips.Image.arrayjoin([opened(CONTENT), opened(PAINTING).crop(0, 0, 451, 300)], across=1)
    pages.set_type(pyvips.GValue.gint_type, "page-height", 300)
    pages.write_to_file(str(tmp_path / "two.tif"))
    succeeded(adain("two.tif[page=1]", "--style", PAINTING, "-o", "second.tif"))
    assert opened(tmp_path / "second.tif").height == 300


def test_the_model_inside(adain, tmp_path):
    succeeded(adain(CONTENT, "--style", PAINTING, "-o", "o.png", narrow=False))
    operation = opened(CONTENT).adain([opened(PAINTING)])
    assert difference(opened(tmp_path / "o.png"), operation) == 0


def test_grey_floats_of_a_file(adain, tmp_path):
    """As floats of three bands, which libvips understands by itself, whatever opens the file."""
    grey = opened(CONTENT).thumbnail_image(64).extract_band(1).cast("float") / 255
    grey.copy(interpretation="b-w").write_to_file(str(tmp_path / "grey.tif"))
    grey.bandjoin([grey, grey]).copy(interpretation="scrgb").write_to_file(str(tmp_path / "rgb.tif"))
    for name in ("grey", "rgb"):
        succeeded(adain(f"{name}.tif", "-s", PAINTING, "-o", f"{name}.v"))
        succeeded(adain(CONTENT, "-s", f"{name}.tif", "-o", f"by-{name}.png"))
    assert difference(opened(tmp_path / "grey.v"), opened(tmp_path / "rgb.v")) == 0
    assert difference(opened(tmp_path / "by-grey.png"), opened(tmp_path / "by-rgb.png")) == 0
    # What was computed is from 0 to 255 in libvips' own format, though that keeps the name of the loader.
    computed = (opened(tmp_path / "grey.tif") * 255).copy(interpretation="b-w")
    computed.write_to_file(str(tmp_path / "computed.v"))
    computed.cast("uchar").write_to_file(str(tmp_path / "eight.png"))
    for name in ("computed.v", "eight.png"):
        succeeded(adain(name, "-s", PAINTING, "-o", f"of-{name}.png"))
    assert difference(opened(tmp_path / "of-computed.v.png"), opened(tmp_path / "of-eight.png.png")) <= 2
    assert not any("adain" in field for field in opened(tmp_path / "grey.v").get_fields())
