"""A folder of photographs through the tool, beside the network alone on decoded pixels.

    batch.py --tool build/bin/adain --library build/lib/libadain.so [--count 200]
             [--size 1024x768] [--alone 40]

The network alone is adain_stylise in one process with its model ready, on 8-bit pixels in memory;
half of its runs come before the tool's and half after, so that a change of the machine's speed
meets both. The tool's time is that of the whole process, start and model included. Needs the
libvips tools.
"""

import argparse
import ctypes
import pathlib
import subprocess
import tempfile
import time

from measure.library import Pixels

IMAGES = pathlib.Path(__file__).resolve().parents[1] / "examples" / "images"
PHOTOGRAPHS = ["chelsea.jpg", "astronaut.jpg", "coffee.jpg", "rocket.jpg"]
PAINTING = IMAGES / "van-gogh-auvers.jpg"


class Network:
    """The embedded model, a style, and one picture's pixels."""

    def __init__(self, library, style, photograph, width, height, folder):
        self.library = ctypes.CDLL(str(library))
        self.library.adain_last_error.restype = ctypes.c_char_p
        self.model, self.style = ctypes.c_void_p(), ctypes.c_void_p()
        self.call("adain_model_embedded", ctypes.byref(self.model))
        self.call("adain_style_load_file", str(style).encode(), ctypes.byref(self.style))
        raw = folder / "photograph.raw"
        vips("rawsave", photograph, raw)
        self.buffers = [
            ctypes.create_string_buffer(raw.read_bytes(), width * height * 3) for _ in range(2)
        ]
        self.pixels = [
            Pixels(ctypes.addressof(buffer), 0, width, height, 0, 3) for buffer in self.buffers
        ]

    def call(self, name, *arguments):
        if getattr(self.library, name)(*arguments):
            raise RuntimeError(self.library.adain_last_error().decode())

    def run(self, count):
        content, result = map(ctypes.byref, self.pixels)
        began = time.perf_counter()
        for _ in range(count):
            self.call("adain_stylise", self.model, content, self.style, None, result)
        return time.perf_counter() - began


def vips(*arguments):
    subprocess.run(["vips", *map(str, arguments)], check=True)


def size(text):
    width, _, height = text.partition("x")
    return int(width), int(height)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tool", type=pathlib.Path, required=True)
    parser.add_argument("--library", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--size", type=size, default=(1024, 768))
    parser.add_argument("--alone", type=int, default=40, help="runs of the network alone")
    options = parser.parse_args()
    width, height = options.size

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        photographs = folder / "photographs"
        photographs.mkdir()
        for i in range(options.count):
            source = IMAGES / PHOTOGRAPHS[i % len(PHOTOGRAPHS)]
            path = photographs / f"{i:04}.jpg"
            if i < len(PHOTOGRAPHS):
                vips("thumbnail", source, path, width, "--height", height, "--crop", "centre")
            else:
                path.hardlink_to(photographs / f"{i % len(PHOTOGRAPHS):04}.jpg")
        style = folder / "painting.style"
        subprocess.run([options.tool, "style", "save", PAINTING, "-o", style], check=True)
        network = Network(
            options.library, style, photographs / "0000.jpg", width, height, folder
        )
        network.run(3)

        half = max(options.alone // 2, 1)
        alone = network.run(half)
        began = time.perf_counter()
        subprocess.run(
            [options.tool, photographs, "--style", style, "-o", folder / "results"], check=True
        )
        tool = time.perf_counter() - began
        alone += network.run(half)

    network_rate, tool_rate = 2 * half / alone, options.count / tool
    print(f"network alone  {network_rate:.3f} pictures/s ({2 * half} of {width} x {height})")
    print(f"the tool       {tool_rate:.3f} pictures/s ({options.count} files)")
    print(f"ratio          {tool_rate / network_rate:.3f}")


if __name__ == "__main__":
    main()
