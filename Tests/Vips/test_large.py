"""Pictures that are walked down row by row, or asked for in pieces, or do not fit in memory."""

import os
import pathlib
import random
import subprocess

import pytest
import pyvips
from conftest import CONTENT, STYLE, difference, error_lines, opened


@pytest.fixture
def tall():
    """More rows than are kept, in two pages, neither a multiple of what is pulled at once."""
    strip = opened().resize(0.7, vscale=3).crop(0, 0, 300, 890).copy_memory().copy()
    strip.set_type(pyvips.GValue.gint_type, "page-height", 445)
    return strip


def test_rows_and_tiles_agree(adain, style, tall):
    out = adain(tall, [style], tile_size=64)
    whole = out.copy_memory()
    tiles = out.crop(1, 0, 299, 890)  # never the whole width: tiles
    assert difference(tiles, whole.crop(1, 0, 299, 890)) == 0
    # The walk begins anew: what is long gone comes from tiles.
    assert difference(out, whole) == 0


@pytest.mark.parametrize("format", ["uchar", "ushort"])
def test_rows_in_any_order(adain, style, tall, format):
    content = tall if format == "uchar" else tall.colourspace("rgb16")
    out = adain(content, [style])
    whole = adain(content, [style]).copy_memory()
    order = random.Random(4)
    for _ in range(40):
        top = order.choice([order.randrange(890), order.randrange(60)])
        height = order.randint(1, min(70, 890 - top))
        assert difference(out.crop(0, top, 300, height), whole.crop(0, top, 300, height)) == 0


def test_a_feature_map_in_a_file(adain, style, tmp_path, monkeypatch):
    whole = adain(opened(), [style]).copy_memory()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    files_of = pathlib.Path("/proc/self/fd")
    out = adain(opened(), [style], feature_memory=1)
    links = [os.readlink(link) for link in files_of.iterdir() if link.is_symlink()]
    assert any(link.startswith(str(tmp_path)) and link.endswith("(deleted)") for link in links)
    assert list(tmp_path.iterdir()) == []  # unlinked as soon as it was open
    assert difference(out, whole) == 0
    assert difference(out.crop(100, 50, 64, 64), whole.crop(100, 50, 64, 64)) == 0


@pytest.fixture(scope="module")
def wide():
    """Three tiles of 512 across, two down, none of them whole at the edges."""
    return opened().resize(2.7).crop(7, 5, 1201, 800).copy_memory()


@pytest.fixture(scope="module")
def pieces():
    """Rectangles that are never the whole width, so that tiles are decoded: all of a picture."""

    def of(out):
        for left in range(0, out.width, 601):
            for top in range(0, out.height, 267):
                width, height = min(601, out.width - left), min(267, out.height - top)
                yield left, top, out.crop(left, top, width, height)

    return of


@pytest.mark.parametrize("format", ["uchar", "ushort"])
@pytest.mark.parametrize("memory", [0, 1], ids=["in memory", "in a file"])
@pytest.mark.parametrize("side", [64, 200, 512, 1024, 4096])
def test_tiles_of_every_size_are_the_same_bytes(adain, style, wide, pieces, side, memory, format):
    content = wide if format == "uchar" else wide.colourspace("rgb16")
    expected = adain(content, [style]).copy_memory()
    out = adain(content, [style], tile_size=side, feature_memory=memory)
    assert out.format == expected.format == format
    for left, top, piece in pieces(out):
        whole = expected.crop(left, top, piece.width, piece.height)
        assert piece.write_to_memory() == whole.write_to_memory()


def test_no_folder_for_temporary_files(vips, tmp_path):
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, STYLE, out, "--feature-memory", 1, TMPDIR="/no/such/folder")
    assert result.returncode == 1 and not out.exists()
    assert "/no/such/folder" in error_lines(result)[0]


def test_a_full_folder_for_temporary_files(model, tmp_path):
    """On a file system of 64 kB, in a mount namespace of its own."""
    folder = tmp_path / "small"
    folder.mkdir()
    out = tmp_path / "o.png"
    unshare = ["unshare", "--user", "--map-root-user", "--mount"]
    if os.geteuid() == 0:
        unshare = ["unshare", "--mount"]
    mount = f"mount -t tmpfs -o size=64k none {folder}"
    if subprocess.run([*unshare, "sh", "-c", mount], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no mount namespaces here")
    command = f"{mount} && vips adain {CONTENT} {STYLE} {out} --model {model} --feature-memory 1"
    result = subprocess.run(
        [*unshare, "sh", "-c", command], stderr=subprocess.PIPE, env={**os.environ, "TMPDIR": str(folder)})
    assert result.returncode == 1 and not out.exists()
    (line,) = error_lines(result)
    assert str(folder) in line and "bytes" in line


def test_a_limit_from_the_environment(vips, tmp_path):
    out = tmp_path / "o.png"
    limit = {"ADAIN_FEATURE_MEMORY": "0", "TMPDIR": "/no/such/folder"}
    assert vips("adain", CONTENT, STYLE, out, **limit).returncode == 1
    limit["ADAIN_FEATURE_MEMORY"] = "100m"
    assert vips("adain", CONTENT, STYLE, out, **limit).returncode == 0
    limit["ADAIN_FEATURE_MEMORY"] = "lots"
    result = vips("adain", CONTENT, STYLE, out, **limit)
    assert result.returncode == 1
    assert "ADAIN_FEATURE_MEMORY" in error_lines(result)[0]
