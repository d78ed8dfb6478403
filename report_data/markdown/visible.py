"""The source's own visible text against the Report's: what the reader lost or made up.

Everything that `blocks`, `inlines` and `outline` do to the text in between is checked;
`witness` says what the source shows.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from report_data.diagnostics import Diagnostic, Severity, Span
from report_data.markdown.witness import squeezed, visible_text
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

    from report_data.markdown.witness import Piece
    from report_data.model import Report, RichText

_MAX_SHOWN = 60
_MOST_WAYS = 64
"""Ways of telling the cover's lines from the body's that are followed at once."""


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
        for piece in visible_text(report.source)
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
        elif text.on_cover(bare):
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
        if text.on_cover(bare) or any(bare in part for part in text.apart):
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


class _ReportText(Struct, frozen=True, dict=True):
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

    def on_cover(self, bare: str) -> bool:
        """Return whether the cover says a piece: in one line, or in several that stood in a row."""
        if bare in self._joined:
            return True
        lines, lengths = self._lines
        while bare:
            length = next((one for one in lengths if bare[:one] in lines), 0)
            if not length:
                return False
            bare = bare[length:]
        return True

    @cached_property
    def _joined(self) -> str:
        """The cover's lines, parted by what no text holds: thousands are searched as one."""
        return "\0".join(self.cover)

    @cached_property
    def _lines(self) -> tuple[frozenset[str], list[int]]:
        """The cover's lines, and their lengths, the longest first."""
        return frozenset(self.cover), sorted(set(map(len, self.cover)), reverse=True)


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
