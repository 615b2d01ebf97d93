"""How large the content is seen, and how broad the brush is."""

import ctypes

import pytest
import pyvips
from c_interface import Options, Pixels
from conftest import BUILD, CONTENT, STYLE, difference, error_lines, opened


def test_content_size_and_crop(adain, style):
    content = opened()  # 451 x 300
    square = content.crop(75, 0, 300, 300)
    assert difference(adain(content, [style], crop=True), adain(square, [style])) == 0
    small = adain(content, [style], content_size=100)
    assert (small.width, small.height) == (150, 100)
    assert difference(small, adain(content.resize(1 / 3), [style])) == 0
    both = adain(content, [style], crop=True, content_size=90)
    assert (both.width, both.height) == (90, 90)
    assert difference(adain(content, [style], content_size=1000), adain(content, [style])) == 0


def test_a_stroke_of_one_is_none(adain, style):
    assert difference(adain(opened(), [style], stroke=1), adain(opened(), [style])) == 0


def test_by_itself_the_brush_suits_the_size(adain, style):
    large = opened().resize(3.6)  # 1624 x 1080: more than a megapixel
    by_itself = adain(large, [style]).copy_memory()
    assert difference(by_itself, adain(large, [style], stroke=1080 / 512)) == 0
    assert difference(by_itself, adain(large, [style], stroke=1)) > 0


def test_detail_is_the_strength_of_the_finer_strokes(adain, style):
    results = [adain(opened(), [style], stroke=3, detail=detail).copy_memory() for detail in (0, 0.7, 1)]
    assert difference(results[1], adain(opened(), [style], stroke=3)) == 0
    edges = [image.colourspace("b-w").sobel().avg() for image in results]
    assert edges[2] > max(edges[:2]) and difference(results[0], results[1]) > 0


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("format", ["uchar", "ushort"])
def test_a_broad_brush_at_full_size(adain, style, format, sequential):
    def content(**options):
        image = opened(**options)
        image = image.colourspace("rgb16") if format == "ushort" else image
        return image.bandjoin(alpha).cast(format).copy(interpretation=image.interpretation)

    alpha = 25443 if format == "ushort" else 99
    out = adain(content(sequential=sequential), [style], stroke=3, detail=0).copy_memory()
    assert (out.width, out.height, out.bands, out.format) == (451, 300, 4, format)
    assert (out[3].min(), out[3].max()) == (alpha, alpha)
    # Reduced again it is nearer to what was painted at that size than the network's own strokes are.
    rgb = out.extract_band(0, n=3).copy(interpretation="rgb16" if format == "ushort" else "srgb")
    small = content().extract_band(0, n=3).resize(1 / 3)
    painted = adain(small.copy(interpretation=rgb.interpretation), [style]).colourspace("srgb")
    again = rgb.colourspace("srgb").resize(1 / 3)
    apart = (again.cast("int") - painted.cast("int")).abs().avg()
    whole = adain(content(), [style]).extract_band(0, n=3).copy(interpretation=rgb.interpretation)
    fine = (whole.colourspace("srgb").resize(1 / 3).cast("int") - painted.cast("int")).abs().avg()
    assert apart < 5 and apart < fine / 5


def test_edges_of_a_broad_brush_are_the_contents(adain, style):
    """Sharper than plain enlargement, where the content has an edge."""
    edge = pyvips.Image.black(240, 480).join((pyvips.Image.black(240, 480) + 255), "horizontal")
    content = edge.bandjoin([edge, edge]).cast("uchar").copy(interpretation="srgb")
    plain = adain(content.resize(0.25), [style], strength=0.5).resize(4).copy_memory()
    guided = adain(content, [style], strength=0.5, stroke=4).copy_memory()
    assert (guided.width, guided.height) == (480, 480)

    def steepest(image):
        row = image.extract_band(1).crop(230, 200, 20, 80).cast("int")
        return (row.crop(1, 0, 19, 80) - row.crop(0, 0, 19, 80)).abs().max()

    assert steepest(guided) > 1.5 * steepest(plain)


def test_with_everything_else(adain, style):
    out = adain(
        opened(sequential=True), [style, opened().rot90()], stroke=2.5, crop=True,
        colour="content-lightness", masks=[pyvips.Image.black(5, 5) + 128], tile_size=64)
    assert (out.width, out.height) == (300, 300)
    assert difference(out.crop(10, 20, 100, 100), out.copy_memory().crop(10, 20, 100, 100)) == 0


@pytest.mark.parametrize(
    "option, value, sentence",
    [("--stroke", "0.5", "stroke is 0.5"), ("--stroke", "1000", "stroke is 1000"),
     ("--detail", "1.5", "detail is 1.5"), ("--content-size", "-1", "content-size is -1")])
def test_out_of_range(vips, tmp_path, option, value, sentence):
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, STYLE, out, option, value)
    assert result.returncode == 1 and not out.exists()
    assert sentence in error_lines(result)[0]


def test_pages(adain, style):
    """Each page is a picture of its own."""
    pages = opened().join(opened().fliphor(), "vertical").copy()
    pages.set_type(pyvips.GValue.gint_type, "page-height", 300)
    out = adain(pages, [style], stroke=2).copy_memory()
    assert out.get("page-height") == 300
    for page, image in enumerate((opened(), opened().fliphor())):
        assert difference(out.crop(0, 300 * page, 451, 300), adain(image, [style], stroke=2)) == 0


def test_a_page_height_that_does_not_divide_is_none(adain, style):
    content = opened().crop(0, 0, 120, 90).copy()
    content.set_type(pyvips.GValue.gint_type, "page-height", 20)
    small = adain(content, [style], content_size=60)
    assert (small.width, small.height) == (80, 60)
    assert difference(small, adain(opened().crop(0, 0, 120, 90), [style], content_size=60)) == 0


@pytest.mark.parametrize("bands", [3, 4])
@pytest.mark.parametrize("stroke, detail", [(3, 0.5), (2.5, 0), (7, 1)])
def test_the_engines_own_brush_paints_the_same(bands, stroke, detail):
    """From C, in place, and through the operation: the same bytes."""
    content = opened()
    if bands == 4:
        content = content.bandjoin(123).cast("uchar").copy(interpretation="srgb")
    library = ctypes.CDLL(str(BUILD / "lib" / "libadain.so"))
    model, style = ctypes.c_void_p(), ctypes.c_void_p()
    assert library.adain_model_embedded(ctypes.byref(model)) == 0
    assert library.adain_style_named(b"auvers", ctypes.byref(style)) == 0
    memory = ctypes.create_string_buffer(bytes(content.write_to_memory()), 451 * 300 * bands)
    pixels = Pixels(ctypes.addressof(memory), 0, 451, 300, 0, bands)
    options = Options(ctypes.sizeof(Options), 1, 0, None, None, 0, stroke, detail or -1)
    status = library.adain_stylise(
        model, ctypes.byref(pixels), style, ctypes.byref(options), ctypes.byref(pixels))
    assert status == 0
    out = pyvips.Image.new_from_memory(memory.raw, 451, 300, bands, "uchar").copy(interpretation="srgb")
    assert difference(out, content.adain([], named="auvers", stroke=stroke, detail=detail)) == 0
    for handle, free in ((style, "adain_style_unref"), (model, "adain_model_unref")):
        getattr(library, free)(handle)
