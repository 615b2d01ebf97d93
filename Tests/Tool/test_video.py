"""Videos: size, rate, sound and length are kept; what goes wrong is one sentence; nothing is left."""

import json
import signal
import subprocess
import time

import pytest
from conftest import PAINTING, TOOL, left_over, sentences, succeeded


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Two seconds of a moving test picture and a tone."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    pictures = "testsrc=size=98x64:rate=30000/1001:duration=2"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", pictures, "-f", "lavfi", "-i"]
    command += ["sine=duration=2", "-pix_fmt", "yuv420p", path]
    subprocess.run(command, check=True)
    return path


def probe(path):
    entries = "stream=codec_type,codec_name,width,height,r_frame_rate,nb_frames"
    command = ["ffprobe", "-v", "error", "-show_entries", entries, "-of", "json", path]
    streams = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["streams"]
    return {stream["codec_type"]: stream for stream in streams}


def test_size_rate_length_and_sound_are_kept(adain, clip, tmp_path):
    result = adain("video", clip, "-s", PAINTING, "-o", "o.mp4", "--json")
    assert (result.returncode, result.stderr) == (0, b"")
    before, after = probe(clip), probe(tmp_path / "o.mp4")
    for key in ("width", "height", "r_frame_rate", "nb_frames"):
        assert after["video"][key] == before["video"][key]
    assert after["audio"]["codec_name"] == before["audio"]["codec_name"]
    summary = json.loads(result.stdout)
    assert (summary["frames"], summary["width"], summary["height"]) == (60, 98, 64)
    assert left_over(tmp_path) == []


def test_without_sound_odd_and_cropped(adain, tmp_path):
    pictures = "testsrc=size=97x61:rate=5:duration=1"
    silent = tmp_path / "silent.mkv"
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", pictures, "-c:v", "ffv1", silent], check=True)
    succeeded(adain("video", silent, "-s", PAINTING, "-o", "o.mkv", "--smoothing", "0"))
    made = probe(tmp_path / "o.mkv")
    # H.264 wants even sizes.
    assert (made["video"]["width"], made["video"]["height"]) == (98, 62)
    assert "audio" not in made
    options = ["--crop", "--content-size", "40", "--color", "content-lightness"]
    succeeded(adain("video", silent, "-s", PAINTING, "-o", "c.mkv", *options))
    made = probe(tmp_path / "c.mkv")
    assert (made["video"]["width"], made["video"]["height"]) == (40, 40)


def test_without_ffmpeg(adain, clip, tmp_path):
    result = adain("video", clip, "-s", PAINTING, "-o", "o.mp4", env={"PATH": "/nonexistent"})
    assert result.returncode == 1
    (sentence,) = sentences(result)
    assert "is not on PATH" in sentence
    assert list(tmp_path.glob("*.mp4")) == [] and left_over(tmp_path) == []


def test_what_is_no_video(adain, clip, tmp_path):
    (tmp_path / "text.mp4").write_text("no video")
    for name in ("text.mp4", "missing.mp4", PAINTING.with_suffix(".nothing")):
        result = adain("video", name, "-s", PAINTING, "-o", "o.mp4")
        assert result.returncode == 1
        (sentence,) = sentences(result)
        assert sentence.startswith(f"{name}: ")
    result = adain("video", clip, "-s", PAINTING, "-o", "o.unknown")
    assert result.returncode == 1
    assert sentences(result)[0].startswith("o.unknown: ")
    assert adain("video", clip, "-s", PAINTING, "-o", clip).returncode == 2
    assert adain("video", clip, "-s", PAINTING, "-o", "noformat").returncode == 2
    assert left_over(tmp_path) == [] and not (tmp_path / "o.mp4").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing(clip, tmp_path, number):
    # The model inside: slow enough to be interrupted.
    process = subprocess.Popen(
        [TOOL, "video", clip, "-s", "great-wave", "-o", "o.mp4"], cwd=tmp_path)
    for _ in range(500):
        if left_over(tmp_path):
            break
        time.sleep(0.01)
    process.send_signal(number)
    assert process.wait(30) == -number
    assert list(tmp_path.iterdir()) == []
