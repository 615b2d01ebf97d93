"""Paintings in palettes that no collection has enough of.

A model that has seen few paintings of one hue lets the colours of the photograph through. Some of the
crops become such paintings, others keep their relations between colours and change the colours themselves.
"""

import colorsys
import math

import torch

LUMA = torch.tensor([0.299, 0.587, 0.114])  # Rec. 601
SINGLE_HUED_SHARE, TURNED_SHARE = 0.25, 0.15


def single_hued(picture, hue, saturations, values):
    """Luma mapped onto the line between a dark and a light tone of one hue; grey at a saturation of 0."""
    dark, light = (
        picture.new_tensor(colorsys.hsv_to_rgb(hue, s, v)).view(3, 1, 1) for s, v in zip(saturations, values)
    )
    luma = (picture * LUMA.to(picture).view(3, 1, 1)).sum(0)
    return dark + (light - dark) * luma


def turned(picture, angle):
    """Hues turned about the grey axis, by Rodrigues' formula."""
    axis = torch.full((3,), 1 / math.sqrt(3))
    cross = torch.tensor([[0, -1, 1], [1, 0, -1], [-1, 1, 0]]) / math.sqrt(3)
    matrix = math.cos(angle) * torch.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * torch.outer(axis, axis)
    return torch.einsum("ij,jhw->ihw", matrix.to(picture), picture).clamp(0, 1)


def tinted(picture, generator):
    """A painting (3, H, W) in [0, 1]: as it is, single-hued or turned."""
    choice, hue, *rest = torch.rand(6, generator=generator).tolist()
    if choice < SINGLE_HUED_SHARE:
        strong, pale, dark, light = rest
        return single_hued(picture, hue, (strong, 0.6 * pale), (0.4 * dark, 0.6 + 0.4 * light))
    if choice < SINGLE_HUED_SHARE + TURNED_SHARE:
        return turned(picture, 2 * math.pi * hue)
    return picture
