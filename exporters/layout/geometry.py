"""One unit everywhere: the point (1/72 inch). The origin is the top left, y runs down."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

Pt: TypeAlias = float
"""A length in points."""

EMU_PER_PT = 12700
"""English Metric Units a point, ECMA-376 part 1, 20.1.10.16 (914,400 an inch)."""

MM = 72 / 25.4
"""Points a millimetre."""


class Insets(Struct, frozen=True, gc=False):
    """Distances from the four edges of a box inwards, in points."""

    top: Pt = 0.0
    right: Pt = 0.0
    bottom: Pt = 0.0
    left: Pt = 0.0


class Size(Struct, frozen=True, gc=False):
    """Width and height in points."""

    width: Pt
    height: Pt


class Rect(Struct, frozen=True, gc=False):
    """A box: left, top, width and height in points."""

    x: Pt
    y: Pt
    width: Pt
    height: Pt

    @property
    def right(self) -> Pt:
        """Return the x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Pt:
        """Return the y of the lower edge."""
        return self.y + self.height

    def inset(self, by: Insets) -> Rect:
        """Return the box that is left inside the insets."""
        return Rect(
            self.x + by.left,
            self.y + by.top,
            self.width - by.left - by.right,
            self.height - by.top - by.bottom,
        )

    def columns(self, count: int, gutter: Pt) -> tuple[Rect, ...]:
        """Return equal columns, parted by the gutter."""
        width = (self.width - gutter * (count - 1)) / count
        return tuple(
            Rect(self.x + index * (width + gutter), self.y, width, self.height)
            for index in range(count)
        )
