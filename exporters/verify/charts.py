"""A report's charts and those found in a file -> every number that differs."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from exporters.verify.expected import squeezed
from report_data.charts import ChartKind, charts_of
from report_data.model import Box, walk

if TYPE_CHECKING:
    from exporters.reading import FoundChart, Reading
    from exporters.verify.saying import Saying
    from report_data.charts import Chart
    from report_data.model import Report

_EXACT = 1e-12
"""What a number may lose as a text of 16 digits."""

_LONG_NAME = 100
"""Characters from which a series' name may be cut; a workbook's header holds twice as many."""


def compare_charts(report: Report, reading: Reading, saying: Saying) -> None:
    """Say which charts are missing or too many, and which draw other numbers than their tables."""
    spoken = {node.id for box in report.every(Box) if box.kind == "notes" for node in walk((box,))}
    expected = {
        str(chart.id): chart
        for chart in charts_of(report)
        if chart.kind is not ChartKind.NUMBER and chart.id not in spoken
    }
    there = set()
    for found in reading.charts or ():
        chart = expected.get(found.block)
        if chart is None:
            saying.chart(found.place, "the report has no such chart")
            continue
        there.add(found.block)
        _compare(chart, found, saying)
    for block in expected:
        if block not in there:
            saying.chart(f"chart {block}", "the file does not hold it")


def _compare(chart: Chart, found: FoundChart, saying: Saying) -> None:
    if len(found.series) != len(chart.series):
        saying.chart(
            found.place, f"it draws {len(found.series)} series, its table {len(chart.series)}"
        )
        return
    for one, (name, values) in zip(chart.series, found.series, strict=True):
        if not _is_called(name, one.name):
            saying.chart(found.place, f"the series “{one.name}” is called “{name}”")
        if len(values) != len(one.values):
            saying.chart(
                found.place,
                f"the series “{one.name}” has {len(values)} values, its table {len(one.values)}",
            )
            continue
        for category, ours, theirs in zip(chart.categories, one.values, values, strict=True):
            if not _equal(ours, theirs):
                saying.chart(
                    found.place,
                    f"“{one.name}”, {category}: the table says {ours}, the chart {theirs}",
                )


def _is_called(name: str, whole: str) -> bool:
    """Return whether a series is called so: a very long name is cut where a file cannot hold it.

    The whole stands in its table's header, which is compared with the report.
    """
    shown, said = squeezed(name), squeezed(whole)
    return shown == said or (len(shown) >= _LONG_NAME and said.startswith(shown))


def _equal(ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return isclose(ours, theirs, rel_tol=_EXACT, abs_tol=_EXACT)
