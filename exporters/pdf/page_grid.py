"""A table in -> how its columns stand: widths by content, text size, page turned, parts.

A table that is too wide at its usual size is set smaller, down to a floor; then
its page is turned; then its columns are parted, and each part begins with the
first column again.
"""

from __future__ import annotations

import re
from heapq import nlargest
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.gauge import kept
from exporters.layout.kinds import WIDE, kinds
from exporters.layout.table import column_widths, names_rows, side, tails
from exporters.layout.text import minimum_width, natural_width
from exporters.pdf.page_text import pieces
from exporters.pdf.plan import LAYOUT
from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from exporters.layout.fonts import FontSet
    from exporters.layout.geometry import Pt
    from exporters.layout.text import Piece
    from exporters.pdf.setting import Align, Column, Setting, Tone
    from report_data.model import RichText, Table

COMFORT = 5.0
"""Em that a column has at least, if its text is as long: below, lines are words without shape."""

LONG = 40
"""Rows from which on a table is turned whose rows would be `TWICE` as tall upright."""
TWICE, ONCE = 1.7, 1.25
"""Of what a table wants, the part of it that is more than an upright page has, and that a turned
one nearly has."""

CROWDED = 3.0
"""Em that prose has even where the longest words of other columns need its room."""

SQUEEZED = 1.1
"""Of an upright page, what a table's columns may want at their least comfort before it is turned:
a turned page leaves those before and after it half empty."""
WORDS = 0.9
"""And what their longest words may want then: none is cut."""

LABEL = 8.0
"""Em up to which names of rows stand on one line beside prose that can give way."""
MUCH = 2.0
"""Of the page's width, what a table wants on one line that has more prose than that."""

WHOLE_NAME = 5.2
"""Em up to which a part of a Chinese header is not broken where prose needs the room."""

WHOLE_WORD = 7.5
"""Em up to which a word of a header is not broken at a hyphen or stroke if that can be helped."""

NARROWEST = 2.0
"""Em that a column's equal share of a box, list or column is at least; below, parts follow."""

CANDIDATES = 64
"""Texts of a column that are measured exactly, when it has more."""

ASIDE = 10.0
"""Points more between figures at the right of a column and text at the left of the next."""

WIDEST_REPEAT = 0.25
"""Most of a page's width that the first column takes where it is repeated."""

_WORD = re.compile("[!-~\u00a0-\u04ff]+")
"""Letters that are kept together."""

_PART = when_used(r"[(（]?[^(（)）]+[)）]?")
"""What stands in one line of a header: its name, its unit in brackets."""

_Text: TypeAlias = "tuple[RichText, Tone]"
"""A cell's content and how it is set."""

_Measure: TypeAlias = "Callable[[Sequence[Piece], FontSet], Pt]"


class Grid(Struct, frozen=True, gc=False):
    """How some of a table's columns stand on the page.

    ``columns`` are their indices; ``edges`` the left edge of each and the right
    edge of the last, in points.
    """

    columns: tuple[int, ...]
    edges: tuple[Pt, ...]
    tone: Tone
    aligns: tuple[Align, ...]
    aside: tuple[Pt, ...]
    """What is kept free at the right of each column besides its padding."""
    shifts: tuple[Mapping[str, Pt], ...] = ()
    """How far figures stand from their column's right edge, so that their points line up."""


class Widths(Struct, frozen=True, gc=False):
    """What the columns want: on one line, and at the least, in points without padding.

    ``enough`` is what columns of figures can do with beside prose: the figures, whole
    words of the header.
    """

    natural: list[Pt]
    least: list[Pt]
    comfortable: list[Pt]
    enough: list[Pt]


def grids(node: Table, column: Column, setting: Setting) -> tuple[list[Grid], Column, bool]:
    """Return a table's parts (nearly always one), where they stand, and if the page is turned."""
    look = setting.look
    widths = measured(node, setting)
    every = tuple(range(len(node.columns)))
    padding = look.cell.left + look.cell.right
    floor = look.table_floor.size / look.table.size
    scales = (1.0, (1 + floor) / 2, floor)
    sides = [(column, False)]
    if _stands_free(column, setting):
        turned = replace(column, x=setting.turned.x, width=setting.turned.width)
        sides.append((turned, True))
        wanted = sum(widths.natural) * scales[1] + padding * len(every)
        doubled = wanted > TWICE * column.width and wanted <= ONCE * turned.width
        if doubled and len(node.rows) >= LONG:
            return [_grid(node, every, widths, turned, scales[1], setting)], turned, True
    for place, is_turned in sides:
        for scale in scales:
            if sum(widths.comfortable) * scale + padding * len(every) <= place.width:
                return [_grid(node, every, widths, place, scale, setting)], place, is_turned
        squeezed, least = (
            sum(want) * floor + padding * len(every) for want in (widths.comfortable, widths.least)
        )
        fits = squeezed <= place.width * SQUEEZED and least <= place.width * WORDS
        if len(sides) > 1 and not is_turned and fits:
            return [_grid(node, every, widths, place, floor, setting)], place, is_turned
    place, is_turned = sides[-1]
    scale = scales[1]
    needs = [width * scale + padding for width in widths.comfortable]
    crowded = place.width / len(every) < padding + NARROWEST * setting.look.table.size
    parts = parted(needs, place.width) if crowded or len(sides) > 1 else [every]
    if len(parts) == 1:
        scale = floor
    return [_grid(node, part, widths, place, scale, setting) for part in parts], place, is_turned


def _stands_free(column: Column, setting: Setting) -> bool:
    """Return whether a table may turn its page: it is in no box, list or column."""
    return column.frame is None and not column.level and column.width >= setting.upright.width - 1


def parted(needs: Sequence[Pt], available: Pt) -> list[tuple[int, ...]]:
    """Part columns into runs that fit a width, each with the first column before it."""
    parts = _parted(needs, available)
    low, high = 0.0, available
    for _ in range(_HALVINGS if len(parts) > 1 else 0):  # as many parts, about equally wide
        middle = (low + high) / 2
        even = _parted(needs, middle)
        if len(even) == len(parts):
            parts, high = even, middle
        else:
            low = middle
    return parts


_HALVINGS = 10
"""Steps of bisection: to a thousandth of the page's width."""


def _parted(needs: Sequence[Pt], available: Pt) -> list[tuple[int, ...]]:
    """Part columns greedily."""
    first = min(needs[0], available * WIDEST_REPEAT)
    parts: list[list[int]] = [[0]]
    used = first
    for index, need in enumerate(needs[1:], 1):
        if used + need > available and len(parts[-1]) > 1:
            parts.append([0])
            used = first
        parts[-1].append(index)
        used += need
    return [tuple(part) for part in parts]


def measured(node: Table, setting: Setting) -> Widths:
    """Return every column's natural and least width at the table's usual size."""
    fonts, scratch = setting.context.fonts, setting.scratch()
    tone = setting.tone(setting.look.table)
    bold = replace(tone, bold=True)

    def most(texts: Sequence[_Text], known: dict[_Text, Pt], measure: _Measure) -> Pt:
        widths = []
        for text in texts:
            width = known.get(text)
            if width is None:
                made = pieces(text[0], LAYOUT, text[1], scratch)
                width = kept(known)[text] = measure(made, fonts)
            widths.append(width)
        return max(widths, default=0.0)

    made = Widths([], [], [], [])
    for index, head in enumerate(node.columns):
        usual = bold if index == 0 else tone
        contents = dict.fromkeys(row[index].content for row in node.rows)
        texts = [(head.header.content, bold), *((content, usual) for content in contents)]
        widest, longest = _candidates(texts, fonts.widths(usual.style), scratch)
        wide = most(widest, setting.natural, natural_width)
        narrow = most(longest, setting.least, minimum_width)
        figures = side(head.align, index, (row[index].text for row in node.rows)) == "right"
        if figures:
            shifts = _tail_widths(node, index, usual, fonts).items()
            room = max([_width(text, usual, fonts) + more for text, more in shifts], default=0.0)
            wide, narrow = max(wide, room), max(narrow, room)
        made.natural.append(wide)
        made.least.append(narrow)
        word = _longest_word(head.header.text, fonts.widths(bold.style)) * tone.size
        named = word if word <= WHOLE_WORD * tone.size else 0.0
        comfortable = max(narrow, min(wide, max(COMFORT * tone.size, named)))
        made.comfortable.append(comfortable)
        if figures:
            shown = most(
                [text for text in widest if text is not texts[0]], setting.natural, natural_width
            )
            held = _longest_part(head.header.text) * tone.size
            comfortable = min(comfortable, max(narrow, shown, named, held))
        made.enough.append(comfortable)
    label, prose = made.natural[0], sum(made.natural) > MUCH * setting.upright.width
    if label <= LABEL * tone.size and not prose and names_rows(row[0].text for row in node.rows):
        made.enough[0] = max(made.enough[0], label)
    return made


def _tail_widths(node: Table, index: int, tone: Tone, fonts: FontSet) -> dict[str, Pt]:
    """Return by how much each figure of a column has less behind its integers than another."""
    found = tails(row[index].text for row in node.rows)
    behind = {text: _width(tail, tone, fonts) for text, tail in found.items()}
    most = max(behind.values(), default=0.0)
    return {text: most - width for text, width in behind.items() if width < most}


def _width(text: str, tone: Tone, fonts: FontSet) -> Pt:
    return sum(map(fonts.widths(tone.style).__getitem__, text)) * tone.size


def _longest_part(text: str) -> float:
    """Return the width of a Chinese header's longest part in em: 年采购额 of 年采购额（万元）.

    One that is too long takes two lines.
    """
    if text.isascii():
        return 0.0
    longest = max([_ems(part) for part in _PART.findall(text)], default=0.0)
    return longest if longest <= WHOLE_NAME else longest / 2 + 0.6


def _ems(text: str) -> float:
    """Return about how wide a text is; between scripts stands a quarter em at either side."""
    wide = [kind in WIDE for kind in kinds("".join(text.split()))]
    between = sum(one is not other for one, other in pairwise(wide))
    return sum(1.0 if one else 0.6 for one in wide) + 0.25 * between


def _longest_word(text: str, widths: Mapping[str, float]) -> float:
    """Return the width of the longest word in letters, in em."""
    words = _WORD.findall(text)
    return max((sum(map(widths.__getitem__, word)) for word in words), default=0.0)


def _candidates(
    texts: list[_Text], widths: Mapping[str, float], scratch: Setting
) -> tuple[list[_Text], list[_Text]]:
    """Return the texts of a column that can be its widest, and those with its longest words.

    Sums of advances are exact but for what Chinese setting adds or squeezes: among
    the few dozen widest by them is the widest. It spares setting thousands of cells twice.
    """
    if len(texts) <= CANDIDATES:
        return texts, texts
    shown = {
        (content, tone): [piece.text for piece in pieces(content, LAYOUT, tone, scratch)]
        for content, tone in texts
    }

    def plain_width(text: _Text) -> float:
        return sum(sum(map(widths.__getitem__, part)) for part in shown[text])

    def word_width(text: _Text) -> float:
        words = (word for part in shown[text] for word in _WORD.findall(part))
        return max((sum(map(widths.__getitem__, word)) for word in words), default=0.0)

    return (
        nlargest(CANDIDATES, texts, key=plain_width),
        nlargest(CANDIDATES, texts, key=word_width),
    )


def _grid(
    node: Table,
    columns: tuple[int, ...],
    widths: Widths,
    place: Column,
    scale: float,
    setting: Setting,
) -> Grid:
    look = setting.look
    padding = look.cell.left + look.cell.right
    aligns = tuple(
        side(node.columns[index].align, index, (row[index].text for row in node.rows))
        for index in columns
    )
    aside = tuple(
        ASIDE if align == "right" and beside not in {"right", None} else 0.0
        for align, beside in zip_longest(aligns, aligns[1:])
    )
    needs = [(index, padding + more) for index, more in zip(columns, aside, strict=True)]
    natural, least, comfortable, enough = (
        [want[index] * scale + more for index, more in needs]
        for want in (widths.natural, widths.least, widths.comfortable, widths.enough)
    )
    prose_first = [
        held if held < wide else whole
        for whole, wide, held in zip(natural, comfortable, enough, strict=True)
    ]
    # What is on one line stays so, as long as columns of several lines can give way.
    shape = CROWDED * look.table.size * scale + padding
    least = [max(narrow, min(held, shape)) for narrow, held in zip(least, enough, strict=True)]
    wrapped = [
        narrow if whole > held else held
        for whole, held, narrow in zip(natural, enough, least, strict=True)
    ]
    lower: Sequence[Pt] = enough
    if sum(wrapped) <= place.width:
        lower = _between(enough, wrapped, place.width)
    elif sum(least) <= place.width:
        lower = _between(wrapped, least, place.width)
    shared = column_widths(
        _between(natural, prose_first, place.width),
        lower,
        place.width,
    )
    edges = [place.x]
    for width in shared:
        edges.append(edges[-1] + width)
    tone = setting.tone(look.table)
    tone = replace(tone, size=tone.size * scale, leading=tone.leading * scale)
    fonts = setting.context.fonts
    shifts = tuple(
        _tail_widths(node, index, tone, fonts) if align == "right" else {}
        for index, align in zip(columns, aligns, strict=True)
    )
    return Grid(columns, tuple(edges), tone, aligns, aside, shifts)


def _between(wide: Sequence[Pt], narrow: Sequence[Pt], available: Pt) -> Sequence[Pt]:
    """Return the wide widths, or as much of the way to the narrow ones as makes them fit."""
    over, spare = sum(wide) - available, sum(wide) - sum(narrow)
    if over <= 0 or spare <= 0:
        return wide
    part = min(1.0, over / spare)
    return [most - (most - held) * part for most, held in zip(wide, narrow, strict=True)]
