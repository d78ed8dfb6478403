"""Files that cannot be read, and limits that can be raised: each message says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import report_data
from report_data.diagnostics import Diagnostic, FileError, ReportErrors, Severity, TriptychError
from report_data.limits import Limit
from report_data.model import Table

if TYPE_CHECKING:
    from pathlib import Path


def _said(path: Path | str) -> Diagnostic:
    with pytest.raises(TriptychError) as refused:
        report_data.load(path)
    (said,) = refused.value.diagnostics
    assert said.severity is Severity.ERROR
    assert said.hint
    return said


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    said = _said(tmp_path / "none.md")
    assert (said.code, said.span and said.span.file) == ("E101", str(tmp_path / "none.md"))
    assert "cpo_us_china" in said.hint


def test_a_folder(tmp_path: Path) -> None:
    assert _said(tmp_path).code == "E102"


def test_a_bundled_name_and_a_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert report_data.load("cpo_us_china") == report_data.load()
    (tmp_path / "cpo_us_china").write_text("# 我的", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert report_data.load("cpo_us_china").meta.title == "我的"


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    path.write_text("\ufeff\n\n", encoding="utf-8")
    assert (_said(path).code, str(_said(path).span)) == ("E103", f"{path}:1:1")


def test_a_source_that_is_too_large_and_how_to_raise_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.md"
    path.write_bytes(b"a\n\n" * 400_000)
    monkeypatch.setenv(Limit.SOURCE_MB.variable, "1")
    assert _said(path).code == "E104"
    assert Limit.SOURCE_MB.variable in _said(path).hint
    with pytest.raises(ReportErrors):
        report_data.load_text("a" * 1_000_001)
    monkeypatch.setenv(Limit.SOURCE_MB.variable, "2")
    assert report_data.load_text("a" * 1_000_001).warnings == ()


def test_a_file_without_end_is_refused_at_once() -> None:
    assert _said("/dev/zero").code in ("E104", "E101")


@pytest.mark.parametrize("given", ["", "0", "-1", "x", "1e3", "٣x"])
def test_a_limit_that_is_no_number_counts_for_nothing(
    monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    monkeypatch.setenv(Limit.BRACKETS.variable, given)
    assert Limit.BRACKETS.get() == 10_000


@pytest.mark.parametrize(
    ("given", "limit"), [("12", 12), ("000000000000012", 12), ("9" * 5_000, 10**9)]
)
def test_a_limit_is_any_number(monkeypatch: pytest.MonkeyPatch, given: str, limit: int) -> None:
    monkeypatch.setenv(Limit.SOURCE_MB.variable, given)
    assert Limit.SOURCE_MB.get() == limit
    assert report_data.load(None).sections


def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path) -> None:
    text = "# 题\n\n一段\n两行\n\n| a |\n|---|\n| b |\n"
    reports = []
    for number, variant in enumerate(
        (text, text.replace("\n", "\r\n"), text.replace("\n", "\r"), "\ufeff" + text)
    ):
        path = tmp_path / str(number) / "r.md"
        path.parent.mkdir()
        path.write_bytes(variant.encode())
        reports.append(report_data.load(path))
    assert all(report == reports[0] for report in reports)


def test_lines_that_are_almost_a_table_stand_as_text_with_a_warning() -> None:
    report = report_data.load_text("x\n\n| a | b | c |\n|---|---|\n| 1 | 2 |\n")
    (said,) = report.warnings
    assert (said.code, said.span and (said.span.line, said.span.column)) == ("W202", (4, 1))
    assert "the header has 3 cells, the line under it 2" in said.message


def test_all_that_is_wrong_is_said_at_once_in_order(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    path.write_text(
        "---\ntitle: a\ntitle: b\nx: y\n---\n\n# A {#a}\n\n[l](#none) ![p](none.png)\n\n"
        "| a | b |\n|---|---|\n| 1 |\n\n# B {#a}\n",
        encoding="utf-8",
    )
    with pytest.raises(ReportErrors) as refused:
        report_data.load(path)
    said = [(item.code, item.span and item.span.line) for item in refused.value.diagnostics]
    assert said == [
        ("E171", 3),
        ("W175", 4),
        ("W121", 9),
        ("W151", 9),
        ("W203", 13),
        ("E201", 15),
    ]
    assert not isinstance(refused.value, FileError)


@pytest.mark.parametrize("rule", ["|---|---|", "|---|---|---|---|"])
def test_a_table_whose_rule_is_miscounted_is_one_all_the_same(rule: str) -> None:
    report = report_data.load_text(f"| 甲 | 乙 | 丙 |\n{rule}\n| 1 | 2 | 3 |\n")
    (table,) = report.children
    assert isinstance(table, Table)
    assert [len(row) for row in table.rows] == [3]
    (said,) = report.warnings
    assert (said.code, said.span and (said.span.line, said.span.column)) == ("W202", (2, 1))


@pytest.mark.parametrize(
    "text",
    [
        "| a | b |\n|---|\n| c | d |",
        "a | b | c\n---|---\nd | e | f",
        "| a | b | c |\n|---|---|\n| d | e |",
    ],
)
def test_lines_that_are_no_table_on_github_and_may_be_text_stay_text(text: str) -> None:
    assert not any(isinstance(child, Table) for child in report_data.load_text(text).children)
