"""Inline Markdown -> flat runs, each with its marks and its link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from msgspec import Struct, field

from report_data.ids import BlockId
from report_data.limits import Limit
from report_data.links import check_link
from report_data.markdown.attributes import NO_BRACES
from report_data.markdown.autolinks import linked
from report_data.markdown.clean import clean_text
from report_data.markdown.own_lines import with_own_lines
from report_data.markdown.parser import parse_inlines
from report_data.markdown.pictures import parted
from report_data.markdown.runs import Runs
from report_data.markdown.tags import (
    COMMENT_LEFT_OUT,
    HIDDEN,
    MARKS,
    VOID,
    InlineTag,
    Kind,
    inline_tag,
)
from report_data.model import InlineImage, Mark, Reference, Run, plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from report_data.citations import Notes
    from report_data.diagnostics import Span
    from report_data.markdown.anchors import Targets
    from report_data.markdown.attributes import Braces
    from report_data.markdown.engine import Token
    from report_data.markdown.source import Source
    from report_data.model import RichText

_NOT_PLAIN = re.compile(
    r"[\\`*_\[<&$@\n\x00-\x1f\x7f-\x9f\u00ad\u061c\u2009\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufffe\uffff]"
    r"|~~|\^\[|://|www\.|  "
)
_MOST_PARTS = 101
"""Of a text with bold words; one of more parts counts its marks (`Limit.EMPHASES`)."""
_ESCAPED = re.compile(r"([!-/:-@\[-`{-~])")
_MARKS = {"strong": Mark.BOLD, "em": Mark.ITALIC, "s": Mark.STRIKE}
MAX_OPEN = 100
"""Emphases, links and tags open at one place; further ones inside have no effect."""


def _with_bold(text: str) -> RichText | None:
    """Return the runs of a text with no markup but ``**bold**`` words, ``None`` of any other.

    Most texts with markup are such, and are read here in a tenth of the time. A mark opens
    or closes by CommonMark 0.31, 6.2: beside a letter or digit within, whatever stands
    without; beside another sign within, if there is a blank without, or nothing.
    """
    parts = text.split("**")
    if (
        len(parts) > _MOST_PARTS
        or len(parts) % 2 == 0
        or not all(parts[1:-1])
        or _NOT_PLAIN.search("".join(parts))
    ):
        return None
    for before, bold, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        opens = bold[0].isalnum() or (not bold[0].isspace() and before[-1:] in ("", " "))
        closes = bold[-1].isalnum() or (not bold[-1].isspace() and after[:1] in ("", " "))
        if not (opens and closes):
            return None
    parts[0], parts[-1] = parts[0].lstrip(), parts[-1].rstrip()
    return tuple(
        Run(part, Mark.BOLD if number % 2 else Mark.NONE)
        for number, part in enumerate(parts)
        if part
    )


class InlineReader(Struct):
    """Reads inline text; the same for paragraphs, headings, cells and captions."""

    source: Source
    env: dict[str, Any]
    targets: Targets
    notes: Notes
    link_characters: int = 0
    titles: dict[InlineImage, str] = field(default_factory=dict)
    """The title texts of pictures, which are the captions of those that stand alone."""
    braces: dict[InlineImage, Braces] = field(default_factory=dict)
    """What pictures have in braces behind them."""

    def read(self, text: str, start: int, end: int, *, pictures_alone: bool = False) -> RichText:
        """Return the rich text of inline Markdown that stands on the given lines (from 0).

        ``pictures_alone`` says that pictures with nothing beside them (`parted`) will be
        drawn; a picture inside a line gives way to its alternative text.
        """
        if not _NOT_PLAIN.search(text):
            stripped = text.strip()
            return (Run(stripped),) if stripped else ()
        if "**" in text and (content := _with_bold(text)):
            return content
        if "\n" in text:
            text = with_own_lines(text)
        tokens = parse_inlines(text, self.env)
        if len(tokens) == 1 and tokens[0].meta.get("whole"):
            self.source.diagnostics.warn(
                "W181",
                f"this text has more than {Limit.EMPHASES.get()} marks of emphasis or "
                f"{Limit.BRACKETS.get()} brackets, or nests them too deep; it is shown as written",
                self.source.block(start, end),
                f"Split it into paragraphs, or set {Limit.EMPHASES.variable} or "
                f"{Limit.BRACKETS.variable} to raise the limits",
            )
        content = _Pass(self, start, end).run(tokens)
        if any(isinstance(item, InlineImage) for item in content):
            texts = parted(content) if pictures_alone else [content]
            for part in texts:
                if not isinstance(part, InlineImage):
                    self._warn_of_pictures(part, start, end)
        return linked(content, self.targets.ids)

    def read_cover(self, text: str, start: int, end: int) -> str:
        """Return inline Markdown as plain text, as the cover shows it."""
        return plain(_Pass(self, start, end).run(parse_inlines(text, self.env)))

    def _warn_of_pictures(self, content: RichText, start: int, end: int) -> None:
        for item in content:
            if isinstance(item, InlineImage):
                self.source.diagnostics.warn(
                    "W151",
                    f"the picture {_shown(item.source)} stands inside a line; "
                    "its text is shown in its place",
                    self.source.find(item.source, start, end),
                    "Give it a line of its own",
                )

    def allow(self, address: str, place: Span) -> str | None:
        """Return the address or ``#id`` to link to; say why when there will be no link."""
        link = check_link(address)
        problem = link.problem
        if link.address.startswith("#"):
            target = self.targets.resolve(unquote(link.address[1:]))
            if target is not None:
                return f"#{target}"
            self.source.diagnostics.warn(
                "W121",
                f"the link {_shown(unquote(link.address))} leads to no section, table or figure",
                place,
                "Give the section an id with {#name}, or correct the link; it is plain text now",
            )
            return None
        self.link_characters += len(link.address)
        limit = Limit.LINK_CHARACTERS
        if not problem and self.link_characters > limit.get():
            problem = f"all addresses together exceed {limit.get()} characters ({limit.variable})"
        if not problem:
            return link.address
        self.source.diagnostics.warn(
            "W120",
            f"{_shown(address)} is not linked: {problem}",
            place,
            link.hint,
        )
        return None


def _shown(address: str) -> str:
    """Return an address fit for a message."""
    text = clean_text(address).replace("\n", " ")
    return f"“{text}”" if len(text) <= 80 else f"“{text[:79]}…”"  # noqa: PLR2004  a line's width


class _Open(Struct, frozen=True):
    """An emphasis, link or tag that is open: what it adds, and what holds inside it."""

    name: str
    mark: Mark
    own_link: str | None
    marks: Mark
    link: str | None


class _Pass(Struct):
    """One reading of one inline text."""

    reader: InlineReader
    start: int
    end: int
    runs: Runs = field(default_factory=Runs)
    opened: list[_Open] = field(default_factory=list)
    hidden: str = ""
    index: int = 0
    """Which token is being read."""
    closing: dict[str, int] = field(default_factory=dict)
    """The last end tag of each name."""
    seen: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Where each text was found last, so that a second one is found after it."""

    def run(self, tokens: list[Token]) -> RichText:
        for index, token in enumerate(tokens):
            if token.type == "html_inline" and token.content.startswith("</"):
                self.closing[token.content[2:-1].strip().lower()] = index
        for index, token in enumerate(tokens):
            self.index = index
            if self.hidden and token.type != "html_inline":
                continue
            self._token(token, tokens, index)
        return self.runs.finish()

    def _token(self, token: Token, tokens: list[Token], index: int) -> None:
        kind = token.type
        if kind in _TEXT:
            self._text(token.content, _TEXT[kind])
        elif kind == "link_open":
            self._open_link(token, tokens, index)
        elif kind == "link_close":
            self._close("[")
        elif token.nesting == 1:
            self._open(token.tag, _MARKS[token.tag])
        elif token.nesting == -1:
            self._close(token.tag)
        else:
            _SINGLE[kind](self, token)

    def soft_break(self, _token: Token) -> None:
        """Note the end of a line; what comes next decides whether it leaves a space."""
        self.runs.soft_break = True

    def hard_break(self, _token: Token) -> None:
        """Break the line as the author asks."""
        self.runs.line_break(*self.look)

    @property
    def look(self) -> tuple[Mark, str | None]:
        """The marks and the link in force."""
        return (self.opened[-1].marks, self.opened[-1].link) if self.opened else (Mark.NONE, None)

    def _open(self, name: str, mark: Mark = Mark.NONE, link: str | None = None) -> None:
        marks, outer = self.look
        if len(self.opened) < MAX_OPEN:
            both = mark if marks is Mark.NONE else marks | mark
            self.opened.append(_Open(name, mark, link, both, link or outer))

    def _close(self, name: str) -> None:
        """End what was opened last under a name; what was opened inside it goes on."""
        for index in range(len(self.opened) - 1, -1, -1):
            if self.opened[index].name == name:
                inside = self.opened[index + 1 :]
                del self.opened[index:]
                for entry in inside:
                    self._open(entry.name, entry.mark, entry.own_link)
                return

    def _text(self, text: str, extra: Mark = Mark.NONE) -> None:
        marks, link = self.look
        if extra is not Mark.NONE:
            marks |= extra
        self.runs.text(clean_text(text), marks, link)

    def _place(self, needle: str) -> Span:
        line, column = self.seen.get(needle, (self.start, -1))
        span = self.reader.source.find(needle, line, self.end, column + 1)
        self.seen[needle] = (span.line - 1, span.column - 1)
        return span

    def _open_link(self, token: Token, tokens: list[Token], index: int) -> None:
        address = str(token.attrGet("href") or "")
        empty = tokens[index + 1].type == "link_close"
        text = "" if empty else tokens[index + 1].content
        place = self._place(address if not text else f"[{text}")
        link = self.reader.allow(address, place) if address else None
        if empty and link is not None and link.startswith("#"):
            self.runs.other(Reference(BlockId(link[1:])))
        elif empty and not address.startswith("#"):
            self.runs.text(address, Mark.NONE, link)
        self._open("[", link=link)

    def image(self, token: Token) -> None:
        """Append a picture; `blocks` draws those that stand alone."""
        source = unquote(str(token.attrGet("src") or ""))
        alt = "".join(
            " " if child.type == "softbreak" else child.content for child in token.children or ()
        )
        picture = InlineImage(clean_text(source), clean_text(alt))
        # What the same picture had where it stood before is not said of this one.
        title = str(token.attrGet("title") or "")
        self.reader.titles[picture] = _ESCAPED.sub(r"\\\1", clean_text(title))
        self.reader.braces[picture] = token.meta.get("braces", NO_BRACES)
        if link := self.look[1]:
            self.reader.source.diagnostics.warn(
                "W152",
                f"the link of the picture {_shown(picture.source)} to {_shown(link)} is not kept",
                self.reader.source.find(f"![{picture.alt}", self.start, self.end),
                "Put the link into the text or the caption",
            )
        self.runs.other(picture)

    def note_written_here(self, token: Token) -> None:
        """Append the mark of a footnote whose text stands in the line."""
        self.runs.other(self.reader.notes.written_here(token.content, self.start, self.end))

    def note(self, token: Token) -> None:
        """Append the mark of a footnote, or its source where there is no such note."""
        label = token.meta["label"]
        mention = self.reader.notes.mention(label)
        if mention is not None:
            self.runs.other(mention)
            return
        self._text(f"[^{label}]")
        self.reader.source.diagnostics.warn(
            "W140",
            f"the footnote [^{label}] is not written anywhere",
            self._place(f"[^{label}]"),
            f"Add a line that starts with [^{label}]: or delete the mark; it is plain text now",
        )

    def html(self, token: Token) -> None:
        """Take an HTML tag for what it marks."""
        text = token.content
        tag = inline_tag(text)
        if self.hidden:
            if tag.kind is Kind.CLOSE and tag.name == self.hidden:
                self.hidden = ""
            return
        if tag.kind is Kind.COMMENT:
            place = self._place(text.partition("\n")[0])
            self.reader.source.diagnostics.note(*COMMENT_LEFT_OUT, place)
        elif tag.kind is Kind.UNKNOWN:
            self._text(text)
        elif tag.name in HIDDEN:
            self._hide(tag, text)
        elif tag.kind is Kind.OPEN:
            self._open_tag(tag, text)
        else:
            self._close(tag.name)

    def _hide(self, tag: InlineTag, text: str) -> None:
        if tag.kind is Kind.OPEN and self.closing.get(tag.name, -1) > self.index:
            self.hidden = tag.name
        self.reader.source.diagnostics.warn(
            "W131",
            f"the HTML element <{tag.name}> is left out with what stands in it",
            self._place(text.partition("\n")[0]),
            "Delete it, or write what it should say as text",
        )

    def _open_tag(self, tag: InlineTag, text: str) -> None:
        if tag.name == "br" or (tag.name in _LINES and self.runs.last not in ("", "\n")):
            self.runs.line_break(*self.look)
        elif tag.name == "img":
            self.runs.other(
                InlineImage(
                    tag.attributes.get("src", ""), clean_text(tag.attributes.get("alt", ""))
                )
            )
        elif tag.name not in VOID:
            address = tag.attributes.get("href", "") if tag.name == "a" else ""
            link = self.reader.allow(address, self._place(text)) if address else None
            self._open(tag.name, MARKS.get(tag.name, Mark.NONE), link)


_LINES = frozenset(("li", "p", "div", "tr"))
"""Elements of HTML that begin a line where they stand within a line of Markdown, as in its cells:
``| <ul><li>one</li><li>two</li></ul> |``."""

_TEXT = {
    "text": Mark.NONE,
    "text_special": Mark.NONE,
    "code_inline": Mark.CODE,
    "math_inline": Mark.MATH,
}
_SINGLE: dict[str, Callable[[_Pass, Token], None]] = {
    "softbreak": _Pass.soft_break,
    "hardbreak": _Pass.hard_break,
    "image": _Pass.image,
    "html_inline": _Pass.html,
    "footnote_ref": _Pass.note,
    "note_inline": _Pass.note_written_here,
}
