"""A chart's specification in -> what it shows in words: the text for who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.values import written

if TYPE_CHECKING:
    from exporters.furniture import Furniture
    from report_data.charts import Chart, Series

MOST_TOLD = 40
"""Values that are read out one by one; of more, the ends and the extremes are told."""


def describe(chart: Chart, words: Furniture) -> str:
    """Return the alternative text of a chart, made from its data."""
    comma, semicolon, stop = words.listing
    kind = dict(words.chart_kinds)[chart.kind.value]
    start = f"{kind}{words.colon}{chart.title}" if chart.title else kind
    told = [_told(chart, one, words, comma) for one in chart.series]
    return f"{start}{stop}{semicolon.join(told)}{stop}".strip()


def _told(chart: Chart, one: Series, words: Furniture, comma: str) -> str:
    pairs = [
        (category, value)
        for category, value in zip(chart.categories, one.values, strict=True)
        if value is not None
    ]
    if not pairs:
        return one.name
    if len(pairs) * len(chart.series) <= MOST_TOLD:
        texts = [f"{category} {written(one.shape, value)}" for category, value in pairs]
    else:
        low, high = (chosen(pairs, key=lambda pair: pair[1]) for chosen in (min, max))
        texts = [
            *(
                f"{category} {written(one.shape, value)}"
                for category, value in (pairs[0], pairs[-1])
            ),
            f"{words.least} {written(one.shape, low[1])} ({low[0]})",
            f"{words.most} {written(one.shape, high[1])} ({high[0]})",
        ]
    return f"{one.name}{words.colon}{comma.join(texts)}"
