"""Draw logs of training, what `adain train --json` prints, one after the other, as a picture of the losses.

    python -m weights.training.curves OUT.png LOG.jsonl...

Each point is the mean of 100 steps, or of a line of the log if it tells of more. Needs matplotlib
(evaluation/requirements.txt).
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as pyplot  # noqa: E402  after the choice of where it draws

STEPS = 100
LOSSES = ("content", "style", "lattice", "palette")


def points(path):
    """Steps, and for each of LOSSES its means over groups of lines of STEPS steps; None where the log lacks it."""
    groups, group, done = [], [], 0
    for line in map(json.loads, pathlib.Path(path).read_text().splitlines()):
        group.append(line)
        if line["step"] - done >= STEPS:
            groups.append(group)
            done, group = line["step"], []
    return [group[-1]["step"] for group in groups], {
        key: [sum(line[key] for line in group) / len(group) for group in groups]
        for key in LOSSES
        if groups and key in groups[0][0]
    }


def draw(out, logs):
    figure, axes = pyplot.subplots(1, len(LOSSES), figsize=(13, 3), layout="constrained")
    begin = 0
    for path in logs:
        steps, losses = points(path)
        for axis, key in zip(axes, LOSSES):
            if key in losses:
                axis.plot([begin + step for step in steps], losses[key], label=pathlib.Path(path).stem)
        begin += steps[-1] if steps else 0
    for axis, key in zip(axes, LOSSES):
        axis.set(title=f"{key} loss", xlabel="steps")
        axis.grid(alpha=0.3)
    figure.savefig(out, dpi=110)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    draw(sys.argv[1], sys.argv[2:])
