"""Paintings that no collection has: gradients, hatchings and dots, drawn by chance.

What is flat, or made of lines alone, has statistics far from those of paintings in oil, and a model that has
never seen it answers with colours and textures of its own.
"""

import math

import torch

# Sums of waves that bend lines and move dots: how many, and how long they are in pixels.
WAVES, SHORTEST, LONGEST = 4, 40, 200


def colours(count, generator):
    return torch.rand(count, 3, 1, 1, generator=generator)


def wobble(down, right, generator):
    """A smooth field about 0, of a deviation of about 1."""
    field = torch.zeros_like(down)
    for _ in range(WAVES):
        length, angle, phase = torch.rand(3, generator=generator).tolist()
        length, angle = SHORTEST + length * (LONGEST - SHORTEST), math.pi * angle
        along = down * math.sin(angle) + right * math.cos(angle)
        field += torch.sin(2 * math.pi * (along / length + phase))
    return field / math.sqrt(WAVES / 2)


def mixed(share, one, other):
    """(3, H, W): `other` where the share is 1."""
    return one + (other - one) * share.clamp(0, 1)


def gradient(down, right, generator):
    """From one colour to another across the picture, bent a little."""
    angle = 2 * math.pi * torch.rand(1, generator=generator).item()
    along = (down * math.sin(angle) + right * math.cos(angle)) / len(down)
    along = along - along.min() + 0.1 * wobble(down, right, generator)
    return mixed(along / along.max(), *colours(2, generator))


def lines(down, right, spacing, angle, generator):
    """Ink of lines that wobble and swell, from 0 to 1."""
    across = down * math.sin(angle) + right * math.cos(angle) + 0.15 * spacing * wobble(down, right, generator)
    distance = (across % spacing - spacing / 2).abs()
    width = spacing * (0.16 + 0.05 * wobble(down, right, generator))
    return (width - distance + 0.5).clamp(0, 1)


def hatching(down, right, generator):
    """Pen lines, over a part of the picture crossed by others."""
    spacing, angle, turn = torch.rand(3, generator=generator).tolist()
    spacing, angle = 5 + 9 * spacing, math.pi * angle
    ink = lines(down, right, spacing, angle, generator)
    crossed = lines(down, right, spacing, angle + 0.6 + turn, generator)
    ink = torch.maximum(ink, crossed * (wobble(down, right, generator) > 0))
    paper, pen = colours(2, generator)
    return mixed(ink, 0.75 + 0.25 * paper, 0.4 * pen)


def dots(down, right, generator):
    """Dots on a grid that is turned and bent."""
    spacing, radius, angle = torch.rand(3, generator=generator).tolist()
    spacing, angle = 8 + 14 * spacing, math.pi * angle
    radius = spacing * (0.2 + 0.2 * radius)
    bend = 0.3 * spacing * wobble(down, right, generator)
    across = down * math.sin(angle) + right * math.cos(angle) + bend
    along = down * math.cos(angle) - right * math.sin(angle) + bend
    distance = ((across % spacing - spacing / 2).square() + (along % spacing - spacing / 2).square()).sqrt()
    return mixed(radius - distance + 0.5, *colours(2, generator))


PATTERNS = {"gradient": gradient, "hatching": hatching, "dots": dots}


def pattern(side, generator, kind):
    """(1, 3, side, side) in [0, 1]."""
    down, right = torch.meshgrid(torch.arange(side) + 0.5, torch.arange(side) + 0.5, indexing="ij")
    return PATTERNS[kind](down, right, generator).clamp(0, 1)[None]
