"""[15] Valgrind, which knows no AVX-512: the operation on a small picture, with the AVX2 kernels."""

import shutil
import subprocess

import pytest
from conftest import CONTENT, ROOT, STYLE, opened


@pytest.mark.skipif(shutil.which("valgrind") is None, reason="valgrind is not installed")
def test_no_invalid_reads_and_no_leaks(model, tmp_path):
    content, style = tmp_path / "c.png", tmp_path / "s.png"
    opened(CONTENT).crop(0, 0, 21, 13).bandjoin(100).write_to_file(str(content))
    opened(STYLE).crop(0, 0, 16, 9).write_to_file(str(style))
    result = subprocess.run(
        [
            "valgrind",
            "--error-exitcode=9",
            "--leak-check=full",
            "--errors-for-leak-kinds=definite",
            f"--suppressions={ROOT}/Tests/Sanitizers/valgrind.supp",
            "vips",
            "adain",
            content,
            style,
            tmp_path / "o.png",
            "--model",
            model,
        ],
        capture_output=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr.decode()[-6000:]
