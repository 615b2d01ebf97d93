"""Checkpoints of train.py: everything from which training goes on as if it had never stopped.

A dictionary of plain values and tensors in torch's format, read with weights_only:

    format        "adain-training", version 3
    metadata      that of the weights file: architecture, licence, provenance
    step          steps done
    encoder, decoder    tensors by their layers' names
    average       tensors by part and layer: the moving average of what learns, which is what is shipped
    optimiser     the optimiser's state
"""

import os
import pathlib
import pickle

import torch

FORMAT, VERSION = "adain-training", 3


class CheckpointError(Exception):
    """What is wrong with a checkpoint, as one sentence."""


def save(path, state):
    """Replaces `path` whole or not at all, even when the machine stops half-way."""
    unfinished = pathlib.Path(f"{path}.unfinished")
    with open(unfinished, "wb") as file:
        torch.save({"format": FORMAT, "version": VERSION, **state}, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)


def load(path):
    """The state given to `save`, on the CPU. No code of the file is ever run."""
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise CheckpointError(f"there is no checkpoint {path}") from None
    except (OSError, RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as error:
        reason = str(error).splitlines()[0] if str(error) else "it ends too early"
        raise CheckpointError(f"{path} cannot be read as a checkpoint: {reason}") from None
    if not isinstance(state, dict) or state.get("format") != FORMAT:
        raise CheckpointError(f"{path} is not a checkpoint of train.py")
    if state.get("version") != VERSION:
        raise CheckpointError(f"{path} has version {state.get('version')}, wanted {VERSION}")
    return state
