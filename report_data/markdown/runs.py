"""Pieces of text, look by look -> the runs of a rich text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from report_data.markdown.cjk import joins
from report_data.model import Mark, NoteRef, Run

if TYPE_CHECKING:
    from report_data.model import Inline, RichText

_BLANKS = re.compile(r"[ \t]+")
_VERBATIM = Mark.CODE | Mark.MATH


class Runs(Struct):
    """Collects text of one look after another; equal looks side by side are one run."""

    items: list[Inline] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    marks: Mark = Mark.NONE
    link: str | None = None
    last: str = ""
    """The last visible character, ``""`` at the start."""
    soft_break: bool = False

    def text(self, text: str, marks: Mark = Mark.NONE, link: str | None = None) -> None:
        """Append text; blanks that run together become one, save in code."""
        if marks is Mark.NONE or not marks & _VERBATIM:  # to combine flags takes long
            if "  " in text or "\t" in text:
                text = _BLANKS.sub(" ", text)
            if self.last in ("", " ", "\n") or self.soft_break:
                text = text.lstrip(" ")
        if not text:
            return
        self._join(text[0], marks, link)
        self._put(text, marks, link)

    def line_break(self, marks: Mark = Mark.NONE, link: str | None = None) -> None:
        """Append a line break that the author asked for."""
        self.soft_break = False
        if self.last:
            self._put("\n", marks, link)

    def other(self, item: Inline) -> None:
        """Append something that is not text."""
        if isinstance(item, NoteRef):
            self.soft_break = False
        else:
            self._join("\ufffc", Mark.NONE, None)
        self._flush()
        self.items.append(item)
        if not isinstance(item, NoteRef):
            self.last = "\ufffc"

    def finish(self) -> RichText:
        """Return the rich text, without blanks at either end."""
        self._flush()
        items = self.items
        while items and isinstance(last := items[-1], Run) and not last.marks & _VERBATIM:
            text = last.text.rstrip(" \n")
            if text:
                items[-1] = last if text == last.text else replace(last, text=text)
                break
            items.pop()
        return tuple(items)

    def _join(self, following: str, marks: Mark, link: str | None) -> None:
        """Put the space that a soft line break leaves, if it leaves one."""
        if not self.soft_break:
            return
        self.soft_break = False
        if self.last in ("", " ", "\n") or following == "\n" or joins(self.last, following):
            return
        same = (marks, link) == (self.marks, self.link) and not marks & _VERBATIM
        self._put(" ", marks if same else Mark.NONE, link if same else None)

    def _put(self, text: str, marks: Mark, link: str | None) -> None:
        # Two formulas side by side stay two.
        if (
            marks is not self.marks
            or link != self.link
            or (marks is not Mark.NONE and marks & Mark.MATH)
        ):
            self._flush()
            self.marks, self.link = marks, link
        self.parts.append(text)
        self.last = text[-1]

    def _flush(self) -> None:
        if self.parts:
            self.items.append(Run("".join(self.parts), self.marks, self.link))
            self.parts.clear()
