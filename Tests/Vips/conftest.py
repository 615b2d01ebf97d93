"""The operation under test: built by `make module`, found through VIPSHOME."""

import os
import pathlib
import subprocess
import sys
import tempfile

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
IMAGES = ROOT / "examples" / "images"
if any(map(str.isspace, str(IMAGES))):
    # libvips splits an argument that has several names at white space: by another name, then.
    LINKS = tempfile.TemporaryDirectory(dir="/tmp")
    (pathlib.Path(LINKS.name) / "images").symlink_to(IMAGES)
    IMAGES = pathlib.Path(LINKS.name) / "images"
os.environ.setdefault("VIPSHOME", str(BUILD / "vips"))
sys.path.insert(0, str(ROOT / "Tests" / "Support"))

import pyvips  # noqa: E402  (after VIPSHOME is set)
from narrow_model import model  # noqa: E402, F401

CONTENT = IMAGES / "chelsea.jpg"
STYLE = IMAGES / "van-gogh-auvers.jpg"


@pytest.fixture
def style():
    return pyvips.Image.new_from_file(str(STYLE))


@pytest.fixture
def adain(model):
    """The operation with the narrow model; `style` images as given."""

    def run(content, styles, **options):
        return content.adain(styles, model=model, **options)

    return run


@pytest.fixture
def vips(model):
    """The command line: `vips adain …` with the narrow model unless told otherwise."""

    def run(*arguments, narrow=True, stdin=None, timeout=120, **environment):
        command = ["vips", *map(str, arguments)]
        if narrow:
            command += ["--model", model]
        return subprocess.run(
            command,
            input=stdin,
            capture_output=True,
            timeout=timeout,
            env={**os.environ, **environment},
        )

    return run


def opened(path=CONTENT, sequential=False, **options):
    access = "sequential" if sequential else "random"
    return pyvips.Image.new_from_file(str(path), access=access, **options)


def difference(a, b):
    """The largest absolute difference; sizes and bands must be equal."""
    assert (a.width, a.height, a.bands) == (b.width, b.height, b.bands)
    return (a.cast("int") - b.cast("int")).abs().max()


def error_lines(result):
    """A failed command's lines about the operation; whatever the process says otherwise fails."""
    lines = result.stderr.decode().splitlines()
    return [line for line in lines if line.startswith("adain:")]
