"""Charts on slides: native, editable, described, with the numbers of their tables."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import package_checker
import pytest
from decks import context_for, deck_of
from openxml_audit import OpenXmlValidator

from exporters.powerpoint.plan import ChartFrame, Text
from exporters.powerpoint.read import read
from exporters.powerpoint.write import write
from exporters.verify import compare

if TYPE_CHECKING:
    from pathlib import Path

REPORT = """---
title: 图表
series: [美国, 中国]
lang: zh-Hans
---
# 表

| 年份 | 美国 | 中国 |
|---|---|---|
| 2023 | 12.5 | 8.1 |
| 2024 | 14.0 | 11.2 |

: 出货量 {#t}

# 柱

中国追赶迅速。

::: {.chart type=column table=#t #c}
:::

# 数

::: {.chart type=number table=#t y=中国}
:::
"""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("charts")
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    write(deck_of(folder / "report.md")[1], folder / "deck.pptx")
    return folder


def test_a_chart_has_a_slide_with_its_takeaway_and_words_for_who_cannot_see_it(
    written: Path,
) -> None:
    _, deck = deck_of(written / "report.md")
    slide = next(slide for slide in deck.slides if slide.title == "柱")
    (chart,) = (shape for shape in slide.shapes if isinstance(shape, ChartFrame))
    assert chart.name == "c"
    assert "从开头的12.5到末尾的14.0" in chart.description
    assert any(isinstance(s, Text) and s.placeholder == "intro" for s in slide.shapes)


def test_a_single_number_stands_large(written: Path) -> None:
    _, deck = deck_of(written / "report.md")
    slide = next(slide for slide in deck.slides if slide.title == "数")
    (figure,) = (s for s in slide.shapes if isinstance(s, Text) and s.placeholder == "figure-1")
    assert figure.paragraphs[0].text == "11.2"
    assert figure.paragraphs[0].type.size > 100


def test_the_file_holds_and_its_charts_are_read_back(written: Path) -> None:
    path = written / "deck.pptx"
    assert package_checker.faults(path) == []
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []
    report, _ = deck_of(written / "report.md")
    (chart,) = read(path).charts or ()
    assert chart.series == (("美国", (12.5, 14.0)), ("中国", (8.1, 11.2)))
    context = context_for(report)
    assert compare(report, read(path), context.words, context.names).diagnostics == ()


def test_the_numbers_can_be_edited(written: Path) -> None:
    with zipfile.ZipFile(written / "deck.pptx") as archive:
        name = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
        book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    rows = list(book["Sheet1"].values)
    assert [row[1:] for row in rows] == [("美国", "中国"), (12.5, 8.1), (14, 11.2)]


def test_charts_are_the_same_bytes_every_time(written: Path, tmp_path: Path) -> None:
    write(deck_of(written / "report.md")[1], tmp_path / "again.pptx")
    digests = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (written / "deck.pptx", tmp_path / "again.pptx")
    }
    assert len(digests) == 1
