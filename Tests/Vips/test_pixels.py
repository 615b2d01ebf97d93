"""The same pixels however they are asked for, and every size."""

import pytest
import pyvips
from conftest import CONTENT, STYLE, difference, opened

SIZES = [(1, 1), (1, 50), (7, 5000), (2, 2), (15, 17), (513, 511)]


@pytest.fixture
def whole(adain, style):
    return adain(opened(), [style]).copy_memory()


@pytest.mark.parametrize("concurrency", ["1", "2", "16"])
def test_threads_do_not_change_pixels(vips, tmp_path, whole, concurrency):
    """[9]"""
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, STYLE, out, VIPS_CONCURRENCY=concurrency)
    assert result.returncode == 0
    assert difference(pyvips.Image.new_from_file(str(out)), whole) == 0


def test_little_memory_does_not_change_pixels(vips, tmp_path, whole):
    out = tmp_path / "o.png"
    assert vips("adain", CONTENT, STYLE, out, ADAIN_LOW_MEMORY="1").returncode == 0
    assert difference(pyvips.Image.new_from_file(str(out)), whole) == 0


def test_tiles_do_not_change_pixels(vips, adain, style, tmp_path, whole):
    """[9]"""
    out = tmp_path / "o.png"
    tiles = ["--vips-tile-width=64", "--vips-tile-height=64"]
    assert vips(*tiles, "adain", CONTENT, STYLE, out).returncode == 0
    assert difference(pyvips.Image.new_from_file(str(out)), whole) == 0
    for size in (16, 64, 200, 1024):
        assert difference(adain(opened(), [style], tile_size=size), whole) == 0


@pytest.mark.parametrize("area", [(300, 200, 33, 22), (0, 0, 1, 1), (450, 299, 1, 1), (7, 3, 400, 5)])
def test_a_crop_is_part_of_the_whole(adain, style, whole, area):
    """[10]"""
    assert difference(adain(opened(), [style]).crop(*area), whole.crop(*area)) == 0


@pytest.mark.parametrize("width, height", SIZES)
def test_every_size(adain, style, width, height):
    """[10]"""
    picture = opened().resize(width / 451, vscale=height / 300, kernel="nearest")
    picture = picture.crop(0, 0, width, height) if picture.width > width else picture
    picture = picture.embed(0, 0, width, height, extend="copy").copy_memory()
    result = adain(picture, [style])
    assert (result.width, result.height, result.bands) == (width, height, 3)
    memory = result.copy_memory()
    assert difference(adain(picture, [style], tile_size=64), memory) == 0


def test_random_and_sequential_access_agree(adain, style, whole):
    assert difference(adain(opened(sequential=True), [style]), whole) == 0


@pytest.mark.parametrize("sequential", [False, True])
def test_alpha_is_carried_through(adain, style, whole, tmp_path, sequential):
    """[8]"""
    alpha = pyvips.Image.xyz(451, 300)[0].cast("uchar")
    path = tmp_path / "rgba.png"
    opened().bandjoin(alpha).write_to_file(str(path))
    result = adain(opened(path, sequential), [style]).copy_memory()
    assert result.bands == 4
    assert difference(result[3], alpha) == 0
    assert difference(result[0:3], whole) == 0


def test_pages_are_pictures_of_their_own(adain, style):
    """No bleeding across a page's edge, one style for all."""
    first = opened().crop(0, 0, 200, 150)
    second = opened().crop(200, 100, 200, 150)
    strip = first.join(second, "vertical").copy_memory().copy()
    strip.set_type(pyvips.GValue.gint_type, "page-height", 150)
    result = adain(strip, [style])
    assert result.get("page-height") == 150
    assert difference(result.crop(0, 0, 200, 150), adain(first, [style])) == 0
    assert difference(result.crop(0, 150, 200, 150), adain(second, [style])) == 0
    assert difference(result.crop(10, 140, 50, 20), result.copy_memory().crop(10, 140, 50, 20)) == 0


def test_mixing_a_style_with_itself_changes_nothing(adain, style, whole):
    assert difference(adain(opened(), [style, style], weights=[0.3, 0.7]), whole) == 0


def test_style_size_never_enlarges(adain, style, whole):
    # The painting's short side is 460.
    assert difference(adain(opened(), [style], style_size=0), whole) == 0
    assert difference(adain(opened(), [style], style_size=460), whole) == 0
    assert difference(adain(opened(), [style], style_size=100), whole) > 0


def test_a_changed_model_is_seen(style, model, tmp_path):
    """The same path, another file."""
    import shutil
    import subprocess
    import sys

    from conftest import ROOT

    path = tmp_path / "model.safetensors"
    shutil.copy(model, path)
    before = opened().adain([style], model=str(path)).copy_memory()
    made = style.adain_style(model=str(path)).get("adain-style")
    script = ROOT / "Tests" / "Support" / "make_narrow_model.py"
    subprocess.run([sys.executable, script, path, "--seed", "2"], check=True)
    assert difference(opened().adain([style], model=str(path)), before) > 0
    assert style.adain_style(model=str(path)).get("adain-style") != made


def test_repeated_and_parallel_calls(adain, style, whole):
    """[15] Equal pixels, and memory that does not grow with the number of calls."""
    import gc
    import threading

    def resident():
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * 4096

    def once(results):
        out = adain(opened(), [style])
        results.append(difference(out, whole))
        results.append(difference(out, whole))

    def rounds(count):
        results = []
        for _ in range(count):
            threads = [threading.Thread(target=once, args=(results,)) for _ in range(5)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        gc.collect()
        assert results == [0] * (10 * count)

    rounds(4)
    before = resident()
    rounds(10)
    assert resident() - before < 30e6
