"""How a long call runs: Python goes on beside it, its progress is told, and Ctrl-C ends it."""

from __future__ import annotations

import ctypes
import threading
from typing import Callable, Optional, TypeVar

from . import errors
from ._library import Options, Progress

Result = TypeVar("Result")


class Run:
    """What the calls of one piece of work share: their options, and whether they are to stop."""

    def __init__(
        self, progress: Optional[Callable[[float], object]] = None, *, strength: float = 1.0,
        threads: Optional[int] = None, feature_memory: Optional[int] = None, stroke: Optional[float] = None,
        detail: Optional[float] = None,
    ):
        self._progress = progress
        self._stopped = False
        self._error: Optional[BaseException] = None
        self._callback = Progress(self._called)  # as long as the calls
        self._numbers = (strength, threads or 0, feature_memory or 0)
        self.stroke = stroke or 0.0  # 0: the call's own default
        # The library's 0 is its default, and -1 none.
        self._detail = 0.0 if detail is None else -1.0 if detail == 0 else detail
        self._share = (0.0, 1.0)

    def options(self, begin: float = 0.0, end: float = 1.0) -> Options:
        """The options of a call whose progress is from `begin` to `end` of the whole."""
        strength, threads, feature_memory = self._numbers
        self._share = (begin, end)
        return Options(
            ctypes.sizeof(Options), strength, threads, self._callback, None, feature_memory, self.stroke, self._detail)

    def _called(self, done: float, data) -> int:
        # On a thread of the library's.
        if self._stopped:
            return 1
        if self._progress:
            begin, end = self._share
            try:
                self._progress(begin + done * (end - begin))
            except BaseException as error:
                self._error = error
                return 1
        return 0

    def do(self, work: Callable[[], Result]) -> Result:
        """Do the work: in the main thread, where signals arrive, beside it."""
        if threading.current_thread() is not threading.main_thread():
            return self._guarded(work)
        outcome: list = []

        def beside():
            try:
                outcome.append((self._guarded(work), None))
            except BaseException as error:
                outcome.append((None, error))

        worker = threading.Thread(target=beside, name="adain")
        worker.start()
        interrupt: Optional[KeyboardInterrupt] = None
        while worker.is_alive():
            try:
                # Not for ever: a signal may have arrived in another thread, which wakes nobody here.
                worker.join(0.1)
            except KeyboardInterrupt as error:
                self._stopped, interrupt = True, error
        if interrupt:
            raise interrupt
        result, error = outcome[0]
        if error:
            raise error
        return result

    def _guarded(self, work: Callable[[], Result]) -> Result:
        """What the progress function raised is what the caller gets."""
        try:
            return work()
        except errors.Cancelled:
            if self._error:
                raise self._error from None
            raise
