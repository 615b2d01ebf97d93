"""A sheet of evaluate.py's pictures: each content's first pair as a row, a column for each method.

    python -m weights.evaluation.sheet --images FOLDER --out WORK --methods first shipped gatys-100 SHEET.jpg

FOLDER and WORK are those that evaluate.py was given. Contents named by --without, and pairs that a
method lacks, are left out.
"""

import argparse
import pathlib
import sys

from PIL import Image, ImageDraw

from weights.evaluation.pairs import STYLES_EACH, middle_square, pairs_of

LABEL = 16  # height, px


def squares(pair, options):
    """Content, style and each method's picture, or None where one is missing."""
    files = [options.out / method / f"{pair.name}.png" for method in options.methods]
    if not all(file.exists() for file in files):
        return None
    return [middle_square(file, options.side) for file in (*pair, *files)]


def sheet(options):
    pairs = [p for p in pairs_of(options.images)[options.pair :: STYLES_EACH] if p.content.stem not in options.without]
    rows = [row for row in (squares(pair, options) for pair in pairs) if row]
    if not rows:
        sys.exit("sheet.py: no pair has pictures of all methods")
    side, names = options.side, ["content", "style", *options.methods]
    made = Image.new("RGB", (side * len(names), LABEL + side * len(rows)), "white")
    draw = ImageDraw.Draw(made)
    for column, name in enumerate(names):
        draw.text((side * column + 4, 2), name, "black")
        for row, pictures in enumerate(rows):
            made.paste(pictures[column], (side * column, LABEL + side * row))
    made.save(options.sheet, quality=85)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description="A sheet of evaluate.py's pictures.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("sheet", type=pathlib.Path, help="picture to write")
    add("--images", required=True, type=pathlib.Path, help="folder with content/ and style/")
    add("--out", required=True, type=pathlib.Path, help="folder of evaluate.py's pictures")
    add("--methods", nargs="+", default=["shipped"], help="columns, beside content and style")
    add("--without", nargs="*", default=[], help="contents to leave out")
    add("--pair", type=int, default=0, help="which of each content's pairs, from 0")
    add("--side", type=int, default=240, help="of a picture, in pixels")
    sheet(parser.parse_args())
