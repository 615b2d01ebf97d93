"""A bucket on a local cluster of two workers, some of which are killed."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import uuid

import pytest
import pyvips
from conftest import ROOT, STYLE, pictures_in, running

SCRIPT = ROOT / "examples" / "cluster" / "stylise_ray.py"


@pytest.fixture
def job(tmp_path, bucket):
    """Begin the job; its process, and a marker that all its processes carry."""
    # Ray writes below the home folder.
    home = tmp_path / "home"
    home.mkdir()

    def begin(*options, results="results"):
        marker = f"ADAIN_TEST={uuid.uuid4()}"
        name, value = marker.split("=")
        command = [sys.executable, SCRIPT, bucket[0], tmp_path / results, "--style", STYLE, *options]
        environment = {**os.environ, "HOME": str(home), "RAY_USAGE_STATS_ENABLED": "0", name: value}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        return process, marker

    return begin


def report_of(results):
    """The complete lines of the report."""
    try:
        text = (results / ".report.jsonl").read_text()
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def busy_worker(pid):
    """Whether Ray's title of the process says that it has a picture."""
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read().startswith(b"ray::Stylist.stylise")
    except OSError:
        return False


def writes_below(pid, folder):
    links = pathlib.Path(f"/proc/{pid}/fd").iterdir()
    return any(pathlib.Path(os.readlink(link)).is_relative_to(folder) for link in links)


def kill_busy_worker(marker, writing_below=None):
    """`kill -9` of a worker in the middle of a picture, or of writing its result; its pid, or None when
    there is none now."""
    for pid in running(marker, b"ray::Stylist.stylise"):
        # Stopped first: it shall not end its picture between the look and the kill.
        os.kill(pid, signal.SIGSTOP)
        if busy_worker(pid) and (not writing_below or writes_below(pid, writing_below)):
            os.kill(pid, signal.SIGKILL)
            return pid
        os.kill(pid, signal.SIGCONT)
    return None


def wait_for(condition, process):
    """Until the condition gives something; the job must not end before."""
    while not (value := condition()):
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    return value


def test_nothing_is_lost_when_a_worker_is_killed(tmp_path, bucket, single, job):
    folder, names = bucket
    results = tmp_path / "results"
    # Among the last, and long enough in the writing for a look at it.
    pyvips.Image.new_from_file(str(folder / "01.jpg")).resize(6).write_to_file(str(folder / "large.jpg"))
    names = sorted([*names, "large.jpg"])
    process, marker = job()
    killed = wait_for(lambda: kill_busy_worker(marker, writing_below=results), process)
    half_written = [name for name in pictures_in(results) if ".partial-" in name]
    assert half_written and set(pictures_in(results)) <= {*names, *half_written}
    out, err = process.communicate(timeout=300)
    print(f"\n  worker {killed} killed: {out.splitlines()[-1]}")
    assert process.returncode == 0, err

    assert pictures_in(results) == names
    for name in names:
        assert (results / name).read_bytes() == single(folder / name), name
    report = report_of(results)
    assert sorted(line["picture"] for line in report) == names
    assert {line["status"] for line in report} == {"done"}

    # Once more: everything is there, and left.
    before = {name: (results / name).stat().st_mtime_ns for name in names}
    process, _ = job()
    out, err = process.communicate(timeout=300)
    assert (process.returncode, out) == (0, "0 done, 41 skipped, 0 failed\n"), err
    assert before == {name: (results / name).stat().st_mtime_ns for name in names}
    assert [line["picture"] for line in report_of(results)] == names

    # What came since, and what was taken away, is made.
    (results / names[3]).unlink()
    (folder / "new.jpg").write_bytes((folder / names[5]).read_bytes())
    process, _ = job()
    out, err = process.communicate(timeout=300)
    assert out.startswith("2 done, 40 skipped, 0 failed"), err
    assert pictures_in(results) == sorted([*names, "new.jpg"])


def test_failures_are_recorded_and_stop_nothing(tmp_path, bucket, job):
    folder, names = bucket
    results = tmp_path / "results"
    (folder / "text.jpg").write_text("no picture")
    cut = folder / "cut.jpg"
    cut.write_bytes((folder / "01.jpg").read_bytes()[:3000])
    # Workers are killed at every picture until one picture has used up its retries.
    process, marker = job("--retries", "1")
    killed = set()

    def one_failed():
        killed.add(kill_busy_worker(marker))
        return [line for line in report_of(results) if "its worker died" in line.get("error", "")]

    lost = wait_for(one_failed, process)[0]["picture"]
    out, err = process.communicate(timeout=300)
    assert process.returncode == 1, err
    # The two that began are gone, and others came for them.
    killed.discard(None)
    done = [line for line in report_of(results) if line["status"] == "done"]
    assert len(killed) >= 2 and done[-1]["worker"] not in killed
    failed = {line["picture"]: line["error"] for line in report_of(results) if line["status"] == "failed"}
    assert {"text.jpg", "cut.jpg", lost} <= set(failed)
    assert "not a known file format" in failed["text.jpg"]
    assert "end of input file" in failed["cut.jpg"]
    everything = sorted([*names, "text.jpg", "cut.jpg"])
    assert pictures_in(results) == [name for name in everything if name not in failed]
    assert sorted(line["picture"] for line in report_of(results)) == everything

    cut.unlink()
    (folder / "text.jpg").unlink()
    process, _ = job()
    process.communicate(timeout=300)
    assert process.returncode == 0
    assert pictures_in(results) == names


def test_a_wrong_style_is_refused_before_there_is_work(tmp_path, job):
    process, _ = job("--style", "great-wav")
    out, err = process.communicate(timeout=300)
    assert process.returncode == 2
    assert "there is no style named 'great-wav'" in err.splitlines()[-1]
    assert pictures_in(tmp_path / "results") == []
