"""Adain weights files with numpy alone: shared by the tools here and the benchmarks."""

import json
import os
import pathlib
import struct

import numpy

SHIPPED = pathlib.Path(__file__).resolve().parents[1] / "adain-vgg16.safetensors"
FAST = SHIPPED.with_name("adain-vgg16-fast.safetensors")

INNER = {"vgg16": ["conv3_3"], "vgg19": ["conv3_3", "conv3_4"]}


def layer_names(architecture):
    """Encoder layers in order; the decoder runs them backwards."""
    return (
        ["conv1_1", "conv1_2", "conv2_1", "conv2_2", "conv3_1", "conv3_2"]
        + INNER[architecture]
        + ["conv4_1"]
    )


def block_ends(names):
    """Layers that pooling follows; enlargement precedes their mirror images in the decoder."""
    return {a for a, b in zip(names, names[1:]) if a[4] != b[4]}


class NetworkFileError(Exception):
    """What is wrong with a weights file, as one sentence."""


def read_safetensors(path):
    """Tensors by name, every one as float32, and the metadata."""
    with open(path, "rb") as file:
        data = file.read()
    try:
        (length,) = struct.unpack("<Q", data[:8])
        header = json.loads(data[8 : 8 + length])
        metadata = header.pop("__metadata__", {})
        types = {"F16": numpy.float16, "F32": numpy.float32}
        tensors = {}
        for name, entry in header.items():
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            values = numpy.frombuffer(data[begin:end], types[entry["dtype"]])
            tensors[name] = values.astype(numpy.float32).reshape(entry["shape"])
    except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NetworkFileError(f"{path} is no safetensors file of F16 and F32: {error}") from None
    return tensors, metadata


def read_network(path):
    """As read_safetensors, from a file that holds an encoder and either no decoder or a whole one."""
    tensors, metadata = read_safetensors(path)
    if metadata.get("format") != "adain" or metadata.get("architecture") not in INNER:
        raise NetworkFileError(f"{path} is no adain weights file")
    check_network(path, tensors, metadata["architecture"])
    return tensors, metadata


def check_network(path, tensors, architecture):
    """Names and shapes: each layer takes what the one before it gives, the decoder mirrors."""
    parts = {name.split(".")[0] for name in tensors}
    inputs = 3
    for name in layer_names(architecture):
        weight = tensors.get(f"encoder.{name}.weight")
        outputs = weight.shape[0] if weight is not None and weight.ndim == 4 else 0
        for part in sorted(parts | {"encoder"}):
            a, b = (outputs, inputs) if part == "encoder" else (inputs, outputs)
            for kind, shape in (("weight", (a, b, 3, 3)), ("bias", (a,))):
                full = f"{part}.{name}.{kind}"
                if full not in tensors:
                    raise NetworkFileError(f"{path} lacks the tensor {full}")
                if tuple(tensors[full].shape) != shape or not outputs:
                    found = "x".join(map(str, tensors[full].shape))
                    wanted = "x".join(map(str, shape)) if outputs else f"Nx{inputs}x3x3"
                    raise NetworkFileError(f"{path}: {full} has shape {found}, wanted {wanted}")
        inputs = outputs


def write_safetensors(path, tensors, metadata):
    """Tensors of float16 or float32, each in its own type. The file replaces `path` whole or not at
    all."""
    types = {"float16": "F16", "float32": "F32"}
    header, data, size = {"__metadata__": metadata}, [], 0
    for name, values in tensors.items():
        packed = numpy.ascontiguousarray(values).tobytes()
        header[name] = {
            "dtype": types[str(values.dtype)],
            "shape": list(values.shape),
            "data_offsets": [size, size + len(packed)],
        }
        data.append(packed)
        size += len(packed)
    text = json.dumps(header).encode()
    unfinished = pathlib.Path(f"{path}.{os.getpid()}")
    try:
        unfinished.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(data))
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
