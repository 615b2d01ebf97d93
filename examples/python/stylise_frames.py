#!/usr/bin/env python3
"""A filter of a video's frames, binary PPM pictures in a row as ffmpeg writes them, with the wheel `adain`.

    stylise_frames.py painting.jpg [STRENGTH] < frames.ppm > frames.ppm
"""

import re
import sys

import adain
import numpy


def main(painting, strength="1"):
    style = adain.Style.of(painting)
    source, result = sys.stdin.buffer, sys.stdout.buffer
    while header := source.readline() + source.readline() + source.readline():
        size = re.fullmatch(rb"P6\n(\d+) (\d+)\n255\n", header)
        if not size:
            raise ValueError("standard input: not an 8-bit PPM picture as ffmpeg writes it")
        width, height = map(int, size.groups())
        samples = source.read(3 * width * height)
        if len(samples) < 3 * width * height:
            raise ValueError("standard input: ends before its last pixel")
        frame = numpy.frombuffer(samples, numpy.uint8).reshape(height, width, 3)
        result.write(header + adain.stylise(frame, style, float(strength)).tobytes())


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (adain.Error, OSError, ValueError) as error:
        sys.exit(f"stylise_frames.py: {error}")
