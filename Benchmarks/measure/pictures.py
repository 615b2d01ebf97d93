"""The pictures that are measured: a photograph and a painting of examples/, decoded by libvips."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]
PHOTOGRAPH = ROOT / "examples" / "images" / "chelsea.jpg"
PAINTING = ROOT / "examples" / "images" / "van-gogh-auvers.jpg"


def vips(*arguments):
    subprocess.run(["vips", *map(str, arguments)], check=True)


def resized(source, width, height, folder):
    """A file with `source` scaled and cropped to the size, 8 bits, in libvips' own format."""
    path = folder / f"{source.stem}-{width}x{height}.v"
    if not path.exists():
        vips("thumbnail", source, path, width, "--height", height, "--crop", "centre")
    return path


def raw_floats(source, width, height, folder):
    """A file of (height, width, 3) floats in [0, 1]."""
    path = folder / f"{source.stem}-{width}x{height}.f32"
    if not path.exists():
        decoded = resized(source, width, height, folder)
        floats = folder / "floats.v"
        scaled = folder / "scaled.v"
        vips("cast", decoded, floats, "float")
        vips("linear", floats, scaled, 1 / 255, 0)
        vips("rawsave", scaled, path)
        floats.unlink()
        scaled.unlink()
    return path
