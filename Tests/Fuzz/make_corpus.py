"""Write the seeds of the fuzz targets: small files, each named for what it is.

    make_corpus.py FOLDER       (Tests/Fuzz/corpus)

Standard library only; the same bytes at every run.
"""

import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
NARROW = HERE.parent / "Support" / "make_narrow_model.py"


def narrow_model(*options):
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([sys.executable, NARROW, file.name, *options], check=True)
        return file.read()


# ---- Weights ---------------------------------------------------------------------------


def parts(model):
    """A safetensors file's header as Python values, and its data."""
    (length,) = struct.unpack_from("<Q", model)
    return json.loads(model[8 : 8 + length]), model[8 + length :]


def joined(header, data):
    text = header if isinstance(header, bytes) else json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


def half_precision(model):
    header, data = parts(model)
    halves = b""
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        values = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
        entry["dtype"] = "F16"
        entry["data_offsets"] = [len(halves), len(halves) + 2 * len(values)]
        halves += struct.pack(f"<{len(values)}e", *values)
    return joined(header, halves)


def weights():
    model = narrow_model("--widths", "1", "1", "1", "1")
    header, data = parts(model)
    metadata = {"__metadata__": header["__metadata__"]}
    text = json.dumps(header).encode()
    first = "encoder.conv1_1.weight"

    def changed(**entry):
        return joined({**header, first: {**header[first], **entry}}, data)

    end = header[first]["data_offsets"][1]
    last = list(header)[-1]
    begin = header[last]["data_offsets"][0]
    return {
        "vgg16": joined(header, data),
        "vgg19": joined(*parts(narrow_model("--architecture", "vgg19", "--widths", "1", "1", "1", "1"))),
        "widths-differ": joined(*parts(narrow_model("--widths", "1", "2", "3", "4"))),
        "half-precision": half_precision(model),
        "empty": b"",
        "length-alone": struct.pack("<Q", 2),
        "length-huge": struct.pack("<Q", 2**64 - 1) + text + data,
        "length-beyond-file": struct.pack("<Q", len(text) + len(data) + 1) + text + data,
        "empty-object": joined({}, b""),
        "metadata-alone": joined(metadata, b""),
        "metadata-of-numbers": joined({"__metadata__": {"format": 1}}, b""),
        "format-other": joined({"__metadata__": {"format": "pt"}}, b""),
        "version-other": joined({"__metadata__": {"format": "adain", "version": "2"}}, b""),
        "architecture-other": joined(
            {"__metadata__": {**header["__metadata__"], "architecture": "vgg13"}}, b""
        ),
        # Strings that are the costlier to compare the longer they are, as Unicode has it.
        "accents-in-keys": joined(
            b'{"a' + "\u0301\u0323".encode() * 8000 + b'":{},"a' + "\u0323\u0301".encode() * 8000 + b'":{}}', b""
        ),
        "accents-in-a-value": joined(b'{"__metadata__":{"a":"' + "a\u0301\u0323".encode() * 6000 + b'"}}', b""),
        "nested-deeply": joined(b"{" + b'"a":[' * 600, b""),
        "key-twice": joined(b'{"a":{"b":[1,{"c":1,"c":2}]}}', b""),
        "key-twice-escaped": joined(b'{"a":1,"\\u0061":2}', b""),
        "key-escaped": joined(b'{"\\ud83d\\ude00\\"":{"b":"}"}}', b""),
        "tensor-unknown": joined({**header, "x": header[first]}, data),
        "tensor-missing": joined(metadata | {first: header[first]}, data[:end]),
        "tensor-malformed": changed(shape="1"),
        "type-other": changed(dtype="BF16"),
        "shape-huge": changed(shape=[2**62, 3, 3, 3]),
        "offsets-backwards": changed(data_offsets=[end, 0]),
        "offsets-beyond-file": changed(data_offsets=[0, 2**62]),
        "offsets-overlap": changed(data_offsets=[0, end + 4]),
        "offsets-gap": changed(data_offsets=[0, end - 4]),
        "last-tensor-short": joined(
            {**header, last: {**header[last], "data_offsets": [begin, len(data) - 4]}}, data[:-4]
        ),
        "last-tensor-long": joined(
            {**header, last: {**header[last], "data_offsets": [begin, len(data) + 4]}}, data + b"long"
        ),
        "data-short": joined(header, data[:-1]),
        "data-long": joined(header, data + b"\0"),
        "not-a-number": joined(header, struct.pack("<f", float("nan")) + data[4:]),
        "infinity": joined(header, data[:-4] + struct.pack("<f", float("inf"))),
    }


# ---- Styles ----------------------------------------------------------------------------


def fingerprint(data):
    """`Fingerprint` in Sources/AdaIN/Weights, of a whole number of words."""
    value = 0xCBF29CE484222325
    for word in (len(data), *struct.unpack(f"<{len(data) // 8}Q", data)):
        value = (value ^ word) * 0x100000001B3 % 2**64
        value ^= value >> 29
    return value


def style_file(mean, deviation, magic=b"ADAINSTY", version=1, count=None, encoder=0x1234567):
    count = len(mean) if count is None else count
    body = struct.pack("<8sIIQ", magic, version, count, encoder)
    body += struct.pack(f"<{len(mean) + len(deviation)}f", *mean, *deviation)
    return body + struct.pack("<Q", fingerprint(body))


def styles():
    nan, infinity = float("nan"), float("inf")
    good = style_file([0.5, -2], [1, 0.25])
    return {
        "one-channel": style_file([1], [1]),
        "two-channels": good,
        "thirty-two-channels": style_file([i / 8 for i in range(32)], [i / 4 for i in range(32)]),
        "to-a-file-and-back": style_file([1], [1], encoder=16),
        "zeros": style_file([0, -0.0], [0, -0.0]),
        "extremes": style_file([3.4e38, 1e-45], [3.4e38, 1e-45]),
        "empty": b"",
        "magic-alone": b"ADAINSTY",
        "magic-other": style_file([1], [1], magic=b"ADAINSTX"),
        "version-other": style_file([1], [1], version=2),
        "no-channels": style_file([], []),
        "count-huge": style_file([1], [1], count=2**32 - 1),
        "count-too-large": style_file([1], [1], count=2),
        "count-too-small": style_file([1, 2], [1, 2], count=1),
        "checksum-wrong": good[:-1] + bytes([good[-1] ^ 1]),
        "short": good[:-1],
        "long": good + b"\0",
        "mean-not-a-number": style_file([nan], [1]),
        "deviation-infinite": style_file([1], [infinity]),
        "deviation-negative": style_file([1], [-1]),
    }


# ---- Interface -------------------------------------------------------------------------

# As in interface/interface.h and the table of interface/interface.c.
FIELDS = (
    "function handle other into width height view fault result result_fault fill options strength "
    "stroke cancel x y count number extra"
).split()
FUNCTIONS = (
    "load_model style_from_pixels analyse stylise render compose begin_rendering pull "
    "begin_analysis push finish mix save_and_load share unref compare ask named_style paths reduce "
    "new_colours add_colours recolour keep_colours new_smoothing smooth"
).split()
KINDS = "model style content composition analysis rendering colours smoothing".split()


def call(function, **fields):
    """One call: a picture of 32 x 24 seeded pixels unless told otherwise."""
    values = {"width": 31, "height": 23, "fill": 1, **fields}
    return bytes([FUNCTIONS.index(function), *(values.get(name, 0) for name in FIELDS[1:])])


def interface():
    style = call("style_from_pixels", fill=2)
    content = call("analyse", fill=3)
    grey, float_rgba, wide = 4, 2 | 8, 1
    with_progress = 1 << 2 | 1 << 5
    return {
        "empty": b"",
        "every-function-on-nothing": b"".join(call(function, handle=1) for function in FUNCTIONS),
        "stylise": style + call("stylise"),
        "stylise-formats": style
        + call("stylise", view=grey, result=wide)
        + call("stylise", view=float_rgba, result=float_rgba)
        + call("stylise", view=16, result=32, width=0, height=0),
        "stylise-in-place": style + call("stylise", number=4),
        "stylise-broadly": style + call("stylise", options=4, strength=200, stroke=12),
        "stylise-cancelled": style + call("stylise", options=with_progress, strength=100, cancel=2),
        "pictures-at-fault": style + b"".join(call("stylise", fault=i) for i in range(1, 14)),
        "results-at-fault": style + b"".join(call("stylise", result_fault=i) for i in range(1, 14)),
        "options-at-fault": style
        + b"".join(call("stylise", options=i << 2, strength=255) for i in range(8))
        + b"".join(call("stylise", options=i, strength=99, extra=255) for i in range(1, 8)),
        "handles-of-another-kind": style
        + content
        + b"".join(call(f, handle=0xF0 + 4 * i) for i in range(4) for f in ("render", "push", "mix")),
        "render": style + content + call("render", width=7, height=7, x=5, y=9),
        "render-outside": style + content + call("render", x=1) + call("render", y=255),
        "render-from-file": style + call("analyse", options=1 << 6 | 4, strength=200) + call("render"),
        "rows": style
        + call("begin_analysis")
        + call("push", height=15)
        + call("finish")
        + call("push", height=8)
        + call("push", height=7)
        + call("finish")
        + call("begin_rendering")
        + call("pull", height=20)
        + call("pull", height=2)
        + call("pull", height=1),
        "rows-are-rectangles": style + content + call("compare", count=4, x=3, y=5),
        "announced-huge": b"".join(
            call("begin_analysis", number=3, count=i, options=1 << 6 | 4, strength=200)
            for i in range(20)
        ),
        "compose": style
        + content
        + call("style_from_pixels", into=1, fill=9)
        + call("compose", count=1, number=32, extra=1, x=1)
        + call("render", number=1)
        + call("begin_rendering", number=1)
        + call("pull"),
        "compose-wrongly": style
        + content
        + b"".join(call("compose", count=2, number=1 << i, x=i) for i in range(7)),
        "mix": style
        + call("mix", into=1, count=4)
        + call("mix", count=8, other=4, number=17)
        + call("mix", other=8, count=1)
        + call("mix", other=5, count=3),
        "save-and-load": style + b"".join(
            call("save_and_load", number=1 << i, count=30, extra=4, into=1) for i in range(6)
        ),
        "models": b"".join(
            call("load_model", into=1, number=1 << i, count=200) for i in range(8)
        )
        + call("stylise", handle=1),
        "style-of-another-encoder": call("load_model", into=1, number=2)
        + call("style_from_pixels", handle=1)
        + call("stylise"),
        "named-styles": b"".join(call("named_style", count=i, number=65) for i in (0, 15, 31)),
        "paths": style + b"".join(call("paths", number=i) for i in range(7)),
        "sizes": b"".join(call("ask", width=i, count=i % 4, number=i) for i in range(0, 256, 51)),
        "colours": call("new_colours")
        + call("add_colours")
        + b"".join(call("recolour", number=i) for i in range(6))
        + call("keep_colours", extra=1)
        + call("keep_colours", view=float_rgba, x=grey, fill=8),
        "smoothing": call("new_smoothing", strength=170)
        + call("smooth")
        + call("smooth", view=8, result=8, fill=9)
        + call("smooth", number=1),
        "reduce": call("reduce", x=7, y=3) + call("reduce", x=0, y=0, number=1) + call("reduce", x=63),
        "owners": style
        + content
        + call("compose", count=0)
        + b"".join(call("share", number=i, into=1) for i in range(len(KINDS)))
        + b"".join(call("unref", number=i) for i in range(len(KINDS)))
        + call("render", handle=1, other=1),
    }


# ---- Images, for the libvips operation -------------------------------------------------


def png(width, height, colour, depth, palette=b"", data=None):
    """colour: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = width * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour] * depth // 8
    pixels = data or b"".join(
        b"\0" + bytes((7 * x + 13 * y) % (2 if palette else 256) for x in range(row)) for y in range(height)
    )
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0))
        + (chunk(b"PLTE", palette) if palette else b"")
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def tiff(width, height, samples, bits, photometric, sample_format=1, pages=1):
    """Strips of one row run through; photometric 1 grey, 2 RGB, 5 CMYK, 8 Lab; format 1 integer,
    2 signed, 3 float, 6 complex."""
    data = b"II*\0" + struct.pack("<I", 8)
    for page in range(pages):
        tags = {
            256: width, 257: height, 258: bits, 259: 1, 262: photometric, 277: samples, 278: height,
            279: width * height * samples * bits // 8, 284: 1, 339: sample_format,
        }
        start = len(data) + 2 + 12 * (len(tags) + 1) + 4
        tags[273] = start
        size = tags[279]
        data += struct.pack("<H", len(tags))
        for tag, value in sorted(tags.items()):
            data += struct.pack("<HHII", tag, 4, 1, value)
        data += struct.pack("<I", start + size if page + 1 < pages else 0)
        data += bytes((11 * i + page) % 64 for i in range(size))
    return data


def gif():
    """Two frames of 2 x 2."""
    frame = b"!\xf9\4\0\1\0\0\0,\0\0\0\0\2\0\2\0\0\2\3\x44\x02\x05\0"
    return b"GIF89a\2\0\2\0\x80\0\0\0\0\0\xff\xff\xff" + frame + frame + b";"


def vips():
    """Options (see vips.c) and an image."""
    rgb = png(19, 14, 2, 8)

    def options(**bytes_at):
        return bytes(bytes_at.get(f"b{i}", 0) for i in range(16))

    plain = options(b9=1)
    return {
        "png-rgb": plain + rgb,
        "png-grey": plain + png(19, 14, 0, 8),
        "png-grey-alpha": plain + png(19, 14, 4, 8),
        "png-rgba": plain + png(19, 14, 6, 8),
        "png-rgb16": plain + png(9, 8, 2, 16),
        "png-palette": plain + png(9, 8, 3, 8, palette=b"\0\0\0\xff\x80\0"),
        "png-cut-off": plain + rgb[:-40],
        "png-one-pixel": plain + png(1, 1, 2, 8),
        "tiff-cmyk": plain + tiff(9, 7, 4, 8, 5),
        "tiff-lab": plain + tiff(9, 7, 3, 8, 8),
        "tiff-float": plain + tiff(9, 7, 3, 32, 2, sample_format=3),
        "tiff-complex": plain + tiff(9, 7, 1, 64, 1, sample_format=6),
        "tiff-five-bands": plain + tiff(9, 7, 5, 8, 2),
        "tiff-pages": plain + tiff(9, 7, 3, 8, 2, pages=3),
        "gif-frames": plain + gif(),
        "no-image": plain + b"no image",
        "no-style": options() + rgb,
        "sequential": options(b9=2, b15=1) + rgb,
        "strength": options(b9=1, b0=70) + rgb,
        "numbers-wrong": options(b9=1, b0=255, b1=255, b2=255) + rgb,
        "sizes": options(b9=1, b2=15, b3=24, b4=17, b5=1) + rgb,
        "stroke": options(b9=1, b1=20) + png(19, 14, 6, 8),
        "named": options(b9=1, b7=1) + rgb,
        "named-wrongly": options(b7=3) + rgb,
        "weights": options(b9=2, b8=66) + rgb,
        "weights-too-few": options(b9=2, b8=65) + rgb,
        "weights-too-many": options(b9=1, b8=66) + rgb,
        "masks-too-many": options(b9=1 + 6) + rgb,
        "masks": options(b9=2 + 6) + rgb,
        "masks-whole": options(b9=2 + 3, b5=6) + png(19, 14, 6, 8),
        "coral": options(b9=1, b6=2) + rgb,
        "lightness": options(b9=1, b6=3, b15=1) + png(19, 14, 6, 8),
        "histogram": options(b9=1, b6=4) + rgb,
        "model-missing": options(b9=1, b5=8) + rgb,
        "killed": options(b9=1, b10=1) + rgb,
        "part": options(b9=1, b10=11) + rgb,
        "as-float": options(b9=1, b11=7) + rgb,
        "as-complex": options(b9=1, b11=8) + rgb,
        "as-lab": options(b9=1, b12=4) + rgb,
        "turned": options(b9=1, b13=13, b14=5) + rgb,
        "pages-said": options(b9=1, b13=7 * 4 + 2) + rgb,
        "profile-broken": options(b9=1, b13=4) + rgb,
        "carried-style-broken": options(b9=2, b13=8) + rgb,
        "style-file": options(b9=1, b15=2) + style_file([1, 2], [1, 2]),
        "style-file-broken": options(b9=1, b15=2) + style_file([1], [1])[:-1],
    }


# ---- All -------------------------------------------------------------------------------


def main():
    folder = pathlib.Path(sys.argv[1])
    targets = {"weights": weights, "style": styles, "interface": interface, "vips": vips}
    for target, make in targets.items():
        (folder / target).mkdir(parents=True, exist_ok=True)
        for name, data in make().items():
            (folder / target / name).write_bytes(data)


if __name__ == "__main__":
    main()
