"""A picture in a style, or in several."""

from __future__ import annotations

import os
from ctypes import byref
from typing import Any, Callable, List, Optional, Sequence, Union

from . import _library
from ._pictures import Picture, mask_of, picture_of
from ._run import Run
from .errors import ArgumentError
from .model import Model, handle_of, model_of
from .style import SIZE, Style, of_picture, painting_of

_COLOURS = {"style": 0, "content-coral": 1, "content-lightness": 2, "histogram": 3}
_STATISTICS = {"regions": 0, "whole": 1}


def stylise(
    picture: Any, style: Any, strength: float = 1.0, *, masks: Optional[Sequence[Any]] = None,
    weights: Optional[Sequence[float]] = None, statistics: str = "regions", colour: str = "style",
    stroke: Optional[float] = None, detail: Optional[float] = None, style_size: int = SIZE,
    model: Union[Model, str, os.PathLike, None] = None, threads: Optional[int] = None,
    feature_memory: Optional[int] = None, progress: Optional[Callable[[float], object]] = None,
) -> Any:
    """The picture in the style of a painting.

    Args:
        picture: an array of (height, width) or (height, width, channels), of 8 or 16 bits or of floats from 0 to 1; an
            image of Pillow or pyvips. It is not changed. What has a colour profile is converted to sRGB.
        style: an `adain.Style`; the name of a built-in one; the path of a painting or of a style file; a painting as
            `picture`. Several in a list are mixed or, with masks, each has its region.
        strength: 0 to 1; 0 gives the picture back as the network sees it.
        masks: one for each style, or one less (the last style then gets what the others leave): pictures of one channel
            of any size, laid over the whole picture; white is all of the style.
        weights: of the styles of a list that are mixed; None: equal ones.
        statistics: with masks, what each style is measured against: 'regions', or the 'whole' picture.
        colour: whose colours the result has: 'style', 'content-coral', 'content-lightness' or 'histogram'.
        stroke: how broad the brush is, 1 to 64; None: what suits a picture of that size; 1: the network alone.
        detail: how strong the finer strokes are where the brush is broad, 0 to 1; None: 0.7.
        style_size: the short side to which paintings are reduced before their style is taken; 0: never.
        model: an `adain.Model`, the name of one ('standard', 'fast') or its path; None: the standard one.
        threads: None: as many as the process has processors.
        feature_memory: bytes for the picture's feature map, beyond which a temporary file takes it; None: 512 MB.
        progress: called with 0 to 1 now and then, from another thread; what it raises ends the call and is raised here.

    Returns:
        What the picture was: an array of its shape and kind of samples, an image of Pillow or pyvips. Alpha is kept.

    Raises:
        adain.Error: its subclasses tell what of; TypeError for what is no picture.
    """
    for name, value, known in ("colour", colour, _COLOURS), ("statistics", statistics, _STATISTICS):
        if value not in known:
            raise ArgumentError(f"{name}: '{value}' is none of {', '.join(known)}")
    content = picture_of(picture)
    listed: List[Any] = list(style) if isinstance(style, (list, tuple)) else [style]
    if not listed:
        raise ArgumentError("style: no style is given")
    regions = [mask_of(mask, f"masks[{i}]") for i, mask in enumerate(masks or [])]
    if regions and weights is not None:
        raise ArgumentError("weights: have no meaning with masks")
    run = Run(
        progress, strength=strength, threads=threads, feature_memory=feature_memory, stroke=stroke, detail=detail)

    def work() -> Picture:
        network = model_of(model)
        colours = Colours(content, _COLOURS[colour]) if colour in ("content-coral", "histogram") else None
        made = [_style_of(one, style_size, network, run, colours) for one in listed]
        if regions:
            result = _composed(content, made, regions, _STATISTICS[statistics], network, run, stroke)
        else:
            result = content.empty()
            one = made[0] if len(made) == 1 and weights is None else Style.mix(made, weights)
            _library.call(
                "adain_stylise", handle_of(network), byref(content.pixels), one._handle, byref(run.options()),
                byref(result.pixels))
        if colour == "content-lightness":
            _library.call("adain_keep_colours", byref(content.pixels), byref(result.pixels), byref(result.pixels))
            result.copy_alpha(content)
        return result

    return content.back(run.do(work).array)


class Colours:
    """A content's colours, for paintings."""

    def __init__(self, content: Picture, mode: int):
        self._handle, self._mode = _library.Handle("colours", "adain_colours_new"), mode
        _library.call("adain_colours_add", self._handle, byref(content.pixels))

    def recoloured(self, painting: Picture) -> Picture:
        result = painting.empty()
        _library.call("adain_colours_recolour", self._handle, self._mode, byref(painting.pixels), byref(result.pixels))
        return result


def _style_of(source: Any, size: int, model: Model, run: Run, colours: Optional[Colours]) -> Style:
    made = None
    if isinstance(source, Style):
        made = source
    elif isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        if isinstance(source, str) and not os.path.exists(path) and not {"/", "."} & set(path):
            made = Style.named(path, model)
        elif path.endswith(".style"):
            made = Style.load(path)
    if made is None:
        # The share of the time that a painting takes is small beside the picture's.
        return of_picture(painting_of(source), size, model, Run(threads=0), colours)
    if colours:
        raise ArgumentError("colour: needs the painting's pixels; a style that is already made has none")
    return made


def _composed(
    content: Picture, made: List[Style], regions: List[Picture], statistics: int, model: Model, run: Run,
    stroke: Optional[float],
) -> Picture:
    """Several styles, each where its mask says: painted in broad strokes first where the brush is broad."""
    handles = _library.array_of([style._handle for style in made])
    masks = (_library.Pixels * len(regions))(*(mask.pixels for mask in regions))
    shared = (handles, len(made), masks, len(regions), statistics)
    broad = stroke if stroke is not None else _library.function("automatic_stroke")(*content.size)
    if broad > 1:
        run.stroke = broad
        analysis = _library.Handle(
            "analysis", "adain_analysis_begin", handle_of(model), *content.size, byref(run.options(0, 0.3)))
        _library.call("adain_analysis_push", analysis, byref(content.pixels))
        painted = _library.Handle(
            "content", "adain_analysis_paint", analysis, *shared, byref(run.options(0.3, 0.7)))
    else:
        painted = _library.Handle(
            "content", "adain_content_analyse", handle_of(model), byref(content.pixels), byref(run.options(0, 0.7)))
    run.stroke = 0
    composition = _library.Handle("composition", "adain_composition_new", painted, *shared, byref(run.options(0.7, 1)))
    result = content.empty()
    _library.call("adain_composition_render", composition, byref(run.options(0.7, 1)), 0, 0, byref(result.pixels))
    result.copy_alpha(content)
    return result

