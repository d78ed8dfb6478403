"""Data files: how they are written is found out, ragged rows are named, nothing is held."""

from __future__ import annotations

import csv
import pickle
import tracemalloc
from datetime import date, datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from report_data.diagnostics import FileError, ReportErrors
from report_data.load import load, load_text
from report_data.model import Table
from report_data.sources import SourceError, SourceRows, book, open_source
from report_data.sources.source import KEPT_ROWS
from report_data.table_types import types_of
from report_data.values import Kind
from report_data.values import written as as_written

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, text: str | bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("名称,值\n甲,1\n乙,2\n".encode(), "a.csv"),
        ("\ufeff名称,值\r\n甲,1\r\n乙,2\r\n".encode(), "a.csv"),
        ("名称;值\n甲;1\n乙;2\n".encode("gb18030"), "a.csv"),
        ("名称\t值\n甲\t1\n乙\t2\n".encode("utf-16"), "a.tsv"),
        ("名称|值\r甲|1\r乙|2\r".encode(), "a.csv"),
    ],
)
def test_encoding_and_delimiter_are_found(content: bytes, name: str, tmp_path: Path) -> None:
    source = open_source(written(tmp_path, content, name), {})
    assert source.headers == ("名称", "值")
    assert [list(row) for row in source.texts()] == [["甲", "1"], ["乙", "2"]]
    assert source.count == 2
    assert source.types[1].kind is Kind.INTEGER
    told = b"\xc3\xfb" in content or content.startswith(b"\xff\xfe")
    assert bool(source.notes) == told  # another encoding than UTF-8 is told of


def test_quotes_hold_delimiters_and_line_breaks(tmp_path: Path) -> None:
    source = open_source(written(tmp_path, 'a,b\n"x, y","1\n2"\n"say ""hi""",3\n'), {})
    assert [list(row) for row in source.texts()] == [["x, y", "1\n2"], ['say "hi"', "3"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a,b\n1,2\n3\n4,5,6\n7,8\n", "2 rows of data.csv have not 2 fields: lines 3, 4"),
        (b'a,b\n1,"2\n3,4\n', "data.csv, line 3: unexpected end of data"),
        (b"", "data.csv is empty"),
        (b"a,b\n1,\x00\n", "NUL"),
        (b"\n\n", "is empty"),
        (",".join(map(str, range(16_385))).encode() + b"\n", "16,385 columns"),
        (b"a,b\n1," + b"x" * 1_000_001 + b"\n", "row 1 of “b” has 1,000,001 characters"),
        (b"\xef\xbb\xbfa,b\n\xd6\xd0,1\n", "begins as utf-8-sig, but byte 7 is not"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    content: bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        open_source(written(tmp_path, content), {})
    assert caught.value.hint


@pytest.mark.parametrize(
    ("encoding", "message"),
    [("klingon", "“klingon” is no encoding"), ("utf-8", "is not utf-8: byte 300004 is not")],
)
def test_a_declared_encoding_is_checked_to_the_end(
    encoding: str, message: str, tmp_path: Path
) -> None:
    path = written(tmp_path, b"a,b\n" + b"1,2\n" * 75_000 + b"\xff,2\n")
    with pytest.raises(SourceError, match=message):
        open_source(path, {"encoding": encoding})


def test_blank_lines_before_the_header_are_no_header(tmp_path: Path) -> None:
    source = open_source(written(tmp_path, "\n\na,b\n\n1,2\n\n"), {})
    assert source.headers == ("a", "b")
    assert [list(row) for row in source.texts()] == [["1", "2"]]


def test_limits_of_columns_can_be_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPTYCH_MAX_COLUMNS", "2")
    path = written(tmp_path, "a,b,c\n1,2,3\n")
    with pytest.raises(SourceError, match="3 columns") as caught:
        open_source(path, {})
    assert "TRIPTYCH_MAX_COLUMNS" in caught.value.hint
    assert open_source(path, {"columns": "a,c"}).headers == ("a", "c")
    monkeypatch.setenv("TRIPTYCH_MAX_COLUMNS", "3")
    assert len(open_source(path, {}).headers) == 3


def test_columns_types_and_order_are_chosen(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name,value\n1,b,2\n2,a,10\n3,c,–\n")
    source = open_source(
        path, {"columns": "value, name,1", "types": "code:number,value:text", "sort": "-name"}
    )
    assert source.headers == ("value", "name", "code")
    assert [kind.kind for kind in source.types] == [Kind.TEXT, Kind.TEXT, Kind.INTEGER]
    assert [list(row) for row in source.texts()] == [
        ["–", "c", "3"],
        ["2", "b", "1"],
        ["10", "a", "2"],
    ]
    by_value = open_source(path, {"sort": "value"})
    assert [row[2] for row in by_value.texts()] == ["2", "10", "–"]
    with pytest.raises(SourceError, match="no column “x”"):
        open_source(path, {"columns": "x"})
    with pytest.raises(SourceError, match="“cash” is no type"):
        open_source(path, {"types": "value:cash"})


def test_rows_are_sorted_by_several_columns_what_is_missing_last(tmp_path: Path) -> None:
    path = written(tmp_path, "team,score\nb,2\na,–\na,10\nb,30\na,9\n")
    for wanted, expected in (
        ("team, -score", ["10", "9", "–", "30", "2"]),
        ("-team, score", ["2", "30", "9", "10", "–"]),
        ("-score", ["30", "10", "9", "2", "–"]),
    ):
        assert [row[1] for row in open_source(path, {"sort": wanted}).texts()] == expected


@pytest.mark.parametrize(
    ("kind", "cells", "found", "numbers"),
    [
        ("text", ["1", "2"], Kind.TEXT, []),
        ("integer", ["10000001", "10000002"], Kind.INTEGER, [10000001, 10000002]),
        ("decimal", ["1.5", "ca. 2"], Kind.DECIMAL, [1.5]),
        ("percent", ["12.5%", "n. b."], Kind.PERCENT, [0.125]),
        ("money", ["$1,200", "free"], Kind.MONEY, [1200]),
        ("date", ["2025-01-02", "soon"], Kind.DATE, [date(2025, 1, 2)]),
        ("date-dmy", ["3/4/2025", "5/6/2025"], Kind.DATE, [date(2025, 4, 3)]),
        ("date-mdy", ["3/4/2025", "5/6/2025"], Kind.DATE, [date(2025, 3, 4)]),
        ("year", ["1850", "1999"], Kind.YEAR, [1850, 1999]),
        ("range", ["3–4", "5"], Kind.RANGE, []),
        ("number", ["007", "5"], Kind.TEXT, [5]),
    ],
)
def test_a_column_holds_what_it_is_declared_to(
    kind: str, cells: list[str], found: Kind, numbers: list[object], tmp_path: Path
) -> None:
    path = written(tmp_path, "code,name\n" + "".join(f'"{cell}",x\n' for cell in cells))
    source = open_source(path, {"types": f"code:{kind}"})
    type_ = source.types[0]
    assert type_.kind is found
    values = [type_.value(cell).number for cell in cells]
    worth = [value.date() if isinstance(value, datetime) else value for value in values]
    assert [value for value in worth if value is not None][: len(numbers)] == numbers
    others = [cell for cell, value in zip(cells, values, strict=True) if value is None]
    told = kind not in {"text", "range"} and bool(others)
    assert bool(source.others) == told
    if told:
        assert f"“{others[0]}”" in source.others[0]


@pytest.mark.parametrize("kind", ["date-dmy", "date-mdy"])
def test_a_declared_order_of_dates_is_shown_as_written(kind: str, tmp_path: Path) -> None:
    path = written(tmp_path, "d\n3/4/2025\n5/6/2025\n")
    (type_,) = open_source(path, {"types": f"d:{kind}"}).types
    for text in ("3/4/2025", "5/6/2025"):
        value = type_.value(text)
        assert value.number is not None
        assert value.exact
        assert as_written(value.shape, value.number) == text


def test_rows_are_a_sequence_that_is_read_anew(tmp_path: Path) -> None:
    lines = "".join(f"r{n},{n}\n" for n in range(1000))
    rows = SourceRows(open_source(written(tmp_path, f"a,b\n{lines}"), {}))
    assert len(rows) == 1000
    assert rows[0][0].text == "r0"
    assert rows[-1][1].text == "999"
    assert rows[KEPT_ROWS + 5][0].text == f"r{KEPT_ROWS + 5}"
    part = rows[10:13]
    assert [row[0].text for row in part] == ["r10", "r11", "r12"]
    assert [row[0].text for row in rows[998:]] == ["r998", "r999"]
    assert len(part[1:2]) == 1
    assert part[1:2][0][0].text == "r11"
    assert sum(int(row[1].text) for row in rows) == sum(int(row[1].text) for row in rows) == 499_500
    with pytest.raises(IndexError):
        rows[1000]


def test_a_file_that_changes_during_the_run_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n")
    source = open_source(path, {})
    path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    with pytest.raises(FileError, match="was changed while it was being read"):
        list(source.texts())
    path.unlink()
    with pytest.raises(FileError, match="E712"):
        list(source.texts())


@pytest.mark.parametrize("options", [{}, {"columns": "b"}, {"sort": "-a"}])
def test_a_table_can_be_sent_to_another_process(options: dict[str, str], tmp_path: Path) -> None:
    rows = SourceRows(open_source(written(tmp_path, "a,b\n1,2\n3,4\n"), options))
    again = pickle.loads(pickle.dumps(rows))  # noqa: S301  # our own
    assert [list(texts) for texts in again.texts()] == [list(texts) for texts in rows.texts()]


def test_what_no_document_may_carry_is_left_out_and_told(tmp_path: Path) -> None:
    text = "na\x02me,值\n甲\x01,1\n乙\u200b,2\x1f5\n丙\u3000丁,\u00a03\n"
    source = open_source(written(tmp_path, text), {"columns": "name,值", "sort": "-值"})
    assert source.headers == ("name", "值")
    assert sorted(map(list, source.texts())) == [
        ["丙\u3000丁", "\u00a03"],
        ["乙", "25"],
        ["甲", "1"],
    ]
    (note,) = source.notes
    assert "3 cells of data.csv" in note


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "text", "value"])
        writer.writerows([n, f"text {n}", n / 4] for n in range(60_000))
    tracemalloc.start()
    try:
        source = open_source(path, {})
        count = sum(1 for _ in source.texts())
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == source.count == 60_000
    assert peak < 8_000_000  # the file's texts as Python holds them are about 12 MB


def test_a_workbook_is_a_data_file_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["code", "value"])
    book.worksheets[0].append(["007", 1.5])
    book.create_sheet("second").append(["x"])
    book.save(tmp_path / "data.xlsx")
    source = open_source(tmp_path / "data.xlsx", {})
    assert source.headers == ("code", "value")
    assert [list(row) for row in source.texts()] == [["007", "1.5"]]
    assert open_source(tmp_path / "data.xlsx", {"sheet": "second"}).headers == ("x",)
    with pytest.raises(SourceError, match="no sheet “third”"):
        open_source(tmp_path / "data.xlsx", {"sheet": "third"})


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row></sheetData></worksheet>"),
        ("xl/worksheets/sheet1.xml", b"\xff\xff"),
        ("xl/workbook.xml", b'<workbook xmlns="x"/>'),
        ("xl/workbook.xml", b"<workbook"),
        ("xl/_rels/workbook.xml.rels", b""),
    ],
    ids=["tags", "bytes", "no sheets", "half", "empty"],
)
def test_a_damaged_workbook_is_refused(part: str, content: bytes, tmp_path: Path) -> None:
    whole, path = tmp_path / "whole.xlsx", tmp_path / "data.xlsx"
    openpyxl.Workbook().save(whole)
    with ZipFile(whole) as old, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    with pytest.raises(SourceError, match=r"data\.xlsx"):
        open_source(path, {})


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl.Workbook().save(tmp_path / "data.xlsx")
    monkeypatch.setattr(book, "LARGEST_BOOK", 1_000)
    with pytest.raises(SourceError, match="unpacks to"):
        open_source(tmp_path / "data.xlsx", {})


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow as pa
    from pyarrow import parquet

    path = tmp_path / "data.parquet"
    parquet.write_table(pa.table({"a": [str(number) for number in range(5_000)]}), path)
    blob = bytearray(path.read_bytes())
    blob[20:400] = bytes(380)
    path.write_bytes(bytes(blob))
    with pytest.raises(SourceError, match=r"data\.parquet"):
        open_source(path, {})


def test_a_parquet_file_is_a_data_file_too(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow (the extra data) is not installed")
    from pyarrow.parquet import write_table

    write_table(arrow.table({"name": ["a", None], "value": [1.5, 2.0]}), tmp_path / "x.parquet")
    source = open_source(tmp_path / "x.parquet", {})
    assert [list(row) for row in source.texts()] == [["a", "1.5"], ["", "2"]]
    with pytest.raises(SourceError, match="is no Parquet file"):
        open_source(written(tmp_path, b"no", "y.parquet"), {})


# --- in a report -----------------------------------------------------------------


def test_a_report_s_table_reads_its_data_file(tmp_path: Path) -> None:
    written(tmp_path, "a,b\n1,2\n3,4\n")
    report = tmp_path / "report.md"
    report.write_text("# R\n\n::: {.table src=data.csv #d} 标题\n:::\n", encoding="utf-8")
    (table,) = (node for node in load(report).walk() if isinstance(node, Table))
    assert (table.id, len(table.rows)) == ("d", 2)
    assert [list(texts) for texts in table.texts()] == [["1", "2"], ["3", "4"]]
    assert table.types is not None


@pytest.mark.parametrize(
    ("src", "message"),
    [
        ("../data.csv", "outside the report's folder"),
        ("/etc/passwd", "outside the report's folder"),
        ("none.csv", "no data file none.csv"),
        ("report.md", "is no data file that can be read"),
    ],
)
def test_only_data_files_in_the_report_s_folder_are_read(
    src: str, message: str, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    written(tmp_path, "a,b\n1,2\n")
    report = folder / "report.md"
    report.write_text(f"# R\n\n::: {{.table src={src}}}\n:::\n", encoding="utf-8")
    with pytest.raises(ReportErrors, match=message):
        load(report)


def test_a_table_in_the_text_can_declare_its_types() -> None:
    source = "| 编号 | 值 |\n|---|---|\n| 12 | a |\n| 13 | b |\n\n: 表 {#t types=编号:integer}\n"
    (table,) = (node for node in load_text(source).walk() if isinstance(node, Table))
    assert [type_.kind for type_ in types_of(table)] == [Kind.INTEGER, Kind.TEXT]


@pytest.mark.parametrize(
    ("braces", "message"),
    [
        ("types=x:text", "there is no column “x”"),
        ("types=值:cash", "“cash” is no type"),
        ("limit=ten", "“ten” is no number of rows"),
        ("limit=0", "“0” is no number of rows"),
    ],
)
def test_what_braces_of_a_table_say_is_checked(braces: str, message: str) -> None:
    with pytest.raises(ReportErrors, match=message):
        load_text(f"| a | 值 |\n|---|---|\n| 12 | a |\n\n: 表 {{#t {braces}}}\n")
