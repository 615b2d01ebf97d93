"""Disks that are full, or may not be written: a sentence, the earlier file as it was, nothing left over."""

import os
import subprocess

import pytest
from conftest import COMMANDS, CONTENT, PAINTING, TOOL, run, the_sentence

EARLIER = "an earlier result"


@pytest.fixture(scope="session")
def namespace():
    """A mount namespace of one's own: a user who is not root needs one of users, too."""
    unshare = ["unshare", "--mount"]
    if os.geteuid() != 0:
        unshare = ["unshare", "--user", "--map-root-user", "--mount"]
    probe = 'd=$(mktemp -d) && mount -t tmpfs none "$d"'
    if subprocess.run([*unshare, "sh", "-c", probe], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("no mount namespaces here")
    return unshare


# A file of 17 bytes has a page; then the disk is full, nearly full, or may not be written any more.
DISKS = {
    "full": 'cat /dev/zero > "$DISK/ballast" 2> /dev/null',
    "nearly full": 'head -c 53248 /dev/zero > "$DISK/ballast"',
    "read-only": 'mount -o remount,bind,ro "$DISK"',
}


@pytest.fixture
def on_a_disk(namespace, tmp_path):
    """Run a command, with {disk} for a small file system: its result, and the names there afterwards."""

    def on(kind, earlier, command, **environment):
        disk = tmp_path / "disk"
        disk.mkdir()
        script = f'''
            mount -t tmpfs -o size=64k none "$DISK" || exit 99
            printf '{EARLIER}' > "$DISK/{earlier}"
            {DISKS[kind]}
            "$@" > /dev/null
            status=$?
            head -c {len(EARLIER)} "$DISK/{earlier}"
            ls -A "$DISK" | sed s,^,/,
            exit $status'''
        command = [str(part).replace("{disk}", str(disk)) for part in command]
        environment = {key: value.replace("{disk}", str(disk)) for key, value in environment.items()}
        result = run(
            [*namespace, "sh", "-c", script, "sh", *command],
            environment={"DISK": str(disk), **environment})
        content, *names = result.stdout.decode(errors="replace").split("/")
        return result, content, {name.strip() for name in names} - {"ballast"}

    return on


@pytest.mark.parametrize("kind", DISKS)
@pytest.mark.parametrize("name", COMMANDS)
def test_of_a_result(on_a_disk, commands, kind, name):
    arguments, suffix = commands[name]
    if name in ("style save", "video") and kind == "nearly full":
        pytest.skip("there is room for what this writes")
    result, content, names = on_a_disk(
        kind, f"o{suffix}", [TOOL, *arguments, "-o", f"{{disk}}/o{suffix}"])
    assert result.returncode == 1, result.stderr
    sentence = the_sentence(result)
    assert "o" + suffix in sentence or sentence.endswith(("Read-only file system", "No space left on device"))
    assert content == EARLIER
    assert names == {f"o{suffix}"}


@pytest.mark.parametrize("kind", DISKS)
def test_of_a_batch(on_a_disk, commands, kind):
    arguments, _ = commands["stylise"]
    other = CONTENT.with_name("coffee.jpg")
    result, content, names = on_a_disk(
        kind, "chelsea.png", [TOOL, other, *arguments, "--format", "png", "-o", "{disk}/"])
    assert result.returncode == 1
    lines = result.stderr.decode().splitlines()
    assert lines and all(line.startswith("adain: ") for line in lines), lines
    assert content == EARLIER and names == {"chelsea.png"}


@pytest.mark.parametrize("kind", DISKS)
@pytest.mark.parametrize("program", ["adain", "vips adain"])
def test_of_the_feature_map(on_a_disk, model, tmp_path, kind, program):
    out = tmp_path / "o.png"
    command = [TOOL, CONTENT, "-s", PAINTING, "-o", out, "--model", model]
    if program == "vips adain":
        command = ["vips", "adain", CONTENT, PAINTING, out, "--model", model]
    # Not where the style is made, whose map is as large: nothing of the content shall be kept there either.
    result, content, names = on_a_disk(
        kind, "earlier", command, TMPDIR="{disk}", ADAIN_FEATURE_MEMORY="0")
    assert result.returncode == 1 and not out.exists()
    sentence = the_sentence(result)
    assert "/disk: no " in sentence and "bytes" in sentence
    assert content == EARLIER and names == {"earlier"}


@pytest.mark.parametrize("kind", DISKS)
def test_of_the_operation(on_a_disk, model, kind):
    """libvips' savers write the file itself: what was there is gone, a part may be left. The status says so."""
    result, _, names = on_a_disk(
        kind, "o.png", ["vips", "adain", CONTENT, PAINTING, "{disk}/o.png", "--model", model])
    assert result.returncode == 1 and result.stderr
    assert names == {"o.png"}
