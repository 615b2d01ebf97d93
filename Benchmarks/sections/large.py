"""Large pictures: whole processes of the operation beside PyTorch, a rectangle of an analysed one, how
long a cancelled call goes on, and how exact it all is."""

import os

from measure import pictures
from measure.bench import ROOT
from measure.table import megabytes, seconds, table
from measure.values import floats
from measure.workers import Worker, WorkerFailed

TITLE = "Large pictures"
SIZES = [(1280, 720), (3840, 2160), (8192, 8192), (16384, 16384), (32768, 2048)]
# The network alone, coarse to fine, which is the default at these sizes, and the fast model alone.
BRUSHES = {"alone": ["--stroke", 1], "broad": ["--stroke", 0], "fast": ["--stroke", 1, "--model", "fast"]}
SIDE = 16384
VIEW = 512
CANCELLED = (3840, 2160)
COMPARED = (2048, 1536)


def measure(bench, torch_python=None):
    os.environ["VIPSHOME"] = str(bench.build / "vips")
    painting = pictures.resized(pictures.PAINTING, 512, 512, bench.folder)
    fails = None
    result = {"threads": bench.threads[-1], "pictures": []}
    for width, height in SIZES:
        photograph = pictures.resized(pictures.PHOTOGRAPH, width, height, bench.folder)
        out = bench.folder / "out.v"
        figures = {"width": width, "height": height}
        for brush, options in BRUSHES.items():
            time, size = bench.tool("process", "vips", "adain", photograph, painting, out, *options)
            figures[brush] = {"seconds": float(time), "bytes": int(size)}
            out.unlink()
        if torch_python and not fails:
            figures["torch"] = torch(bench, torch_python, width, height)
            fails = figures["torch"].get("failed")
        result["pictures"].append(figures)
        photograph.unlink()

    view = bench.tool("viewport", pictures.PHOTOGRAPH, SIDE, VIEW, bench.runs)
    result["viewport"] = {
        "side": SIDE, "view": VIEW, "rectangle_seconds": float(view[2]),
        "picture_seconds": float(view[3]), "ratio": float(view[2]) / float(view[3]),
    }
    result["cancel"] = cancel(bench, painting)
    if torch_python:
        result["parity"] = parity(bench, torch_python)
    return result


def cancel(bench, painting):
    width, height = CANCELLED
    photograph = pictures.resized(pictures.PHOTOGRAPH, width, height, bench.folder)
    words = bench.tool("cancel", photograph, painting, bench.runs)
    names = ["call_first", "call_second", "call_brush", "operation_first", "operation_second"]
    return {"width": width, "height": height, **dict(zip(names, map(float, words)))}


def parity(bench, python):
    """The library's floats beside PyTorch's of the picture in one piece."""
    width, height = COMPARED
    with bench.adain("adain-large", width, height, bench.threads[-1]) as worker:
        worker.ask("style")
        worker.run()
        worker.ask("save")
    job = bench.job("torch-parity", width, height, bench.threads[-1])
    script = ROOT / "Benchmarks" / "peers" / "worker.py"
    with Worker([python, script, "torch", "default", job], bench.folder / "torch-parity.log") as worker:
        worker.run()
        worker.ask("save")
    ours, theirs = floats(bench.folder / "adain-large.f32"), floats(bench.folder / "torch-parity.f32")
    differences = [abs(a - b) * 255 for a, b in zip(ours, theirs, strict=True)]
    return {
        "width": width, "height": height, "largest": max(differences),
        "within_1": sum(d <= 1 for d in differences) / len(differences),
    }


def torch(bench, python, width, height):
    """One run in channels-last, PyTorch's fastest; no more address space than the machine has memory,
    so that it fails by itself."""
    job = bench.job("torch-large", width, height, bench.threads[-1])
    with bench.adain("style", 64, 64, bench.threads[-1]) as worker:
        worker.ask("style")
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    script = ROOT / "Benchmarks" / "peers" / "worker.py"
    command = ["prlimit", f"--as={memory}", python, script, "torch", "nhwc", job]
    try:
        with Worker(command, bench.folder / "torch-large.log") as worker:
            time = worker.run()
            return {"seconds": time, "bytes": worker.ask("memory")["bytes"]}
    except WorkerFailed as error:
        return {"failed": str(error)}
    finally:
        for file in bench.folder.glob(f"*-{width}x{height}.f32"):
            file.unlink()


def lines(result, _):
    yield (
        f"{result['threads']} threads; vips adain as a whole process from file to file, its style"
        " included; PyTorch (channels last) from array to array"
    )
    rows = []
    for figures in result["pictures"]:
        megapixels = figures["width"] * figures["height"] / 1e6
        row = [f"{figures['width']} x {figures['height']}"]
        for brush in BRUSHES:
            row += [
                f"{figures[brush]['seconds']:.1f} s",
                f"{figures[brush]['seconds'] / megapixels:.2f} s",
                megabytes(figures[brush]["bytes"]),
            ]
        torch_ = figures.get("torch", {})
        row += (
            [f"{torch_['seconds']:.1f} s", megabytes(torch_["bytes"])]
            if "seconds" in torch_
            else ["out of memory" if "failed" in torch_ else "", ""]
        )
        rows.append(row)
    header = ["picture"]
    for name in ("network alone", "coarse to fine", "fast model alone"):
        header += [name, "per megapixel", "memory"]
    yield from table(rows, header=[*header, "PyTorch", "memory"])
    for figures in result["pictures"]:
        if "failed" in figures.get("torch", {}):
            yield f"PyTorch at {figures['width']} x {figures['height']}: {figures['torch']['failed']}"
    view = result["viewport"]
    yield (
        f"{view['view']} x {view['view']} of an analysed {view['side']} x {view['side']}:"
        f" {seconds(view['rectangle_seconds'])}, decoding a picture of just that size"
        f" {seconds(view['picture_seconds'])} (ratio {view['ratio']:.2f})"
    )
    stop = result["cancel"]
    yield (
        f"a call cancelled at {stop['width']} x {stop['height']} went on for at most"
        f" {seconds(stop['call_first'])} in the first pass and {seconds(stop['call_second'])} in the"
        f" second, {seconds(stop['call_brush'])} with a broad brush; vips adain {seconds(stop['operation_first'])} and"
        f" {seconds(stop['operation_second'])}"
    )
    if "parity" in result:
        exact = result["parity"]
        yield (
            f"{exact['width']} x {exact['height']} beside PyTorch in one piece:"
            f" {exact['within_1'] * 100:.4f} % of the samples within 1 of 255, the largest difference"
            f" {exact['largest']:.3f}"
        )
