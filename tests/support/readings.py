"""A report in -> what a faultless file of it would say: readings made by hand for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.furniture import furniture_for
from exporters.names import name_report
from exporters.reading import Found, Reading
from exporters.verify.expected import expect

if TYPE_CHECKING:
    from report_data.model import Report


def faultless(report: Report, format_name: str) -> Reading:
    """Return one `Found` a text, tables where they stand, each text on a group of its own."""
    words = furniture_for(report.meta.lang)
    expected = expect(report, words, name_report(report, words))
    found = []
    for number, item in enumerate(expected.items, 1):
        if item.kind != "table":
            found.append(Found(item.raw, f"place {number}", number, block=item.block))
            continue
        found += [
            Found(
                cell.raw,
                f"place {number}, row {cell.row}, column {cell.column}",
                number,
                block=cell.block,
                row=cell.row,
                column=cell.column,
            )
            for row in expected.tables[item.block]
            for cell in row
        ]
    return Reading(format_name, tuple(found))
