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


# ---- All -------------------------------------------------------------------------------


def main():
    folder = pathlib.Path(sys.argv[1])
    for target, seeds in (("weights", weights()), ("style", styles())):
        (folder / target).mkdir(parents=True, exist_ok=True)
        for name, data in seeds.items():
            (folder / target / name).write_bytes(data)


if __name__ == "__main__":
    main()
