"""Photographs in the style of any painting, on ordinary processors (adaptive instance normalisation).

    import adain
    from PIL import Image

    adain.stylise(Image.open("photograph.jpg"), "great-wave").save("result.jpg")

`adain.stylise` takes NumPy arrays and images of Pillow and pyvips, and gives back the same. `adain.Style` is a
painting's style, made once and used often; `adain.styles()` lists those inside; `adain.Model` is for weights of one's
own. Everything may be used from any number of threads; a call lets Python's other threads run. A process may be forked
after `import adain`, also after calls.
"""

from . import _library
from .errors import (
    ArgumentError,
    Cancelled,
    Error,
    FileError,
    FormatError,
    InternalError,
    MismatchError,
    OrderError,
    OutOfMemoryError,
)
from .model import Model
from .style import NamedStyle, Style, styles
from .stylise import stylise

__version__ = _library.text("version")


def kernel() -> str:
    """The instruction set in use: 'avx512', 'avx2' or 'baseline'."""
    return _library.text("kernel")


def default_threads() -> int:
    """How many threads a call uses: the processors that this process may use."""
    return _library.function("default_threads")()


__all__ = [
    "ArgumentError", "Cancelled", "Error", "FileError", "FormatError", "InternalError", "MismatchError", "Model",
    "NamedStyle", "OrderError", "OutOfMemoryError", "Style", "default_threads", "kernel", "styles", "stylise",
]
