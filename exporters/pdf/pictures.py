"""Picture files in -> image XObjects (ISO 32000-1, 8.9.5) in DeviceRGB or DeviceGray.

A JPEG goes in as it is; every other picture as its samples, with what is
transparent in a soft mask. CMYK is turned to RGB: the file's output intent is
sRGB, and PDF/A allows no other device colours beside it (ISO 19005-3, 6.2.4.3).
A picture much finer than print can show is made coarser.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.pdf.plan import Picture
from exporters.pictures import drawable, is_drawing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

    from exporters.layout.geometry import Pt
    from exporters.pdf.package import Package
    from exporters.pdf.plan import Page

FINEST = 300
"""Pixels an inch that offset printing shows; finer pictures only make files larger."""

_MUCH_FINER = 1.5
"""Times as fine as `FINEST` from which on a picture is made coarser."""

_QUALITY = 90
"""Of a JPEG that is made anew: its artefacts are not seen in print."""

_ORIENTATION = 0x0112
"""The EXIF tag that says which way up a photograph is."""

_SPACES = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB"}


def put_pictures(package: Package, pages: Iterable[Page]) -> dict[str, tuple[bytes, int]]:
    """Add every picture once; return path -> its resource's name and object number."""
    sizes: dict[str, tuple[Pt, Pt]] = {}
    for page in pages:
        for band in page.bands:
            for item in band.items:
                if isinstance(item, Picture):
                    size = (item.width, item.height)
                    sizes[item.path] = max(sizes.get(item.path, size), size)
    return {
        path: (b"I%d" % index, _put(package, Path(path), size))
        for index, (path, size) in enumerate(sizes.items())
    }


def _put(package: Package, path: Path, size: tuple[Pt, Pt]) -> int:
    from PIL import Image as images  # noqa: N813 - late: few reports hold pictures
    from PIL import ImageOps

    file = BytesIO(drawable(path)) if is_drawing(str(path)) else path
    with images.open(file) as image:
        most = [ceil(length / 72 * FINEST) for length in size]
        coarse = image.width <= most[0] * _MUCH_FINER
        upright = image.getexif().get(_ORIENTATION, 1) == 1
        is_jpeg = image.format == "JPEG" and image.mode in _SPACES
        if is_jpeg and coarse and upright:
            return _put_jpeg(package, path.read_bytes(), image)
        shown = ImageOps.exif_transpose(image)
        if not coarse:
            shown.thumbnail((most[0], most[1] + 1), images.Resampling.LANCZOS)
        if not is_jpeg:
            return _put_samples(package, shown)
        buffer = BytesIO()
        shown.save(buffer, "JPEG", quality=_QUALITY)
        return _put_jpeg(package, buffer.getvalue(), shown)


def _entries(image: Image, space: bytes) -> bytes:
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%b" % (
        *image.size,
        space,
    )


def _put_jpeg(package: Package, data: bytes, image: Image) -> int:
    entries = _entries(image, _SPACES[image.mode]) + b"/Filter/DCTDecode"
    return package.add_stream(entries, data, compress=False)


def _put_samples(package: Package, image: Image) -> int:
    mask = b""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        if alpha.getextrema() != (255, 255):
            number = package.add_stream(_entries(image, _SPACES["L"]), alpha.tobytes())
            mask = b"/SMask %d 0 R" % number
    if image.mode.startswith("I"):  # sixteen bits a sample: the upper eight are shown
        image = image.convert("I").point(lambda sample: sample / 256)
    flat = image.convert("L" if image.mode in {"1", "L", "I"} else "RGB")
    return package.add_stream(_entries(flat, _SPACES[flat.mode]) + mask, flat.tobytes())
