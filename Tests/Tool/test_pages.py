"""Animations, pages and folders in folders: all of them, or a sentence."""

import json
import resource
import struct

import pytest
import pyvips
from conftest import CONTENT, PAINTING, difference, left_over, opened, sentences, succeeded

SIZE = 48, 32


def frames(count=3):
    return [opened(CONTENT).crop(20 * i, 10, *SIZE) for i in range(count)]


def save(path, pages, **options):
    image = pyvips.Image.arrayjoin(pages, across=1).copy()
    image.set_type(pyvips.GValue.gint_type, "page-height", SIZE[1])
    if "delay" in options:
        image.set_type(pyvips.GValue.array_int_type, "delay", options["delay"])
        image.set_type(pyvips.GValue.gint_type, "loop", options["loop"])
    image.write_to_file(str(path))
    return path


@pytest.fixture
def animation(tmp_path):
    return save(tmp_path / "anim.gif", frames(), delay=[100, 200, 300], loop=2)


@pytest.fixture
def pages(tmp_path):
    return save(tmp_path / "pages.tif", frames())


def page(path, number):
    return pyvips.Image.new_from_file(str(path), page=number)


def fields(path):
    image = pyvips.Image.new_from_file(str(path), n=-1)
    return image.get("n-pages"), image.get("delay"), image.get("loop")


@pytest.mark.parametrize("output", ["out.gif", "out.webp"])
def test_an_animation_stays_one(adain, animation, tmp_path, output):
    result = adain(animation, "-s", PAINTING, "-o", output, "--json")
    assert (result.returncode, result.stderr) == (0, b"")
    assert fields(tmp_path / output) == (3, [100, 200, 300], 2)
    record = json.loads(result.stdout)
    assert (record["width"], record["height"], record["pages"]) == (*SIZE, 3)


def test_an_animation_through_pipes(adain, animation, tmp_path):
    result = succeeded(adain("-", "-s", PAINTING, "-o", "-", stdin=animation.read_bytes()))
    (tmp_path / "out.gif").write_bytes(result.stdout)
    assert fields(tmp_path / "out.gif") == (3, [100, 200, 300], 2)


def test_an_animation_of_very_many_frames(adain, tmp_path):
    """Of few bytes, but as much work as each frame has; memory is that of the frames' pixels. `--page` bounds it."""
    size, count = 16, 2000
    screen = b"GIF89a" + struct.pack("<HHBBB", size, size, 0x80, 0, 0) + bytes(3) + b"\xff\xff\xff"

    def frame(stripe):
        # Codes of 3 bits: clear, then a pixel each, with a clear before they would grow; then the end.
        pixels = [int(i // stripe % 2) for i in range(size * size)]
        codes = [4] + [code for i, pixel in enumerate(pixels) for code in ([4] if i and i % 2 == 0 else []) + [pixel]]
        bits = "".join(f"{code:03b}"[::-1] for code in codes + [5])
        data = bytes(int(bits[i : i + 8][::-1], 2) for i in range(0, len(bits), 8))
        parts = b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255))
        description = b"\x2c" + struct.pack("<HHHHB", 0, 0, size, size, 0)
        return b"\x21\xf9\x04\x04\x0a\0\0\0" + description + b"\x02" + parts + b"\0"

    # Two in turn: libvips 8.16 writes equal frames as one that stays longer.
    (tmp_path / "many.gif").write_bytes(screen + count // 2 * (frame(1) + frame(64)) + b";")
    results = succeeded(adain("many.gif", "-s", PAINTING, "-o", "all.gif", "--json", preexec_fn=limited))
    assert json.loads(results.stdout)["pages"] == count == opened(tmp_path / "all.gif").get("n-pages")
    succeeded(adain("many.gif", "-s", PAINTING, "-o", "one.gif", "--page", "1"))
    assert opened(tmp_path / "one.gif").height == size


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


def test_each_page_is_a_picture_of_its_own(adain, pages, tmp_path):
    succeeded(adain(pages, "-s", PAINTING, "-o", "out.tif"))
    assert opened(tmp_path / "out.tif").get("n-pages") == 3
    for i, frame in enumerate(frames()):
        frame.write_to_file(str(tmp_path / f"{i}.tif"))
        succeeded(adain(f"{i}.tif", "-s", PAINTING, "-o", f"single-{i}.tif"))
        assert difference(page(tmp_path / "out.tif", i), opened(tmp_path / f"single-{i}.tif")) == 0


def test_a_sheet_of_one_page(adain, pages, tmp_path):
    for i, frame in enumerate(frames()):
        frame.write_to_file(str(tmp_path / f"{i}.tif"))
        for name, source in (("alone", [f"{i}.tif"]), ("page", [pages, "--page", i + 1])):
            succeeded(adain("sheet", *source, "-s", PAINTING, "--size", 48, "-o", f"{name}.png"))
        assert difference(opened(tmp_path / "page.png"), opened(tmp_path / "alone.png")) == 0
    result = adain("sheet", pages, "--page", 4, "-s", PAINTING, "-o", "none.png")
    assert result.returncode == 1 and len(sentences(result)) == 1 and not (tmp_path / "none.png").exists()


def test_one_page(adain, pages, tmp_path):
    succeeded(adain(pages, "-s", PAINTING, "-o", "all.tif"))
    for source in (pages, "-"):
        stdin = pages.read_bytes() if source == "-" else b""
        succeeded(adain(source, "-s", PAINTING, "-o", "two.png", "--page", 2, stdin=stdin))
        assert difference(opened(tmp_path / "two.png"), page(tmp_path / "all.tif", 1)) == 0
    succeeded(adain(f"{pages}[page=1]", "-s", PAINTING, "-o", "named.png"))
    assert difference(opened(tmp_path / "named.png"), opened(tmp_path / "two.png")) == 0
    assert adain(pages, "-s", PAINTING, "-o", "two.png", "--page", 4).returncode == 1
    assert adain(pages, "-s", PAINTING, "-o", "two.png", "--page", 0).returncode == 2
    result = adain(CONTENT, "-s", PAINTING, "-o", "two.png", "--page", 2)
    assert sentences(result) == [f"{CONTENT}: has one page, no page 2"]


def test_a_format_without_pages_is_refused(adain, pages, tmp_path):
    result = adain(pages, "-s", PAINTING, "-o", "out.png")
    assert result.returncode == 1
    assert sentences(result) == [
        f"{pages}: has 3 pages, and a file that ends in '.png' holds one; give --page, or another format"]
    assert not (tmp_path / "out.png").exists() and left_over(tmp_path) == []


def test_a_picture_and_its_smaller_copies_are_one(adain, tmp_path):
    opened(CONTENT).write_to_file(str(tmp_path / "pyramid.tif[pyramid,tile,tile-width=64,tile-height=64]"))
    succeeded(adain("pyramid.tif", "-s", PAINTING, "-o", "out.png"))
    assert opened(tmp_path / "out.png").height == opened(CONTENT).height


def test_a_damaged_animation_is_no_single_picture(adain, tmp_path):
    damaged = save(tmp_path / "anim.webp", frames())
    damaged.write_bytes(damaged.read_bytes()[:-300])
    result = adain(damaged, "-s", PAINTING, "-o", "out.webp")
    assert result.returncode == 1 and len(sentences(result)) == 1
    assert not (tmp_path / "out.webp").exists()


@pytest.mark.parametrize(
    "options", [{}, {"bigtiff": True}, {"compression": "deflate"}, {"compression": "deflate", "bigtiff": True}])
def test_a_tiff_that_was_cut_off(adain, tmp_path, options):
    image = pyvips.Image.arrayjoin(frames(), across=1).copy()
    image.set_type(pyvips.GValue.gint_type, "page-height", SIZE[1])
    whole = image.tiffsave_buffer(**options)
    (tmp_path / "whole.tif").write_bytes(whole)
    succeeded(adain("whole.tif", "-s", PAINTING, "-o", "o.tif"))
    for share in (0.4, 0.7, 0.95):
        (tmp_path / "cut.tif").write_bytes(whole[: int(len(whole) * share)])
        result = adain("cut.tif", "-s", PAINTING, "-o", "cut-result.tif")
        assert result.returncode == 1 and len(sentences(result)) == 1, share
        assert not (tmp_path / "cut-result.tif").exists()


def test_a_tiff_of_the_other_byte_order(adain, tmp_path):
    # One grey pixel: eight entries, then no further page; big-endian, as a PowerPC wrote it.
    entries = [(256, 4, 1), (257, 4, 1), (258, 3, 8 << 16), (259, 3, 1 << 16), (262, 3, 1 << 16), (273, 4, 110),
               (278, 4, 1), (279, 4, 1)]
    data = b"MM\0*" + struct.pack(">IH", 8, len(entries))
    data += b"".join(struct.pack(">HHII", tag, kind, 1, value) for tag, kind, value in entries) + bytes(4)
    for length, status in ((111, 0), (20, 1)):
        (tmp_path / "old.tif").write_bytes((data + bytes(110 - len(data)) + b"\x80")[:length])
        assert adain("old.tif", "-s", PAINTING, "-o", "o.png").returncode == status


def test_a_video_is_told_where_to_go(adain, tmp_path):
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x20ftypisom")
    result = adain("clip.mp4", "-s", PAINTING, "-o", "out.png")
    assert sentences(result) == ["clip.mp4: is a video, by its name; 'adain video' takes those"]


@pytest.fixture
def tree(tmp_path):
    """Pictures at three depths, one name twice, and a link that leads back."""
    for place in ("in/a.png", "in/summer/a.png", "in/summer/late/b.png"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        frames(1)[0].write_to_file(str(tmp_path / place))
    (tmp_path / "in" / "summer" / "up").symlink_to("..")
    return tmp_path / "in"


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


WHOLE = ["a.png", "summer/a.png", "summer/late/b.png"]


@pytest.mark.parametrize("output", ["out", "out/", "in/out"])
def test_folders_in_folders(adain, tree, tmp_path, output):
    for _ in range(2):  # results of the first run are no contents of the second
        succeeded(adain("in", "-s", PAINTING, "-o", output, "--recursive"))
        assert files(tmp_path / output) == WHOLE


def test_without_recursive_the_folders_below_are_named(adain, tree, tmp_path):
    succeeded(adain("in", "-s", PAINTING, "-o", "out"))
    assert files(tmp_path / "out") == ["a.png"]
    (tree / "a.png").unlink()
    result = adain("in", "-s", PAINTING, "-o", "none")
    assert sentences(result) == ["in: holds no picture; --recursive looks into its folders"]
    assert result.returncode == 1


def test_skip_existing_in_folders(adain, tree, tmp_path):
    succeeded(adain("in", "-s", PAINTING, "-o", "out", "--recursive"))
    (tmp_path / "out" / "summer" / "a.png").write_text("kept")
    succeeded(adain("in", "-s", PAINTING, "-o", "out", "--recursive", "--skip-existing"))
    assert (tmp_path / "out" / "summer" / "a.png").read_text() == "kept"
