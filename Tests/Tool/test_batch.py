"""Several pictures: names, pairs, what is there already, and failures among them."""

import fcntl
import json
import os
import subprocess

import pytest
from conftest import CONTENT, OTHER, PAINTING, TOOL, left_over, opened, sentences, succeeded, truncation


@pytest.fixture
def photographs(tmp_path):
    """Three pictures, a file that is none, and a folder."""
    folder = tmp_path / "photographs"
    folder.mkdir()
    for i, name in enumerate(["a.jpg", "b.png", "c.jpg"]):
        opened(CONTENT).crop(i, 0, 64, 48).write_to_file(str(folder / name))
    (folder / "notes.txt").write_text("no picture")
    (folder / "deeper").mkdir()
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_keeps_its_names(adain, tmp_path, photographs):
    succeeded(adain("photographs", "--style", PAINTING, "-o", "results"))
    assert names(tmp_path / "results") == ["a.jpg", "b.png", "c.jpg"]
    for name in names(tmp_path / "results"):
        succeeded(adain(photographs / name, "--style", PAINTING, "-o", "one" + name[1:]))
        one = (tmp_path / ("one" + name[1:])).read_bytes()
        assert (tmp_path / "results" / name).read_bytes() == one


def test_suffix_and_format(adain, tmp_path, photographs):
    options = ["--suffix", "-wave", "--format", "png[compression=1]"]
    succeeded(adain(photographs, "--style", PAINTING, "-o", "results/", *options))
    assert names(tmp_path / "results") == ["a-wave.png", "b-wave.png", "c-wave.png"]


def test_all_pairs(adain, tmp_path, photographs):
    pictures = [photographs / "a.jpg", photographs / "b.png"]
    styles = ["--style", PAINTING, "--style", OTHER]
    succeeded(adain(*pictures, *styles, "--all-pairs", "-o", "results"))
    assert names(tmp_path / "results") == [
        "a-hokusai-great-wave.jpg",
        "a-van-gogh-auvers.jpg",
        "b-hokusai-great-wave.png",
        "b-van-gogh-auvers.png",
    ]
    succeeded(adain(pictures[1], "--style", OTHER, "-o", "one.png"))
    pair = (tmp_path / "results" / "b-hokusai-great-wave.png").read_bytes()
    assert pair == (tmp_path / "one.png").read_bytes()


def test_what_exists_is_skipped(adain, tmp_path, photographs):
    results = tmp_path / "results"
    results.mkdir()
    (results / "a.jpg").write_text("an earlier run's")
    succeeded(adain(photographs, "--style", PAINTING, "-o", results, "--skip-existing"))
    assert (results / "a.jpg").read_text() == "an earlier run's"
    assert names(results) == ["a.jpg", "b.png", "c.jpg"]
    succeeded(adain(photographs, "--style", PAINTING, "-o", results))
    assert (results / "a.jpg").read_bytes().startswith(b"\xff\xd8")


@pytest.mark.parametrize("jobs", [1, 2, 7])
def test_a_failure_stops_nothing_and_says_what_was_wrong_with_itself(
    adain, tmp_path, photographs, broken, jobs
):
    """libvips has one error text for the process: each failure must still have its own."""
    for i in range(4):
        (photographs / f"broken{i}.jpg").write_bytes(broken.read_bytes())
        (photographs / f"text{i}.jpg").write_text("no picture")
    pictures = sorted(photographs.glob("*.[jp]*g"))
    result = adain(
        *pictures, "nowhere.jpg", "--style", PAINTING, "-o", "results", "--jobs", jobs
    )
    assert result.returncode == 1
    assert sorted(sentences(result)) == sorted(
        [f"{photographs}/broken{i}.jpg: {truncation(broken)}" for i in range(4)]
        + [
            f"{photographs}/text{i}.jpg: is not a picture in a format that libvips reads"
            for i in range(4)
        ]
        + ["nowhere.jpg: cannot be opened: No such file or directory"]
    )
    assert names(tmp_path / "results") == ["a.jpg", "b.png", "c.jpg"]


def test_a_style_that_fails_fails_its_pairs_alone(adain, tmp_path, photographs, broken):
    pictures = [photographs / "a.jpg", photographs / "b.png"]
    styles = ["--style", broken, "--style", OTHER]
    result = adain(*pictures, *styles, "--all-pairs", "-o", "results")
    assert result.returncode == 1
    assert sorted(sentences(result)) == [
        f"{picture}: {broken}: {truncation(broken)}" for picture in pictures
    ]
    assert names(tmp_path / "results") == ["a-hokusai-great-wave.jpg", "b-hokusai-great-wave.png"]


def test_results_that_would_meet_are_refused(adain, tmp_path, photographs):
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.jpg").write_bytes((photographs / "a.jpg").read_bytes())
    result = adain(photographs / "a.jpg", other / "a.jpg", "-s", PAINTING, "-o", "results")
    assert result.returncode == 2
    (sentence,) = sentences(result)
    assert f"{photographs}/a.jpg" in sentence and f"{other}/a.jpg" in sentence
    assert not (tmp_path / "results").exists()


def test_inputs_are_not_overwritten(adain, photographs):
    before = {path: path.read_bytes() for path in photographs.iterdir() if path.is_file()}
    (photographs.parent / "link").symlink_to(photographs)
    for output in (photographs, "link", photographs / "a.jpg"):
        inputs = photographs if output != photographs / "a.jpg" else photographs / "a.jpg"
        result = adain(inputs, "--style", PAINTING, "-o", output)
        assert result.returncode == 2
        assert "would overwrite the input" in sentences(result)[0]
    assert before == {path: path.read_bytes() for path in before}
    succeeded(adain(photographs, "--style", PAINTING, "-o", photographs, "--suffix", "-wave"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(adain, tmp_path, photographs):
    (tmp_path / "results").mkdir(mode=0o555)
    result = adain(photographs, "--style", PAINTING, "-o", "results")
    assert result.returncode == 1
    assert sentences(result) == ["results: cannot be written to: Permission denied"]
    assert left_over(tmp_path) == []


def test_a_folder_without_pictures(adain, tmp_path):
    (tmp_path / "empty").mkdir()
    result = adain("empty", "--style", PAINTING, "-o", "results")
    assert result.returncode == 1
    assert sentences(result) == ["empty: holds no picture"]


def test_processes_share_the_work(photographs, tmp_path, model):
    """Each picture is made once, by one of three."""
    for i in range(12):
        opened(CONTENT).crop(i, 0, 200, 150).write_to_file(str(photographs / f"more{i}.png"))
    command = [TOOL, "photographs", "-s", PAINTING, "-o", "results", "--skip-existing", "--json", "--model", model]
    processes = [subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE) for _ in range(3)]
    records = [json.loads(line) for process in processes for line in process.communicate()[0].splitlines()]
    records = [record for record in records if record["status"] != "ignored"]  # the folder's text, by each
    assert [process.returncode for process in processes] == [0, 0, 0]
    done = [record["output"] for record in records if record["status"] == "done"]
    assert len(records) == 3 * 15 and sorted(done) == sorted(set(done)) and len(done) == 15
    assert len(names(tmp_path / "results")) == 15


def test_what_a_killed_process_had_under_way_is_taken(adain, photographs, tmp_path):
    succeeded(adain("photographs", "-s", PAINTING, "-o", "results", "--skip-existing"))
    (tmp_path / "results" / "a.jpg").unlink()
    # Its lock's file is there; the lock went with it.
    name = 0xCBF29CE484222325
    for byte in b"a.jpg":
        name = (name ^ byte) * 0x100000001B3 % 2**64
    lock = tmp_path / "results" / f".adain-lock-{name:x}"
    lock.touch()
    with open(lock) as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        for results in ("results", tmp_path / "results", "photographs/../results/"):
            succeeded(adain("photographs", "-s", PAINTING, "-o", results, "--skip-existing"))
        assert not (tmp_path / "results" / "a.jpg").exists()
    succeeded(adain("photographs", "-s", PAINTING, "-o", "results", "--skip-existing"))
    assert (tmp_path / "results" / "a.jpg").exists() and not lock.exists()
