"""What PyTorch computes, in double precision, for the tests of the normalisations and the losses:
Tests/AdaINTests/Dumps/normalisations.safetensors and losses.safetensors.

    python -m weights.dumps.make_loss_dumps     (after make_dumps.py, whose narrow models it runs)

Feature maps are kept channels last, (height, width, channels), as the engine keeps them. Run twice,
it writes the same bytes.
"""

import math

import numpy
import torch
import torch.nn.functional as F

from weights.dumps.make_dumps import DUMPS, NARROW, smooth_picture, write_safetensors
from weights.network import reference
from weights.network.lattice import folded_energies, spectral_ratios
from weights.network.palette import palette_distance

LAYERS = ["conv1_1", "conv2_1", "conv3_1", "conv4_1"]


def feature_map(height, width, channels, seed):
    """Channels of different means and deviations, rectified as a layer's output: half of one is 0."""
    generator = torch.Generator().manual_seed(seed)
    values = torch.randn((1, channels, height, width), generator=generator, dtype=torch.float64)
    scale = torch.rand((1, channels, 1, 1), generator=generator, dtype=torch.float64) * 3
    mean = torch.randn((1, channels, 1, 1), generator=generator, dtype=torch.float64)
    return torch.relu(values * scale + mean).float().double()


def channels_last(values):
    return values[0].permute(1, 2, 0).numpy()


def adaptive(content, style, strength=1.0):
    """Equation 8 and equation 14, with the statistics of the reference."""
    mean, deviation = map(reference.column, reference.statistics(content))
    style_mean, style_deviation = map(reference.column, reference.statistics(style))
    target = (content - mean) / deviation * style_deviation + style_mean
    return strength * target + (1 - strength) * content


def normalisations():
    channels = 6
    batch = [feature_map(7, 5, channels, seed) for seed in range(3)]
    later = [feature_map(7, 5, channels, seed) for seed in range(10, 13)]
    style = feature_map(4, 9, channels, 20)
    generator = torch.Generator().manual_seed(30)
    gamma, beta = torch.randn((2, 3, channels), generator=generator).double()
    result = {"gamma": gamma.numpy(), "beta": beta.numpy(), "style": channels_last(style)}
    for i, values in enumerate(batch):
        result[f"map.{i}"] = channels_last(values)
        result[f"later.{i}"] = channels_last(later[i])

    # One row of the table for each style; the first is that of plain instance normalisation.
    for i in range(3):
        values = F.instance_norm(batch[0], weight=gamma[i], bias=beta[i], eps=1e-5)
        result[f"conditional.{i}"] = channels_last(values)
    mean = batch[0].mean((2, 3), keepdim=True)
    variance = batch[0].var((2, 3), keepdim=True)
    unbiased = (batch[0] - mean) / (variance + 0.5).sqrt()
    result["instance.unbiased"] = channels_last(
        unbiased * reference.column(gamma[0]) + reference.column(beta[0])
    )

    for strength in (1.0, 0.3):
        result[f"adaptive.{strength}"] = channels_last(adaptive(batch[0], style, strength))

    layer = torch.nn.BatchNorm2d(channels).double()
    layer.weight.copy_(gamma[0])
    layer.bias.copy_(beta[0])
    layer.train()
    for i, values in enumerate(layer(torch.cat(batch))):
        result[f"batch.{i}"] = channels_last(values[None])
    layer(torch.cat(later))
    result["running.mean"] = layer.running_mean.numpy()
    result["running.variance"] = layer.running_var.numpy()
    layer.eval()
    result["running"] = channels_last(layer(batch[0]))
    write_safetensors(DUMPS / "normalisations.safetensors", result, {})


def statistics_loss(a, b):
    """Equation 13 at one layer: its two parts."""
    (mean, deviation), (other_mean, other_deviation) = map(reference.statistics, (a, b))
    return F.mse_loss(mean, other_mean), F.mse_loss(deviation, other_deviation)


def gram(values):
    flat = values[0].flatten(1)
    return flat @ flat.T / flat.numel()


def histogram_loss(a, b):
    """Every value of a against that of b which exact histogram matching gives it; both repeated until
    they are as many."""
    a, b = (values[0].flatten(1).sort(1).values for values in (a, b))
    count = math.lcm(a.shape[1], b.shape[1])
    a, b = (values.repeat_interleave(count // values.shape[1], 1) for values in (a, b))
    return F.mse_loss(a, b)


def losses_of_maps():
    # 20 channels are no multiple of a vector; 150 cells in a row are several chunks of a sum.
    a, b, c = feature_map(6, 5, 20, 40), feature_map(8, 3, 20, 41), feature_map(6, 5, 20, 42)
    wide = feature_map(2, 150, 20, 43)
    maps = {"a": a, "b": b, "c": c, "wide": wide}
    result = {f"map.{name}": channels_last(values) for name, values in maps.items()}
    result["content.a.c"] = F.mse_loss(a, c).reshape(1).numpy()
    result["gram.wide"] = gram(wide).numpy()
    for x, y in (("a", "b"), ("a", "c"), ("a", "wide")):
        terms = (*statistics_loss(maps[x], maps[y]), (gram(maps[x]) - gram(maps[y])).square().sum(),
                 histogram_loss(maps[x], maps[y]))
        result[f"style.{x}.{y}"] = torch.stack(terms).numpy()
    return result


def measurement(architecture, content, painting):
    """The losses of the network's own result, rounded to bytes: one row for each layer, and the
    content loss."""
    model = DUMPS / f"narrow-{architecture}-model.safetensors"
    network = reference.Network(model, torch.float64)
    content, painting = (reference.to_tensor(p).double() for p in (content, painting))
    wanted, style = network.encode(painting)
    pixels = reference.to_pixels(network.stylise(content, reference.statistics(wanted)))
    output = (pixels * 255).round().astype("uint8")
    features, made = network.encode(reference.to_tensor(output).double())
    target = adaptive(network.encode(content)[0], wanted)
    rows = []
    for layer in LAYERS:
        a, b = made["encoder." + layer], style["encoder." + layer]
        terms = (*statistics_loss(a, b), (gram(a) - gram(b)).square().sum(), histogram_loss(a, b))
        rows.append(torch.stack(terms))
    return {
        f"{architecture}.output": output,
        f"{architecture}.layers": torch.stack(rows).numpy(),
        f"{architecture}.content": F.mse_loss(features, target).reshape(1).numpy(),
    }


def lattices():
    """A noisy picture with a lattice at period 4, larger than a window: spectral ratios at 2, 4 and 8, folded energies
    in the order of `folded_energies`, and the distance of its palette to that of a smooth one."""
    picture = smooth_picture(150, 170, 60).astype(int)
    generator = numpy.random.default_rng(61)
    picture += generator.integers(-20, 21, picture.shape)
    picture[::4, 1::4] += 12
    picture = picture.clip(0, 255).astype("uint8")
    values = reference.to_tensor(picture).double()
    painting = reference.to_tensor(smooth_picture(30, 37, 51)).double()
    return {
        "lattice.picture": picture,
        "lattice.spectral": numpy.array(list(spectral_ratios(values).values())),
        "lattice.folded": torch.stack(list(folded_energies(values).values())).numpy(),
        "lattice.palette": numpy.array([palette_distance(values, painting)]),
    }


def losses():
    result = {**losses_of_maps(), **lattices()}
    # Sides that are no multiples of 8: the losses include the extension.
    content, painting = smooth_picture(33, 28, 50), smooth_picture(30, 37, 51)
    result.update({"content": content, "painting": painting})
    for architecture in NARROW:
        result.update(measurement(architecture, content, painting))
    write_safetensors(DUMPS / "losses.safetensors", result, {})


if __name__ == "__main__":
    torch.set_num_threads(1)  # the same order of sums, whatever the machine
    with torch.no_grad():
        normalisations()
        losses()
