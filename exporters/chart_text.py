"""A chart's specification in -> what it shows in words: the text for who cannot see it.

What is drawn of what, how each series runs, its highest and lowest values; for
all the numbers, the table: a list of digits read out tells nobody anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.charts import ChartKind
from report_data.values import written

if TYPE_CHECKING:
    from exporters.furniture import ChartWords, Furniture
    from report_data.charts import Chart, Series


def describe(chart: Chart, words: Furniture, table: str) -> str:
    """Return the alternative text of a chart; ``table`` is what its table is called."""
    own = words.chart
    kind = dict(words.chart_kinds)[chart.kind.value]
    sentence = own.titled if chart.title else own.untitled
    start = sentence.format(
        kind=kind,
        title=chart.title,
        x=chart.x_name or words.column.format(number=chart.x + 1),
        names=own.comma.join(one.name for one in chart.series),
        count=len(chart.categories),
        first=chart.categories[0] if chart.categories else "",
        last=chart.categories[-1] if chart.categories else "",
    )
    told = "".join(f"{_told(chart, one, own)}{own.stop}" for one in chart.series)
    return f"{start}{told}{own.data.format(table=table)}".strip()


def _told(chart: Chart, one: Series, words: ChartWords) -> str:
    """Return how a series runs, or what its largest and smallest parts are."""
    pairs = [
        (category, value)
        for category, value in zip(chart.categories, one.values, strict=True)
        if value is not None
    ]
    if not pairs:
        return one.name
    low, high = (chosen(pairs, key=lambda pair: pair[1]) for chosen in (min, max))
    least, most = (written(one.shape, value) for _, value in (low, high))
    if chart.kind.is_round:
        return words.parts.format(name=one.name, high=high[0], most=most, low=low[0], least=least)
    (_, first), (end, last) = pairs[0], pairs[-1]
    ends = {"first": written(one.shape, first), "last": written(one.shape, last)}
    if len(pairs) == 1 or chart.kind is ChartKind.NUMBER:
        return words.single.format(name=one.name, category=end, value=ends["last"])
    runs = words.rises if last > first else words.falls if last < first else words.level
    told = runs.format(name=one.name, **ends)
    if {first, last} == {low[1], high[1]} and first != last:
        return told + words.ends
    if high[1] not in {first, last}:
        told += words.highest.format(value=most, category=high[0])
    if low[1] not in {first, last}:
        told += words.lowest.format(value=least, category=low[0])
    return told
