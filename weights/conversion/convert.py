"""Write a weights file for the engine from what training leaves, here or elsewhere.

    python -m weights.conversion.convert pytorch-adain vgg_normalised.pth decoder.pth OUT.safetensors
    python -m weights.conversion.convert trained TRAINED.safetensors OUT.safetensors

`pytorch-adain` imports the published VGG-19 pair (pytorch_adain.py), whose files are read with weights_only: no
code of theirs is run. `trained` packs what `adain train` writes, as it is shipped. With --precision f16, the
default, biases and encoder.conv1_1, unless it is of halves already, stay F32: in F16 they would move pixels by up to
4.3/255, like this by 1.5/255 (the first model).
"""

import argparse
import pickle
import sys

import numpy
import torch

from weights.conversion import pytorch_adain
from weights.network.network_file import NetworkFileError, check_network, read_network, write_safetensors


class ConversionError(Exception):
    """Why a file cannot be converted, as one sentence."""


def load_state(path):
    """A state dictionary in torch's format."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise ConversionError(f"there is no file {path}") from None
    except pickle.UnpicklingError:
        raise ConversionError(f"{path} holds more than tensors, or is damaged") from None
    except (OSError, RuntimeError, EOFError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it ends too early"
        raise ConversionError(f"{path} cannot be read: {reason}") from None
    if not isinstance(state, dict):
        raise ConversionError(f"{path} holds no state dictionary")
    return state


def from_pytorch_adain(encoder_path, decoder_path):
    tensors = {}
    for path, read in ((encoder_path, pytorch_adain.encoder), (decoder_path, pytorch_adain.decoder)):
        try:
            tensors.update(read(load_state(path)))
        except pytorch_adain.StateError as error:
            raise ConversionError(f"{path} is no model of pytorch-AdaIN: {error}") from None
    check_network(f"{encoder_path} with {decoder_path}", tensors, "vgg19")
    return tensors, {"architecture": "vgg19", "provenance": "pytorch-AdaIN, converted"}


def from_trained(path):
    tensors, metadata = read_network(path)
    if not any(name.startswith("decoder.") for name in tensors):
        raise ConversionError(f"{path} holds no decoder")
    return tensors, metadata


def packed(tensors, precision):
    """In the types that are shipped, in the network's order."""
    result = {}
    for name, values in tensors.items():
        if not numpy.isfinite(values).all():
            raise ConversionError(f"{name} holds what is no finite number")
        # The engine writes filters that are halves as halves, and an encoder's file has to be written again as it was.
        rounded = name != "encoder.conv1_1.weight" or (values == values.astype(numpy.float16)).all()
        small = precision == "f16" and name.endswith(".weight") and rounded
        if small and abs(values).max() > numpy.finfo(numpy.float16).max:
            raise ConversionError(f"{name} is too large for F16; use --precision f32")
        result[name] = values.astype(numpy.float16 if small else numpy.float32)
    return result


def parse(arguments=None):
    parser = argparse.ArgumentParser(description="Write a weights file for the engine.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    published = kinds.add_parser("pytorch-adain", help="the published VGG-19 pair")
    published.add_argument("encoder", help="vgg_normalised.pth")
    published.add_argument("decoder", help="decoder.pth")
    trained = kinds.add_parser("trained", help="what `adain train` writes")
    trained.add_argument("network", help="safetensors file")
    for kind in (published, trained):
        kind.add_argument("out", help="safetensors file to write")
        kind.add_argument("--precision", choices=["f16", "f32"], default="f16")
        kind.add_argument("--license", help="what the file's metadata says of its licence")
        kind.add_argument("--provenance", help="and of where it comes from")
    return parser.parse_args(arguments)


def main(arguments=None):
    options = parse(arguments)
    try:
        if options.kind == "pytorch-adain":
            tensors, metadata = from_pytorch_adain(options.encoder, options.decoder)
        else:
            tensors, metadata = from_trained(options.network)
        metadata = {**metadata, "format": "adain", "version": "1"}
        for key in ("license", "provenance"):
            if getattr(options, key):
                metadata[key] = getattr(options, key)
        write_safetensors(options.out, packed(tensors, options.precision), metadata)
    except (ConversionError, NetworkFileError, OSError) as error:
        sys.exit(f"convert.py: {error}")


if __name__ == "__main__":
    main()
