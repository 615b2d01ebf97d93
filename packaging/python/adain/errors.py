"""What can go wrong, with the library's sentence: each is an `adain.Error`, and what Python calls such an error."""

from __future__ import annotations


class Error(Exception):
    """A call that failed; its text is the library's sentence."""


class ArgumentError(Error, ValueError):
    """An argument is out of its range."""


class OutOfMemoryError(Error, MemoryError):
    """Memory for the work could not be had."""


class FileError(Error, OSError):
    """A file could not be read or written."""


class FormatError(Error, ValueError):
    """A weights or style file is damaged, or of another kind."""


class MismatchError(Error, ValueError):
    """A style was made with another encoder than the model's."""


class Cancelled(Error):
    """The call was cancelled."""


class OrderError(Error, RuntimeError):
    """Rows were pushed or pulled out of order."""


class InternalError(Error, RuntimeError):
    """A defect of the library."""


# adain_status, from 1 on.
BY_STATUS = [
    ArgumentError, OutOfMemoryError, FileError, FormatError, MismatchError, Cancelled, OrderError, InternalError,
]
CANCELLED = BY_STATUS.index(Cancelled) + 1
