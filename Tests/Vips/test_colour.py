"""Whose colours the result has."""

import pytest
from conftest import CONTENT, STYLE, difference, error_lines, opened


def lab(image, band):
    return image.colourspace("lab")[band]


def test_the_default_is_the_style(adain, style):
    assert difference(adain(opened(), [style], colour="style"), adain(opened(), [style])) == 0


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("format", ["uchar", "ushort"])
def test_lightness_keeps_the_colours(adain, style, format, sequential):
    def content(**options):
        image = opened(**options)
        return image.colourspace("rgb16") if format == "ushort" else image

    out = adain(content(sequential=sequential), [style], colour="content-lightness")
    assert out.format == format
    plain = adain(content(), [style])
    out8 = out.colourspace("srgb").copy_memory()
    # Where sRGB has the colour; elsewhere it is clamped.
    inside = ((out8 > 2) & (out8 < 253)).bandand()
    for band in (1, 2):
        apart = (lab(out8, band) - lab(opened(), band)).abs()
        assert (inside.ifthenelse(apart, 0)).max() < 4
    apart = (lab(out, 0) - lab(plain, 0)).abs()
    assert (inside.ifthenelse(apart, 0)).max() < 2


def test_transparency_stays(adain, style):
    content = opened().bandjoin(77).cast("uchar").copy(interpretation="srgb")
    out = adain(content, [style], colour="content-lightness")
    assert (out.bands, out[3].min(), out[3].max()) == (4, 77, 77)


def test_a_recoloured_painting_is_what_is_encoded(adain, style):
    """Histogram matching by libvips itself, channel by channel, gives nearly the same painting."""
    content, painting = opened(), style

    def ranks(image, band):
        return image[band].hist_find().hist_cum().hist_norm()

    matched = [ranks(painting, band).hist_match(ranks(content, band)) for band in range(3)]
    table = matched[0].bandjoin(matched[1:]).cast("uchar")
    expected = adain(content, [painting.maplut(table)], style_size=0)
    out = adain(content, [painting], colour="histogram", style_size=0)
    assert (out.cast("int") - expected.cast("int")).abs().avg() < 1.5
    plain = adain(content, [painting], style_size=0)
    assert (plain.cast("int") - expected.cast("int")).abs().avg() > 5


def test_coral_takes_the_contents_colours(adain, style):
    """A painting that has the content's colours already is not changed by them."""
    same = adain(opened(), [opened()], colour="content-coral")
    assert (same.cast("int") - adain(opened(), [opened()]).cast("int")).abs().avg() < 0.5
    coral = adain(opened(), [style], colour="content-coral")
    assert (coral.cast("int") - adain(opened(), [style]).cast("int")).abs().avg() > 2


@pytest.mark.parametrize("mode", ["content-coral", "histogram"])
def test_a_stream_is_read_once(adain, style, mode):
    expected = adain(opened(), [style], colour=mode)
    assert difference(adain(opened(sequential=True), [style], colour=mode), expected) == 0


@pytest.mark.parametrize("mode", ["content-coral", "histogram"])
def test_without_a_paintings_pixels(vips, tmp_path, mode):
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, "", out, "--named", "lion", "--colour", mode, narrow=False)
    assert result.returncode == 1 and not out.exists()
    (line,) = error_lines(result)
    assert f"{mode} needs the style image's pixels" in line


def test_a_word_that_is_no_mode(vips, tmp_path):
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, STYLE, out, "--colour", "blue")
    assert result.returncode == 1 and not out.exists()
    assert "'blue'" in error_lines(result)[0]


def test_either_spelling_of_the_option(adain, vips, style, tmp_path):
    expected = adain(opened(), [style], colour="content-lightness")
    assert difference(adain(opened(), [style], color="content-lightness"), expected) == 0
    out = tmp_path / "o.png"
    assert vips("adain", CONTENT, STYLE, out, "--color", "content-lightness").returncode == 0
    assert difference(opened(out), expected) == 0
