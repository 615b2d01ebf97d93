"""The network's weights."""

from __future__ import annotations

import functools
import os
from typing import Union

from . import _library


class Model:
    """The network's weights, ready for use; immutable, and one for any number of threads.

    Args:
        source: the name of a model inside the library: 'standard' (the default: the best pictures; some tenths of a
            second, 161 MB) or 'fast' (a seventh of the time, 19 MB), which are made once in a process and shared. Or
            the path of a safetensors file of this project's kind, or its bytes. A string without dot and slash is a
            name.

    Raises:
        adain.ArgumentError, adain.FileError, adain.FormatError, adain.OutOfMemoryError.
    """

    def __init__(self, source: Union[str, os.PathLike, bytes, None] = None):
        if source is None:
            self._handle = _library.Handle("model", "adain_model_embedded")
        elif isinstance(source, bytes):
            self._handle = _library.Handle("model", "adain_model_load_memory", source, len(source))
        else:
            function = "adain_model_open" if isinstance(source, str) else "adain_model_load_file"
            self._handle = _library.Handle("model", function, os.fsencode(source))

    @property
    def architecture(self) -> str:
        """'vgg16' or 'vgg19'."""
        return _library.text("model_architecture", self._handle)

    def __repr__(self) -> str:
        return f"<adain.Model {self.architecture}>"


@functools.lru_cache(maxsize=1)
def _inside() -> Model:
    return Model()


def model_of(model: Union[Model, str, os.PathLike, bytes, None]) -> Model:
    if model is None:
        return _inside()
    return model if isinstance(model, Model) else Model(model)


def handle_of(model: Union[Model, str, os.PathLike, bytes, None]) -> _library.Handle:
    return model_of(model)._handle
