"""The operation as `vips adain …`. Numbers in brackets are those of the acceptance checks."""

import re
import subprocess

import pytest
import pyvips
from conftest import BUILD, CONTENT, STYLE, difference, error_lines


def test_is_listed_once_and_quietly():
    """[1]"""
    result = subprocess.run(["vips", "-l"], capture_output=True, check=True)
    assert len(re.findall(rb"\(adain\)", result.stdout)) == 1
    assert result.stderr == b""


def test_loads_as_a_plugin_without_vipshome(tmp_path, model):
    """[2]"""
    (module,) = (BUILD / "vips").glob("*/vips-modules-*/vips-adain.so")
    command = ["vips", "--plugin", module, "adain", CONTENT, STYLE, tmp_path / "o.png"]
    subprocess.run([*command, "--model", model], check=True, env={"PATH": "/usr/bin:/bin"})
    assert pyvips.Image.new_from_file(str(tmp_path / "o.png")).width == 451


def test_usage_names_every_option_and_warns_of_nothing():
    """[3]"""
    result = subprocess.run(["vips", "adain"], capture_output=True)
    text = (result.stdout + result.stderr).decode()
    for option in ("strength", "weights", "style-size", "model", "tile-size"):
        assert re.search(rf"^\s+{option}\s+- ", text, re.MULTILINE), option
    assert "warning" not in text.lower()


def test_output_has_the_size_of_the_input(vips, tmp_path):
    """[4]"""
    out = tmp_path / "o.png"
    assert vips("adain", CONTENT, STYLE, out).returncode == 0
    image = pyvips.Image.new_from_file(str(out))
    assert (image.width, image.height, image.bands) == (451, 300, 3)
    assert image.interpretation == "srgb"


def test_stdin_gives_what_the_file_gives(vips, tmp_path):
    """[5]"""
    out = tmp_path / "o.png"
    assert vips("adain", CONTENT, STYLE, out).returncode == 0
    piped = vips("adain", "stdin", STYLE, ".png", stdin=CONTENT.read_bytes())
    assert piped.returncode == 0, piped.stderr
    assert (
        difference(
            pyvips.Image.new_from_buffer(piped.stdout, ""), pyvips.Image.new_from_file(str(out))
        )
        == 0
    )


def test_weights(vips, tmp_path):
    """[6]"""
    out = tmp_path / "o.png"
    two = f"{STYLE} {CONTENT}"
    assert vips("adain", CONTENT, two, out, "--weights", "0.3 0.7").returncode == 0
    refused = vips("adain", CONTENT, two, tmp_path / "p.png", "--weights", "1")
    assert refused.returncode == 1
    assert error_lines(refused) == ["adain: weights: 1 for 2 styles; one each is needed"]
    assert not (tmp_path / "p.png").exists()


@pytest.mark.parametrize(
    "options, sentence",
    [
        (["--strength", "1.5"], "strength is 1.5, not between 0 and 1"),
        (["--strength", "-0.01"], "strength is -0.01, not between 0 and 1"),
        (["--style-size", "-1"], "style-size is -1, not 0 or a number of pixels"),
        (["--tile-size", "0"], "tile-size is 0, less than 16"),
        (["--weights", "-1"], "weights: weight 0 is -1.0, not a finite number from 0 on"),
        (["--weights", "0"], "weights: all are 0"),
        (["--model", "/nonexistent"], "/nonexistent: cannot be opened: No such file or directory"),
        (["--model", str(CONTENT)], f"{CONTENT}: weights: "),
        (["--model", "fsat"], "there is no model named 'fsat', only standard and fast"),
    ],
)
def test_bad_options_are_one_clear_line(vips, tmp_path, options, sentence):
    """[7]"""
    out = tmp_path / "o.png"
    result = vips("adain", CONTENT, STYLE, out, *options, narrow="--model" not in options)
    assert result.returncode == 1
    (line,) = error_lines(result)
    assert line.startswith("adain: " + sentence)
    assert not out.exists()


def test_an_empty_style_is_one_clear_line(vips, tmp_path):
    """[7]"""
    result = vips("adain", CONTENT, "", tmp_path / "o.png")
    assert result.returncode == 1
    assert error_lines(result) == ["adain: style: at least one image is needed, or a name as named"]


def test_the_embedded_model_and_strength(vips, tmp_path):
    """No --model: the model inside the library. Less strength stays nearer to the photograph."""
    photograph = pyvips.Image.new_from_file(str(CONTENT))
    distance = []
    for strength in ("0", "1"):
        out = tmp_path / f"{strength}.png"
        result = vips("adain", CONTENT, STYLE, out, "--strength", strength, narrow=False)
        assert result.returncode == 0, result.stderr
        distance.append((pyvips.Image.new_from_file(str(out)) - photograph).abs().avg())
    assert distance[0] < distance[1]


@pytest.mark.parametrize(
    "environment",
    [
        {"VIPS_STALL": "1"},
        {"VIPS_MAX_THREADS": "8", "VIPS_CONCURRENCY": "3"},
    ],
)
def test_thread_limits_do_not_stall(vips, tmp_path, environment):
    """[14]"""
    result = vips("adain", CONTENT, STYLE, tmp_path / "o.png", timeout=60, **environment)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    "arguments, code",
    [
        ([], 0),
        (["--strength", "2"], 1),
        (["--weights", "1 2"], 1),
        (["--model", "/nonexistent"], 1),
    ],
)
def test_nothing_leaks(vips, tmp_path, arguments, code):
    """[14]"""
    narrow = "--model" not in arguments
    result = vips(
        "--vips-leak", "adain", CONTENT, STYLE, tmp_path / "o.png", *arguments, narrow=narrow
    )
    assert result.returncode == code
    assert b"objects alive" not in result.stderr, result.stderr.decode()


@pytest.mark.parametrize("data", ["truncated", "none"])
def test_a_broken_input_fails(vips, tmp_path, data):
    """[15] A JPEG that ends early, read strictly."""
    path = tmp_path / "broken.jpg"
    whole = CONTENT.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if data == "truncated" else b"")
    result = vips("--vips-leak", "adain", f"{path}[fail-on=error]", STYLE, tmp_path / "o.png")
    assert result.returncode == 1
    assert result.stderr.strip()
    assert b"objects alive" not in result.stderr
