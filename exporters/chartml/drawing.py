"""A chart's colours, texts and cached cells -> the DrawingML that its parts share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.geometry import Pt
    from exporters.theme import Palette

LINE = 28575
"""EMU: two and a quarter points, the stroke of a series."""

HAIRLINE = 6350
"""EMU: half a point."""

EXCEL_FROM_UNIX = 25569
"""Serial number of 1970-01-01 in Excel's calendar."""


class ChartLook(Struct, frozen=True):
    """How a chart looks: colours, fonts, sizes in points."""

    palette: Palette
    sides: tuple[str, ...]
    latin: str
    east_asian: str
    size: Pt
    language: str = "zh-CN"


def text_properties(look: ChartLook, color: str = "") -> str:
    """Return the type of a chart's words, in the second ink unless a colour is given."""
    return (
        "<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>"
        f'<a:defRPr sz="{round(look.size * 100)}" b="0">'
        f"{fill(color or look.palette.ink_second)}"
        f'<a:latin typeface="{quoted(look.latin)}"/>'
        f'<a:ea typeface="{quoted(look.east_asian)}"/>'
        f'</a:defRPr></a:pPr><a:endParaRPr lang="{look.language}"/></a:p></c:txPr>'
    )


def fill(color: str) -> str:
    """Return a fill of one colour."""
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def stroke(color: str, width: int) -> str:
    """Return a line with round ends; ``width`` in EMU."""
    return f'<a:ln w="{width}" cap="rnd">{fill(color)}<a:round/></a:ln>'


def text_cache(reference: str, texts: Sequence[str]) -> str:
    """Return cells of text: their reference, and what they say (21.2.2.201)."""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escaped(text)}</c:v></c:pt>' for index, text in enumerate(texts)
    )
    return (
        f"<c:strRef><c:f>{escaped(reference)}</c:f>"
        f'<c:strCache><c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef>'
    )


def number_cache(reference: str, values: Sequence[float | None], code: str) -> str:
    """Return cells of numbers; ``code`` is their number format, ``None`` an empty one."""
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{value:.16g}</c:v></c:pt>'
        for index, value in enumerate(values)
        if value is not None
    )
    return (
        f"<c:numRef><c:f>{escaped(reference)}</c:f><c:numCache>"
        f"<c:formatCode>{escaped(code)}</c:formatCode>"
        f'<c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef>'
    )


def escaped(text: str) -> str:
    """Return a text as an element holds it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Return a text as an attribute holds it."""
    return escaped(text).replace('"', "&quot;")
