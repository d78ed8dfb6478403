"""A picture's file in -> its size in pixels, and its bytes in a form that Office draws."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from report_data.images import looks_like_svg, picture_size, svg_drawing

_HEAD = 65_536
"""Bytes in which every file says its size."""

_DRAWN = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""PNG, JPEG and GIF are drawn by Office of every version."""

_WEBP = b"WEBP"
"""Eight bytes after the beginning. PowerPoint draws WebP from 2021 on only: it becomes PNG."""


class _State(NamedTuple):
    """What tells a file from what it was: it may be made anew between two runs of a process."""

    path: str
    bytes: int
    modified: int


def _state(path: str) -> _State:
    """Return a file's state.

    Raises:
        OSError: it cannot be read.
    """
    found = Path(path).stat()
    return _State(path, found.st_size, found.st_mtime_ns)


def size_of(path: str) -> tuple[int, int] | None:
    """Return a picture's width and height in pixels, ``None`` when it cannot be drawn.

    A drawing has the size that it says, whatever finer picture is made of it.
    """
    try:
        return _size_of(_state(path))
    except OSError:
        return None


@lru_cache(maxsize=256)
def _size_of(state: _State) -> tuple[int, int] | None:
    path = state.path
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return None
    webp = _is_webp(head)
    size = picture_size(head) if webp or head.startswith(_DRAWN) else None
    if size is None and looks_like_svg(head):
        return _size_of_drawing(state)
    if size is None or not all(size):
        return None
    return size if not webp or _opens(path) else None


def is_drawing(path: str) -> bool:
    """Return whether a file is an SVG drawing; false when it cannot be read."""
    try:
        with Path(path).open("rb") as file:
            return looks_like_svg(file.read(_HEAD))
    except OSError:
        return False


def words_in(path: str) -> str:
    """Return what an SVG drawing says in letters, ``""`` of every other file."""
    if not is_drawing(path):
        return ""
    drawing = svg_drawing(Path(path).read_bytes())
    return drawing.words if drawing else ""


def is_drawable(path: str) -> bool:
    """Return whether Office draws the file, or what `drawable` makes of it."""
    return size_of(path) is not None


def drawable(path: Path) -> bytes:
    """Return a picture's bytes for Office: as they are, a WebP and a drawing as PNG.

    The same file gives the same bytes: a PNG of ours has no date and no words in it.

    Raises:
        OSError: the file cannot be read, or not be drawn.
    """
    blob = path.read_bytes()
    if looks_like_svg(blob[:_HEAD]):
        if (drawn := _png_of(_state(str(path)))) is None:
            raise OSError(f"{path.name} cannot be drawn")
        return drawn
    if not _is_webp(blob):
        return blob
    from PIL import Image

    with Image.open(io.BytesIO(blob)) as picture:
        seen = picture.convert("RGBA" if "A" in picture.mode else "RGB")
    seen.info.clear()
    result = io.BytesIO()
    seen.save(result, "PNG")
    return result.getvalue()


def _is_webp(head: bytes) -> bool:
    return head.startswith(b"RIFF") and head[8:12] == _WEBP


def _size_of_drawing(state: _State) -> tuple[int, int] | None:
    drawing = svg_drawing(Path(state.path).read_bytes())
    if drawing is None or _png_of(state) is None:
        return None
    return max(1, round(drawing.width)), max(1, round(drawing.height))


@lru_cache(maxsize=64)
def _png_of(state: _State) -> bytes | None:
    """Return a drawing as PNG, ``None`` when it cannot be drawn: it is asked for often."""
    from exporters.drawing import png_of

    drawing = svg_drawing(Path(state.path).read_bytes())
    return None if drawing is None else png_of(drawing)


def _opens(path: str) -> bool:
    """Return whether Pillow can read a WebP to its end; the reader has looked at its size."""
    from PIL import Image

    try:
        with Image.open(path) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True
