"""A sheet of pictures that shows how far training is: rows of content, style, result."""

import numpy
import torch
from PIL import Image


def save_sheet(path, columns):
    """`columns`: batches (N, 3, S, S) in [0, 1], side by side, one row for each picture."""
    rows = torch.cat(columns, 3).permute(0, 2, 3, 1).flatten(0, 1)
    pixels = (rows.float().cpu().numpy() * 255 + 0.5).astype(numpy.uint8)
    Image.fromarray(pixels).save(path)
