"""A Report and settings in -> finished, proved files in the output folder, and what was said.

A run plans, writes to staged files, reads these back and compares them with the
report, and only then moves them into place, all together. Each format is made
in a process of its own where the system can fork, so that three formats use
the cores there are and a crash of a library takes nothing else with it.
"""

from __future__ import annotations

import os
import time
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.context import EPOCH, Context
from exporters.files import Staging, file_errors
from exporters.furniture import furniture_for
from exporters.names import name_report
from exporters.postponed import postpone
from exporters.registry import exporter_for, prepare
from exporters.settings import VERSION, Settings, set_id
from exporters.tasks import Task, Team, run_tasks
from exporters.timestamps import timestamp
from report_data.audience import for_format
from report_data.diagnostics import Diagnostic, Diagnostics, ReportErrors, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from report_data.model import Report

_SHARED = (
    "exporters.layout.fonts",
    "exporters.layout.table",
    "exporters.layout.text",
    "exporters.themes",
    "PIL.Image",
)
"""What all formats need: our layout, and what all three file libraries import."""


class Document(Struct, frozen=True):
    """One finished file.

    ``count`` counts ``unit`` (slides, pages, sheets). ``seconds`` is what it took
    in its process. ``proved`` of ``blocks`` of the report were found in it;
    both are 0 when it was not verified.
    """

    format: str
    path: Path
    count: int
    unit: str
    seconds: float
    proved: int = 0
    blocks: int = 0


class ExportResult(Struct, frozen=True):
    """What a run made, in the order of the formats asked for, and all it had to say."""

    documents: tuple[Document, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0


class _Job(Struct, frozen=True):
    """What the formats' processes work on.

    ``paths`` are the staged files by format, ``attached`` those that one of them carries.
    """

    report: Report
    settings: Settings
    paths: dict[str, Path]
    attached: tuple[Path, ...] = ()


class _Made(Struct, frozen=True):
    """What one format's process hands back."""

    count: int
    unit: str
    seconds: float
    proved: int
    blocks: int
    diagnostics: tuple[Diagnostic, ...]


OnStage: TypeAlias = "Callable[[str, str], None]"
"""Called with a format and its stage (``plan``, ``write``, ``verify``, ``done``) as work goes on,
and from time to time with two empty strings while it does."""


def export(
    report: Report,
    settings: Settings | None = None,
    on_stage: OnStage | None = None,
    *,
    in_processes: bool = True,
) -> ExportResult:
    """Write a report's documents into the output folder.

    ``in_processes`` gives each format a process of its own where the system can fork.

    Raises:
        ReportErrors: the report or a finished file is at fault; nothing was moved.
        FileError: something could not be read or written; the old files stay.
        UnknownFormatError: a format's name is not in the registry.
    """
    _stop_on_malformed(report)
    settings = settings or Settings()
    tasks = _tasks(settings)

    def work(job: _Job, meanwhile: Callable[[], None]) -> list[_Made]:
        # More at once than there are cores take no less time, but memory.
        at_once = max(2, os.cpu_count() or 1) if in_processes else 1
        return run_tasks(tasks, job, on_stage, at_once=at_once, meanwhile=meanwhile)

    return _export(report, settings, work)


def export_read(
    read: Callable[[], Report], settings: Settings, on_stage: OnStage | None = None
) -> ExportResult:
    """Write the documents of a report that is still to be read; raises as `export` does.

    The formats' processes import their libraries while ``read`` is at work. The
    report is handed to them, which pays for a small one only.
    """
    with Team(_tasks(settings), on_stage) as team:
        return _export(read(), settings, team.run)


def _stop_on_malformed(report: Report) -> None:
    """Refuse a report whose shape no document can show: one built in Python may be of any."""
    from report_data.wellformed import check

    found = check(report)
    if found:
        raise ReportErrors(found)


def _tasks(settings: Settings) -> list[Task[_Job, _Made]]:
    postpone("PIL.ExifTags")  # which Pillow imports, for us in vain
    if len(settings.formats) > 1:  # before there are several processes that import these
        for module in _SHARED:
            import_module(module)
    for name in settings.formats:
        exporter_for(name)
    return [
        Task(name, partial(_make, name), partial(prepare, name, verify=settings.verify))
        for name in settings.formats
        if name != _carrier(settings)
    ]


def _carrier(settings: Settings) -> str:
    """Return the format that carries another one's file, and so is made after it.

    Raises:
        ReportErrors: E710, one of the two is not asked for.
    """
    if not settings.attach_workbook:
        return ""
    if not {"pdf", "xlsx"} <= set(settings.formats):
        said = Diagnostics()
        message = "the workbook can be attached to the PDF of the same run only"
        said.error("E710", message, hint="Ask for both: --to pdf --to xlsx.")
        said.raise_errors()
    return "pdf"


def _export(
    report: Report,
    settings: Settings,
    work: Callable[[_Job, Callable[[], None]], list[_Made]],
) -> ExportResult:
    started = time.perf_counter()
    stem = name_report(report, furniture_for(report.meta.lang)).stem
    names = [f"{stem}.{name}" for name in settings.formats]
    said = Diagnostics(list(report.warnings))
    with Staging(settings.output, force=settings.force) as staging:
        paths = {
            name: staging.path(file) for name, file in zip(settings.formats, names, strict=True)
        }
        job = _Job(report, settings, paths)
        made = work(job, lambda: said.extend(_from_source(report, settings)))
        if carrier := _carrier(settings):
            last = _make(carrier, replace(job, attached=(paths["xlsx"],)), lambda _: None)
            made.insert(settings.formats.index(carrier), last)
        for one in made:
            said.extend(item for item in one.diagnostics if item not in said.items)
        _stop_on(said, strict=settings.strict)
        if settings.manifest:
            from exporters.manifest import manifest

            names.append(f"{stem}.manifest.json")
            identity = set_id(report, settings, created_of(report).isoformat())
            content = manifest(report, settings, identity, VERSION, list(paths.values()))
            staging.path(names[-1]).write_bytes(content)
        moved = staging.commit(names)
        said.extend(staging.warnings)
    documents = tuple(
        Document(name, path, one.count, one.unit, one.seconds, one.proved, one.blocks)
        for name, path, one in zip(settings.formats, moved[: len(made)], made, strict=True)
    )
    return ExportResult(documents, tuple(said), time.perf_counter() - started)


def _from_source(report: Report, settings: Settings) -> tuple[Diagnostic, ...]:
    """Return what the report lost or made up of its source: the first half of the proof."""
    if not settings.verify:
        return ()
    from exporters.verify import verify_source

    return verify_source(report)


def _make(name: str, job: _Job, stage: Callable[[str], None]) -> _Made:
    """Make one staged file and prove it; runs in a process of its own."""
    started = time.perf_counter()
    settings, path = job.settings, job.paths[name]
    context = _context(job.report, settings)
    exporter = exporter_for(name)
    report = for_format(job.report, name)
    stage("plan")
    plan = exporter.plan(report, context, _options(exporter, settings, job.attached))
    count, proved, blocks = plan.count, 0, 0
    if not context.diagnostics.errors:
        stage("write")
        with file_errors("E708", f"the {name} file cannot be written"):
            exporter.write(plan, path)
        del plan  # a large one takes as much memory as what is read back
        if settings.verify:
            stage("verify")
            from exporters.verify import compare

            result = compare(report, exporter.read(path), context.words, context.names)
            proved, blocks = result.proved, result.blocks
            context.diagnostics.extend(result.diagnostics)
    return _Made(
        count,
        exporter.unit,
        time.perf_counter() - started,
        proved,
        blocks,
        tuple(context.diagnostics),
    )


def write_one(report: Report, settings: Settings, name: str, path: Path) -> bool:
    """Write one format's file as a run with these settings would; false if it cannot be."""
    context = _context(report, settings)
    exporter = exporter_for(name)
    plan = exporter.plan(for_format(report, name), context, _options(exporter, settings, ()))
    if not context.diagnostics.errors:
        exporter.write(plan, path)
    return not context.diagnostics.errors


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
    import sys

    kind = getattr(sys.modules[type(exporter).__module__], "Options", None)
    if kind is None:
        return None
    shared = set(Settings.__struct_fields__).intersection(kind.__struct_fields__)
    chosen = {name: getattr(settings, name) for name in shared}
    if attached and "attached" in kind.__struct_fields__:
        chosen["attached"] = attached
    return kind(**chosen)


def _stop_on(said: Diagnostics, *, strict: bool) -> None:
    said.raise_errors()
    warnings = sum(item.severity is Severity.WARNING for item in said.items)
    if strict and warnings:
        said.error(
            "E704",
            f"{warnings} warnings, and --strict takes them for errors",
            hint="Nothing was written.",
        )
        raise ReportErrors(tuple(said.in_order()))
