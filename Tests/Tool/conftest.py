"""The command `adain` under test: built by `make tool`. pyvips is the judge of pixels."""

import os
import pathlib
import re
import signal
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
TOOL = BUILD / "bin" / "adain"
IMAGES = ROOT / "examples" / "images"
# The installed operation is the reference for what the tool makes.
os.environ.setdefault("VIPSHOME", str(BUILD / "vips"))
sys.path.insert(0, str(ROOT / "Tests" / "Support"))

import pyvips  # noqa: E402  (after VIPSHOME is set)
from narrow_model import model  # noqa: E402, F401

# Programs write files anew, under names that were opened before: nothing that was opened may be kept.
pyvips.cache_set_max(0)

# What runs the tests may ignore signals, as nohup and a shell's background do; the tool would, too.
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)

CONTENT = IMAGES / "chelsea.jpg"
PAINTING = IMAGES / "van-gogh-auvers.jpg"
OTHER = IMAGES / "hokusai-great-wave.jpg"


@pytest.fixture
def adain(model, tmp_path):
    """The tool with the narrow model, in a folder of its own."""

    def run(*arguments, narrow=True, stdin=b"", **options):
        command = [TOOL, *map(str, arguments)]
        if narrow:
            command += ["--model", model]
        return subprocess.run(
            command, input=stdin, capture_output=True, timeout=120, cwd=tmp_path, **options
        )

    return run


@pytest.fixture
def operation(model):
    """What the libvips operation makes of the same."""

    def run(content, *styles, **options):
        styles = [pyvips.Image.new_from_file(str(style)) for style in styles]
        image = pyvips.Image.new_from_file(str(content))
        return image.adain(styles, model=model, **options)

    return run


@pytest.fixture
def broken(tmp_path):
    """A JPEG that ends early."""
    path = tmp_path / "broken.jpg"
    path.write_bytes(CONTENT.read_bytes()[:20000])
    return path


def truncation(path):
    """What this libvips says of a picture that ends early: versions have other words."""
    with pytest.raises(pyvips.Error) as raised:
        pyvips.Image.new_from_file(str(path), fail_on="truncated").avg()
    return re.search(r"[Pp]remature end.*", str(raised.value))[0]


def opened(path):
    return pyvips.Image.new_from_file(str(path))


def difference(a, b):
    """The largest absolute difference; sizes and bands must be equal."""
    assert (a.width, a.height, a.bands) == (b.width, b.height, b.bands)
    return (a.cast("int") - b.cast("int")).abs().max()


def succeeded(result):
    """Without a word, as it is no terminal that is spoken to."""
    assert result.returncode == 0, result.stderr.decode()
    assert result.stderr == b""
    return result


def sentences(result):
    """What was said on standard error: lines, each the tool's."""
    lines = result.stderr.decode().splitlines()
    assert all(line.startswith("adain: ") for line in lines), lines
    return [line.removeprefix("adain: ") for line in lines]


def left_over(folder):
    return [path.name for path in pathlib.Path(folder).rglob(".adain-*")]
