"""documented.py SYMBOLS: every public symbol has a comment that begins with what it is, and every
function that throws says what."""

import json
import sys


def faults(symbol):
    lines = [line["text"].strip() for line in symbol.get("docComment", {"lines": []})["lines"]]
    declaration = "".join(part["spelling"] for part in symbol["declarationFragments"])
    if not lines or not lines[0] or lines[0].startswith("- "):
        yield "does not say what it is"
    if " throws" in declaration and not any(line.startswith("- Throws:") for line in lines):
        yield "does not say what it throws"


def main(path):
    with open(path, encoding="utf-8") as file:
        symbols = json.load(file)["symbols"]
    # What the compiler makes of a conformance has no place in the sources.
    own = [symbol for symbol in symbols if "location" in symbol]
    assert own, "no symbols"
    found = [
        f"{'.'.join(symbol['pathComponents'])}: {fault}" for symbol in own for fault in faults(symbol)
    ]
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main(sys.argv[1])
