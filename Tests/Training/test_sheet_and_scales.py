"""sheet.py and scales.py on tiny pictures and a narrow model."""

import json
import subprocess
import sys

from conftest import ROOT
from PIL import Image

from weights.evaluation import scales


def test_a_sheet_has_a_row_for_each_content(run, pictures, narrow_model, tmp_path):
    out, sheet = tmp_path / "work", tmp_path / "sheet.png"
    for name in ("narrow", "other"):
        (out / name).mkdir(parents=True)
        for pair in ("0--0", "1--4"):
            Image.new("RGB", (64, 64), "red").save(out / name / f"{pair}.png")
    command = [sys.executable, "-m", "weights.evaluation.sheet", sheet, "--images", pictures, "--out", out,
               "--methods", "narrow", "other", "--side", "32"]
    subprocess.run(command, check=True, cwd=ROOT)
    made = Image.open(sheet)
    assert made.size == (4 * 32, 16 + 2 * 32)
    assert made.getpixel((80, 30)) == made.getpixel((120, 70)) == (255, 0, 0)
    subprocess.run([*command, "--without", "0"], check=True, cwd=ROOT)
    assert Image.open(sheet).size == (4 * 32, 16 + 32)


def test_losses_at_each_width(run, pictures, narrow_model, tmp_path, monkeypatch):
    monkeypatch.setattr(scales, "WIDTHS", (32, 64))
    monkeypatch.setattr(scales, "REFERENCE", 64)
    done = run("evaluation.scales", "--photographs", pictures / "content", "--styles", pictures / "style",
               "--model", narrow_model, "--pairs", 1, "--out", tmp_path / "out",
               "--report", tmp_path / "report")
    assert done.returncode == 0, done.stderr
    results = json.loads((tmp_path / "report.json").read_text())
    assert len(results) == 5 and all(loss > 0 for r in results.values() for loss in r.values())
    assert Image.open(tmp_path / "out" / "0--0--32.png").size == (32, 24)
    assert "| 1.00 |" in (tmp_path / "report.md").read_text()
