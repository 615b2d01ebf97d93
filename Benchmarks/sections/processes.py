"""What whole processes take: memory, start-up, the model's loading, the operation's overhead."""

import os

from measure import pictures
from measure.bench import median_ratio
from measure.table import megabytes, seconds, table
from measure.workers import interleave, summary

TITLE = "Processes"
SIZES = [(512, 512), (3840, 2160)]
TINY = 64


def measure(bench):
    # A JPEG in, a JPEG out, as from a shell.
    os.environ["VIPSHOME"] = str(bench.build / "vips")

    def picture(source, width, height):
        path = bench.folder / f"{source.stem}-{width}x{height}.jpg"
        pictures.vips("copy", pictures.resized(source, width, height, bench.folder), path)
        return path

    def process(*command):
        time, size = bench.tool("process", "vips", *command, bench.folder / "out.jpg")
        return float(time), int(size)

    return {
        "memory": memory(picture, process),
        "start": start(bench, picture, process),
        "model": model(bench),
        "operation": operation(bench),
    }


def memory(picture, process):
    painting = picture(pictures.PAINTING, 512, 512)
    result = []
    for width, height in SIZES:
        photograph = picture(pictures.PHOTOGRAPH, width, height)
        adain = max(process_bytes(process, "adain", photograph, painting) for _ in range(3))
        copy = max(process_bytes(process, "copy", photograph) for _ in range(3))
        os.environ["ADAIN_LOW_MEMORY"] = "1"
        little = max(process_bytes(process, "adain", photograph, painting) for _ in range(3))
        del os.environ["ADAIN_LOW_MEMORY"]
        result.append(
            {
                "width": width, "height": height, "adain_bytes": adain, "copy_bytes": copy,
                "low_memory_bytes": little,
            }
        )
    return result


def process_bytes(process, operation, *inputs):
    # Arguments stand before the output, which `process` adds.
    return process(operation, *inputs)[1]


def start(bench, picture, process):
    photograph = picture(pictures.PHOTOGRAPH, TINY, TINY)
    painting = picture(pictures.PAINTING, TINY, TINY)
    turns = [
        lambda: process("adain", photograph, painting)[0],
        lambda: process("invert", photograph)[0],
    ]
    for turn in turns:
        turn()
    adain, invert = interleave(turns, bench.runs)
    return {
        "side": TINY,
        "adain": summary(adain),
        "invert": summary(invert),
        "ratio": median_ratio(adain, invert),
    }


def model(bench):
    """Until the model is ready in a fresh process, the library's loading included."""

    def load():
        with bench.adain("start", TINY, TINY, bench.threads[-1]) as worker:
            return worker.start["seconds"]

    load()
    return summary(interleave([load], bench.runs)[0])


def operation(bench):
    """The operation and the C call in one process; the painting of 32 × 32 costs nothing."""
    photographs = [pictures.resized(pictures.PHOTOGRAPH, *size, bench.folder) for size in SIZES]
    painting = pictures.resized(pictures.PAINTING, 32, 32, bench.folder)
    result = []
    for (width, height), photograph in zip(SIZES, photographs):
        runs = bench.runs if width == 512 else max(1, bench.runs // 3)
        operation_, call = map(float, bench.tool("vips_call", photograph, painting, runs))
        result.append(
            {
                "width": width,
                "height": height,
                "runs": runs,
                "operation_seconds": operation_,
                "call_seconds": call,
                "ratio": operation_ / call,
            }
        )
    return result


def lines(result, results):
    rows = []
    for figures in result["memory"]:
        above = figures["adain_bytes"] - figures["copy_bytes"]
        rows.append(
            [
                f"{figures['width']} x {figures['height']}",
                megabytes(figures["adain_bytes"]),
                megabytes(figures["copy_bytes"]),
                megabytes(above),
                megabytes(figures["low_memory_bytes"] - figures["copy_bytes"]),
            ]
        )
    yield from table(
        rows,
        header=[
            "peak memory, JPEG to JPEG", "vips adain", "vips copy", "difference",
            "ADAIN_LOW_MEMORY=1",
        ],
    )
    yield ""
    figures = result["start"]
    yield (
        f"start-up: vips adain on {TINY} x {TINY} {seconds(figures['adain']['median'])}, vips invert"
        f" {seconds(figures['invert']['median'])} (ratio {figures['ratio']:.1f})"
    )
    yield f"library and model loaded in a fresh process: {seconds(result['model']['median'])}"
    for figures in result["operation"]:
        yield (
            f"vips adain in one process, {figures['width']} x {figures['height']}:"
            f" {seconds(figures['operation_seconds'])}, the C call"
            f" {seconds(figures['call_seconds'])} (ratio {figures['ratio']:.3f})"
        )
