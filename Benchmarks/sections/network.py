"""Whole pictures through the C one-call interface, for each number of threads."""

import statistics

from measure.bench import all_stopped
from measure.table import seconds, table
from measure.workers import interleave, summary

TITLE = "Whole network: adain_stylise, float pixels to float pixels, style given"
SIZES = [(256, 256), (512, 512), (1024, 1024), (2048, 2048), (3840, 2160)]
SCALING_SIZE = (1024, 1024)
REFERENCE_SIZE = (512, 512)
MANY = 64


def measure(bench):
    result = {"sizes": []}
    samples = {}
    peaks = {count: [] for count in bench.threads}
    few = max(1, bench.runs // 3)
    with all_stopped([]) as workers:
        # Pictures that take long get fewer runs, beside small ones in the same rounds.
        small = [size for size in SIZES if size[0] <= 1024]
        for sizes, runs in ((small, bench.runs - few), (SIZES, few)):
            turns, keys = [], []
            for size in sizes:
                worker = bench.adain(f"{size[0]}x{size[1]}", *size, bench.threads[-1])
                workers.append(worker)
                worker.run()  # to warm up
                for count in bench.threads:
                    keys.append((size, count))
                    turns.append(lambda worker=worker, count=count: worker.run(count))
            for count in bench.threads:
                keys.append(count)
                turns.append(lambda count=count: bench.peak(count))
            for key, values in zip(keys, interleave(turns, runs)):
                (peaks[key] if isinstance(key, int) else samples.setdefault(key, [])).extend(values)
            while workers:
                workers.pop().stop()

    for size in SIZES:
        megapixels = size[0] * size[1] / 1e6
        threads = {}
        for count in bench.threads:
            threads[count] = summary(samples[size, count])
            threads[count]["per_megapixel"] = threads[count]["median"] / megapixels
            reference = REFERENCE_SIZE[0] * REFERENCE_SIZE[1] / 1e6
            threads[count]["per_megapixel_to_512"] = (
                threads[count]["per_megapixel"]
                / (statistics.median(samples[REFERENCE_SIZE, count]) / reference)
            )
        result["sizes"].append({"width": size[0], "height": size[1], "threads": threads})
    result["peak_gflops"] = {count: statistics.median(values) for count, values in peaks.items()}
    result["scaling"] = [
        scaling(count, samples, result["peak_gflops"]) for count in bench.threads[1:]
    ]
    return result


def scaling(count, samples, peaks):
    """Speed-up of the network beside that of multiply-adds, and what Amdahl's law makes of it."""
    one, all_ = (statistics.median(samples[SCALING_SIZE, n]) for n in (1, count))
    network, loop = one / all_, peaks[count] / peaks[1]
    # What the threads' own speed does not explain is taken to be serial.
    efficiency = min(1, network / loop)
    serial = (1 / efficiency - 1) / (count - 1)
    return {
        "threads": count,
        "network": network,
        "loop": loop,
        "ratio": network / loop,
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
