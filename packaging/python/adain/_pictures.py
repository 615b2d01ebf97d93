"""Pictures of NumPy, Pillow and pyvips as the library sees them, and back."""

from __future__ import annotations

import io
import sys
from typing import Any, Callable, Optional

import numpy

from ._library import Pixels
from .errors import ArgumentError

_FORMATS = {"uint8": 0, "uint16": 1, "float32": 2}
# What else is understood, and as what.
_NEAREST = {"float64": "float32", "float16": "float32"}


class Picture:
    """Samples in memory, and the way back to what they came from."""

    def __init__(self, array: numpy.ndarray, back: Callable[[numpy.ndarray], Any] = lambda array: array):
        self.array = array
        self.back = back

    @property
    def size(self) -> tuple:
        """Width and height."""
        return self.array.shape[1], self.array.shape[0]

    @property
    def pixels(self) -> Pixels:
        """A view, for as long as this picture lives."""
        height, width = self.array.shape[:2]
        channels = self.array.shape[2] if self.array.ndim == 3 else 1
        return Pixels(
            self.array.ctypes.data, self.array.strides[0] if height > 1 else 0, width, height,
            _FORMATS[self.array.dtype.name], channels)

    def empty(self, size: Optional[tuple] = None) -> Picture:
        """Another of the same kind."""
        shape = self.array.shape if size is None else (size[1], size[0], *self.array.shape[2:])
        return Picture(numpy.empty(shape, self.array.dtype), self.back)

    def copy_alpha(self, other: Picture) -> None:
        if self.array.ndim == 3 and self.array.shape[2] == 4:
            self.array[..., 3] = other.array[..., 3]


def picture_of(source: Any, name: str = "picture") -> Picture:
    """A picture of an array, or of an image of Pillow or pyvips; nothing of the source is changed."""
    if isinstance(source, numpy.ndarray):
        return _of_array(source, name)
    # Neither is loaded for this: who has an image of theirs has loaded them.
    pillow, pyvips = sys.modules.get("PIL.Image"), sys.modules.get("pyvips")
    if pillow and isinstance(source, pillow.Image):
        return _of_pillow(source, name)
    if pyvips and isinstance(source, pyvips.Image):
        return _of_pyvips(source)
    if hasattr(source, "__array__") or hasattr(source, "__array_interface__"):
        return _of_array(numpy.asarray(source), name)
    raise TypeError(f"{name}: {type(source).__name__} is neither an array nor an image of Pillow or pyvips")


def mask_of(source: Any, name: str) -> Picture:
    """A mask: one channel; white is all of the style."""
    picture = picture_of(source, name)
    if picture.array.ndim == 3:
        if picture.array.shape[2] != 1:
            raise ArgumentError(f"{name}: has {picture.array.shape[2]} channels; a mask has one")
        picture.array = picture.array[..., 0]
    return picture


def _of_array(array: numpy.ndarray, name: str) -> Picture:
    if array.ndim not in (2, 3) or array.ndim == 3 and array.shape[2] not in (1, 3, 4):
        raise ArgumentError(
            f"{name}: an array of shape {array.shape}, where (height, width) or (height, width, channels) of 1, 3 or 4 "
            "channels is understood")
    kind = array.dtype.newbyteorder("=").name
    nearest = _NEAREST.get(kind, kind)
    if nearest not in _FORMATS:
        raise ArgumentError(f"{name}: samples of {kind}, where uint8, uint16 and floats from 0 to 1 are understood")
    if 0 in array.shape:
        raise ArgumentError(f"{name}: an array of shape {array.shape} has no pixel")
    dtype = array.dtype
    return Picture(_in_rows(array.astype(nearest, copy=False)), lambda result: result.astype(dtype, copy=False))


def _in_rows(array: numpy.ndarray) -> numpy.ndarray:
    """The array itself where its rows lie as the library reads them, else a copy."""
    row = array.itemsize * (array.shape[2] if array.ndim == 3 else 1)
    inner = (array.strides[1] == row or array.shape[1] == 1) and (
        array.ndim == 2 or array.strides[2] == array.itemsize or array.shape[2] == 1)
    outer = array.shape[0] == 1 or array.strides[0] >= row * array.shape[1]
    fits = inner and outer and array.strides[0] % array.itemsize == 0 and array.flags.aligned
    return array if fits else numpy.ascontiguousarray(array)


def _of_pillow(image: Any, name: str) -> Picture:
    from PIL import Image

    info = dict(image.info)
    if image.mode == "I;16":
        return Picture(_in_rows(numpy.asarray(image)), lambda result: Image.fromarray(result))
    image = _in_srgb(image, info)
    if image.mode not in ("L", "RGB", "RGBA"):
        has_alpha = image.mode in ("LA", "La", "PA", "RGBa") or "transparency" in image.info
        image = image.convert("RGBA" if has_alpha else "L" if image.mode in ("1", "I", "F") else "RGB")
        info.pop("transparency", None)

    def back(result: numpy.ndarray):
        made = Image.fromarray(result)
        made.info.update(info)
        return made

    return Picture(_in_rows(numpy.asarray(image)), back)


def _in_srgb(image: Any, info: dict) -> Any:
    """The network has learnt sRGB. A profile that cannot be read is taken for it."""
    profile = info.pop("icc_profile", None)
    if not profile:
        return image
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = image.mode if image.mode in ("RGB", "RGBA") else "RGB"
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image


def _of_pyvips(image: Any) -> Picture:
    import pyvips

    deep = image.format == "ushort"
    if image.get_typeof("icc-profile-data"):
        image = image.icc_transform("srgb", depth=16 if deep else 8)
    else:
        image = image.colourspace("rgb16" if deep else "srgb")
    kept = [field for field in image.get_fields() if field.startswith(("exif-", "xmp-", "iptc-", "orientation"))]

    def back(result: numpy.ndarray):
        made = pyvips.Image.new_from_array(result, interpretation="rgb16" if deep else "srgb").copy()
        for field in kept:
            made.set_type(image.get_typeof(field), field, image.get(field))
        return made

    return Picture(_in_rows(image.numpy()), back)
