"""Rich text in -> its parts: pictures alone in their lines, and the text between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from report_data.expressions import when_used
from report_data.model import InlineImage, Mark, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from report_data.model import Inline, RichText

_VERBATIM = Mark.CODE | Mark.MATH

_CAPTION = when_used(r"(?:[图圖図]|그림|Figure|Fig\.?|Exhibit|Chart) ?\d", re.IGNORECASE)


def is_caption(alt: str) -> bool:
    """Return whether a picture's text is its caption: it begins with a number (``图 1：…``)."""
    return _CAPTION.match(alt) is not None


def parted(content: RichText) -> list[InlineImage | RichText]:
    """Return the pictures that will be drawn, and the texts before, between and after them.

    A picture is drawn where it is alone in its line, or where the whole text is
    pictures; any other stays in its text.
    """
    if content and not any(isinstance(item, InlineImage) for item in content):
        edges = [item.text for item in (content[0], content[-1]) if isinstance(item, Run)]
        if not any(text != text.strip() for text in edges):
            return [content]
    if all(isinstance(item, InlineImage) or _is_blank(item) for item in content):
        return [item for item in content if isinstance(item, InlineImage)]
    parts: list[InlineImage | RichText] = []
    text: list[Inline] = []
    for index, item in enumerate(content):
        if isinstance(item, InlineImage) and _is_alone(content, index):
            _end(text, parts)
            parts.append(item)
        else:
            text.append(item)
    _end(text, parts)
    return parts


def _is_alone(content: RichText, index: int) -> bool:
    before = content[index - 1] if index else None
    after = content[index + 1] if index + 1 < len(content) else None
    return (before is None or (isinstance(before, Run) and before.text.endswith("\n"))) and (
        after is None or (isinstance(after, Run) and after.text.startswith("\n"))
    )


def _end(text: list[Inline], parts: list[InlineImage | RichText]) -> None:
    """Move a text without blanks at either end to the parts, if anything is left of it."""
    bare = _stripped(_stripped(text, 0, str.lstrip), -1, str.rstrip)
    if bare:
        parts.append(tuple(bare))
    text.clear()


def _stripped(text: Sequence[Inline], end: int, strip: Callable[[str], str]) -> list[Inline]:
    left = list(text)
    while left and isinstance(item := left[end], Run) and not item.marks & _VERBATIM:
        if bare := strip(item.text):
            left[end] = replace(item, text=bare)
            break
        left.pop(end)
    return left


def _is_blank(item: Inline) -> bool:
    return isinstance(item, Run) and not item.text.strip()
