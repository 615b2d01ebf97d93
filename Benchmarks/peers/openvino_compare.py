"""libadain against OpenVINO: the same network, weights, picture and number of threads.

    python openvino_compare.py --library build/lib/libadain.so [--size 512] [--threads 2] [--runs 9]

Runs are interleaved, so that a change of the machine's speed meets both; medians and their ratio
are printed, and how far the two results are apart. The style is given; the clock runs from decoded
float pixels to float pixels.
"""

import argparse
import statistics
import time

import numpy
import openvino

from libadain import Library
from openvino_network import compile_network


def smooth_noise(size, seed):
    """A picture with structure at several scales: (size, size, 3) in [0, 1]."""
    generator = numpy.random.default_rng(seed)
    picture = numpy.zeros((size, size, 3))
    for scale in (4, 16, 64):
        coarse = generator.random((size // scale + 1, size // scale + 1, 3))
        picture += numpy.kron(coarse, numpy.ones((scale, scale, 1)))[:size, :size]
    return numpy.ascontiguousarray(picture / 3, numpy.float32)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--library", required=True)
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    options = parser.parse_args()

    adain = Library(options.library)
    content = smooth_noise(options.size, 1)
    style = adain.style(smooth_noise(256, 2))
    network = compile_network(
        options.size, options.size, adain.statistics(style), options.threads, options.precision
    )
    planar = numpy.ascontiguousarray(content.transpose(2, 0, 1)[None])

    runs = {
        "adain": lambda: adain.stylise(content, style, options.threads),
        "OpenVINO": lambda: network(planar)[0],
    }
    results = {name: run() for name, run in runs.items()}
    times = {name: [] for name in runs}
    for _ in range(options.runs):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)

    difference = abs(
        results["adain"] - results["OpenVINO"][0].transpose(1, 2, 0).clip(0, 1)
    ).max()
    print(f"{adain.description}; OpenVINO {openvino.__version__} {options.precision}")
    print(f"{options.size} x {options.size}, {options.threads} threads, {options.runs} runs each")
    for name, values in times.items():
        print(
            f"{name:9} median {statistics.median(values):.3f} s"
            f" (from {min(values):.3f} to {max(values):.3f})"
        )
    ratio = statistics.median(times["adain"]) / statistics.median(times["OpenVINO"])
    print(f"ratio adain / OpenVINO {ratio:.3f}; results differ by {difference * 255:.2f} of 255")


if __name__ == "__main__":
    main()
