"""A training step of 4 crops of 256 × 256 beside PyTorch's, in turns: with winograd.cpp, and with its own convolutions.

    python Benchmarks/training/steps.py ADAIN_TRAINING [--steps N] [--threads N]

Each is given noise, and one new crop of each kind a step, as in training. Medians; the first step of each does not
count.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
PICTURES, SIDE, BATCH, SIZE = 16, 640, 4, 256


def torch_steps(kind, steps, threads, folder):
    """Seconds of each step, in a process of its own."""
    program = f"""
import json, sys, time
sys.path.insert(0, {str(ROOT)!r})
import torch
torch.set_num_threads({threads})
from weights.network import winograd
if {kind == "own"}:
    winograd.kernels = lambda: None
from weights.training.train import Training
from weights.training.train_options import parse
training = Training(parse(["--content", {folder!r}, "--style", {folder!r}, "--out", {folder!r}, "--pool", "8",
    "--pattern-share", "0", "--no-tints", "--batch", "{BATCH}", "--size", "{SIZE}"]), torch.device("cpu"))
times = []
for _ in range({steps} + 1):
    began = time.perf_counter()
    {{name: loss.item() for name, loss in training.advance().items()}}
    times.append(time.perf_counter() - began)
print(json.dumps(times[1:]))
"""
    output = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    return json.loads(output.splitlines()[-1])


def adain_steps(tool, steps, threads):
    output = subprocess.run(
        [tool, str(steps + 1), str(BATCH), str(SIZE), str(threads)], check=True, capture_output=True, text=True).stdout
    return json.loads(output)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tool")
    parser.add_argument("--steps", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--without", nargs="*", default=[], choices=["own"], help="what takes too long")
    options = parser.parse_args()
    times = {"adain": [], "PyTorch, winograd.cpp": [], "PyTorch": []}
    with tempfile.TemporaryDirectory() as folder:
        for i in range(PICTURES):
            pixels = numpy.random.default_rng(i).integers(0, 256, (SIDE, SIDE, 3), numpy.uint8)
            Image.fromarray(pixels).save(pathlib.Path(folder) / f"{i}.png")
        for _ in range(options.rounds):
            found = adain_steps(options.tool, options.steps, options.threads)
            times["adain"] += found["steps"]
            times["PyTorch, winograd.cpp"] += torch_steps("winograd", options.steps, options.threads, folder)
            if "own" not in options.without:
                times["PyTorch"] += torch_steps("own", max(2, options.steps // 3), options.threads, folder)
            time.sleep(1)
    ours = statistics.median(times["adain"])
    print(f"{'step':24} {'time':>8}   adain / it")
    for name, values in times.items():
        if values:
            median = statistics.median(values)
            print(f"{name:24} {median:7.3f} s   {ours / median:.2f}")
    print(f"\n{'part of a step':24} {'time':>8}")
    for part in found["parts"]:
        print(f"{part['name']:24} {part['seconds']:7.3f} s")
    print(f"\npeak memory {found['peak'] / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
