"""``width=`` in braces -> a part of the column, or a length."""

from __future__ import annotations

import re

from msgspec import Struct

from report_data.expressions import when_used

_WIDTH = when_used(r"([0-9]{1,5}(?:\.[0-9]+)?) ?(%|cm|mm|in|pt|px|)", re.IGNORECASE)

_POINTS = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0, "px": 0.75, "": 0.75}
"""Points a unit; a number alone counts pixels, 96 an inch, as in Pandoc and CSS."""


class Width(Struct, frozen=True):
    """How wide a picture is to be: ``amount`` in points, or as a part of its column."""

    amount: float
    of_column: bool = False


def width_of(text: str) -> Width | None:
    """Return the width that a text asks for; ``None`` if it asks for none that can be."""
    found = _WIDTH.fullmatch(text.strip())
    if found is None or not float(found[1]):
        return None
    unit = found[2].lower()
    if unit == "%":
        return Width(float(found[1]) / 100, of_column=True)
    return Width(float(found[1]) * _POINTS[unit])
