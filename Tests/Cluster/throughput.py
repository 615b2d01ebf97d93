"""Pictures a second: one process after the other pictures, and the cluster of the example.

    throughput.py PICTURES

Each way stylises the same bucket, model and style loaded before the clock starts.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from conftest import ROOT, STYLE, fill

# One process, one picture after the other.
LOOP = """
import pathlib, sys, time, pyvips
bucket, results, style = sys.argv[1:]
pyvips.cache_set_max(0)
pyvips.Image.black(8, 8, bands=3).copy(interpretation="srgb").adain([], named=style)
began = time.monotonic()
pictures = [path for path in pathlib.Path(bucket).rglob("*") if path.is_file()]
for i, path in enumerate(pictures):
    content = pyvips.Image.new_from_file(str(path), access="sequential")
    content.adain([], named=style).write_to_file(f"{results}/{i}{path.suffix}")
print(len(pictures) / (time.monotonic() - began))
"""


def loop(bucket, results, **environment):
    results.mkdir()
    result = subprocess.run(
        [sys.executable, "-c", LOOP, bucket, results, STYLE], check=True, capture_output=True,
        text=True, env={**os.environ, **environment})
    return float(result.stdout)


def cluster(bucket, results, workers):
    script = ROOT / "examples" / "cluster" / "stylise_ray.py"
    command = [sys.executable, script, bucket, results, "--style", STYLE, "--workers", str(workers)]
    environment = {**os.environ, "HOME": str(results.parent), "RAY_USAGE_STATS_ENABLED": "0"}
    result = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return float(result.stdout.split("; ")[-1].split()[0])


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        bucket = folder / "bucket"
        fill(bucket, int(sys.argv[1]))
        rates = {
            "one process, one thread": loop(bucket, folder / "a", VIPS_CONCURRENCY="1"),
            "one process, all threads": loop(bucket, folder / "b"),
            "cluster of two workers, one thread each": cluster(bucket, folder / "c", 2),
        }
    first = next(iter(rates.values()))
    for way, rate in rates.items():
        print(f"{way:42}{rate:6.2f} pictures/s {rate / first:6.2f}")


if __name__ == "__main__":
    main()
