"""Encoded pictures that training draws its pairs from.

Contents' feature maps and what is known of contents' and paintings' styles (statistics and palettes) do not change
while the decoder learns. Kept, they serve in several pairs, which saves two of a step's seven passes through a
network.
"""

import torch

from weights.network.losses import shallow_directions, statistics, style_summary
from weights.network.palette import palette
from weights.training.patterns import pattern
from weights.training.tints import tinted

# Short side of the whole paintings: that at which the library looks at them.
WHOLE_SIDE = 512
# Where crops must be of one size: whatever the picture's short side.
WHOLE_SCALES = (1e6, 1e6)
# What chance is for, each with numbers of its own.
CONTENTS, STYLES, PAIRS, SHIFTS = range(4)


def generator_of(seed, index, kind):
    """Chance of its own for each crop and step: a run goes on from any step as if never stopped."""
    return torch.Generator().manual_seed((seed * 1_000_003 + index) * 4 + kind)


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


class Pool:
    """The newest crops: `options.pool` of them at step 0, and one that takes the oldest's place each step.
    Their memory is taken once: tensors that come and go among a step's far larger ones leave holes in the heap."""

    def __init__(self, content, style, encode, options, step):
        """`encode`: pictures to feature maps by layer, without gradients."""
        self.content, self.style, self.encode, self.options = content, style, encode, options
        self.contents = self.styles = None
        for index in range(step, step + options.pool):
            self._add(index)

    def _painting(self, index):
        """A crop, as the contents are cut, or a whole painting as the library looks at it; perhaps tinted.
        Or a pattern."""
        options, generator = self.options, generator_of(self.options.seed, index, STYLES)
        choice = torch.rand(1, generator=generator).item()
        if choice < options.pattern_share:
            return pattern(options.size, generator)
        if choice < options.pattern_share + options.whole_share:
            if options.train_encoder:  # paintings of one batch go through it together
                painting = self.style.crops(1, options.size, generator, WHOLE_SCALES)
            else:
                painting = self.style.whole(generator, WHOLE_SIDE)
        else:
            painting = self.style.crops(1, options.size, generator, options.scales)
        return tinted(painting[0], generator)[None] if options.tints else painting

    def _add(self, index):
        options, place = self.options, index % self.options.pool
        photograph = self.content.crops(
            1, options.size, generator_of(options.seed, index, CONTENTS), options.scales
        )
        painting = self._painting(index)
        content, style = self.encode(photograph), self.encode(painting)
        contents = {
            "maps": content["conv4_1"],
            "shallow": shallow_directions(content) if options.perceptual_weight else {},
            "style": self._style(content, photograph),
        }
        styles = self._style(style, painting)
        if options.train_encoder:
            contents["picture"], styles["picture"] = photograph, painting
        if self.contents is None:
            self.contents, self.styles = (mapped(self._room, tree) for tree in (contents, styles))
        for kept, new in ((self.contents, contents), (self.styles, styles)):
            mapped(lambda room, value: room[place].copy_(value[0]), kept, new)

    def _style(self, layers, picture):
        """What a result is to have of a picture's style."""
        return {
            "statistics": statistics(layers["conv4_1"]),
            "summary": style_summary(layers, self.options.style_loss),
            "palette": palette(picture.to(layers["conv4_1"].device)),
        }

    def _room(self, value):
        """For as many crops as the pool holds, in the order of memory that the networks use."""
        order = torch.channels_last if value.dim() == 4 else torch.contiguous_format
        shape = self.options.pool, *value.shape[1:]
        return torch.empty(shape, dtype=value.dtype, device=value.device, memory_format=order)

    def batch(self, step):
        """Of a step's pairs: the contents' maps at relu4_1, their shallow directions, if there is a weight for
        them, and their own styles; the styles that the results are to have. Those are the paintings', and of
        a share of the pairs between the content's own and the painting's, so that the decoder knows lower
        strengths, too."""
        options, generator = self.options, generator_of(self.options.seed, step, PAIRS)
        rows, columns = torch.randint(options.pool, (2, options.batch), generator=generator)
        contents = mapped(lambda room: room[rows.to(room.device)], self.contents)
        styles = mapped(lambda room: room[columns.to(room.device)], self.styles)
        self._add(step + options.pool)
        partial = torch.rand(options.batch, generator=generator) < options.partial_share
        strengths = torch.rand(options.batch, generator=generator).where(partial, torch.ones(()))
        pictures = {"picture": styles.pop("picture"), "strength": strengths} if options.train_encoder else {}
        styles = mapped(lambda *pair: between(*pair, strengths), contents["style"], styles)
        return contents, {**styles, **pictures}
