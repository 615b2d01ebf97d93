"""Ended by a signal: whole files or none, and the next run goes on."""

import pathlib
import signal
import subprocess
import time

import pytest
from conftest import CONTENT, PAINTING, TOOL, left_over, opened


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_leaves_whole_files_alone(tmp_path, number):
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    large = opened(CONTENT).resize(2)
    for i in range(6):
        large.write_to_file(str(pictures / f"{i}.png"))
    results = tmp_path / "results"
    # The slowest compression: there is a file under way most of the time.
    command = [TOOL, pictures, "-s", PAINTING, "-o", results, "--model", "fast", "--format", "png[compression=9]"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)

    wait_for(lambda: results.exists() and list(results.glob(".adain-*")), process)
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == -number
    assert said == b""
    assert left_over(results) == []
    whole = {path: path.stat().st_mtime_ns for path in results.iterdir()}
    assert len(whole) < 6

    subprocess.run([*command, "--skip-existing"], check=True)
    assert sorted(path.name for path in results.iterdir()) == [f"{i}.png" for i in range(6)]
    assert all(path.stat().st_mtime_ns == when for path, when in whole.items())
    assert all(opened(path).avg() > 0 for path in results.iterdir())


def wait_for(condition, process):
    while not condition():
        assert process.poll() is None, "ended before it was interrupted"
        time.sleep(0.002)
