"""Every error: one sentence that names the file or the option, the right status, nothing left."""

import os
import re
import resource

import pytest
import pyvips
from conftest import CONTENT, IMAGES, PAINTING, left_over, sentences, succeeded, truncation

CASES = [
    # Usage.
    ([], 2, "No picture is given"),
    ([CONTENT], 2, "No --style is given"),
    ([CONTENT, "-s", PAINTING], 2, "No -o is given"),
    (["--bogus"], 2, "Unknown option '--bogus'"),
    ([CONTENT, "-s", PAINTING, "-o", "o.jpg", "--strength", "1.5"], 2, "--strength: 1.5"),
    ([CONTENT, "-s", PAINTING, "-o", "o.jpg", "--strength", "nan"], 2, "--strength: nan"),
    ([CONTENT, "-s", PAINTING, "-o", "o.jpg", "--strength", "x"], 2, "The value 'x' is invalid"),
    ([CONTENT, "-s", PAINTING, "-o", "o.jpg", "--style-size", "-1"], 2, None),
    ([CONTENT, "-s", PAINTING, "-o", "o.jpg", "--style-size=-1"], 2, "--style-size: -1"),
    ([CONTENT, "-s", PAINTING, "-o", "o.jpg", "--jobs", "0"], 2, "--jobs: 0"),
    ([CONTENT, "-s", PAINTING, "-o", "o.xyz"], 2, "-o o.xyz: libvips writes no files"),
    ([CONTENT, "-s", PAINTING, "-o", "o.dz"], 2, "-o o.dz: libvips writes no files"),
    ([CONTENT, "-s", PAINTING, "-o", "o"], 2, "-o o: libvips writes no files"),
    ([CONTENT, "-s", PAINTING, "-o", "r/", "--format", "xyz"], 2, "--format: libvips writes no"),
    ([CONTENT, CONTENT, "-s", PAINTING, "-o", "-"], 2, "-o -: standard output takes one"),
    (["-", CONTENT, "-s", PAINTING, "-o", "r/"], 2, "Standard input ('-') cannot be one of"),
    (["-", "-s", PAINTING, "-o", "r/"], 2, "-o r/: standard input has no name"),
    ([CONTENT, IMAGES / "coffee.jpg", "-s", PAINTING, "-o", "file"], 2, "-o file: is a file"),
    ([CONTENT, "-s", f"{PAINTING}=1", "--all-pairs", "-o", "r/"], 2, f"--style {PAINTING}: a we"),
    ([CONTENT, "-s", f"{PAINTING}=-1", "-o", "o.jpg"], 2, f"{PAINTING}: the weight -1.0 is not"),
    ([CONTENT, "-s", f"{PAINTING}=nan", "-o", "o.jpg"], 2, f"{PAINTING}: the weight nan is not"),
    ([CONTENT, "-s", f"{PAINTING}=0", "-o", "o.jpg"], 2, "All weights of the styles are 0"),
    ([CONTENT, "-s", PAINTING, "-o", "-", "--json"], 2, "--json and the picture"),
    # What files can have wrong with them.
    (["no.jpg", "-s", PAINTING, "-o", "o.jpg"], 1, "no.jpg: cannot be opened: No such file"),
    (["file", "-s", PAINTING, "-o", "o.jpg"], 1, "file: is not a picture"),
    (["empty", "-s", PAINTING, "-o", "o.jpg"], 1, "empty: is empty"),
    (["broken.jpg", "-s", PAINTING, "-o", "o.jpg"], 1, "broken.jpg: {truncation}"),
    ([CONTENT, "-s", "no.jpg", "-o", "o.jpg"], 1, "no.jpg: cannot be opened: No such file"),
    ([CONTENT, "-s", "file", "-o", "o.jpg"], 1, "file: is not a picture"),
    ([CONTENT, "-s", "broken.jpg", "-o", "o.jpg"], 1, "broken.jpg: {truncation}"),
    ([CONTENT, "-s", "no.style", "-o", "o.jpg"], 1, "no.style: cannot be opened: No such file"),
    ([CONTENT, "-s", "cut.style", "-o", "o.jpg"], 1, "cut.style: style: 100 bytes are not"),
    ([CONTENT, "-s", "file.style", "-o", "o.jpg"], 1, "file.style: style: "),
    ([CONTENT, "-s", ".", "-o", "o.jpg"], 1, ".: is a folder"),
    ([CONTENT, "-s", PAINTING, "--mask", "broken.jpg", "-o", "o.jpg"], 1, "broken.jpg: {truncation}"),
    ([CONTENT, "-s", PAINTING, "--mask", "integers.tif", "-o", "o.jpg"], 1, "integers.tif: picture: integers of 32"),
    (["sheet", "broken.jpg", "-s", "lion", "-o", "o.jpg"], 1, "broken.jpg: {truncation}"),
    (["sheet", "integers.tif", "-s", "lion", "-o", "o.jpg"], 1, "integers.tif: picture: integers of 32"),
    (["measure", CONTENT, PAINTING, "broken.jpg"], 1, "broken.jpg: {truncation}"),
    (["measure", CONTENT, "integers.tif", CONTENT], 1, "integers.tif: picture: integers of 32"),
    (["video", "file", "-s", "lion", "-o", "o.mp4"], 1, "file: ffprobe: file:file: Invalid data found"),
    (["video", CONTENT, "-s", "lion", "--mask", "broken.jpg", "-o", "o.mp4"], 1, "broken.jpg: {truncation}"),
    ([CONTENT, "-s", PAINTING, "-o", "no/o.jpg"], 1, "no/: cannot be written to: No such file"),
    ([CONTENT, "-s", PAINTING, "-o", "file/"], 2, "-o file/: is a file"),
    ([CONTENT, "-s", PAINTING, "-o", "no/deeper/"], 1, "no/deeper/: cannot be made: No such"),
    ([CONTENT, "-s", PAINTING, "-o", "o.jpg[Q=x]"], 2, "-o o.jpg[Q=x]: 'x' is not an integer"),
    # Subcommands.
    (["style", "bogus"], 2, "Unexpected argument 'bogus'"),
    (["style", "save", PAINTING, "-o", "p.jpg"], 2, "-o p.jpg: the name of a style file ends"),
    (["style", "save", "no.jpg", "-o", "p.style"], 1, "no.jpg: cannot be opened: No such file"),
    (["style", "save", PAINTING, "-o", "no/p.style"], 1, "no/p.style: cannot be created: No such"),
    (["style", "info", "cut.style"], 1, "cut.style: style: 100 bytes are not"),
    (["style", "list", "no"], 1, "no: cannot be opened: No such file"),
]


@pytest.mark.parametrize("arguments, status, beginning", CASES)
def test_one_sentence(adain, tmp_path, broken, arguments, status, beginning):
    succeeded(adain("style", "save", PAINTING, "-o", "whole.style", narrow=False))
    (tmp_path / "cut.style").write_bytes((tmp_path / "whole.style").read_bytes()[:100])
    for name in ("file", "file.style"):
        (tmp_path / name).write_text("neither a picture nor a style, but long enough for both")
    (tmp_path / "empty").touch()
    pyvips.Image.black(8, 8).cast("int").write_to_file(str(tmp_path / "integers.tif"))
    before = sorted(tmp_path.rglob("*"))

    result = adain(*arguments, narrow=False)
    assert result.returncode == status
    (sentence,) = sentences(result)
    if beginning:
        assert sentence.startswith(beginning.replace("{truncation}", truncation(broken))), sentence
    assert not sentence.endswith(".")
    assert result.stdout == b""
    assert sorted(tmp_path.rglob("*")) == before


def test_a_weights_file_is_named_once(adain, tmp_path):
    (tmp_path / "bad.safetensors").write_text("no weights")
    for path in ("bad.safetensors", "no.safetensors"):
        result = adain(CONTENT, "-s", PAINTING, "-o", "o.jpg", "--model", path, narrow=False)
        assert result.returncode == 1
        (sentence,) = sentences(result)
        assert sentence.startswith(f"{path}: ") and sentence.count(path) == 1


def test_a_style_of_another_model(adain, tmp_path):
    succeeded(adain("style", "save", PAINTING, "-o", "p.style", narrow=False))
    result = adain(CONTENT, "-s", "p.style", "-o", "o.jpg")
    assert result.returncode == 1
    assert sentences(result) == [f"{CONTENT}: style: made with the model 'standard', not with this one"]
    assert not (tmp_path / "o.jpg").exists()


def test_a_style_of_the_other_built_in_model(adain, tmp_path):
    succeeded(adain("style", "save", PAINTING, "-o", "p.style", "--model", "fast", narrow=False))
    result = adain(CONTENT, "-s", "p.style", "-o", "o.jpg", narrow=False)
    assert result.returncode == 1
    assert sentences(result) == [f"{CONTENT}: style: made with the model 'fast', not with this one"]
    assert not (tmp_path / "o.jpg").exists()


@pytest.mark.parametrize(
    "command", [[CONTENT, "-s", PAINTING], ["style", "save", PAINTING], ["measure", *3 * [CONTENT]]])
def test_an_unknown_model_is_answered_with_the_known(adain, command):
    output = [] if command[0] == "measure" else ["-o", "o.style" if command[0] == "style" else "o.png"]
    result = adain(*command, *output, "--model", "fsat", narrow=False)
    assert result.returncode == 1
    (sentence,) = sentences(result)
    assert sentence.startswith("there is no model named 'fsat', only standard and fast")


@pytest.mark.parametrize("name", ["o.png", "o.tif", "o.ppm", "o.v"])
def test_a_full_disk_leaves_nothing(adain, tmp_path, name):
    """A limit on the size of files stands for the disk's end. The user's name and the system's reason are told."""
    (tmp_path / name).write_text("an earlier result")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

    result = adain(CONTENT, "-s", PAINTING, "-o", name, preexec_fn=limit)
    assert result.returncode == 1
    (sentence,) = sentences(result)
    assert re.fullmatch(re.escape(name) + ": write (error|failed): File too large", sentence)
    assert (tmp_path / name).read_text() == "an earlier result"
    assert left_over(tmp_path) == []


def test_standard_output_that_takes_nothing(adain):
    with open("/dev/full", "wb") as full:
        import subprocess

        from conftest import TOOL

        result = subprocess.run(
            [TOOL, CONTENT, "-s", PAINTING, "-o", "-"], stdout=full, stderr=subprocess.PIPE
        )
    assert result.returncode == 1
    assert sentences(result) == ["standard output: cannot be written: No space left on device"]
    assert os.path.exists(CONTENT)
