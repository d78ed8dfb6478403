"""A report in -> all that is wrong with its deck: plan, package, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import package_checker
from decks import context_for
from generated import reports
from hypothesis import HealthCheck, Phase, given, settings
from rendered_deck import overlaps

from exporters.powerpoint.plan import TableGrid, Text
from exporters.powerpoint.read import read
from exporters.powerpoint.slides import plan_deck
from exporters.powerpoint.write import write
from exporters.verify import compare

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporters.powerpoint.plan import Deck
    from report_data.model import Report


def faults_of(report: Report, path: Path, *, schema: bool = False) -> list[str]:
    """Write a report's deck to a path and return what is wrong with it, one line each."""
    context = context_for(report)
    deck = plan_deck(report, context)
    if context.diagnostics.errors:
        return [str(error) for error in context.diagnostics.errors]
    write(deck, path)
    result = [*plan_faults(deck), *package_checker.faults(path)]
    proof = compare(report, read(path), context.words, context.names)
    result += [str(item) for item in proof.diagnostics]
    if schema:
        from openxml_audit import OpenXmlValidator

        result += [str(error) for error in OpenXmlValidator().validate(str(path)).errors]
    return result


def generated_faults(
    count: int, folder: Path, *, schema: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """Return the number of each of ``count`` generated reports with what is wrong with its deck.

    Nothing is raised and nothing shrunk: to shrink a whole report takes minutes.
    """
    found: list[list[str]] = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(reports())
    def one(report: Report) -> None:
        found.append(faults_of(report, folder / "deck.pptx", schema=schema))

    one()
    return enumerate(found, 1)


def plan_faults(deck: Deck) -> list[str]:
    """Return where a plan breaks the rules that hold for every deck."""
    result = []
    titles: set[str] = set()
    size = deck.look.size
    for number, slide in enumerate(deck.slides, 1):
        if not slide.title.strip():
            result.append(f"slide {number} has no title")
        if slide.title in titles:
            result.append(f"slide {number} has the title of another: {slide.title}")
        titles.add(slide.title)
        result += [f"slide {number}: {fault}" for fault in overlaps(slide)]
        for shape in slide.shapes:
            rect = shape.rect
            inside = rect.x >= 0 and rect.y >= 0
            if not inside or rect.right > size.width + 0.01 or rect.bottom > size.height + 0.01:
                result.append(f"slide {number}: {shape.name} leaves the slide: {rect}")
            if isinstance(shape, Text | TableGrid) and rect.height <= 0:
                result.append(f"slide {number}: {shape.name} has no height")
    return result
