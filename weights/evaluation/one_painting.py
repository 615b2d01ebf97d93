"""Decoders for one painting each beside the shipped one: what `adain train` makes of how many steps.

    python -m weights.evaluation.one_painting --photographs FOLDER --contents FILE ... --paintings FILE ... \\
        --steps 40 80 200 --out WORK

Each decoder is trained by the tool on the photographs and one painting, the contents are stylised with it and with the
shipped model, and `adain measure` judges both by the shipped encoder, which is either's. WORK gets the models, the
results, one_painting.md, whose last lines are the curve over the steps, and a sheet, one_painting.jpg: of each painting
the next content, in its style by the shipped decoder and by its own after the last number of steps.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import time

from PIL import Image

from weights.evaluation.pairs import middle_square

SIDE = 256  # of the sheet's squares

FIGURES = ("contentLoss", "styleLoss", "paletteDistance")


def said(*command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def lattice(measured):
    return max(period["spectralRatio"] or 0 for period in measured["lattice"])


class Judge:
    def __init__(self, options):
        self.tool, self.contents, self.out = options.tool, options.contents, options.out

    def results(self, painting, model, name):
        """The contents in the painting's style, at the size of the training's pictures."""
        for content in self.contents:
            result = self.out / f"{painting.stem}-{content.stem}-{name}.png"
            if not result.exists():
                said(self.tool, content, "-s", painting, "--stroke", "1", "--model", model, "-o", result)
            yield content, result

    def figures(self, painting, model, name):
        """Means over the contents."""
        found = []
        for content, result in self.results(painting, model, name):
            measured = json.loads(said(self.tool, "measure", content, painting, result, "--json"))
            found.append([*(measured[figure] for figure in FIGURES), lattice(measured)])
        return [statistics.mean(column) for column in zip(*found)]


def trained(options, painting, steps):
    """The model's file and the seconds that it took."""
    model = options.out / f"{painting.stem}-{steps}.safetensors"
    took = model.with_suffix(".seconds")
    if not model.exists():
        began = time.monotonic()
        said(options.tool, "train", "--content", options.photographs, "-s", painting, "-o", model, "--steps", steps,
             "--quiet")
        took.write_text(f"{time.monotonic() - began:.0f}")
    return model, int(took.read_text())


def sheet(judge, paintings, steps):
    made = Image.new("RGB", (4 * SIDE, len(paintings) * SIDE))
    for row, painting in enumerate(paintings):
        content = judge.contents[row % len(judge.contents)]
        results = [judge.out / f"{painting.stem}-{content.stem}-{name}.png" for name in ("shipped", steps)]
        for column, file in enumerate((painting, content, *results)):
            made.paste(middle_square(file, SIDE), (column * SIDE, row * SIDE))
    made.save(judge.out / "one_painting.jpg", quality=88)


def write(out, lines):
    (out / "one_painting.md").write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", type=pathlib.Path, default="build/bin/adain")
    parser.add_argument("--photographs", type=pathlib.Path, required=True)
    parser.add_argument("--contents", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--paintings", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--steps", type=int, nargs="+", default=[200])
    parser.add_argument("--out", type=pathlib.Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    judge = Judge(options)
    curve = {steps: [] for steps in options.steps}
    lines = ["| painting | steps | seconds | content | style | palette | lattice |", "|---|---|---|---|---|---|---|"]
    for painting in options.paintings:
        shipped = judge.figures(painting, "standard", "shipped")
        lines.append(f"| {painting.stem} | shipped | | " + " | ".join(f"{value:.3g}" for value in shipped) + " |")
        for steps in options.steps:
            model, seconds = trained(options, painting, steps)
            own = judge.figures(painting, model, steps)
            ratios = [value / before for value, before in zip(own, shipped)]
            cells = [f"{value:.3g} ({ratio:.2f} ×)" for value, ratio in zip(own, ratios)]
            curve[steps].append([seconds, *ratios])
            lines.append(f"| | {steps} | {seconds} | " + " | ".join(cells) + " |")
        print("\n".join(lines[-1 - len(options.steps) :]), flush=True)
        write(options.out, lines)
    for steps, rows in curve.items():
        seconds, *ratios = (statistics.mean(column) for column in zip(*rows))
        lines.append(f"| mean | {steps} | {seconds:.0f} | " + " | ".join(f"{ratio:.2f} ×" for ratio in ratios) + " |")
    print("\n".join(lines[-len(curve) :]))
    write(options.out, lines)
    sheet(judge, options.paintings, options.steps[-1])


if __name__ == "__main__":
    main()
