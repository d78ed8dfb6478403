"""A page's number, section and column in -> its running head and its foot line, as artifacts."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.gauge import kept
from exporters.layout.text import Line, Piece, compose
from exporters.pdf.page_text import line_items
from exporters.pdf.plan import FOOTER, HEADER, Band, Look, Presence, Rule
from exporters.pdf.setting import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from exporters.layout.geometry import Pt, Rect, Size
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Setting, Tone

HEAD_WORDS = 7
SMALL = 3
"""Words in a running head, and among them words with a small initial that do no harm."""

_SECTION, _BETWEEN = 0.46, 0.04
"""The parts of a head's width that the section takes at most, and that part it from the title."""

_SAID, _NUMBER = 0.6, 0.38
"""The parts of a foot line's width that the confidentiality and the page's number take at most."""


class Heads:
    """Makes heads and feet. On the left-hand pages of a two-sided document sides change places."""

    def __init__(self, setting: Setting, total: int, *, two_sided: bool) -> None:
        self._setting = setting
        self._total = total
        self._two_sided = two_sided
        self._known: dict[tuple[str, ElementId, Pt], Line] = {}

    def bands(self, column: Rect, size: Size, section: str, number: int) -> Iterator[Band]:
        """Yield the head and the foot of one page."""
        mirrored = self.is_left(number)
        yield Band(0, 0, tuple(self._head(column, section, mirrored=mirrored)))
        yield Band(0, 0, tuple(self._foot(column, size, number, mirrored=mirrored)))

    def is_left(self, number: int) -> bool:
        """Return whether a page is a left-hand one of a two-sided document."""
        return self._two_sided and number % 2 == 0

    def _head(self, column: Rect, section: str, *, mirrored: bool) -> Iterator[Item]:
        """Yield the report's short title at the inner side, the section at the outer."""
        setting = self._setting
        meta = setting.meta
        title, section = brief(meta.short_title or meta.title, section)
        if not title and not section:
            return
        base = setting.look.head
        beside = list(self._small(section, column, base, HEADER, _SECTION, right=not mirrored))
        used = self._line(section, HEADER, column.width * _SECTION).width if beside else 0.0
        share = 1.0 - used / column.width - (_BETWEEN if beside else 0.0)
        yield from self._small(title, column, base, HEADER, share, right=mirrored)
        yield from beside
        y = base + setting.look.head_gap
        yield Rule(column.x, y, column.right, y, setting.look.hairline, setting.palette.hairline)

    def _foot(self, column: Rect, size: Size, number: int, *, mirrored: bool) -> Iterator[Item]:
        """Yield confidentiality at the inner side, 第 n 页 / 共 N 页 at the outer."""
        base = size.height - self._setting.look.foot
        text = self._setting.context.words.page_of.format(page=number, pages=self._total)
        said = self._setting.meta.confidentiality
        yield from self._small(said, column, base, FOOTER, _SAID, right=mirrored)
        yield from self._small(text, column, base, FOOTER, _NUMBER, right=not mirrored)

    def _small(
        self, text: str, column: Rect, base: Pt, element: ElementId, share: float, *, right: bool
    ) -> Iterator[Item]:
        """Yield one line of caption size, shortened to its share of the column.

        It is an artifact of its own: readers set no space between two that stand close by.
        """
        if not text.strip():
            return
        yield Presence(element)
        setting = self._setting
        tone = setting.tone(setting.look.caption, setting.palette.ink_second)
        line = self._line(text, element, column.width * share)
        x = column.right - line.width if right else column.x
        yield from line_items(line, Column(x, line.width, element), tone, setting, base - tone.base)

    def _line(self, text: str, element: ElementId, room: Pt) -> Line:
        """Return the line that a text makes in a room, made once."""
        setting = self._setting
        key = " ".join(text.split()), element, room  # a title may have line breaks
        line = self._known.get(key)
        if line is None:
            tone = setting.tone(setting.look.caption, setting.palette.ink_second)
            line = kept(self._known)[key] = self._set(*key, tone)
        return line

    def _set(self, text: str, element: ElementId, room: Pt, tone: Tone) -> Line:
        """Return a text on one line, shortened to a room."""
        fonts = self._setting.context.fonts
        most = 1 + int(room)  # no letter is less than a point wide
        said, text, whole = text, text[:most], len(text) <= most
        piece = Piece(text if whole else f"{text}…", tone.style, Look(tone.color, element))
        while True:
            (line,) = compose([piece], inf, fonts)
            if line.width <= room or len(text) == 1:
                break
            text = text[:-1].rstrip()
            piece = replace(piece, text=f"{text}…")
        word = text.rfind(" ")
        if said[: len(text) + 1][-2:].isascii() and said[len(text) :][:1].isalnum() and word > 0:
            piece = replace(piece, text=f"{text[:word].rstrip()}…")  # no piece of a word
            (line,) = compose([piece], inf, fonts)
        return line


def brief(title: str, section: str) -> tuple[str, str]:
    """Return the two parts of a running head, shortened to `HEAD_WORDS` words together.

    A head is a signpost: a line of small words is read as prose that was lost
    in an artifact, by people and by checkers.
    """
    words, more = title.split(), section.split()
    said = re.findall(r"\w+", f"{title} {section}")
    if len(said) <= HEAD_WORDS or sum(word[0].islower() for word in said) <= SMALL:
        return title, section
    if len(words) > HEAD_WORDS:
        return " ".join(words[:HEAD_WORDS]) + "…", ""
    room = HEAD_WORDS - len(words)
    if len(more) > room:
        section = " ".join(more[:room]).rstrip(",;:") + "…" if room > 1 else ""
    return title, section
