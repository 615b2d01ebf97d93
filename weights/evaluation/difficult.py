"""A second set of pairs for evaluate.py, chosen for what models do badly.

    python -m weights.evaluation.difficult --images FOLDER OUT
    python -m weights.evaluation.evaluate --images OUT --out WORK --report weights/evaluation/difficult

FOLDER is evaluate.py's, with large/ beside content/ and style/. OUT gets pictures that are taken as they are:
paintings of one hue, in black and white, flat, of lines alone; contents with smooth skies, at night, with a
small face, of 200 and of 2,500 pixels.
"""

import argparse
import colorsys
import json
import pathlib

import numpy
import torch
from PIL import Image

from weights.evaluation.pairs import LIST, read_picture, save
from weights.evaluation.patterns import PATTERNS, pattern
from weights.network import reference

SIDE = 512
GOLD, BLUE = 0.11, 0.6  # hues
LUMA = torch.tensor([0.299, 0.587, 0.114]).view(3, 1, 1)  # Rec. 601


def fitted(path, width):
    """The whole picture, so wide; sides are cut to multiples of 8."""
    picture = Image.open(path).convert("RGB")
    height = round(picture.height * width / picture.width)
    picture = picture.resize((width, height), Image.LANCZOS)
    return reference.to_tensor(numpy.array(picture.crop((0, 0, width // 8 * 8, height // 8 * 8))))


def in_one_hue(path, hue, saturations, values):
    """Luma mapped onto the line between a dark and a light tone of one hue; grey at a saturation of 0."""
    dark, light = (torch.tensor(colorsys.hsv_to_rgb(hue, s, v)).view(3, 1, 1) for s, v in zip(saturations, values))
    luma = (read_picture(path, SIDE)[0] * LUMA).sum(0)
    return (dark + (light - dark) * luma)[None]


def drawn(kind):
    """With chance of its own: training, which draws such pictures by the thousand, has another."""
    return pattern(SIDE, torch.Generator().manual_seed(sum(kind.encode())), kind)


def pictures_of(images):
    """(contents, styles), each {name: a function that makes the picture}."""
    content, style, large = (images / kind for kind in ("content", "style", "large"))

    def one(folder, stem):
        return next(iter(sorted(folder.glob(f"{stem}*"))))

    contents = {
        "rocket": lambda: read_picture(one(content, "rocket"), SIDE),
        "hubble": lambda: read_picture(one(content, "hubble"), SIDE),
        "coffee": lambda: read_picture(one(content, "coffee"), SIDE),
        "face-60": lambda: fitted(one(content, "astronaut"), 304),
        "cat-200": lambda: fitted(one(content, "chelsea"), 200),
        "ladybird-2500": lambda: fitted(one(large, "ladybird"), 2496)[..., :1024, :],
    }
    styles = {
        "lion": lambda: read_picture(one(style, "durer"), SIDE),
        "snow": lambda: read_picture(one(style, "hiroshige"), SIDE),
        "wave": lambda: read_picture(one(style, "hokusai-great-wave"), SIDE),
        "gold": lambda: in_one_hue(one(style, "arcimboldo"), GOLD, (0.9, 0.5), (0.1, 1)),
        "blue": lambda: in_one_hue(one(style, "cassatt"), BLUE, (0.8, 0.2), (0.2, 1)),
        "grey": lambda: in_one_hue(one(style, "bruegel"), 0, (0, 0), (0, 1)),
        **{kind: lambda kind=kind: drawn(kind) for kind in PATTERNS},
    }
    return contents, styles


PAIRS = [
    ("rocket", "gold"), ("rocket", "hatching"), ("rocket", "lion"), ("hubble", "snow"), ("hubble", "dots"),
    ("coffee", "gold"), ("coffee", "gradient"), ("coffee", "blue"), ("face-60", "lion"), ("face-60", "grey"),
    ("face-60", "wave"), ("cat-200", "snow"), ("cat-200", "gold"), ("cat-200", "wave"), ("ladybird-2500", "blue"),
    ("ladybird-2500", "grey"),
]


def main():
    parser = argparse.ArgumentParser(description="Make a set of difficult pairs for evaluate.py.")
    parser.add_argument("--images", required=True, type=pathlib.Path, help="folder with content/, style/, large/")
    parser.add_argument("out", type=pathlib.Path, help="folder to write")
    options = parser.parse_args()
    for kind, made in zip(("content", "style"), pictures_of(options.images)):
        for name, make in made.items():
            save(options.out / kind / f"{name}.png", make())
    names = [[f"{content}.png", f"{style}.png"] for content, style in PAIRS]
    (options.out / LIST).write_text(json.dumps(names, indent=1) + "\n")


if __name__ == "__main__":
    main()
