"""Which contents meet which styles, and how pictures are read and kept."""

import json
import os
import pathlib
from typing import NamedTuple

import numpy
from PIL import Image

from weights.network import reference

STYLES_EACH = 4
# A folder that holds this file lists its pairs itself, and its pictures are taken as they are.
LIST = "pairs.json"


class Pair(NamedTuple):
    content: pathlib.Path
    style: pathlib.Path

    @property
    def name(self):
        return f"{self.content.stem}--{self.style.stem}"


def pairs_of(folder):
    """Pair i of content c is (c, style 4c + i), four pairs for each content, in the order of names, round
    the styles; or what the folder's list says."""
    if (folder / LIST).exists():
        names = json.loads((folder / LIST).read_text())
        return [Pair(folder / "content" / content, folder / "style" / style) for content, style in names]
    contents, styles = (sorted((folder / kind).iterdir()) for kind in ("content", "style"))
    return [
        Pair(content, styles[(STYLES_EACH * c + i) % len(styles)])
        for c, content in enumerate(contents)
        for i in range(STYLES_EACH)
    ]


def middle_square(path, size):
    """The middle square, scaled to `size`, as Pillow's picture."""
    picture = Image.open(path).convert("RGB")
    side = min(picture.size)
    x, y = ((length - side) // 2 for length in picture.size)
    return picture.crop((x, y, x + side, y + side)).resize((size, size), Image.LANCZOS)


def read_picture(path, size=None):
    """(1, 3, H, W) in [0, 1]: the middle square scaled to `size`, or the picture as it is."""
    picture = middle_square(path, size) if size else Image.open(path).convert("RGB")
    return reference.to_tensor(numpy.array(picture))


def save(path, picture):
    """PNG, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    pixels = (reference.to_pixels(picture) * 255).round().astype(numpy.uint8)
    Image.fromarray(pixels).save(unfinished, "PNG")
    os.replace(unfinished, path)
