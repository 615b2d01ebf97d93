"""The benchmark: one table on standard output, the same as JSON.

    benchmark.py --build build [--json FILE] [--runs 9] [--sections machine,layers,…]
                 [--peers-python PYTHON] [--torch-python PYTHON] [--peers openvino,…]

`make benchmark` builds what it needs and calls it. Without --peers-python the section on peers is
left out, and Python's own library is enough.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from measure.bench import Bench
from measure.library import Library
from sections import large, layers, machine, network, peers, processes

SECTIONS = {
    "machine": machine, "layers": layers, "network": network, "processes": processes,
    "peers": peers, "large": large,
}
USUAL = [name for name in SECTIONS if name != "large"]  # which takes a quarter of an hour


def thread_counts(most):
    """1, 2, 4 … and all."""
    counts = {most}
    count = 1
    while count < most:
        counts.add(count)
        count *= 2
    return sorted(counts)


def positive(text):
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{value} is not positive")
    return value


def names(text):
    return text.split(",")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--runs", type=positive, default=9)
    parser.add_argument("--sections", type=names, default=USUAL)
    parser.add_argument("--peers-python")
    parser.add_argument("--torch-python")
    parser.add_argument("--peers", type=names, help="those of peers/ to run; default all")
    options = parser.parse_args()
    unknown = set(options.sections) - set(SECTIONS)
    if unknown:
        parser.error(f"--sections: no section is called {', '.join(sorted(unknown))}")

    build = options.build.resolve()
    library = Library(build / "lib" / "libadain.so")
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(
            build=build,
            folder=pathlib.Path(folder),
            runs=options.runs,
            kernel=library.kernel,
            threads=thread_counts(library.default_threads),
        )
        for name, section in SECTIONS.items():
            if name not in options.sections:
                continue
            if section is peers:
                if not options.peers_python:
                    continue
                pythons = {None: options.peers_python}
                pythons["torch"] = options.torch_python or options.peers_python
                results[name] = peers.measure(bench, pythons, options.peers)
            elif section is large:
                results[name] = large.measure(bench, options.torch_python or options.peers_python)
            else:
                results[name] = section.measure(bench)
            print(f"\n{section.TITLE}\n")
            for line in section.lines(results[name], results):
                print(line)
            sys.stdout.flush()
    if options.json:
        options.json.parent.mkdir(parents=True, exist_ok=True)
        options.json.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    try:
        main()
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        sys.exit(f"benchmark: {error}")
