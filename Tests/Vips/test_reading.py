"""How the pictures are read: streams, labels, numbers between two steps, turned paintings."""

import pytest
import pyvips
from conftest import CONTENT, difference, opened


def with_field(image, kind, name, value):
    copy = image.copy()
    copy.set_type(kind, name, value)
    return copy


def test_a_stream_that_is_its_own_style(vips, adain, tmp_path):
    expected = adain(opened(), [opened()])
    stream = opened(sequential=True)
    assert difference(adain(stream, [stream]), expected) == 0
    stream = opened(sequential=True)
    assert difference(adain(opened(), [stream, stream]), expected) == 0
    out = tmp_path / "o.png"
    assert vips("adain", CONTENT, f"{CONTENT} {CONTENT}", out).returncode == 0
    assert difference(opened(out), expected) == 0


@pytest.mark.parametrize("offset", [-0.4, 0.4])
def test_floats_are_rounded(adain, style, offset):
    """Cut off instead, a picture that is a hair darker would be a whole step darker."""
    photograph = opened()
    assert difference(adain(photograph + offset, [style]), adain(photograph, [style])) == 0


@pytest.mark.parametrize("space, expected", [("srgb", "srgb"), ("rgb16", "rgb16")])
def test_rgb_without_further_words_is_srgb(adain, style, space, expected):
    plain = opened().colourspace(space)
    out = adain(plain.copy(interpretation="rgb"), [style])
    assert out.interpretation == expected
    assert difference(out, adain(plain, [style])) == 0


def test_a_turned_painting_is_seen_upright(adain, style):
    turned = with_field(style.rot270(), pyvips.GValue.gint_type, "orientation", 6)
    assert difference(adain(opened(), [turned]), adain(opened(), [style])) <= 1


@pytest.mark.parametrize(
    "kind, name, value",
    [
        (pyvips.GValue.blob_type, "jpeg-thumbnail-data", b"\xff\xd8the old picture"),
        (pyvips.GValue.gint_type, "palette-bit-depth", 4),
        (pyvips.GValue.gint_type, "bits-per-sample", 4),
    ],
    # Types are numbers of which each process has its own.
    ids=["thumbnail", "palette", "bits"],
)
def test_what_the_result_no_longer_is_goes(adain, style, kind, name, value):
    out = adain(with_field(opened(), kind, name, value), [style])
    assert not out.get_typeof(name)


def test_a_kill_that_only_the_engine_can_see(adain, style):
    """Every row was read, and the last ones, of which a wide picture has many pixels, are still being
    encoded. The engine may have been quicker once, but not every time."""
    for _ in range(10):
        image = opened().resize(20, vscale=1).copy_memory()
        image.set_progress(True)
        image.signal_connect(
            "eval", lambda source, progress: progress.percent >= 100 and source.set_kill(True))
        try:
            adain(image, [style])
        except pyvips.Error as error:
            assert "killed" in error.detail
            assert "write failed" not in error.detail
            break
    else:
        pytest.fail("the kill was never seen")
    assert adain(opened(), [style]).avg() > 0
