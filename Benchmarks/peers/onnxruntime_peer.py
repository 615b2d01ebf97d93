"""ONNX Runtime, on its own CPU provider."""

import onnx_network
import onnxruntime

NAME = "ONNX Runtime"
VERSION = onnxruntime.__version__
SETTINGS = {"f32": None}


def prepare(job):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = job.threads
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    session = onnxruntime.InferenceSession(
        onnx_network.build(job).SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return lambda: session.run(None, {"picture": job.planar})[0]
