"""Pieces of text, look by look -> the runs of a rich text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from report_data.markdown.cjk import joins
from report_data.model import InlineImage, Mark, NoteRef, Run

if TYPE_CHECKING:
    from report_data.model import Inline, RichText

_BLANKS = re.compile(r"[ \t]+")
_VERBATIM = Mark.CODE | Mark.MATH
_ENUMERATED = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、．）]|\d{1,2}\)|[(（][\d一二三四五六七八九十]{1,3}[)）]"
    r"|[\u2460-\u2473•●▪◆■]|\[\d{1,3}\]|[(（]?(?:[a-h]|[ivx]{1,4})[)）]"
)
_CLAUSE_ENDS = frozenset("。；：！？…;:!?.")
_FULL_STOPS = frozenset("。；：！？…")


class Runs(Struct):
    """Collects text of one look after another; equal looks side by side are one run."""

    items: list[Inline] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    marks: Mark = Mark.NONE
    link: str | None = None
    last: str = ""
    """The last visible character, ``""`` at the start."""
    soft_break: bool = False
    light: bool = False
    """Something that is not bold stands in the line at hand."""
    listed: bool = False
    """The text begins as an item does."""
    opens: bool = False
    """The last item is a picture with which its line begins."""

    def text(self, text: str, marks: Mark = Mark.NONE, link: str | None = None) -> None:
        """Append text; blanks that run together become one, save in code."""
        if marks is Mark.NONE or not marks & _VERBATIM:  # to combine flags takes long
            if "  " in text or "\t" in text:
                text = _BLANKS.sub(" ", text)
            if not self.last:
                text = text.lstrip()  # a paragraph's indentation is ours, not two wide blanks
            elif self.last in (" ", "\n") or self.soft_break:
                text = text.lstrip(" ")
        if not text:
            return
        if not self.last:
            self.listed = _ENUMERATED.match(text) is not None
        self._join(text, marks, link)
        self._put(text, marks, link)
        if (marks is Mark.NONE or Mark.BOLD not in marks) and not text.isspace():
            self.light = True

    def line_break(self, marks: Mark = Mark.NONE, link: str | None = None) -> None:
        """Append a line break that the author asked for."""
        self.soft_break = self.light = False
        if self.last:
            self._put("\n", marks, link)

    def other(self, item: Inline) -> None:
        """Append something that is not text."""
        if isinstance(item, NoteRef):
            self.soft_break = False
            self._flush()
            self.items.append(item)
            return
        begins = self.soft_break or self.last in ("", "\n")
        self._join("\ufffc", Mark.NONE, None)
        self.light = True
        self._flush()
        self.items.append(item)
        self.last = "\ufffc"
        self.opens = begins and isinstance(item, InlineImage)

    def finish(self) -> RichText:
        """Return the rich text, without blanks at either end."""
        self._set_apart()
        self._flush()
        items = self.items
        while items and isinstance(last := items[-1], Run):
            if last.marks is not Mark.NONE and last.marks & _VERBATIM:
                break
            text = last.text.rstrip()
            if text:
                items[-1] = last if text == last.text else replace(last, text=text)
                break
            items.pop()
        return tuple(items)

    def _join(self, following: str, marks: Mark, link: str | None) -> None:
        """Put what a soft line break leaves: a space, nothing, or a line's end."""
        if not self.soft_break:
            self.opens = False
            return
        if self._set_apart():
            self.line_break()
            return
        if self._is_own_line(following, marks):
            self.line_break()
            return
        self.soft_break = False
        if self.last in ("", " ", "\n") or following[0] == "\n" or joins(self.last, following[0]):
            return
        same = (marks, link) == (self.marks, self.link) and not marks & _VERBATIM
        self._put(" ", marks if same else Mark.NONE, link if same else None)

    def _set_apart(self) -> bool:
        """Break the line before a picture that is alone in its own; return whether it is."""
        if not self.opens or self.last != "\ufffc":
            return False
        self.opens = False
        picture = self.items.pop()
        before = self.items[-1] if self.items else None
        if isinstance(before, Run):
            self.items[-1] = replace(before, text=before.text.rstrip(" \n") + "\n")
        elif before is not None:
            self.items.append(Run("\n"))
        self.items.append(picture)
        return True

    def _is_own_line(self, following: str, marks: Mark) -> bool:
        """Return whether a line of the source was meant as one, though Markdown runs it on.

        A bold line above text is a heading in all but name; so is bold text on a
        new line after a Chinese full stop; 2、, （2） or [2] goes on a list; —— names a source.
        """
        if self.last in ("", "\n"):
            return False
        if Mark.BOLD in marks:
            return self.last in _FULL_STOPS
        return (
            not self.light
            or following.startswith("——")
            or (
                (self.listed or self.last in _CLAUSE_ENDS)
                and _ENUMERATED.match(following) is not None
            )
        )

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
