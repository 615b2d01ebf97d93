"""The commands of the documents are run as they stand there."""

import subprocess

import pytest
from conftest import CATALOGUE, DOCUMENTS, ROOT, blocks, name

# What cannot be run within a test: why, and what is checked instead.
NOT_RUN = {
    "sudo make install": "wants root; the fixture `installed` does it without",
    "make demo": "builds; `make test` builds the same",
    "make test": "is what runs this",
    "make benchmark": "takes minutes, and the peers from PyPI",
    "python3 Benchmarks/batch.py": "takes minutes",
    "adain train": "takes minutes; Tests/Tool/test_train.py does it on a narrow network",
    "adain photograph.jpg --style painting.jpg --model mine.safetensors": "wants the model of the line before",
}


def commands(block):
    """Commands of a block, each of one line or continued by backslashes, without remarks."""
    for line in block.replace("\\\n", " ").splitlines():
        if line := line.split("  #")[0].strip():
            yield line


def not_run(command):
    return any(command == start or command.startswith(f"{start} ") for start in NOT_RUN)


# Tests/Examples runs the commands of the examples' page; those of Tests/Fuzz take as long as they say.
ELSEWHERE = ("Tests", "examples")
WITH_COMMANDS = [path for path in DOCUMENTS
                 if blocks(path, "sh") and path.relative_to(ROOT).parts[0] not in ELSEWHERE]


@pytest.mark.parametrize("document", WITH_COMMANDS, ids=name)
def test_commands(document, installed, scratch):
    lines = [line for block in blocks(document, "sh") for line in commands(block)]
    script = "\n".join(line for line in lines if not not_run(line))
    result = subprocess.run(
        ["bash", "-exuo", "pipefail", "-c", script], cwd=scratch, env=installed, text=True,
        stdin=subprocess.DEVNULL, capture_output=True)
    assert result.returncode == 0, result.stderr
    # libvips warns where it should have failed.
    assert "WARNING" not in result.stderr, result.stderr


def test_readme_has_commands():
    assert ROOT / "README.md" in WITH_COMMANDS and len(WITH_COMMANDS) >= 4


@pytest.mark.parametrize(
    "command",
    sorted({line for path in WITH_COMMANDS for block in blocks(path, "sh")
            for line in commands(block) if not_run(line)}))
def test_what_is_not_run_is_understood(command, installed):
    words = command.split(" && ")[0].removeprefix("sudo ").split()
    dry = f"make -n {' '.join(words[1:])}" if words[0] == "make" else f"{words[0]} {words[1]} --help"
    result = subprocess.run(dry, shell=True, cwd=ROOT, env=installed, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_without_the_module_libvips_says_what_troubleshooting_quotes(installed, scratch):
    environment = {**installed, "VIPSHOME": str(scratch / "nothing")}
    result = subprocess.run(
        ["vips", "adain", "photograph.jpg", "painting.jpg", "o.jpg"], cwd=scratch, env=environment,
        capture_output=True, text=True)
    assert result.returncode != 0
    text = (CATALOGUE / "Troubleshooting.md").read_text()
    assert f"`{result.stderr.splitlines()[0].strip()}`" in text, result.stderr
