"""[15] The operation under AddressSanitizer and UndefinedBehaviorSanitizer: see asan_host.c.

`make asan` names, with SANITIZER_CC and ADAIN_BUILD, a compiler and a library that is watched as well.
"""

import os
import shlex
import shutil
import subprocess

import pytest
from conftest import BUILD, CONTENT, ROOT, STYLE, opened

CC = os.environ.get("SANITIZER_CC", "cc")
FLAGS = ["-g", "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]


@pytest.fixture(scope="module")
def host(model, tmp_path_factory):
    """Run the host; `bug` is one to plant."""
    folder = tmp_path_factory.mktemp("host")
    content, style = folder / "c.png", folder / "s.png"
    opened(CONTENT).crop(0, 0, 75, 53).bandjoin(100).write_to_file(str(content))
    opened(STYLE).crop(0, 0, 64, 49).write_to_file(str(style))
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "vips"], capture_output=True, text=True, check=True
    ).stdout
    sources = [p for p in (ROOT / "Sources" / "VipsAdain").glob("*.c") if p.name != "module.c"]
    subprocess.run(
        [*shlex.split(CC), *FLAGS, f"-I{ROOT}/include", *sources]
        + [ROOT / "Tests" / "Vips" / "asan_host.c", f"-L{BUILD}/lib", "-ladain"]
        + [*shlex.split(flags), f"-Wl,-rpath,{BUILD}/lib", "-o", folder / "host"],
        check=True,
    )
    # The option's value may hold no blank, as this tree's path may.
    shutil.copy(ROOT / "Tests" / "Sanitizers" / "lsan.supp", folder)
    environment = {
        **os.environ,
        "VIPSHOME": "/nonexistent",  # the operation is in the program itself
        "VIPS_LEAK": "1",  # sees what LeakSanitizer cannot: libvips itself holds on to its objects
        "LSAN_OPTIONS": f"suppressions={folder}/lsan.supp:print_suppressions=0",
    }

    def run(*bug):
        command = [folder / "host", content, style, model, folder / "o.png", *bug]
        result = subprocess.run(command, capture_output=True, env=environment, timeout=120)
        return result.returncode, (result.stdout + result.stderr).decode()

    return run


def test_the_operation_under_sanitizers(host):
    status, output = host()
    assert status == 0, output[-5000:]
    assert "asan-host: passed" in output
    assert "alive:" not in output


def test_a_planted_over_read_is_found(host):
    status, output = host("over-read")
    assert status != 0
    assert "heap-buffer-overflow" in output and "Sources/VipsAdain/" in output


def test_a_planted_leak_is_found(host):
    assert "objects alive:" in host("leak")[1]
