"""What the tool tells: JSON, silence, and a bar where there is a terminal."""

import json
import os
import pty
import subprocess

import pytest
from conftest import CONTENT, PAINTING, TOOL, opened, succeeded


@pytest.fixture
def pictures(tmp_path):
    for name in ("a.png", "b.png"):
        opened(CONTENT).crop(0, 0, 64, 48).write_to_file(str(tmp_path / name))
    return ["a.png", "b.png"]


def test_a_json_object_for_each_result(adain, tmp_path, pictures):
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "b.png").touch()
    result = adain(
        *pictures, "no.png", "-s", PAINTING, "-o", "r", "--json", "--skip-existing"
    )
    assert result.returncode == 1
    records = {record["input"]: record for record in map(json.loads, result.stdout.splitlines())}
    assert records["a.png"].pop("seconds") > 0
    style = PAINTING.stem
    assert records == {
        "a.png": {
            "input": "a.png", "style": style, "output": "r/a.png", "status": "done",
            "width": 64, "height": 48,
        },
        "b.png": {"input": "b.png", "style": style, "output": "r/b.png", "status": "skipped"},
        "no.png": {
            "input": "no.png", "style": style, "output": "r/no.png", "status": "failed",
            "error": "no.png: cannot be opened: No such file or directory",
        },
    }


def test_silence_in_pipes(adain, pictures):
    assert succeeded(adain(*pictures, "-s", PAINTING, "-o", "r")).stdout == b""


def on_terminal(arguments, cwd):
    """What a terminal shows of standard error."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [TOOL, *map(str, arguments)], stderr=theirs, stdout=subprocess.PIPE, cwd=cwd
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # how Linux says that the other side was closed
            break
        if not chunk:
            break
        shown += chunk
    os.close(ours)
    process.stdout.close()
    return process.wait(), shown.decode()


def test_a_bar_on_a_terminal(model, tmp_path, pictures):
    arguments = [*pictures, "no.png", "-s", PAINTING, "-o", "r", "--model", model]
    status, shown = on_terminal(arguments, tmp_path)
    assert status == 1
    for part in ("%", "left", "pictures/", "2/3"):
        assert part in shown
    # A sentence has a line of its own, and the bar is gone in the end.
    assert "\r\x1b[Kadain: no.png: cannot be opened: No such file or directory\r\n" in shown
    assert shown.endswith("\r\x1b[K")


def test_quiet_shows_none(model, tmp_path, pictures):
    arguments = [*pictures, "-s", PAINTING, "-o", "r", "--model", model, "--quiet"]
    assert on_terminal(arguments, tmp_path) == (0, "")


def test_a_reader_that_goes_away_ends_the_run(model, tmp_path, pictures):
    process = subprocess.Popen(
        [TOOL, *pictures, "-s", PAINTING, "-o", "r", "--model", model, "--json"],
        stdout=subprocess.PIPE, cwd=tmp_path,
    )
    process.stdout.close()
    assert process.wait(60) == -13
    assert not list((tmp_path / "r").glob(".adain-*"))
