"""The examples, run from the build as their README says: VIPSHOME for the operation, LD_LIBRARY_PATH for
libadain.so. What they make is compared with the operation's own result, made here through pyvips."""

import os
import pathlib
import shlex
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
EXAMPLES = ROOT / "examples"
os.environ.setdefault("VIPSHOME", str(BUILD / "vips"))
# A script's `python3` is the one that has the tests' packages.
os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"

import pyvips  # noqa: E402  (after VIPSHOME is set)

# Programs write files anew, under names that were opened before: nothing that was opened may be kept.
pyvips.cache_set_max(0)

PHOTOGRAPH = EXAMPLES / "images" / "chelsea.jpg"
PAINTING = EXAMPLES / "images" / "van-gogh-auvers.jpg"
MISSING = "no-such-picture.jpg"
HAS_RUBY_VIPS = bool(shutil.which("ruby")) and not subprocess.run(
    ["ruby", "-e", "require 'vips'"], stderr=subprocess.DEVNULL).returncode


@pytest.fixture
def run(tmp_path):
    """A command in a folder of its own, with or without standard input."""

    def run(*command, stdin=b"", **variables):
        environment = {
            **os.environ, "LD_LIBRARY_PATH": str(BUILD / "lib"), "PYTHONPATH": str(ROOT / "packaging" / "python"),
            **variables}
        return subprocess.run(
            list(map(str, command)), input=stdin, capture_output=True, timeout=300, cwd=tmp_path,
            env=environment)

    return run


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """photograph.ppm and painting.ppm, small: these tests are about everything but the network."""
    folder = tmp_path_factory.mktemp("pictures")
    for source, name in ((PHOTOGRAPH, "photograph.ppm"), (PAINTING, "painting.ppm")):
        opened(source).resize(0.25).write_to_file(str(folder / name))
    return folder


@pytest.fixture(scope="session")
def swift_program():
    """The consumer package's program. SwiftPM compiles the engine again where one of its flags is not the same."""
    scratch = ROOT / ".build"
    swift = shlex.split(os.environ.get("ADAIN_SWIFT", "swift"))
    subprocess.run(
        [*swift, "build", "-q", "-c", "release", "--package-path", EXAMPLES / "swift", "--scratch-path", scratch],
        check=True)
    return scratch / "release" / "stylise"


@pytest.fixture(scope="session")
def compiled(tmp_path_factory):
    """A program of examples/c or examples/cpp, under all warnings."""
    folder = tmp_path_factory.mktemp("programs")

    def compiled(source):
        variable, default, standard = {
            ".c": ("ADAIN_CC", "cc", "-std=c99"), ".cpp": ("ADAIN_CXX", "c++", "-std=c++17")}[source.suffix]
        program = folder / f"{source.parent.name}-{source.stem}"
        subprocess.run(
            [*shlex.split(os.environ.get(variable, default)), standard, "-O1", "-Wall", "-Wextra", "-Werror",
             "-pedantic", f"-I{ROOT}/include", source, "-o", program, f"-L{BUILD}/lib", "-ladain"], check=True)
        return program

    return compiled


def opened(path):
    return pyvips.Image.new_from_file(str(path))


def decoded(data):
    return pyvips.Image.new_from_buffer(data, "")


def same(a, b):
    """Whether two pictures have the same size and the same pixels."""
    assert (a.width, a.height, a.bands) == (b.width, b.height, b.bands)
    return a.write_to_memory() == b.write_to_memory()


def refused(result, sentence, status=1):
    """Whether a run failed with this sentence as all that it said, and gave no picture."""
    assert (result.returncode, result.stdout) == (status, b"")
    return result.stderr.decode().splitlines() == [sentence]
