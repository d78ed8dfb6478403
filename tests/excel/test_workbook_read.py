"""Reading back: everything is found, and whatever was changed by hand is named."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from exporters.excel import exporter
from exporters.reading import Layer
from exporters.verify import compare

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from made_workbook import MadeWorkbook, MakeWorkbook
    from openpyxl import Workbook


def differences(made: MadeWorkbook, path: Path | None = None) -> list[str]:
    """Return what verification has to say about a file."""
    reading = exporter.read(path or made.path)
    proof = compare(made.report, reading, made.context.words, made.context.names)
    return [str(item) for item in proof.diagnostics]


def test_the_bundled_workbook_says_what_the_report_says(bundled_workbook: MadeWorkbook) -> None:
    assert differences(bundled_workbook) == []


def test_what_the_tool_adds_is_furniture(bundled_workbook: MadeWorkbook) -> None:
    found = exporter.read(bundled_workbook.path).found
    cover = [(one.text, one.layer) for one in found if one.group == 1]
    assert cover[:5] == [
        ("技术报告", Layer.BODY),
        ("中美 CPO（光电共封装）产业链比较报告", Layer.BODY),
        ("中美 CPO（Co‑Packaged Optics）产业链比较分析报告", Layer.BODY),
        ("作者：ChatGPT（根据您提供的内容整理）", Layer.BODY),
        ("生成日期：2025‑10‑20（本报告基于用户提供的分析内容整理）", Layer.BODY),
    ]
    assert {layer for _, layer in cover[5:]} == {Layer.FURNITURE}
    header = [one for one in found if one.row == 0 and one.group == 3]
    assert [one.text for one in header] == ["模块", "美国优势", "中国优势/现状"]


def test_cells_are_found_by_block_row_and_column(bundled_workbook: MadeWorkbook) -> None:
    found = exporter.read(bundled_workbook.path).found
    cell = next(one for one in found if one.text == "日美厂商占优")
    assert (cell.row, cell.column) == (3, 1)
    assert cell.place == "sheet 表 2 关键材料与差距, cell B6"
    assert cell.block == "关键材料与差距/table-1"


def change_word(book: Workbook) -> None:
    book.worksheets[1]["B5"].value = str(book.worksheets[1]["B5"].value).replace(
        "应用层", "应用", 1
    )


def change_cell(book: Workbook) -> None:
    book.worksheets[2]["B4"].value = "别的"


def remove_row(book: Workbook) -> None:
    book.worksheets[2].delete_rows(5)


def change_title(book: Workbook) -> None:
    book.worksheets[0]["B3"].value = "别的标题"


def remove_sheet(book: Workbook) -> None:
    book.remove(book.worksheets[4])


def add_text(book: Workbook) -> None:
    book.worksheets[2]["E20"].value = "没有人写过的话"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (change_word, "应用层"),
        (change_cell, "外延材料与工艺成熟"),
        (remove_row, "硅光（SiPh）"),
        (change_title, "光电共封装"),
        (remove_sheet, "便捷表格"),
        (add_text, "没有人写过的话"),
    ],
)
def test_a_change_by_hand_is_named(
    change: Callable[[Workbook], None],
    named: str,
    bundled_workbook: MadeWorkbook,
    tmp_path: Path,
) -> None:
    book = openpyxl.load_workbook(bundled_workbook.path, rich_text=True)
    change(book)
    changed = tmp_path / "changed.xlsx"
    book.save(changed)
    said = differences(bundled_workbook, changed)
    assert any(named in line for line in said), said


def test_what_openpyxl_only_saved_again_still_holds(
    bundled_workbook: MadeWorkbook, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(bundled_workbook.path, rich_text=True)
    book.save(tmp_path / "again.xlsx")
    assert differences(bundled_workbook, tmp_path / "again.xlsx") == []


NUMBERS = """
| 项目 | 市值 | 占比 |
|---|---|---|
| 甲 | 1.2亿元 | １２% |
| 乙 | 300万元 | 3.5% |
"""


def test_numbers_are_read_as_they_were_written(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(NUMBERS)
    assert differences(made) == []
    texts = [one.text for one in exporter.read(made.path).found if one.block and one.row]
    assert texts == ["甲", "1.2亿元", "１２%", "乙", "300万元", "3.5%"]


@pytest.mark.parametrize(("cell", "number"), [("B4", 1_200_000), ("C5", 0.036), ("C4", 0.13)])
def test_a_number_changed_by_hand_is_named(
    cell: str, number: float, make_workbook: MakeWorkbook, tmp_path: Path
) -> None:
    made = make_workbook(NUMBERS)
    book = openpyxl.load_workbook(made.path)
    book.worksheets[2][cell].value = number
    book.save(tmp_path / "changed.xlsx")
    assert differences(made, tmp_path / "changed.xlsx") != []


def test_what_is_no_workbook_is_said(tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("no archive", encoding="utf-8")
    with pytest.raises(ValueError, match=r"text\.xlsx is no readable workbook"):
        exporter.read(tmp_path / "text.xlsx")
    with zipfile.ZipFile(tmp_path / "empty.xlsx", "w") as archive:
        archive.writestr("a.txt", "")
    with pytest.raises(ValueError, match=r"empty\.xlsx is no readable workbook"):
        exporter.read(tmp_path / "empty.xlsx")


def test_footnotes_and_references_are_the_tool_s_words(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(
        "# 报告\n\n## 甲\n\n见 [](#t) 与脚注[^1]。\n\n"
        "| a | b |\n|---|---|\n| 1 | 文字[^1] |\n\n: 标题 {#t}\n\n[^1]: 注释的文字\n"
    )
    assert differences(made) == []
    page = openpyxl.load_workbook(made.path).worksheets[2]
    assert page["B4"].comment is not None
    assert page["B4"].comment.text == "注释的文字"


def test_a_long_footnote_s_beginning_is_in_the_note(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(f"见脚注[^1]。\n\n[^1]: 第一段\n\n    {'文字 ' * 50_000}\n")
    assert differences(made) == []
    page = openpyxl.load_workbook(made.path).worksheets[1]
    assert page["B4"].comment is not None
    assert page["B4"].comment.text.startswith("第一段\n文字 文字")
    assert page["B4"].comment.text.endswith(" 文字…")
    assert len(page["B4"].comment.text) < 1_010


def test_a_note_holds_as_many_addresses_as_it_can(make_workbook: MakeWorkbook) -> None:
    made = make_workbook(" ".join(f"[a](https://x.org/{n}{'b' * 999})" for n in range(40)))
    assert differences(made) == []
    page = openpyxl.load_workbook(made.path).worksheets[1]
    assert page["B4"].comment is not None
    listed = page["B4"].comment.text.split("\n")
    assert listed[-1] == "…"
    assert all(line.endswith("b" * 999) for line in listed[:-1])
    assert len(listed[:-1]) == 32


def test_links_are_listed_by_their_whole_texts_once_each(make_workbook: MakeWorkbook) -> None:
    there = "https://x.org/a"
    made = make_workbook(
        f"# A\n\nSee [its\nown `opts`\nlist]({there}), [b](https://x.org/b), [c]({there}),"
        f" `d` [c]({there}) and **[d *e*]({there})**."
    )
    notes = [one.text for one in exporter.read(made.path).found if "note on" in one.place]
    listed = [line for note in notes for line in note.split("\n")]
    assert listed == [
        f"its own opts list: {there}",
        "b: https://x.org/b",
        f"c: {there}",
        f"d e: {there}",
    ]
    assert differences(made) == []
