"""check_neon.py ASSEMBLY: the inner loops of Winograd's products, compiled for 64-bit Arm.

For four channels they multiply each row's value, which is taken from one lane of a register, with two vectors of
weights: 8 multiply-adds a row. None of their loops may touch the stack, where sums end that find no register.
"""

import pathlib
import re
import sys

MOST_ROWS = 10  # UnitNEON.maximumRows
FEWEST_ROWS = 4  # loops of fewer rows are left to the compiler


def blocks(lines):
    """(function, instructions) of each stretch without a label."""
    function, block = "", []
    for line in lines:
        label = re.match(r"(\S+):", line)
        if not label:
            block.append(line)
            continue
        yield function, block
        block = []
        if not label[1].startswith(".L"):
            function = label[1]
    yield function, block


def main(path):
    largest = 0
    for function, block in blocks(pathlib.Path(path).read_text().splitlines()):
        by_lane = sum(bool(re.search(r"\tfmla\t.*\.s\[\d\]", line)) for line in block)
        if "WinogradProduct" not in function or by_lane < 8 * FEWEST_ROWS - 2:
            continue
        largest = max(largest, by_lane)
        stack = [line.strip() for line in block if "[sp" in line]
        if stack:
            sys.exit(f"64-bit Arm: a loop of {by_lane} multiply-adds by element uses the stack: {stack[0]}")
    print(f"64-bit Arm: {largest} multiply-adds by element in the largest loop, none with sums on the stack")
    if largest < 8 * MOST_ROWS - 2:
        sys.exit("64-bit Arm: the products are not made by element")


main(*sys.argv[1:])
