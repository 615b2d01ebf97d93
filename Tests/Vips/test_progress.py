"""[13] Progress and kill, in both passes."""

import time

import pytest
import pyvips
from conftest import opened


@pytest.fixture
def large():
    return opened().resize(3).copy_memory()


def watch(image, events, kill_at=None):
    image.set_progress(True)

    def note(kind):
        def handler(source, progress):
            events.append((kind, time.monotonic()))
            if kind == kill_at:
                source.set_kill(True)

        return handler

    for kind in ("preeval", "eval", "posteval"):
        image.signal_connect(kind, note(kind))


def test_both_passes_signal(adain, style, large):
    events = []
    watch(large, events)
    result = adain(large, [style])
    first = [kind for kind, _ in events]
    assert first.count("preeval") == 1 and first.count("posteval") == 1
    assert first.count("eval") >= 1
    result.copy_memory()
    both = [kind for kind, _ in events]
    assert both.count("preeval") >= 2 and both.count("posteval") >= 2


def test_kill_in_the_first_pass(adain, style, large):
    events = []
    watch(large, events, kill_at="eval")
    with pytest.raises(pyvips.Error, match="killed"):
        adain(large, [style])
    assert time.monotonic() - [t for kind, t in events if kind == "eval"][0] < 2
    large.set_kill(False)
    assert adain(opened(), [style]).avg() > 0  # the next call works


def test_kill_in_the_second_pass(adain, style, large):
    result = adain(large, [style])
    events = []
    watch(result, events, kill_at="eval")
    with pytest.raises(pyvips.Error, match="killed"):
        result.copy_memory()
    assert adain(opened(), [style]).avg() > 0
