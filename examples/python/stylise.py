"""Stylise a photograph with one or several paintings, through pyvips.

    python stylise.py photograph.jpg result.jpg painting.jpg [painting.jpg …]

pyvips must use the system's libvips, for which the module `vips-adain.so` is installed; the
binary wheel pyvips-binary carries a libvips of its own that loads no modules.
"""

import sys

import pyvips


def main():
    photograph, result, *paintings = sys.argv[1:]
    content = pyvips.Image.new_from_file(photograph, access="sequential")
    styles = [pyvips.Image.new_from_file(painting) for painting in paintings]
    stylised = content.adain(styles, strength=0.8)
    stylised.write_to_file(result)


if __name__ == "__main__":
    main()
