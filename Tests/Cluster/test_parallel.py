"""The same bucket with GNU parallel, whose jobs are killed."""

import os
import signal
import subprocess
import uuid

import pytest
from conftest import BUILD, ROOT, STYLE, fill, pictures_in, running

SCRIPT = ROOT / "examples" / "shell" / "parallel.sh"
TOOL = BUILD / "bin" / "adain"


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "bucket"
    return folder, fill(folder, 8)


def begin(folder, results, **environment):
    command = [SCRIPT, folder, results, "--style", STYLE]
    environment = {**os.environ, "ADAIN": str(TOOL), "JOBS": "2", **environment}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def joblog(results):
    """Exit status and signal of each picture."""
    lines = (results / ".joblog").read_text().splitlines()[1:]
    return [tuple(map(int, line.split("\t")[6:8])) for line in lines]


def test_nothing_is_lost_when_a_job_is_killed(tmp_path, small, single):
    folder, names = small
    results = tmp_path / "results of it"
    marker = uuid.uuid4().hex
    process = begin(folder, results, ADAIN_TEST=marker)
    killed = []
    while len(killed) < 2:
        assert process.poll() is None, process.communicate()
        for pid in running(f"ADAIN_TEST={marker}", str(TOOL).encode()):
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out) == (0, ""), err
    # What a killed job leaves has a name that begins with a dot.
    assert [name for name in pictures_in(results) if not name.startswith(".adain-")] == names
    for name in names:
        assert (results / name).read_bytes() == single(folder / name), name
    assert joblog(results) == [(0, 0)] * len(names)

    before = {name: (results / name).stat().st_mtime_ns for name in names}
    (folder / "00.jpg").write_bytes((folder / "01.jpg").read_bytes())  # comes first
    process = begin(folder, results)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert before == {name: (results / name).stat().st_mtime_ns for name in names}
    assert (results / "00.jpg").read_bytes() == (results / "01.jpg").read_bytes()


def test_failures_stop_nothing(tmp_path, small):
    folder, names = small
    results = tmp_path / "results"
    (folder / "text.jpg").write_text("no picture")
    process = begin(folder, results, RETRIES="1")
    out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "text.jpg: is not a picture" in err
    assert pictures_in(results) == names
    assert sorted(joblog(results)) == [(0, 0)] * len(names) + [(1, 0)]
