"""The same picture, styles and options through every door: C, Swift, the operation and the tool make the
same bytes, for every option with every other."""

import contextlib
import ctypes
import itertools
import json
import subprocess

import pytest
import pyvips
from c_interface import Options, Pixels
from conftest import BUILD, CONTENT

WIDTH, HEIGHT = 120, 80
FORMATS = {"uchar": 0, "ushort": 1}

# What each option changes of a call: the strength, the brush, the styles, the colours, the picture.
CHANGES = {
    "strength": {"strength": 0.6},
    "stroke": {"stroke": 3},
    "finer stroke": {"stroke": 1.7, "detail": 0.9},
    "no detail": {"stroke": 6, "detail": 0},
    "mix": {"named": ["auvers", "lion"], "weights": [1, 3]},
    "masks": {"named": ["lion", "auvers"], "masked": True},
    "lightness": {"colour": "content-lightness"},
    "16 bits": {"format": "ushort"},
    "alpha": {"bands": 4},
    "feature memory": {"feature_memory": 1},
    "fast": {"model": "fast"},
}
DEFAULTS = {
    "strength": 1, "stroke": 0, "detail": 0.7, "named": ["auvers"], "weights": None, "masked": False,
    "colour": "style", "format": "uchar", "bands": 3, "feature_memory": 0, "model": "standard",
}


def combinations():
    for count in (0, 1, 2):
        for names in itertools.combinations(CHANGES, count):
            changes = [CHANGES[name] for name in names]
            # Two that change the same thing are no combination.
            if len(set().union(*changes)) == sum(map(len, changes)) and names != ("mix", "masks"):
                changed = dict(kv for c in changes for kv in c.items())
                yield pytest.param({**DEFAULTS, **changed}, id=" and ".join(names))


def content(call):
    image = pyvips.Image.thumbnail(str(CONTENT), WIDTH, height=HEIGHT, size="force").copy_memory()
    if call["format"] == "ushort":
        image = image.colourspace("rgb16")
    if call["bands"] == 4:
        image = image.bandjoin(77).cast(call["format"]).copy(interpretation=image.interpretation)
    return image


def mask():
    return (pyvips.Image.xyz(30, 20)[0] * 8).cast("uchar").copy(interpretation="b-w")


LIBRARY = ctypes.CDLL(str(BUILD / "lib" / "libadain.so"))
LIBRARY.adain_last_error.restype = ctypes.c_char_p


def library(function, *arguments):
    assert getattr(LIBRARY, function)(*arguments) == 0, LIBRARY.adain_last_error()


def made(stack, function, free, *arguments):
    handle = ctypes.c_void_p()
    library(function, *arguments, ctypes.byref(handle))
    stack.callback(getattr(LIBRARY, free), handle)
    return handle


class Picture:
    def __init__(self, image):
        self.memory = ctypes.create_string_buffer(bytes(image.write_to_memory()), len(image.write_to_memory()))
        self.view = Pixels(
            ctypes.addressof(self.memory), 0, image.width, image.height, FORMATS[image.format], image.bands)
        self.pointer = ctypes.byref(self.view)


def through_c(call):
    picture, result = Picture(content(call)), Picture(content(call))
    options = Options(
        ctypes.sizeof(Options), call["strength"], 0, None, None, call["feature_memory"], call["stroke"],
        call["detail"] or -1)
    with contextlib.ExitStack() as stack:
        model = made(stack, "adain_model_named", "adain_model_unref", call["model"].encode())
        styles = [
            made(stack, "adain_style_named_for", "adain_style_unref", model, name.encode()) for name in call["named"]]
        array = (ctypes.c_void_p * len(styles))(*styles)
        if call["masked"]:
            white = Picture(mask())
            laid_out = array, len(styles), white.pointer, 1, 0, ctypes.byref(options)
            analysis = made(
                stack, "adain_analysis_begin", "adain_analysis_free", model, WIDTH, HEIGHT, ctypes.byref(options))
            library("adain_analysis_push", analysis, picture.pointer)
            finish = ["adain_analysis_finish", "adain_content_unref", analysis]
            if call["stroke"] > 1:
                finish = ["adain_analysis_paint", "adain_content_unref", analysis, *laid_out]
            seen = made(stack, *finish)
            composition = made(stack, "adain_composition_new", "adain_composition_unref", seen, *laid_out)
            library("adain_composition_render", composition, ctypes.byref(options), 0, 0, result.pointer)
        else:
            weights = call["weights"] and (ctypes.c_float * len(styles))(*call["weights"])
            mixed = made(stack, "adain_style_mix", "adain_style_unref", array, weights, len(styles))
            library("adain_stylise", model, picture.pointer, mixed, ctypes.byref(options), result.pointer)
        if call["colour"] == "content-lightness":
            library("adain_keep_colours", picture.pointer, result.pointer, result.pointer)
    image = pyvips.Image.new_from_memory(
        result.memory.raw, WIDTH, HEIGHT, call["bands"], call["format"])
    # Where a composition or colours are at work alpha is the caller's to carry over.
    return image.extract_band(0, n=3)


@pytest.fixture(scope="module")
def door():
    """The Swift interface, as a program that does a call for each line."""
    program = [BUILD / "test" / "adain-door"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as door:
        yield door
        door.stdin.close()


def through_swift(call, door, folder):
    image, white = content(call), mask()
    (folder / "content").write_bytes(bytes(image.write_to_memory()))
    (folder / "mask").write_bytes(bytes(white.write_to_memory()))
    passed = ("named", "weights", "colour", "strength", "stroke", "detail", "format", "bands", "model")
    options = {name: call[name] for name in passed}
    files = {
        "content": str(folder / "content"), "mask": str(folder / "mask") if call["masked"] else "",
        "result": str(folder / "swift")}
    line = {
        **options, **files, "width": WIDTH, "height": HEIGHT, "maskWidth": white.width, "maskHeight": white.height,
        "featureMemory": call["feature_memory"]}
    print(json.dumps(line), file=door.stdin, flush=True)
    assert door.stdout.readline() == "\n"
    result = pyvips.Image.new_from_memory(
        (folder / "swift").read_bytes(), WIDTH, HEIGHT, call["bands"], call["format"])
    return result.extract_band(0, n=3)


def through_operation(call):
    options = {name: call[name] for name in ("strength", "stroke", "detail", "colour", "feature_memory", "model")}
    if call["weights"]:
        options["weights"] = call["weights"]
    if call["masked"]:
        options["masks"] = [mask()]
    return content(call).adain([], named=" ".join(call["named"]), **options).copy_memory()


def through_tool(call, folder):
    content(call).write_to_file(str(folder / "content.png"))
    weights = call["weights"] or [None] * len(call["named"])
    styles = [name if weight is None else f"{name}={weight}" for name, weight in zip(call["named"], weights)]
    options = ["--strength", call["strength"], "--stroke", call["stroke"] or "auto", "--detail", call["detail"]]
    if call["masked"]:
        mask().write_to_file(str(folder / "mask.png"))
        options += ["--mask", folder / "mask.png"]
    command = [
        BUILD / "bin" / "adain", folder / "content.png", "-o", folder / "result.png", *options,
        "--color", call["colour"], "--model", call["model"], *(word for style in styles for word in ("-s", style))]
    environment = {"ADAIN_FEATURE_MEMORY": str(call["feature_memory"])} if call["feature_memory"] else {}
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return pyvips.Image.new_from_file(str(folder / "result.png"))


@pytest.mark.parametrize("call", list(combinations()))
def test_every_door_makes_the_same_bytes(call, door, tmp_path):
    operation = through_operation(call)
    assert (operation.bands, operation.format) == (call["bands"], call["format"])
    wanted = operation.extract_band(0, n=3).write_to_memory()
    assert bytes(through_c(call).write_to_memory()) == bytes(wanted)
    assert bytes(through_swift(call, door, tmp_path).write_to_memory()) == bytes(wanted)
    tool = through_tool(call, tmp_path)
    assert bytes(tool.write_to_memory()) == bytes(operation.write_to_memory())
