"""``pdftotext -raw`` reads what the report says, in its order: the bundled report, real ones."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from made_pdf import MadePdf
from raw_text import disagreements

from report_data import load

if TYPE_CHECKING:
    from report_data.model import Report

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "docs"
REPORTS = sorted(CORPUS.glob("*.md"))

SAMPLE = """\
# 甲

正文 text[^n]，**粗**与[链接](https://example.org/)。

1. 一
2. 二

| 名 | 数 |
|---|---|
| a | 1 |

[^n]: 注。
"""


@pytest.fixture(scope="module")
def pdftotext() -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    return program


def said(program: str, report: Report | str, path: Path) -> list[str]:
    made = MadePdf(report)
    return list(disagreements(program, path, made.read(path), made.report))


def test_the_bundled_report(pdftotext: str, tmp_path: Path) -> None:
    assert said(pdftotext, load(None), tmp_path / "r.pdf") == []


def test_notes_lists_and_tables(pdftotext: str, tmp_path: Path) -> None:
    assert said(pdftotext, SAMPLE, tmp_path / "r.pdf") == []


@pytest.mark.skipif(not REPORTS, reason="the corpus of real reports is not here")
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_real_reports(path: Path, pdftotext: str, tmp_path: Path) -> None:
    assert said(pdftotext, load(path), tmp_path / "r.pdf") == []


def test_a_page_in_another_order_is_named(pdftotext: str, tmp_path: Path) -> None:
    made = MadePdf("# 甲\n\n第一段。\n\n第二段。\n")
    path = tmp_path / "r.pdf"
    reading = made.read(path)
    with pikepdf.open(path) as pdf:
        page = pdf.pages[-1]
        operators = pikepdf.parse_content_stream(page)
        begins = [
            at
            for at, one in enumerate(operators)
            if str(one.operator) == "BDC" and one.operands[0] == pikepdf.Name.P
        ]
        ends = [at for at, one in enumerate(operators) if str(one.operator) == "EMC"]
        (one, other), end = begins, next(at for at in ends if at > begins[1]) + 1
        operators[one:end] = operators[other:end] + operators[one:other]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))
        pdf.save(tmp_path / "turned.pdf")
    assert list(disagreements(pdftotext, tmp_path / "turned.pdf", reading, made.report))
