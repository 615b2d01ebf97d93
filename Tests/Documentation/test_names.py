"""What the documents name exists: files, links, options, functions, variables, targets of make."""

import json
import re
import subprocess

import pytest
from conftest import BUILD, CATALOGUE, DOCUMENTS, GUIDES, ROOT, blocks, name, spans

# Options of programs that are not ours.
OTHERS = {
    "cflags", "libs", "variable",  # pkg-config
    "plugin", "interpretation",  # vips
    "force-reinstall",  # pip
}


def said(path):
    """All that is code in a document."""
    return "\n".join([*spans(path), *blocks(path, r"\w*")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_lead_somewhere(document):
    text = re.sub(r"^```.*?^```$", "", document.read_text(), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:|mailto:|#", target):
            continue
        path = document.parent / target.split("#")[0]
        # DocC knows pictures by their names alone.
        pictures = list((CATALOGUE / "Resources").glob(f"{target}.*"))
        assert path.exists() or (document.parent == CATALOGUE and pictures), target


@pytest.mark.parametrize("document", GUIDES, ids=name)
def test_paths_exist(document):
    folders = [entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name[0] != "."]
    for path in re.findall(rf"(?<![\w/.-])(?:{'|'.join(folders)})/[\w./+-]*\w", said(document)):
        if not path.startswith("build/"):
            assert (ROOT / path).exists(), path


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) < 200


@pytest.fixture(scope="session")
def options():
    """Every long option of the tool, the operation and the benchmarks."""
    def output(*command, **options):
        return subprocess.run(command, capture_output=True, text=True, **options).stdout

    def of_commands(command):
        for argument in command.get("arguments", []):
            yield from (part["name"] for part in argument.get("names", []) if part["kind"] == "long")
        for subcommand in command.get("subcommands", []):
            yield from of_commands(subcommand)

    tool = json.loads(output(BUILD / "bin" / "adain", "--experimental-dump-help"))["command"]
    operation = output("vips", "adain", env={"PATH": "/usr/bin:/bin", "VIPSHOME": str(BUILD / "vips")})
    scripts = "".join(output("python3", ROOT / "Benchmarks" / f"{script}.py", "--help")
                      for script in ("benchmark", "batch"))
    found = {*of_commands(tool), *re.findall(r"^   ([a-z-]+) +- ", operation, re.MULTILINE),
             *re.findall(r"--([a-z-]+)", scripts)}
    assert {"all-pairs", "tile-size", "sections"} <= found
    return found | OTHERS


@pytest.mark.parametrize("document", [*GUIDES, ROOT / "Benchmarks" / "README.md"], ids=name)
def test_options_exist(document, options):
    assert set(re.findall(r"(?<![\w-])--([a-z][a-z-]*)", said(document))) - options == set()


def test_the_guide_has_every_option_of_the_operation():
    usage = subprocess.run(
        ["vips", "adain"], capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "VIPSHOME": str(BUILD / "vips")}).stdout
    _, optional = usage.split("optional arguments:\n")
    there = set(re.findall(r"^   ([a-z-]+) +- ", optional, re.MULTILINE))
    table = re.findall(r"^\| (`--.*?) \| ", (CATALOGUE / "LibvipsGuide.md").read_text(), re.MULTILINE)
    assert set(re.findall(r"--([a-z-]+)", " ".join(table))) == there


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_names_of_the_c_interface_exist(document):
    header = (ROOT / "include" / "adain.h").read_text()
    known = set(re.findall(r"\badain_\w+", header))
    assert set(re.findall(r"\badain_\w+(?!\.)\b", said(document))) - known - {"adain_worker"} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_constants_and_variables_exist(document):
    sources = [path.read_text() for folder in ("include", "Sources", "Tests") for path in
               (ROOT / folder).rglob("*") if path.suffix in (".h", ".c", ".swift", ".sh", ".py")]
    known = set(re.findall(r"\bADAIN_\w+", "\n".join(sources)))
    assert set(re.findall(r"\bADAIN_\w+", said(document))) - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_targets_of_make_exist(document):
    chapters = [ROOT / "Makefile", *ROOT.glob("*/*.mk")]
    known = {target for chapter in chapters
             for line in re.findall(r"^\.PHONY: (.*)$", chapter.read_text(), re.MULTILINE)
             for target in line.split()}
    assert set(re.findall(r"\bmake ([a-z][a-z0-9-]*)", said(document))) - known == set()
