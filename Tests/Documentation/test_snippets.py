"""The documents' programs in C, Swift, Python and Ruby are compiled and run."""

import itertools
import shutil
import subprocess
import sys

import pytest
from conftest import BUILD, GUIDES, ROOT, blocks, name

# What a snippet of C may use without having made it.
C_PROGRAM = r"""
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <adain.h>

static adain_pixels
grey (uint32_t width, uint32_t height)
{
  adain_pixels pixels = { calloc (width * height, 3), 0, width, height, ADAIN_FORMAT_U8, 3 };

  for (uint32_t i = 0; i < width * height * 3; i++)
    ((uint8_t *) pixels.data)[i] = i * 37 % 251;
  return pixels;
}

static void
failed (int snippet)
{
  if (!*adain_last_error ())
    return;
  fprintf (stderr, "snippet %d: %s\n", snippet, adain_last_error ());
  exit (1);
}

int
main (void)
{
  adain_pixels photograph = grey (96, 64), painting = grey (64, 64), result = grey (96, 64);
  adain_model *model = NULL;
  adain_style *style = NULL;

  SNIPPETS
  return 0;
}
"""

SWIFT_PROGRAM = """
import AdaIN

func bytes(_ count: Int) -> UnsafeMutableRawPointer {{
  let bytes = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
  for i in 0..<count {{ bytes.storeBytes(of: UInt8(i * 37 % 251), toByteOffset: i, as: UInt8.self) }}
  return bytes
}}

func run() throws {{
  let paintingBytes = bytes(400 * 300 * 3)
  let photographBytes = bytes(640 * 480 * 3)
  let painting = try PixelView(
    "painting", data: paintingBytes, width: 64, height: 64, format: .uint8, channels: 3)
  let photograph = try PixelView(
    "photograph", data: photographBytes, width: 96, height: 64, format: .uint8, channels: 3)
  let result = photograph
  _ = (painting, result)
{}
}}
try run()
"""


def guides(language):
    return pytest.mark.parametrize(
        "document", [path for path in GUIDES if blocks(path, language)], ids=name)


def succeeded(command, **options):
    result = subprocess.run(command, capture_output=True, text=True, **options)
    assert result.returncode == 0, result.stderr + result.stdout
    return result


@guides("c")
def test_c(document, installed, scratch):
    # The first snippets' model and style serve the later ones. What shows an error comes last: the
    # sentence that it leaves must be its own.
    snippets = sorted(blocks(document, "c"), key=lambda block: "ADAIN_ERROR" in block)
    parts = []
    for i, block in enumerate(snippets, 1):
        parts.append(f"{{\n{block}\n}}")
        if "ADAIN_ERROR" not in block:
            parts.append(f"failed ({i});")
    (scratch / "main.c").write_text(C_PROGRAM.replace("SNIPPETS", "\n".join(parts)))
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "adain"], env=installed, capture_output=True, check=True,
        text=True).stdout.split()
    succeeded(
        ["cc", "-Wall", "-Wextra", "-Werror", "-Wno-unused-variable", "main.c", *flags, "-o", "main"],
        cwd=scratch)
    succeeded([scratch / "main"], cwd=scratch, env=installed)


@guides("swift")
def test_swift(document, scratch):
    snippets = "\n".join(f"do {{\n{block}\n}}" for block in blocks(document, "swift"))
    (scratch / "main.swift").write_text(SWIFT_PROGRAM.format(snippets))
    release = ROOT / ".build" / "release"
    modules = ("AdaIN", "AdaINKernels", "AdaINKernelsAVX512", "AdaINKernelsAVX2",
               "AdaINKernelsBaseline", "CSupport")
    objects = itertools.chain.from_iterable(
        (release / f"{module}.build").rglob("*.o") for module in modules)
    succeeded(
        ["swiftc", "-swift-version", "6", "main.swift", "-I", release / "Modules",
         "-I", ROOT / "Sources" / "CSupport" / "include", *objects, "-o", "main"], cwd=scratch)
    succeeded([scratch / "main"], cwd=scratch)


@guides("python")
def test_python(document, installed, scratch):
    # The wheel's module, on the installed library.
    environment = {**installed, "PYTHONPATH": str(ROOT / "packaging" / "python")}
    for block in blocks(document, "python"):
        program = block if "import" in block else f"import pyvips\n{block}"
        succeeded([sys.executable, "-c", program], cwd=scratch, env=environment)


@pytest.mark.skipif(not shutil.which("ruby"), reason="no Ruby here: Debian 13 has no ruby-vips")
@guides("ruby")
def test_ruby(document, installed, scratch):
    for block in blocks(document, "ruby"):
        (scratch / "result.jpg").unlink(missing_ok=True)
        succeeded([shutil.which("ruby"), "-e", block], cwd=scratch, env=installed)
        assert (scratch / "result.jpg").exists()


def test_every_language_is_among_the_guides():
    assert BUILD.exists()
    for language in ("c", "swift", "python", "ruby"):
        assert any(blocks(path, language) for path in GUIDES), language
