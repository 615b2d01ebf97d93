"""Python and Ruby on the system's libvips, Python with the wheel's module, Node through a child process."""

import re
import shutil
import sys

import pytest
from conftest import EXAMPLES, HAS_RUBY_VIPS, MISSING, PAINTING, PHOTOGRAPH, decoded, opened, refused, same

PYVIPS = [sys.executable, EXAMPLES / "python" / "stylise.py"]
FRAMES = [sys.executable, EXAMPLES / "python" / "stylise_frames.py"]
RUBY = ["ruby", EXAMPLES / "ruby" / "stylise.rb"]
NODE = ["node", EXAMPLES / "node" / "stylise.mjs"]

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="no Node.js here")
needs_ruby = pytest.mark.skipif(not HAS_RUBY_VIPS, reason="no ruby-vips here: Debian 13 has no such package")


@pytest.fixture
def small(pictures):
    return pictures / "photograph.ppm"


@pytest.fixture
def painting(pictures):
    return pictures / "painting.ppm"


@pytest.mark.parametrize(
    "command", [pytest.param(PYVIPS, id="pyvips"), pytest.param(RUBY, id="ruby-vips", marks=needs_ruby)])
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


class TestWheel:
    @staticmethod
    def frame(picture):
        """As ffmpeg writes it: libvips adds a comment."""
        return b"P6\n%d %d\n255\n" % (picture.width, picture.height) + picture.write_to_memory()

    def test_frames_in_a_row_become_frames_in_a_row(self, run, small, painting):
        photograph = opened(small)
        other = photograph.fliphor().crop(3, 2, 40, 30)
        result = run(*FRAMES, painting, 0.7, stdin=self.frame(photograph) + self.frame(other))
        assert (result.returncode, result.stderr) == (0, b"")
        style = [opened(painting)]
        assert result.stdout == b"".join(self.frame(each.adain(style, strength=0.7)) for each in (photograph, other))

    def test_faults_are_sentences(self, run, small, painting):
        photograph = self.frame(opened(small))
        name = "stylise_frames.py: "
        no_frame = f"{name}standard input: not an 8-bit PPM picture as ffmpeg writes it"
        assert refused(
            run(*FRAMES, MISSING, stdin=photograph), f"{name}[Errno 2] No such file or directory: '{MISSING}'")
        assert refused(
            run(*FRAMES, painting, "3", stdin=photograph),
            f"{name}options: strength is 3.0, not between 0 and 1")
        assert refused(
            run(*FRAMES, painting, stdin=photograph[:-1]), f"{name}standard input: ends before its last pixel")
        assert refused(run(*FRAMES, painting, stdin=PHOTOGRAPH.read_bytes()), no_frame)
        assert refused(run(*FRAMES, painting, stdin=b"P6\n2 2\n65535\n" + bytes(24)), no_frame)

    @pytest.mark.parametrize(
        "path, last",
        [
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
