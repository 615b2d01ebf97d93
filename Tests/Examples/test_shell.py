"""Pipes in sh: of vips, vipsthumbnail, ImageMagick and ffmpeg."""

import os
import shutil
import subprocess

import pytest
from conftest import BUILD, EXAMPLES, MISSING, PAINTING, PHOTOGRAPH, decoded, opened, same

SHELL = EXAMPLES / "shell"


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Six frames of a moving pattern, without loss."""
    path = tmp_path_factory.mktemp("clip") / "clip.mkv"
    source = ["-f", "lavfi", "-i", "testsrc=size=64x48:rate=12:duration=0.5"]
    subprocess.run(["ffmpeg", "-v", "error", *source, "-c:v", "ffv1", path], check=True)
    return path


def test_the_pipeline_is_a_filter(run):
    result = run(SHELL / "pipeline.sh", PAINTING, "--strength", 0.5, stdin=PHOTOGRAPH.read_bytes())
    assert (result.returncode, result.stderr) == (0, b"")
    expected = opened(PHOTOGRAPH).adain([opened(PAINTING)], strength=0.5).write_to_buffer(".jpg", Q=90)
    assert same(decoded(result.stdout), decoded(expected))


def test_a_thumbnail_is_stylised_small(run, tmp_path):
    result = run(SHELL / "thumbnail.sh", PHOTOGRAPH, PAINTING, "result.png", 100)
    assert (result.returncode, result.stderr) == (0, b"")
    subprocess.run(["vipsthumbnail", PHOTOGRAPH, "--size", "100", "-o", tmp_path / "small.ppm"], check=True)
    expected = opened(tmp_path / "small.ppm").adain([opened(PAINTING)])
    assert same(opened(tmp_path / "result.png"), expected)


def test_a_stage_between_two_of_imagemagick(run, tmp_path):
    result = run(SHELL / "imagemagick.sh", PHOTOGRAPH, PAINTING, "result.png", "--strength", "0.5")
    assert (result.returncode, result.stderr) == (0, b"")
    framed = opened(tmp_path / "result.png")
    assert (framed.width, framed.height) == (256 + 16, 170 + 16)
    assert framed(0, 0) == [255, 255, 240]
    # What is inside the border is the operation's, of the picture that ImageMagick reduced.
    subprocess.run(
        ["convert", PHOTOGRAPH, "-auto-orient", "-resize", "256x256>", "-depth", "8", tmp_path / "small.ppm"],
        check=True)
    expected = opened(tmp_path / "small.ppm").adain([opened(PAINTING)], strength=0.5)
    assert same(framed.crop(8, 8, 256, 170), expected)


def test_a_videos_frames_go_through_a_filter(run, clip, tmp_path):
    result = run(SHELL / "video.sh", clip, PAINTING, "result.mkv", 0.5)
    assert (result.returncode, result.stderr) == (0, b"")
    for source, name in ((tmp_path / "result.mkv", "result-%d.ppm"), (clip, "frame-%d.ppm")):
        subprocess.run(["ffmpeg", "-v", "error", "-i", source, tmp_path / name], check=True)
    assert len(list(tmp_path.glob("result-*.ppm"))) == 6
    style = opened(PAINTING)
    for number in (1, 6):
        frame, made = (opened(tmp_path / f"{name}-{number}.ppm") for name in ("frame", "result"))
        # The codec loses a little, less than half of what another strength would make.
        weaker, distance, stronger = (
            (made - frame.adain([style], strength=strength)).abs().avg() for strength in (0, 0.5, 1))
        assert distance < min(weaker, stronger) / 2


SCRIPTS = {"thumbnail.sh": "png", "imagemagick.sh": "png", "video.sh": "mkv"}


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("fault", ["content", "style", "result"])
def test_a_fault_is_said_and_leaves_nothing(run, clip, tmp_path, script, fault):
    content, style, result = clip if script == "video.sh" else PHOTOGRAPH, PAINTING, f"result.{SCRIPTS[script]}"
    if fault == "content":
        content = MISSING
    elif fault == "style":
        style = MISSING
    else:
        result = f"no-such-folder/{result}"
    run_result = run(SHELL / script, content, style, result)
    assert run_result.returncode != 0
    assert (MISSING if fault != "result" else "no-such-folder") in run_result.stderr.decode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "script, stage", [("thumbnail.sh", "vipsthumbnail"), ("imagemagick.sh", "vips"), ("video.sh", "python3")])
def test_a_stage_that_fails_after_its_last_byte_leaves_nothing(run, clip, tmp_path_factory, tmp_path, script, stage):
    """The stages behind it have a whole picture, and succeed."""
    folder = tmp_path_factory.mktemp("failing")
    (folder / stage).write_text(f'#!/bin/sh\n"{shutil.which(stage)}" "$@"\nexit 1\n')
    (folder / stage).chmod(0o755)
    content = clip if script == "video.sh" else PHOTOGRAPH
    result = run(
        SHELL / script, content, PAINTING, f"result.{SCRIPTS[script]}", PATH=f"{folder}:{os.environ['PATH']}")
    assert (result.returncode, result.stderr, list(tmp_path.iterdir())) == (1, b"", [])


def test_the_pipeline_fails_where_a_stage_does(run):
    for arguments, stdin in (([MISSING], PHOTOGRAPH.read_bytes()), ([PAINTING], b"no picture"),
                             ([PAINTING, "--strength", 3], PHOTOGRAPH.read_bytes())):
        result = run(SHELL / "pipeline.sh", *arguments, stdin=stdin)
        assert (result.returncode, result.stdout) == (1, b"") and result.stderr


def test_brushes_side_by_side_and_in_figures(run, tmp_path):
    (tmp_path / "large").mkdir()
    opened(PHOTOGRAPH).resize(1080 / 300).write_to_file(str(tmp_path / "large" / "cat.jpg"))
    result = run(SHELL / "brushes.sh", BUILD / "bin" / "adain", "large", "out", PAINTING)
    assert (result.returncode, result.stderr) == (0, b"")
    pair, figures = result.stdout.decode().strip().split(": ")
    edges = figures.split("; gradient ")[1]
    assert pair == "cat, van-gogh-auvers"
    plain, broad, fine = (float(number) for number in edges.split())
    # Broad strokes alone are soft, finer ones over them are not.
    assert broad < fine and broad < plain
    assert opened(tmp_path / "out" / "cat-van-gogh-auvers.jpg").width == 3 * 640
