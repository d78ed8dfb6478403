"""A CSV file and a path in -> a workbook by one of three writers; its CPU seconds and memory out.

Run as a process of its own: ``python _large_workbook.py WRITER DATA.csv BOOK.xlsx``.
Each writer reads the same file. The peers are told what the columns hold; ours
finds it out, measures the widths, and writes an Excel Table with formats,
filter, frozen pane and print set-up, which the peers are not asked for.
"""

from __future__ import annotations

import csv
import resource
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def ours(data: Path, book: Path) -> None:
    """Export a report whose one table is the data file."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from exporters.context import Context
    from exporters.excel import exporter
    from exporters.furniture import furniture_for
    from exporters.layout.fonts import FontSet
    from exporters.names import name_report
    from exporters.theme import Theme
    from report_data.load import load_text

    source = f"# 数据\n\n::: {{.table src={data.name} #data}} 数据\n:::\n"
    report = load_text(source, folder=data.parent)
    words = furniture_for(report.meta.lang)
    names = name_report(report, words)
    context = Context(Theme(), FontSet(), words, names, frozenset({"xlsx"}))
    exporter.write(exporter.plan(report, context), book)


def typed(data: Path) -> Iterator[list[Any]]:
    """Yield rows as the peers want them: the header, then values of the right types."""
    text = str
    kinds: list[Callable[[str], Any]] = [
        *(text, text, text, int, float),
        *(float, text, date.fromisoformat, int, text),
    ]
    with data.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        yield next(reader)
        for row in reader:
            yield [kind(value) for kind, value in zip(kinds, row, strict=True)]


def xlsxwriter(data: Path, book: Path) -> None:
    """Write the rows by XlsxWriter, as its manual does it."""
    import xlsxwriter as library

    workbook = library.Workbook(book)
    sheet = workbook.add_worksheet("data")
    dated = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(typed(data)):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, dated)
            elif isinstance(value, str):
                sheet.write_string(number, column, value)
            else:
                sheet.write_number(number, column, value)
    workbook.close()


def openpyxl(data: Path, book: Path) -> None:
    """Write the rows by openpyxl's write-only mode."""
    import openpyxl as library

    workbook = library.Workbook(write_only=True)
    sheet = workbook.create_sheet("data")
    for row in typed(data):
        sheet.append(row)
    workbook.save(book)


WRITERS = {"ours": ours, "XlsxWriter": xlsxwriter, "openpyxl write_only": openpyxl}


def main() -> None:
    """Write the workbook; print CPU seconds and megabytes."""
    name, data, book = sys.argv[1:]
    WRITERS[name](Path(data), Path(book))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)  # Linux counts in kilobytes


if __name__ == "__main__":
    main()
