#!/usr/bin/env python3
"""Stylise a bucket of pictures on a Ray cluster.

    stylise_ray.py BUCKET RESULTS --style great-wave --workers 2

BUCKET and RESULTS are folders that every machine of the cluster sees. Every file below BUCKET is a
picture, and its result has the same name below RESULTS; names that begin with a dot are passed over.
Results that exist are left as they are, so the same command goes on where an earlier one ended.

The report has one line of JSON for each picture: done, skipped (it was there) or failed, with the
reason. Exit status 1 when one failed, 2 when the job could not be begun.
"""

import argparse
import collections
import json
import logging
import os
import pathlib
import sys
import time
import uuid

import ray


@ray.remote
class Stylist:
    """A process that keeps the model, and stylises one picture after the other."""

    def __init__(self, style, strength, threads, run):
        # Before libvips starts: the workers of one machine share its processors by it.
        os.environ["VIPS_CONCURRENCY"] = str(threads)
        import pyvips

        self.pyvips = pyvips
        if not pyvips.type_find("VipsOperation", "adain"):
            raise RuntimeError("libvips on this machine has no operation adain")
        # No picture comes twice, and what libvips would keep of it is its feature map.
        pyvips.cache_set_max(0)
        self.options = {"strength": strength}
        self.styles = []
        if isinstance(style, pathlib.Path):
            self.styles = [pyvips.Image.new_from_file(str(style), memory=True)]
        else:
            self.options["named"] = style
        self.run = run
        # Loads the model, and refuses a wrong style before there is work.
        pyvips.Image.black(8, 8, bands=3).copy(interpretation="srgb").adain(
            self.styles, **self.options)

    def ready(self):
        """Once this returns, the worker has begun."""

    def stylise(self, source, target):
        """The picture's line of the report."""
        began = time.monotonic()
        line = {"status": "done", "worker": os.getpid()}
        # A name of its own for each attempt: a worker that was given up for dead may be alive.
        partial = target.with_name(f".partial-{self.run}-{uuid.uuid4().hex}{target.suffix}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            content = self.pyvips.Image.new_from_file(
                str(source), access="sequential", fail_on="error")
            content.adain(self.styles, **self.options).write_to_file(str(partial))
            publish(partial, target)
        except (self.pyvips.Error, OSError) as error:
            partial.unlink(missing_ok=True)
            line |= {"status": "failed", "error": " ".join(str(error).split())}
        return line | {"seconds": round(time.monotonic() - began, 3)}


def publish(partial, target):
    """Give a file its name, once its bytes are on the disk: a name never stands for half a picture."""
    with open(partial, "rb") as file:
        os.fsync(file.fileno())
    os.replace(partial, target)


def pictures(bucket):
    """Names below the bucket, sorted."""
    paths = (path.relative_to(bucket) for path in bucket.rglob("*") if path.is_file())
    return sorted(path for path in paths if not any(part.startswith(".") for part in path.parts))


def stylise_all(workers, names, bucket, results, retries):
    """Yield each name with its line of the report, in the order in which they end.

    Each worker has one picture at a time. When it dies, that picture goes back to the others, and the
    worker gets the next one once it has begun anew: on another machine, if its own is lost.
    """
    waiting = collections.deque(names)
    deaths = collections.Counter()
    idle = list(workers)
    busy, beginning = {}, {}
    while waiting or busy:
        while idle and waiting:
            worker, name = idle.pop(), waiting.popleft()
            busy[worker.stylise.remote(bucket / name, results / name)] = worker, name
        (ended, *_), _ = ray.wait([*busy, *beginning], num_returns=1)
        if ended in beginning:
            ray.get(ended)  # raises when it cannot begin: the others' pictures would be no better
            idle.append(beginning.pop(ended))
            continue
        worker, name = busy.pop(ended)
        try:
            line = ray.get(ended)
        except ray.exceptions.RayError as error:
            beginning[worker.ready.options(max_task_retries=-1).remote()] = worker
            deaths[name] += 1
            if deaths[name] <= retries:
                waiting.append(name)
                continue
            line = {"status": "failed", "error": f"its worker died: {last_line(error)}"}
        else:
            idle.append(worker)
        yield name, line


def last_line(error):
    return str(error).strip().splitlines()[-1].strip()


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="stylise_ray", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bucket", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--style", required=True, help="a painting, a style file or a built-in style")
    parser.add_argument("--strength", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=2, help="processes, each with one picture")
    parser.add_argument("--threads", type=int, default=1, help="processors for each worker")
    parser.add_argument("--retries", type=int, default=3,
                        help="attempts more, where a worker dies over a picture")
    parser.add_argument("--address", help="of a running cluster; without, one on this machine")
    parser.add_argument("--report", type=pathlib.Path, help="default RESULTS/.report.jsonl")
    arguments = parser.parse_args()
    if min(arguments.workers, arguments.threads) < 1:
        parser.error("--workers and --threads are at least 1")
    if not arguments.bucket.is_dir():
        parser.error(f"{arguments.bucket}: is no folder")
    if arguments.results.resolve().is_relative_to(arguments.bucket.resolve()):
        parser.error("RESULTS is in BUCKET, whose pictures it would become")
    return arguments


def start_workers(arguments, run):
    """Workers that are ready."""
    # What goes wrong is in the report, a sentence each; the workers' tracebacks are in Ray's logs.
    quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
    if arguments.address:
        ray.init(address=arguments.address, **quiet)
    else:
        # Only names travel between the processes: a small store will do.
        ray.init(num_cpus=arguments.workers * arguments.threads, include_dashboard=False,
                 object_store_memory=100 << 20, **quiet)
    style = pathlib.Path(arguments.style)
    style = style.resolve() if style.exists() else arguments.style
    stylist = Stylist.options(num_cpus=arguments.threads, max_restarts=-1)
    workers = [stylist.remote(style, arguments.strength, arguments.threads, run)
               for _ in range(arguments.workers)]
    ray.get([worker.ready.remote() for worker in workers])
    return workers


def main():
    arguments = parse_arguments()
    bucket, results = arguments.bucket.resolve(), arguments.results.resolve()
    results.mkdir(parents=True, exist_ok=True)
    names = pictures(bucket)
    missing = [name for name in names if not (results / name).exists()]
    counts = {"done": 0, "skipped": 0, "failed": 0}

    with open(arguments.report or results / ".report.jsonl", "w") as report:
        def write(name, line):
            counts[line["status"]] += 1
            print(json.dumps({"picture": str(name)} | line), file=report, flush=True)

        for name in sorted(set(names) - set(missing)):
            write(name, {"status": "skipped"})
        seconds = 0.0
        if missing:
            run = uuid.uuid4().hex
            try:
                workers = start_workers(arguments, run)
                began = time.monotonic()
                for name, line in stylise_all(
                        workers, missing, bucket, results, arguments.retries):
                    write(name, line)
                seconds = time.monotonic() - began
            except ray.exceptions.RayError as error:
                print(f"stylise_ray: a worker cannot begin: {last_line(error)}", file=sys.stderr)
                return 2
            finally:
                ray.shutdown()
                # What killed workers left.
                for partial in results.rglob(f".partial-{run}-*"):
                    partial.unlink(missing_ok=True)

    print(", ".join(f"{count} {status}" for status, count in counts.items())
          + (f"; {counts['done'] / seconds:.2f} pictures/s" if seconds else ""))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
