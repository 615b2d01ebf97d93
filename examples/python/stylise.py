#!/usr/bin/env python3
"""A photograph in the style of one or several paintings, with pyvips.

    stylise.py photograph.jpg result.jpg painting.jpg [painting.jpg ...]

pyvips must use the system's libvips, in whose modules folder the operation is (or below VIPSHOME):
the wheel pyvips-binary brings a libvips of its own, which looks for no modules.
"""

import sys

import pyvips


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    photograph, result, *paintings = sys.argv[1:]
    if not pyvips.type_find("VipsOperation", "adain"):
        sys.exit("this libvips has no operation adain: see the top of this file")

    # Read once from top to bottom, so nothing needs to be decoded ahead.
    content = pyvips.Image.new_from_file(photograph, access="sequential")
    styles = [pyvips.Image.new_from_file(path, access="sequential") for path in paintings]

    # The first painting counts twice.
    weights = [2] + [1] * (len(styles) - 1)
    content.adain(styles, strength=0.9, weights=weights).write_to_file(result)


if __name__ == "__main__":
    try:
        main()
    except pyvips.Error as error:
        sys.exit(f"stylise.py: {error}")
