"""A chart's specification in -> one slide: a native chart over its numbers, its title above.

A single number has no chart: it stands very large, with what it counts under it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.chart_text import describe
from exporters.chartml import ChartLook
from exporters.layout.geometry import Rect
from exporters.powerpoint.desk import Page
from exporters.powerpoint.plan import FURNITURE, ChartFrame, Text, TextParagraph, TextRun
from exporters.powerpoint.xml import tags
from report_data.charts import ChartKind
from report_data.values import written

if TYPE_CHECKING:
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Shape
    from report_data.charts import Chart
    from report_data.model import Box

LAYOUT = "chart"

_NUMBER_HEIGHT = 0.5
"""The part of the area over which a single number stands."""


def pages(box: Box, chart: Chart, desk: Desk, intro: Intro | None = None) -> list[Page]:
    """Return the slide of a chart."""
    opening, area = desk.intro(LAYOUT, intro)
    shapes: list[Shape] = list(opening)
    runs = desk.wording.runs(box.label)
    if runs or box.id in desk.referenced:
        label = desk.context.names.figures.get(box.id, "")
        gap = "\u2003" if runs else ""
        step = desk.tokens.section_label
        told = (TextRun(f"{label}{gap}", bold=True, furniture=True), *runs)
        height = desk.ruler.sure_lines(told, step, area.width) * step.leading
        place = Rect(area.x, area.y, area.width, height)
        shapes.append(desk.text(LAYOUT, "caption", box.id, (TextParagraph(told, step),), place))
        used = height + desk.tokens.label_gap
        area = Rect(area.x, area.y + used, area.width, area.height - used)
    if chart.kind is ChartKind.NUMBER:
        shapes += _number(chart, area, desk)
    else:
        words = describe(chart, desk.context.words)
        shapes.append(ChartFrame(str(box.id), area, chart, _look(desk), words))
    ids = (*(intro.ids if intro else ()), box.id)
    return [Page(LAYOUT, tuple(shapes), (), ids)]


def _look(desk: Desk) -> ChartLook:
    return ChartLook(
        palette=desk.look.palette,
        sides=desk.series,
        latin="+mn-lt",
        east_asian="+mn-ea",
        size=desk.tokens.section_label.size,
        language=tags(desk.language)[0],
    )


def _number(chart: Chart, area: Rect, desk: Desk) -> list[Text]:
    """Return the last number of a series, and its name under it: both stand in the table too."""
    one = chart.series[0]
    value = next((value for value in reversed(one.values) if value is not None), None)
    if value is None:
        return []
    text = TextRun(written(one.shape, value), furniture=True)
    step = desk.look.layout(LAYOUT).get("figure").types[0]
    upper = Rect(area.x, area.y, area.width, area.height * _NUMBER_HEIGHT)
    below = Rect(area.x, upper.bottom, area.width, desk.tokens.heading.leading)
    name = TextParagraph((TextRun(one.name, furniture=True),), desk.tokens.heading)
    return [
        desk.text(LAYOUT, "figure", f"{FURNITURE}number", (TextParagraph((text,), step),), upper),
        desk.text(LAYOUT, "figure-name", f"{FURNITURE}name", (name,), below),
    ]
