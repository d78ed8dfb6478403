"""A chart's specification in -> one slide: a native chart over its numbers, its title above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Rect
from exporters.powerpoint import slide_number
from exporters.powerpoint.desk import Page
from exporters.powerpoint.layouts import caption_box, framed, own_box, words_above
from exporters.powerpoint.plan import ChartFrame, TextParagraph, TextRun
from exporters.powerpoint.xml import tags

if TYPE_CHECKING:
    from exporters.chartml import ChartLook
    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout, Shape
    from exporters.theme import SlideTokens
    from report_data.charts import Chart
    from report_data.model import Box

LAYOUT = "chart"


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    caption = caption_box(tokens, "caption", tokens.content.y)
    graph = own_box("graph", "chart", tokens)
    return (framed(tokens, LAYOUT, "cust", words_above(tokens), caption, graph),)


def pages(box: Box, chart: Chart, desk: Desk, intro: Intro | None = None) -> list[Page]:
    """Return the slide of a chart; a single number stands large."""
    # Few decks have charts, and what reads their numbers takes a while to import.
    from exporters.chart_text import describe
    from report_data.charts import ChartKind

    number = chart.kind is ChartKind.NUMBER
    layout = slide_number.layout_of(1) if number else LAYOUT
    opening, area = desk.intro(layout, intro)
    shapes: list[Shape] = list(opening)
    runs = desk.wording.runs(box.label)
    if runs or box.id in desk.referenced:
        label = desk.context.names.figures.get(box.id, "")
        gap = "\u2003" if runs else ""
        step = desk.tokens.section_label
        told = (TextRun(f"{label}{gap}", bold=True, furniture=True), *runs)
        height = desk.ruler.sure_lines(told, step, area.width) * step.leading
        place = Rect(area.x, area.y, area.width, height)
        shapes.append(desk.text(layout, "caption", box.id, (TextParagraph(told, step),), place))
        used = height + desk.tokens.label_gap
        area = Rect(area.x, area.y + used, area.width, area.height - used)
    if number:
        shapes += slide_number.drawn(chart, area, desk)
    else:
        words = describe(chart, desk.context.words, desk.context.names.tables[chart.table].label)
        shapes.append(ChartFrame(str(box.id), area, chart, _look(desk), words))
    ids = (*(intro.ids if intro else ()), box.id)
    return [Page(layout, tuple(shapes), (), ids)]


def _look(desk: Desk) -> ChartLook:
    from exporters.chartml import ChartLook

    return ChartLook(
        palette=desk.look.palette,
        sides=desk.series,
        latin="+mn-lt",
        east_asian="+mn-ea",
        size=desk.tokens.section_label.size,
        language=tags(desk.language)[0],
    )
