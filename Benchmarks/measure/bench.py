"""What the sections share: where things are, and how often to run them."""

import contextlib
import dataclasses
import json
import pathlib
import statistics
import subprocess
import sys

from measure import pictures
from measure.workers import Worker

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass
class Bench:
    build: pathlib.Path  # where `make benchmark` left library, module and tools
    folder: pathlib.Path  # for pictures and notes of this run
    runs: int
    kernel: str  # the library's
    threads: list  # 1, 2, 4 … all

    @property
    def library(self):
        return self.build / "lib" / "libadain.so"

    def tool(self, name, *arguments):
        """What a program of build/benchmark prints."""
        command = [self.build / "benchmark" / name, *arguments]
        done = subprocess.run(
            [str(part) for part in command], stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout.split()

    def peak(self, threads, kernel=None, seconds=0.5):
        """GFLOP/s of a loop of multiply-adds."""
        return float(self.tool("fma_peak", kernel or self.kernel, threads, seconds)[0])

    def job(self, name, width, height, threads, model="standard"):
        """A worker's job, written to a file."""
        painting = pictures.raw_floats(pictures.PAINTING, 512, 512, self.folder)
        picture = pictures.raw_floats(pictures.PHOTOGRAPH, width, height, self.folder)
        job = {
            "picture": str(picture),
            "width": width,
            "height": height,
            "threads": threads,
            "model": model,
            "style": str(self.folder / "style.f32"),
            "painting": str(pictures.PAINTING),
            "painting_pixels": str(painting),
            "painting_width": 512,
            "painting_height": 512,
            "output": str(self.folder / f"{name}.f32"),
        }
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(job))
        return path

    def adain(self, name, width, height, threads, environment=None, model="standard"):
        """The library in a process of its own."""
        worker = ROOT / "Benchmarks" / "measure" / "adain_worker.py"
        job = self.job(name, width, height, threads, model)
        return Worker(
            [sys.executable, worker, self.library, job], self.folder / f"{name}.log", environment
        )


def median_ratio(numerators, denominators):
    return statistics.median(numerators) / statistics.median(denominators)


@contextlib.contextmanager
def all_stopped(workers):
    """Stop every worker in the end; the list may grow meanwhile."""
    try:
        yield workers
    finally:
        for worker in workers:
            worker.stop()
