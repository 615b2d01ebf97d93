"""The examples do what they say, with the model inside the library."""

import subprocess
import sys

import pyvips
from conftest import CONTENT, ROOT, STYLE


def test_the_pipeline_is_a_filter():
    script = ROOT / "examples" / "shell" / "pipeline.sh"
    result = subprocess.run([script, CONTENT, STYLE], capture_output=True, check=True)
    assert result.stderr == b""
    image = pyvips.Image.new_from_buffer(result.stdout, "")
    assert (image.width, image.height, image.get("vips-loader")) == (451, 300, "jpegload_buffer")


def test_the_pyvips_example(tmp_path):
    script = ROOT / "examples" / "python" / "stylise.py"
    out = tmp_path / "result.png"
    subprocess.run([sys.executable, script, CONTENT, out, STYLE, CONTENT], check=True)
    assert pyvips.Image.new_from_file(str(out)).width == 451


def test_the_pictures_have_their_sources():
    sources = (ROOT / "examples" / "images" / "SOURCES.md").read_text()
    for path in (ROOT / "examples" / "images").glob("*.jpg"):
        assert f"`{path.name}`" in sources
