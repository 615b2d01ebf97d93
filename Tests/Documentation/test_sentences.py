"""Troubleshooting has every sentence that the sources have, and none beside."""

import re

import pytest
from conftest import CATALOGUE, ROOT
from sentences import of_sources

# Parts of sentences, not sentences.
PIECES = {"libvips: ", "style: ", "; see adain --help", "standard output"}


def plain(sentence):
    """As it is printed: the tool takes the last full stop away."""
    return sentence.removesuffix(".")


@pytest.fixture(scope="module")
def spoken():
    sources = of_sources(ROOT / "Sources")
    return {plain(sentence): file for sentence, file in sources.items() if sentence not in PIECES}


@pytest.fixture(scope="module")
def quoted():
    """The first cells of the tables, but for the sentences that are others'."""
    text = (CATALOGUE / "Troubleshooting.md").read_text()
    _, text = text.split("## The tool's command line")
    cells = re.findall(r"^\| (.*?) \| ", text, re.MULTILINE)
    return [sentence for cell in cells for sentence in re.findall(r"`([^`]+)`", cell)]


def test_the_sources_speak(spoken):
    assert len(spoken) > 150
    assert spoken["weights: … is missing"] == "WeightsFault.swift"
    assert spoken["strength is …, not between 0 and 1"] == "options.c"


def test_every_quoted_sentence_is_spoken(spoken, quoted):
    assert [sentence for sentence in quoted if sentence not in spoken] == []


def test_every_spoken_sentence_is_quoted(spoken, quoted):
    assert {sentence: file for sentence, file in spoken.items() if sentence not in quoted} == {}


def test_no_sentence_is_quoted_twice(quoted):
    assert sorted(quoted) == sorted(set(quoted))
