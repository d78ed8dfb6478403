"""A chart's specification, from its box and its table."""

from __future__ import annotations

import pytest

from report_data.charts import ChartError, ChartKind, chart_of, charts_of
from report_data.diagnostics import ReportErrors
from report_data.ids import BlockId
from report_data.load import load_text
from report_data.model import Box, Meta, Report
from report_data.values import Kind

TABLE = """
# 市场

| 年份 | 美国（亿元） | 中国（亿元） | 增长 |
|---|---|---|---|
| 2023 | 12.5 | 8 | 10% |
| 2024 | 15 | – | 12.5% |

: 规模 {#size}
"""


def report(box: str) -> Report:
    return load_text(TABLE + "\n" + box)


def box_of(report: Report) -> Box:
    return next(node for node in report.walk() if isinstance(node, Box))


def test_a_chart_takes_the_table_before_it_and_all_its_quantities() -> None:
    found = charts_of(report("::: {.chart type=column} 规模比较\n:::\n"))
    assert len(found) == 1
    chart = found[0]
    assert chart.kind is ChartKind.COLUMN
    assert (chart.table, chart.title) == ("size", "规模比较")
    assert chart.x_name == "年份"
    assert chart.x_kind is Kind.YEAR
    assert chart.categories == ("2023", "2024")
    assert list(chart.positions or ()) == [2023, 2024]
    assert [(one.name, one.column, one.values) for one in chart.series] == [
        ("美国（亿元）", 1, (12.5, 15)),
        ("中国（亿元）", 2, (8, None)),
    ]  # 增长 is a percentage: beside amounts it would lie on the axis
    assert chart.series[0].shape.decimals == 1  # the most that any cell has


def test_a_combined_chart_takes_amounts_and_percentages() -> None:
    (chart,) = charts_of(report("::: {.chart type=combined}\n:::\n"))
    assert [(one.name, one.line) for one in chart.series][-1] == ("增长", True)


def test_a_chart_of_percentages_takes_no_amounts() -> None:
    table = "| 名 | 占比 | 数量 | 增速 |\n|---|---|---|---|\n| 甲 | 10% | 5 | 1% |\n"
    (chart,) = charts_of(load_text(f"{table}\n::: {{.chart}}\n:::\n"))
    assert [one.name for one in chart.series] == ["占比", "增速"]


def test_a_chart_before_all_tables_takes_the_next() -> None:
    found = load_text(f"::: {{.chart}}\n:::\n\n{TABLE}\n\n| a | b |\n|---|---|\n| x | 1 |\n")
    assert [chart.table for chart in charts_of(found)] == ["size"]


def test_columns_are_chosen_by_name_or_number() -> None:
    source = report(
        '::: {.chart type=combined table=#size x=1 y="美国（亿元）,4" line=增长}\n:::\n'
    )
    chart = chart_of(box_of(source), source)
    assert [(one.name, one.line) for one in chart.series] == [
        ("美国（亿元）", False),
        ("增长", True),
    ]


def test_a_table_inside_the_box_is_its_own() -> None:
    source = report("::: {.chart type=pie}\n\n| a | n |\n|---|---|\n| x | 1 |\n| y | 3 |\n\n:::\n")
    chart = chart_of(box_of(source), source)
    assert chart.kind is ChartKind.PIE
    assert chart.series[0].values == (1, 3)


@pytest.mark.parametrize(
    ("box", "message"),
    [
        ("::: {.chart type=rainbow}\n:::", "“rainbow” is no kind of chart"),
        ("::: {.chart table=#nothing}\n:::", "no table has the id “nothing”"),
        ("::: {.chart y=收入}\n:::", "no column “收入”"),
        ("::: {.chart y=1 x=2}\n\n| a | b |\n|---|---|\n| x | y |\n\n:::", "holds no numbers"),
        ("::: {.chart}\n\n| a | b |\n|---|---|\n| x | y |\n\n:::", "no column of numbers"),
        (
            "::: {.chart type=pie}\n\n| a | n |\n|---|---|\n| x | -1 |\n| y | 3 |\n\n:::",
            "none of them negative",
        ),
        (
            "::: {.chart type=scatter x=1 y=2}\n\n| a | n |\n|---|---|\n| x | 1 |\n\n:::",
            "is not all numbers",
        ),
    ],
)
def test_what_cannot_be_drawn_is_said(box: str, message: str) -> None:
    with pytest.raises(ReportErrors, match=message) as caught:
        load_text(TABLE + "\n" + box)
    (fault,) = caught.value.diagnostics
    assert (fault.code, bool(fault.hint), fault.span is not None) == ("E206", True, True)


def test_bars_that_nobody_could_tell_apart_are_refused() -> None:
    rows = "".join(f"| r{n} | {n}.5 |\n" for n in range(61))
    with pytest.raises(ReportErrors, match="61 categories"):
        load_text(f"::: {{.chart}}\n\n| a | n |\n|---|---|\n{rows}\n:::\n")


def test_a_chart_that_cannot_be_drawn_is_none_of_the_report_s() -> None:
    box = Box(id=BlockId("c"), kind="chart", blocks=())
    report = Report(meta=Meta(), children=(box,))
    assert charts_of(report) == ()
    with pytest.raises(ChartError, match="the chart has no table"):
        chart_of(box, report)


SHARES = """\
# 题

| 区域 | 销量 |
|---|---|
| 欧洲 | 120 |
| 巴西 | 35 |
| {last} | 155 |

::: {{.chart type=pie{asked}}} 销量
:::
"""


@pytest.mark.parametrize(
    ("last", "asked", "drawn"),
    [
        ("**合计**", "", 2),
        ("合 计", "", 2),
        ("Total", "", 2),
        ("其他", "", 3),
        ("合计", " total=yes", 3),
    ],
)
def test_the_sum_of_the_other_rows_is_not_drawn(last: str, asked: str, drawn: int) -> None:
    report = load_text(SHARES.format(last=last, asked=asked))
    (chart,) = charts_of(report)
    assert [len(chart.categories), len(chart.series[0].values)] == [drawn, drawn]
    assert ["N215"] * (drawn == 2) == [one.code for one in report.warnings]
