"""A planned slide -> its layout, title and words as a person reads them, for golden files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.powerpoint.plan import ChartFrame, Picture, TableGrid, Text

if TYPE_CHECKING:
    from exporters.powerpoint.plan import Slide


def outline(slide: Slide) -> str:
    """Return a slide as a person reads it: layout, title, then each shape's words."""
    lines = [f"[{slide.layout}] {slide.title}"]
    for shape in slide.shapes:
        if isinstance(shape, Text) and shape.placeholder not in {"title", "foot"}:
            lines += [f"  {shape.placeholder}: {item.text}" for item in shape.paragraphs]
        elif isinstance(shape, TableGrid):
            lines.append(f"  table {shape.name}: {len(shape.rows)} x {len(shape.rows[0])}")
        elif isinstance(shape, Picture):
            lines.append(f"  picture {shape.name}")
        elif isinstance(shape, ChartFrame):
            lines.append(f"  chart {shape.name}: {shape.chart.kind.value}")
    lines += [f"  notes: {item.text}" for item in slide.notes]
    return "\n".join(lines)
