"""Each large request of a whole process for memory is refused, once: a sentence and no file, or a success."""

import pytest
import pyvips
from conftest import ALLOCATOR, CONTENT, PAINTING, TOOL, run, the_sentence

# What GLib and libvips' loaders cannot do without is smaller.
LARGE = 64 << 10


def pictures(out):
    """A result's bytes; of a sheet those above the captions, which fontconfig sets in another font when it
    cannot map its cache."""
    if out.name != "sheet.png":
        return out.read_bytes()
    sheet = pyvips.Image.new_from_file(str(out))
    return sheet.crop(0, 0, sheet.width, sheet.height - 36).write_to_memory()


def refuse_each(command, out, tmp_path):
    """(what the process said, whether it left a file) for each request."""
    requests = tmp_path / "requests"
    # liborc, with which libvips compiles for the vector unit, reads through what it could not map.
    environment = {"LARGE": str(LARGE), "REQUESTS": str(requests), "VIPS_NOVECTOR": "1"}
    result = run(command, preload=ALLOCATOR, environment=environment)
    assert result.returncode == 0, result.stderr
    whole = pictures(out)
    count = int(requests.read_text())
    assert count > 0
    for number in range(1, count + 1):
        out.unlink(missing_ok=True)
        environment["REFUSED"] = str(number)
        result = run(command, preload=ALLOCATOR, environment=environment)
        if result.returncode == 0:
            assert pictures(out) == whole
        else:
            assert result.returncode == 1, (number, result.returncode, result.stderr)
            yield result, out.exists()


def test_of_the_operation(model, tmp_path):
    out = tmp_path / "o.png"
    command = ["vips", "adain", CONTENT, PAINTING, out, "--model", model]
    refused = list(refuse_each(command, out, tmp_path))
    assert len(refused) > 5
    for result, left in refused:
        lines = result.stderr.decode().splitlines()
        assert any(line and "WARNING" not in line for line in lines)
        ours = [line for line in lines if line.startswith("adain:")]
        assert len(ours) <= 1, lines
        # Libvips' savers write where they shall and leave what they have: so ours comes before them.
        assert not (ours and left), lines


@pytest.mark.parametrize("name", ["stylise", "style save", "sheet"])
def test_of_the_tool(commands, tmp_path, name):
    arguments, suffix = commands[name]
    folder = tmp_path / "results"
    folder.mkdir()
    out = folder / f"{name.split()[0]}{suffix}"
    refused = list(refuse_each([TOOL, *arguments, "-o", out], out, tmp_path))
    assert len(refused) > 5
    for result, left in refused:
        the_sentence(result)
        assert not left
    out.unlink(missing_ok=True)
    assert list(folder.iterdir()) == []
