"""What is told of a chart to who cannot see it: what is drawn, how it runs, its extremes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.chart_text import describe
from exporters.furniture import furniture_for
from report_data.charts import charts_of
from report_data.load import load_text

if TYPE_CHECKING:
    from report_data.model import Language

TABLE = """
| 年 | 甲 | 乙 |
|---|---|---|
| 2021 | 1.5 | 9 |
| 2022 | 4.0 | 2 |
| 2023 | 2.5 | 7 |
"""


def told(braces: str, title: str = "", language: Language = "zh-Hans", table: str = TABLE) -> str:
    report = load_text(f"{table}\n::: {{.chart {braces}}} {title}\n:::\n")
    (chart,) = charts_of(report)
    return describe(chart, furniture_for(language), "表 1")


def test_a_series_is_told_by_its_run_and_its_extremes() -> None:
    assert told("type=line", "走势") == (
        "折线图“走势”，按年显示甲、乙，共3项，从2021到2023。"
        "甲总体上升，从开头的1.5到末尾的2.5，最高值4.0出现在2022。"
        "乙总体下降，从开头的9到末尾的7，最低值2出现在2022。全部数据见表 1。"
    )


def test_a_pie_is_told_by_its_parts() -> None:
    assert told("type=pie y=甲").endswith(
        "在甲的各部分中，最大的一份是2022，为4.0，最小的一份是2021，为1.5。全部数据见表 1。"
    )


def test_a_series_without_extremes_between_its_ends() -> None:
    rising = "\n| x | n |\n|---|---|\n| a | 1 |\n| b | 2 |\n"
    assert "最高值与最低值就在首尾" in told("type=column", table=rising)
    level = "\n| x | n |\n|---|---|\n| a | 1 |\n| b | 1 |\n"
    assert "n首尾相同，都是1。" in told("type=column", table=level)
    single = "\n| x | n |\n|---|---|\n| a | 1 |\n| b | – |\n"
    assert "n：a为1。" in told("type=column", table=single)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "ja", "ko"])
@pytest.mark.parametrize("kind", ["column", "line", "pie", "combined", "scatter", "area"])
def test_every_language_reads_as_language(kind: str, language: Language) -> None:
    """At least half of its characters are letters (outloud's rule FIG-012)."""
    columns = "x=2 y=3" if kind == "scatter" else "y=2" if kind == "pie" else 'y="2,3"'
    table = TABLE.replace("甲", "Shipments").replace("乙", "Revenue")
    text = told(f"type={kind} {columns}", "Two series compared", language, table)
    assert sum(char.isalpha() for char in text) >= len(text) / 2
    assert "表 1" in text
    assert "{" not in text
