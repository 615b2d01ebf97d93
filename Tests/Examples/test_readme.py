"""The page of the examples: its commands work as they stand, and it names every program."""

import re
import shutil
import subprocess

import pytest
from conftest import BUILD, EXAMPLES, HAS_RUBY_VIPS, ROOT, opened

PAGE = (EXAMPLES / "README.md").read_text()
SETUP, *BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.S | re.M)
LANGUAGES = ["c", "cpp", "node", "python", "ruby", "shell", "swift"]


@pytest.mark.parametrize("block", BLOCKS, ids=[block.split("\n")[0][:40] for block in BLOCKS])
def test_the_commands_of_the_page_make_their_files(block):
    if block.startswith("node") and not shutil.which("node"):
        pytest.skip("no Node.js here")
    if block.startswith("ruby") and not HAS_RUBY_VIPS:
        pytest.skip("no ruby-vips here")
    results = [BUILD / "examples" / name for name in re.findall(r"\$out/([\w-]+\.(?:jpg|png|ppm|mkv))\b", block)]
    made = [path for path in results if path.name not in ("photograph.ppm", "painting.ppm")]
    assert made
    for path in made:
        path.unlink(missing_ok=True)
    done = subprocess.run(
        ["sh", "-euc", SETUP + block], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    for path in made:
        if path.suffix == ".mkv":
            assert path.stat().st_size > 1000
        else:
            assert opened(path).avg() > 0


def test_the_page_names_every_program():
    for language in LANGUAGES:
        files = (path for path in (EXAMPLES / language).rglob("*") if path.is_file())
        for path in files:
            if ".build" not in path.parts and path.name != "Package.resolved":
                assert f"`{path.relative_to(EXAMPLES)}`" in PAGE


def test_every_picture_has_its_source():
    folder = EXAMPLES / "images"
    text = (folder / "SOURCES.md").read_text()
    pictures = [path.name for path in folder.iterdir() if path.suffix != ".md"]
    assert pictures and all(f"`{name}`" in text for name in pictures)
