"""A picture's file in -> its size in pixels, if PowerPoint of every version draws it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from report_data.images import picture_size

_HEAD = 65_536
"""Bytes in which every file says its size."""

_DRAWN = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""PNG, JPEG and GIF. WebP and SVG need PowerPoint of 2021 on, or a second picture beside them."""


@lru_cache(maxsize=256)
def size_of(path: str) -> tuple[int, int] | None:
    """Return a picture's width and height in pixels, ``None`` when it cannot be drawn."""
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    size = picture_size(head) if head.startswith(_DRAWN) else None
    return size if size and all(size) else None


def is_drawable(path: str) -> bool:
    """Return whether PowerPoint draws the file."""
    return size_of(path) is not None
