"""Chart parts of a workbook in -> the cells a series refers to, and what it keeps as drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from exporters.excel.references import referred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from exporters.excel.references import Cells

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


class DrawnSeries(NamedTuple):
    """A series of a chart: the cells it refers to, and what it keeps as drawn."""

    name: str
    values: str
    drawn_name: str
    drawn: tuple[float | None, ...]


class DrawnChart(NamedTuple):
    """A chart: its block's id, its place for a person, its series."""

    block: str
    place: str
    series: tuple[DrawnSeries, ...]

    def references(self) -> Iterator[str]:
        """Yield the references of names and values."""
        for one in self.series:
            yield from (one.name, one.values)


def read_chart(root: etree._Element, block: str, place: str) -> DrawnChart:
    """Read a chart's part."""
    return DrawnChart(block, place, tuple(map(_series, root.iter(f"{CHART}ser"))))


def _series(element: etree._Element) -> DrawnSeries:
    """Read a series (ECMA-376 part 1, 21.2.2.170)."""
    values = element.find(f"{CHART}val")
    if values is None:
        values = element.find(f"{CHART}yVal")
    name = element.findtext(f"{CHART}tx//{CHART}v") or ""
    if values is None:
        return DrawnSeries("", "", name, ())
    count = values.find(f".//{CHART}ptCount")
    drawn: list[float | None] = [None] * int(count.get("val", "0") if count is not None else 0)
    for point in values.iter(f"{CHART}pt"):
        drawn[int(point.get("idx", "0"))] = number_of(point.findtext(f"{CHART}v") or "")
    return DrawnSeries(
        element.findtext(f"{CHART}tx//{CHART}f") or "",
        values.findtext(f".//{CHART}f") or "",
        name,
        tuple(drawn),
    )


def areas_by_sheet(references: Iterable[Iterable[str]]) -> dict[str, set[Cells]]:
    """Return the areas that references name, by sheet."""
    found: dict[str, set[Cells]] = {}
    for several in references:
        for reference in several:
            sheet, areas = referred(reference)
            found.setdefault(sheet, set()).update(areas)
    return found


def number_of(text: str) -> float | None:
    """Return the number that a cell's raw text is, if it is one."""
    try:
        return float(text)
    except ValueError:
        return None
