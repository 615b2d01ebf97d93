"""Processes that wait for orders, and interleaved measurements of them."""

import json
import os
import statistics
import subprocess
import time


class WorkerFailed(RuntimeError):
    """A worker ended, or said what is not of the protocol; the text is its last words."""


class Worker:
    """A process of the protocol in peers/worker.py."""

    def __init__(self, command, log, environment=None):
        self.log = log
        with open(log, "wb") as errors:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **(environment or {})},
                text=True,
            )
        self.start = self._answer()

    def _answer(self):
        line = self.process.stdout.readline()
        try:
            return json.loads(line)
        except ValueError:
            self.stop()
            with open(self.log, errors="replace") as file:
                words = file.read().strip().splitlines()
            raise WorkerFailed(words[-1] if words else "it ended without a word") from None

    def ask(self, command):
        try:
            self.process.stdin.write(command + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # _answer() says why
        return self._answer()

    def run(self, *arguments):
        """Seconds of one run."""
        return self.ask(" ".join(["run", *map(str, arguments)]))["seconds"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.stdout.close()
        self.process.wait()


def interleave(turns, runs):
    """Seconds of each turn, a function that returns them, in `runs` rounds.

    In rounds, so that a change of the machine's speed meets all. Turns were warmed up. Before each
    the threads of the one before are given time to stop polling for work.
    """
    turns = list(turns)
    times = [[] for _ in turns]
    for _ in range(runs):
        for turn, seconds in zip(turns, times):
            time.sleep(0.05)
            seconds.append(turn())
    return times


def summary(seconds):
    return {
        "median": statistics.median(seconds),
        "least": min(seconds),
        "most": max(seconds),
        "runs": len(seconds),
    }
