"""Style loss of a model's results over the width of the picture.

    python -m weights.evaluation.scales --photographs FOLDER --styles FOLDER --report weights/evaluation/scales

Photograph p meets --pairs styles of its own, in the order of names; both are whole pictures, the
photograph scaled to each width, the painting as it is. The loss is that of equation 13 between the
result, rounded to 8 bits, and the painting; a model that looks the same at every size keeps it. Results
stay in --out, if given. --report writes FILE.json and FILE.md. Needs requirements.txt.
"""

import argparse
import json
import pathlib
import sys

import numpy
import torch
from PIL import Image

from weights.evaluation.pairs import save
from weights.network import reference
from weights.network.batched_network import make_decoder, make_encoder
from weights.network.losses import adaptive, statistics, style_loss, style_summary
from weights.network.network_file import SHIPPED, NetworkFileError, read_network

WIDTHS = (256, 512, 1024, 2048)
REFERENCE = 512


def fitted(path, width=None):
    """The picture, (1, 3, H, W) in [0, 1], at a width, sides cut to multiples of 8."""
    picture = Image.open(path).convert("RGB")
    if width:
        height = round(picture.height * width / picture.width)
        picture = picture.resize((width, height), Image.LANCZOS)
    picture = picture.crop((0, 0, picture.width // 8 * 8, picture.height // 8 * 8))
    return reference.to_tensor(numpy.array(picture))


@torch.no_grad()
def losses_over_widths(encoder, decoder, photograph, painting, out):
    """{width: style loss} of one pair."""
    wanted = encoder(fitted(painting))
    summary, style = style_summary(wanted, "stats"), statistics(wanted["conv4_1"])
    losses = {}
    for width in WIDTHS:
        made = decoder(adaptive(encoder(fitted(photograph, width))["conv4_1"], style))
        made = (made.clamp(0, 1) * 255).round() / 255
        if out:
            save(out / f"{photograph.stem}--{painting.stem}--{width}.png", made)
        losses[width] = style_loss(encoder(made), summary, "stats").item()
    return losses


def table(results):
    """Markdown: each pair's losses as ratios to that at the reference width, and those of the means."""
    means = {w: numpy.mean([losses[w] for losses in results.values()]) for w in WIDTHS}
    lines = [f"| pair | style at {REFERENCE} | {' | '.join(f'{w} / {REFERENCE}' for w in WIDTHS)} |"]
    lines.append("|---" * (len(WIDTHS) + 2) + "|")
    for name, losses in [*results.items(), ("mean", means)]:
        ratios = " | ".join(f"{losses[w] / losses[REFERENCE]:.2f}" for w in WIDTHS)
        lines.append(f"| {name} | {losses[REFERENCE]:.3f} | {ratios} |")
    return "\n".join(lines)


def run(options):
    tensors, metadata = read_network(options.model)
    encoder, decoder = (make(tensors, metadata["architecture"]) for make in (make_encoder, make_decoder))
    photographs, styles = (sorted(f.iterdir()) for f in (options.photographs, options.styles))
    results = {}
    for p, photograph in enumerate(photographs):
        for i in range(options.pairs):
            painting = styles[(p * options.pairs + i) % len(styles)]
            name = f"{photograph.stem}, {painting.stem}"
            results[name] = losses_over_widths(encoder, decoder, photograph, painting, options.out)
            print(name, results[name], flush=True)
    print(table(results))
    if options.report:
        options.report.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n")
        options.report.with_suffix(".md").write_text(
            "# Style loss over the width\n\nMade by `scales.py`, which tells what is measured.\n\n"
            f"{table(results)}\n"
        )


def main(arguments=None):
    parser = argparse.ArgumentParser(
        description="Style loss of a model's results over the width of the picture.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    add = parser.add_argument
    add("--photographs", required=True, type=pathlib.Path, help="folder of large photographs")
    add("--styles", required=True, type=pathlib.Path, help="folder of paintings")
    add("--model", type=pathlib.Path, default=SHIPPED, help="weights file")
    add("--pairs", type=int, default=4, help="styles for each photograph")
    add("--out", type=pathlib.Path, help="folder for the results")
    add("--report", type=pathlib.Path, help="write this name with .json and .md")
    try:
        run(parser.parse_args(arguments))
    except (NetworkFileError, OSError) as error:
        sys.exit(f"scales.py: {error}")


if __name__ == "__main__":
    main()
