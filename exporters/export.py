"""A Report and settings in -> finished, proved files in the output folder, and what was said.

A run plans, writes to staged files, reads these back and compares them with the
report, and only then moves them into place, all together. Each format is made
in a process of its own where the system can fork, so that three formats use
the cores there are and a crash of a library takes nothing else with it.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.alone import alone
from exporters.files import Staging, file_errors
from exporters.memory import all_stays
from exporters.names import report_stem
from exporters.planning import (
    at_once,
    carrier_of,
    created_of,
    lost_in_reading,
    plan_format,
    stop_on_malformed,
    tasks_for,
)
from exporters.settings import VERSION, Settings, set_id
from exporters.tasks import Task, Team, run_tasks
from report_data.diagnostics import Diagnostic, Diagnostics, ReportErrors, Severity

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from report_data.model import Report


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
    stop_on_malformed(report)
    return export_made(report, settings or Settings(), on_stage, in_processes=in_processes)


def export_made(
    report: Report,
    settings: Settings,
    on_stage: OnStage | None = None,
    *,
    in_processes: bool = True,
) -> ExportResult:
    """Write the documents of a report as the reader made it; else as `export`."""
    tasks = _tasks(settings)

    def work(job: _Job, meanwhile: Callable[[], None]) -> list[_Made]:
        most = at_once(in_processes=in_processes)
        return run_tasks(tasks, job, on_stage, at_once=most, meanwhile=meanwhile)

    return _export(report, settings, work)


def export_read(
    read: Callable[[], Report], settings: Settings, on_stage: OnStage | None = None
) -> ExportResult:
    """Write the documents of a report that is still to be read; raises as `export` does.

    The formats' processes import their libraries while ``read`` is at work. The
    report is handed to them, which pays for a small one only; and not for one
    format that is not proved, of which nothing but imports would go on beside.
    """
    if len(settings.formats) == 1 and not settings.verify:
        return export_made(read(), settings, on_stage)
    with Team(_tasks(settings), on_stage) as team:
        return _export(read(), settings, team.run)


def _tasks(settings: Settings) -> list[Task[_Job, _Made]]:
    carrier = carrier_of(settings)
    names = [name for name in settings.formats if name != carrier]
    return tasks_for(settings, names, _make, "write", *(["read"] if settings.verify else []))


@alone
def _export(
    report: Report,
    settings: Settings,
    work: Callable[[_Job, Callable[[], None]], list[_Made]],
) -> ExportResult:
    started = time.perf_counter()
    stem = report_stem(report)
    names = [f"{stem}.{name}" for name in settings.formats]
    said = Diagnostics(list(report.warnings))
    with Staging(settings.output, force=settings.force) as staging:
        paths = {
            name: staging.path(file) for name, file in zip(settings.formats, names, strict=True)
        }
        job = _Job(report, settings, paths)
        made = work(job, lambda: said.extend(lost_in_reading(report, settings)))
        if carrier := carrier_of(settings):
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


def _make(name: str, job: _Job, stage: Callable[[str], None]) -> _Made:
    """Make one staged file and prove it; runs in a process of its own."""
    with all_stays():
        return _made(name, job, stage)


def _made(name: str, job: _Job, stage: Callable[[str], None]) -> _Made:
    started = time.perf_counter()
    settings, path = job.settings, job.paths[name]
    stage("plan")
    exporter, report, context, plan = plan_format(name, job.report, settings, job.attached)
    count, proved, blocks = plan.count, 0, 0
    if not context.diagnostics.errors:
        stage("write")
        with file_errors("E708", f"the {name} file cannot be written"):
            exporter.write(plan, path)
        if settings.verify:
            del plan  # a large one takes as much memory as what is read back
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
    planned = plan_format(name, report, settings)
    if not planned.context.diagnostics.errors:
        planned.exporter.write(planned.plan, path)
    return not planned.context.diagnostics.errors


def _stop_on(said: Diagnostics, *, strict: bool) -> None:
    said.raise_errors()
    warnings = sum(item.severity is Severity.WARNING for item in said.items)
    if strict and warnings:
        said.error(
            "E704",
            f"{warnings} warnings, and --strict takes them for errors",
            hint="Nothing was written",
        )
        raise ReportErrors(tuple(said.in_order()))
