"""Encoded crops that training draws its pairs from.

Contents' feature maps and styles' statistics do not change while the decoder learns. Kept, they serve
in several pairs, which saves two of a step's seven passes through a network.
"""

import torch

from losses import SHALLOW_LAYERS, STYLE_LAYERS, shallow_directions, statistics, style_summary


def generator_of(seed, index, kind):
    """Chance of its own for each crop and step: a run goes on from any step as if never stopped."""
    return torch.Generator().manual_seed((seed * 1_000_003 + index) * 4 + kind)


class Pool:
    """The newest crops: `options.pool` of them at step 0, and one that takes the oldest's place each step."""

    def __init__(self, content, style, encode, options, step):
        """`encode`: pictures to feature maps by layer, without gradients."""
        self.content, self.style, self.encode, self.options = content, style, encode, options
        self.contents, self.shallow, self.styles = ([None] * options.pool for _ in range(3))
        for index in range(step, step + options.pool):
            self._add(index)

    def _add(self, index):
        options, place = self.options, index % self.options.pool
        pictures = [
            dataset.crops(1, options.size, generator_of(options.seed, index, kind), options.scales)
            for kind, dataset in enumerate((self.content, self.style))
        ]
        layers = self.encode(torch.cat(pictures))
        content = {name: maps[:1] for name, maps in layers.items()}
        style = {name: maps[1:] for name, maps in layers.items()}
        # A copy: a part would keep the whole.
        self.contents[place] = content["conv4_1"].clone()
        if options.perceptual_weight:
            self.shallow[place] = shallow_directions(content)
        self.styles[place] = statistics(style["conv4_1"]), style_summary(style, options.style_loss)

    def batch(self, step):
        """(contents' maps, styles' statistics at relu4_1, styles' summaries, and, if there is a weight for
        them, contents' shallow directions) of a step's pairs."""
        options, generator = self.options, generator_of(self.options.seed, step, 2)
        rows, columns = torch.randint(options.pool, (2, options.batch), generator=generator).tolist()
        drawn = (
            torch.cat([self.contents[i] for i in rows]),
            joined([self.styles[i][0] for i in columns]),
            {n: joined([self.styles[i][1][n] for i in columns]) for n in STYLE_LAYERS},
            {n: torch.cat([self.shallow[i][n] for i in rows]) for n in SHALLOW_LAYERS}
            if options.perceptual_weight else None,
        )
        self._add(step + options.pool)
        return drawn


def joined(parts):
    """Tensors, or tuples of tensors, of one picture each as those of a batch."""
    if isinstance(parts[0], tuple):
        return tuple(torch.cat(values) for values in zip(*parts))
    return torch.cat(parts)
