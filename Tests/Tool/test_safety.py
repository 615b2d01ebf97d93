"""Nothing that is read is ever written, nothing hangs, nothing is lost in silence."""

import ctypes
import errno
import json
import os
import pathlib
import re
import shutil
import stat
import struct
import subprocess

import pytest
from conftest import BUILD, CONTENT, OTHER, PAINTING, ROOT, TOOL, difference, opened, sentences, succeeded


@pytest.fixture
def small(tmp_path):
    """A picture of 60 pixels, quick to stylise."""
    path = tmp_path / "small.png"
    opened(CONTENT).thumbnail_image(60).write_to_file(str(path))
    return path


def refused(result, *words):
    assert result.returncode == 2, result.stderr
    for word in words:
        assert word in sentences(result)[0]


# ---- Overwriting -----------------------------------------------------------------------


def test_no_file_that_is_read_is_overwritten(adain, small, tmp_path):
    painting, mask = tmp_path / "wave.png", tmp_path / "mask.png"
    shutil.copy(small, painting)
    opened(small)[0].write_to_file(str(mask))
    succeeded(adain("style", "save", painting, "-o", "wave.style"))
    before = {path: path.read_bytes() for path in (small, painting, mask, tmp_path / "wave.style")}
    os.symlink(painting, tmp_path / "link.png")
    os.link(painting, tmp_path / "hard.png")
    for output in ("wave.png", "./wave.png", str(painting), f"../{tmp_path.name}/wave.png", "link.png", "hard.png"):
        refused(adain(small, "-s", painting, "-o", output), "would overwrite the style", "wave.png")
    refused(adain(small, "-s", "link.png", "-o", "wave.png"), "would overwrite the style")
    refused(adain(small, "-s", painting, "-s", OTHER, "--mask", mask, "-o", "mask.png"), "would overwrite the mask")
    refused(adain(small, "-s", painting, "-o", "small.png"), "would overwrite the input")
    refused(adain("sheet", small, "-s", painting, "-o", "small.png"), "would overwrite the input")
    refused(adain("sheet", small, "-s", painting, "-o", "wave.png"), "would overwrite the style")
    refused(adain("style", "save", "wave.style", painting, "-o", "wave.style", narrow=False), "would overwrite")
    assert {path: path.read_bytes() for path in before} == before


def test_a_folder_of_styles_is_not_written_into(adain, small, tmp_path):
    (tmp_path / "sd").mkdir()
    shutil.copy(small, tmp_path / "sd" / "small.png")
    refused(adain(small, "-s", "sd/small.png", "-o", "sd/"), "would overwrite the style sd/small.png")


def test_a_second_run_in_the_inputs_own_folder_goes_on(adain, small, tmp_path):
    (tmp_path / "f").mkdir()
    for name in ("a.png", "b.png"):
        shutil.copy(small, tmp_path / "f" / name)
    flags = ["-s", PAINTING, "--suffix=-w", "--skip-existing", "-o", "f/", "--json"]
    first = [json.loads(line) for line in succeeded(adain("f", *flags)).stdout.splitlines()]
    (tmp_path / "f" / "b-w.png").unlink()
    second = [json.loads(line) for line in succeeded(adain("f", *flags)).stdout.splitlines()]
    assert [line["status"] for line in first] == ["done", "done"]
    assert sorted((line["output"], line["status"]) for line in second) == [
        ("f/a-w.png", "skipped"), ("f/b-w.png", "done")]
    assert sorted(os.listdir(tmp_path / "f")) == ["a-w.png", "a.png", "b-w.png", "b.png"]


# ---- What is replaced --------------------------------------------------------------------


def test_a_result_is_written_through_a_link(adain, small, tmp_path):
    (tmp_path / "there").mkdir()
    for target in ("there/old.png", "there/new.png"):
        link = tmp_path / "link.png"
        os.symlink(target, link)
        if "old" in target:
            shutil.copy(small, tmp_path / target)
        succeeded(adain(small, "-s", PAINTING, "-o", "link.png"))
        assert link.is_symlink() and os.readlink(link) == target
        assert (tmp_path / target).read_bytes() != small.read_bytes()
        link.unlink()
    assert sorted(os.listdir(tmp_path / "there")) == ["new.png", "old.png"]


def test_permissions_owner_and_attributes_of_what_is_replaced_stay(adain, small, tmp_path):
    result = tmp_path / "r.png"
    result.write_bytes(b"old")
    result.chmod(0o600)
    os.setxattr(result, "user.note", b"keep me")
    if os.geteuid() == 0:
        os.chown(result, 1234, 4321)
    succeeded(adain(small, "-s", PAINTING, "-o", "r.png"))
    status = result.stat()
    assert stat.S_IMODE(status.st_mode) == 0o600
    assert os.getxattr(result, "user.note") == b"keep me"
    if os.geteuid() == 0:
        assert (status.st_uid, status.st_gid) == (1234, 4321)
    assert opened(result).width == 60


@pytest.mark.skipif(not shutil.which("setfacl"), reason="needs the package acl")
def test_access_lists_stay_and_are_inherited(adain, small, tmp_path):
    def access_list(path):
        return subprocess.run(["getfacl", "-c", path], capture_output=True, text=True, check=True, cwd=tmp_path).stdout

    (tmp_path / "r.png").write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    subprocess.run(["setfacl", "-m", "u:nobody:rw", "r.png"], check=True, cwd=tmp_path)
    subprocess.run(["setfacl", "-d", "-m", "u:nobody:rwx", "folder"], check=True, cwd=tmp_path)
    before = access_list("r.png")
    succeeded(adain(small, "-s", PAINTING, "-o", "r.png"))
    assert access_list("r.png") == before
    succeeded(adain(small, "-s", PAINTING, "-o", "folder/new.png"))
    (tmp_path / "folder" / "other.png").write_bytes(b"")
    assert access_list("folder/new.png") == access_list("folder/other.png")


# What a picture does not need: priorities, memory's places and hints, random numbers, the machine's load.
DENIED = ("madvise", "prctl", "getrandom", "sysinfo", "statfs", "set_mempolicy", "get_mempolicy", "sched_yield",
          "ioctl", "readlink", "rseq", "set_robust_list", "fallocate", "flock", "memfd_create", "membarrier")


@pytest.mark.parametrize("error", [errno.EPERM, errno.ENOSYS])
def test_a_sandbox_that_denies_what_is_not_needed(small, tmp_path, error):
    header = pathlib.Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h").read_text()
    numbers = dict(re.findall(r"#define __NR_(\w+) (\d+)", header))
    load, equal, allow, deny = 0x20, 0x15, 0x7FFF0000, 0x00050000 | error
    filters = [(load, 0, 0, 0)]
    for name in (*DENIED, *(["fsync"] if error == errno.ENOSYS else [])):
        filters += [(equal, 0, 1, int(numbers[name])), (6, 0, 0, deny)]
    filters.append((6, 0, 0, allow))
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *one) for one in filters))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filters", ctypes.c_void_p)]

    program = Program(len(filters), ctypes.addressof(code))
    libc = ctypes.CDLL(None)

    def confine():
        if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, ctypes.byref(program), 0, 0):
            os._exit(99)

    for out, before in (("free.png", None), ("confined.png", confine)):
        done = subprocess.run(
            [TOOL, small, "-s", "lion", "-o", out, "--quiet"], cwd=tmp_path, preexec_fn=before, capture_output=True,
            timeout=60)
        assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "confined.png").read_bytes() == (tmp_path / "free.png").read_bytes()


@pytest.mark.parametrize("name", ["cam.dng", "cam.NEF", "cam.cr2", "cam.arw"])
def test_a_cameras_raw_file_is_no_preview(adain, small, tmp_path, name):
    # Of these, too, the first directory is a small RGB picture.
    folder = tmp_path / "card"
    folder.mkdir()
    opened(tmp_path / small).write_to_file(str(folder / "preview.tif"))
    (folder / "preview.tif").rename(folder / name)
    done = adain(folder / name, "-s", PAINTING, "-o", "r.png")
    assert done.returncode == 1 and "is a camera's raw file" in sentences(done)[0]
    (folder / "cam.jpg").write_bytes(b"")
    opened(tmp_path / small).write_to_file(str(folder / "cam.jpg"))
    succeeded(adain(folder, "-s", PAINTING, "-o", "results/"))
    assert [path.name for path in (tmp_path / "results").iterdir()] == ["cam.jpg"]


def test_new_files_obey_the_umask(adain, small, tmp_path):
    mask = os.umask(0o027)
    try:
        succeeded(adain(small, "-s", PAINTING, "-o", "new.png"))
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new.png").stat().st_mode) == 0o640


def test_what_nobody_may_write_is_not_replaced(adain, small, tmp_path):
    result = tmp_path / "r.png"
    result.write_bytes(b"mine")
    result.chmod(0o444)
    done = adain(small, "-s", PAINTING, "-o", "r.png")
    assert done.returncode == 1 and "r.png: cannot be written: Permission denied" in sentences(done)[0]
    assert result.read_bytes() == b"mine" and len(os.listdir(tmp_path)) == 2


def test_a_pipe_is_not_replaced(adain, small, tmp_path):
    os.mkfifo(tmp_path / "p.png")
    done = adain(small, "-s", PAINTING, "-o", "p.png")
    assert done.returncode == 1 and "p.png: is a pipe or a device" in sentences(done)[0]
    assert stat.S_ISFIFO((tmp_path / "p.png").stat().st_mode)


# ---- What is read ------------------------------------------------------------------------


def test_pipes_do_not_hang(adain, small, tmp_path):
    os.mkfifo(tmp_path / "p.png")
    (tmp_path / "f").mkdir()
    shutil.copy(small, tmp_path / "f" / "a.png")
    os.mkfifo(tmp_path / "f" / "p.png")
    succeeded(adain("f", "-s", PAINTING, "-o", "out/"))
    assert os.listdir(tmp_path / "out") == ["a.png"]
    done = adain("p.png", "-s", PAINTING, "-o", "o.png")
    assert done.returncode == 1 and "p.png: is a pipe into which nobody writes" in sentences(done)[0]
    for arguments in (["-s", "p.png"], ["-s", PAINTING, "-s", OTHER, "--mask", "p.png"]):
        done = adain(small, *arguments, "-o", "o.png")
        assert done.returncode == 1 and "p.png: is a pipe or a device" in sentences(done)[0]


def test_a_shells_process_substitution_is_read(model, small, tmp_path):
    command = f"'{TOOL}' <(cat '{small}') -s '{PAINTING}' --model '{model}' -o o.png"
    subprocess.run(["bash", "-c", command], cwd=tmp_path, check=True, timeout=60)
    assert opened(tmp_path / "o.png").width == 60


def test_an_empty_standard_input_is_a_sentence(adain, tmp_path):
    done = adain("-", "-s", PAINTING, "-o", "o.png", stdin=b"")
    assert done.returncode == 1 and sentences(done) == ["standard input: is empty"]


def test_files_that_only_seem_to_be_pictures_are_named(adain, small, tmp_path):
    folder = tmp_path / "z"
    folder.mkdir()
    shutil.copy(small, folder / "base.png")
    (folder / "zero.jpg").write_bytes(b"")
    (folder / "page.jpg").write_bytes(b"<!doctype html><title>Not found</title>")
    (folder / "header.jpg").write_bytes(b"\x00" * 500)
    os.symlink("nothing.png", folder / "dangling.png")
    (folder / "notes.txt").write_text("no picture")
    (folder / "labels.csv").write_text("cat,1\ndog,2\n")
    (folder / "m.mat").write_text("2 2\n1 2\n3 4\n")
    done = adain("z", "-s", PAINTING, "-o", "zo")
    assert done.returncode == 1
    assert os.listdir(tmp_path / "zo") == ["base.png"]
    named = sorted(sentence.split(":")[0] for sentence in sentences(done))
    assert named == ["z/dangling.png", "z/header.jpg", "z/page.jpg", "z/zero.jpg"]
    records = [json.loads(line) for line in adain("z", "-s", PAINTING, "-o", "zo", "--json").stdout.splitlines()]
    assert sorted(record["input"] for record in records if record["status"] == "failed") == named
    assert [record for record in records if record["status"] == "ignored"] == [
        {"input": "z", "status": "ignored", "files": 3}
    ]
    for table in ("labels.csv", "m.mat"):
        done = adain(folder / table, "-s", PAINTING, "-o", "t.png")
        assert done.returncode == 1 and "is a table of numbers, not a picture" in sentences(done)[0]


def test_a_name_that_ends_in_brackets_is_blamed_for_what_it_is(adain, small, tmp_path):
    (tmp_path / "IMG.x [2024]").write_text("no picture")
    done = adain("IMG.x [2024]", "-s", PAINTING, "-o", "o.png")
    assert done.returncode == 1 and "IMG.x [2024]: is not a picture" in sentences(done)[0]


# ---- Standard output ------------------------------------------------------------------------

CHATTY = {"VIPS_INFO": "1", "G_MESSAGES_DEBUG": "all", "VIPS_PROGRESS": "1", "VIPS_TRACE": "1", "VIPS_LEAK": "1"}


def test_standard_output_is_the_pictures_alone(adain, small, tmp_path):
    quiet = succeeded(adain(small, "-s", PAINTING, "-o", "-"))
    for name, value in CHATTY.items():
        done = adain(small, "-s", PAINTING, "-o", "-", env={**os.environ, name: value})
        assert done.returncode == 0 and done.stdout == quiet.stdout, name
    done = adain(small, "-s", PAINTING, "-o", "o.png", "--json", env={**os.environ, **CHATTY})
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["done"]


@pytest.mark.parametrize("command", [
    ["--help"], ["--version"], ["info"], ["info", "--json"], ["styles"], ["styles", "--json"],
    ["style", "info", "wave.style"], ["measure", "small.png", "small.png", "small.png"],
    ["measure", "small.png", "small.png", "small.png", "--json"], ["small.png", "-s", "small.png", "-o", "-"],
    ["small.png", "-s", "small.png", "-o", "o.png", "--json"], ["--generate-completion-script", "bash"],
])
def test_a_full_standard_output_is_an_error(command, adain, small, tmp_path):
    succeeded(adain("style", "save", small, "-o", "wave.style", narrow=False))
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [TOOL, *command], cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 1
    assert done.stderr.decode().strip() == "adain: standard output: cannot be written: No space left on device"


def test_arguments_are_found_where_proc_is_not(tmp_path):
    """A library that is loaded first and changes the environment moves what Swift would look for."""
    source = tmp_path / "early.c"
    source.write_text(
        '#include <stdlib.h>\n__attribute__((constructor)) static void f (void)'
        ' { for (char n[] = "A"; *n < 90; ++*n) setenv (n, "1", 1); }\n')
    library = tmp_path / "early.so"
    subprocess.run(["cc", "-shared", "-fPIC", source, "-o", library], check=True)
    done = subprocess.run([TOOL, "--version"], env={"LD_PRELOAD": str(library)}, capture_output=True, timeout=60)
    assert done.returncode == 0 and done.stdout.strip(), done.stderr


def test_all_doors_do_without_proc(small, tmp_path):
    """A sandbox often mounts none: the same picture comes out of the tool, the operation and the library."""
    program = tmp_path / "stylise"
    subprocess.run(["cc", "-O1", ROOT / "examples/c/stylise.c", f"-I{ROOT}/include", f"-L{BUILD}/lib", "-ladain",
                    f"-Wl,-rpath,{BUILD}/lib", "-o", program], check=True)
    opened(small).write_to_file(str(tmp_path / "x.ppm"))
    opened(PAINTING).thumbnail_image(96).write_to_file(str(tmp_path / "s.ppm"))
    tool = f"'{TOOL}' x.ppm -s s.ppm -o tool.ppm"
    script = (f"mount -t tmpfs none /proc || exit 77; {tool} && vips adain x.ppm s.ppm operation.ppm"
              f" && '{program}' x.ppm s.ppm library.ppm")
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script], cwd=tmp_path, capture_output=True, timeout=120)
    if done.returncode == 77 or b"unshare failed" in done.stderr:
        pytest.skip("this system lets no namespace be made")
    assert done.returncode == 0, done.stderr
    subprocess.run(tool.replace("tool.ppm", "expected.ppm"), shell=True, check=True, cwd=tmp_path)
    for door in ("tool", "operation", "library"):
        assert difference(opened(tmp_path / f"{door}.ppm"), opened(tmp_path / "expected.ppm")) == 0, door


def test_one_descriptor_of_the_standard_output_is_written(small, tmp_path):
    """Whatever writes to descriptor 1 writes to standard error: the picture goes through a copy of its own."""
    log = tmp_path / "calls"
    calls = "trace=write,writev,pwrite64,pwritev,sendfile,copy_file_range,splice"
    traced = ["strace", "-f", "-y", "-e", calls, "-o", log]
    with open(tmp_path / "o.png", "wb") as output:
        done = subprocess.run([*traced, TOOL, small, "-s", "great-wave", "-o", "-"], stdout=output, timeout=120)
    assert done.returncode == 0
    written = set(re.findall(r"\w+\((\d+)<[^>]*/o.png>", log.read_text()))
    assert len(written) == 1 and written != {"1"}
    assert opened(tmp_path / "o.png").width == opened(small).width


def test_a_sheet_of_a_picture_with_alpha(adain, small, tmp_path):
    image = opened(small)
    image.bandjoin(image[0]).cast("uchar").copy(interpretation="srgb").write_to_file(str(tmp_path / "a.png"))
    succeeded(adain("sheet", "a.png", "-s", PAINTING, "-o", "s.png", "--size", "40"))
    assert opened(tmp_path / "s.png").bands == 3
