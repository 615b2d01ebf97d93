"""PyTorch: the network of weights/network/reference.py with PyTorch's own padding."""

import torch
import torch.nn.functional as F
from network import ROOT, Job

from weights.network import reference

NAME = "PyTorch"
VERSION = torch.__version__

# (layout of features and weights, type of numbers)
SETTINGS = {
    "default": (torch.contiguous_format, torch.float32),
    "nhwc": (torch.channels_last, torch.float32),
    "bf16": (torch.channels_last, torch.bfloat16),
}


class Network(reference.Network):
    """The reference pads by index tables, for sizes that PyTorch refuses; this is faster."""

    def __init__(self, path, layout, dtype):
        super().__init__(path, dtype)
        for name, tensor in self.tensors.items():
            if tensor.ndim == 4:
                self.tensors[name] = tensor.contiguous(memory_format=layout)

    def _convolve(self, name, features):
        padded = F.pad(features, (1, 1, 1, 1), mode="reflect")
        return F.conv2d(padded, self.tensors[name + ".weight"], self.tensors[name + ".bias"])


def prepare(job: Job):
    torch.set_num_threads(job.threads)
    layout, dtype = SETTINGS[job.setting]
    network = Network(ROOT / "weights" / "adain-vgg16.safetensors", layout, dtype)
    style = [torch.from_numpy(numbers.copy()).to(dtype) for numbers in job.style]

    def run():
        with torch.inference_mode():
            picture = torch.from_numpy(job.planar).to(dtype).contiguous(memory_format=layout)
            return network.stylise(picture, style).float().numpy()

    return run
