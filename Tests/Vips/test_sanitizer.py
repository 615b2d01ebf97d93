"""[15] The operation under AddressSanitizer: see asan_host.c."""

import os
import shlex
import subprocess

from conftest import BUILD, CONTENT, ROOT, STYLE, opened


def test_the_operation_under_address_sanitizer(model, tmp_path):
    content, style = tmp_path / "c.png", tmp_path / "s.png"
    opened(CONTENT).crop(0, 0, 75, 53).bandjoin(100).write_to_file(str(content))
    opened(STYLE).crop(0, 0, 64, 49).write_to_file(str(style))
    host = tmp_path / "host"
    flags = subprocess.run(
        ["pkg-config", "--cflags", "--libs", "vips"], capture_output=True, text=True, check=True
    ).stdout
    sources = [p for p in (ROOT / "Sources" / "VipsAdain").glob("*.c") if p.name != "module.c"]
    subprocess.run(
        ["cc", "-g", "-O1", "-fsanitize=address", f"-I{ROOT}/include", *sources]
        + [ROOT / "Tests" / "Vips" / "asan_host.c", f"-L{BUILD}/lib", "-ladain"]
        + [*shlex.split(flags), f"-Wl,-rpath,{BUILD}/lib", "-o", host],
        check=True,
    )
    environment = {
        **os.environ,
        "VIPSHOME": "/nonexistent",  # the operation is in the program itself
        "LSAN_OPTIONS": f"suppressions={ROOT}/Tests/lsan.supp:print_suppressions=0",
    }
    command = [host, content, style, model, tmp_path / "o.png"]
    result = subprocess.run(command, capture_output=True, env=environment, timeout=120)
    assert result.returncode == 0, (result.stdout + result.stderr).decode()[-5000:]
    assert b"asan-host: passed" in result.stdout
