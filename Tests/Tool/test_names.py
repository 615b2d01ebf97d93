"""Names of files are bytes: whatever the system takes as a name comes back as it was."""

import json
import os
import shutil
import subprocess

import pytest
from conftest import CONTENT, PAINTING, difference, opened, succeeded

NAMES = {
    "latin-1": b"caf\xe9",
    "no-utf-8-at-all": b"\xff\x80\xfe",
    "cut-off": b"x\xe2\x82",
    "surrogate": b"\xed\xb3\xa9",
    # What the tool itself uses for bytes that are no UTF-8, and such a byte.
    "private": "\U0010ffe9".encode() + b"\xe9",
    "accent-first": "\u0301a".encode(),
    "accents": "e\u0301-\u00e9".encode(),
    "accent-on-the-dot": "a\u0301.\u0301b".encode(),
}


@pytest.fixture(params=NAMES.values(), ids=NAMES.keys())
def name(request):
    return os.fsdecode(request.param)


def small(path, width=48):
    """A picture at a path, by way of a name that libvips has no opinion on."""
    path.parent.mkdir(exist_ok=True)
    picture = opened(CONTENT).thumbnail_image(width)
    path.write_bytes(picture.write_to_buffer(".png"))
    return path


def names(folder):
    return sorted(os.listdir(os.fsencode(folder)))


def test_a_file(name, adain, tmp_path):
    content = small(tmp_path / f"{name}.png")
    succeeded(adain(content, "-s", PAINTING, "-o", f"out-{name}.png"))
    succeeded(adain(content, "-s", PAINTING, "-o", "plain.png"))
    assert os.fsencode(f"out-{name}.png") in names(tmp_path)
    assert (tmp_path / f"out-{name}.png").read_bytes() == (tmp_path / "plain.png").read_bytes()


def test_a_file_with_options_of_the_format(name, adain, tmp_path):
    content = small(tmp_path / f"{name}.png")
    succeeded(adain(content, "-s", PAINTING, "-o", f"{name}.jpg[Q=5]"))
    assert names(tmp_path) == sorted([os.fsencode(f"{name}.png"), os.fsencode(f"{name}.jpg")])


def test_folders_keep_names(name, adain, tmp_path):
    small(tmp_path / name / f"{name}.png")
    (tmp_path / name / name).mkdir()
    small(tmp_path / name / name / f"{name}.png")
    result = succeeded(adain("--recursive", name, "-s", PAINTING, "-o", f"{name}-out", "--json"))
    assert names(tmp_path / f"{name}-out") == sorted([os.fsencode(name), os.fsencode(f"{name}.png")])
    assert names(tmp_path / f"{name}-out" / name) == [os.fsencode(f"{name}.png")]
    said = [json.loads(line) for line in result.stdout.decode("utf-8").splitlines()]
    outputs = {os.fsencode(record["output"]) for record in said}
    assert outputs == {os.fsencode(f"{name}-out/{name}.png"), os.fsencode(f"{name}-out/{name}/{name}.png")}
    again = succeeded(adain("--recursive", name, "-s", PAINTING, "-o", f"{name}-out", "--json", "--skip-existing"))
    assert again.stdout.count(b'"skipped"') == 2


def test_whatever_else_is_read(name, adain, model, tmp_path):
    """The painting, the mask, the model, a style file, behind a link."""
    content = small(tmp_path / "in.png")
    painting, mask, weights = (f"{name}{suffix}" for suffix in (".jpg", "-mask.png", ".safetensors"))
    shutil.copy(PAINTING, tmp_path / painting)
    small(tmp_path / mask)
    shutil.copy(model, tmp_path / weights)
    os.symlink(painting, tmp_path / f"{name}-link.jpg")

    def made(*arguments):
        succeeded(adain(content, *arguments, "-o", "out.png"))
        return opened(tmp_path / "out.png").copy_memory()

    plain = made("-s", PAINTING)
    assert difference(plain, made("-s", painting)) == 0
    assert difference(plain, made("-s", f"{name}-link.jpg")) == 0
    succeeded(adain(content, "-s", painting, "-o", "out.png", "--model", weights, narrow=False))
    assert difference(plain, opened(tmp_path / "out.png")) == 0
    succeeded(adain(content, "-s", painting, "-s", PAINTING, "--mask", mask, "--mask", mask, "-o", "out.png"))

    succeeded(adain("style", "save", painting, "-o", f"{name}.style"))
    assert os.fsencode(f"{name}.style") in names(tmp_path)
    assert difference(plain, made("-s", f"{name}.style")) == 0
    listed = succeeded(adain("style", "list", narrow=False))
    assert listed.stdout.startswith(os.fsencode(f"{name}.style: "))
    listed = succeeded(adain("style", "info", f"{name}.style", "--json", narrow=False))
    assert os.fsencode(json.loads(listed.stdout)["file"]) == os.fsencode(f"{name}.style")


def test_the_other_commands(name, adain, tmp_path):
    content = small(tmp_path / f"{name}.png")
    succeeded(adain("sheet", content, "-s", content, "-o", f"{name}.jpg", "--size", "64"))
    assert os.fsencode(f"{name}.jpg") in names(tmp_path)
    succeeded(adain("measure", content, content, content))


def test_a_video(name, adain, tmp_path):
    clip = f"{name}.mkv"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=32x32:rate=5:duration=0.4"]
    subprocess.run([*command, "-c:v", "ffv1", f"file:{tmp_path}/{clip}"], check=True)
    succeeded(adain("video", clip, "-s", PAINTING, "-o", f"{name}-out.mkv"))
    assert os.fsencode(f"{name}-out.mkv") in names(tmp_path)


def test_a_result_behind_a_link(name, adain, tmp_path):
    content = small(tmp_path / "in.png")
    os.symlink(f"{name}.png", tmp_path / "link.png")
    succeeded(adain(content, "-s", PAINTING, "-o", "link.png"))
    assert os.path.islink(tmp_path / "link.png")
    assert os.fsencode(f"{name}.png") in names(tmp_path)


def test_sentences_name_the_file(name, adain, tmp_path):
    (tmp_path / f"{name}.png").write_bytes(b"no picture")
    (tmp_path / f"{name}.style").write_bytes(b"no style")
    content = small(tmp_path / "in.png")
    for arguments in (
        (f"{name}.png", "-s", PAINTING),
        (content, "-s", f"{name}.png"),
        (content, "-s", f"{name}.style"),
        (content, "-s", f"{name}-missing.jpg"),
        (f"{name}-missing.jpg", "-s", PAINTING),
        (content, "-s", PAINTING, "--model", f"{name}.png"),
    ):
        result = adain(*arguments, "-o", "out.png", narrow="--model" not in arguments)
        assert result.returncode != 0
        assert result.stderr.startswith(b"adain: " + os.fsencode(name)), result.stderr
        assert result.stderr.count(os.fsencode(name)) == 1, result.stderr
    result = adain(content, "-s", PAINTING, "-o", f"{name}-nowhere/x/out.png")
    assert os.fsencode(f"{name}-nowhere/x/") in result.stderr


def test_names_that_differ_in_normalisation_are_two(adain, tmp_path):
    small(tmp_path / "in" / "\u00e9.png", 48)
    small(tmp_path / "in" / "e\u0301.png", 32)
    succeeded(adain("in", "-s", PAINTING, "-o", "out"))
    assert opened(tmp_path / "out" / "\u00e9.png").width == 48
    assert opened(tmp_path / "out" / "e\u0301.png").width == 32


def test_nothing_that_is_read_is_written_by_such_a_name(name, adain, tmp_path):
    content = small(tmp_path / f"{name}.png")
    before = content.read_bytes()
    result = adain(content, "-s", PAINTING, "-o", f"./{name}.png")
    assert result.returncode == 2
    assert content.read_bytes() == before
    result = adain(content, "-s", PAINTING, "-o", ".")
    assert result.returncode == 2
    assert content.read_bytes() == before
