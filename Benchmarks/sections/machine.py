"""What the figures were measured on, and its arithmetic limit."""

import os
import pathlib
import platform
import subprocess

from measure.bench import ROOT
from measure.library import Library

TITLE = "Machine"


def processor():
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or "unknown"


def first_line(*command):
    """What a program says of itself; empty when it cannot be had."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip().split("\n")[0]


def measure(bench):
    library = Library(bench.library)
    result = {
        "processor": processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_bytes": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"),
        "system": f"{platform.system()} {platform.release()}",
        "adain": library.version,
        "revision": first_line("git", "describe", "--always", "--dirty"),
        "adain_kernel": library.kernel,
        "vips": first_line("vips", "--version"),
        "swift": first_line("swift", "--version"),
        "python": platform.python_version(),
        "environment": {k: v for k, v in os.environ.items() if k.startswith("ADAIN_")},
        "peak_gflops": {
            str(threads): bench.peak(threads, seconds=2) for threads in bench.threads
        },
    }
    peaks = {str(threads): bench.peak(threads, "bf16", seconds=2) for threads in bench.threads}
    # Where the processor has no such instruction, none.
    result["peak_bf16_gflops"] = peaks if all(peaks.values()) else None
    return result


def lines(result, _):
    yield f"{result['processor']}, {result['cores']} cores, {result['system']}"
    versions = f"adain {result['adain']} ({result['revision'] or 'no revision'}), kernels"
    yield f"{versions} {result['adain_kernel']}; {result['vips']}; {result['swift']}"
    for name, value in result["environment"].items():
        yield f"set: {name}={value}"
    for label, key in (("32-bit", "peak_gflops"), ("bf16", "peak_bf16_gflops")):
        peaks = result[key]
        if peaks:
            yield f"multiply-adds in a loop, {label}: " + ", ".join(
                f"{value:.0f} GFLOP/s with {threads} thread{'s' if threads != '1' else ''}"
                for threads, value in peaks.items()
            )
