"""Report text in -> what a cell can hold: clean, within Excel's limits, links allowed, measured.

Nothing is cut: a text beyond a cell's limits is handed back in parts, and what
cannot be shown in the cell itself (a second link, a footnote) is in its note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from exporters.excel.plan import Link, Note, TextRun
from exporters.layout.fonts import FontStyle
from exporters.layout.gauge import kept, most_width
from exporters.layout.text import Piece, count_lines, minimum_width, natural_width
from exporters.names import one_line
from report_data.model import InlineImage, Mark, NoteRef, Reference, Run, is_plain_formula

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from exporters.context import Context
    from exporters.excel.plan import Cell, Content, Row, Style
    from exporters.layout.fonts import FontSet
    from exporters.layout.geometry import Pt
    from report_data.diagnostics import Span
    from report_data.ids import BlockId
    from report_data.model import Inline, RichText, Table
    from report_data.traits import Traits

# Excel's "specifications and limits".
CELL_UNITS = 32_767
CELL_BREAKS = 253
LINK_UNITS = 2_079
MOST_LINKS = 65_500
"""Links that a sheet's cells may have; Excel follows 65,530 with those of the sheet's head."""
HEADER_UNITS = 240
"""The longest text of a table's header; Excel takes 255 with the number that parts equal ones."""
NOTE_MOST = 1_000
"""Characters of a footnote that a cell's note shows: half a screen of them."""
ROW_HEIGHT = 409.0
"""The tallest row, in points."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 forbids (production 2, Char)."""
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029|\x85")
_FORMULA = re.compile(r"\s*[=+\-@|%＝＋－＠]")
"""How a formula begins, for Excel itself or once the text has passed through a CSV file."""

_SPECIAL_STARTS = frozenset("=+-@|%＝＋－＠ ") | {""}
"""How formulas and texts begin that are empty or keep their space."""

_SPACES = re.compile(r"\s+")
_ALLOWED = re.compile(r"(?i)(https?://|mailto:)\S+")

_SLACK = 1.03
"""Room in a column's width for a host font that is a little wider than the one we measured."""

_LINE_SLACK = 1.01
"""The same when lines are counted: a line too few hides text, a line too many shows a gap."""


class Spelled(NamedTuple):
    """Rich text as runs for a cell, and the links and footnotes in it, in order."""

    runs: tuple[TextRun, ...]
    links: tuple[tuple[str, str], ...] = ()
    """Text and address."""
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the report's own words, without the tool's marks."""
        return "".join(run.text for run in self.runs if not run.furniture)


class Speller(Struct, frozen=True):
    """Spells rich text as cell content. ``labels`` are the names that references show."""

    context: Context
    labels: Mapping[BlockId, str]
    notes: Mapping[BlockId, str]

    def spell(self, content: RichText, span: Span | None) -> Spelled:
        """Return rich text as runs, in the report's order."""
        runs: list[TextRun] = []
        links: list[tuple[str, str]] = []
        notes: list[str] = []
        between: str | None = (
            None  # white space since the last link; None before it and after words
        )
        for item in content:
            run = self._run(item, span)
            if run.text:
                runs.append(run)
            if isinstance(item, Run) and item.link and run.text:
                if between is not None and links[-1][1] == item.link:
                    links[-1] = (links[-1][0] + between + run.text, item.link)
                else:
                    links.append((run.text, item.link))
                between = ""
                continue
            between = between + run.text if between is not None and run.text.isspace() else None
            if isinstance(item, Reference):
                links.append((run.text, f"#{item.target}"))
            elif isinstance(item, NoteRef) and item.note in self.notes:
                notes.append(self.notes[item.note])
        return Spelled(_joined(runs), tuple(links), tuple(notes))

    def clean(self, text: str, span: Span | None = None) -> str:
        """Return a text as XML can hold it; what is taken out is a warning."""
        if _ILLEGAL.search(text):
            self.context.diagnostics.warn(
                "W601",
                "control characters were removed from a cell",
                span,
                "A workbook cannot hold them; take them out of the source",
            )
            text = _ILLEGAL.sub("", text)
        return _BREAKS.sub("\n", text)

    def _run(self, item: Inline, span: Span | None) -> TextRun:
        palette = self.context.theme.palette
        if isinstance(item, Run):
            marks = item.marks
            linked = item.link is not None
            formula = is_plain_formula(item)
            return TextRun(
                self.clean(item.text, span),
                bold=Mark.BOLD in marks,
                italic=formula
                or (Mark.ITALIC in marks and shown_units(item.text) == len(item.text)),
                strike=Mark.STRIKE in marks,
                underline=linked,
                code=not formula and bool(marks & (Mark.CODE | Mark.MATH)),
                color=palette.link if linked else "",
                baseline="superscript"
                if Mark.SUPERSCRIPT in marks
                else "subscript"
                if Mark.SUBSCRIPT in marks
                else "",
            )
        if isinstance(item, NoteRef):
            return TextRun(
                f"[{item.number}]", color=palette.link, baseline="superscript", furniture=True
            )
        if isinstance(item, InlineImage):
            return TextRun(self.clean(item.alt, span), color=palette.ink_second)
        label = self.labels.get(item.target, item.target)
        return TextRun(label, underline=True, color=palette.link, furniture=True)


def content_of(runs: Sequence[TextRun]) -> Content:
    """Return runs as a plain string where they have no look of their own."""
    if not runs:
        return None
    if len(runs) == 1 and runs[0] == TextRun(runs[0].text):
        return runs[0].text
    return tuple(runs)


def are_plain(traits: Traits) -> bool:
    """Return whether no text of a column needs more than to be written as it is.

    None is empty, looks like a formula, holds what XML or a cell cannot, has
    white space at an end or several lines, or is long.
    """
    return (
        traits.printable
        and traits.most <= CELL_BREAKS
        and traits.starts.isdisjoint(_SPECIAL_STARTS)
        and " " not in traits.ends
    )


def looks_like_formula(text: str) -> bool:
    """Return whether a text could be taken for a formula by a spreadsheet or through a CSV file."""
    return _FORMULA.match(text) is not None


def link_of(spelled: Spelled, places: Mapping[str, str]) -> tuple[Link | None, Note | None]:
    """Return a cell's one link, and a note with the addresses when there are several.

    ``places`` says where in the workbook a block stands. Addresses other than
    http, https and mailto are no links here: the reader has told of them.
    """
    found = [(text, link) for text, address in spelled.links if (link := _link(address, places))]
    lines = [
        f"{one_line(text)}: {link.address}"
        for text, link in found
        if link.address and len(found) > 1
    ]
    lines += [
        f"{one_line(text)}: {address}"
        for text, address in spelled.links
        if len(address) > LINK_UNITS and _ALLOWED.fullmatch(address)
    ]
    lines += spelled.notes
    return (found[0][1] if found else None), _note_of(dict.fromkeys(lines))


def shortened_note(text: str) -> str:
    """Return a footnote as a cell's note shows it: a long one in part, its sheet has it whole."""
    return text if len(text) <= NOTE_MOST else f"{text[:NOTE_MOST].rstrip()}…"


def _note_of(lines: Iterable[str]) -> Note | None:
    """Return a note of as many lines as it can hold."""
    kept: list[str] = []
    room = CELL_UNITS - len("\n…")
    for line in lines:
        room -= _units(line) + 1
        if room < 0:
            kept.append("…")
            break
        kept.append(line)
    return Note("\n".join(kept)) if kept else None


def _link(address: str, places: Mapping[str, str]) -> Link | None:
    if address.startswith("#"):
        place = places.get(address[1:])
        return Link(location=place) if place else None
    if _ALLOWED.fullmatch(address) and len(address) <= LINK_UNITS:
        return Link(address=address)
    return None


def within_links(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield rows with no more links than a sheet may have; addresses of others go into notes."""
    count = 0
    for row in rows:
        cells = row.cells
        if any(cell is not None and cell.link is not None for cell in cells):
            kept: list[Cell | None] = []
            for cell in cells:
                if cell is not None and cell.link is not None:
                    count += 1
                    if count > MOST_LINKS:
                        kept.append(_unlinked(cell, cell.link))
                        continue
                kept.append(cell)
            yield row._replace(cells=tuple(kept))
        else:
            yield row


def _unlinked(cell: Cell, link: Link) -> Cell:
    noted = cell.note.text.split("\n") if cell.note else ()
    return cell._replace(link=None, note=_note_of(filter(None, (link.address, *noted))))


def warn_of_links(table: Table, context: Context) -> None:
    """Warn when a table has more links than Excel follows on a sheet."""
    if table.types is not None or len(table.rows) * len(table.columns) <= MOST_LINKS:
        return  # a data file has texts only
    count = sum(
        any(isinstance(item, Run) and item.link for item in cell.content)
        for row in table.rows
        for cell in row
    )
    if count > MOST_LINKS:
        context.diagnostics.warn(
            "W606",
            f"a sheet of the workbook would have {count:,} links, more than Excel follows",
            table.span,
            f"The first {MOST_LINKS:,} are links; the addresses of the others are in notes",
        )


def parts_of(runs: Sequence[TextRun], most: int = CELL_UNITS) -> list[tuple[TextRun, ...]]:
    """Cut runs into parts that a cell can hold: ``most`` UTF-16 units, 253 line breaks."""
    parts: list[tuple[TextRun, ...]] = []
    part: list[TextRun] = []
    units = breaks = 0
    for run in runs:
        rest = run.text
        while rest:
            taken = _fitting(rest, most - units, CELL_BREAKS - breaks)
            if taken:
                part.append(run._replace(text=rest[:taken]))
                units += _units(rest[:taken])
                breaks += rest.count("\n", 0, taken)
                rest = rest[taken:]
            if rest:
                parts.append(tuple(part))
                part, units, breaks = [], 0, 0
    parts.append(tuple(part))
    return parts


def one_line_runs(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Return the report's own runs with every white space as one space: a header's text."""
    return tuple(run._replace(text=_SPACES.sub(" ", run.text)) for run in runs if not run.furniture)


def fits(text: str, most: int = CELL_UNITS) -> bool:
    """Return whether one cell can hold a text."""
    return len(text) <= CELL_BREAKS <= most or (
        _units(text) <= most and text.count("\n") <= CELL_BREAKS
    )


def _fitting(text: str, units: int, breaks: int) -> int:
    """Return how many characters of a text fit into units and line breaks."""
    end = min(len(text), units)
    while _units(text[:end]) > units:
        end -= max(1, (_units(text[:end]) - units) // 2)
    at = -1
    for _ in range(breaks + 1):
        at = text.find("\n", at + 1, end)
        if at < 0:
            return end
    return at


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _joined(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Join neighbours of one look."""
    joined: list[TextRun] = []
    for run in runs:
        if joined and joined[-1]._replace(text="") == run._replace(text=""):
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


# --- measuring -------------------------------------------------------------------


class Ruler(Struct, frozen=True):
    """Measures cells in characters of the default font and in lines; what is the same, once."""

    fonts: FontSet
    digit: Pt
    indent: Pt
    padding: Pt
    _natural: dict[tuple[Piece, ...], Pt] = field(default_factory=dict)
    _least: dict[tuple[Piece, ...], Pt] = field(default_factory=dict)
    _lines: dict[tuple[tuple[Piece, ...], Pt], int] = field(default_factory=dict)

    def width(self, content: Content, style: Style) -> float:
        """Return the column width, in characters, that shows a content on its own lines."""
        return self._characters(self._measured(self._natural, natural_width, content, style), style)

    def least(self, content: Content, style: Style) -> float:
        """Return the column width, in characters, that breaks no word of a content."""
        return self._characters(self._measured(self._least, minimum_width, content, style), style)

    def lines(self, content: Content, style: Style, width: float) -> int:
        """Return how many lines a content takes in a column, 1 where it does not wrap."""
        if content is None or not style.wrap:
            return 1
        room = (width * self.digit - self.padding - style.indent * self.indent) / _LINE_SLACK
        pieces = _pieces(content, style)
        broken = any("\n" in piece.text for piece in pieces)
        if not broken and most_width(pieces, self.fonts) <= room:
            return 1
        key = pieces, max(room, style.size)
        lines = self._lines.get(key)
        if lines is None:
            lines = kept(self._lines)[key] = count_lines(*key, self.fonts)
        return lines

    def _measured(
        self,
        known: dict[tuple[Piece, ...], Pt],
        measure: Callable[[Sequence[Piece], FontSet], Pt],
        content: Content,
        style: Style,
    ) -> Pt:
        pieces = _pieces(content, style)
        points = known.get(pieces)
        if points is None:
            points = kept(known)[pieces] = measure(pieces, self.fonts)
        return points

    def _characters(self, points: Pt, style: Style) -> float:
        return (points * _SLACK + self.padding + style.indent * self.indent) / self.digit


def shown_units(text: str) -> int:
    """Return about how wide a text is: 2 for East Asian characters, 1 for others."""
    if text.isascii():
        return len(text)
    return len(text) + sum(char > "\u1100" for char in text)


def _pieces(content: Content, style: Style) -> tuple[Piece, ...]:
    if isinstance(content, tuple):
        return tuple(
            Piece(run.text, FontStyle(style.size, run.bold or style.bold, code=run.code))
            for run in content
        )
    font = FontStyle(style.size, style.bold, code=style.code)
    return (Piece("" if content is None else str(content), font),)
