"""Pictures that networks are looked at with: decoded once, kept as bytes, cropped."""

import io
import itertools
import pathlib
import tarfile
from concurrent.futures import ThreadPoolExecutor

import numpy
import torch
import torch.nn.functional as F
from PIL import Image, UnidentifiedImageError

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"}


class DatasetError(Exception):
    """What is wrong with a folder or an archive of pictures, as one sentence."""


def files_of(source):
    """(name, bytes) of each picture of a folder, with its subfolders, or of a tar archive."""
    source = pathlib.Path(source)
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            if path.suffix.lower() in SUFFIXES and path.is_file():
                yield str(path), path.read_bytes()
        return
    try:
        with tarfile.open(source) as archive:
            for member in archive:
                if member.isfile() and pathlib.Path(member.name).suffix.lower() in SUFFIXES:
                    yield f"{source}: {member.name}", archive.extractfile(member).read()
    except (OSError, tarfile.TarError) as error:
        reason = str(error).splitlines()[0].rstrip(":")
        raise DatasetError(f"{source} is neither a folder nor a tar archive: {reason}") from None


def decode(file):
    """`file`: (name, bytes)."""
    name, data = file
    try:
        return numpy.array(Image.open(io.BytesIO(data)).convert("RGB"))
    except (OSError, UnidentifiedImageError) as error:
        raise DatasetError(f"{name} cannot be read as a picture: {error}") from None


def read(source, limit):
    with ThreadPoolExecutor() as threads:
        decoded = threads.map(decode, itertools.islice(files_of(source), limit))
        pictures = [torch.from_numpy(picture).permute(2, 0, 1) for picture in decoded]
    if not pictures:
        raise DatasetError(f"{source} holds no pictures")
    return pictures


class Dataset:
    """The pictures of folders or archives, as (3, height, width) of uint8."""

    def __init__(self, sources, limit=None):
        """`limit`: read no more pictures than this of each source."""
        self.pictures = [picture for source in sources for picture in read(source, limit)]

    def crops(self, count, size, generator, scales):
        """A batch (count, 3, size, size) in [0, 1]: squares of random pictures and places, mirrored at
        random, cut with a side of `scales` times `size`, from the first to the second, or what the
        picture has, and scaled to `size`."""
        return torch.stack([self._crop(size, generator, *scales) for _ in range(count)])

    def _crop(self, size, generator, smallest, largest):
        which, scale, down, right, mirror = torch.rand(5, generator=generator).tolist()
        picture = self.pictures[int(which * len(self.pictures))]
        height, width = picture.shape[1:]
        side = min(int(size * (smallest + scale * (largest - smallest))), height, width)
        y, x = int(down * (height - side + 1)), int(right * (width - side + 1))
        crop = picture[None, :, y : y + side, x : x + side].float() / 255
        if side != size:
            crop = F.interpolate(crop, (size, size), mode="bicubic", antialias=True).clamp(0, 1)
        return crop[0].flip(2) if mirror < 0.5 else crop[0]
