"""Nothing of a video is lost: times, shape, colours, sound, words; what a format cannot hold is said. Each
input is made here by ffmpeg."""

import json
import os
import pty
import subprocess

import pytest
import pyvips
from conftest import PAINTING, TOOL, left_over, sentences, succeeded

PICTURES = "testsrc2=size=64x48:rate=25:duration=0.48"
SOUND = ["-f", "lavfi", "-i", "sine=duration=0.48"]


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-y", *map(str, arguments)], check=True)


def video(path, *arguments, pictures=PICTURES, more=()):
    ffmpeg("-f", "lavfi", "-i", pictures, *more, *arguments, path)
    return path


def probe(path, what, select="v:0"):
    command = ["ffprobe", "-v", "error", "-select_streams", select, "-show_entries", what, "-of", "json", path]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def stream(path, select="v:0"):
    (one,) = probe(path, "stream:stream_tags", select)["streams"]
    return one


def times(path):
    packets = probe(path, "packet=pts_time")["packets"]
    return sorted(float(packet["pts_time"]) for packet in packets)


@pytest.fixture
def stylised(adain, tmp_path):
    """The video in a painting's style, without a word unless `notes` says which."""

    def run(source, output, *options, notes=()):
        result = adain("video", source, "-s", PAINTING, "-o", output, *options)
        assert result.returncode == 0, result.stderr
        said = sentences(result)
        assert len(said) == len(notes) and all(note in line for note, line in zip(notes, said)), said
        assert left_over(tmp_path) == []
        return tmp_path / output

    return run


VARIABLE = ["-vf", "select='not(mod(n,3))+lt(n,5)'", "-fps_mode", "vfr"]


@pytest.mark.parametrize("name, output", [("a.mkv", "o.mkv"), ("a.mkv", "o.mp4"), ("a.mp4", "o.mov")])
def test_frames_come_at_the_sources_times(stylised, tmp_path, name, output):
    source = video(tmp_path / name, *VARIABLE)
    wanted = times(source)
    assert len(wanted) == 7
    assert times(stylised(source, output)) == pytest.approx(wanted, abs=0.0015)


def test_a_nominal_rate_of_1000_multiplies_no_frames(stylised, tmp_path):
    source = video(tmp_path / "a.webm", "-vf", "settb=1/1000,setpts=N*37+mod(N\\,3)", "-fps_mode", "passthrough",
                   "-c:v", "libvpx-vp9")
    assert times(stylised(source, "o.webm")) == pytest.approx(times(source), abs=0.0015)


def test_delays_of_a_gif(stylised, tmp_path):
    source = video(tmp_path / "a.gif", *VARIABLE)
    assert times(stylised(source, "o.gif")) == pytest.approx(times(source), abs=0.011)


def test_a_matroska_file_gains_no_frame(stylised, tmp_path):
    source = video(tmp_path / "a.mkv", pictures="testsrc2=size=64x48:rate=25:duration=1", more=SOUND)
    assert len(times(stylised(source, "o.mkv"))) == 25


def test_pictures_that_begin_after_the_sound(stylised, tmp_path):
    source = tmp_path / "late.mkv"
    ffmpeg("-itsoffset", "0.5", "-f", "lavfi", "-i", PICTURES, "-f", "lavfi", "-i", "sine=duration=1", source)
    assert times(stylised(source, "o.mkv"))[0] == pytest.approx(times(source)[0], abs=0.03)


def test_the_pixels_shape_is_kept(stylised, tmp_path):
    source = video(tmp_path / "a.mp4", "-vf", "setsar=16/15")
    assert stream(stylised(source, "o.mp4"))["sample_aspect_ratio"] == "16:15"
    assert stream(stylised(source, "c.mp4", "--content-size", "40"))["sample_aspect_ratio"] == "16:15"


@pytest.mark.parametrize("matrix, height", [("bt709", 48), ("smpte170m", 48), (None, 720)])
def test_colours_are_seen_as_they_were(adain, stylised, tmp_path, matrix, height):
    """A frame becomes what a picture of its colour becomes, as a player shows it."""
    scale = matrix or "bt709"
    tags = f":colorspace={matrix}:color_primaries={matrix}:color_trc={matrix}" if matrix else ""
    source = video(
        tmp_path / "a.mp4", "-vf",
        f"scale=out_color_matrix={scale}:out_range=tv,setparams=range=tv{tags},format=yuv444p", "-qp", "0",
        pictures=f"color=0x50E23C:size=64x{height}:rate=25:duration=0.08")
    still = tmp_path / "still.png"
    pyvips.Image.black(64, height, bands=3).linear(1, [80, 226, 60]).cast("uchar").write_to_file(str(still))
    succeeded(adain(still, "-s", PAINTING, "-o", "made.png"))
    wanted = pyvips.Image.new_from_file(str(tmp_path / "made.png"))(0, 0)
    made = stylised(source, "o.mp4")
    found = stream(made)
    assert (found["color_space"], found["color_range"]) == (scale, "tv")
    assert (matrix is None) == ("color_primaries" not in found)
    pixel = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", made, "-vf", f"scale=in_color_matrix={scale}", "-frames:v", "1",
         "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    assert list(pixel[:3]) == pytest.approx(wanted, abs=4)


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_high_dynamic_range_is_tone_mapped_and_says_so(stylised, tmp_path, transfer):
    source = video(
        tmp_path / "a.mkv", "-pix_fmt", "yuv420p10le", "-c:v", "libx265", "-x265-params",
        f"log-level=error:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc")
    made = stream(stylised(source, "o.mp4", notes=["high dynamic range"]))
    assert (made["color_space"], made["color_transfer"], made["pix_fmt"]) == ("bt709", "bt709", "yuv420p")


@pytest.mark.parametrize("source, output, codec, notes", [
    ("a.mov", "o.mp4", "aac", ["pcm_s16le"]),
    ("a.mov", "o.mov", "pcm_s16le", []),
    ("a.mov", "o.mkv", "pcm_s16le", []),
    ("a.mp4", "o.webm", "opus", ["aac"]),
    ("a.mp4", "o.gif", None, ["holds no sound"]),
])
def test_sound_is_copied_where_the_format_holds_it(stylised, tmp_path, source, output, codec, notes):
    sound = "pcm_s16le" if source.endswith(".mov") else "aac"
    made = stylised(video(tmp_path / source, "-c:a", sound, more=SOUND), output, notes=notes)
    found = probe(made, "stream=codec_name", "a")["streams"]
    assert [one["codec_name"] for one in found] == ([codec] if codec else [])


def test_titles_chapters_and_subtitles_are_kept(stylised, tmp_path):
    (tmp_path / "words.srt").write_text("1\n00:00:00,000 --> 00:00:00,400\nA wave\n")
    (tmp_path / "chapters").write_text(
        ";FFMETADATA1\ntitle=Fuji\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=200\ntitle=One\n")
    source = video(
        tmp_path / "a.mkv", "-map", "0", "-map", "1", "-map_metadata", "2", "-map_chapters", "2", "-c:s", "srt",
        "-metadata", "creation_time=2020-01-02T03:04:05Z",
        more=["-i", tmp_path / "words.srt", "-f", "ffmetadata", "-i", tmp_path / "chapters"])
    for output, codec in [("o.mkv", "subrip"), ("o.mp4", "mov_text"), ("o.webm", "webvtt")]:
        made = stylised(source, output)
        found = probe(made, "format_tags:chapter_tags:stream=codec_name", "s")
        tags = {name.lower(): value for name, value in found["format"]["tags"].items()}
        assert tags["title"] == "Fuji"
        assert output == "o.webm" or tags["creation_time"].startswith("2020-01-02T03:04:05")
        assert [one["tags"]["title"] for one in found["chapters"]] == ["One"]
        assert [one["codec_name"] for one in found["streams"]] == [codec]
    stylised(source, "o.avi", notes=["subtitles"])


def test_what_is_made_plays_everywhere(stylised, tmp_path):
    odd = video(tmp_path / "a.mkv", "-c:v", "ffv1", pictures="testsrc=size=97x61:rate=25:duration=0.08")
    for output, codec, size in [("o.webm", "vp9", (97, 61)), ("o.mp4", "h264", (98, 62))]:
        made = stream(stylised(odd, output))
        assert (made["codec_name"], made["pix_fmt"], (made["width"], made["height"])) == (codec, "yuv420p", size)


@pytest.mark.parametrize("width", [96, 97, 98, 99])
@pytest.mark.parametrize("options", [[], ["--content-size", "45"], ["--crop", "--content-size", "39"]])
def test_frames_of_all_widths_are_those_of_pictures(adain, stylised, tmp_path, options, width):
    """Formats fill rows up; each frame is what the tool makes of it alone."""
    source = video(tmp_path / "a.mkv", "-c:v", "ffv1", "-pix_fmt", "bgr0",
                   pictures=f"testsrc=size={width}x61:rate=5:duration=0.6")
    made = stylised(source, "o.mkv", "--smoothing", "0", *options)
    assert len(times(made)) == 3
    for name, path in [("before", source), ("after", made)]:
        ffmpeg("-i", path, tmp_path / f"{name}%d.png")
    for i in (1, 3):
        succeeded(adain(f"before{i}.png", "-s", PAINTING, "-o", f"alone{i}.png", *options))
        alone, frame = (pyvips.Image.new_from_file(str(tmp_path / f"{name}{i}.png")) for name in ("alone", "after"))
        frame = frame.crop(0, 0, alone.width, alone.height)
        assert (alone.cast("int") - frame.cast("int")).abs().avg() < 8


# The left half is transparent; between the halves, so much of it.
TRANSPARENT = "geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*clip((X-24)/16,0,1)'"


def alphas(path, folder, decoder=()):
    """Of a row of the first frame."""
    frame = folder / f"{path.name}.png"  # each its own name: libvips keeps what it has opened
    ffmpeg(*decoder, "-i", path, "-frames:v", 1, "-pix_fmt", "rgba", frame)
    return pyvips.Image.new_from_file(str(frame)).extract_band(3).crop(0, 20, 64, 1).numpy()[0]


@pytest.mark.parametrize("source, output, tolerance", [
    (["a.mov", "-c:v", "png"], "o.mov", 1), (["a.mov", "-c:v", "prores_ks", "-profile:v", "4444"], "o.webm", 8),
    (["a.mkv", "-c:v", "ffv1", "-pix_fmt", "bgra"], "o.mkv", 8), (["a.webm", "-c:v", "libvpx-vp9"], "o.webm", 12),
    (["a.webm", "-c:v", "libvpx-vp9"], "o.apng", 1), (["a.gif"], "o.gif", 0),
], ids=["PNG", "ProRes", "FFV1", "VP9", "VP9 to APNG", "GIF"])
def test_transparency_is_kept(stylised, tmp_path, source, output, tolerance):
    name, *codec = source
    palette = ",split[a][b];[a]palettegen[p];[b][p]paletteuse" if name == "a.gif" else ""
    path = video(tmp_path / name, "-vf", f"format=rgba,{TRANSPARENT}{palette}", *codec)
    vp9 = ["-c:v", "libvpx-vp9"]
    before = alphas(path, tmp_path, vp9 if "libvpx-vp9" in codec else ())
    after = alphas(stylised(path, output), tmp_path, vp9 if output in ("o.webm", "o.mkv") else ())
    assert before[:16].max() < 20 and before[48:].min() > 235
    assert abs(before.astype(int) - after).max() <= tolerance


def test_transparency_that_is_lost_is_said(stylised, tmp_path):
    source = video(tmp_path / "a.mov", "-c:v", "png", "-pix_fmt", "rgba")
    stylised(source, "o.mp4", notes=["transparency"])
    stylised(source, "quiet.mp4", "--quiet")
    stylised(video(tmp_path / "a.gif"), "o.mov", notes=["transparency"])


def test_a_file_cut_off_gives_what_it_has_and_a_sentence(adain, tmp_path):
    whole = video(tmp_path / "whole.mp4", "-movflags", "faststart", pictures=PICTURES.replace("64x48", "320x240"))
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    result = adain("video", cut, "-s", PAINTING, "-o", "o.mp4")
    assert result.returncode == 1
    (sentence,) = sentences(result)
    assert sentence.startswith(f"{cut}: is damaged; ")
    frames = len(times(tmp_path / "o.mp4"))
    assert 0 < frames < 12 and f" {frames} frames could be read" in sentence


def test_a_program_that_says_much_does_not_hang(adain, tmp_path):
    """ffmpeg's words are taken as they come: here 210 KB before the first frame."""
    wordy = tmp_path / "bin" / "ffmpeg"
    wordy.parent.mkdir()
    wordy.write_text("#!/bin/sh\nyes 'what is wrong' | head -c 210000 >&2\nexec /usr/bin/ffmpeg \"$@\"\n")
    wordy.chmod(0o755)
    source = video(tmp_path / "a.mp4")
    result = adain("video", source, "-s", PAINTING, "-o", "o.mp4",
                   env={**os.environ, "PATH": f"{wordy.parent}:{os.environ['PATH']}"})
    assert result.returncode == 1
    assert sentences(result)[0].endswith("12 frames could be read: what is wrong")


def test_a_raw_stream_on_a_terminal(model, tmp_path):
    """Its number of frames is unknown: a bar without a share."""
    source = video(tmp_path / "a.h264", "-c:v", "libx264")
    leader, follower = pty.openpty()
    command = [TOOL, "video", source, "-s", PAINTING, "-o", "o.mp4", "--model", model]
    process = subprocess.Popen(command, stderr=follower, cwd=tmp_path)
    os.close(follower)
    shown = b""
    try:
        while part := os.read(leader, 4096):
            shown += part
    except OSError:  # the terminal's other end is closed
        pass
    assert process.wait(60) == 0, shown
    assert b"frames" in shown and b"%" not in shown
    assert len(times(tmp_path / "o.mp4")) == 12


@pytest.mark.parametrize("output", ["o.webm", "o.mp4"])
def test_a_sound_track_without_a_sample(stylised, tmp_path, output):
    source = video(
        tmp_path / "a.ts", "-c:v", "mpeg2video", "-frames:v", "1", pictures="testsrc2=size=64x48:rate=30",
        more=["-f", "lavfi", "-i", "sine=duration=0.033"])
    if stream(source, "a:0")["channels"] != 0:
        pytest.skip("this ffmpeg writes the track with a sample: 7 does, 5 does not")
    assert probe(stylised(source, output, notes=["a sound track has no samples"]), "stream", "a")["streams"] == []
