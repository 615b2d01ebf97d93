"""The documents, taken apart: what in them can be run, compiled or looked up."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
IMAGES = ROOT / "examples" / "images"
CATALOGUE = ROOT / "Sources" / "AdaIN" / "AdaIN.docc"
GUIDES = [ROOT / "README.md", *sorted(CATALOGUE.glob("*.md"))]
DOCUMENTS = sorted(
    path for path in ROOT.rglob("*.md")
    if not any(part.startswith(".") or part == "build" for part in path.relative_to(ROOT).parts))


def name(path):
    return str(path.relative_to(ROOT))


def blocks(path, language):
    """The fenced blocks in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(), re.MULTILINE | re.DOTALL)


def spans(path):
    """What is between backticks in the running text."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"(?<!`)`([^`]+)`(?!`)", text)


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The environment of somebody who has run `make install`, in a folder of its own."""
    prefix = tmp_path_factory.mktemp("prefix")
    module = next(BUILD.glob("vips/*/vips-modules-*"))
    home = prefix / "home" / module.relative_to(BUILD / "vips")
    subprocess.run(
        ["make", "-s", "-C", ROOT, "install", f"PREFIX={prefix}", f"MODULEDIR={home}"],
        check=True, stdout=subprocess.DEVNULL)
    return {
        **os.environ,
        "PATH": f"{prefix}/bin:{os.environ['PATH']}",
        "LD_LIBRARY_PATH": f"{prefix}/lib",
        "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig",
        "VIPSHOME": f"{prefix}/home",
    }


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """Small pictures under the names that the documents use, beside what a checkout has."""
    folder = tmp_path_factory.mktemp("pictures")

    def make(target, picture, *operation):
        subprocess.run(["vips", *operation[:1], picture, folder / target, *operation[1:]], check=True)

    (folder / "photographs").mkdir()
    for target, picture in (
        ("photograph.jpg", "chelsea"), ("photograph.ppm", "chelsea"), ("scan.tif", "rocket"),
        ("painting.jpg", "van-gogh-auvers"), ("painting.ppm", "van-gogh-auvers"),
        ("wave.jpg", "hokusai-great-wave"), ("piano.jpg", "renoir-girls-at-the-piano"),
        ("photographs/cat.jpg", "chelsea"), ("photographs/coffee.jpg", "coffee"),
    ):
        make(target, IMAGES / f"{picture}.jpg", "thumbnail", "128")
    make("sky.png", folder / "photograph.jpg", "extract_band", "0")
    subprocess.run(
        ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=size=64x48:rate=5:duration=0.6",
         folder / "clip.mp4"], check=True)
    subprocess.run(["ffmpeg", "-v", "error", "-i", folder / "clip.mp4", folder / "animation.gif"], check=True)
    return folder


@pytest.fixture
def scratch(pictures, tmp_path):
    """A checkout as the commands see it, with the pictures in it."""
    subprocess.run(["cp", "-r", f"{pictures}/.", tmp_path], check=True)
    for entry in ("Benchmarks", "examples", "include"):
        (tmp_path / entry).symlink_to(ROOT / entry)
    (tmp_path / "build").symlink_to(BUILD)
    return tmp_path
