"""The memory that the documents promise is the memory that a call takes."""

import re
import subprocess
import sys

import pytest
from conftest import BUILD, ROOT

WIDTH, HEIGHT = 1400, 1600  # more than two megapixels: the feature map is kept in half precision

# Peak memory of a process that stylises one picture, in bytes: its own, as getrusage's may be that of who began it.
PROGRAM = """
import ctypes, re, sys
sys.path.insert(0, sys.argv[1])
from c_interface import Options, Pixels
library = ctypes.CDLL(sys.argv[2])
width, height, stroke = int(sys.argv[3]), int(sys.argv[4]), float(sys.argv[5])
model, style = ctypes.c_void_p(), ctypes.c_void_p()
assert library.adain_model_embedded(ctypes.byref(model)) == 0
assert library.adain_style_named(b"auvers", ctypes.byref(style)) == 0
samples = ctypes.create_string_buffer(3 * width * height)
ctypes.memset(samples, 90, 3 * width * height)
picture = Pixels(ctypes.addressof(samples), 0, width, height, 0, 3)
options = Options(ctypes.sizeof(Options), 1, 1, None, None, 0, stroke, 0)
view = ctypes.byref(picture)
assert library.adain_stylise(model, view, style, ctypes.byref(options), view) == 0
print(int(re.search(r"VmHWM:\\s*(\\d+) kB", open("/proc/self/status").read())[1]) * 1024)
"""


def bytes_a_pixel(stroke):
    """What twice the rows take more, without the picture itself, which the result replaces."""
    peaks = [
        int(subprocess.run(
            [sys.executable, "-c", PROGRAM, ROOT / "Tests" / "Support", BUILD / "lib" / "libadain.so",
             str(WIDTH), str(height), str(stroke)], capture_output=True, text=True, check=True).stdout)
        for height in (HEIGHT, 2 * HEIGHT)
    ]
    return (peaks[1] - peaks[0]) / (WIDTH * HEIGHT) - 3


def numbers(pattern, text):
    return [int(number) for number in re.search(pattern, " ".join(text.replace("*", " ").split())).groups()]


@pytest.fixture(scope="module")
def header():
    return (ROOT / "include" / "adain.h").read_text()


@pytest.fixture(scope="module")
def guide():
    return (ROOT / "Sources" / "AdaIN" / "AdaIN.docc" / "PerformanceGuide.md").read_text()


@pytest.fixture(scope="module")
def map_bytes(header):
    _, half = numbers(r"feature map takes (\d+) bytes for each pixel; beyond two megapixels (\d+)", header)
    return half


def test_of_the_network_alone(map_bytes, guide):
    assert numbers(r"(\d+) bytes a pixel, (\d+) beyond two megapixels", guide)[1] == map_bytes
    assert bytes_a_pixel(1) == pytest.approx(map_bytes, rel=0.05)


def test_of_a_broad_brush(map_bytes, header, guide):
    own, reduced = numbers(
        r"Takes (\d+) byte for each pixel of the picture and (\d+) for each of the reduced copies", header)
    assert [own, reduced] == numbers(
        r"broad brush, for each picture \| (\d+) byte a pixel, and (\d+) for each of its reduced copies", guide)
    # What is kept for a while is not all kept at the moment that takes the most.
    most = map_bytes + own + reduced / 4**2
    assert 0.9 * most < bytes_a_pixel(4) < 1.02 * most
