"""A bucket of pictures, and what single calls make of them. The operation is found through VIPSHOME."""

import os
import pathlib
import subprocess

import pytest
import pyvips

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
IMAGES = ROOT / "examples" / "images"
STYLE = "great-wave"


def fill(bucket, count):
    """Different small pictures, some in folders with blanks and quotes; their names, sorted."""
    photographs = [pyvips.Image.new_from_file(str(IMAGES / f"{name}.jpg"))
                   for name in ("chelsea", "coffee", "rocket", "astronaut")]
    names = []
    for i in range(count):
        name = f"it's {i % 3}/{i:02}.jpg" if i % 5 == 0 else f"{i:02}.png" if i % 7 == 0 else f"{i:02}.jpg"
        (bucket / name).parent.mkdir(parents=True, exist_ok=True)
        photographs[i % 4].crop(i % 100, i // 4 % 100, 320, 200).write_to_file(str(bucket / name))
        names.append(name)
    return sorted(names)


@pytest.fixture
def bucket(tmp_path):
    folder = tmp_path / "bucket"
    names = fill(folder, 40)
    (folder / ".hidden").write_text("no picture")
    return folder, names


@pytest.fixture
def single(tmp_path):
    """The bytes of a call of `vips adain` by itself."""

    def bytes_of(picture):
        out = tmp_path / f"single{picture.suffix}"
        subprocess.run(["vips", "adain", picture, "", out, "--named", STYLE], check=True)
        return out.read_bytes()

    return bytes_of


def pictures_in(folder):
    """Every file that is no report, hidden ones too: what is half-written would be among them."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(folder)) for path in paths
                  if path.name not in (".report.jsonl", ".joblog"))


def running(marker, command):
    """Processes whose command line begins with `command` and whose environment has the marker."""
    for process in pathlib.Path("/proc").iterdir():
        try:
            if (process.name.isdigit()
                    and (process / "cmdline").read_bytes().startswith(command)
                    and marker.encode() in (process / "environ").read_bytes().split(b"\0")):
                yield int(process.name)
        except OSError:
            pass  # it ended meanwhile
