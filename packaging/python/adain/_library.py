"""libadain.so as ctypes sees it: `adain.h` in Python. Nothing here is for users."""

from __future__ import annotations

import ctypes
import pathlib
from ctypes import POINTER, byref, c_char_p, c_double, c_float, c_int, c_int32, c_size_t, c_uint32, c_void_p

from . import errors


class Pixels(ctypes.Structure):
    """adain_pixels. Whoever makes one keeps the memory it points to."""

    _fields_ = [
        ("data", c_void_p), ("stride", c_size_t), ("width", c_uint32), ("height", c_uint32), ("format", c_int),
        ("channels", c_uint32),
    ]


Progress = ctypes.CFUNCTYPE(c_int, c_double, c_void_p)


class Options(ctypes.Structure):
    """adain_options."""

    _fields_ = [
        ("struct_size", c_size_t), ("strength", c_float), ("threads", c_int32), ("progress", Progress),
        ("progress_data", c_void_p), ("feature_memory", c_size_t), ("stroke", c_float), ("detail", c_double),
    ]


def _load() -> ctypes.CDLL:
    """The library of the wheel; from a checkout, the one that the system finds."""
    inside = pathlib.Path(__file__).with_name("libadain.so.1")
    return ctypes.CDLL(str(inside) if inside.exists() else "libadain.so.1")


_library = _load()
_handle, _out = c_void_p, POINTER(c_void_p)
_pixels, _options = POINTER(Pixels), POINTER(Options)

# The arguments of what returns a status.
_CALLS = {
    "adain_model_embedded": [_out],
    "adain_model_open": [c_char_p, _out],
    "adain_model_load_file": [c_char_p, _out],
    "adain_model_load_memory": [c_char_p, c_size_t, _out],
    "adain_style_from_pixels": [_handle, _pixels, _options, _out],
    "adain_style_mix": [_out, POINTER(c_float), c_size_t, _out],
    "adain_style_save_memory": [_handle, c_void_p, c_size_t, POINTER(c_size_t)],
    "adain_style_save_file": [_handle, c_char_p],
    "adain_style_load_memory": [c_char_p, c_size_t, _out],
    "adain_style_load_file": [c_char_p, _out],
    "adain_style_named": [c_char_p, _out],
    "adain_style_named_for": [_handle, c_char_p, _out],
    "adain_stylise": [_handle, _pixels, _handle, _options, _pixels],
    "adain_content_analyse": [_handle, _pixels, _options, _out],
    "adain_analysis_begin": [_handle, c_uint32, c_uint32, _options, _out],
    "adain_analysis_push": [_handle, _pixels],
    "adain_analysis_paint": [_handle, _out, c_size_t, _pixels, c_size_t, c_int, _options, _out],
    "adain_composition_new": [_handle, _out, c_size_t, _pixels, c_size_t, c_int, _options, _out],
    "adain_composition_render": [_handle, _options, c_uint32, c_uint32, _pixels],
    "adain_reduce": [_pixels, c_int, _pixels],
    "adain_colours_new": [_out],
    "adain_colours_add": [_handle, _pixels],
    "adain_colours_recolour": [_handle, c_int, _pixels, _pixels],
    "adain_keep_colours": [_pixels, _pixels, _pixels],
}
# The others: what they return, and their arguments.
_OTHERS = {
    "adain_version": (c_char_p, []),
    "adain_kernel": (c_char_p, []),
    "adain_default_threads": (c_int, []),
    "adain_last_error": (c_char_p, []),
    "adain_model_architecture": (c_char_p, [_handle]),
    "adain_named_style_count": (c_size_t, []),
    "adain_named_style_name": (c_char_p, [c_size_t]),
    "adain_named_style_title": (c_char_p, [c_size_t]),
    "adain_named_style_painter": (c_char_p, [c_size_t]),
    "adain_named_style_year": (c_char_p, [c_size_t]),
    "adain_automatic_stroke": (c_float, [c_uint32, c_uint32]),
    "adain_fitted_size": (None, [c_uint32, c_uint32, c_uint32, c_int, POINTER(c_uint32), POINTER(c_uint32)]),
    "adain_model_unref": (None, [_handle]),
    "adain_style_unref": (None, [_handle]),
    "adain_content_unref": (None, [_handle]),
    "adain_composition_unref": (None, [_handle]),
    "adain_analysis_free": (None, [_handle]),
    "adain_colours_free": (None, [_handle]),
}
for _name, (_result, _arguments) in {**{name: (c_int, _CALLS[name]) for name in _CALLS}, **_OTHERS}.items():
    _function = getattr(_library, _name)
    _function.restype, _function.argtypes = _result, _arguments


def function(name: str):
    """A function that returns no status."""
    return getattr(_library, "adain_" + name)


def text(name: str, *arguments) -> str:
    """What a function says."""
    return function(name)(*arguments).decode()


def call(name: str, *arguments) -> None:
    """Call what returns a status, and raise its error: the sentence is of the thread that calls."""
    status = function(name[len("adain_"):])(*arguments)
    if status:
        raise errors.BY_STATUS[status - 1](_library.adain_last_error().decode())


class Handle:
    """One reference to an object of the library, given back at the end of its life."""

    def __init__(self, kind: str, make: str, *arguments):
        self.pointer = c_void_p()
        self._free = function(kind + ("_free" if kind in ("analysis", "colours") else "_unref"))
        call(make, *arguments, byref(self.pointer))

    @property
    def _as_parameter_(self) -> c_void_p:
        return self.pointer

    def __del__(self):
        if getattr(self, "pointer", None):
            self._free(self.pointer)


def array_of(handles) -> ctypes.Array:
    return (c_void_p * len(handles))(*(handle.pointer for handle in handles))
