"""Reports in -> planned decks, for tests of the deck's room."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from exporters.context import Context
from exporters.furniture import furniture_for
from exporters.layout.fonts import FontSet
from exporters.names import name_report
from exporters.powerpoint.slides import plan_deck
from exporters.theme import Theme
from report_data import load
from report_data.audience import for_format

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.powerpoint.plan import Deck
    from report_data.model import Report

ALL = frozenset({"pptx", "pdf", "xlsx"})


def context_for(report: Report, formats: frozenset[str] = ALL) -> Context:
    """Return what a run would give the deck's planner."""
    words = furniture_for(report.meta.lang)
    return Context(
        theme=Theme(),
        fonts=fonts(report.meta.lang),
        words=words,
        names=name_report(report, words),
        formats=formats,
    )


@cache
def fonts(language: str) -> FontSet:
    """Return the fonts for a language, opened once a session."""
    return FontSet(language=language)


@cache
def bundled_deck() -> Deck:
    """Return the deck of the bundled report."""
    report = for_format(load(None), "pptx")
    return plan_deck(report, context_for(report))


def deck_of(path: Path, formats: frozenset[str] = ALL) -> tuple[Report, Deck]:
    """Return a report from a file, as filtered for the deck, and its deck."""
    report = for_format(load(path), "pptx")
    return report, plan_deck(report, context_for(report, formats))
