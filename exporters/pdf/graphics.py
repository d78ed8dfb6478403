"""Planned graphics in -> the operators that paint them (ISO 32000-1, 8.5)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from exporters.pdf.plan import Dot, Fill, Path, Rule
from exporters.pdf.syntax import color, real

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import Item

_CIRCLE = 0.5522847498
"""The handle of a Bézier quarter circle of radius 1: 4/3 (sqrt 2 - 1)."""


@cache
def pen(color_: str, width: Pt) -> bytes:
    """Return the operators that choose a pen."""
    return b"%b RG %b w" % (color(color_), real(width))


def graphic(item: Item, left: Pt, top: Pt) -> bytes | None:
    """Return the operators of a graphic in a band whose corner is at ``left``, ``top``.

    ``None`` is for what is no graphic.
    """
    if isinstance(item, Rule):
        stroke = b"%b RG %b w %b %b m %b %b l S" % (
            color(item.color),
            real(item.width),
            real(left + item.x),
            real(top - item.y),
            real(left + item.to_x),
            real(top - item.to_y),
        )
        return b"q 1 J [0 %b] 0 d %b Q" % (real(item.dash), stroke) if item.dash else stroke
    if isinstance(item, Fill):
        box = (left + item.x, top - item.y - item.height, item.width, item.height)
        path = _rounded(box, item.radius) if item.radius else b"%b re" % b" ".join(map(real, box))
        return b"%b rg %b f" % (color(item.color), path)
    if isinstance(item, Dot):
        radius = item.radius
        box = (left + item.x - radius, top - item.y - radius, 2 * radius, 2 * radius)
        return b"%b rg %b f" % (color(item.color), _rounded(box, radius))
    if isinstance(item, Path):
        points = [b"%.2f %.2f" % (left + x, top - y) for x, y in item.points]
        path = points[0] + b" m " + b" l ".join(points[1:]) + b" l"
        if not item.width:
            return b"%b rg %b f" % (color(item.color), path)
        return b"%b RG %b w 1 j 1 J %b S 0 j 0 J" % (color(item.color), real(item.width), path)
    return None


def _rounded(box: tuple[Pt, Pt, Pt, Pt], r: Pt) -> bytes:
    """Return the path of a box with round corners."""
    x, y, width, height = box
    h = r * (1 - _CIRCLE)
    right, top = x + width, y + height
    points = (
        (x + r, y),
        b"m",
        (right - r, y),
        b"l",
        (right - h, y, right, y + h, right, y + r),
        b"c",
        (right, top - r),
        b"l",
        (right, top - h, right - h, top, right - r, top),
        b"c",
        (x + r, top),
        b"l",
        (x + h, top, x, top - h, x, top - r),
        b"c",
        (x, y + r),
        b"l",
        (x, y + h, x + h, y, x + r, y),
        b"c",
    )
    return b" ".join(
        part if isinstance(part, bytes) else b" ".join(map(real, part)) for part in points
    )
