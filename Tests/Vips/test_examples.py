"""The examples do what their first lines say."""

import os
import subprocess
import sys

import pyvips
from conftest import BUILD, CONTENT, ROOT, STYLE, difference, opened


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


def test_a_walk_over_a_large_picture(tmp_path):
    walk = tmp_path / "walk"
    compiler = ["cc", ROOT / "examples" / "c" / "walk.c", f"-I{ROOT}/include", f"-L{BUILD}/lib"]
    subprocess.run([*compiler, "-ladain", f"-Wl,-rpath,{BUILD}/lib", "-o", walk], check=True)
    photograph, painting = opened(), opened(STYLE).resize(0.3)
    painting.write_to_file(str(tmp_path / "painting.ppm"))
    result = subprocess.run(
        [walk, tmp_path / "painting.ppm", "96", tmp_path],
        input=photograph.write_to_buffer(".ppm"), capture_output=True, timeout=120)
    assert (result.returncode, result.stderr) == (0, b"")
    whole = photograph.adain([painting]).copy_memory()
    for step in range(8):
        x, y = (451 - 96) * step // 7, (300 - 96) * step // 7
        view = opened(tmp_path / f"view-{step}.ppm")
        assert difference(view, whole.crop(x, y, 96, 96)) == 0

    cut = subprocess.run(
        [walk, tmp_path / "painting.ppm", "96", tmp_path / "views"],
        input=photograph.write_to_buffer(".ppm")[:-1], capture_output=True, timeout=120)
    assert cut.returncode == 1
    assert cut.stderr == b"walk: standard input: ends before its last pixel\n"
