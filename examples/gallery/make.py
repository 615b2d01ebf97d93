#!/usr/bin/env python3
"""A gallery page: photographs × paintings × strengths, rendered with the tool `adain`.

    make.py ADAIN OUT

OUT/index.html needs nothing beyond OUT: it opens from a disk as from any web server.
"""

import html
import json
import pathlib
import shutil
import string
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
IMAGES = HERE.parent / "images"
CATALOGUE = HERE.parents[1] / "weights" / "styles" / "catalogue.json"

# Name, and what it shows.
PHOTOGRAPHS = [
    ("chelsea", "Chelsea, a tabby cat"),
    ("coffee", "A cup of coffee on a wooden table"),
    ("astronaut", "Eileen Collins, astronaut"),
    ("rocket", "A rocket on its launch pad"),
]
PAINTINGS = [
    "great-wave", "auvers", "composition-viii", "moulin-de-la-galette", "summertime", "spring",
]
STRENGTHS = [0, 0.25, 0.5, 0.75, 1]


def render(adain, out):
    """Every photograph in every style: OUT/pictures/STRENGTH/PHOTOGRAPH-PAINTING.webp."""
    photographs = [IMAGES / f"{name}.jpg" for name, _ in PHOTOGRAPHS]
    styles = [argument for name in PAINTINGS for argument in ("--style", name)]
    for strength in STRENGTHS:
        folder = out / "pictures" / percent(strength)
        folder.mkdir(parents=True)
        subprocess.run(
            [adain, *photographs, *styles, "--all-pairs", "--strength", str(strength),
             "--format", "webp[Q=82,strip]", "--output", f"{folder}/", "--quiet"],
            check=True)


def percent(strength):
    return f"{strength * 100:.0f}"


def fill(template, **fields):
    return string.Template((HERE / template).read_text()).substitute(fields)


def page():
    """The page's text; as it stands, without a script, it shows the full strength."""
    catalogue = {entry["name"]: entry for entry in json.loads(CATALOGUE.read_text())}
    paintings = [catalogue[name] for name in PAINTINGS]
    heads = "".join(
        fill("painting.html", **{key: html.escape(painting[key])
                                 for key in ("title", "painter", "year", "picture")})
        for painting in paintings)
    rows = "".join(
        fill("row.html", photograph=name, caption=html.escape(caption), cells="".join(
            fill("cell.html", photograph=name, caption=html.escape(caption), painting=painting["name"],
                 title=html.escape(painting["title"]), painter=html.escape(painting["painter"]))
            for painting in paintings))
        for name, caption in PHOTOGRAPHS)
    data = {
        "strengths": [percent(strength) for strength in STRENGTHS],
        "paintings": {painting["name"]: painting for painting in paintings},
        "photographs": dict(PHOTOGRAPHS),
    }
    return fill("index.html", heads=heads, rows=rows, last=len(STRENGTHS) - 1,
                # In a script element only "</" could end it.
                data=json.dumps(data, ensure_ascii=False).replace("</", "<\\/"))


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    adain, out = sys.argv[1], pathlib.Path(sys.argv[2])
    shutil.rmtree(out / "pictures", ignore_errors=True)
    render(adain, out)
    originals = [f"{name}.jpg" for name, _ in PHOTOGRAPHS]
    originals += [entry["picture"] for entry in json.loads(CATALOGUE.read_text())
                  if entry["name"] in PAINTINGS]
    (out / "originals").mkdir(exist_ok=True)
    for name in originals:
        shutil.copyfile(IMAGES / name, out / "originals" / name)
    for name in ("gallery.css", "gallery.js"):
        shutil.copyfile(HERE / name, out / name)
    (out / "index.html").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
