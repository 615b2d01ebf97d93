"""check_instructions.py BUILD: wide registers are used only where they may be.

An object file outside AdaINKernelsAVX512 must not touch a zmm register, nor one outside it and
AdaINKernelsAVX2 a ymm register. And since the linker keeps any one of several weak copies of a
function, a function with such registers must not have a copy elsewhere.
"""

import pathlib
import re
import subprocess
import sys

ALLOWED = {"zmm": {"AdaINKernelsAVX512"}, "ymm": {"AdaINKernelsAVX512", "AdaINKernelsAVX2"}}


def functions(path):
    """{symbol: registers} of an object file."""
    text = subprocess.run(
        ["objdump", "-d", "--no-show-raw-insn", path], check=True, capture_output=True, text=True
    ).stdout
    found, current = {}, None
    for line in text.splitlines():
        if match := re.match(r"^[0-9a-f]+ <(.*)>:$", line):
            current = found.setdefault(match[1], set())
        elif current is not None:
            current.update(re.findall(r"%([yz]mm)", line))
    return found


def main():
    build = pathlib.Path(sys.argv[1])
    modules = {}
    for path in sorted(build.glob("*.build/**/*.o")):
        module = path.relative_to(build).parts[0].removesuffix(".build")
        modules.setdefault(module, {}).update(functions(path))
    problems = []
    for module, found in modules.items():
        for symbol, registers in found.items():
            for register in registers:
                if module not in ALLOWED[register]:
                    problems.append(f"{module}: {register} in {symbol}")
                for other in set(modules) - ALLOWED[register]:
                    if symbol in modules[other] and not symbol.startswith("."):
                        problems.append(f"{other}: a copy of {symbol}, which has {register}")
    if not modules:
        problems.append("no object files")
    wide = [m for m in ("AdaINKernelsAVX512", "AdaINKernelsAVX2") if m in modules]
    for module in wide:
        if not any("zmm" in r or "ymm" in r for r in modules[module].values()):
            problems.append(f"{module}: no wide register at all")
    print("\n".join(problems) or "wide registers: only where they may be")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
