"""A process that holds one peer, ready to run, and runs it when told.

    worker.py PEER SETTING JOB.json

Answers on standard output, one JSON line for each line on standard input:
    (start)  {"name", "version", "setting", "seconds" of the preparation}
    run      {"seconds"}
    save     {}: the last result, clamped, written to the job's `output`
    memory   {"bytes"}: the process's peak
Every peer has a process of its own: their thread pools and allocators do not meet, each may have
its own Python, and one that fails fails alone.
"""

import importlib
import json
import os
import sys
import time

import numpy
from network import Job
from peak_memory import peak_bytes


def read_job(path, setting):
    with open(path) as file:
        job = json.load(file)
    shape = (job["height"], job["width"], 3)
    interleaved = numpy.fromfile(job["picture"], "<f4").reshape(shape)
    planar = numpy.ascontiguousarray(interleaved.transpose(2, 0, 1)[None])
    style = numpy.fromfile(job["style"], "<f4").reshape(2, -1)
    return Job(planar, style, job["threads"], setting, job["painting"]), job["output"]


def main():
    peer_name, setting, job_path = sys.argv[1:]
    # Peers print what they like: to standard error, out of the protocol's way.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def answer(**values):
        print(json.dumps(values), file=answers, flush=True)

    job, output = read_job(job_path, setting)
    start = time.perf_counter()
    peer = importlib.import_module(peer_name + "_peer")
    run = peer.prepare(job)
    seconds = time.perf_counter() - start
    answer(name=peer.NAME, version=peer.VERSION, setting=setting, seconds=seconds)
    result = None
    for line in sys.stdin:
        command = line.strip()
        if command == "run":
            start = time.perf_counter()
            result = run()
            answer(seconds=time.perf_counter() - start)
        elif command == "save":
            clamped = numpy.clip(result[0].transpose(1, 2, 0), 0, 1)
            numpy.ascontiguousarray(clamped, "<f4").tofile(output)
            answer()
        elif command == "memory":
            answer(bytes=peak_bytes())


if __name__ == "__main__":
    main()
