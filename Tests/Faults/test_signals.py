"""SIGTERM in the middle of each command: the earlier file as it was, nothing beside it, a prompt end."""

import os
import signal
import subprocess
import time

import pytest
from conftest import COMMANDS, CONTENT, DISTURBANCE, IMAGES, PAINTING, TOOL


def start(command, **environment):
    return subprocess.Popen(
        list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, **environment})


def stopped(process):
    """Wait until the process has stopped itself."""
    _, status = os.waitpid(process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status), f"it ended: {status}"


def ends_by(process, number):
    """Promptly: the thread that was writing never goes on, and is not waited for."""
    process.send_signal(number)
    process.send_signal(signal.SIGCONT)
    out, said = process.communicate(timeout=60)
    assert (process.returncode, out, said) == (-number, b"", b"")


@pytest.mark.parametrize("name", COMMANDS)
def test_before_a_whole_file_has_its_name(commands, tmp_path, name):
    arguments, suffix = commands[name]
    out = tmp_path / f"o{suffix}"
    out.write_text("an earlier result")
    process = start(
        [TOOL, *arguments, "-o", out], LD_PRELOAD=str(DISTURBANCE), STOP="fsync")
    stopped(process)
    assert [path.name for path in tmp_path.glob(".adain-*")] != []
    ends_by(process, signal.SIGTERM)
    assert out.read_text() == "an earlier result"
    assert list(tmp_path.iterdir()) == [out]


def test_in_a_folder(commands, tmp_path):
    arguments, _ = commands["stylise"]
    command = [TOOL, IMAGES / "coffee.jpg", *arguments, "-o", f"{tmp_path}/", "--jobs", 2]
    process = start(command, LD_PRELOAD=str(DISTURBANCE), STOP="fsync")
    stopped(process)
    ends_by(process, signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


def threads(process):
    return len(os.listdir(f"/proc/{process.pid}/task"))


@pytest.mark.parametrize("command", ["measure", "stylise", "style save", "sheet", "video"])
def test_in_the_network(clip, tmp_path, command):
    """The model inside, which is slow enough, and pictures that take a while."""
    out = tmp_path / "o"
    arguments = {
        "measure": ["measure", CONTENT, PAINTING, CONTENT],
        "stylise": [CONTENT, "-s", PAINTING, "--style-size", 0, "-o", f"{out}.png"],
        "style save": ["style", "save", PAINTING, "--style-size", 0, "-o", f"{out}.style"],
        "sheet": ["sheet", CONTENT, "-o", f"{out}.png"],
        "video": ["video", clip, "-s", "great-wave", "-o", f"{out}.mp4"],
    }[command]
    process = start([TOOL, *arguments])
    # The main thread, the one that waits for signals, and a worker of the engine's.
    while threads(process) < 3:
        assert process.poll() is None, "ended before it was interrupted"
        time.sleep(0.001)
    ends_by(process, signal.SIGTERM)
    assert list(tmp_path.iterdir()) == []


def test_of_the_operation(tmp_path):
    """Nothing catches it in libvips' own command: it ends at once."""
    process = start(["vips", "adain", CONTENT, PAINTING, tmp_path / "o.png"])
    while threads(process) < 2:
        assert process.poll() is None, "ended before it was interrupted"
        time.sleep(0.001)
    ends_by(process, signal.SIGTERM)
