"""The published models of pytorch-AdaIN (Naoto Inoue, MIT): `vgg_normalised.pth`, `decoder.pth`.

Both are state dictionaries of torch.nn.Sequential, whose keys are places in the sequence:

    vgg_normalised   0: 1×1 convolution 3→3 · 2, 5 · 9, 12 · 16, 19, 22, 25 · 29: conv1_1 … conv4_1
                     (between them reflection padding, ReLU, pooling; layers up to conv5_4 follow)
    decoder          1 · 5, 8, 11, 14 · 18, 21 · 25, 28: conv4_1 … conv1_1, enlargement between

The 1×1 convolution turns RGB in [0, 1] into what VGG was trained on. It comes before the padding, so
that folding it into conv1_1 is exact, at the border too.
"""

import torch

from weights.network.network_file import layer_names

NAMES = layer_names("vgg19")
ENCODER_PLACES = dict(zip(NAMES, (2, 5, 9, 12, 16, 19, 22, 25, 29)))
DECODER_PLACES = dict(zip(reversed(NAMES), (1, 5, 8, 11, 14, 18, 21, 25, 28)))


class StateError(Exception):
    """What is wrong with a state dictionary, as one sentence."""


def take(state, place, side):
    """(weight, bias) of the convolution at a place, its filters `side` pixels wide and high."""
    weight, bias = (state.get(f"{place}.{kind}") for kind in ("weight", "bias"))
    for kind, values in (("weight", weight), ("bias", bias)):
        if not isinstance(values, torch.Tensor):
            raise StateError(f"it lacks the tensor {place}.{kind}")
    if weight.ndim != 4 or tuple(weight.shape[2:]) != (side, side):
        found = "x".join(map(str, weight.shape))
        raise StateError(f"{place}.weight has shape {found}, wanted OUTxINx{side}x{side}")
    return weight.double(), bias.double()


def fold(first, mixing):
    """One 3×3 convolution for `mixing` (1×1) followed by `first`: with first(x) = W * x + b and
    mixing(x) = A x + a it is (W A) * x + (b + W summed over its window, times a)."""
    (weight, bias), (matrix, offset) = first, mixing
    matrix = matrix[:, :, 0, 0]
    if weight.shape[1] != matrix.shape[0] or offset.shape != matrix.shape[:1]:
        raise StateError("0.weight does not fit 2.weight")
    folded = torch.einsum("ojyx,ji->oiyx", weight, matrix)
    return folded, bias + torch.einsum("ojyx,j->o", weight, offset)


def encoder(state):
    """Tensors of the encoder by their names in a weights file, F32."""
    layers = {name: take(state, place, 3) for name, place in ENCODER_PLACES.items()}
    layers["conv1_1"] = fold(layers["conv1_1"], take(state, 0, 1))
    return named("encoder", layers)


def decoder(state):
    """Tensors of the decoder by their names in a weights file, F32."""
    return named("decoder", {n: take(state, place, 3) for n, place in DECODER_PLACES.items()})


def named(part, layers):
    return {
        f"{part}.{name}.{kind}": values.float().contiguous().numpy()
        for name, pair in layers.items()
        for kind, values in zip(("weight", "bias"), pair)
    }
