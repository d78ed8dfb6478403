"""A Report and finished files in -> the proof that they say the same, or every difference.

Every heading, paragraph, list item, table cell, code block, caption, footnote
and field of the cover stands in the file, in order; nothing else does but what
the file marks as the tool's own. White space is ignored.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.alone import alone
from exporters.reading import Layer, made_with
from exporters.registry import exporter_for
from exporters.verify.expected import expect, squeezed
from exporters.verify.furnishing import Furnishing
from exporters.verify.saying import Saying
from exporters.verify.streams import settle
from exporters.verify.tables import FoundTable, compare_table
from report_data.audience import for_format
from report_data.diagnostics import Diagnostic, FileError, Severity
from report_data.ids import BlockId
from report_data.model import Figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from exporters.furniture import Furniture
    from exporters.names import Names
    from exporters.reading import Found, Reading
    from exporters.registry import Exporter
    from exporters.verify.expected import Expected
    from report_data.model import Report


class Proof(Struct, frozen=True):
    """What comparing a file came to: ``proved`` of ``blocks`` texts stand in it as they should."""

    format: str
    proved: int
    blocks: int
    diagnostics: tuple[Diagnostic, ...]
    path: Path | None = None

    @property
    def holds(self) -> bool:
        """Return whether the file says what the report says and nothing else."""
        return not self.diagnostics


def verify_source(report: Report) -> tuple[Diagnostic, ...]:
    """Return where the report says less or more than the visible text of its source."""
    from report_data.markdown.visible import compare as compare_source

    return tuple(compare_source(report))


@alone
def verify_files(report: Report, paths: Iterable[Path]) -> list[Proof]:
    """Prove that finished files say what a report says; their suffixes name their formats.

    A file that carries the mark of another set than the first one's is named:
    such files were made from different reports, or with different settings.

    Raises:
        FileError: a file is not there or cannot be opened.
        UnknownFormatError: a file's suffix is no format's name.
    """
    from exporters.furniture import furniture_for
    from exporters.names import name_report

    words = furniture_for(report.meta.lang)
    names = name_report(report, words)
    proofs = []
    sets: dict[str, Path] = {}
    for path in paths:
        exporter = exporter_for(path.suffix.removeprefix("."))
        reading = _read(exporter, path)
        if isinstance(reading, Diagnostic):
            blocks = len(expect(for_format(report, exporter.name), words, names))
            proofs.append(Proof(exporter.name, 0, blocks, (reading,), path))
            continue
        wanted = for_format(report, exporter.name, spoken=made_with(reading).spoken)
        proof = compare(wanted, reading, words, names)
        mixed = _mixed(reading, path, sets)
        proofs.append(replace(proof, diagnostics=(*mixed, *proof.diagnostics), path=path))
    return proofs


def _read(exporter: Exporter, path: Path) -> Reading | Diagnostic:
    """Read a file that may be anything; what is wrong with it comes back as a diagnostic."""
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        said = Diagnostic(
            "E706",
            Severity.ERROR,
            f"{path} cannot be opened: {error.strerror}",
            hint="Check its name",
        )
        raise FileError((said,)) from error
    try:
        return exporter.read(path)
    except Exception as error:  # noqa: BLE001 - whatever a library makes of a damaged file
        return Diagnostic(
            "E806",
            Severity.ERROR,
            f"{path} is damaged or is no {exporter.name} file: {error}",
            hint="Export it again",
        )


def _mixed(reading: Reading, path: Path, sets: dict[str, Path]) -> tuple[Diagnostic, ...]:
    """Say when a file is of another set than those before it; remember its own."""
    own = made_with(reading).set_id
    if not own:
        return ()
    sets.setdefault(own, path)
    first = next(iter(sets))
    if own == first:
        return ()
    return (
        Diagnostic(
            "E805",
            Severity.ERROR,
            f"{path} and {sets[first]} were not made from the same report and settings",
            hint="Export all formats again in one run",
        ),
    )


def compare(report: Report, reading: Reading, words: Furniture, names: Names) -> Proof:
    """Compare a file, as its reader found it, with the report as filtered for its format."""
    settled = settle(report, reading, _excerpts(reading, words))
    reading = settled.reading
    expected = expect(report, words, names, settled.rows)
    saying = Saying()
    _compare_tables(expected, reading, saying, words)
    if reading.charts is not None:
        from exporters.verify.charts import compare_charts

        compare_charts(report, reading, saying)
    body = [found for found in reading.found if found.layer is Layer.BODY]
    body = list(_without_notices(report, body, words))
    if reading.format == "pptx":
        from exporters.verify.slides import compare_slides

        cells = [cell for rows in expected.tables.values() for row in rows for cell in row]
        compare_slides(expected.items, reading.found, saying, cells)
    else:
        from exporters.verify.flow import compare_flow

        in_flow = reading.format == "pdf"
        # nothing tells a table of empty cells from none at all
        said = {
            block
            for block, rows in expected.tables.items()
            if in_flow and any(cell.text for row in rows for cell in row)
        }
        tables = [item for item in expected.items if item.kind == "table" and item.block in said]
        marks = {str(item.block): item.text for item in tables}
        compare_flow(expected.items, body, marks, saying)
    furniture = list(_without_repeated(reading.found, expected))
    parted = reading.format == "pdf"
    Furnishing(report, expected, words, names, parted=parted).check(furniture, saying)
    _compare_count(reading, saying)
    blocks = len(expected) + settled.cells
    faulty = sum(id(item) in saying.faulty for item in expected.every())
    return Proof(reading.format, blocks - faulty, blocks, saying.finish())


def _without_notices(report: Report, body: Sequence[Found], words: Furniture) -> Iterator[Found]:
    """Leave out what stands for pictures that the reader took and the file's format cannot draw."""
    pictures = report.every(Figure)
    if not any(picture.path for picture in pictures):
        yield from body
        return
    known = {squeezed(words.missing(one)) for one in pictures if one.path}
    known -= {squeezed(words.missing(one)) for one in pictures if not one.path}
    yield from (found for found in body if squeezed(found.text) not in known)


def _without_repeated(found: Sequence[Found], expected: Expected) -> Iterator[Found]:
    """Yield furniture but for cells that say what a table's own cell says, cut as that is.

    One that is cut by itself, to stand beside other columns, ends with a sign that says so.
    """
    furniture = [piece for piece in found if piece.layer is Layer.FURNITURE]
    repeated = {(piece.block, piece.row) for piece in furniture if piece.row is not None}
    own = {
        (piece.block, piece.row, piece.column, squeezed(piece.text))
        for piece in found
        if piece.layer is Layer.BODY and (piece.block, piece.row) in repeated
    }
    cut = {piece.place for piece in furniture if piece.text.endswith("…")}
    for piece in furniture:
        text = squeezed(piece.text)
        known = (piece.block, piece.row, piece.column, text) in own
        begun = piece.place in cut and _begins(piece, text.removesuffix("…"), expected)
        if piece.row is None or not (known or begun):
            yield piece


def _begins(piece: Found, text: str, expected: Expected) -> bool:
    """Return whether the cell that a piece stands in begins with a text."""
    rows = expected.tables.get(BlockId(piece.block or ""), ())
    row = rows[piece.row] if piece.row is not None and piece.row < len(rows) else ()
    return piece.column is not None and piece.column < len(row) and row[piece.column].begins(text)


def _compare_tables(expected: Expected, reading: Reading, saying: Saying, words: Furniture) -> None:
    found: dict[str, FoundTable] = {block: FoundTable() for block in expected.tables}
    excerpts = _excerpts(reading, words)
    told = ""
    if reading.format == "pptx":
        from exporters.verify.slides import notes_of

        told = "\0".join(notes_of(reading.found).values())
    for piece in reading.found:
        if piece.row is None or piece.layer is not Layer.BODY:
            continue
        if piece.block in found:
            found[piece.block].add(piece)
        elif piece.text.strip():
            saying.surplus(piece, piece.text)
    for block, rows in expected.tables.items():
        if rows[0][0].spoken:
            for item in (item for row in rows for item in row):
                if item.text and not any(text in told for text in item.spellings()):
                    saying.missing(item)
            continue
        compare_table(rows, found[block], saying, excerpts=excerpts, told=told)


def _compare_count(reading: Reading, saying: Saying) -> None:
    """Compare how many slides, pages or sheets there are with what the file was made with."""
    promised = made_with(reading).groups
    groups = {found.group for found in reading.found}
    if groups and promised.isdigit() and int(promised) != len(groups):
        saying.miscounted("slides, pages or sheets", int(promised), len(groups))


def _excerpts(reading: Reading, words: Furniture) -> frozenset[tuple[int, int]]:
    """Return how many rows of how many the file's own notices say that a table shows."""
    pattern = re.compile(
        re.escape(squeezed(words.excerpt))
        .replace(r"\{shown\}", r"(?P<shown>\d+)")
        .replace(r"\{total\}", r"(?P<total>\d+)")
        .replace(r"\{name\}", ".*")
    )
    notices = (
        pattern.search(squeezed(found.text))
        for found in reading.found
        if found.layer is Layer.FURNITURE
    )
    return frozenset((int(one["shown"]), int(one["total"])) for one in notices if one)
