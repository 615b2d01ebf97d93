"""For the conftest.py of every folder whose tests are about everything but the network."""

import pathlib
import subprocess
import sys

import pytest


@pytest.fixture(scope="session")
def model(tmp_path_factory):
    """The path of a narrow model, with seeded weights."""
    path = tmp_path_factory.mktemp("model") / "narrow.safetensors"
    script = pathlib.Path(__file__).parent / "make_narrow_model.py"
    subprocess.run([sys.executable, script, path], check=True)
    return str(path)
