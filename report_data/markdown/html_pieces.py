"""A piece of HTML -> its texts, tags, comments and hidden elements, one after another.

What is a tag and what is text is decided here for the reader and for the
witness that checks it (`html`, `visible`). The work is linear in the text.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from report_data.markdown.tags import HIDDEN, VOID, InlineTag, Kind, inline_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASIDES = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>", "<!": ">"}
"""What begins a piece that a reader never sees (HTML blocks 2 to 5 of CommonMark) and ends it."""
_TAG_STARTS = re.compile("</?[a-zA-Z]")
_END_TAG = re.compile(r"</([a-zA-Z][a-zA-Z0-9\-]*)(?=[\s/>])[^<>]*>")


class PieceKind(Enum):
    """What a piece of HTML is."""

    TEXT = "text"
    TAG = "tag"
    """A tag, or what looks like one but is no HTML (`Kind.UNKNOWN`)."""
    ASIDE = "aside"
    """A comment, declaration or instruction."""
    HIDDEN = "hidden"
    """An element that carries no text for a reader, with all that stands in it."""


class HtmlPiece(NamedTuple):
    """A piece as written; all pieces together are the text."""

    kind: PieceKind
    raw: str
    tag: InlineTag | None = None


def html_pieces(text: str) -> Iterator[HtmlPiece]:
    """Yield the pieces of HTML; a hidden element without an end tag is a tag alone."""
    last_ends = {found[1].lower(): found.start() for found in _END_TAG.finditer(text)}
    position = 0
    while position < len(text):
        start = text.find("<", position)
        start = len(text) if start < 0 else start
        if start > position:
            yield HtmlPiece(PieceKind.TEXT, text[position:start])
        if start == len(text):
            return
        piece = _aside(text, start) or _element(text, start, last_ends)
        yield piece
        position = start + len(piece.raw)


def _aside(text: str, start: int) -> HtmlPiece | None:
    mark = next((mark for mark in _ASIDES if text.startswith(mark, start)), None)
    if mark is None:
        return None
    close = text.find(_ASIDES[mark], start + len(mark))
    end = len(text) if close < 0 else close + len(_ASIDES[mark])
    return HtmlPiece(PieceKind.ASIDE, text[start:end])


def _element(text: str, start: int, last_ends: dict[str, int]) -> HtmlPiece:
    """Return a tag, a hidden element whole, or the ``<`` that begins neither."""
    following = text.find("<", start + 1)
    close = text.find(">", start, following if following >= 0 else len(text))
    if close < 0 or not _TAG_STARTS.match(text, start):
        return HtmlPiece(PieceKind.TEXT, "<")
    raw = text[start : close + 1]
    tag = inline_tag(raw)
    if not hides(tag) or last_ends.get(tag.name, -1) < start:
        return HtmlPiece(PieceKind.TAG, raw, tag)
    ends = _END_TAG.finditer(text, close + 1)
    end = next(found.end() for found in ends if found[1].lower() == tag.name)
    return HtmlPiece(PieceKind.HIDDEN, text[start:end], tag)


def hides(tag: InlineTag) -> bool:
    """Return whether what stands between a tag and its end tag is not for a reader."""
    return tag.kind is Kind.OPEN and tag.name in HIDDEN and tag.name not in VOID
