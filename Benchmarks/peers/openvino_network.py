"""The same network for OpenVINO, built op by op from the same weights file."""

import pathlib
import sys

import numpy
import openvino
from openvino import opset13 as ops

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "weights"))

from network_file import block_ends, layer_names, read_safetensors  # noqa: E402

WEIGHTS = ROOT / "weights" / "adain-vgg16.safetensors"


def constant(values):
    return ops.constant(numpy.asarray(values, numpy.float32))


def build(height, width, style):
    """A model from (1, 3, height, width) in [0, 1] to the same, stylised; sides multiples of 8."""
    tensors, metadata = read_safetensors(WEIGHTS)
    names = layer_names(metadata["architecture"])
    ends = block_ends(names)

    def convolve(name, x, relu=True):
        padded = ops.pad(x, [0, 0, 1, 1], [0, 0, 1, 1], "reflect")
        weight = constant(tensors[name + ".weight"])
        x = ops.convolution(padded, weight, [1, 1], [0, 0], [0, 0], [1, 1])
        x = ops.add(x, constant(tensors[name + ".bias"].reshape(1, -1, 1, 1)))
        return ops.relu(x) if relu else x

    picture = ops.parameter([1, 3, height, width], numpy.float32)
    x = picture
    for name in names:
        x = convolve("encoder." + name, x)
        if name in ends:
            x = ops.max_pool(x, [2, 2], [1, 1], [0, 0], [0, 0], [2, 2]).output(0)

    axes = ops.constant(numpy.array([2, 3]))
    count = height // 8 * (width // 8)
    mean = ops.reduce_mean(x, axes, True)
    centred = ops.subtract(x, mean)
    variance = ops.reduce_mean(ops.multiply(centred, centred), axes, True)
    variance = ops.add(ops.multiply(variance, constant(count / max(1, count - 1))), constant(1e-5))
    style_mean, style_deviation = (constant(s.reshape(1, -1, 1, 1)) for s in style)
    ratio = ops.divide(style_deviation, ops.sqrt(variance))
    x = ops.add(ops.multiply(centred, ratio), style_mean)

    for name in reversed(names):
        if name in ends:
            x = ops.interpolate(
                x,
                ops.constant(numpy.array([2.0, 2.0], numpy.float32)),
                "nearest",
                "scales",
                axes=ops.constant(numpy.array([2, 3])),
                nearest_mode="floor",
                coordinate_transformation_mode="asymmetric",
            )
        x = convolve("decoder." + name, x, relu=name != "conv1_1")
    return openvino.Model([x], [picture])


def compile_network(height, width, style, threads, precision):
    """The compiled model at its best setting for one picture at a time."""
    core = openvino.Core()
    return core.compile_model(
        build(height, width, style),
        "CPU",
        {
            "PERFORMANCE_HINT": "LATENCY",
            "NUM_STREAMS": "1",
            "INFERENCE_NUM_THREADS": str(threads),
            "INFERENCE_PRECISION_HINT": precision,
        },
    )
