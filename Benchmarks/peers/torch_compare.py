"""libadain against PyTorch: the same network, weights, picture and number of threads.

    python Benchmarks/peers/torch_compare.py --library build/lib/libadain.so
        [--size 512] [--threads 2] [--runs 9] [--layout nhwc|nchw]

Needs weights/requirements.txt.
"""

import pathlib
import sys

import torch
import torch.nn.functional as F

from comparison import arguments, compare

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "weights"))

import reference  # noqa: E402

LAYOUTS = {"nhwc": torch.channels_last, "nchw": torch.contiguous_format}


class FastNetwork(reference.Network):
    """The reference with PyTorch's own padding (which refuses the smallest sizes) and a layout."""

    def __init__(self, path, layout):
        super().__init__(path)
        for name, tensor in self.tensors.items():
            if tensor.ndim == 4:
                self.tensors[name] = tensor.contiguous(memory_format=layout)

    def _convolve(self, name, features):
        padded = F.pad(features, (1, 1, 1, 1), mode="reflect")
        return F.conv2d(padded, self.tensors[name + ".weight"], self.tensors[name + ".bias"])


def main():
    parser = arguments(__doc__)
    parser.add_argument("--layout", choices=LAYOUTS, default="nhwc", help="nhwc is the faster one")
    options = parser.parse_args()
    if options.size < 16:
        parser.error("argument --size: PyTorch cannot reflect a feature map of one cell")
    torch.set_num_threads(options.threads)
    layout = LAYOUTS[options.layout]

    def prepare(style):
        network = FastNetwork(ROOT / "weights" / "adain-vgg16.safetensors", layout)
        style = [torch.from_numpy(numbers.copy()) for numbers in style]

        def run(planar):
            picture = torch.from_numpy(planar).contiguous(memory_format=layout)
            return network.stylise(picture, style).numpy()

        return run

    description = f"PyTorch {torch.__version__} f32 {options.layout}"
    with torch.inference_mode():
        compare(options, "PyTorch", description, prepare)


if __name__ == "__main__":
    main()
