"""[11] What becomes of each kind of picture; [12] of what it says about itself."""

import pytest
import pyvips
from conftest import difference, opened


def described(image):
    return image.format, image.interpretation, image.bands


@pytest.fixture
def photograph():
    return opened().crop(100, 50, 96, 80).copy_memory()


@pytest.fixture
def plain(adain, style, photograph):
    return adain(photograph, [style]).copy_memory()


EIGHT = ("uchar", "srgb", 3)

CASES = {
    "mono": (lambda i: i.colourspace("b-w"), EIGHT, 12),
    "grey and alpha": (lambda i: i.colourspace("b-w").bandjoin(7), ("uchar", "srgb", 4), None),
    "16-bit": (lambda i: i.colourspace("rgb16"), ("ushort", "rgb16", 3), None),
    "16-bit grey": (lambda i: i.colourspace("grey16"), ("ushort", "rgb16", 3), None),
    "Lab": (lambda i: i.colourspace("lab"), EIGHT, 4),
    "LABQ": (lambda i: i.colourspace("labq"), EIGHT, 60),
    "scRGB": (lambda i: i.colourspace("scrgb"), EIGHT, 4),
    "CMYK": (lambda i: i.colourspace("cmyk"), EIGHT, None),
    "RAD": (lambda i: i.colourspace("scrgb").float2rad(), EIGHT, None),
    "float sRGB": (lambda i: i.cast("float"), EIGHT, 0),
    "double sRGB": (lambda i: i.cast("double"), EIGHT, 0),
    "multiband": (lambda i: i.copy(interpretation="multiband"), EIGHT, 0),
    "one multiband": (lambda i: i[1].copy(interpretation="multiband"), EIGHT, None),
    "16-bit multiband": (
        lambda i: i.colourspace("rgb16").copy(interpretation="multiband"),
        ("ushort", "rgb16", 3),
        None,
    ),
    "RGBA": (lambda i: i.bandjoin(200), ("uchar", "srgb", 4), None),
    "16-bit RGBA": (
        lambda i: i.colourspace("rgb16").bandjoin(50000),
        ("ushort", "rgb16", 4),
        None,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_formats(adain, style, photograph, plain, name):
    """The documented output; where the conversion is (nearly) lossless, (nearly) the same pixels."""
    convert, expected, tolerance = CASES[name]
    result = adain(convert(photograph), [style])
    assert described(result) == expected
    assert (result.width, result.height) == (photograph.width, photograph.height)
    assert result.coding == "none"
    memory = result.copy_memory()
    if tolerance is not None and name != "mono":
        assert difference(memory, plain) <= tolerance


def test_16_bit_is_the_same_picture_in_finer_steps(adain, style, photograph, plain):
    # colourspace("rgb16") multiplies by 256, which is a slightly darker picture.
    deep = (photograph * 257).cast("ushort").copy(interpretation="rgb16")
    coarse = (adain(deep, [style]) / 257.0).rint().cast("uchar")
    assert difference(coarse, plain) <= 1


def test_alpha_at_its_own_depth(adain, style, photograph):
    result = adain(photograph.colourspace("rgb16").bandjoin(50000), [style])
    assert result[3].min() == result[3].max() == 50000
    assert adain(photograph.bandjoin(200), [style])[3].avg() == 200


def test_complex_pixels_are_refused(adain, style, photograph):
    with pytest.raises(pyvips.Error, match="adain: in: complex pixels are not a picture"):
        adain(photograph.cast("complex"), [style])


def test_many_bands_without_a_colour_space_are_refused(adain, style, photograph):
    many = photograph.bandjoin(photograph).copy(interpretation="multiband")
    with pytest.raises(pyvips.Error, match="adain: in: 6 bands"):
        adain(many, [style])


def test_styles_of_every_kind(adain, style, photograph):
    small = style.resize(0.2)
    for kind in (
        small.colourspace("b-w"),
        small.colourspace("cmyk"),
        small.colourspace("lab"),
        small.colourspace("rgb16"),
        small.bandjoin(128),
        small.colourspace("rgb16").bandjoin(30000),
    ):
        assert described(adain(photograph, [kind])) == EIGHT


@pytest.mark.parametrize("profile", ["p3", "cmyk"])
def test_embedded_profiles_are_obeyed(adain, style, photograph, plain, tmp_path, profile):
    """A picture stored in another space with its profile is the same picture."""
    path = tmp_path / "profiled.tif"
    try:
        photograph.icc_export(output_profile=profile, depth=8).write_to_file(str(path))
    except pyvips.Error:
        pytest.fail(f"libvips has no built-in profile {profile}")
    stored = pyvips.Image.new_from_file(str(path))
    assert stored.get_typeof("icc-profile-data") != 0
    result = adain(stored, [style])
    assert described(result) == EIGHT
    assert result.get_typeof("icc-profile-data") == 0
    # 8-bit rounding in the other space for P3; a gamut that is smaller, too, for CMYK.
    assert (result - plain).abs().avg() < (2 if profile == "p3" else 20)


def test_metadata_is_the_contents(adain, style, photograph):
    """[12]"""

    content, painting = photograph.copy(xres=11.8, yres=11.8), style.copy()
    content.set_type(pyvips.GValue.gint_type, "orientation", 6)
    content.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "somebody")
    content.set_type(pyvips.GValue.blob_type, "xmp-data", b"<xmp/>")
    painting.set_type(pyvips.GValue.gstr_type, "of-the-style", "yes")
    result = adain(content, [painting])
    assert result.get("orientation") == 6
    assert result.get("exif-ifd0-Artist") == "somebody"
    assert result.get("xmp-data") == b"<xmp/>"
    assert result.xres == pytest.approx(11.8)
    assert result.get_typeof("of-the-style") == 0
    assert result.get_typeof("vips-sequential") == 0
    assert adain(opened(sequential=True), [style]).get_typeof("vips-sequential") == 0
