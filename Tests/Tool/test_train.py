"""`adain train`: a decoder that learns, stopped and gone on with; what it refuses. The network is the narrow one."""

import json
import os
import resource
import shutil
import signal
import subprocess
import time

import pytest
from conftest import CONTENT, IMAGES, PAINTING, TOOL, difference, left_over, opened, sentences, succeeded

QUICK = ["--size", "32", "--batch", "2", "--quiet"]


@pytest.fixture
def photographs(tmp_path):
    folder = tmp_path / "photographs"
    folder.mkdir()
    for name in "chelsea", "coffee", "astronaut":
        opened(IMAGES / f"{name}.jpg").thumbnail_image(160).write_to_file(str(folder / f"{name}.png"))
    return folder


def refused(result, status, sentence):
    assert result.returncode == status, result.stderr
    assert sentences(result)[-1].startswith(sentence)


def changed(path):
    """When a file was last written; 0 where there is none, any more."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@pytest.fixture
def train(adain, photographs):
    """Some steps into `output`."""

    def run(output, *options, steps=3, style=PAINTING):
        return adain("train", "--content", photographs, "-s", style, "-o", output, "--steps", steps, *QUICK, *options)

    return run


def test_the_result_is_a_model_of_the_same_encoder(train, adain, tmp_path):
    succeeded(adain("style", "save", PAINTING, "-o", "p.style"))
    result = succeeded(train("mine.safetensors", "--json", "--preview", "sheet.jpg", steps=12))
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["step"] for line in lines] == [10, 12]
    assert all(line[name] >= 0 for line in lines for name in ("content", "style", "lattice", "palette", "perceptual"))
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".style") == [
        "mine.safetensors", "photographs", "sheet.jpg"
    ]
    assert opened(tmp_path / "sheet.jpg").width > 900
    for style in "p.style", PAINTING:
        succeeded(adain(CONTENT, "-s", style, "--model", "mine.safetensors", "-o", "new.png", narrow=False))
    succeeded(adain(CONTENT, "-s", PAINTING, "-o", "old.png"))
    assert difference(opened(tmp_path / "new.png"), opened(tmp_path / "old.png")) > 0


def test_the_same_seed_makes_the_same_bytes_with_any_number_of_threads(train, tmp_path):
    for name, options in {"a": ["--threads", "1"], "b": ["--threads", "3"], "c": ["--seed", "1"]}.items():
        succeeded(train(f"{name}.safetensors", *options))
    a, b, c = ((tmp_path / f"{name}.safetensors").read_bytes() for name in "abc")
    assert a == b
    assert a != c


def test_a_network_learns_whole_by_a_judge(train, adain, model, tmp_path):
    whole = "--general", "--train-encoder", "--judge", model
    succeeded(train("small.safetensors", *whole, "--pool", "4"))
    succeeded(train("threads.safetensors", *whole, "--pool", "4", "--threads", "1"))
    assert (tmp_path / "small.safetensors").read_bytes() == (tmp_path / "threads.safetensors").read_bytes()
    succeeded(adain(CONTENT, "-s", PAINTING, "--model", "small.safetensors", "-o", "new.png", narrow=False))
    # Its encoder is another one, whose styles are its own.
    succeeded(adain("style", "save", PAINTING, "-o", "p.style"))
    refused(
        adain(CONTENT, "-s", "p.style", "--model", "small.safetensors", "-o", "no.png", narrow=False), 1,
        f"{CONTENT}: style: made with another encoder")
    for options, sentence in (
        (["--train-encoder"], "--train-encoder: an encoder learns for all paintings, not for those given"),
        (["--general", "--judge", "standard"], "--judge has no meaning without --train-encoder"),
    ):
        refused(train("other.safetensors", *options), 2, sentence)
    refused(train("other.safetensors", "--general", "--train-encoder", "--judge", "none.safetensors"), 1,
            "none.safetensors: cannot be opened: No such file or directory")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopped_and_gone_on_with(number, train, model, photographs, tmp_path):
    steps = 24
    succeeded(train("whole.safetensors", steps=steps))
    stopped = tmp_path / "stopped.safetensors"
    command = [TOOL, "train", "--content", photographs, "-s", PAINTING, "-o", stopped, "--steps", str(steps),
               "--save-every", "2", "--model", model, *QUICK]
    kept = tmp_path / "stopped.safetensors.training"
    stops = 0
    while not stopped.exists():
        process = subprocess.Popen([*command, *(["--resume"] if kept.exists() else [])], stderr=subprocess.PIPE)
        before = changed(kept)
        while process.poll() is None and changed(kept) in (0, before):
            time.sleep(0.002)
        if process.poll() is None:
            process.send_signal(number)
        _, said = process.communicate(timeout=60)
        assert process.returncode in (0, -number), said
        assert said == b""
        if number != signal.SIGKILL:
            assert left_over(tmp_path) == []
        stops += process.returncode != 0
    assert stops > 2
    assert stopped.read_bytes() == (tmp_path / "whole.safetensors").read_bytes()
    assert not kept.exists()


def test_a_picture_that_breaks_meanwhile_loses_nothing(train, model, photographs, tmp_path):
    kept = tmp_path / "mine.safetensors.training"
    whole = photographs / "coffee.png"
    good = whole.read_bytes()
    command = [TOOL, "train", "--content", photographs, "-s", PAINTING, "-o", "mine.safetensors", "--steps", "2000",
               "--save-every", "1", "--model", model, *QUICK]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE)
    while not kept.exists():
        assert process.poll() is None
        time.sleep(0.002)
    whole.write_bytes(good[: len(good) // 2])
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert said.startswith(f"adain: {whole}: ".encode()) and said.count(b"\n") == 1
    whole.write_bytes(good)
    # Never begun anew over what was kept.
    kept_bytes = kept.read_bytes()
    again = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert again.returncode == 1
    assert sentences(again) == [
        "mine.safetensors.training: is what an earlier training was stopped with; --resume goes on, or remove it"
    ]
    assert kept.read_bytes() == kept_bytes
    process = subprocess.Popen([*command, "--resume"], cwd=tmp_path)
    time.sleep(0.5)
    assert process.poll() is None
    process.kill()
    process.wait()


def test_a_full_disk(train, photographs, model, tmp_path):
    # As large as the narrow model's state is not.
    limit = 20_000
    command = [TOOL, "train", "--content", photographs, "-s", PAINTING, "-o", "mine.safetensors", "--steps", "3",
               "--model", model, *QUICK]
    result = subprocess.run(
        command, capture_output=True, cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert result.returncode == 1
    (sentence,) = sentences(result)
    assert sentence == "mine.safetensors.training: cannot be written: File too large"
    assert left_over(tmp_path) == []
    assert not (tmp_path / "mine.safetensors").exists()


def test_what_is_refused(train, adain, photographs, tmp_path):
    opened(PAINTING).thumbnail_image(8).write_to_file(str(tmp_path / "tiny.png"))
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.txt").write_text("no picture")
    (tmp_path / "old.safetensors.training").write_bytes(b"x" * 1000)
    shutil.copy(PAINTING, tmp_path / "p.safetensors")

    mine = "mine.safetensors"
    refused(train(mine, style="empty"), 1, "empty: holds no picture")
    refused(train(mine, style="text.txt"), 1, "text.txt: is not a picture in a format that libvips reads")
    refused(train(mine, style="nothing.jpg"), 1, "nothing.jpg: cannot be opened: No such file or directory")
    refused(train(mine, style="tiny.png"), 1, "tiny.png: ")
    refused(train(mine, "--resume"), 1, "mine.safetensors.training: cannot be opened: No such file or directory")
    refused(train("old.safetensors", "--resume"), 1, "old.safetensors.training: weights: a header of ")
    refused(train("mine.txt"), 2, "-o mine.txt: the name of a weights file ends in '.safetensors'")
    refused(
        train("p.safetensors", style="p.safetensors"), 2, "p.safetensors: would overwrite the painting p.safetensors")
    refused(train("nowhere/mine.safetensors"), 1, "nowhere/mine.safetensors: cannot be created")
    refused(train(mine, "--preview", "sheet.xyz"), 2, "--preview sheet.xyz: libvips writes no files with such a suffix")
    refused(train(mine, "--size", "20"), 2, "--size: 20 is not a multiple of 8 from 16 to 1024")
    refused(
        adain("train", "--content", photographs, "-s", PAINTING, "-o", mine, "--model", PAINTING, narrow=False), 1,
        f"{PAINTING}: weights: a header of ")
    refused(adain("train", "-s", PAINTING, "-o", mine), 2, "No --content is given")
    refused(adain("train", "--content", photographs, "-o", mine), 2, "No --style is given")
    assert not (tmp_path / mine).exists()


def test_pictures_below_folders_and_what_is_none(train, photographs, tmp_path):
    below = photographs / "below"
    below.mkdir()
    os.rename(photographs / "coffee.png", below / "coffee.png")
    (photographs / "broken.png").write_bytes(b"no picture")
    command = ["train", "--content", photographs, "-s", PAINTING]
    result = train("mine.safetensors", "--recursive")
    assert result.returncode == 0, (command, result.stderr)
