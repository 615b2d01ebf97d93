"""Makes the pictures that are judged, by a method's name."""

import pathlib

from weights.evaluation import gatys
from weights.evaluation.magenta import Magenta
from weights.evaluation.pairs import STYLES_EACH, read_picture, save
from weights.network.batched_network import make_decoder, make_encoder, stylise
from weights.network.network_file import FAST, SHIPPED, read_network

# Not made but taken: what a result's lattice is compared with.
GIVEN = ("photograph", "painting")


class Network:
    """A weights file's."""

    def __init__(self, path):
        tensors, metadata = read_network(path)
        self.encoder, self.decoder = (
            make(tensors, metadata["architecture"]) for make in (make_encoder, make_decoder)
        )

    def stylise(self, content, style):
        return stylise(self.encoder, self.decoder, content, style)


class Methods:
    """Makes pictures that are missing or out of date."""

    def __init__(self, options, encoder, pairs, earlier):
        """`earlier`: what a report holds already."""
        self.options, self.encoder, self.earlier = options, encoder, earlier
        self.first_pairs = set(pairs[::STYLES_EACH])
        self.files, self.steps, self.made = {"shipped": SHIPPED, "fast": FAST}, {}, {}
        for i, method in enumerate(options.methods):
            if "=" in method:
                name, file = method.split("=", 1)
                self.files[name], options.methods[i] = pathlib.Path(file), name
            elif method.startswith("gatys-") and method[6:].isdecimal():
                self.steps[method] = int(method[6:])
            elif method not in (*self.files, "magenta", *GIVEN):
                raise ValueError(f"there is no method {method}")

    def read(self, method, pair):
        """The picture to judge, or None where it is not made."""
        if method in GIVEN:
            return read_picture(pair[GIVEN.index(method)], self.options.size)
        path = self.path(method, pair)
        return read_picture(path) if path.exists() else None

    def path(self, method, pair):
        return self.options.out / method / f"{pair.name}.png"

    def misses(self, method, pair):
        """Whether a picture is wanted and not there, or older than the network that makes it."""
        if method in GIVEN:
            return False
        steps = self.steps.get(method, 0)
        known = steps and pair.name in self.earlier.get(method, {})
        if known or steps > self.options.long_steps and pair not in self.first_pairs:
            return False
        path = self.path(method, pair)
        if not path.exists():
            return True
        # Else a report would tell of a model that another has taken the place of.
        file = self.files.get(method)
        return file is not None and path.stat().st_mtime < file.stat().st_mtime

    def make(self, method, pair):
        content, style = (read_picture(path, self.options.size) for path in pair)
        if method in self.steps:
            self._optimise(pair, content, style)
            return
        if method not in self.made:
            self.made[method] = Magenta() if method == "magenta" else Network(self.files[method])
        save(self.path(method, pair), self.made[method].stylise(content, style))

    def _optimise(self, pair, content, style):
        """All numbers of steps that are wanted of this pair, in one run."""
        missing = {n: m for m, n in self.steps.items() if self.misses(m, pair)}
        pictures = gatys.optimise(
            self.encoder, content, style, max(missing), self.options.style_weight, missing
        )
        for steps, picture in pictures.items():
            save(self.path(missing[steps], pair), picture)
