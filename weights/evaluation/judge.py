"""What is measured of a picture."""

import torch

from weights.evaluation.lpips import Lpips
from weights.evaluation.pairs import read_picture
from weights.network.lattice import PERIODS, folded_energies, spectral_ratios
from weights.network.losses import adaptive, content_loss, statistics, style_loss, style_summary
from weights.network.palette import palette_distance


def lattice_measures(picture):
    """By name: `spectral-PERIOD`, the ratio of the worse of rows and columns, and `folded-WINDOW-PERIOD`."""
    spectral = {f"spectral-{period}": ratio for period, ratio in spectral_ratios(picture).items()}
    folded = {f"folded-{w}-{p}": energy.item() for (w, p), energy in folded_energies(picture).items()}
    return {**spectral, "spectral": max(spectral[f"spectral-{period}"] for period in PERIODS), **folded}


class Judge:
    def __init__(self, encoder, size, archive):
        self.encoder, self.size, self.lpips = encoder, size, Lpips(archive)

    @torch.no_grad()
    def measure(self, pair, pictures):
        """{method: measures by name} of each method's picture of a pair; `pictures` by method."""
        content, style = (read_picture(path, self.size) for path in pair)
        wanted = self.encoder(style)
        target = adaptive(self.encoder(content)["conv4_1"], statistics(wanted["conv4_1"]))
        summaries = {
            key: (style_summary(wanted, kind), kind)
            for key, kind in (("style", "stats"), ("style-gram", "gram"))
        }
        result = {}
        for method, made in pictures.items():
            layers = self.encoder(made)
            of_content = made.shape == content.shape
            result[method] = {
                "content": content_loss(layers["conv4_1"], target).item() if of_content else None,
                **{key: style_loss(layers, *wish).item() for key, wish in summaries.items()},
                "lpips": self.lpips.distance(made, content) if of_content else None,
                "palette": palette_distance(made, style),
                **lattice_measures(made),
            }
        return result
