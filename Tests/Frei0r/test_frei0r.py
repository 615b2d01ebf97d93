"""The frei0r plugin in ffmpeg and in MLT: frames are the library's bytes, and what is wrong is said."""

import ctypes
import os
import pathlib
import shutil
import subprocess

import pytest
from c_interface import Options, Pixels

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
ENVIRONMENT = {**os.environ, "FREI0R_PATH": str(BUILD / "frei0r"), "MLT_FREI0R_PLUGIN_PATH": str(BUILD / "frei0r")}
WIDTH, HEIGHT = 64, 48
TRANSLUCENT = "format=rgba,colorchannelmixer=aa=0.5"
SOURCE = ["-f", "lavfi", "-i", f"testsrc=size={WIDTH}x{HEIGHT}:rate=10:duration=0.5,{TRANSLUCENT}"]


def ffmpeg(*arguments, source=SOURCE):
    return subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", *source, *arguments, "-f", "rawvideo", "-pix_fmt", "rgba", "-"],
        capture_output=True, env=ENVIRONMENT, timeout=120)


def filtered(options):
    result = ffmpeg("-vf", f"frei0r=adain:{options}")
    assert result.returncode == 0, result.stderr
    return result


def frames(data):
    size = 4 * WIDTH * HEIGHT
    assert len(data) % size == 0
    return [data[i : i + size] for i in range(0, len(data), size)]


def by_the_library(frames, name, strength=1.0, smoothing=0.0, network="standard"):
    library = ctypes.CDLL(str(BUILD / "lib" / "libadain.so.1"))
    model, style, calm = ctypes.c_void_p(), ctypes.c_void_p(), ctypes.c_void_p()
    assert library.adain_model_named(network.encode(), ctypes.byref(model)) == 0
    assert library.adain_style_named_for(model, name.encode(), ctypes.byref(style)) == 0
    assert library.adain_smoothing_new(WIDTH, HEIGHT, ctypes.c_float(smoothing), ctypes.byref(calm)) == 0
    options = Options(ctypes.sizeof(Options), strength, 0)
    results = []
    for frame in frames:
        buffers = ctypes.create_string_buffer(frame, len(frame)), ctypes.create_string_buffer(len(frame))
        content, result = (Pixels(ctypes.addressof(buffer), 0, WIDTH, HEIGHT, 0, 4) for buffer in buffers)
        made = library.adain_stylise(model, ctypes.byref(content), style, ctypes.byref(options), ctypes.byref(result))
        assert made == 0
        assert library.adain_smoothing_apply(calm, ctypes.byref(content), ctypes.byref(result)) == 0
        results.append(buffers[1].raw)
    library.adain_smoothing_free(calm)
    library.adain_style_unref(style)
    library.adain_model_unref(model)
    return results


@pytest.fixture(scope="module")
def plain():
    return frames(ffmpeg().stdout)


def test_frames_are_the_librarys(plain):
    assert len(plain) == 5 and plain[0] != plain[4]
    assert frames(filtered("lion|1||style|0").stdout) == by_the_library(plain, "lion")
    assert frames(filtered("lion|0.5||style|0").stdout) == by_the_library(plain, "lion", strength=0.5)
    assert frames(filtered("lion|1|fast|style|0").stdout) == by_the_library(plain, "lion", network="fast")
    assert frames(filtered("lion").stdout) == by_the_library(plain, "lion", smoothing=0.85)
    assert frames(ffmpeg("-vf", "frei0r=adain").stdout) == by_the_library(plain, "great-wave", smoothing=0.85)


def test_alpha_and_the_contents_colours(plain):
    for options in ("lion|1||style|0", "lion|1||content-lightness|0"):
        made = frames(filtered(options).stdout)
        assert [frame[3::4] for frame in made] == [frame[3::4] for frame in plain]
    assert frames(filtered("lion|1||style|0").stdout) != made


def test_a_style_file(tmp_path, plain):
    subprocess.run([BUILD / "bin" / "adain", "style", "save", "lion", "-o", tmp_path / "l.style"], check=True)
    assert frames(filtered(f"{tmp_path}/l.style|1||style|0").stdout) == by_the_library(plain, "lion")


@pytest.mark.parametrize(
    "options, words",
    [
        ("nobody", "there is no style named 'nobody'"),
        ("/nonexistent.style", "/nonexistent.style: cannot be opened"),
        ("/" + 9 * ("x" * 100) + ".style", "cannot be opened"),  # longer than what is kept of a sentence
        ("lion|7", "strength is 7.0"),
        ("lion|-1", "strength is -1.0"),
        ("lion|nan", "strength is nan"),
        ("lion|1|/nonexistent", "/nonexistent: cannot be opened"),
        ("lion|1|fsat", "there is no model named 'fsat'"),
        ("lion|1||red", "colour: is neither"),
        ("lion|1||style|1", "amount: 1.0"),
        ("lion|1||style|-2", "amount: -2.0"),
    ],
)
def test_what_is_wrong_is_said_once_and_changes_nothing(plain, options, words):
    result = filtered(options)
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith("adain: ") and words in line
    assert frames(result.stdout) == plain


@pytest.mark.parametrize("options", ["lion|x", "lion|1||style|x"])
def test_what_ffmpeg_itself_refuses(options):
    result = ffmpeg("-vf", f"frei0r=adain:{options}")
    assert result.returncode != 0 and b"Invalid value" in result.stderr


def test_memory_is_flat_over_a_thousand_frames():
    def peak(count):
        source = ["-f", "lavfi", "-i", f"testsrc=size=32x32:rate=25:duration={count / 25}"]
        process = subprocess.Popen(
            ["ffmpeg", "-nostdin", "-v", "error", *source, "-vf", "frei0r=adain:lion", "-f", "null", "-"],
            env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        return usage.ru_maxrss

    assert peak(1000) < peak(50) + 8192


@pytest.mark.skipif(not shutil.which("melt"), reason="no melt here")
def test_melt(tmp_path):
    clip = tmp_path / "in.mkv"
    subprocess.run(["ffmpeg", "-v", "error", *SOURCE, "-c:v", "ffv1", "-pix_fmt", "bgra", clip], check=True)

    def made(*filters):
        out = tmp_path / "out.mkv"
        subprocess.run(
            ["melt", "-silent", str(clip), *filters, "-consumer", f"avformat:{out}", "vcodec=ffv1", "real_time=-1"],
            env={**ENVIRONMENT, "QT_QPA_PLATFORM": "offscreen"}, check=True, capture_output=True, timeout=120)
        probe = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", out, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
            check=True, capture_output=True)
        return probe.stdout

    plain, styled = made(), made("-filter", "frei0r.adain", "0=lion")
    assert len(plain) == len(styled) > 0
    apart = sum(abs(a - b) for a, b in zip(plain[:9000], styled[:9000])) / 9000
    assert apart > 5
