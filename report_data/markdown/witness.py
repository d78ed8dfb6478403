"""A Markdown source -> its visible text, a line at a time: what a reader of the source sees.

A witness, not a second reader: it takes markdown-it's tokens one after another,
splits tables by itself, and knows nothing of trees, sections, ids or runs. The
grammar (which characters are markup) is the parser's.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field

from report_data.diagnostics import Diagnostics
from report_data.markdown.alerts import split_alert
from report_data.markdown.attributes import split_attributes, split_picture
from report_data.markdown.boxes import parse_box_head
from report_data.markdown.clean import SUSPECT, clean_text
from report_data.markdown.front_matter import take_front_matter
from report_data.markdown.html_pieces import HtmlPiece, PieceKind, hides, html_pieces
from report_data.markdown.parser import is_plain, parse_inlines, parser
from report_data.markdown.prepare import split_caption
from report_data.markdown.rules import MAX_LEVEL
from report_data.markdown.source import Source
from report_data.markdown.tags import BLOCKS, Kind, inline_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.markdown.engine import Token
    from report_data.markdown.tags import InlineTag

_IGNORED = re.compile(rf"\s|{SUSPECT.pattern}")
_PIPE = re.compile(r"(?<!\\)\|")
_TASK = re.compile(r"\[[ xX]\](?=\s)")
_PREFIX = re.compile(r"[\s>]*")
_FLATTENED = re.compile(r"^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+", re.MULTILINE)
_PART = "\x05"
"""Between blocks of HTML on one line."""


class Piece(NamedTuple):
    """A line's worth of visible text of the source, without white space; line from 1."""

    text: str
    line: int
    apart: bool = False
    """It belongs to a footnote or a caption, which the Report has at a place of its own."""
    instead: str = ""
    """What it says if it is not what it looks like: a caption without a table beside it stands
    in the body, an alert that begins no quotation keeps its marks."""


def squeezed(text: str) -> str:
    """Return a text without white space and without the characters that cleaning removes.

    A task may be ticked with either letter.
    """
    return _IGNORED.sub("", text).replace("[X]", "[x]")


def visible_text(source: str) -> Iterator[Piece]:
    """Yield what a reader of the source sees, in the source's order, front matter left out."""
    return _Witness.of(source).pieces()


class _Witness(Struct):
    """Reads tokens in their order."""

    lines: list[str]
    tokens: list[Token]
    env: dict[str, Any]
    labels: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, source: str) -> _Witness:
        text = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        lines = [clean_text(line) for line in text.split("\n")]
        take_front_matter(Source("", lines, Diagnostics()))
        env: dict[str, Any] = {}
        tokens: list[Token] = []
        md = parser()
        md.block.parse("\n".join(lines), md, env, tokens)  # type: ignore[arg-type]  # structs of the same fields
        labels = {_key(t.meta["label"]) for t in tokens if t.type == "footnote_reference_open"}
        return cls(lines, tokens, env, labels)

    def pieces(self) -> Iterator[Piece]:
        notes = 0
        for index, token in enumerate(self.tokens):
            if token.type == "footnote_reference_open":
                notes += 1
            elif token.type == "footnote_reference_close":
                notes -= 1
            elif token.nesting != -1:
                found = self._token(token, index)
                yield from map(_apart, found) if notes else found

    def _token(self, token: Token, index: int) -> Iterator[Piece]:
        kind = token.type
        line = (token.map or [0])[0] + 1
        if kind == "table":
            yield from self._table(token)
        elif kind == "inline":
            before = [t.type for t in self.tokens[max(0, index - 3) : index]]
            yield from self._inline(token, before, line)
        elif kind in ("fence", "code_block", "math_block"):
            yield from _lines(token.content, line)
        elif kind == "html_block":
            yield from _lines(_without_tags(token.content), line)
        elif kind == "div_open":
            yield from self._text(parse_box_head(token.meta["info"]).title, line)

    def _inline(self, token: Token, before: list[str], line: int) -> Iterator[Piece]:
        content = token.content
        if before[-1:] == ["heading_open"]:  # is not flattened
            yield from self._text(split_attributes(content)[0], line)
            return
        elif content.startswith("!["):
            content = split_picture(content)[0]
        elif before[-1:] == ["paragraph_open"] and (alert := split_alert(content))[0]:
            word, rest = alert
            yield Piece(word, line, instead=squeezed(content.removesuffix(rest)))
            yield from self._lines_of(rest, token.level, line + 1)
            return
        elif (caption := split_caption(content)) is not None:
            said = [p for p in self._text(split_attributes(caption)[0], line) if not p.apart]
            body = [*self._lines_of(content, token.level, line)]
            yield Piece(
                "".join(piece.text for piece in said),
                line,
                apart=True,
                instead="".join(piece.text for piece in body if not piece.apart),
            )
            yield from (piece for piece in body if piece.apart)
            return
        elif before[-2:] == ["list_item_open", "paragraph_open"] and (task := _TASK.match(content)):
            # though a link may be defined for the letter
            after = [*self._lines_of(content[task.end() :], token.level, line)]
            joins = after[:1] and not after[0].apart and after[0].line == line
            yield Piece(squeezed(task[0]) + (after.pop(0).text if joins else ""), line)
            yield from after
            return
        yield from self._lines_of(content, token.level, line)

    def _lines_of(self, content: str, level: int, line: int) -> Iterator[Piece]:
        if level <= MAX_LEVEL:
            yield from self._text(content, line)
            return
        begins = [match.start() for match in _FLATTENED.finditer(content)]
        places = [0, *(begin for begin in begins if begin), len(content)]
        for start, end in pairwise(places):  # what a marker opens goes on to the next
            text = _FLATTENED.sub("", content[start:end].removesuffix("\n"))
            yield from self._text(text, line + content.count("\n", 0, start))

    def _text(self, content: str, line: int) -> Iterator[Piece]:
        if is_plain(content):  # most cells: nothing to parse
            yield from _lines(content, line)
            return
        tokens = _without_hidden(parse_inlines(content, self.env))
        notes = [token.content for token in tokens if token.type == "note_inline"]
        yield from _lines("".join(map(self._shown, tokens, [*tokens[1:], None])), line)
        for note in notes:
            yield from map(_apart, self._text(note, line))

    def _shown(self, token: Token, following: Token | None) -> str:  # noqa: PLR0911  one a kind
        match token.type:
            case "link_open" if following is not None and following.type == "link_close":
                address = str(token.attrGet("href") or "")
                return "" if address.startswith("#") else address
            case "note_inline":
                return ""
            case "softbreak" | "hardbreak":
                return "\n"
            case "math_inline":
                return f"${token.content}$"
            case "html_inline":
                tag = inline_tag(token.content)
                return token.content if tag.kind is Kind.UNKNOWN else _picture(tag)
            case "image":
                return _alt(token)
            case "footnote_ref" if _key(token.meta["label"]) not in self.labels:
                return f"[^{token.meta['label']}]"
            case _:
                return token.content

    def _table(self, token: Token) -> Iterator[Piece]:
        start, end = token.map or (0, 0)
        first = token.meta["table"].header.cells[0].column  # after marks of lists and notes
        for number in range(start, end):
            if number == start + 1:
                continue
            row = self.lines[number]
            row = row[first if number == start else _PREFIX.match(row).end() :]  # type: ignore[union-attr]  # it may be empty
            for cell in _PIPE.split(row):
                yield from self._text(cell.strip().replace("\\|", "|"), number + 1)


def _without_hidden(tokens: list[Token]) -> list[Token]:
    """Return tokens without elements that are not for a reader, where these have an end tag."""
    tags = {i: inline_tag(t.content) for i, t in enumerate(tokens) if t.type == "html_inline"}
    last_ends = {tag.name: i for i, tag in tags.items() if tag.kind is Kind.CLOSE}
    kept: list[Token] = []
    hidden = ""
    for index, token in enumerate(tokens):
        tag = tags.get(index)
        if hidden:
            hidden = "" if tag and tag.kind is Kind.CLOSE and tag.name == hidden else hidden
        elif tag and hides(tag) and last_ends.get(tag.name, -1) > index:
            hidden = tag.name
        else:
            kept.append(token)
    return kept


def _apart(piece: Piece) -> Piece:
    return piece._replace(apart=True)


def _key(label: str) -> str:
    return " ".join(label.casefold().split())


def _alt(token: Token) -> str:
    return "".join(child.content for child in token.children or ())


def _lines(text: str, first: int) -> Iterator[Piece]:
    for number, line in enumerate(text.split("\n"), first):
        for part in line.split(_PART) if _PART in line else (line,):
            if bare := squeezed(part):
                yield Piece(bare, number)


def _without_tags(text: str) -> str:
    """Return the text of HTML, blocks parted from each other."""
    return "".join(map(_text_of, html_pieces(text)))


def _text_of(piece: HtmlPiece) -> str:
    tag = piece.tag
    if piece.kind is PieceKind.TEXT or (tag is not None and tag.kind is Kind.UNKNOWN):
        return html.unescape(piece.raw)
    said = "" if tag is None or piece.kind is PieceKind.HIDDEN else _picture(tag)
    parting = _PART if tag is not None and tag.name in BLOCKS else ""
    return parting + said + "\n" * piece.raw.count("\n")


def _picture(tag: InlineTag) -> str:
    """Return a picture's alternative text on one line; nothing for another tag."""
    return " ".join(tag.attributes.get("alt", "").split()) if tag.name == "img" else ""
