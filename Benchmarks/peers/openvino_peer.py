"""OpenVINO, with the network built op by op."""

import os

import numpy
import openvino
from network import EPSILON, Weights
from openvino import opset13 as ops

NAME = "OpenVINO"
VERSION = openvino.__version__.split("-")[0]

# Named precisions, because OpenVINO by itself would choose bf16 where the processor has it.
SETTINGS = {"f32": "f32", "bf16": "bf16", "f32 held to AVX2": "f32"}


def constant(values):
    return ops.constant(numpy.asarray(values, numpy.float32))


def build(job):
    """A model from (1, 3, height, width) in [0, 1] to the same, stylised."""
    weights = Weights()

    def convolve(name, x):
        weight, bias = weights.convolution(name)
        padded = ops.pad(x, [0, 0, 1, 1], [0, 0, 1, 1], "reflect")
        x = ops.convolution(padded, constant(weight), [1, 1], [0, 0], [0, 0], [1, 1])
        x = ops.add(x, constant(bias.reshape(1, -1, 1, 1)))
        return x if weights.is_last(name) else ops.relu(x)

    picture = ops.parameter([1, 3, job.height, job.width], numpy.float32)
    x = picture
    for name, pooled in weights.encoder:
        x = convolve(name, x)
        if pooled:
            x = ops.max_pool(x, [2, 2], [1, 1], [0, 0], [0, 0], [2, 2]).output(0)

    axes = ops.constant(numpy.array([2, 3]))
    cells = job.height // 8 * (job.width // 8)
    mean = ops.reduce_mean(x, axes, True)
    centred = ops.subtract(x, mean)
    variance = ops.reduce_mean(ops.multiply(centred, centred), axes, True)
    variance = ops.add(ops.multiply(variance, constant(cells / (cells - 1))), constant(EPSILON))
    style_mean, style_deviation = (constant(s.reshape(1, -1, 1, 1)) for s in job.style)
    x = ops.add(ops.multiply(centred, ops.divide(style_deviation, ops.sqrt(variance))), style_mean)

    for name, enlarged in weights.decoder:
        if enlarged:
            x = ops.interpolate(
                x,
                ops.constant(numpy.array([2.0, 2.0], numpy.float32)),
                "nearest",
                "scales",
                axes=axes,
                nearest_mode="floor",
                coordinate_transformation_mode="asymmetric",
            )
        x = convolve(name, x)
    return openvino.Model([x], [picture])


def check_avx2(network):
    """Refuse to call a network held to AVX2 whose plan says otherwise."""
    for operation in network.get_runtime_model().get_ops():
        primitive = str(operation.get_rt_info()["primitiveType"])
        if "avx512" in primitive or "amx" in primitive:
            raise RuntimeError(f"OpenVINO runs {primitive} though it is held to AVX2")


def prepare(job):
    held = job.setting == "f32 held to AVX2"
    if held:
        os.environ["ONEDNN_MAX_CPU_ISA"] = "AVX2"  # its own setting, read with the first network
    settings = {
        "PERFORMANCE_HINT": "LATENCY",
        "NUM_STREAMS": "1",
        "INFERENCE_NUM_THREADS": str(job.threads),
        "INFERENCE_PRECISION_HINT": SETTINGS[job.setting],
    }
    network = openvino.Core().compile_model(build(job), "CPU", settings)
    if held:
        check_avx2(network)
    return lambda: network(job.planar)[0]
