"""The command line of train.py."""

import argparse
import pathlib

import torch

from weights.network.losses import STYLE_LOSSES
from weights.network.network_file import SHIPPED
from weights.training.soap import Soap

OPTIMISERS = {"soap": Soap, "adam": torch.optim.Adam}
PRECISIONS = {"f32": None, "bf16": torch.bfloat16, "f16": torch.float16}


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return value


def crop_side(text):
    value = positive(text)
    if value % 8 or value < 16:
        raise argparse.ArgumentTypeError("must be a multiple of 8 and at least 16")
    return value


def parse(arguments=None):
    parser = argparse.ArgumentParser(
        description="Train the decoder on folders or tar archives of pictures.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--content", required=True, nargs="+", metavar="SOURCE", help="folders or tar archives of photographs;"
        " each is drawn from as often as the others")
    add("--style", required=True, nargs="+", metavar="SOURCE", help="the same of paintings")
    add("--out", required=True, type=pathlib.Path, help="folder for all that is written")
    add("--init", default=SHIPPED, type=pathlib.Path,
        help="weights file with the encoder and, if it has one, the decoder to begin with")
    add("--fresh-decoder", action="store_true", help="begin with a random decoder all the same")
    add("--train-encoder", action="store_true", help="let the encoder learn, too, by the losses of --judge's")
    add("--judge", default=SHIPPED, type=pathlib.Path,
        help="with --train-encoder: weights file whose encoder the losses are of")
    add("--resume", action="store_true", help="go on from the checkpoint in --out")
    add("--steps", type=positive, default=20000, help="steps in all, those before --resume included")
    add("--size", type=crop_side, default=256, help="side of the crops")
    add("--whole-share", type=float, default=0.3,
        help="of the paintings, those that are looked at whole, as the library does, and not as crops")
    add("--pattern-share", type=float, default=0.05,
        help="of the paintings, those that are gradients, hatchings and dots instead (patterns.py)")
    add("--partial-share", type=float, default=0.2,
        help="of the pairs, those whose strength is not 1 but anything from 0, the photograph, to 1")
    add("--no-tints", dest="tints", action="store_false",
        help="leave the paintings' colours as they are (tints.py)")
    add("--scales", type=float, nargs=2, default=(0.6, 1.5), metavar=("FROM", "TO"),
        help="crops are cut with a side of so many times --size; below 1 they are enlarged, as"
        " pictures of a few hundred pixels are less detailed than those that people stylise")
    add("--batch", type=positive, default=4, help="pairs of crops a step")
    add("--pool", type=positive, default=500, help="encoded crops that pairs are drawn from: at 256 pixels"
        " 2 MB each, with --perceptual-weight 17 MB")
    add("--optimiser", choices=OPTIMISERS, default="soap")
    add("--rate", type=float, default=4e-4, help="learning rate at its peak")
    add("--warm-up", type=int, default=30, help="steps until the peak")
    add("--decay-share", type=float, default=0.6, help="last part of the steps, cosine to zero")
    add("--style-loss", choices=STYLE_LOSSES, default="stats")
    add("--style-weight", type=float, default=10.0, help="style loss against content loss")
    add("--lattice-weight", type=float, default=5000.0, help="of texture in step with the decoder's grid (lattice.py)")
    add("--palette-weight", type=float, default=2.0, help="of the distance to the painting's colours (palette.py)")
    add("--perceptual-weight", type=float, default=0.8,
        help="of the distance to the photograph's shallow feature maps, which keeps its lines; not the paper's")
    add("--average", type=float, default=0.99, help="the moving average's memory of itself")
    add("--precision", choices=PRECISIONS, default="f16" if torch.cuda.is_available() else "f32",
        help="of the convolutions; on a processor winograd.py, in f32, is the fastest")
    add("--compile", nargs="?", const="inductor", metavar="BACKEND",
        help="torch.compile, which takes half a minute and a quarter off a GPU's steps")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--threads", type=int, default=0, help="0: torch's own number")
    add("--seed", type=int, default=0)
    add("--limit", type=positive, help="read only so many pictures of each kind")
    add("--log-every", type=positive, default=100)
    add("--save-every", type=positive, default=500)
    add("--preview-every", type=positive, default=1000)
    options = parser.parse_args(arguments)
    if not 0 < options.scales[0] <= options.scales[1]:
        parser.error("argument --scales: must be positive, the smaller first")
    if not 0 < options.decay_share < 1:
        parser.error("argument --decay-share: must lie between 0 and 1")
    return options
