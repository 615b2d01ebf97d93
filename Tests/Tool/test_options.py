"""Every option of every command, with values that are none: a result, or one sentence that names the option."""

import itertools
import json
import subprocess

import pytest
from conftest import PAINTING, TOOL, opened, sentences

# The commands that take values, with what they need besides. A command that is not here fails the test.
COMMANDS = {
    "adain": ["in.png", "-s", "style.png", "-o", "out.png"],
    "adain style save": ["style.png", "-o", "out.style"],
    "adain sheet": ["in.png", "-s", "style.png", "-o", "sheet.png"],
    "adain video": ["in.mkv", "-s", "style.png", "-o", "out.mkv"],
    "adain train": ["--content", "in.png", "-s", "style.png", "-o", "out.safetensors", "--steps", "1", "--size", "16",
                    "--batch", "1", "--quiet"],
}
WITHOUT_NUMBERS = ["adain style", "adain style list", "adain style info", "adain styles", "adain measure",
                   "adain info", "adain help"]
NUMBERS = ["strength", "style-size", "content-size", "stroke", "detail", "page", "jobs", "size", "across", "smoothing",
           "steps", "batch", "rate", "style-weight", "seed", "threads", "save-every", "pool", "warm-up", "decay-share",
           "lattice-weight", "palette-weight", "perceptual-weight"]
NO_NUMBERS = ["content", "preview", "style", "output", "colour", "mask", "model", "judge", "suffix", "format"]
VALUES = ["", " ", "x", "nan", "inf", "-inf", "-1", "-0.0001", "0", "1.5", "1e99", "0x10", "1,5", "2147483648",
          "-2147483649", "4294967297", "99999999999999999999"]


def commands():
    def walk(command, parents):
        name = [*parents, command["commandName"]]
        yield " ".join(name), command.get("arguments", [])
        for child in command.get("subcommands", []):
            yield from walk(child, name)

    help = json.loads(subprocess.check_output([TOOL, "--experimental-dump-help"]))
    return dict(walk(help["command"], []))


def options(arguments):
    """The long names of what takes a value."""
    return [argument["names"][-1]["name"] for argument in arguments if argument["kind"] == "option"]


def test_all_are_tried():
    found = commands()
    assert sorted(found) == sorted([*COMMANDS, *WITHOUT_NUMBERS])
    for name, arguments in found.items():
        assert set(options(arguments)) <= {*NUMBERS, *NO_NUMBERS}
        if name in WITHOUT_NUMBERS:
            assert not set(options(arguments)) & set(NUMBERS)


@pytest.fixture
def pictures(tmp_path):
    for name, source in ("in.png", PAINTING), ("style.png", PAINTING):
        opened(source).thumbnail_image(32).write_to_file(str(tmp_path / name))
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc=size=32x32:rate=5:duration=0.2"]
    subprocess.run([*command, "-c:v", "ffv1", str(tmp_path / "in.mkv")], check=True)


@pytest.mark.parametrize("command", COMMANDS)
def test_numbers(command, adain, pictures, tmp_path):
    for option, value in itertools.product(set(options(commands()[command])) & set(NUMBERS), VALUES):
        result = adain(*command.split()[1:], *COMMANDS[command], f"--{option}={value}")
        if result.returncode == 0:
            assert result.stderr == b"", (value, result.stderr)
            for made in tmp_path.glob("out*"):
                made.unlink()
            continue
        (sentence,) = sentences(result)
        assert result.returncode == 2, (value, sentence)
        assert f"--{option}" in sentence, (value, sentence)
        assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize(
    "options, words",
    [
        ("Q=200", "Q is not between 1 and 100"),
        ("Q=0", "Q is not between 1 and 100"),
        ("Q=99999999999", "Q is not between 1 and 100"),
        ("restart_interval=-1", "restart-interval is not between 0 and 2147483647"),
        ("bogus=1", "no property named `bogus'"),
        ("Q=nan", "'nan' is not an integer"),
        ("subsample-mode=7", "has no member '7'"),
    ],
)
def test_options_of_the_format_that_is_written(options, words, adain, pictures, tmp_path):
    """Before anything is computed, and not taken for the default with a warning of GLib's."""
    for command in (
        ["in.png", "-s", "style.png", "-o", f"new.jpg[{options}]"],
        ["in.png", "-s", "style.png", "-o", "new/", "--format", f"jpg[{options}]"],
        ["in.png", "-s", "style.png", "-o", "-", "--format", f"jpg[{options}]"],
        ["sheet", "in.png", "-s", "style.png", "-o", f"new.jpg[{options}]"],
    ):
        result = adain(*command)
        assert result.returncode == 2
        (sentence,) = sentences(result)
        assert words in sentence and (f"-o new.jpg[{options}]" in sentence or "--format" in sentence)
        assert result.stdout == b""
        assert not list(tmp_path.glob("new*"))


@pytest.mark.parametrize("options", ["page=-5", "page=100001", "n=-5", "subifd=x", "bogus=1"])
def test_options_of_a_format_that_is_read(options, adain, pictures, tmp_path):
    opened(PAINTING).thumbnail_image(32).write_to_file(str(tmp_path / "a.tif"))
    name = f"a.tif[{options}]"
    for command in (
        [name, "-s", "style.png", "-o", "new.png"],
        ["in.png", "-s", name, "-o", "new.png"],
        ["in.png", "-s", "style.png", "-s", "style.png", "--mask", name, "--mask", name, "-o", "new.png"],
        ["style", "save", name, "-o", "new.style"],
        ["sheet", name, "-s", "style.png", "-o", "new.png"],
        ["sheet", "in.png", "-s", name, "-o", "new.png"],
        ["measure", name, "style.png", "in.png"],
    ):
        result = adain(*command)
        assert result.returncode == 1
        (sentence,) = sentences(result)
        assert sentence.startswith(f"{name}: ")
        assert not list(tmp_path.glob("new*"))
