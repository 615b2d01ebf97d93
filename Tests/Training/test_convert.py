"""convert.py: files of the published structure, with seeded random weights, through PyTorch as it was
published and through the engine."""

import json
import struct

import numpy
import pytest
import torch
from library import Picture
from torch import nn

from weights.network.losses import adaptive, statistics
from weights.network.network_file import read_safetensors, write_safetensors

PUBLISHED = [64, 128, 256, 512]
NARROW = [16, 16, 24, 32]


def convolution(inputs, outputs):
    return [nn.ReflectionPad2d(1), nn.Conv2d(inputs, outputs, 3), nn.ReLU()]


def published_encoder(widths):
    """vgg of pytorch-AdaIN's net.py, up to conv4_2; what follows is of no account."""
    a, b, c, d = widths
    pool = nn.MaxPool2d(2, ceil_mode=True)
    layers = [nn.Conv2d(3, 3, 1), *convolution(3, a), *convolution(a, a), pool]
    layers += [*convolution(a, b), *convolution(b, b), pool, *convolution(b, c)]
    layers += [*convolution(c, c), *convolution(c, c), *convolution(c, c), pool]
    return nn.Sequential(*layers, *convolution(c, d), *convolution(d, d))


def published_decoder(widths):
    """decoder of pytorch-AdaIN's net.py."""
    a, b, c, d = widths
    enlarge = nn.Upsample(scale_factor=2, mode="nearest")
    layers = [*convolution(d, c), enlarge, *convolution(c, c), *convolution(c, c)]
    layers += [*convolution(c, c), *convolution(c, b), enlarge, *convolution(b, b)]
    layers += [*convolution(b, a), enlarge, *convolution(a, a), *convolution(a, 3)]
    return nn.Sequential(*layers[:-1])


def published(widths, seed):
    torch.manual_seed(seed)
    networks = published_encoder(widths), published_decoder(widths)
    for network in networks:
        for layer in network.modules():
            if isinstance(layer, nn.Conv2d):
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.uniform_(layer.bias, -0.2, 0.4)
    with torch.no_grad():  # the published one: RGB to BGR, times 255, less the mean
        networks[0][0].weight.copy_(255 * torch.eye(3).flip(0)[:, :, None, None])
        networks[0][0].bias.copy_(torch.tensor([-103.939, -116.779, -123.68]))
        networks[0][2].weight.div_(60)
        networks[1][-1].weight.mul_(0.1)
        networks[1][-1].bias.fill_(0.5)
    return networks


def stylise(networks, content, style):
    encode, decode = networks[0][:31], networks[1]
    with torch.no_grad():
        return decode(adaptive(encode(content), statistics(encode(style)))).clamp(0, 1)


def engine(library, path, content, style):
    def picture(tensor):
        pixels = tensor[0].permute(1, 2, 0).contiguous().numpy()
        return Picture(pixels.shape[1], pixels.shape[0], pixels.tobytes())

    model = library.model(path)
    result = Picture(content.shape[3], content.shape[2])
    library.stylise(model, picture(content), library.style(model, picture(style)), result)
    values = numpy.frombuffer(result.bytes, numpy.float32).reshape(*content.shape[2:], 3)
    return torch.from_numpy(values.copy()).permute(2, 0, 1)[None]


def save(networks, folder):
    paths = folder / "vgg_normalised.pth", folder / "decoder.pth"
    for network, path in zip(networks, paths):
        torch.save(network.state_dict(), path)
    return paths


@pytest.mark.parametrize("widths", [NARROW, PUBLISHED], ids=["narrow", "published"])
@pytest.mark.parametrize("precision, tolerance", [("f32", 5e-5), ("f16", 2 / 255)])
def test_engine_computes_what_the_published_network_does(
    widths, precision, tolerance, run, library, tmp_path
):
    networks = published(widths, seed=3)
    out = tmp_path / "model.safetensors"
    done = run("conversion.convert", "pytorch-adain", *save(networks, tmp_path), out, "--precision", precision)
    assert done.returncode == 0, done.stderr

    generator = torch.Generator().manual_seed(4)
    content = torch.rand((1, 3, 40, 56), generator=generator)
    style = torch.rand((1, 3, 32, 48), generator=generator).square()
    wanted = stylise(networks, content, style)
    difference = (engine(library, out, content, style) - wanted).abs().max().item()
    print(f"{widths} {precision}: largest difference {difference:.2e}, deviation {wanted.std():.3f}")
    assert wanted.std() > 0.05  # a picture, not a flat field that anything would match
    assert difference < tolerance


def types_of(path):
    """(tensors' types by name, metadata) of a safetensors file."""
    data = path.read_bytes()
    header = json.loads(data[8 : 8 + struct.unpack("<Q", data[:8])[0]])
    metadata = header.pop("__metadata__")
    return {name: entry["dtype"] for name, entry in header.items()}, metadata


def test_f16_keeps_biases_and_the_first_layer(run, tmp_path, narrow_model):
    out = tmp_path / "packed.safetensors"
    done = run("conversion.convert", "trained", narrow_model, out, "--provenance", "a test")
    assert done.returncode == 0, done.stderr
    types, metadata = types_of(out)
    assert metadata == {
        "format": "adain", "version": "1", "architecture": "vgg16", "provenance": "a test",
    }
    whole = {name for name, kind in types.items() if kind == "F32"}
    assert whole == {name for name in types if name.endswith(".bias")} | {"encoder.conv1_1.weight"}


def test_a_first_layer_of_halves_is_written_as_halves(run, tmp_path, narrow_model):
    """As the engine writes it: another encoding is another encoder, of which training cannot go on."""
    tensors, metadata = read_safetensors(narrow_model)
    name = "encoder.conv1_1.weight"
    tensors[name] = tensors[name].astype(numpy.float16).astype(numpy.float32)
    write_safetensors(tmp_path / "halves.safetensors", tensors, metadata)
    done = run("conversion.convert", "trained", tmp_path / "halves.safetensors", tmp_path / "packed.safetensors")
    assert done.returncode == 0, done.stderr
    assert types_of(tmp_path / "packed.safetensors")[0][name] == "F16"


def refused(done, *words):
    assert done.returncode == 1
    assert done.stderr.startswith("convert.py: ") and done.stderr.count("\n") == 1, done.stderr
    for word in words:
        assert word in done.stderr


def test_each_fault_is_a_sentence_and_leaves_nothing(run, tmp_path):
    networks = published(NARROW, seed=5)
    encoder, decoder = save(networks, tmp_path)
    out = tmp_path / "out.safetensors"

    def convert(encoder=encoder, decoder=decoder):
        return run("conversion.convert", "pytorch-adain", encoder, decoder, out)

    refused(convert(encoder=tmp_path / "none.pth"), "there is no file", "none.pth")
    (tmp_path / "short.pth").write_bytes(encoder.read_bytes()[:3000])
    refused(convert(encoder=tmp_path / "short.pth"), "short.pth")
    (tmp_path / "empty.pth").write_bytes(b"")
    refused(convert(decoder=tmp_path / "empty.pth"), "empty.pth")
    refused(convert(encoder=decoder, decoder=encoder), "decoder.pth", "lacks the tensor 2.weight")

    state = networks[1].state_dict()
    del state["14.bias"]
    torch.save(state, tmp_path / "lacking.pth")
    refused(convert(decoder=tmp_path / "lacking.pth"), "lacks the tensor 14.bias")

    torch.save(published(PUBLISHED, seed=6)[1].state_dict(), tmp_path / "wide.pth")
    refused(convert(decoder=tmp_path / "wide.pth"), "decoder.conv1_1.weight has shape 3x64x3x3")

    state = networks[1].state_dict()
    state["5.weight"] = state["5.weight"] * 1e9
    torch.save(state, tmp_path / "large.pth")
    refused(convert(decoder=tmp_path / "large.pth"), "too large for F16")
    state["5.weight"][0, 0, 0, 0] = float("nan")
    torch.save(state, tmp_path / "nan.pth")
    refused(convert(decoder=tmp_path / "nan.pth"), "no finite number")

    refused(run("conversion.convert", "trained", decoder, out), "decoder.pth")
    assert not out.exists()


class Trap:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (self.path, "w"))


def test_code_inside_a_file_is_not_run(run, tmp_path):
    sprung = tmp_path / "sprung"
    torch.save({"1.weight": Trap(str(sprung))}, tmp_path / "trap.pth")
    trap, out = tmp_path / "trap.pth", tmp_path / "out.safetensors"
    refused(run("conversion.convert", "pytorch-adain", trap, trap, out), "holds more than tensors")
    refused(run("conversion.convert", "trained", trap, out), "trap.pth")
    assert not sprung.exists() and not out.exists()
