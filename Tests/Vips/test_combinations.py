"""Options in any combination, a thousand times in one process: no crash, no leak."""

import random
import resource

import pytest
import pyvips
from conftest import IMAGES, opened


def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize()


@pytest.fixture(scope="module")
def contents():
    small = opened().resize(0.15).copy_memory()
    alpha = small.bandjoin(200).cast("uchar").copy(interpretation="srgb")
    pages = small.join(small, "vertical").copy()
    pages.set_type(pyvips.GValue.gint_type, "page-height", small.height)
    return [small, alpha, small.colourspace("b-w"), small.colourspace("rgb16"), pages,
            small.crop(0, 0, 1, 1), small.crop(3, 2, 17, 30)]


@pytest.fixture(scope="module")
def paintings():
    names = ["van-gogh-auvers.jpg", "hokusai-great-wave.jpg", "durer-lion.jpg"]
    return [opened(IMAGES / name).resize(0.1).copy_memory() for name in names]


def some_options(draw, contents, paintings):
    styles = draw.sample(paintings, draw.randint(1, 3))
    options = {"strength": draw.choice([0, 0.3, 1])}
    if draw.random() < 0.4:
        options["colour"] = draw.choice(["style", "content-coral", "content-lightness", "histogram"])
    if draw.random() < 0.3:
        options["stroke"] = draw.uniform(1, 6)
    if draw.random() < 0.3:
        options["content_size"] = draw.randint(1, 40)
    if draw.random() < 0.2:
        options["crop"] = True
    if draw.random() < 0.3:
        options["style_size"] = draw.choice([0, 8, 40])
    if draw.random() < 0.3:
        options["tile_size"] = draw.choice([16, 64, 333])
    if draw.random() < 0.2:
        options["feature_memory"] = draw.choice([1, 5000])
    if draw.random() < 0.3:
        masks = len(styles) - draw.randint(0, 1)
        options["masks"] = [
            (pyvips.Image.gaussnoise(draw.randint(1, 30), draw.randint(1, 30)) + draw.randint(0, 255))
            .cast(draw.choice(["uchar", "ushort", "float"])) for _ in range(masks)]
        options["whole_statistics"] = draw.random() < 0.5
        if not masks:
            del options["masks"]
    elif draw.random() < 0.3:
        options["weights"] = [draw.choice([0, 1, 2.5]) for _ in styles]
    return draw.choice(contents), styles, options


def test_a_thousand_combinations(adain, contents, paintings):
    draw = random.Random(7)
    after = {}
    done = failed = 0
    for i in range(1000):
        content, styles, options = some_options(draw, contents, paintings)
        try:
            out = adain(content, styles, **options)
            if draw.random() < 0.5:
                out.copy_memory()
            else:
                out.crop(0, 0, max(1, out.width // 2), max(1, out.height // 2)).copy_memory()
            done += 1
        except pyvips.Error as error:
            # What may be refused, in a sentence: pages with sizes, and weights that are all 0.
            assert "one page" in error.detail or "all are 0" in error.detail, (options, error.detail)
            failed += 1
        if i in (499, 999):
            after[i] = resident()
    assert done > 700 and failed > 10
    # Flat: what is kept is kept early.
    assert after[999] < 1.05 * after[499] + (8 << 20)
