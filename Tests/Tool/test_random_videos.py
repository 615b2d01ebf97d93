"""Videos with random properties: none hangs, none loses a frame, none loses a stream that its format holds.

ADAIN_RANDOM_VIDEOS says how many, ADAIN_SEED which; the name of a failing test has its seed."""

import fractions
import os
import random
import subprocess

import pytest
from conftest import PAINTING, left_over, sentences
from test_video_sources import probe, video

COUNT = int(os.environ.get("ADAIN_RANDOM_VIDEOS", 8))
SEED = int(os.environ.get("ADAIN_SEED", 1))

# Of each source: codec, pixel formats, the multiple that sides have to be of, and whether it holds sound.
SOURCES = {
    "mkv": [
        ("ffv1", ["yuv420p", "yuv444p", "bgr0", "gray", "yuv422p10le", "gbrp"], 1, True),
        ("rawvideo", ["yuv420p", "gray", "uyvy422"], 2, True),
        ("libx264", ["yuv420p", "yuv444p", "yuv420p10le"], 2, True),
    ],
    "mp4": [("libx264", ["yuv420p", "yuvj420p"], 2, True), ("mpeg4", ["yuv420p"], 1, True)],
    "mov": [("png", ["rgb24", "gray"], 1, True), ("mjpeg", ["yuvj420p", "yuvj444p"], 1, True)],
    "webm": [("libvpx-vp9", ["yuv420p", "yuv444p"], 1, False)],
    "avi": [("ffv1", ["yuv420p"], 1, True), ("huffyuv", ["yuv422p", "rgb24"], 2, True)],
    "ts": [("mpeg2video", ["yuv420p"], 2, True)],
    "gif": [("gif", ["rgb8"], 1, False)],
}
RATES = ["1", "5", "12", "24000/1001", "24", "25", "30000/1001", "50", "60", "100"]
OUTPUTS = ["mkv", "mp4", "mov", "webm"]


def properties(seed):
    draw = random.Random(seed)
    suffix = draw.choice(list(SOURCES))
    codec, formats, multiple, holds_sound = draw.choice(SOURCES[suffix])

    def side():
        # Small ones are where things go wrong. Encoders of blocks want at least one.
        pixels = draw.choice([draw.randint(1, 20), draw.randint(1, 300)])
        least = 16 if codec in ("mpeg2video", "libx264", "mpeg4") else 1
        return max(least, (pixels + multiple - 1) // multiple * multiple)

    rates = ["24", "25", "30000/1001", "50"] if codec == "mpeg2video" else RATES
    return {
        "suffix": suffix, "codec": codec, "format": draw.choice(formats), "width": side(), "height": side(),
        # An MPEG-2 stream's first pictures are whole only with what comes after them.
        "frames": draw.choice([1, 2, draw.randint(1, 40)]) + (3 if suffix == "ts" else 0), "rate": draw.choice(rates),
        "sound": holds_sound and draw.random() < 0.4, "output": draw.choice(OUTPUTS),
        "smoothing": draw.choice([0, 0.6]),
    }


def count(path):
    return int(subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-count_frames", "-show_entries", "stream=nb_read_frames",
         "-of", "default=nw=1:nk=1", path], check=True, capture_output=True, text=True).stdout.split()[0])


def packets(path):
    return probe(path, "packet=pts_time", "a:0").get("packets", [])


@pytest.mark.parametrize("seed", range(SEED, SEED + COUNT))
def test_no_frame_is_lost(adain, tmp_path, seed):
    drawn = properties(seed)
    length = drawn["frames"] / float(fractions.Fraction(drawn["rate"]))
    source = video(
        tmp_path / f"in.{drawn['suffix']}", "-c:v", drawn["codec"],
        "-pix_fmt", drawn["format"], "-frames:v", drawn["frames"],
        "-vf", f"crop={drawn['width']}:{drawn['height']}:0:0:exact=1",
        pictures=f"testsrc2=size=320x320:rate={drawn['rate']}",
        more=["-f", "lavfi", "-i", f"sine=duration={length}"] if drawn["sound"] else [])
    wanted = count(source)
    # adain() has a time limit, which is the watchdog.
    result = adain("video", source, "-s", PAINTING, "-o", f"out.{drawn['output']}", "--smoothing", drawn["smoothing"])
    assert result.returncode == 0, (drawn, sentences(result))
    assert count(tmp_path / f"out.{drawn['output']}") == wanted, drawn
    # A sound shorter than an encoder's block can be nothing to another.
    if len(packets(source)) > 3:
        assert packets(tmp_path / f"out.{drawn['output']}"), drawn
    assert left_over(tmp_path) == []
