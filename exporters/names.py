"""A Report in -> the names of files, sheets, tables and bookmarks, given once for all formats.

STUB: the interface that the other rooms build on; to be filled by the workbook helper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exporters.furniture import Furniture
    from report_data.ids import BlockId
    from report_data.model import Report


@dataclass(frozen=True, slots=True)
class TableName:
    """A table's names. ``number`` counts tables through the report, from 1.

    ``label`` is "表 1"; ``title`` its caption, else the heading it stands under;
    ``sheet`` a legal, unique sheet name; ``table`` a legal, unique table name
    (ASCII or CJK letters, no spaces), both the same in every format that
    mentions them.
    """

    number: int
    label: str
    title: str
    sheet: str
    table: str


@dataclass(frozen=True, slots=True)
class Names:
    """All names of one run."""

    stem: str
    """The file name of the outputs without suffix, sanitised."""
    tables: dict[BlockId, TableName]
    figures: dict[BlockId, str]
    """A figure's label: "图 1"."""
    contents_sheet: str
    full_text_sheet: str


def name_report(report: Report, words: Furniture) -> Names:
    """Give every name that the outputs of a report need."""
    raise NotImplementedError
