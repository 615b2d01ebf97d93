"""Masks: several styles, each in its region."""

import pytest
import pyvips
from conftest import CONTENT, STYLE, difference, error_lines, opened


@pytest.fixture
def styles(style):
    return [style, opened().rot90()]


def white(width=20, height=10):
    return (pyvips.Image.black(width, height) + 255).cast("uchar")


def test_white_is_the_first_style_and_black_the_second(adain, styles):
    for mask, style in [(white(), styles[0]), (pyvips.Image.black(7, 9), styles[1])]:
        out = adain(opened(), styles, masks=[mask])
        assert difference(out, adain(opened(), [style])) == 0


def test_regions_where_the_mask_says(adain, styles):
    """Left the first style, right the second: beyond the border's surroundings pixels are those of the
    whole picture in either, since the statistics are the whole picture's."""
    mask = white(10, 10).join(pyvips.Image.black(10, 10), "horizontal")
    options = {"whole_statistics": True}
    out = adain(opened(), styles, masks=[mask], **options).copy_memory()
    left, right = adain(opened(), [styles[0]]), adain(opened(), [styles[1]])
    assert difference(out.crop(0, 0, 160, 300), left.crop(0, 0, 160, 300)) == 0
    assert difference(out.crop(290, 0, 161, 300), right.crop(290, 0, 161, 300)) == 0
    assert difference(out.crop(200, 0, 50, 300), left.crop(200, 0, 50, 300)) > 0
    # Its own statistics change a region all over.
    regions = adain(opened(), styles, masks=[mask])
    assert difference(regions.crop(0, 0, 160, 300), left.crop(0, 0, 160, 300)) > 0


@pytest.mark.parametrize("format", ["uchar", "ushort", "float"])
def test_masks_of_every_kind_are_the_same(adain, styles, format):
    soft = (pyvips.Image.xyz(64, 64)[0] * 4).cast("uchar").copy(interpretation="b-w")
    expected = adain(opened(), styles, masks=[soft]).copy_memory()
    if format == "ushort":
        mask = (soft.cast("ushort") * 257).cast("ushort").copy(interpretation="grey16")
    else:
        mask = soft.cast(format)
    assert difference(adain(opened(), styles, masks=[mask]), expected) <= 1
    rgb = soft.bandjoin([soft, soft]).copy(interpretation="srgb")
    assert difference(adain(opened(), styles, masks=[rgb]), expected) <= 1


def test_a_mask_for_each_page(adain, styles):
    page = opened().crop(0, 0, 120, 90)
    pages = page.join(page.flipver(), "vertical").copy()
    pages.set_type(pyvips.GValue.gint_type, "page-height", 90)
    mask = white(10, 10).join(pyvips.Image.black(10, 10), "horizontal")
    out = adain(pages, styles, masks=[mask]).copy_memory()
    assert difference(out.crop(0, 0, 120, 90), adain(page, styles, masks=[mask])) == 0
    assert difference(out.crop(0, 90, 120, 90), adain(page.flipver(), styles, masks=[mask])) == 0


def test_from_the_shell(vips, adain, styles, tmp_path):
    mask = tmp_path / "mask.png"
    (pyvips.Image.xyz(64, 64)[0] * 4).cast("uchar").write_to_file(str(mask))
    turned = tmp_path / "turned.png"
    styles[1].write_to_file(str(turned))
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, f"{STYLE} {turned}", out, "--masks", mask)
    assert (result.returncode, result.stderr) == (0, b"")
    expected = adain(opened(), [opened(STYLE), opened(turned)], masks=[opened(mask)])
    assert difference(opened(out), expected) == 0


def test_numbers_that_do_not_fit(vips, tmp_path):
    out = tmp_path / "o.png"
    two = f"{CONTENT} {CONTENT}"
    result = vips("adain", CONTENT, STYLE, out, "--masks", two)
    assert result.returncode == 1
    assert "masks: 2 for 1 styles" in error_lines(result)[0]
    result = vips("adain", CONTENT, two, out, "--masks", CONTENT, "--weights", "1 2")
    assert result.returncode == 1
    assert "weights" in error_lines(result)[0]
    assert not out.exists()
