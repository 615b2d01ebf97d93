"""Pipes and files in tiny pieces, and signals between them: the same bytes, or a sentence."""

import os
import subprocess
import threading

import pytest
from conftest import CONTENT, DISTURBANCE, PAINTING, TOOL, run, the_sentence

# A handler that returns, every millisecond; reads and writes of a few bytes.
INTERRUPTED = {"INTERRUPT": "1", "SHORT": "5"}


def both(command, **options):
    """What the command gives undisturbed, and disturbed."""
    calm = run(command, **options)
    assert (calm.returncode, calm.stderr) == (0, b"")
    disturbed = run(command, preload=DISTURBANCE, environment=INTERRUPTED, **options)
    assert (disturbed.returncode, disturbed.stderr) == (0, b"")
    return calm.stdout, disturbed.stdout


@pytest.mark.parametrize("program", ["adain", "vips adain"])
def test_a_picture_through_pipes(model, program):
    command = [TOOL, "-", "-s", PAINTING, "-o", "-", "--format", "png", "--model", model]
    if program == "vips adain":
        command = ["vips", "adain", "stdin", PAINTING, ".png", "--model", model]
    calm, disturbed = both(command, input=CONTENT.read_bytes())
    assert calm.startswith(b"\x89PNG") and calm == disturbed


def test_a_writer_that_takes_its_time(model):
    """One byte at a time, then some more at a time: the reader waits each time."""
    command = [TOOL, "-", "-s", PAINTING, "-o", "-", "--format", "png", "--model", model]
    calm = run(command, input=CONTENT.read_bytes()).stdout
    process = subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)

    def feed():
        content = memoryview(CONTENT.read_bytes())
        for i in range(300):
            process.stdin.write(content[i : i + 1])
        for i in range(300, len(content), 97):
            process.stdin.write(content[i : i + 97])
        process.stdin.close()

    writer = threading.Thread(target=feed)
    writer.start()
    out = process.stdout.read()
    writer.join()
    assert process.wait(60) == 0 and out == calm


@pytest.mark.parametrize("name", ["stylise", "style save"])
def test_files_in_pieces(commands, tmp_path, name):
    arguments, suffix = commands[name]
    results = []
    for preload, environment in [(None, {}), (DISTURBANCE, INTERRUPTED)]:
        out = tmp_path / f"{len(results)}{suffix}"
        result = run([TOOL, *arguments, "-o", out], preload=preload, environment=environment)
        assert (result.returncode, result.stderr) == (0, b"")
        results.append(out.read_bytes())
    assert results[0] == results[1]


def test_the_feature_map_in_pieces(model):
    command = [TOOL, CONTENT, "-s", PAINTING, "-o", "-", "--format", "png", "--model", model]
    calm = run(command)
    disturbance = {"INTERRUPT": "1", "SHORT": "1000", "ADAIN_FEATURE_MEMORY": "0"}
    disturbed = run(command, preload=DISTURBANCE, environment=disturbance)
    assert (disturbed.returncode, disturbed.stderr) == (0, b"")
    assert calm.stdout == disturbed.stdout


def frames(path):
    command = ["ffmpeg", "-v", "error", "-i", path, "-f", "framemd5", "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def test_a_video_in_pieces(commands, tmp_path):
    arguments, _ = commands["video"]
    # Without losses, so that frames can be compared.
    calm, disturbed = tmp_path / "calm.nut", tmp_path / "disturbed.nut"
    assert run([TOOL, *arguments, "-o", calm]).returncode == 0
    result = run([TOOL, *arguments, "-o", disturbed], preload=DISTURBANCE, environment=INTERRUPTED)
    assert (result.returncode, result.stderr) == (0, b"")
    assert frames(calm) == frames(disturbed)


@pytest.mark.parametrize("kind", ["style", "weights"])
def test_a_named_pipe_is_refused(model, tmp_path, kind):
    """At once: nobody waits for a writer."""
    pipe = tmp_path / ("p.style" if kind == "style" else "p.safetensors")
    os.mkfifo(pipe)
    style = pipe if kind == "style" else PAINTING
    weights = pipe if kind == "weights" else model
    result = run([TOOL, CONTENT, "-s", style, "-o", tmp_path / "o.png", "--model", weights])
    assert result.returncode == 1
    assert the_sentence(result) == f"{pipe}: is not a regular file"
