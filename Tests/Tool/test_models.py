"""--model: the models inside by name, weights files by path."""

import shutil

from conftest import CONTENT, OTHER, PAINTING, difference, opened, succeeded


def fast(picture, **options):
    return picture.adain([], named="lion", model="fast", **options)


def small(folder):
    path = folder / "small.png"
    opened(CONTENT).resize(0.3).write_to_file(str(path))
    return path


def test_the_fast_model_is_the_operations(adain, tmp_path):
    path = small(tmp_path)
    succeeded(adain(path, "-s", "lion", "--model", "fast", "-o", "o.png", narrow=False))
    assert difference(opened(tmp_path / "o.png"), fast(opened(path))) == 0
    assert difference(opened(tmp_path / "o.png"), opened(path).adain([], named="lion")) > 20


def test_paintings_are_encoded_by_the_model(adain, tmp_path):
    path = small(tmp_path)
    succeeded(adain(path, "-s", PAINTING, "-s", OTHER, "--model", "fast", "-o", "a.png", narrow=False))
    succeeded(adain("style", "save", PAINTING, OTHER, "--model", "fast", "-o", "both.style", narrow=False))
    succeeded(adain(path, "-s", "both.style", "--model", "fast", "-o", "b.png", narrow=False))
    assert difference(opened(tmp_path / "a.png"), opened(tmp_path / "b.png")) == 0


def test_a_file_needs_a_folder_or_a_suffix(adain, model, tmp_path):
    """A file called `fast` is not the model of that name, unless it is said to be a file."""
    path = small(tmp_path)
    shutil.copy(model, tmp_path / "fast")
    succeeded(adain(path, "-s", PAINTING, "--model", "fast", "-o", "name.png", narrow=False))
    succeeded(adain(path, "-s", PAINTING, "--model", "./fast", "-o", "file.png", narrow=False))
    paintings = [opened(PAINTING)]
    assert difference(opened(tmp_path / "name.png"), opened(path).adain(paintings, model="fast")) == 0
    assert difference(opened(tmp_path / "file.png"), opened(path).adain(paintings, model=model)) == 0


def test_measured_by_either(adain, tmp_path):
    path = small(tmp_path)
    told = {
        name: succeeded(adain("measure", path, PAINTING, path, "--json", "--model", name, narrow=False)).stdout
        for name in ("standard", "fast")}
    assert told["standard"] == succeeded(adain("measure", path, PAINTING, path, "--json", narrow=False)).stdout
    assert told["standard"] != told["fast"]
