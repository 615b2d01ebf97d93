"""Styles without their images: built in under names, and style files."""

import ctypes
import threading

import pytest
import pyvips
from conftest import BUILD, CONTENT, IMAGES, STYLE, difference, error_lines, opened


@pytest.fixture(scope="session")
def library():
    library = ctypes.CDLL(str(BUILD / "lib" / "libadain.so"))
    library.adain_last_error.restype = ctypes.c_char_p
    for field in ("name", "title", "painter", "year"):
        getattr(library, f"adain_named_style_{field}").restype = ctypes.c_char_p
    return library


@pytest.fixture
def style_file(library, tmp_path):
    style = ctypes.c_void_p()
    assert library.adain_style_named(b"auvers", ctypes.byref(style)) == 0
    path = tmp_path / "auvers.style"
    assert library.adain_style_save_file(style, str(path).encode()) == 0
    library.adain_style_unref(style)
    return path


def test_a_name_is_its_painting(vips, tmp_path):
    named, painted = tmp_path / "named.png", tmp_path / "painted.png"
    small = tmp_path / "small.png"
    opened().resize(0.3).write_to_file(str(small))
    assert vips("adain", small, "", named, "--named", "auvers", narrow=False).returncode == 0
    assert vips("adain", small, STYLE, painted, narrow=False).returncode == 0
    assert difference(opened(named), opened(painted)) == 0


def test_names_mix_with_images(tmp_path):
    small = opened().resize(0.3)
    wave = opened(IMAGES / "hokusai-great-wave.jpg")
    out = small.adain([opened(STYLE)], named="great-wave", weights=[1, 2])
    assert difference(out, small.adain([opened(STYLE), wave], weights=[1, 2])) == 0
    two = small.adain([], named="great-wave  auvers", weights=[2, 1])
    assert difference(two, out) <= 1


def test_a_style_file_is_a_style_image(vips, style_file, tmp_path):
    small = tmp_path / "small.png"
    opened().resize(0.3).write_to_file(str(small))
    out = tmp_path / "o.png"
    result = vips("adain", small, style_file, out, narrow=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert difference(opened(out), opened(small).adain([], named="auvers")) == 0
    assert pyvips.Image.new_from_file(str(style_file)).width == 1


def test_a_style_is_made_once(adain, model):
    made = opened(STYLE).adain_style(model=model, style_size=100)
    assert (made.width, made.height) == (1, 1)
    small = opened().resize(0.3)
    assert difference(adain(small, [made]), adain(small, [opened(STYLE)], style_size=100)) == 0
    assert difference(adain(small, [made]), adain(small, [opened(STYLE)])) > 0
    # A style stays what it is.
    assert made.adain_style(model=model).get("adain-style") == made.get("adain-style")


def test_a_style_goes_through_files(vips, style_file, tmp_path):
    made = tmp_path / "made.v"
    assert vips("adain_style", STYLE, made, narrow=False).returncode == 0
    assert opened(made).get("adain-style") == style_file.read_bytes()
    small, out = opened().resize(0.3), tmp_path / "o.png"
    small.write_to_file(str(tmp_path / "small.png"))
    assert vips("adain", tmp_path / "small.png", made, out, narrow=False).returncode == 0
    assert difference(opened(out), small.adain([], named="auvers")) == 0


@pytest.mark.parametrize(
    "options, sentence",
    [({"style_size": -1}, "style-size is -1, not 0 or a number of pixels"),
     ({"model": "none.safetensors"}, "none.safetensors")])
def test_a_style_that_cannot_be_made(options, sentence):
    with pytest.raises(pyvips.Error, match=sentence):
        opened(STYLE).adain_style(**options)


def test_a_styles_making_can_be_stopped():
    """By somebody else meanwhile: libvips forgets, when it begins to read an image, that it was to be killed."""
    painting = opened(STYLE).resize(3).copy_memory()
    painting.set_progress(True)
    ended = threading.Event()

    def kill():
        while not ended.wait(0.001):
            painting.set_kill(True)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        with pytest.raises(pyvips.Error):
            painting.adain_style(style_size=0)
    finally:
        ended.set()
        killer.join()


def test_a_damaged_style_file(vips, style_file, tmp_path):
    data = bytearray(style_file.read_bytes())
    data[100] ^= 1
    style_file.write_bytes(data)
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, style_file, out, narrow=False)
    assert result.returncode == 1 and not out.exists()
    assert str(style_file).encode() in result.stderr
    style_file.write_bytes(data[:50])
    assert vips("adain", CONTENT, style_file, out, narrow=False).returncode == 1


def test_an_unknown_name(vips, tmp_path):
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, "", out, "--named", "great-wav", narrow=False)
    assert result.returncode == 1 and not out.exists()
    assert "great-wave" in error_lines(result)[0]


def test_another_models_encoder(vips, tmp_path):
    result = vips("adain", CONTENT, "", tmp_path / "o.png", "--named", "lion")
    assert result.returncode == 1
    assert "'lion' is built in for other encoders than this" in error_lines(result)[0]


def test_neither_image_nor_name(vips, tmp_path):
    result = vips("adain", CONTENT, "", tmp_path / "o.png")
    assert result.returncode == 1
    assert "at least one" in error_lines(result)[0]


def test_the_catalogue_from_c(library):
    count = library.adain_named_style_count()
    names = [library.adain_named_style_name(i).decode() for i in range(count)]
    assert count >= 16 and len(set(names)) == count and "great-wave" in names
    i = names.index("aigues-mortes")
    assert library.adain_named_style_painter(i).decode() == "Frédéric Bazille"
    assert library.adain_named_style_year(i) == b"1867"
    assert library.adain_named_style_title(count) is None
    style = ctypes.c_void_p(1)
    assert library.adain_style_named(b"nobody", ctypes.byref(style)) == 1
    assert not style and b"'nobody'" in library.adain_last_error()
    assert library.adain_style_named(None, ctypes.byref(style)) == 1
