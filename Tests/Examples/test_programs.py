"""C, C++ and Swift: one program three times, from PPM files to a PPM file."""

import pytest
from conftest import EXAMPLES, opened, same

LANGUAGES = ["c/stylise.c", "cpp/stylise.cpp", "swift"]


@pytest.fixture(scope="module", params=LANGUAGES)
def program(request, compiled):
    if request.param == "swift":
        return request.getfixturevalue("swift_program")
    return compiled(EXAMPLES / request.param)


@pytest.mark.parametrize("strength", [None, 0.7])
def test_the_pixels_are_the_operations(program, run, pictures, tmp_path, strength):
    photograph, painting = pictures / "photograph.ppm", pictures / "painting.ppm"
    result = run(program, photograph, painting, "result.ppm", *([strength] if strength else []))
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    expected = opened(photograph).adain([opened(painting)], strength=strength or 1)
    assert same(opened(tmp_path / "result.ppm"), expected)


# The photograph as bytes, or None for one that is not there; then strength and sentence.
WHOLE = b"P6 # a comment\n# and another\n8 4\n255\n" + bytes(96)
FAULTS = {
    "missing": (None, "1", "stylise: photograph.ppm: cannot be opened"),
    "another format": (b"P5\n8 4\n255\n" + bytes(32), "1", "stylise: photograph.ppm: not a binary PPM file"),
    "16 bits": (b"P6\n8 4\n65535\n" + bytes(192), "1", "stylise: photograph.ppm: not an 8-bit PPM file"),
    "cut": (WHOLE[:-1], "1", "stylise: photograph.ppm: ends before its last pixel"),
    "strength": (WHOLE, "3", "stylise: adain: options: strength is 3.0, not between 0 and 1"),
    "no number": (WHOLE, "half", "stylise: half: not a number"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_a_sentence_and_no_picture(program, run, pictures, tmp_path, fault):
    photograph, strength, sentence = FAULTS[fault]
    if photograph is not None:
        (tmp_path / "photograph.ppm").write_bytes(photograph)
    result = run(program, "photograph.ppm", pictures / "painting.ppm", "result.ppm", strength)
    assert (result.returncode, result.stderr.decode()) == (1, sentence + "\n")
    assert not (tmp_path / "result.ppm").exists()


def test_comments_in_a_header_are_passed_over(program, run, pictures, tmp_path):
    (tmp_path / "photograph.ppm").write_bytes(WHOLE)
    result = run(program, "photograph.ppm", pictures / "painting.ppm", "result.ppm")
    assert (result.returncode, result.stderr) == (0, b"")
    assert (tmp_path / "result.ppm").read_bytes().startswith(b"P6\n8 4\n255\n")


def test_a_result_that_cannot_be_written_is_a_fault(program, run, pictures):
    photograph, painting = pictures / "photograph.ppm", pictures / "painting.ppm"
    result = run(program, photograph, painting, "no-such-folder/result.ppm")
    assert result.returncode == 1
    assert result.stderr.startswith(b"stylise: no-such-folder/result.ppm: cannot be ")


def test_too_few_arguments_are_told_the_usage(program, run):
    result = run(program, "photograph.ppm")
    assert (result.returncode, result.stderr) == (
        2, b"usage: stylise PHOTOGRAPH PAINTING RESULT [STRENGTH]\n")


def test_previews_and_then_the_picture(compiled, run, pictures, tmp_path):
    preview = compiled(EXAMPLES / "c" / "preview.c")
    photograph = pictures / "photograph.ppm"
    result = run(preview, photograph, "lion", tmp_path)
    assert (result.returncode, result.stderr) == (0, b"")
    picture = opened(photograph)
    # Of a photograph that is small anyhow: not enlarged.
    for strength in (0.25, 0.5, 0.75, 1):
        expected = picture.adain([], named="lion", model="fast", strength=strength)
        assert same(opened(tmp_path / f"preview-{strength * 100:.0f}.ppm"), expected)
    assert same(opened(tmp_path / "result.ppm"), picture.adain([], named="lion"))

    refused = run(preview, photograph, "loin", tmp_path)
    assert refused.returncode == 1 and b"nearest are lion" in refused.stderr


def test_a_walk_over_a_large_picture(compiled, run, pictures, tmp_path):
    walk = compiled(EXAMPLES / "c" / "walk.c")
    photograph, painting = (pictures / "photograph.ppm").read_bytes(), pictures / "painting.ppm"
    result = run(walk, painting, 48, tmp_path, stdin=photograph)
    assert (result.returncode, result.stderr) == (0, b"")
    whole = opened(pictures / "photograph.ppm").adain([opened(painting)]).copy_memory()
    for step in range(8):
        x, y = (whole.width - 48) * step // 7, (whole.height - 48) * step // 7
        assert same(opened(tmp_path / f"view-{step}.ppm"), whole.crop(x, y, 48, 48))

    cut = run(walk, painting, 48, tmp_path / "views", stdin=photograph[:-1])
    assert (cut.returncode, cut.stderr) == (1, b"walk: standard input: ends before its last pixel\n")
