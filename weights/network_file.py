"""Reading an adain weights file with numpy alone: shared by the tools here and the benchmarks."""

import json
import struct

import numpy

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


def read_safetensors(path):
    """Tensors by name, every one as float32, and the metadata."""
    with open(path, "rb") as file:
        data = file.read()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    types = {"F16": numpy.float16, "F32": numpy.float32}
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        values = numpy.frombuffer(data[begin:end], types[entry["dtype"]])
        tensors[name] = values.astype(numpy.float32).reshape(entry["shape"])
    return tensors, metadata
