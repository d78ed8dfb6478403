"""A Markdown file and a path in -> a workbook by XlsxWriter: what a script of one's own would do.

One sheet of text, one sheet a table with a header row, a filter and widths by
length. Run as a process of its own: ``python _peer_workbook.py REPORT.md BOOK.xlsx``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import xlsxwriter


def _row(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def main() -> None:
    """Write the workbook."""
    source, target = sys.argv[1:]
    lines = Path(source).read_text(encoding="utf-8").splitlines()
    tables: list[list[list[str]]] = []
    texts: list[str] = []
    for number, line in enumerate(lines):
        if not line.startswith("|"):
            texts += [line] if line.strip() else []
        elif not lines[number - 1].startswith("|"):
            tables.append([_row(line)])
        elif set(line) - set("|-: "):
            tables[-1].append(_row(line))
    book = xlsxwriter.Workbook(target)
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("全文")
    sheet.set_column(0, 0, 100)
    for number, text in enumerate(texts):
        sheet.write_string(number, 0, text, wrapped)
    for number, rows in enumerate(tables, 1):
        sheet = book.add_worksheet(f"表 {number}")
        sheet.freeze_panes(1, 0)
        sheet.add_table(
            0,
            0,
            len(rows) - 1,
            len(rows[0]) - 1,
            {
                "data": rows[1:],
                "columns": [{"header": text, "header_format": bold} for text in rows[0]],
            },
        )
        for column in range(len(rows[0])):
            sheet.set_column(column, column, max(len(row[column]) for row in rows) * 2, wrapped)
    book.close()


if __name__ == "__main__":
    main()
