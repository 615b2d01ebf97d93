"""What the tests of weights/ share: its modules, tiny pictures, narrow models."""

import contextlib
import importlib
import io
import os
import pathlib
import subprocess
import sys
from typing import NamedTuple

import numpy
import pytest
from PIL import Image

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "Benchmarks" / "measure")]


class Done(NamedTuple):
    returncode: int
    stderr: str


@pytest.fixture
def run():
    """run(module, *arguments): a program of weights/, such as "conversion.convert", with a command line, but
    in this process, as importing torch takes seconds."""

    def call(module, *arguments):
        module = importlib.import_module(f"weights.{module}")
        errors = io.StringIO()
        try:
            with contextlib.redirect_stderr(errors):
                module.main([str(argument) for argument in arguments])
            return Done(0, errors.getvalue())
        except SystemExit as end:
            if isinstance(end.code, str):  # what the interpreter does with it
                return Done(1, f"{errors.getvalue()}{end.code}\n")
            return Done(end.code or 0, errors.getvalue())

    return call


@pytest.fixture(scope="session")
def library():
    """The engine, from the build that ADAIN_BUILD names."""
    from library import Library

    build = pathlib.Path(os.environ.get("ADAIN_BUILD", ROOT / "build"))
    return Library(build / "lib" / "libadain.so")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """Two folders of five seeded pictures each, "content" and "style"."""
    folder = tmp_path_factory.mktemp("pictures")
    generator = numpy.random.default_rng(0)
    for kind, coarse in (("content", (6, 8, 3)), ("style", (12, 16, 3))):
        (folder / kind).mkdir()
        for i in range(5):
            values = generator.integers(0, 256, coarse, dtype=numpy.uint8)
            picture = Image.fromarray(values).resize((80, 64), Image.BICUBIC)
            picture.save(folder / kind / f"{i}.png")
    return folder


@pytest.fixture(scope="session")
def narrow_model(tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "narrow.safetensors"
    script = ROOT / "Tests" / "Support" / "make_narrow_model.py"
    subprocess.run([sys.executable, script, path], check=True)
    return path
