"""Memory that ends, files that end, sources that go away: one sentence, nothing left over."""

import os
import resource
import subprocess

import pytest
from conftest import CONTENT, STYLE, error_lines, opened

MEGABYTE = 1 << 20
STEPS = 10


def stylising(photograph, out):
    """The fast model: of more than fifty runs each needs to be short, and memory that ends is met in the same code."""
    return ["vips", "adain", photograph, STYLE, out, "--model", "fast"]


def limited(command, space):
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (space, space))

    return subprocess.run(command, capture_output=True, timeout=120, preexec_fn=limit)


@pytest.fixture(scope="module")
def photograph(tmp_path_factory):
    """Large enough that every kind of buffer is wanted."""
    path = tmp_path_factory.mktemp("faults") / "photograph.jpg"
    opened().resize(3).write_to_file(str(path))
    return path


def least_space(command, low, high):
    """The address space that a command needs, to 4 MB."""
    while high - low > 4 * MEGABYTE:
        middle = (low + high) // 2
        if limited(command, middle).returncode == 0:
            high = middle
        else:
            low = middle
    return high


@pytest.fixture(scope="module")
def own_space(photograph, tmp_path_factory):
    """What libvips needs to copy the photograph."""
    out = tmp_path_factory.mktemp("copy") / "o.png"
    return least_space(["vips", "copy", photograph, out], 0, 4096 * MEGABYTE)


@pytest.fixture(scope="module")
def enough(photograph, own_space, tmp_path_factory):
    """What the operation needs."""
    command = stylising(photograph, tmp_path_factory.mktemp("enough") / "o.png")
    return least_space(command, own_space, own_space + 1024 * MEGABYTE)


def whole_or_refused(photograph, out, space):
    result = limited(stylising(photograph, out), space)
    if result.returncode == 0:
        assert opened(out).avg() > 0
        return
    assert result.returncode == 1, (result.returncode, result.stderr)
    assert len(result.stderr.splitlines()) >= 1
    assert not out.exists()
    # What the module itself could not have is told by the module, in one sentence.
    assert len(error_lines(result)) <= 1, result.stderr


@pytest.mark.parametrize("step", range(STEPS))
def test_address_space_that_ends(photograph, own_space, tmp_path, step):
    """From what a copy needs up to about what the operation does."""
    whole_or_refused(photograph, tmp_path / "o.png", own_space + step * 80 * MEGABYTE)


@pytest.mark.parametrize("step", range(15))
def test_address_space_that_nearly_suffices(photograph, enough, tmp_path, step):
    """Where the first pass still has what it needs, and the second not."""
    whole_or_refused(photograph, tmp_path / "o.png", enough - step * 4 * MEGABYTE)


def test_memory_that_suffices_is_enough(photograph, own_space, tmp_path):
    """The steps above end where the operation begins to work, or they would show nothing."""
    out = tmp_path / "o.png"
    space = own_space + 1024 * MEGABYTE
    assert limited(stylising(photograph, out), space).returncode == 0


def test_a_truncated_photograph(vips, tmp_path):
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(CONTENT.read_bytes()[:20000])
    out = tmp_path / "o.png"
    result = vips("adain", f"{cut}[fail-on=error]", STYLE, out)
    assert result.returncode == 1 and not out.exists()
    assert b"premature end" in result.stderr.lower()  # of libjpeg or, since 8.18, of libvips
    # Read leniently, as libvips does by default, the missing part is grey.
    assert vips("adain", cut, STYLE, out).returncode == 0


def test_a_truncated_painting(vips, tmp_path):
    cut = tmp_path / "cut.jpg"
    cut.write_bytes(STYLE.read_bytes()[:20000])
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, f"{cut}[fail-on=error]", out)
    assert result.returncode == 1 and not out.exists()
    assert b"premature end" in result.stderr.lower()  # of libjpeg or, since 8.18, of libvips


def test_a_pipe_that_closes(model, tmp_path):
    """The writer dies half-way; libvips is told to mind."""
    out = tmp_path / "o.png"
    command = ["vips", "adain", "stdin[fail-on=error]", STYLE, out, "--model", model]
    process = subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(CONTENT.read_bytes()[:20000])
    process.stdin.close()
    error = process.stderr.read()
    assert process.wait(60) == 1 and not out.exists()
    assert b"premature end" in error.lower()


def test_a_reader_that_goes_away(model):
    """Standard output is closed before the picture is written."""
    command = ["vips", "adain", CONTENT, STYLE, ".png", "--model", model]
    read, write = os.pipe()
    os.close(read)
    result = subprocess.run(
        list(map(str, command)), stdout=write, stderr=subprocess.PIPE, timeout=60)
    os.close(write)
    assert result.returncode != 0
    assert result.returncode == 1 or result.returncode == -13  # SIGPIPE, as for every filter
