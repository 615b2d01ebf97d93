"""Processes that share a machine limit their threads as libvips users do: with VIPS_CONCURRENCY."""

import os
import subprocess
import sys

import pytest
from conftest import CONTENT, STYLE

# How many of the engine's workers ran while a picture was stylised, rows and tiles. They are the
# threads that block every signal, and one that sleeps all the while is never switched.
PROGRAM = """
import glob, sys, time, pyvips

def workers():
    switches = {}
    for path in glob.glob("/proc/self/task/*/status"):
        fields = dict(line.split(":", 1) for line in open(path))
        if fields["SigBlk"].strip().startswith("fffffffe"):
            switches[path] = fields["voluntary_ctxt_switches"]
    return switches

model, *names = sys.argv[1:]
content, style = map(pyvips.Image.new_from_file, names)
mask = content[0]

def stylise():
    for options in ({}, {"masks": [mask]}):
        result = content.adain([style], model=model, **options)
        result.copy_memory()
        result.crop(100, 100, 99, 99).copy_memory()

content.adain([style], model=model).copy_memory()
time.sleep(0.2)
before = workers()
stylise()
after = workers()
print(sum(after[worker] != before.get(worker) for worker in after))
"""


def workers_that_ran(model, **environment):
    command = [sys.executable, "-c", PROGRAM, model, CONTENT, STYLE]
    result = subprocess.run(
        command, capture_output=True, check=True, timeout=120, env={**os.environ, **environment})
    return int(result.stdout)


def test_one_thread_when_libvips_is_held_to_one(model):
    assert workers_that_ran(model, VIPS_CONCURRENCY="1") == 0


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one processor has no workers")
def test_all_processors_otherwise(model):
    assert workers_that_ran(model) > 0
