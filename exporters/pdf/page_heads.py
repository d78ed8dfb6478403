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
    from collections.abc import Iterator, Sequence

    from exporters.layout.geometry import Pt, Rect, Size
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Setting, Tone

HEAD_WORDS = 7
SMALL = 3
"""Words in a running head, and among them words with a small initial that do no harm."""

MANY = 6
"""Pages of which the same line at the head of each is known for what it is."""

_LEAD_ON = frozenset(
    (
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "its",
        "of",
        "on",
        "or",
        "the",
        "to",
    )
)
"""Words that no shortened head ends with: they promise more."""

_SECTION, _BETWEEN = 0.46, 0.04
"""The parts of a head's width that the section takes at most, and that part it from the title."""

_SAID, _NUMBER = 0.6, 0.38
"""The parts of a foot line's width that the confidentiality and the page's number take at most."""

_MOST_LINES = 2
"""Lines of a long statement of confidentiality over each page's number; the cover has it whole."""


class Heads:
    """Makes heads and feet. On the left-hand pages of a two-sided document sides change places."""

    def __init__(self, setting: Setting, total: int, *, two_sided: bool) -> None:
        self._setting = setting
        self._total = total
        self._two_sided = two_sided
        self._known: dict[tuple[str, ElementId, Pt], Line] = {}
        self._stated = statement(FOOTER, setting)
        self._apart = self._stands_apart()

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
        title = meta.short_title or meta.title
        title, section = brief(title, section, whole=self._total >= MANY)
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
        """Yield confidentiality at the inner side, 第 n 页 / 共 N 页 at the outer.

        A long statement stands over the number.
        """
        setting = self._setting
        base = size.height - setting.look.foot
        leading = setting.look.caption.leading
        said = setting.meta.confidentiality
        if not self._apart:
            yield from self._small(said, column, base, FOOTER, _SAID, right=mirrored)
        elif len(self._stated) > _MOST_LINES:
            yield from self._small(said, column, base - leading, FOOTER, 1.0, right=mirrored)
        else:
            for above, line in zip(range(len(self._stated), 0, -1), self._stated, strict=True):
                yield from self._placed(
                    line, column, base - above * leading, FOOTER, right=mirrored
                )
        text = self._page_of(number)
        yield from self._small(text, column, base, FOOTER, _NUMBER, right=not mirrored)

    def _page_of(self, number: int) -> str:
        return self._setting.context.words.page_of.format(page=number, pages=self._total)

    def _stands_apart(self) -> bool:
        """Return whether confidentiality and a page's number are too much for one line."""
        setting = self._setting
        wide = setting.page.width - setting.look.margins.left - setting.look.margins.right
        said = f"{setting.meta.confidentiality} {self._page_of(self._total)}"
        return bool(self._stated) and (
            len(self._stated) > 1 or self._stated[0].width > wide * _SAID or _is_prose(said)
        )

    def _small(
        self, text: str, column: Rect, base: Pt, element: ElementId, share: float, *, right: bool
    ) -> Iterator[Item]:
        """Yield one line of caption size, shortened to its share of the column.

        It is an artifact of its own: readers set no space between two that stand close by.
        """
        if text.strip():
            line = self._line(text, element, column.width * share)
            yield from self._placed(line, column, base, element, right=right)

    def _placed(
        self, line: Line, column: Rect, base: Pt, element: ElementId, *, right: bool
    ) -> Iterator[Item]:
        """Yield a line at a side of the column."""
        yield Presence(element)
        x = column.right - line.width if right else column.x
        tone = _tone(self._setting)
        yield from line_items(
            line, Column(x, line.width, element), tone, self._setting, base - tone.base
        )

    def _line(self, text: str, element: ElementId, room: Pt) -> Line:
        """Return the line that a text makes in a room, made once."""
        setting = self._setting
        key = " ".join(text.split()), element, room  # a title may have line breaks
        line = self._known.get(key)
        if line is None:
            tone = _tone(setting)
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


def statement(element: ElementId, setting: Setting) -> Sequence[Line]:
    """Return the lines of the report's statement of confidentiality, broken as the cover's are.

    The same lines on every page are known for what they are.
    """
    said = " ".join(setting.meta.confidentiality.split())
    if not said:
        return ()
    look, tone = setting.look, _tone(setting)
    width = setting.page.width - look.cover_field - look.margins.left - look.margins.right
    return compose(
        [Piece(said, tone.style, Look(tone.color, element))], width, setting.context.fonts
    )


def cover_foot(element: ElementId, x: Pt, setting: Setting) -> Iterator[Item]:
    """Yield the statement of confidentiality at the cover's foot, where it is content."""
    tone = _tone(setting)
    lines = statement(element, setting)
    top = setting.page.height - setting.look.foot - tone.base - (len(lines) - 1) * tone.leading
    for number, line in enumerate(lines):
        column = Column(x, line.width, element)
        yield from line_items(line, column, tone, setting, top + number * tone.leading)


def with_room_for_foot(setting: Setting) -> Setting:
    """Return a setting whose pages keep room for a statement of two lines over their number."""
    lines = len(statement(FOOTER, setting))
    if lines < 2 or lines > _MOST_LINES:  # noqa: PLR2004 - one has room in any foot
        return setting
    look, theme = setting.look, setting.context.theme
    margins = replace(look.margins, bottom=look.margins.bottom + (lines - 1) * look.caption.leading)
    theme = replace(theme, page=replace(look, margins=margins))
    return replace(setting, context=replace(setting.context, theme=theme))


def _tone(setting: Setting) -> Tone:
    return setting.tone(setting.look.caption, setting.palette.ink_second)


def brief(title: str, section: str, *, whole: bool = False) -> tuple[str, str]:
    """Return the two parts of a running head, shortened to `HEAD_WORDS` words together.

    A head is a signpost: a line of small words is read as prose that was lost
    in an artifact, by people and by checkers. A long title may stand ``whole``, alone,
    where the same line is on many pages.
    """
    if not _is_prose(f"{title} {section}"):
        return title, section
    room = HEAD_WORDS - len(_words(title))
    if room < 0:
        return title if whole else _beginning(title, HEAD_WORDS), ""
    if len(_words(section)) > room:
        section = _beginning(section, room) if room > 1 else ""
    return title, section


def _is_prose(text: str) -> bool:
    words = _words(text)
    return len(words) > HEAD_WORDS and sum(word[0].islower() for word in words) > SMALL


def _words(text: str) -> list[str]:
    """Return what counts as words: the parts of a compound each for itself."""
    return re.findall(r"\w+", text)


def _beginning(text: str, most: int) -> str:
    """Return the first words of a text, a mark that says so after them, no compound parted."""
    parts: list[str] = []
    for part in text.split():
        if len(_words(" ".join((*parts, part)))) > most:
            break
        parts.append(part)
    while parts and parts[-1] in _LEAD_ON:
        parts.pop()
    return " ".join(parts).rstrip(",;:") + "…" if parts else ""
