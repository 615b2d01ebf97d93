"""check_instructions.py BUILD: AVX and AVX-512 are used only where they may be.

An object file outside AdaINKernelsAVX512 must not touch a zmm register, nor one outside it and
AdaINKernelsAVX2 hold any AVX instruction (their names begin with v). And since the linker keeps any
one of several weak copies of a function, a function with such instructions must not have a copy
elsewhere.
"""

import pathlib
import re
import subprocess
import sys

ALLOWED = {"zmm": {"AdaINKernelsAVX512"}, "AVX": {"AdaINKernelsAVX512", "AdaINKernelsAVX2"}}


def functions(path):
    """{symbol: kinds of instructions} of an object file."""
    text = subprocess.run(
        ["objdump", "-d", "--no-show-raw-insn", path], check=True, capture_output=True, text=True
    ).stdout
    found, current = {}, None
    for line in text.splitlines():
        if match := re.match(r"^[0-9a-f]+ <(.*)>:$", line):
            current = found.setdefault(match[1], set())
        elif current is not None:
            if "%zmm" in line:
                current.add("zmm")
            if re.match(r"^ +[0-9a-f]+:\s+v(?!er[rw])", line):
                current.add("AVX")
    return found


def main():
    build = pathlib.Path(sys.argv[1])
    modules = {}
    for path in sorted(build.glob("*.build/**/*.o")):
        module = path.relative_to(build).parts[0].removesuffix(".build")
        modules.setdefault(module, {}).update(functions(path))
    problems = []
    for module, found in modules.items():
        for symbol, kinds in found.items():
            for kind in kinds:
                if module not in ALLOWED[kind]:
                    problems.append(f"{module}: {kind} in {symbol}")
                for other in set(modules) - ALLOWED[kind]:
                    if symbol in modules[other] and not symbol.startswith("."):
                        problems.append(f"{other}: a copy of {symbol}, which has {kind}")
    if not modules:
        problems.append("no object files")
    wide = [m for m in ("AdaINKernelsAVX512", "AdaINKernelsAVX2") if m in modules]
    for module in wide:
        if not any(modules[module].values()):
            problems.append(f"{module}: none of its instructions at all")
    print("\n".join(problems) or "AVX and AVX-512: only where they may be")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
