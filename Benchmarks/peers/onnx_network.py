"""The network as an ONNX model, for the peers that read those."""

import numpy
import onnx
from network import Weights
from onnx import TensorProto, helper, numpy_helper


def build(job):
    """A model from `picture`, (1, 3, height, width) in [0, 1], to `result` of the same shape."""
    weights = Weights()
    nodes, constants = [], []

    def constant(name, values):
        constants.append(numpy_helper.from_array(numpy.ascontiguousarray(values), name))
        return name

    def add(kind, inputs, name, **attributes):
        nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    pads = constant("pads", numpy.array([0, 0, 1, 1, 0, 0, 1, 1], numpy.int64))
    scales = constant("scales", numpy.array([1, 1, 2, 2], numpy.float32))

    def convolve(name, x):
        weight, bias = weights.convolution(name)
        padded = add("Pad", [x, pads], name + ".padded", mode="reflect")
        inputs = [padded, constant(name + ".weight", weight), constant(name + ".bias", bias)]
        if weights.is_last(name):
            return add("Conv", inputs, "result", kernel_shape=[3, 3])
        return add("Relu", [add("Conv", inputs, name, kernel_shape=[3, 3])], name + ".relu")

    x = "picture"
    for name, pooled in weights.encoder:
        x = convolve(name, x)
        if pooled:
            x = add("MaxPool", [x], name + ".pooled", kernel_shape=[2, 2], strides=[2, 2])
    scale, offset, epsilon = job.instance_normalisation()
    x = add(
        "InstanceNormalization",
        [x, constant("style.deviation", scale), constant("style.mean", offset)],
        "adain",
        epsilon=epsilon,
    )
    for name, enlarged in weights.decoder:
        if enlarged:
            x = add(
                "Resize",
                [x, "", scales],
                name + ".enlarged",
                mode="nearest",
                nearest_mode="floor",
                coordinate_transformation_mode="asymmetric",
            )
        x = convolve(name, x)

    shape = [1, 3, job.height, job.width]
    graph = helper.make_graph(
        nodes,
        "adain",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("result", TensorProto.FLOAT, shape)],
        constants,
    )
    # Versions that every reader of the last years knows.
    return helper.make_model(
        graph, ir_version=8, opset_imports=[helper.make_opsetid("", 13)]
    )


def save(job, path):
    onnx.save(build(job), path)
