"""What the comparisons with peers share: the command line, the picture, the clock."""

import argparse
import statistics
import sys
import time

import numpy

from libadain import Library


def arguments(description):
    """A parser with the options that every comparison has."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--library", help="libadain.so; without it the peer runs alone")
    parser.add_argument("--size", type=side, default=512, help="width and height, in pixels")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=9)
    return parser


def side(text):
    # The peers run the bare network, without the extension to multiples of 8.
    value = int(text)
    if value < 8 or value % 8:
        raise argparse.ArgumentTypeError(f"{value} is not a positive multiple of 8")
    return value


def smooth_noise(size, seed):
    """A picture with structure at several scales: (size, size, 3) in [0, 1]."""
    generator = numpy.random.default_rng(seed)
    picture = numpy.zeros((size, size, 3))
    for scale in (4, 16, 64):
        coarse = generator.random((size // scale + 1, size // scale + 1, 3))
        picture += numpy.kron(coarse, numpy.ones((scale, scale, 1)))[:size, :size]
    return numpy.ascontiguousarray(picture / 3, numpy.float32)


def compare(options, name, description, prepare):
    """Time the library and a peer on one picture and one given style, and print the medians.

    `prepare((means, deviations))` makes the peer's network ready and returns a function from
    (1, 3, size, size) to the same, unclamped. Runs are interleaved, so that a change of the
    machine's speed meets both. The clock runs from decoded float pixels to float pixels.
    """
    content = smooth_noise(options.size, 1)
    planar = numpy.ascontiguousarray(content.transpose(2, 0, 1)[None])
    runs = {}
    if options.library:
        try:
            adain = Library(options.library)
            style = adain.style(smooth_noise(256, 2))
            numbers = adain.statistics(style)
        except (OSError, AttributeError, RuntimeError) as error:
            sys.exit(f"libadain failed: {error}")
        runs["adain"] = lambda: adain.stylise(content, style, options.threads)
        description = f"{adain.description}; {description}"
    else:
        numbers = numpy.ones((2, 512), numpy.float32)  # the time does not depend on the style
    network = prepare(numbers)
    runs[name] = lambda: network(planar)

    results = {key: run() for key, run in runs.items()}  # also warms both up
    times = {key: [] for key in runs}
    for _ in range(options.runs):
        for key, run in runs.items():
            start = time.perf_counter()
            run()
            times[key].append(time.perf_counter() - start)

    print(description)
    print(f"{options.size} x {options.size}, {options.threads} threads, {options.runs} runs each")
    for key, values in times.items():
        print(
            f"{key:9} median {statistics.median(values):.3f} s"
            f" (from {min(values):.3f} to {max(values):.3f})"
        )
    if options.library:
        theirs = results[name][0].transpose(1, 2, 0).clip(0, 1)
        difference = abs(results["adain"] - theirs).max()
        ratio = statistics.median(times["adain"]) / statistics.median(times[name])
        print(f"ratio adain / {name} {ratio:.3f}; results differ by {difference * 255:.2f} of 255")
