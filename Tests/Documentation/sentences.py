"""The sentences in which the sources speak of errors, with … for what varies in them."""

import re

# Where a sentence is made: the rest of the call, up to its closing parenthesis, has it.
SWIFT_CALLS = re.compile(
    r"(?<![\w.])(?:AdaINError|ValidationError|Failure|malformed)\(|(?:Failure)?\.system\(|\bfailed: \(")
C_CALLS = re.compile(r"\bvips_error(?:_system)? \(|\bg_set_error \(")
# Sentences that are a switch's cases, not a call's arguments.
CASES_OF = {"WeightsFault.swift": re.compile(r"\bcase \.[^:]*(?:\([^)]*\))?:\s*")}


def literal(text, i):
    """The literal whose opening quote is at i, its varying parts as …, and where it ends."""
    out = ""
    i += 1
    while text[i] != '"':
        if text[i] == "\\" and text[i + 1] == "(":
            i, out = closing(text, i + 1), out + "…"
        elif text[i] == "\\":
            out, i = out + {"n": "\n"}.get(text[i + 1], text[i + 1]), i + 2
        else:
            out, i = out + text[i], i + 1
    return out, i + 1


def closing(text, i):
    """Behind the parenthesis that closes the one at i."""
    depth = 0
    while True:
        if text[i] == '"':
            i = literal(text, i)[1]
            continue
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        i += 1
        if depth == 0:
            return i


def literals(text, begin, end):
    while (begin := text.find('"', begin, end)) >= 0:
        found, begin = literal(text, begin)
        yield found


def joined(parts):
    """A literal that says something beside what varies, and neither a path nor a format alone."""
    return [part for part in parts if re.search(r"[a-z]{2}.* |[a-z] …", part)]


def of_swift(path):
    text = re.sub(r"^\s*///?.*$", "", path.read_text(), flags=re.MULTILINE)
    for call in SWIFT_CALLS.finditer(text):
        yield from joined(literals(text, call.end(), closing(text, call.end() - 1)))
    if path.name in CASES_OF:
        for case in CASES_OF[path.name].finditer(text):
            if text[case.end()] == '"':
                yield literal(text, case.end())[0]


def of_c(path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    for call in C_CALLS.finditer(text):
        whole = text[call.end() : closing(text, call.end() - 1)]
        whole = re.sub(r'"\s*(?:PRI\w+\s*)?"', "", whole)
        for found in joined(literals(whole, 0, len(whole))):
            yield re.sub(r"%[\w.]*[sdgufx]", "…", found)


def of_sources(folder):
    """Each sentence, and the file that has it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        reader = {".swift": of_swift, ".c": of_c}.get(path.suffix)
        for sentence in reader(path) if reader else ():
            found.setdefault(sentence, path.name)
    return found
