"""Python and Ruby on the system's libvips, Python on libadain.so alone, Node through a child process."""

import re
import shutil
import sys

import pytest
from conftest import EXAMPLES, MISSING, PAINTING, PHOTOGRAPH, decoded, opened, refused, same

PYVIPS = [sys.executable, EXAMPLES / "python" / "stylise.py"]
CTYPES = [sys.executable, "-I", EXAMPLES / "python" / "stylise_ctypes.py"]
RUBY = ["ruby", EXAMPLES / "ruby" / "stylise.rb"]
NODE = ["node", EXAMPLES / "node" / "stylise.mjs"]

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here")


@pytest.fixture
def small(pictures):
    return pictures / "photograph.ppm"


@pytest.fixture
def painting(pictures):
    return pictures / "painting.ppm"


@pytest.mark.parametrize("command", [PYVIPS, RUBY], ids=["pyvips", "ruby-vips"])
class TestLibvipsBindings:
    def test_the_first_painting_counts_twice(self, command, run, small, painting, tmp_path):
        result = run(*command, small, "result.png", painting, PHOTOGRAPH)
        assert (result.returncode, result.stderr) == (0, b"")
        styles = [opened(painting), opened(PHOTOGRAPH)]
        expected = opened(small).adain(styles, strength=0.9, weights=[2, 1])
        assert same(opened(tmp_path / "result.png"), expected)

    @pytest.mark.parametrize("missing", ["photograph", "painting"])
    def test_a_missing_picture_is_a_sentence(self, command, missing, run, small, painting, tmp_path):
        photograph, style = (MISSING, painting) if missing == "photograph" else (small, MISSING)
        result = run(*command, photograph, "result.png", style)
        assert result.returncode == 1
        assert f'file "{MISSING}" does not exist' in result.stderr.decode()
        assert "Traceback" not in result.stderr.decode() and not (tmp_path / "result.png").exists()


class TestCtypes:
    def test_pictures_in_a_row_become_pictures_in_a_row(self, run, small, painting, tmp_path):
        photograph = small.read_bytes()
        other = opened(small).fliphor().crop(3, 2, 40, 30)
        result = run(*CTYPES, painting, 0.7, stdin=photograph + other.write_to_buffer(".ppm"))
        assert (result.returncode, result.stderr) == (0, b"")
        second = result.stdout.rindex(b"P6\n40 30\n255\n")
        (tmp_path / "first.ppm").write_bytes(result.stdout[:second])
        (tmp_path / "second.ppm").write_bytes(result.stdout[second:])
        for name, content in (("first.ppm", opened(small)), ("second.ppm", other)):
            assert same(opened(tmp_path / name), content.adain([opened(painting)], strength=0.7))

    def test_faults_are_sentences(self, run, small, painting):
        photograph = small.read_bytes()
        name = "stylise_ctypes.py: "
        assert refused(
            run(*CTYPES, MISSING, stdin=photograph), f"{name}[Errno 2] No such file or directory: '{MISSING}'")
        assert refused(
            run(*CTYPES, painting, "3", stdin=photograph),
            f"{name}options: strength is 3.0, not between 0 and 1")
        assert refused(
            run(*CTYPES, painting, stdin=photograph[:-1]), f"{name}standard input: ends before its last pixel")
        assert refused(
            run(*CTYPES, painting, stdin=PHOTOGRAPH.read_bytes()), f"{name}standard input: not a binary PPM file")
        assert refused(
            run(*CTYPES, painting, stdin=b"P6\n2 2\n65535\n" + bytes(24)),
            f"{name}standard input: not an 8-bit PPM file")

    @pytest.mark.parametrize(
        "path, last",
        [
            # What is behind progress_data the example need not know.
            ("examples/python/stylise_ctypes.py", "progress_data"),
            ("packaging/python/adain/_library.py", "detail"),
            ("Tests/Support/c_interface.py", "detail"),
        ],
    )
    def test_structures_are_the_headers(self, path, last):
        """The members, in their order, wherever they are written down again."""
        header = (EXAMPLES.parent / "include" / "adain.h").read_text()
        source = (EXAMPLES.parent / path).read_text()
        for structure in ("Pixels", "Options"):
            body = re.search(rf"typedef struct adain_{structure.lower()} {{(.*?)^}}", header, re.S | re.M)[1]
            declared = re.findall(r"(\w+);", re.sub(r"/\*.*?\*/", "", body, flags=re.S))
            fields = re.search(rf"class {structure}\(.*?\]\s*\n\n", source + "\n\n", re.S)[0]
            mirrored = re.findall(r'\("(\w+)"', fields)
            assert mirrored == declared[: len(mirrored)]
        assert mirrored[-1] == last



@needs_node
class TestNode:
    def test_a_stream_goes_through_a_child_process(self, run, small, painting):
        result = run(*NODE, painting, "--strength", 0.7, stdin=small.read_bytes())
        assert (result.returncode, result.stderr) == (0, b"")
        assert same(decoded(result.stdout), opened(small).adain([opened(painting)], strength=0.7))

    def test_faults_are_sentences(self, run, small):
        missing = run(*NODE, MISSING, stdin=small.read_bytes())
        assert refused(missing, f'stylise.mjs: VipsForeignLoad: file "{MISSING}" does not exist')
        nothing = run(*NODE, PAINTING, stdin=b"no picture")
        assert refused(nothing, "stylise.mjs: VipsImage: unable to load source")
