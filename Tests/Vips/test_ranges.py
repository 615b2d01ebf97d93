"""What samples mean: floats and integers of files, and masks on pictures that are seen turned."""

import numpy
import pytest
import pyvips
from conftest import difference, opened


def saved(array, path, interpretation=None):
    image = pyvips.Image.new_from_array(array) if array.ndim == 2 else pyvips.Image.new_from_memory(
        array.tobytes(), array.shape[1], array.shape[0], array.shape[2],
        {"float32": "float", "uint32": "uint"}[array.dtype.name])
    image = image.cast({"float32": "float", "uint32": "uint"}[array.dtype.name])
    if interpretation:
        image = image.copy(interpretation=interpretation)
    image.write_to_file(str(path))
    return pyvips.Image.new_from_file(str(path))


def ramp(bands, last=1.0):
    values = numpy.linspace(0, last, 64 * 48, dtype=numpy.float32).reshape(48, 64)
    return numpy.repeat(values[..., None], bands, 2)


def test_alpha_of_a_float_file_is_from_0_to_1(adain, style, tmp_path):
    samples = ramp(4)
    samples[..., 3] = 0.5
    out = adain(saved(samples, tmp_path / "a.tif", "scrgb"), [style])
    assert (out.bands, out.format) == (4, "uchar")
    assert (out[3].min(), out[3].max()) == (128, 128)


def test_results_of_arithmetic_keep_their_range(adain, style, tmp_path):
    grey = opened().colourspace("b-w")
    grey.write_to_file(str(tmp_path / "g.tif"))
    read = pyvips.Image.new_from_file(str(tmp_path / "g.tif"))
    assert difference(adain(read * 1.0, [style]), adain(read, [style])) == 0


@pytest.mark.parametrize("orientation", range(1, 9))
def test_masks_are_as_the_picture_is_seen(adain, style, orientation):
    stored = opened().resize(0.4)
    mask = (pyvips.Image.xyz(60, 40)[0] * 4).cast("uchar").copy(interpretation="b-w")
    tagged = stored.copy()
    tagged.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    seen = tagged.autorot().copy_memory()
    seen.remove("orientation")
    lying = mask if (seen.width > seen.height) else mask.rot90()
    made = adain(tagged, [style], masks=[lying]).autorot()
    # Strokes of a picture turned are not those of the picture, so the mask's part is compared: what is black stays.
    plain = adain(tagged, [style], strength=0).autorot()
    change = (made.cast("int") - plain.cast("int")).abs().bandmean()
    weights = lying.resize(made.width / lying.width, vscale=made.height / lying.height)
    dark, light = (weights < 40).ifthenelse(change, 0).avg(), (weights > 200).ifthenelse(change, 0).avg()
    assert light > 2 * dark
