"""Fast convolutions for torch on a processor: winograd.cpp, compiled when it is first wanted.

On two cores with AVX2 a training step takes a fifth of the time that torch's own convolutions take, and
their results differ by rounding. Needs g++ and the package ninja; without them, on other processors
and devices, torch's convolutions are used.
"""

import functools
import os
import pathlib
import sys

import torch
import torch.nn.functional as F

# Points 0, ±1, ±2 and infinity: the filter transform of F(4, 3), in two dimensions.
LINE = torch.tensor(
    [[1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6],
     [1 / 24, 1 / 12, 1 / 6], [1 / 24, -1 / 12, 1 / 6], [0, 0, 1]]
)
FILTER = torch.einsum("ir,js->ijrs", LINE, LINE).reshape(36, 9)


@functools.cache
def kernels():
    """The compiled functions, or None where they cannot be had."""
    if torch.backends.cpu.get_cpu_capability() not in ("AVX2", "AVX512"):
        return None
    source = pathlib.Path(__file__).with_name("winograd.cpp")
    # ninja lies beside an environment's interpreter, which need not be in PATH.
    path = os.environ.get("PATH", "")
    os.environ["PATH"] = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{path}"
    try:
        from torch.utils.cpp_extension import load  # needs setuptools

        flags = ["-O3", "-march=native", "-fopenmp", "-ffp-contract=fast"]
        return load("adain_winograd", [str(source)], extra_cflags=flags, extra_ldflags=["-fopenmp"])
    except (ImportError, OSError, RuntimeError) as error:
        print(f"winograd.cpp: {error}\ntorch's own convolutions are used", file=sys.stderr)
        return None
    finally:
        os.environ["PATH"] = path


def usable(features):
    """Whether `convolve` takes these maps: on the processor, in single precision, not too small."""
    return (
        features.device.type == "cpu"
        and features.dtype == torch.float32
        and not torch.is_autocast_enabled("cpu")
        and min(features.shape[2:]) >= 2
        and kernels() is not None
    )


def padded(tensor, *sizes):
    """`tensor` with zeros behind its first dimensions, up to multiples of `sizes`."""
    missing = [-length % size for length, size in zip(tensor.shape, sizes)]
    if not any(missing):
        return tensor
    padding = [0, 0] * (tensor.dim() - len(missing))
    for amount in reversed(missing):
        padding += [0, amount]
    return F.pad(tensor, padding)


def panels(weight):
    """The frequencies of filters (K, C, 3, 3), padded, in the order that the kernels read them."""
    module = kernels()
    weight = padded(weight, module.PANEL, module.LANES)
    filters, channels = weight.shape[:2]
    order = weight.reshape(filters // module.PANEL, module.PANEL, channels, 9).permute(3, 0, 2, 1)
    return FILTER @ order.reshape(9, -1)


def kept_panels(weight, back):
    """The panels of a convolution or, if `back`, of its gradient; of filters that are not trained, which
    are the encoder's, made once."""
    kept = getattr(weight, "adain_panels", {})
    if kept.get(back, (None,))[0] == weight._version:
        return kept[back][1]
    made = panels(padded(weight, kernels().PANEL).flip(2, 3).transpose(0, 1) if back else weight)
    if not weight.requires_grad:
        weight.adain_panels = {**kept, back: (weight._version, made)}
    return made


def cells_last(maps, multiple):
    """(N, C, H, W) as contiguous (N, H, W, C'), C' a multiple."""
    maps = maps.permute(0, 2, 3, 1)
    missing = -maps.shape[3] % multiple
    return (F.pad(maps, (0, missing)) if missing else maps).contiguous()  # padding by nothing would copy


def channels_first(maps, channels):
    return maps[..., :channels].permute(0, 3, 1, 2)


class Convolution(torch.autograd.Function):
    @staticmethod
    def forward(context, maps, weight, bias, relu, twice):
        module = kernels()
        filters = weight.shape[0]
        maps = cells_last(maps, module.LANES)
        result = module.convolve(
            maps, kept_panels(weight, False), padded(bias, module.PANEL), relu, filters + -filters % module.PANEL,
            False, None, twice,
        )
        context.save_for_backward(maps, weight, result if relu else None)
        context.twice = twice
        return channels_first(result, filters)

    @staticmethod
    def backward(context, gradient):
        module = kernels()
        maps, weight, result = context.saved_tensors
        filters, channels = weight.shape[:2]
        gradient = cells_last(gradient, module.PANEL)
        maps_gradient = weight_gradient = bias_gradient = None
        if context.needs_input_grad[0]:
            back = kept_panels(weight, True)
            width = channels + -channels % module.PANEL
            made = module.convolve(gradient, back, None, False, width, True, result, 0)
            maps_gradient = channels_first(made, channels)
            if context.twice:
                maps_gradient = F.avg_pool2d(maps_gradient, 2, divisor_override=1)
        if context.needs_input_grad[1]:
            sums, bias_gradient = module.weight_gradient(maps, gradient, result, context.twice)
            sums = FILTER.T @ sums.reshape(36, -1)
            sums = sums.reshape(9, maps.shape[3], gradient.shape[3]).permute(2, 1, 0)
            weight_gradient = sums[:filters, :channels].reshape(weight.shape)
            bias_gradient = bias_gradient[:filters]
        return maps_gradient, weight_gradient, bias_gradient, None, None


def convolve(maps, weight, bias, relu, twice=False):
    """The convolution of maps (N, C, H, W) with filters (K, C, 3, 3) after reflection at the borders,
    then the bias and, if `relu`, ReLU; if `twice`, of maps whose cells are repeated to 2 × 2 first."""
    return Convolution.apply(maps, weight, bias, relu, int(twice))
