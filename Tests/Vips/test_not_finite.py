"""Numbers that are none: refused with one sentence, and the next call works."""

import math

import pytest
import pyvips
from conftest import CONTENT, STYLE, error_lines, opened


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("space, kind", [("srgb", "float"), ("scrgb", "double"), ("lab", "float")])
def test_pixels(adain, style, value, space, kind):
    image = opened().colourspace(space).cast(kind).copy(interpretation=space)
    spot = (pyvips.Image.black(1, 1, bands=3).cast(kind) + [value] * 3).cast(kind)
    image = image.insert(spot.copy(interpretation=space), 70, 50).copy_memory()

    with pytest.raises(pyvips.Error) as caught:
        adain(image, [style])
    assert caught.value.detail == "adain: in: the pixel at (70, 50) is not finite\n"
    with pytest.raises(pyvips.Error, match=r"adain: style: the pixel at \(70, 50\) is not finite"):
        adain(opened(), [image])
    assert adain(opened(), [style]).avg() > 0


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e300"])
def test_strength(vips, adain, style, tmp_path, value):
    result = vips("adain", CONTENT, STYLE, tmp_path / "o.png", "--strength", value)
    assert result.returncode == 1
    if value == "1e300":  # the others are no numbers to the command line itself
        (line,) = error_lines(result)
        assert line.startswith("adain: strength is 1e+300")
    with pytest.raises(pyvips.Error, match="adain: strength is"):
        adain(opened(), [style], strength=float(value))
