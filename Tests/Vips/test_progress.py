"""[13] Progress and kill, in both passes."""

import pytest
import pyvips
from conftest import error_lines, opened


@pytest.fixture
def large():
    return opened().resize(3).copy_memory()


def watch(image, events, kill_at=None):
    image.set_progress(True)

    def note(kind):
        def handler(source, progress):
            events.append(kind)
            if kind == kill_at:
                source.set_kill(True)

        return handler

    for kind in ("preeval", "eval", "posteval"):
        image.signal_connect(kind, note(kind))


def test_both_passes_signal(adain, style, large):
    events = []
    watch(large, events)
    result = adain(large, [style])
    first = list(events)
    assert first.count("preeval") == 1 and first.count("posteval") == 1
    assert first.count("eval") >= 1
    result.copy_memory()
    both = list(events)
    assert both.count("preeval") >= 2 and both.count("posteval") >= 2


def test_kill_in_the_first_pass(adain, style, large):
    events = []
    watch(large, events, kill_at="eval")
    with pytest.raises(pyvips.Error, match="killed"):
        adain(large, [style])
    killed = events.count("eval")
    large.set_kill(False)
    other, whole = opened().resize(3).copy_memory(), []
    watch(other, whole)
    adain(other, [style])
    assert killed < whole.count("eval") / 2  # it stopped where it was
    assert adain(opened(), [style]).avg() > 0  # the next call works


def test_kill_while_the_painting_is_encoded(adain, large):
    """Before the content is looked at, which has signals of its own."""
    events = []
    watch(large, events)
    large.set_kill(True)
    with pytest.raises(pyvips.Error, match="killed"):
        adain(large, [opened().copy_memory()], style_size=0)
    assert events == []


def test_a_paintings_features_are_not_kept(vips, tmp_path):
    """Those of a large content would go to a temporary file, for which there is no place here."""
    content, painting, out = (str(tmp_path / name) for name in ("content.png", "painting.png", "out.png"))
    opened().thumbnail_image(64).write_to_file(content)
    opened().resize(3).write_to_file(painting)
    options = [content, painting, out, "--style-size", "0", "--feature-memory", "20000"]
    assert vips("adain", *options, TMPDIR=str(tmp_path / "nowhere")).returncode == 0
    options[:2] = painting, content
    result = vips("adain", *options, TMPDIR=str(tmp_path / "nowhere"))
    assert result.returncode == 1
    assert "temporary file" in error_lines(result)[0]


def test_kill_in_the_second_pass(adain, style, large):
    result = adain(large, [style])
    events = []
    watch(result, events, kill_at="eval")
    with pytest.raises(pyvips.Error, match="killed"):
        result.copy_memory()
    assert adain(opened(), [style]).avg() > 0
