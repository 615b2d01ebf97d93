"""The libvips guide's table of what survives into which format is what happens."""

import json

import pytest
import pyvips
from conftest import CONTENT, PAINTING, ROOT, opened, succeeded

FIELDS = {"EXIF": "exif-ifd0-Artist", "GPS": "exif-ifd3-GPSAltitude", "XMP": "xmp-data", "IPTC": "iptc-data",
          "resolution": "resolution-unit", "JPEG comment": "jpeg-comment"}
GUIDE = (ROOT / "Sources/AdaIN/AdaIN.docc/LibvipsGuide.md").read_text()
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in GUIDE.splitlines() if line.startswith("| .")]


@pytest.fixture
def full(tmp_path):
    """A JPEG with every kind of metadata."""
    image = opened(CONTENT).crop(0, 0, 64, 48).copy(xres=5, yres=5)
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd0-Artist", "Anna")
    image.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSAltitude", "100/1")
    image.set_type(pyvips.GValue.blob_type, "xmp-data", b'<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>')
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x08\x1c\x02\x50\x00\x03Ann\x00"
    image.set_type(pyvips.GValue.blob_type, "iptc-data", iptc)
    path = tmp_path / "full.jpg"
    image.write_to_file(str(path))
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xfe\x00\x07hello" + data[2:])
    return path


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_the_guides_table_is_true(adain, full, tmp_path, row):
    suffix, *told = row
    output = tmp_path / f"out{suffix}"
    result = succeeded(adain(full, "-s", PAINTING, "-o", output, "--json"))
    fields = opened(output).get_fields()
    found = {name: any(field.startswith(start) for field in fields) for name, start in FIELDS.items()}
    assert found == {name: word == "yes" for name, word in zip(FIELDS, told)}
    assert json.loads(result.stdout).get("lost", []) == ([] if found["EXIF"] else ["exif"])


def test_the_table_is_there():
    assert [row[0] for row in ROWS] == [".jpg", ".png", ".webp", ".tif"]
