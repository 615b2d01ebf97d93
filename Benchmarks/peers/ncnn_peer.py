"""ncnn, from a graph and weights written in its own formats."""

import os
import pathlib
import tempfile

import ncnn
import numpy
from network import Weights

NAME = "ncnn"
VERSION = ncnn.__version__
SETTINGS = {"f32": False, "bf16": True}


class Graph:
    """ncnn's .param text and .bin bytes, layer by layer; each layer reads the one before."""

    def __init__(self):
        self.layers = ["Input picture 0 1 picture"]
        self.last = "picture"
        self.data = b""

    def add(self, kind, name, parameters, *, flag=None, arrays=()):
        text = " ".join(f"{key}={value}" for key, value in parameters.items())
        self.layers.append(f"{kind} {name} 1 1 {self.last} {name} {text}")
        self.last = name
        if flag is not None:
            self.data += flag.to_bytes(4, "little")
        for array in arrays:
            self.data += numpy.ascontiguousarray(array, "<f4").tobytes()

    def save(self, param, binary):
        count = len(self.layers)
        lines = ["7767517", f"{count} {count}"] + self.layers
        pathlib.Path(param).write_text("\n".join(lines) + "\n")
        pathlib.Path(binary).write_bytes(self.data)


def build(job):
    weights = Weights()
    graph = Graph()

    def convolve(name):
        weight, bias = weights.convolution(name)
        graph.add("Padding", name + ".padded", {0: 1, 1: 1, 2: 1, 3: 1, 4: 2})
        parameters = {0: weight.shape[0], 1: 3, 5: 1, 6: weight.size}
        if not weights.is_last(name):
            parameters[9] = 1  # ReLU
        graph.add("Convolution", name, parameters, flag=0, arrays=(weight, bias))

    for name, pooled in weights.encoder:
        convolve(name)
        if pooled:
            graph.add("Pooling", name + ".pooled", {0: 0, 1: 2, 2: 2, 5: 1})
    scale, offset, epsilon = job.instance_normalisation()
    graph.add(
        "InstanceNorm", "adain", {0: len(scale), 1: f"{epsilon:e}"}, arrays=(scale, offset)
    )
    for name, enlarged in weights.decoder:
        if enlarged:
            graph.add("Interp", name + ".enlarged", {0: 1, 1: 2.0, 2: 2.0})
        convolve(name)
    return graph


def prepare(job):
    network = ncnn.Net()
    network.opt.num_threads = job.threads
    network.opt.use_bf16_storage = SETTINGS[job.setting]
    graph = build(job)
    with tempfile.TemporaryDirectory() as folder:
        param, binary = (os.path.join(folder, name) for name in ("net.param", "net.bin"))
        graph.save(param, binary)
        if network.load_param(param) or network.load_model(binary):
            raise RuntimeError("ncnn does not load its own copy of the network")
    picture = ncnn.Mat(job.planar[0])

    def run():
        extractor = network.create_extractor()
        extractor.input("picture", picture)
        status, result = extractor.extract(graph.last)
        if status:
            raise RuntimeError(f"ncnn ended with status {status}")
        return numpy.array(result)[None]

    return run
