"""CONTRIBUTING's map: each folder on it exists, and each folder of the rooms that it shows is on it."""

import re

from conftest import ROOT

# Rooms whose folders the map shows, each on a line of its own or with others.
ROOMS = ["Sources", "Sources/AdaIN", "Sources/AdaINKernels", "Sources/AdaINTraining", "Tests"]


def mapped():
    """Folders of the map, by their indentation."""
    block = re.search(r"## The map\n\n```\n(.*?)\n```", (ROOT / "CONTRIBUTING.md").read_text(), re.S)[1]
    above, folders = [], set()
    for line in block.splitlines():
        names = re.match(r" *(?:[\w.{},-]+/(?:, | |$))+", line)
        if not names:
            continue
        depth = (len(line) - len(line.lstrip())) // 2
        for name in re.findall(r"([\w.{},-]+?)/(?:,|\s|$)", names[0]):
            choice = re.match(r"(.*)\{(.*)\}(.*)", name)
            for one in [choice[1] + part + choice[3] for part in choice[2].split(",")] if choice else [name]:
                path = "/".join([*above[:depth], one])
                folders.add(path)
        above[depth:] = [one]
    return folders


def test_each_folder_on_the_map_exists():
    folders = mapped()
    assert len(folders) > 50
    assert {folder for folder in folders if not (ROOT / folder).is_dir()} == set()


def test_each_folder_is_on_the_map():
    there = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS for path in (ROOT / room).iterdir()
        if path.is_dir() and path.name != "__pycache__" and any(path.rglob("*.*"))}
    assert there - mapped() == set()
