"""libadain against OpenVINO: the same network, weights, picture and number of threads.

    python Benchmarks/peers/openvino_compare.py --library build/lib/libadain.so
        [--size 512] [--threads 2] [--runs 9] [--precision f32|bf16]
"""

import openvino

from comparison import arguments, compare
from openvino_network import compile_network


def main():
    parser = arguments(__doc__)
    # Named, because OpenVINO by itself would choose bf16 where the processor has it.
    parser.add_argument("--precision", choices=["f32", "bf16"], default="f32")
    options = parser.parse_args()

    def prepare(style):
        network = compile_network(
            options.size, options.size, style, options.threads, options.precision
        )
        return lambda planar: network(planar)[0]

    compare(options, "OpenVINO", f"OpenVINO {openvino.__version__} {options.precision}", prepare)


if __name__ == "__main__":
    main()
