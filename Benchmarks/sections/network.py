"""Whole pictures through the C one-call interface, for each number of threads."""

import statistics

from measure.bench import all_stopped
from measure.table import seconds, table
from measure.workers import interleave, summary

TITLE = "Whole network: adain_stylise, float pixels to float pixels, style given"
SIZES = [(256, 256), (512, 512), (1024, 1024), (2048, 2048), (3840, 2160)]
SCALING_SIZE = (1024, 1024)
REFERENCE_SIZE = (512, 512)
LARGEST_SMALL = 1024
MANY = 64


def measure(bench):
    samples = {}  # seconds by (size, threads), GFLOP/s by threads; a round's stand at the same place
    few = max(1, bench.runs // 3)
    # Pictures that take long get fewer runs, beside small ones in the same rounds.
    small = [size for size in SIZES if size[0] <= LARGEST_SMALL]
    for sizes, runs in ((small, bench.runs - few), (SIZES, few)):
        for key, values in rounds(bench, sizes, runs).items():
            samples.setdefault(key, []).extend(values)

    result = {"sizes": []}
    for size in SIZES:
        threads = {}
        for count in bench.threads:
            figures = summary(samples[size, count])
            figures["per_megapixel"] = figures["median"] / megapixels(size)
            figures["per_megapixel_to_512"] = median_quotient(
                samples[size, count], samples[REFERENCE_SIZE, count]
            ) / (megapixels(size) / megapixels(REFERENCE_SIZE))
            threads[count] = figures
        result["sizes"].append({"width": size[0], "height": size[1], "threads": threads})
    result["scaling"] = [scaling(count, samples) for count in bench.threads[1:]]
    result["low_memory"] = low_memory(bench)
    return result


def low_memory(bench):
    """What ADAIN_LOW_MEMORY=1 costs in time."""
    count = bench.threads[-1]
    with all_stopped([]) as workers:
        for name, value in (("usual", "0"), ("low", "1")):
            environment = {"ADAIN_LOW_MEMORY": value}
            workers.append(bench.adain(name, *REFERENCE_SIZE, count, environment))
            workers[-1].run()
        usual, low = interleave(
            [turn(worker, REFERENCE_SIZE, count) for worker in workers], bench.runs
        )
    return {"threads": count, "ratio": median_quotient(low, usual)}


def rounds(bench, sizes, runs):
    """Samples by (size, threads), and the loop's by threads, next to those of the scaling."""
    turns = {}
    with all_stopped([]) as workers:
        for size in sizes:
            worker = bench.adain(f"{size[0]}x{size[1]}", *size, bench.threads[-1])
            workers.append(worker)
            worker.run()  # to warm up
            for count in bench.threads:
                turns[size, count] = turn(worker, size, count)
                if size == SCALING_SIZE:
                    turns[count] = lambda count=count: bench.peak(count)
        return dict(zip(turns, interleave(turns.values(), runs)))


def megapixels(size):
    return size[0] * size[1] / 1e6


def median_quotient(numerators, denominators):
    """Round by round, of as many rounds as both have, counted from the last."""
    both = min(len(numerators), len(denominators))
    return statistics.median(
        a / b for a, b in zip(numerators[-both:], denominators[-both:], strict=True)
    )


def turn(worker, size, count):
    """A run as the caller of many has it: a run after a pause is sometimes a third slower.

    Of a small picture one goes before, uncounted.
    """

    def run():
        if size[0] <= LARGEST_SMALL:
            worker.run(count)
        return worker.run(count)

    return run


def scaling(count, samples):
    """Speed-up of the network beside that of multiply-adds, and what Amdahl's law makes of it."""
    network = median_quotient(samples[SCALING_SIZE, 1], samples[SCALING_SIZE, count])
    loop = median_quotient(samples[count], samples[1])
    ratio = statistics.median(
        one / all_ / (loop_all / loop_one)
        for one, all_, loop_one, loop_all in zip(
            samples[SCALING_SIZE, 1], samples[SCALING_SIZE, count], samples[1], samples[count]
        )
    )
    # What the threads' own speed does not explain is taken to be serial.
    serial = (1 / min(1, ratio) - 1) / (count - 1)
    return {
        "threads": count,
        "network": network,
        "loop": loop,
        "ratio": ratio,
        "serial_share": serial,
        "limit_at_64": 1 / (serial + (1 - serial) / MANY),
    }


def lines(result, _):
    header = ["size", "threads", "median", "least", "runs", "per megapixel", "to 512 x 512"]
    rows = []
    for size in result["sizes"]:
        for count, figures in size["threads"].items():
            rows.append(
                [
                    f"{size['width']} x {size['height']}",
                    count,
                    seconds(figures["median"]),
                    seconds(figures["least"]),
                    figures["runs"],
                    seconds(figures["per_megapixel"]),
                    f"{figures['per_megapixel_to_512']:.3f}",
                ]
            )
    yield from table(rows, header=header)
    low = result["low_memory"]
    yield (
        f"with ADAIN_LOW_MEMORY=1, {REFERENCE_SIZE[0]} x {REFERENCE_SIZE[1]}, {low['threads']}"
        f" threads: {low['ratio']:.2f} of the time"
    )
    for figures in result["scaling"]:
        yield (
            f"{figures['threads']} threads against 1 at {SCALING_SIZE[0]} x {SCALING_SIZE[1]}:"
            f" {figures['network']:.2f} times as fast, multiply-adds alone {figures['loop']:.2f}"
            f" (ratio {figures['ratio']:.3f})"
        )
        if figures["serial_share"]:
            yield (
                f"by Amdahl's law {figures['serial_share'] * 100:.1f} % serial, which allows"
                f" {figures['limit_at_64']:.0f} times with {MANY} threads"
            )
        else:
            yield f"with {figures['threads']} threads no serial share can be seen"
