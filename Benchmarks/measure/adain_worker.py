"""The library in a process of its own, with the protocol of peers/worker.py.

    adain_worker.py LIBRARY JOB.json

At the start `seconds` are those until the model is ready, the library's loading included. Beside
the peers' orders it knows
    run THREADS  a run with so many threads instead of the job's
    style        {}: the painting's statistics, written to the job's `style`
"""

import json
import sys
import time

from library import Library, Picture
from peak_memory import peak_bytes


def answer(**values):
    print(json.dumps(values), flush=True)


def main():
    library_path, job_path = sys.argv[1:]
    with open(job_path) as file:
        job = json.load(file)

    def read(picture, width, height):
        with open(picture, "rb") as file:
            return Picture(width, height, file.read())

    content = read(job["picture"], job["width"], job["height"])
    painting = read(job["painting_pixels"], job["painting_width"], job["painting_height"])
    result = Picture(job["width"], job["height"])

    start = time.perf_counter()
    library = Library(library_path)
    model = library.model(job["model"])
    seconds = time.perf_counter() - start
    style = library.style(model, painting)
    answer(name="adain", version=library.version, setting=library.kernel, seconds=seconds)
    for line in sys.stdin:
        command, *arguments = line.split()
        if command == "run":
            threads = int(arguments[0]) if arguments else job["threads"]
            start = time.perf_counter()
            library.stylise(model, content, style, result, threads)
            answer(seconds=time.perf_counter() - start)
        elif command == "save":
            with open(job["output"], "wb") as file:
                file.write(result.bytes)
            answer()
        elif command == "style":
            # Behind the header, before the checksum: means, then deviations.
            with open(job["style"], "wb") as file:
                file.write(library.style_bytes(style)[24:-8])
            answer()
        elif command == "memory":
            answer(bytes=peak_bytes())


if __name__ == "__main__":
    main()
