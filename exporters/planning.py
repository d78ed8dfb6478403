"""A Report, settings and a format's name in -> its plan, and what was said in making it.

What a run that writes (`exporters.export`) and one that only says what that
would say (`exporters.rehearsal`) have in common.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from exporters.context import EPOCH, Context
from exporters.furniture import furniture_for
from exporters.names import name_report
from exporters.postponed import postpone
from exporters.registry import exporter_for, prepare
from exporters.settings import set_id
from exporters.tasks import Task
from exporters.timestamps import timestamp
from report_data.audience import for_format
from report_data.diagnostics import Diagnostics, ReportErrors
from report_data.model import Box

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from exporters.registry import Exporter, Plan
    from exporters.settings import Settings
    from report_data.diagnostics import Diagnostic
    from report_data.model import Report

Job = TypeVar("Job")
Result = TypeVar("Result")

_SHARED = (
    "exporters.layout.fonts",
    "exporters.layout.table",
    "exporters.layout.text",
    "exporters.themes",
    "PIL.Image",
)
"""What all formats need: our layout, and what all three file libraries import."""


class Planned(NamedTuple):
    """A plan, and what it was made by, of and in; the context has what was said."""

    exporter: Exporter
    report: Report
    context: Context
    plan: Plan


def plan_format(
    name: str, report: Report, settings: Settings, attached: tuple[Path, ...] = ()
) -> Planned:
    """Plan one format's file; ``attached`` are files of the same run that it carries."""
    context = _context(report, settings)
    exporter = exporter_for(name)
    own = for_format(report, name, spoken=settings.notes)
    if name == "pptx" and not settings.notes:
        _say_what_is_not_spoken(report, context)
    return Planned(
        exporter, own, context, exporter.plan(own, context, _options(exporter, settings, attached))
    )


def _say_what_is_not_spoken(report: Report, context: Context) -> None:
    """Note the first of the boxes that `Settings.notes` leaves out."""
    boxes = [box for box in report.every(Box) if box.kind == "notes"]
    if boxes:
        more = f" (and {len(boxes) - 1} more like it)" if len(boxes) > 1 else ""
        context.diagnostics.note(
            "W404",
            f"these speaker notes are left out of the deck{more}",
            boxes[0].span,
            "Leave out --no-notes to have them",
        )


def stop_on_malformed(report: Report) -> None:
    """Refuse a report whose shape no document can show: one built in Python may be of any.

    Raises:
        ReportErrors: E201, E207-E209, E212, E213.
    """
    from report_data.wellformed import check

    found = check(report)
    if found:
        raise ReportErrors(found)


def tasks_for(
    settings: Settings,
    names: Sequence[str],
    work: Callable[[str, Job, Callable[[str], None]], Result],
    *parts: str,
) -> list[Task[Job, Result]]:
    """Return a task for each format, which does ``work`` on its name and a job.

    ``parts`` are the modules of a format that its process needs beside the planner.

    Raises:
        UnknownFormatError: a format's name is not in the registry.
    """
    postpone("PIL.ExifTags")  # which Pillow imports, for us in vain
    if len(settings.formats) > 1:  # before there are several processes that import these
        for module in _SHARED:
            import_module(module)
    for name in settings.formats:
        exporter_for(name)
    return [Task(name, partial(work, name), partial(_prepare, name, *parts)) for name in names]


def _prepare(name: str, *parts: str) -> None:
    """Import what a format's process needs; one that reads its file back also proves it."""
    prepare(name, *parts)
    if "read" in parts:
        import_module("exporters.verify")


def at_once(*, in_processes: bool) -> int:
    """Return how many formats are made at the same time.

    More than there are cores take no less time, but memory.
    """
    return max(2, os.cpu_count() or 1) if in_processes else 1


def carrier_of(settings: Settings) -> str:
    """Return the format that carries another one's file, and so is made after it.

    Raises:
        ReportErrors: E710, one of the two is not asked for.
    """
    if not settings.attach_workbook:
        return ""
    if not {"pdf", "xlsx"} <= set(settings.formats):
        said = Diagnostics()
        message = "the workbook can be attached to the PDF of the same run only"
        said.error("E710", message, hint="Ask for both: --to pdf --to xlsx")
        said.raise_errors()
    return "pdf"


def lost_in_reading(report: Report, settings: Settings) -> tuple[Diagnostic, ...]:
    """Return what the report lost or made up of its source: the first half of the proof."""
    if not settings.verify:
        return ()
    from exporters.verify import verify_source

    return verify_source(report)


def created_of(report: Report) -> datetime:
    """Return the time that all files of a report carry."""
    return timestamp(report.meta.date.text if report.meta.date else "", EPOCH)


def _context(report: Report, settings: Settings) -> Context:
    from exporters.layout.fonts import FontSet
    from exporters.themes import load_theme

    words = furniture_for(report.meta.lang)
    created = created_of(report)
    return Context(
        theme=load_theme(settings.theme),
        fonts=FontSet(settings.fonts, report.meta.lang),
        words=words,
        names=name_report(report, words),
        formats=frozenset(settings.formats),
        created=created,
        set_id=set_id(report, settings, created.isoformat()),
    )


def _options(exporter: Any, settings: Settings, attached: tuple[Path, ...]) -> Any:  # noqa: ANN401 - differs by format
    """Return a format's own options, filled from the settings that have their names.

    Those that carry files of this run are told which.
    """
    kind = getattr(sys.modules[type(exporter).__module__], "Options", None)
    if kind is None:
        return None
    shared = set(settings.__struct_fields__).intersection(kind.__struct_fields__)
    chosen = {name: getattr(settings, name) for name in shared}
    if attached and "attached" in kind.__struct_fields__:
        chosen["attached"] = attached
    return kind(**chosen)
