"""Styles: of paintings, by name, from files, mixed."""

from __future__ import annotations

import ctypes
import os
from ctypes import byref, c_float, c_size_t, c_uint32
from typing import Any, Callable, List, NamedTuple, Optional, Sequence, Union

from . import _library
from ._pictures import Picture, picture_of
from ._run import Run
from .errors import ArgumentError, FileError
from .model import Model, handle_of

# Paintings are seen at this short side, unless told otherwise, as by the tool and the operation.
SIZE = 512


class NamedStyle(NamedTuple):
    """A style that is inside the library."""

    name: str
    painter: str
    title: str
    year: str


def styles() -> List[NamedStyle]:
    """The built-in styles: any `name` of them stands for a style."""
    return [
        NamedStyle(*(_library.text("named_style_" + what, i) for what in ("name", "painter", "title", "year")))
        for i in range(_library.function("named_style_count")())
    ]


class Style:
    """A painting's style: some kilobytes, immutable, and one for any number of threads.

    Made by `Style.of`, `Style.named`, `Style.load`, `Style.from_bytes` and `Style.mix`. Two with the same numbers are
    equal; a style can be pickled.
    """

    def __init__(self, _handle: _library.Handle):
        self._handle = _handle

    @classmethod
    def of(
        cls, painting: Any, *, size: int = SIZE, model: Union[Model, str, os.PathLike, None] = None,
        threads: Optional[int] = None, progress: Optional[Callable[[float], object]] = None,
    ) -> Style:
        """The style of a painting.

        Args:
            painting: an array, an image of Pillow or pyvips, or a path, which Pillow opens. Transparency is not seen.
            size: to which its short side is reduced first, never enlarged; smaller gives broader strokes; 0: never.
            model: a style serves every model with the same encoder: an `adain.Model`, or what makes one; None: the
                standard one.
            threads: None: as many as the process has processors.
            progress: called with 0 to 1; what it raises ends the call.
        """
        run = Run(progress, threads=threads)
        return run.do(lambda: of_picture(painting_of(painting), size, model, run))

    @classmethod
    def named(cls, name: str, model: Union[Model, str, os.PathLike, None] = None) -> Style:
        """A built-in style, such as 'great-wave' (see `adain.styles`), for a model's encoder; None: the standard's."""
        if model is None:
            return cls(_library.Handle("style", "adain_style_named", name.encode()))
        return cls(_library.Handle("style", "adain_style_named_for", handle_of(model), name.encode()))

    @classmethod
    def load(cls, path: Union[str, os.PathLike]) -> Style:
        """A style file, of this module, the tool, or C."""
        return cls(_library.Handle("style", "adain_style_load_file", os.fsencode(path)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Style:
        """A style file's bytes."""
        return cls(_library.Handle("style", "adain_style_load_memory", data, len(data)))

    @classmethod
    def mix(cls, styles: Sequence[Style], weights: Optional[Sequence[float]] = None) -> Style:
        """A weighted mean of styles of one encoder; without weights, each counts the same."""
        if weights is not None and len(weights) != len(styles):
            raise ArgumentError(f"weights: {len(weights)} for {len(styles)} styles")
        numbers = None if weights is None else (c_float * len(weights))(*weights)
        handles = _library.array_of([style._handle for style in styles])
        return cls(_library.Handle("style", "adain_style_mix", handles, numbers, len(styles)))

    def save(self, path: Union[str, os.PathLike]) -> None:
        """Write a style file, which replaces an older one whole or not at all."""
        _library.call("adain_style_save_file", self._handle, os.fsencode(path))

    def __bytes__(self) -> bytes:
        size = c_size_t()
        _library.call("adain_style_save_memory", self._handle, None, 0, byref(size))
        buffer = ctypes.create_string_buffer(size.value)
        _library.call("adain_style_save_memory", self._handle, buffer, size.value, byref(size))
        return buffer.raw

    def __eq__(self, other: object) -> bool:
        return bytes(self) == bytes(other) if isinstance(other, Style) else NotImplemented

    def __hash__(self) -> int:
        return hash(bytes(self))

    def __reduce__(self):
        return Style.from_bytes, (bytes(self),)

    def __repr__(self) -> str:
        return f"<adain.Style {hash(self) & 0xFFFFFFFF:08x}>"


def painting_of(source: Any) -> Picture:
    """The pixels of a painting, upright: strokes have a direction."""
    if isinstance(source, (str, os.PathLike)):
        try:
            from PIL import Image, ImageOps
        except ImportError as error:
            raise ArgumentError(
                f"{source}: opening a painting by its path needs Pillow (pip install Pillow)") from error
        try:
            with Image.open(source) as image:
                return picture_of(ImageOps.exif_transpose(image), "painting")
        except OSError as error:
            raise FileError(str(error) if str(source) in str(error) else f"{source}: {error}") from error
    return picture_of(source, "painting")


def of_picture(
    painting: Picture, size: int, model: Union[Model, str, os.PathLike, None], run: Run, colours: Any = None
) -> Style:
    """The style of a painting's pixels, with the colours of a content where there is one (`Colours`)."""
    width, height = c_uint32(), c_uint32()
    if not 0 <= size < 1 << 32:
        raise ArgumentError(f"size: {size} is no short side")
    _library.function("fitted_size")(*painting.size, size, 0, byref(width), byref(height))
    if (width.value, height.value) != painting.size:
        reduced = painting.empty((width.value, height.value))
        _library.call("adain_reduce", byref(painting.pixels), 0, byref(reduced.pixels))
        painting = reduced
    if colours:
        painting = colours.recoloured(painting)
    return Style(
        _library.Handle(
            "style", "adain_style_from_pixels", handle_of(model), byref(painting.pixels), byref(run.options())))
