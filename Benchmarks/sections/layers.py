"""Each layer's time within whole calls, beside its arithmetic limit."""

import json
import struct

from measure import pictures
from measure.bench import ROOT
from measure.table import percent, seconds, table

TITLE = "Layers, 512 x 512"
SIDE = 512
TILE = 6  # outputs of a Winograd tile on a side
PRODUCTS = 8 * 8  # multiply-adds for a tile and a pair of channels
ENLARGED_PRODUCTS = 7 * 7  # the same where the input is enlarged by repeating its pixels


def shapes():
    """(layer, output channels, input channels) in the order of the model's layers."""
    with open(ROOT / "weights" / "adain-vgg16.safetensors", "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    layers = {
        name.removesuffix(".weight"): tensor["shape"][:2]
        for name, tensor in header.items()
        if name.endswith(".weight")
    }
    encoder = sorted(name for name in layers if name.startswith("encoder."))
    decoder = sorted((name for name in layers if name.startswith("decoder.")), reverse=True)
    return [(name, *layers[name]) for name in encoder + decoder]


def block(name):
    return int(name.split("conv")[1][0])


def work(name, outputs, inputs, enlarged, side):
    """(operations of the direct convolution, operations that the library's method needs).

    A multiply-add counts as two. All but the layers at the pixels run as Winograd F(6×6, 3×3) on
    whole tiles.
    """
    width = side >> (block(name) - 1)
    direct = 2 * 9 * inputs * outputs * width * width
    if min(inputs, outputs) == 3:
        return direct, direct
    tiles = -(-width // TILE)
    products = ENLARGED_PRODUCTS if enlarged else PRODUCTS
    return direct, 2 * products * inputs * outputs * tiles * tiles


def measure(bench):
    picture = pictures.raw_floats(pictures.PHOTOGRAPH, SIDE, SIDE, bench.folder)
    counts = sorted({1, bench.threads[-1]})
    peaks, times = {}, {}
    for count in counts:
        before = bench.peak(count)
        words = bench.tool("adain-layers", picture, SIDE, SIDE, bench.runs, count)
        peaks[count] = (before + bench.peak(count)) / 2  # the machine's speed around the runs
        times[count] = {name: float(value) for name, value in zip(words[::2], words[1::2])}

    result = {"side": SIDE, "peak_gflops": peaks, "layers": [], "whole": {}}
    sums = {"direct": 0, "needed": 0}
    previous = None
    for name, outputs, inputs in shapes():
        # The decoder enlarges before each block's first layer.
        enlarged = name.startswith("decoder.") and previous and block(previous) > block(name)
        previous = name
        direct, needed = work(name, outputs, inputs, enlarged, SIDE)
        sums["direct"] += direct
        sums["needed"] += needed
        layer = {"name": name, "inputs": inputs, "outputs": outputs, "direct_flop": direct}
        layer["winograd_flop"] = needed
        layer["threads"] = {
            count: figures(times[count][name], direct, needed, peaks[count]) for count in counts
        }
        result["layers"].append(layer)
    for count in counts:
        named = sum(times[count][layer["name"]] for layer in result["layers"])
        result["whole"][count] = {
            **figures(times[count]["whole"], sums["direct"], sums["needed"], peaks[count]),
            "pixels_seconds": times[count]["pixels"],
            "rest_seconds": times[count]["whole"] - named - times[count]["pixels"],
        }
    return result


def figures(time, direct, needed, peak):
    limit = needed / (peak * 1e9)
    return {
        "seconds": time,
        "effective_gflops": direct / time * 1e-9,
        "limit_seconds": limit,
        "share_of_limit": limit / time,
    }


def lines(result, _):
    counts = list(result["whole"])
    header = ["layer", "channels"]
    for count in counts:
        header += [f"{count} thread{'s' if count > 1 else ''}", "GFLOP/s", "of limit"]

    def cells(figures_of):
        row = []
        for count in counts:
            figure = figures_of[count]
            row += [
                seconds(figure["seconds"]),
                f"{figure['effective_gflops']:.0f}",
                percent(figure["share_of_limit"]),
            ]
        return row

    rows = [
        [layer["name"], f"{layer['inputs']} → {layer['outputs']}", *cells(layer["threads"])]
        for layer in result["layers"]
    ]
    for label, key in (("pixels in", "pixels_seconds"), ("rest", "rest_seconds")):
        row = [label, ""]
        for count in counts:
            row += [seconds(result["whole"][count][key]), "", ""]
        rows.append(row)
    rows.append(["whole call", "", *cells(result["whole"])])
    yield from table(rows, header=header)
    yield (
        "GFLOP/s: of the direct convolution, two for a multiply-add; limit: the multiply-adds of"
        " Winograd F(6x6, 3x3) on whole"
    )
    yield (
        "tiles (49 instead of 64 a tile where the input is enlarged; direct in the layers at the"
        " pixels) at the speed"
    )
    yield "of the loop of multiply-adds"
    for count in counts:
        yield (
            f"the limit of the whole with {count}: {seconds(result['whole'][count]['limit_seconds'])}"
            f" at {result['peak_gflops'][count]:.0f} GFLOP/s"
        )
    alone = result["whole"][counts[0]]
    share = alone["rest_seconds"] / alone["seconds"]
    yield (
        f"the rest is {share * 100:.2f} % of the call with one thread: were all of it serial, it"
        f" would allow {1 / (share + (1 - share) / 64):.0f} times with 64 threads"
    )
