"""Rows of a data file in -> the same without characters that no document may carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.markdown.clean import SUSPECT, clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from report_data.sources.source import Batch


def cleaned(batches: Iterable[Batch], changed: list[int] | None = None) -> Iterator[Batch]:
    """Yield batches cleaned as the text of a report is, appending how many cells that changed.

    What can be printed is known at a glance; only other columns are looked at more closely.
    """
    for batch in batches:
        yield [_column(column, changed) for column in batch]


def _column(column: Sequence[str], changed: list[int] | None) -> Sequence[str]:
    whole = "".join(column)
    if whole.isprintable() or not SUSPECT.search(whole):
        return column
    clean = [clean_text(text) for text in column]
    if changed is not None:
        changed.append(sum(map(str.__ne__, column, clean)))
    return clean
