"""How much of a picture repeats in step with its own grid.

The decoder enlarges its map three times, so its cells recur every 2, 4 and 8 pixels. Texture that
recurs with them is seen as a mesh (A. Odena et al.: Deconvolution and Checkerboard Artifacts, Distill 2016,
on its commonest cause). The style loss pays for texture wherever it lies: only what is measured here tells
texture from lattice.
"""

import torch
import torch.nn.functional as F

PERIODS = (2, 4, 8)
# Beneath what varies over more pixels than this no lattice is looked for: skies and their gradients.
SMOOTH = 9
# (side of a window, period): weight in the loss. In large windows a lattice adds up and little else does;
# small ones see a lattice whose phase changes from place to place, as in fur.
LOSS_WEIGHTS = {(128, 2): 8, (128, 4): 2, (128, 8): 1, (32, 2): 2, (32, 4): 0.5}


def detail(pictures):
    """Pictures (N, C, H, W) less their means over SMOOTH × SMOOTH pixels."""
    edge = SMOOTH // 2
    return pictures - F.avg_pool2d(F.pad(pictures, [edge] * 4, mode="reflect"), SMOOTH, 1)


def folded_energy(details, window, period):
    """Windows that overlap by half are folded at the period: the mean of each of its period² phases over
    the window, less the mean of all; squared, mean over everything. Noise leaves 1 / cells of its power, a
    lattice all of it. Sides are cut to multiples of the period; windows are at most as large as the picture."""
    height, width = (side // period * period for side in details.shape[2:])
    cells = [min(window, side) // period for side in (height, width)]
    phases = F.pixel_unshuffle(details[..., :height, :width], period)
    means = F.avg_pool2d(phases, cells, [max(1, count // 2) for count in cells])
    means = means.unflatten(1, (details.shape[1], period * period))
    return (means - means.mean(2, keepdim=True)).square().mean()


def folded_energies(pictures):
    """{(window, period): energy} of pictures in [0, 1]."""
    details = detail(pictures)
    return {key: folded_energy(details, *key) for key in LOSS_WEIGHTS}


def spectral_ratio(grey, period):
    """Of `grey` (rows, columns), down the columns: the power at the period over the median of its neighbours
    in the spectrum, mean over the columns under a Hann window. Photographs and paintings have 1 to 1.5; from
    3 on a mesh can be seen."""
    rows = grey.shape[0] // 16 * 16  # of which every period is a frequency of the transform
    window = torch.hann_window(rows, periodic=False, dtype=grey.dtype)[:, None]
    part = grey[:rows]
    power = torch.fft.rfft((part - part.mean(0)) * window, dim=0).abs().square().mean(1)
    at = rows // period
    near = [i for i in (*range(at - 14, at - 3), *range(at + 4, at + 15)) if 0 < i < len(power)]
    return (power[max(0, at - 1) : at + 2].max() / power[near].quantile(0.5)).item()


def spectral_ratios(picture):
    """{period: ratio of the worse of rows and columns} of a picture (1, 3, H, W) of 16 pixels and more."""
    grey = picture[0].double().mean(0)
    return {p: max(spectral_ratio(grey, p), spectral_ratio(grey.T, p)) for p in PERIODS}


def lattice_loss(pictures):
    """Photographs have about 7e-5, meshes that can be seen ten times as much."""
    energies = folded_energies(pictures)
    return sum(weight * energies[key] for key, weight in LOSS_WEIGHTS.items())
