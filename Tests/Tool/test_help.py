"""Help, manual and completions agree with the options that there are."""

import json
import re
import subprocess

import pytest
from conftest import BUILD, ROOT, TOOL

MANUAL = ROOT / "Sources" / "AdaINTool" / "Manual" / "adain.1"


def output(*arguments):
    return subprocess.run([TOOL, *arguments], capture_output=True, check=True, text=True).stdout


def commands(command):
    yield command
    for subcommand in command.get("subcommands", []):
        yield from commands(subcommand)


@pytest.fixture(scope="module")
def tree():
    return json.loads(output("--experimental-dump-help"))["command"]


@pytest.fixture(scope="module")
def options(tree):
    """Every long option of every command."""
    return {
        name["name"]
        for command in commands(tree)
        for argument in command.get("arguments", [])
        for name in argument.get("names", [])
        if name["kind"] == "long"
    }


def test_help_has_examples_and_every_option(options):
    text = output("--help")
    assert "adain photo.jpg --style wave.jpg -o out.jpg" in text
    assert {"style", "strength", "all-pairs", "skip-existing", "json"} <= options
    everywhere = text + output("sheet", "--help") + output("video", "--help") + output("train", "--help")
    assert all(f"--{option}" in everywhere for option in options)
    assert output("help") == text
    assert output("help", "style", "save") == output("style", "save", "--help")


def test_the_manual_has_the_options_that_there_are(options):
    text = MANUAL.read_text()
    described = set(re.findall(r"(?:^\.It |, )(?:Fl \w , )?(?:Fl )?-([a-z-]+)", text, re.MULTILINE))
    assert described == options


def test_the_manual_has_the_subcommands_that_there_are(tree):
    text = MANUAL.read_text()
    for command in commands(tree):
        path = [*command.get("superCommands", [])[1:], command["commandName"]]
        if command["commandName"] in ("adain", "help") or path == ["style"]:
            continue
        assert f".It Cm {' '.join(path)}\n" in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_have_every_option(shell, options):
    text = (BUILD / "share" / "completions" / f"adain.{shell}").read_text()
    assert all(option in text for option in options)


def complete(line):
    """What bash offers for the last word."""
    words = line.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    script = f"""
      source '{BUILD}/share/completions/adain.bash'
      COMP_WORDS=({quoted}) COMP_CWORD={len(words) - 1}
      COMP_LINE='{line}' COMP_POINT={len(line)}
      compopt() {{ :; }}
      _adain adain '{words[-1]}' '{words[-2]}'
      printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    return subprocess.run(["bash", "-c", script], capture_output=True, text=True).stdout.split()


def test_bash_completes():
    options = {"--style", "--strength", "--style-size", "--stroke"}
    assert set(complete("adain photo.jpg --st")) == options
    assert set(complete("adain sty")) >= {"style", "styles"}
    assert set(complete("adain style ")) >= {"save", "list", "info"}
    assert "--style-size" in complete("adain style save a.jpg --style-")
