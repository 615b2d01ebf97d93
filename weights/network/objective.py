"""The losses that a decoder learns by, and a step of it, as plainly as PyTorch has them: what `adain train` is compared
with, in its losses (dumps/make_training_dumps.py) and in its time (Benchmarks/training).
"""

import torch

from weights.network.lattice import lattice_loss
from weights.network.losses import (
    adaptive,
    bounded,
    content_losses,
    displayable,
    perceptual_loss,
    shallow_directions,
    shifted,
    statistics,
    style_losses,
    style_summary,
)
from weights.network.palette import palette, palette_loss

WEIGHTS = {"content": 1, "style": 10.0, "lattice": 5000.0, "palette": 2.0, "perceptual": 0.8}
# A batch of an odd pair of pictures may not throw the decoder far.
LARGEST_GRADIENT = 10.0
# Losses of a pair beyond these weigh no more: a content without contrast, whose target is its noise enlarged,
# would outweigh a hundred others, and so would a painting of dots alone.
LARGEST_CONTENT_LOSS, LARGEST_STYLE_LOSS = 16, 5
# The decoder's grid repeats after so many pixels.
GRID = 8


def mapped(function, *trees):
    """`function` of the tensors at each place of like trees of dictionaries and tuples."""
    if isinstance(trees[0], dict):
        return {name: mapped(function, *(tree[name] for tree in trees)) for name in trees[0]}
    if isinstance(trees[0], tuple):
        return tuple(mapped(function, *parts) for parts in zip(*trees))
    return function(*trees)


def between(own, wanted, strengths):
    """From a picture's own values to the wanted ones, by its strength: the affine map to statistics so blended
    is the blend of the feature maps (equation 14)."""
    shares = strengths.to(own).view(-1, *[1] * (own.dim() - 1))
    return torch.lerp(own, wanted, shares)


@torch.no_grad()
def encoded(encoder, pictures):
    """What the losses ask for of contents or of paintings."""
    layers = encoder(pictures)
    style = {
        "statistics": statistics(layers["conv4_1"]), "summary": style_summary(layers, "stats"),
        "palette": palette(pictures),
    }
    return {"maps": layers["conv4_1"], "shallow": shallow_directions(layers), "style": style}


def losses_of(encoder, decoder, contents, styles, shift):
    """By name, as tensors. The second half of the pictures is encoded moved by `shift` (down, right): a style that is
    right in one position alone, in step with the encoder's own grid, is none. What is compared cell by cell is of the
    first half."""
    target = adaptive(contents["maps"], styles["statistics"])
    still = len(target) - len(target) // 2
    pictures = displayable(decoder(target))
    made, moved = encoder(pictures[:still]), encoder(shifted(pictures[still:], *shift))
    first, second = (mapped(lambda values, part=part: values[part], styles["summary"])
                     for part in (slice(still), slice(still, None)))
    style = [style_losses(made, first, "stats"), style_losses(moved, second, "stats")]
    return {
        "content": bounded(content_losses(made["conv4_1"], target[:still]), LARGEST_CONTENT_LOSS).mean(),
        "style": bounded(torch.cat(style), LARGEST_STYLE_LOSS).mean(),
        "lattice": lattice_loss(pictures),
        "palette": palette_loss(pictures, styles["palette"]),
        "perceptual": perceptual_loss(made, {name: maps[:still] for name, maps in contents["shallow"].items()}),
    }


def tame(parameters):
    """Gradients together no longer than LARGEST_GRADIENT."""
    gradients = [parameter.grad for parameter in parameters]
    length = torch.stack([gradient.norm() for gradient in gradients]).norm()
    for gradient in gradients:
        gradient.mul_((LARGEST_GRADIENT / length).clamp(max=1))


def step(encoder, decoder, optimiser, contents, styles, shift, weights=WEIGHTS):
    """One step of the decoder; its losses before, by name."""
    losses = losses_of(encoder, decoder, contents, styles, shift)
    optimiser.zero_grad(set_to_none=True)
    sum(weights[name] * loss for name, loss in losses.items()).backward()
    tame(list(decoder.parameters()))
    optimiser.step()
    return {name: loss.item() for name, loss in losses.items()}
