"""The batches of a data file in -> what its columns hold, by one reading."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from msgspec import Struct

from report_data.declared import DeclaredTyper
from report_data.limits import Limit
from report_data.sources.source import SourceError
from report_data.traits import traits_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from report_data.columns import ColumnType
    from report_data.sources.source import Batch
    from report_data.traits import Traits

_LONGEST = 3

_REMEMBERED = 10_000
"""Different texts of a column that are looked at once only."""

_MOSTLY = 0.9
"""Where so many texts are new it costs more to find those that are not."""


class Findings(Struct, frozen=True):
    """What a file's columns hold, and how many rows it has.

    ``others`` tell of cells that are not what their columns were declared to hold.
    """

    types: tuple[ColumnType, ...]
    longest: tuple[tuple[str, ...], ...]
    traits: tuple[Traits | None, ...]
    rows: int
    others: tuple[str, ...]


def find(
    batches: Iterator[Batch], headers: Sequence[str], declared: Mapping[int, str], name: str
) -> Findings:
    """Read all rows of the file called ``name`` once.

    Raises:
        SourceError: A cell is longer than any of a report may be.
    """
    looks = [_Look(header, declared.get(index, "")) for index, header in enumerate(headers)]
    most = Limit.CELL_CHARACTERS.get()
    rows = 0
    for batch in batches:
        for header, look, texts in zip(headers, looks, batch, strict=True):
            if look.at(texts) > most:
                raise _too_long(name, header, rows, texts)
        rows += len(batch[0])
    others = [
        f"{name}: “{header}” has cells that are not as declared: {_quoted(look.typer.others)}"
        for header, look in zip(headers, looks, strict=True)
        if look.typer.others
    ]
    return Findings(
        tuple(look.typer.decide() for look in looks),
        tuple(tuple(look.longest) for look in looks),
        tuple(look.traits for look in looks),
        rows,
        tuple(others),
    )


def _too_long(name: str, header: str, rows: int, texts: Sequence[str]) -> SourceError:
    lengths = [*map(len, texts)]
    row = rows + lengths.index(max(lengths)) + 1
    return SourceError(
        f"{name}: row {row:,} of “{header}” has {max(lengths):,} characters, "
        f"more than the {Limit.CELL_CHARACTERS.get():,} of a cell",
        f"Shorten it, leave the column out with columns=, or {Limit.CELL_CHARACTERS.hint}",
    )


def _quoted(texts: Sequence[str]) -> str:
    return ", ".join(f"“{text[:40]}”" for text in texts)


class _Look:
    """Looks at the texts of one column, batch by batch."""

    def __init__(self, header: str, declared: str) -> None:
        self.typer = DeclaredTyper(header, declared)
        self.longest: list[str] = []
        self.traits: Traits | None = None
        self._known: set[str] = set()
        self._all_differ = False

    def at(self, texts: Sequence[str]) -> int:
        """Look at texts, pass over those seen before, and return the length of the longest."""
        new: Collection[str] = texts
        if not self._all_differ:
            new = {*texts} - self._known
            if not new:
                return 0
            if len(self._known) < _REMEMBERED:
                self._known.update(new)
            else:
                self._all_differ = len(new) > _MOSTLY * len(texts)
        traits = traits_of(new)
        self.traits = traits if self.traits is None else self.traits.with_others(traits)
        self.longest = _longest(new, traits.most, self.longest)
        self.typer.add_all(new, traits)
        return traits.most


def _longest(texts: Collection[str], most: int, so_far: list[str]) -> list[str]:
    """Return a few of the longest texts; of equal ones always the same, whatever the order."""
    least = _bytes(so_far[-1]) if len(so_far) == _LONGEST else -1
    if most <= least and not "".join(texts).isascii():
        most = max(map(len, map(str.encode, texts, repeat("utf-8"), repeat("replace"))))
    if most <= least:
        return so_far
    longer = [text for text in texts if _bytes(text) > least]
    candidates = sorted({*longer, *so_far})
    return sorted(candidates, key=_bytes, reverse=True)[:_LONGEST]


def _bytes(text: str) -> int:
    """Return a length in which an East Asian character counts more than a Latin one."""
    return len(text.encode(errors="replace"))
