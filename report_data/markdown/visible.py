"""The source's own visible text against the Report's: what the reader lost or made up.

A witness, not a second reader: it takes markdown-it's tokens one after another,
splits tables by itself, and knows nothing of trees, sections, ids or runs. The
grammar (which characters are markup) is the parser's; everything that `blocks`,
`inlines` and `outline` do to the text in between is checked.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct, field

from report_data.diagnostics import Diagnostic, Diagnostics, Severity, Span
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
from report_data.model import (
    Box,
    CodeBlock,
    Definition,
    Figure,
    Heading,
    InlineImage,
    ListItem,
    Mark,
    MathBlock,
    Note,
    NoteRef,
    Paragraph,
    Reference,
    Section,
    Table,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from report_data.markdown.engine import Token
    from report_data.markdown.tags import InlineTag
    from report_data.model import Report, RichText

_IGNORED = re.compile(rf"\s|{SUSPECT.pattern}")
_PIPE = re.compile(r"(?<!\\)\|")
_TASK = re.compile(r"\[[ xX]\](?=\s)")
_PREFIX = re.compile(r"[\s>]*")
_FLATTENED = re.compile(r"^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+", re.MULTILINE)
_PART = "\x05"
"""Between blocks of HTML on one line."""
_MAX_SHOWN = 60
_MOST_WAYS = 64
"""Ways of telling the cover's lines from the body's that are followed at once."""


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


def visible_text(source: str) -> tuple[Piece, ...]:
    """Return what a reader of the source sees, in the source's order, front matter left out."""
    return tuple(_Witness.of(source).pieces())


def compare(report: Report) -> list[Diagnostic]:
    """Return where the Report says less (E811) or more (E812) than its source does.

    A report that was built in Python has no source to compare with.
    """
    if not report.source:
        return []
    named = _references(report)
    pieces = tuple(
        piece._replace(text=named.sub("", piece.text), instead=named.sub("", piece.instead))
        if named
        else piece
        for piece in _Witness.of(report.source).pieces()
    )
    text = _ReportText.of(report, named)
    return [] if _agree(pieces, text) else _differences(pieces, text, report.file)


def _agree(pieces: Iterable[Piece], text: _ReportText) -> bool:
    """Return whether the body is what the pieces say, those left out that the cover says.

    A short piece may stand both on the cover and at the body's start, so both ways of
    telling them apart are followed: ``reached`` are the places up to which the body is said.
    """
    reached = {0}
    for piece in pieces:
        bare = _bare(piece.text)
        if piece.apart and not piece.instead:
            if bare and not any(bare in part for part in text.apart):
                return False
            continue
        said = piece.instead or piece.text
        ways = {said} if piece.apart else {said, piece.text}
        following = {at + len(w) for at in reached for w in ways if text.body.startswith(w, at)}
        if piece.apart:
            if not bare or any(bare in part or said in part for part in text.apart):
                following |= reached
        elif any(bare in part for part in text.cover):
            following |= reached
        elif not following and any(bare in part for part in text.apart):
            continue
        if not following:
            return False
        reached = following if len(following) <= _MOST_WAYS else {min(following), max(following)}
    return len(text.body) in reached


def _differences(pieces: Iterable[Piece], text: _ReportText, file: str) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    at = 0
    for piece in pieces:
        bare = _bare(piece.text)
        said = piece.instead or piece.text
        if piece.apart:
            if piece.instead and text.body.startswith(said, at):
                at += len(said)
            elif bare and not any(bare in part or said in part for part in text.apart):
                found.append(_missing(piece, Span(file, piece.line)))
            continue
        if not text.body.startswith(said, at):
            said = piece.text
        if text.body.startswith(said, at):
            at += len(said)
            continue
        if any(bare in part for part in (*text.cover, *text.apart)):
            continue
        span = Span(file, piece.line)
        place = text.body.find(piece.text, at)
        if place < 0:
            found.append(_missing(piece, span))
            continue
        found.append(_added(text.body[at:place], span))
        at = place + len(piece.text)
    if at < len(text.body):
        found.append(_added(text.body[at:], None))
    return found


def _missing(piece: Piece, span: Span) -> Diagnostic:
    return Diagnostic(
        "E811",
        Severity.ERROR,
        f"the source says {_shown(piece.text)}, the report does not",
        span,
        "This is a fault of the program: please report it with the file",
    )


def _added(text: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        "E812",
        Severity.ERROR,
        f"the report says {_shown(text)}, the source does not at this place",
        span,
        "This is a fault of the program: please report it with the file",
    )


def _shown(text: str) -> str:
    return f"“{text}”" if len(text) <= _MAX_SHOWN else f"“{text[: _MAX_SHOWN - 1]}…”"


# --- the source's side -----------------------------------------------------------


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


# --- the Report's side -----------------------------------------------------------


class _ReportText(Struct, frozen=True):
    """The Report's text in three parts: the body in order, the cover, and what stands apart."""

    body: str
    cover: tuple[str, ...]
    apart: tuple[str, ...]

    @classmethod
    def of(cls, report: Report, named: re.Pattern[str] | None) -> _ReportText:
        notes = {id(n) for note in report.notes for n in walk(note.blocks)}
        body: list[str] = []
        apart: list[str] = []
        for node in report.walk():
            if isinstance(node, Note):
                inside = walk(node.blocks)
                apart.append(squeezed("".join(text for n in inside for text in _texts(n))))
            elif id(node) not in notes:
                body.extend(squeezed(text) for text in _texts(node))
            if isinstance(node, Table):  # a caption stands above or below its table
                apart.append(squeezed(_plain(node.caption)))
        meta = report.meta
        said = [meta.title, meta.subtitle, meta.kind]
        said.extend(f"{field.label}:{field.text}" for field in meta.labelled)
        if named is not None:
            body, apart, said = ([named.sub("", t) for t in part] for part in (body, apart, said))
        return cls(
            "".join(body),
            tuple(_bare(squeezed(text)) for text in said),
            tuple(_bare(text) for text in apart if text),
        )


def _references(report: Report) -> re.Pattern[str] | None:
    """Return what matches ``@id`` as the source writes the Report's references by number."""
    targets: set[str] = set()
    for node in report.walk():
        caption = node.caption if isinstance(node, Table | Figure) else ()
        contents = [content for content in (*_contents(node), caption) if content]
        targets.update(
            i.target for content in contents for i in content if isinstance(i, Reference)
        )
    if not targets:
        return None
    return re.compile("@(?:" + "|".join(map(re.escape, sorted(targets, key=len)[::-1])) + ")")


def _bare(text: str) -> str:
    """Return a text as the cover has it: labels with their own colon, formulas as text."""
    return text.replace("：", ":").replace("$", "")


def _contents(node: object) -> Iterator[RichText]:
    """Yield the rich texts of one node alone, in reading order, captions left out."""
    match node:
        case Section(title=text) | Paragraph(content=text) | Heading(content=text):
            yield text
        case Definition(term=text) | Box(label=text):
            yield text
        case Table(types=None):  # a data file is no part of the source
            yield from (column.header.content for column in node.columns)
            yield from (cell.content for row in node.rows for cell in row)
        case _:
            pass


def _texts(node: object) -> Iterator[str]:
    match node:
        case ListItem(checked=bool(checked)):
            yield "[x]" if checked else "[ ]"
        case CodeBlock(text=text) | MathBlock(text=text) | Figure(alt=text):
            yield text
        case _:
            yield from map(_plain, _contents(node))


def _plain(content: RichText) -> str:
    parts: list[str] = []
    for item in content:
        if isinstance(item, InlineImage):
            parts.append(item.alt)
        elif not isinstance(item, NoteRef | Reference):
            formula = item.marks is not Mark.NONE and item.marks & Mark.MATH
            parts.append(f"${item.text}$" if formula else item.text)
    return "".join(parts)
