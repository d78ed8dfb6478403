"""Contents that the author wrote, on filled pages -> a page number at the end of each line.

They stand for our own: two lists of the same, one after the other, help nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.text import Piece, natural_width
from exporters.pdf.page_text import set_text
from exporters.pdf.plan import LAYOUT, Look, Place, Rule, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from exporters.layout.geometry import Pt
    from exporters.pdf.paginate import Filled
    from exporters.pdf.plan import Item
    from exporters.pdf.setting import Column, Setting
    from exporters.pdf.strips import Strip
    from exporters.written_contents import WrittenContents


def number_lines(
    written: WrittenContents,
    pages: Iterable[Filled],
    numbers: Mapping[str, int],
    column: Column,
    setting: Setting,
) -> None:
    """Add leaders and page numbers, artifacts both, to the lines that lead to a section."""
    wanted: dict[str, int] = {
        line: numbers[target] for line, target in written.lines.items() if target in numbers
    }
    for page in pages:
        for place, (y, strip) in enumerate(page.stack.placed):
            names = (item.name for item in strip.items if isinstance(item, Place))
            line = next((name for name in names if name in wanted), None)
            if line is not None:
                more = _numbered(strip, str(wanted[line]), column, setting)
                page.stack.placed[place] = y, replace(strip, items=(*strip.items, *more))


def _numbered(strip: Strip, number: str, column: Column, setting: Setting) -> list[Item]:
    """Return dots from the text's end to the number at the right edge, where there is room."""
    fonts, look = setting.context.fonts, setting.look
    tone = setting.tone(look.body, setting.palette.ink_second)
    piece = Piece(number, tone.style, Look(tone.color, LAYOUT))
    width = natural_width([piece], fonts)
    end, right = _end(strip), column.right - width
    if end + look.leader_gap > right:
        return []
    line = set_text([piece], replace(column, x=right, width=width + 1), tone, setting)
    first = -(-(end + look.leader_gap) // look.leader_pitch) * look.leader_pitch
    last = right - look.leader_gap
    y = tone.base - 1
    dots = Rule(first, y, last, y, look.leader, tone.color, dash=look.leader_pitch)
    return [*line[0].items, *([dots] if last - first >= look.leader_pitch else [])]


def _end(strip: Strip) -> Pt:
    """Return where a strip's text ends."""
    return max(
        (
            item.x + part.x + part.width
            for item in strip.items
            if isinstance(item, Text)
            for part in item.fragments
        ),
        default=0.0,
    )
