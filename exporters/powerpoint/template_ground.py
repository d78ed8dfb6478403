"""A template's background and drawings -> what is behind a box, and where there is room.

Nothing is rendered: a shape is taken for its box. What is filled and rectangular
hides what is under it; of all else both are counted as ground.
"""

from __future__ import annotations

import io
import warnings
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from exporters.layout.geometry import Rect
from exporters.themes import luminance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.layout.geometry import Pt, Size

_COVERS, _TOUCHES = 0.9, 0.03
"""The parts of a box behind which a shape is its ground, and one of its grounds."""

_MOST_OF_SLIDE = 0.6
"""A shape that takes more of the slide than this is ground, and no obstacle."""

_GRID = (32, 18)
"""Cells of a picture, each of one colour."""

_SEEN = 127
"""The opacity, of 255, above which a pixel hides what is under it."""

_RARE = 32
"""One cell of so many may be darker, or lighter, than what counts."""

_HAIR = 0.01
"""Boxes that share less than this, in points, only touch."""

_MOST_PIXELS = 50_000_000

_MOST_OBSTACLES = 8
"""The largest obstacles are minded; of many small ones the rest is ornament."""


Cells: TypeAlias = tuple[tuple[tuple[str, ...], ...], bool]
"""A picture's colours in cells, row by row (``""``: transparent), and whether it hides all."""


class Patch(Struct, frozen=True):
    """A filled box: its colours, or a picture's in cells, row by row (``""``: transparent).

    ``sure`` says that it hides what is under it.
    """

    rect: Rect
    colors: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    sure: bool = True

    def behind(self, box: Rect) -> tuple[str, ...]:
        """Return its colours behind a box: of a picture nearly the darkest and the lightest."""
        if not self.cells:
            return self.colors
        own = self.rect

        def part(low: Pt, high: Pt, start: Pt, length: Pt, count: int) -> range:
            first = int((low - start) / length * count)
            last = int((high - start) / length * count)
            return range(min(max(first, 0), count - 1), min(max(last, 0), count - 1) + 1)

        rows = part(box.y, box.bottom, own.y, own.height, len(self.cells))
        columns = part(box.x, box.right, own.x, own.width, len(self.cells[0]))
        seen = (self.cells[y][x] for y in rows for x in columns)
        colors = sorted(filter(None, seen), key=luminance)
        edge = len(colors) // _RARE
        return (colors[edge], colors[-1 - edge]) if colors else ()


class Backdrop(Struct, frozen=True):
    """All that a layout shows behind text, lowest first; the first is the whole slide."""

    patches: tuple[Patch, ...]

    def behind(self, box: Rect) -> tuple[str, ...]:
        """Return the colours on which a text in a box stands."""
        colors: tuple[str, ...] = ()
        for patch in self.patches:
            part = _common(patch.rect, box) / max(box.width * box.height, 1.0)
            found = patch.behind(box) if part >= _TOUCHES else ()
            if part >= _COVERS and patch.sure and found:
                colors = found
            elif found:
                colors = (*colors, *found)
        return tuple(dict.fromkeys(colors))

    def paper(self, box: Rect) -> tuple[str, ...]:
        """Return the colours of what a box surely stands on."""
        found: tuple[str, ...] = ()
        for patch in self.patches:
            if patch.sure and _common(patch.rect, box) >= box.width * box.height * _COVERS:
                found = patch.behind(box) or found
        return found or self.behind(box)

    def obstacles(self, size: Size, box: Rect) -> list[Rect]:
        """Return the drawings that stand in a box's way: not those that it stands on."""
        room = size.width * size.height
        return [
            patch.rect
            for patch in self.patches[1:]
            if patch.rect.width * patch.rect.height < room * _MOST_OF_SLIDE
            and 0 < _common(patch.rect, box) < box.width * box.height * _COVERS
        ]

    def within(self, box: Rect, start: Rect) -> Rect:
        """Return what of ``start`` lies on the same panels as a box."""
        for patch in self.patches[1:]:
            if patch.sure and _common(patch.rect, box) >= box.width * box.height * _COVERS:
                left, top = max(start.x, patch.rect.x), max(start.y, patch.rect.y)
                right = min(start.right, patch.rect.right)
                start = Rect(left, top, right - left, min(start.bottom, patch.rect.bottom) - top)
        return start


def cells_of(blob: bytes) -> Cells:
    """Return a picture's colours in cells, and whether it hides all; no cells if unreadable."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with Image.open(io.BytesIO(blob)) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return (), False
                picture.draft("RGB", (_GRID[0] * 8, _GRID[1] * 8))
                opaque = "A" not in picture.mode and "transparency" not in picture.info
                small = picture.convert("RGBA").resize(_GRID, Image.Resampling.BOX)
        except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError):
            return (), False
    flat = [
        f"{red:02X}{green:02X}{blue:02X}" if shows > _SEEN else ""
        for red, green, blue, shows in zip(*[iter(small.tobytes())] * 4, strict=True)
    ]
    wide = _GRID[0]
    return tuple(tuple(flat[at : at + wide]) for at in range(0, len(flat), wide)), opaque


def largest_free(start: Rect, taken: Iterable[Rect], least: tuple[Pt, Pt] = (0, 0)) -> Rect | None:
    """Return the largest part of a box that nothing else takes, ``None`` if none is large enough.

    ``least`` are its least width and height, in points.
    """
    inside = [one for one in taken if _common(one, start) > 0]
    inside.sort(key=lambda one: -_common(one, start))
    del inside[_MOST_OBSTACLES:]
    lefts = {start.x, *(one.right for one in inside if one.right < start.right)}
    rights = {start.right, *(one.x for one in inside if one.x > start.x)}
    tops = {start.y, *(one.bottom for one in inside if one.bottom < start.bottom)}
    bottoms = {start.bottom, *(one.y for one in inside if one.y > start.y)}
    best: Rect | None = None
    area = 0.0
    for left, right, top, bottom in product(*map(sorted, (lefts, rights, tops, bottoms))):
        width, height = right - left, bottom - top
        if width < max(least[0], 1) or height < max(least[1], 1) or width * height <= area:
            continue
        box = Rect(left, top, width, height)
        if not any(_common(one, box) > 0 for one in inside):
            best, area = box, width * height
    return best


def around(boxes: Sequence[Rect]) -> Rect:
    """Return the box around others."""
    left, top = min(one.x for one in boxes), min(one.y for one in boxes)
    right, bottom = max(one.right for one in boxes), max(one.bottom for one in boxes)
    return Rect(left, top, right - left, bottom - top)


def _common(one: Rect, other: Rect) -> float:
    """Return the area that two boxes share."""
    width = min(one.right, other.right) - max(one.x, other.x)
    height = min(one.bottom, other.bottom) - max(one.y, other.y)
    return width * height if width > _HAIR and height > _HAIR else 0.0
