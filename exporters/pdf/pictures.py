"""Picture files in -> image XObjects (ISO 32000-1, 8.9.5) in DeviceRGB or DeviceGray.

A JPEG goes in as it is; every other picture as its samples, with what is
transparent in a soft mask. CMYK is turned to RGB: the file's output intent is
sRGB, and PDF/A allows no other device colours beside it (ISO 19005-3, 6.2.4.3).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from exporters.pdf.plan import Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PIL.Image import Image

    from exporters.pdf.package import Package
    from exporters.pdf.plan import Page

_SPACES = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB"}


def put_pictures(package: Package, pages: Iterable[Page]) -> dict[str, tuple[bytes, int]]:
    """Add every picture once; return path -> its resource's name and object number."""
    paths = dict.fromkeys(
        item.path
        for page in pages
        for band in page.bands
        for item in band.items
        if isinstance(item, Picture)
    )
    return {path: (b"I%d" % index, _put(package, Path(path))) for index, path in enumerate(paths)}


def _put(package: Package, path: Path) -> int:
    from PIL import Image as images  # noqa: N813 - late: few reports hold pictures

    with images.open(path) as image:
        size = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8" % image.size
        if image.format == "JPEG" and image.mode in _SPACES:
            entries = size + b"/ColorSpace%b/Filter/DCTDecode" % _SPACES[image.mode]
            return package.add_stream(entries, path.read_bytes(), compress=False)
        return _put_samples(package, image, size)


def _put_samples(package: Package, image: Image, size: bytes) -> int:
    mask = b""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        if alpha.getextrema() != (255, 255):
            number = package.add_stream(size + b"/ColorSpace/DeviceGray", alpha.tobytes())
            mask = b"/SMask %d 0 R" % number
    mode = "L" if image.mode in {"1", "L", "I;16", "I"} else "RGB"
    flat = image.convert(mode)
    return package.add_stream(size + b"/ColorSpace%b%b" % (_SPACES[mode], mask), flat.tobytes())
