"""MNN, from the ONNX model by its own converter."""

import pathlib
import tempfile

# The converter itself: its wrapper MNN.tools.mnnconvert installs a package by itself and reports
# to its makers.
import _tools
import MNN
import MNN.expr
import MNN.nn
import onnx_network

NAME = "MNN"
VERSION = MNN.version()
SETTINGS = {"f32": "high"}


def prepare(job):
    with tempfile.TemporaryDirectory() as folder:
        source, converted = (str(pathlib.Path(folder, name)) for name in ("net.onnx", "net.mnn"))
        onnx_network.save(job, source)
        arguments = ["mnnconvert", "-f", "ONNX", "--modelFile", source, "--MNNModel", converted]
        _tools.mnnconvert(arguments + ["--bizCode", "adain"])
        manager = MNN.nn.create_runtime_manager(
            (
                {
                    "backend": "CPU",
                    "numThread": job.threads,
                    "precision": SETTINGS[job.setting],
                    "power": "high",
                    "memory": "high",
                },
            )
        )
        network = MNN.nn.load_module_from_file(
            converted, ["picture"], ["result"], runtime_manager=manager, shape_mutable=False
        )
    picture = MNN.expr.const(
        job.planar, list(job.planar.shape), MNN.expr.NCHW, MNN.expr.float
    )
    return lambda: MNN.expr.convert(network.forward(picture), MNN.expr.NCHW).read()
