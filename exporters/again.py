"""Finished files and a report -> the proof, and every text that differs from them made again.

`exporters.verify` proves that a file says what the report says, and that all
else in it are words of the tool. It cannot tell whether such a word (a number of
a table, an entry of the contents, a kind of block in the full text) stands where
it should. A file carries the name of the set it was made in: where that can be
made again from the report, every text must be the same as in that.
"""

from __future__ import annotations

import tempfile
from itertools import groupby, product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from exporters.alone import alone
from exporters.export import write_one
from exporters.planning import created_of
from exporters.reading import made_with
from exporters.registry import FORMATS, exporter_for
from exporters.settings import Settings, set_id
from exporters.themes import BUNDLED
from exporters.verify import Proof, verify_files
from exporters.verify.expected import squeezed
from report_data.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from exporters.reading import Found, Reading
    from report_data.model import Report

MOST_SAID = 20
"""Texts of one file that are named; the rest is counted."""


@alone
def prove_files(report: Report, paths: Iterable[Path]) -> list[Proof]:
    """Prove finished files; raises as `exporters.verify.verify_files` does."""
    proofs = verify_files(report, paths)
    return [
        replace(proof, diagnostics=tuple(changed(report, proof.path)))
        if proof.holds and proof.path is not None
        else proof
        for proof in proofs
    ]


def changed(report: Report, path: Path) -> Iterator[Diagnostic]:
    """Yield what a file says otherwise than the same file made again.

    Nothing where it cannot be made again: with a template, a theme or fonts of
    one's own, by another version, from another report.
    """
    exporter = exporter_for(path.suffix.removeprefix("."))
    there = exporter.read(path)
    promised = made_with(there)
    settings = _settings_of(report, promised.set_id)
    if settings is None:
        return
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        for formats in (FORMATS, (exporter.name,)):  # the deck speaks of a workbook beside it
            again = Path(folder) / path.name
            if not write_one(report, replace(settings, formats=formats), exporter.name, again):
                return
            made = exporter.read(again)
            if made_with(made) == promised:
                yield from _differences(_by_place(made), _by_place(there))
                return


_PAPERS: tuple[Literal["a4", "letter"], ...] = ("a4", "letter")
_SIDES: tuple[Literal["one", "two"], ...] = ("one", "two")


def _settings_of(report: Report, name: str) -> Settings | None:
    """Return the settings whose set has a name, if they are among those that need no files."""
    created = created_of(report).isoformat()
    for theme, paper, sides, notes in product(BUNDLED, _PAPERS, _SIDES, (True, False)):
        settings = Settings(theme=theme, paper=paper, sides=sides, notes=notes)
        if set_id(report, settings, created) == name:
            return settings
    return None


def _by_place(reading: Reading) -> dict[str, str]:
    """Return what is said at each place; pieces of one place together."""
    found: dict[str, str] = {}
    for place, pieces in groupby(reading.found, _place):
        found[place] = found.get(place, "") + "".join(squeezed(piece.text) for piece in pieces)
    found |= {key: value for key, value in reading.properties if key.startswith("ids of ")}
    return found


def _place(found: Found) -> str:
    return found.place


def _differences(made: Mapping[str, str], there: Mapping[str, str]) -> Iterator[Diagnostic]:
    places = [place for place in made if there.get(place, "") != made[place]]
    places += [place for place in there if place not in made and there[place]]
    for place in places[:MOST_SAID]:
        ours, theirs = (_shown(texts.get(place, "")) for texts in (made, there))
        yield _said(f"{place}: made again it says {ours}, the file says {theirs}")
    if len(places) > MOST_SAID:
        yield _said(f"{len(places) - MOST_SAID} more places differ from the file made again")


_SHOWN = 60


def _shown(text: str) -> str:
    return f"“{text}”" if len(text) <= _SHOWN else f"“{text[: _SHOWN - 1]}…”"


def _said(message: str) -> Diagnostic:
    hint = "The file was changed after it was made. Export it again"
    return Diagnostic("E813", Severity.ERROR, message, hint=hint)
