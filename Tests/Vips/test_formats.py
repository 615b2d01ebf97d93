"""[11] What becomes of each kind of picture; [12] of what it says about itself."""

import array
import xml.etree.ElementTree as xml

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


GAIN_MAP = b"""<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:C="http://ns.google.com/photos/1.0/container/" xmlns:Item="http://ns.google.com/photos/1.0/container/item/"
 xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="0123" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 hdrgm:Version="1.0" xmp:Rating="4">
<C:Directory><rdf:Seq><rdf:li rdf:parseType="Resource"><C:Item Item:Semantic="GainMap" Item:Length="99"/>
</rdf:li></rdf:Seq></C:Directory>
<xmp:Thumbnails><rdf:Alt><rdf:li>/9j/4AAQ</rdf:li></rdf:Alt></xmp:Thumbnails>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">&lt;Anna&gt; &amp; \xc3\x89mile</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>\0"""


def with_xmp(image, xmp):
    image = image.copy()
    image.set_type(pyvips.GValue.blob_type, "xmp-data", xmp)
    return image


def test_xmp_declares_nothing_that_is_gone(adain, style, photograph):
    """The gain map, its container, the preview, the extension; whatever the prefix. All else stays."""
    left = adain(with_xmp(photograph, GAIN_MAP), [style]).get("xmp-data")
    for word in (b"hdrgm", b"hdr-gain-map", b"container", b"GainMap", b"HasExtendedXMP", b"Thumbnails", b"/9j/"):
        assert word in GAIN_MAP and word not in left
    root = xml.fromstring(left.decode())
    assert "".join(root.itertext()).strip() == "<Anna> & \u00c9mile"
    assert b'xmp:Rating="4"' in left and b'<?xpacket begin="\xef\xbb\xbf"' in left and b'<?xpacket end="w"?>' in left


@pytest.mark.parametrize(
    "xmp",
    [
        GAIN_MAP[:900],
        GAIN_MAP.replace(b"<x:xmpmeta", b'<!DOCTYPE x [<!ENTITY a "b">]>&a;<x:xmpmeta'),
        b"<a>" * 65 + b"http://ns.adobe.com/hdr-gain-map/1.0/" + b"</a>" * 65,
        b"http://ns.adobe.com/hdr-gain-map/1.0/ \xff\xfe",
    ],
    ids=["cut off", "entities", "deep", "no text"],
)
def test_xmp_that_cannot_be_read_and_declares_a_gain_map_goes(adain, style, photograph, xmp):
    assert adain(with_xmp(photograph, xmp), [style]).get_typeof("xmp-data") == 0


@pytest.mark.parametrize("xmp", [b"<xmp>", b"\xff\xfe no XML", GAIN_MAP.replace(b"http://ns", b"http://x")])
def test_other_xmp_stays_to_the_byte(adain, style, photograph, xmp):
    if b"Thumbnails" in xmp:
        xmp = xmp.replace(b"Thumbnails", b"Thumbs").replace(b"HasExtendedXMP", b"Extended")
    assert adain(with_xmp(photograph, xmp), [style]).get("xmp-data") == xmp


def ppm(path, image, largest):
    """`image` with samples from 0 to `largest`, as the format has them."""
    scaled = (image.cast("double") * (largest / 255)).rint()
    data = bytes(scaled.cast("ushort" if largest > 255 else "uchar").write_to_memory())
    if largest > 255:
        wide = array.array("H", data)
        wide.byteswap()
        data = wide.tobytes()
    path.write_bytes(b"P6\n%d %d\n%d\n" % (image.width, image.height, largest) + data)
    return pyvips.Image.new_from_file(str(path))


@pytest.mark.parametrize("largest", [1, 100, 255, 1023, 4095, 65535])
def test_samples_of_a_ppm_are_scaled_as_its_header_says(adain, style, photograph, tmp_path, largest):
    image = ppm(tmp_path / "x.ppm", photograph, largest)
    result = adain(image, [style], strength=0)
    assert result.get_typeof("ppm-max-value") == 0
    white = 65535 if largest > 255 else 255
    scaled = image.linear(white / largest, 0).rint().cast(image.format)
    scaled.remove("ppm-max-value")
    expected = adain(scaled, [style], strength=0)
    assert difference(result, expected) == 0
    # As a style, as a mask, and in a row of operations.
    assert difference(adain(photograph, [image]), adain(photograph, [scaled])) == 0
    rest = pyvips.Image.black(photograph.width, photograph.height)
    masked = [adain(photograph, [style, photograph], masks=[mask, rest]) for mask in (image, scaled)]
    assert difference(*masked) == 0
    assert difference(adain(result, [style], strength=0), adain(expected, [style], strength=0)) == 0


def test_a_bitmap_is_not_scaled(adain, style, tmp_path):
    path = tmp_path / "x.pbm"
    path.write_text("P1\n32 32\n" + "0 1 " * 512)
    image = pyvips.Image.new_from_file(str(path))
    expected = image.copy()
    expected.remove("ppm-max-value")
    assert difference(adain(image, [style]), adain(expected, [style])) == 0


@pytest.mark.parametrize("alpha", [False, True])
def test_grey_floats_of_a_file_are_linear_from_0_to_1(adain, style, photograph, tmp_path, alpha):
    """As those of three bands, as content, style and mask; in the midst of a pipeline they are from 0 to 255."""
    grey = photograph.extract_band(1).copy(interpretation="b-w").cast("float") / 255
    opaque = [(grey * 0 + 0.5)] if alpha else []
    grey.bandjoin(opaque).copy(interpretation="b-w").write_to_file(str(tmp_path / "grey.tif"))
    grey.bandjoin([grey, grey, *opaque]).copy(interpretation="scrgb").write_to_file(str(tmp_path / "rgb.tif"))
    one, three = (pyvips.Image.new_from_file(str(tmp_path / name)) for name in ("grey.tif", "rgb.tif"))
    assert difference(adain(one, [style]), adain(three, [style])) == 0
    assert difference(adain(photograph, [one]), adain(photograph, [three])) == 0
    if not alpha:
        rest = pyvips.Image.black(photograph.width, photograph.height)
        masks = [one, (grey * 255).copy(interpretation="b-w")]
        masked = [adain(photograph, [style, photograph], masks=[mask, rest]) for mask in masks]
        assert difference(*masked) <= 1
        computed = (one * 255).copy(interpretation="b-w")
        assert difference(adain(computed, [style]), adain(photograph.extract_band(1), [style])) <= 1


@pytest.mark.parametrize("format", ["uint", "int"])
def test_integers_of_32_bits_are_refused_where_nothing_says_their_range(adain, style, photograph, tmp_path, format):
    (photograph.cast(format) * 1000).cast(format).write_to_file(str(tmp_path / "x.tif"))
    image = pyvips.Image.new_from_file(str(tmp_path / "x.tif"))
    masked = {"masks": [image, image]}
    for call in (lambda: adain(image, [style]), lambda: adain(photograph, [image]),
                 lambda: adain(photograph, [style, style], **masked)):
        with pytest.raises(pyvips.Error, match="integers of 32 bits have no range that is known"):
            call()
    # Computed, they are from 0 to 255, as libvips has it.
    assert difference(adain(photograph.cast(format), [style]), adain(photograph, [style])) == 0
