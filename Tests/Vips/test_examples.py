"""The examples do what their first lines say."""

import os
import subprocess
import sys

import pyvips
from conftest import CONTENT, ROOT, STYLE, difference, opened


def test_the_pipeline_is_a_filter(model, adain, style):
    script = ROOT / "examples" / "shell" / "pipeline.sh"
    result = subprocess.run(
        [script, STYLE, "--model", model, "--strength", "0.5"],
        input=CONTENT.read_bytes(), capture_output=True, env=os.environ, timeout=120)
    assert (result.returncode, result.stderr) == (0, b"")
    out = pyvips.Image.new_from_buffer(result.stdout, "")
    expected = adain(opened(), [style], strength=0.5).write_to_buffer(".jpg", Q=90)
    assert difference(out, pyvips.Image.new_from_buffer(expected, "")) == 0


def test_the_script_mixes_paintings(tmp_path):
    script = ROOT / "examples" / "python" / "stylise.py"
    small = tmp_path / "small.png"
    opened().resize(0.2).write_to_file(str(small))
    out = tmp_path / "o.png"
    command = [sys.executable, script, small, out, STYLE, CONTENT]
    result = subprocess.run(command, capture_output=True, env=os.environ, timeout=120)
    assert result.returncode == 0, result.stderr
    styles = [opened(STYLE), opened()]
    expected = opened(small).adain(styles, strength=0.9, weights=[2, 1])
    assert difference(opened(out), expected) == 0


def test_every_picture_has_its_source():
    folder = ROOT / "examples" / "images"
    text = (folder / "SOURCES.md").read_text()
    pictures = [path.name for path in folder.iterdir() if path.suffix != ".md"]
    assert pictures and all(f"`{name}`" in text for name in pictures)
