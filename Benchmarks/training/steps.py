"""A training step of 4 crops of 256 × 256 beside PyTorch's (weights/network/objective.py), in turns.

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
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BATCH, SIZE = 4, 256


def torch_steps(steps, threads):
    """Seconds of each step, in a process of its own."""
    program = f"""
import json, sys, time
sys.path.insert(0, {str(ROOT)!r})
import torch
torch.set_num_threads({threads})
from weights.network.batched_network import make_decoder, make_encoder
from weights.network.network_file import SHIPPED, read_network
from weights.network.objective import encoded, step
from weights.network.soap import Soap
tensors, about = read_network(SHIPPED)
encoder, decoder = (make(tensors, about["architecture"]) for make in (make_encoder, make_decoder))
optimiser = Soap(decoder.parameters(), lr=3e-4)
crops = torch.rand({BATCH}, 3, {SIZE}, {SIZE})
contents = encoded(encoder, crops)
styles = encoded(encoder, crops.flip(0))["style"]
times = []
for _ in range({steps} + 1):
    began = time.perf_counter()
    for new in crops[:2]:
        encoded(encoder, new[None])
    step(encoder, decoder, optimiser, contents, styles, (3, 5))
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
    options = parser.parse_args()
    times = {"adain": [], "PyTorch": []}
    for _ in range(options.rounds):
        found = adain_steps(options.tool, options.steps, options.threads)
        times["adain"] += found["steps"]
        times["PyTorch"] += torch_steps(max(2, options.steps // 3), options.threads)
        time.sleep(1)
    ours = statistics.median(times["adain"])
    print(f"{'step':24} {'time':>8}   adain / it")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:24} {median:7.3f} s   {ours / median:.2f}")
    print(f"\n{'part of a step':24} {'time':>8}")
    for part in found["parts"]:
        print(f"{part['name']:24} {part['seconds']:7.3f} s")
    print(f"\npeak memory {found['peak'] / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
