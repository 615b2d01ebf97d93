"""The operation's manual agrees with the operation."""

import re
import subprocess

import pytest
from conftest import CONTENT, ROOT, STYLE

MANUAL = ROOT / "Sources" / "VipsAdain" / "Manual" / "vips-adain.1"


@pytest.fixture(scope="module")
def usage():
    """Every option of the operation: its default as the usage has it, or None."""
    result = subprocess.run(["vips", "adain"], capture_output=True, text=True)
    _, options = result.stdout.split("optional arguments:\n")
    entry = re.compile(r"^   ([a-z-]+) +- .*\n(?:\t+default: (.+)\n)?", re.MULTILINE)
    return dict(entry.findall(options))


@pytest.fixture(scope="module")
def manual():
    """Every option in the manual: what is said of it, as one line."""
    text = MANUAL.read_text()
    entry = re.compile(r"^\.It Fl -([a-z-]+).*\n((?:(?!\.It |\.El).*\n)+)", re.MULTILINE)
    return {name: said.replace("\n", " ") for name, said in entry.findall(text)}


def test_the_manual_has_the_options_that_there_are(usage, manual):
    assert "strength" in usage
    assert set(manual) == set(usage)


def test_the_manual_has_their_defaults(usage, manual):
    numbers = {name: default for name, default in usage.items() if default not in ("", "false")}
    assert numbers["style-size"] == "512"
    for name, default in numbers.items():
        assert f"Default {default}" in manual[name], name


@pytest.mark.parametrize("option", ["strength", "stroke"])
def test_the_manual_has_their_ranges(vips, manual, tmp_path, option):
    low, high = map(int, re.search(r"[Ff]rom (\d+)\b.* to (\d+)\b", manual[option]).groups())
    for outside in (low - 0.1, high + 0.1):
        result = vips("adain", CONTENT, STYLE, tmp_path / "o.png", f"--{option}", outside)
        assert result.returncode == 1
        assert f"not between {low} and {high}" in result.stderr.decode()


def test_the_manual_has_the_variables_that_there_are():
    sources = [
        path.read_text()
        for kind in ("*.swift", "*.c")
        for folder in ("AdaIN", "AdaINC", "VipsAdain")
        for path in (ROOT / "Sources" / folder).rglob(kind)
    ]
    read = set(re.findall(r'getenv ?\("(\w+)"\)', "\n".join(sources)))
    described = set(re.findall(r"^\.It Ev (\w+)", MANUAL.read_text(), re.MULTILINE))
    assert "ADAIN_KERNEL" in read
    assert described == read | {"VIPSHOME", "VIPS_CONCURRENCY"}
