"""What a machine does to programs: memory, disks, signals and pipes. The C helpers are built by run.sh."""

import os
import pathlib
import subprocess
import sys
import tempfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
TOOL = BUILD / "bin" / "adain"
IMAGES = ROOT / "examples" / "images"
os.environ.setdefault("VIPSHOME", str(BUILD / "vips"))
sys.path.insert(0, str(ROOT / "Tests" / "Support"))

from narrow_model import model  # noqa: E402, F401

LINKS = tempfile.TemporaryDirectory(prefix="adain-faults-")


def in_one_word(folder):
    """The folder by a name that LD_PRELOAD and libvips' lists, both split at spaces, can hold."""
    link = pathlib.Path(LINKS.name) / folder.name
    link.symlink_to(folder)
    return link


CONTENT = in_one_word(IMAGES) / "chelsea.jpg"
PAINTING = CONTENT.with_name("van-gogh-auvers.jpg")
ALLOCATOR = in_one_word(BUILD / "test-faults") / "allocator.so"
DISTURBANCE = ALLOCATOR.with_name("disturbance.so")


@pytest.fixture(scope="session")
def clip(tmp_path_factory):
    """A few frames of a moving test picture and a tone."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    inputs = ["-f", "lavfi", "-i", "testsrc=size=98x64:rate=10:duration=1"]
    inputs += ["-f", "lavfi", "-i", "sine=duration=1"]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, "-pix_fmt", "yuv420p", path], check=True)
    return path


@pytest.fixture(scope="session")
def commands(model, clip):
    """Every command that writes a file: what it is called with, and its file's suffix."""
    common = ["--model", model]
    return {
        "stylise": ([CONTENT, "-s", PAINTING, *common], ".png"),
        "style save": (["style", "save", PAINTING, *common], ".style"),
        "sheet": (["sheet", CONTENT, "-s", PAINTING, *common], ".png"),
        "video": (["video", clip, "-s", PAINTING, *common], ".mp4"),
    }


COMMANDS = ["stylise", "style save", "sheet", "video"]


def run(command, *, preload=None, **options):
    environment = {**os.environ, **options.pop("environment", {})}
    if preload:
        assert preload.exists(), "Tests/Faults/run.sh builds it"
        environment["LD_PRELOAD"] = str(preload)
    options.setdefault("stdin", subprocess.DEVNULL)
    if "input" in options:
        del options["stdin"]
    return subprocess.run(
        list(map(str, command)), capture_output=True, timeout=120, env=environment, **options)


def the_sentence(result):
    """The one line on standard error, which is the tool's."""
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith("adain: "), line
    return line.removeprefix("adain: ")
