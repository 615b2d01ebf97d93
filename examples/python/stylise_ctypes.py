#!/usr/bin/env python3
"""A filter from PPM to PPM on libadain.so, with Python's own ctypes: no libvips, no package.

    stylise_ctypes.py painting.ppm [STRENGTH] < photograph.ppm > result.ppm

Standard input may hold any number of binary PPM pictures (P6, 8 bits) in a row, as ffmpeg writes
a video's frames; the model and the painting's style are made once.

The library is found as every shared library is: installed, or through LD_LIBRARY_PATH.
"""

import ctypes
import re
import sys
from ctypes import byref, c_char_p, c_float, c_int, c_size_t, c_uint32, c_void_p


class Pixels(ctypes.Structure):
    """adain_pixels."""

    _fields_ = [("data", c_void_p), ("stride", c_size_t), ("width", c_uint32),
                ("height", c_uint32), ("format", c_int), ("channels", c_uint32)]

    def __init__(self, width, height, samples):
        """A view of a bytearray of 8-bit RGB."""
        self.samples = (ctypes.c_char * len(samples)).from_buffer(samples)  # lives as long as the view
        super().__init__(ctypes.addressof(self.samples), 0, width, height, 0, 3)


class Options(ctypes.Structure):
    """adain_options; `struct_size` tells the library which members are known here."""

    _fields_ = [("struct_size", c_size_t), ("strength", c_float), ("threads", ctypes.c_int32),
                ("progress", c_void_p), ("progress_data", c_void_p)]

    def __init__(self, strength):
        super().__init__(ctypes.sizeof(Options), strength)


class AdainError(Exception):
    """The sentence says what was wrong."""


class Adain:
    """The library with its built-in model, and the style of a painting."""

    def __init__(self, painting):
        self.library = ctypes.CDLL("libadain.so.1")
        self.library.adain_last_error.restype = c_char_p
        self.model, self.style = c_void_p(), c_void_p()
        self.call("adain_model_embedded", byref(self.model))
        self.call("adain_style_from_pixels", self.model, byref(Pixels(*painting)), None, byref(self.style))

    def call(self, name, *arguments):
        """Call a function that returns a status. (Handles are c_void_p: a bare int would be cut to 32 bits.)"""
        if self.library[name](*arguments):
            raise AdainError(self.library.adain_last_error().decode())

    def stylise(self, picture, strength=1.0):
        """Write the result over the picture's samples."""
        pixels = Pixels(*picture)
        self.call("adain_stylise", self.model, byref(pixels), self.style, byref(Options(strength)), byref(pixels))

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.library.adain_style_unref(self.style)
        self.library.adain_model_unref(self.model)


def read_ppm(file, name):
    """The next picture as (width, height, bytearray), or None at the file's end."""
    header = b""
    while not (whole := re.fullmatch(rb"P6(?:\s|#.*\n)+(\d+)(?:\s|#.*\n)+(\d+)(?:\s|#.*\n)+(\d+)\s", header)):
        byte = file.read(1)
        if not byte and not header:
            return None
        header += byte
        if not byte or len(header) > 1000 or not b"P6".startswith(header[:2]):
            raise AdainError(f"{name}: not a binary PPM file")
    width, height, depth = map(int, whole.groups())
    if depth != 255:
        raise AdainError(f"{name}: not an 8-bit PPM file")
    samples = bytearray(file.read(width * height * 3))
    if len(samples) < width * height * 3:
        raise AdainError(f"{name}: ends before its last pixel")
    return width, height, samples


def main(painting_name, strength="1"):
    strength = float(strength)
    with open(painting_name, "rb") as file:
        painting = read_ppm(file, painting_name)
    with Adain(painting) as adain:
        while picture := read_ppm(sys.stdin.buffer, "standard input"):
            adain.stylise(picture, strength)
            width, height, samples = picture
            sys.stdout.buffer.write(b"P6\n%d %d\n255\n" % (width, height) + samples)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (AdainError, OSError, ValueError) as error:
        sys.exit(f"stylise_ctypes.py: {error}")
