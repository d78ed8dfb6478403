"""Sources as a person names them in -> each one's documents, made over all cores."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field

from exporters.export import ExportResult, export, export_read
from exporters.tasks import Task, run_tasks
from report_data.diagnostics import (
    Diagnostic,
    Diagnostics,
    FileError,
    Severity,
    Span,
    TriptychError,
    has_warnings,
)
from report_data.model import Figure
from report_data.opening import STANDARD_INPUT, expanded, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from exporters.settings import Settings
    from report_data.model import Report


_SMALL_BYTES = 512 * 1024
"""A larger source is read before there are processes that must be handed the report."""


class Outcome(Struct, frozen=True):
    """What became of one source.

    ``holds`` is false when something is at fault; ``result`` is ``None`` when
    nothing was written. ``unreadable`` tells a
    file that could not be read or written from a report that is at fault.
    ``texts`` are what the diagnostics speak of, by the names they use;
    ``inputs`` the files that it was made from.
    """

    source: str
    holds: bool
    result: ExportResult | None
    diagnostics: tuple[Diagnostic, ...]
    unreadable: bool = False
    texts: dict[str, str] = field(default_factory=dict)
    inputs: tuple[str, ...] = ()


def export_sources(
    sources: Sequence[str],
    settings: Settings,
    on_stage: Callable[[str, str], None] | None = None,
    *,
    in_processes: bool = True,
) -> list[Outcome]:
    """Export each source; without any, the bundled report. One at fault stops no other.

    ``in_processes`` spreads the work over the cores where the system can fork.
    """
    named: list[str | None] = [*expanded(sources)] or [None]
    if len(named) == 1:
        return [_one(named[0], settings, on_stage=on_stage, alone=in_processes)]
    clashes = _clashes([name or "" for name in named])
    tasks = [
        Task(name or "", partial(_in_process, name, clashes.get(name or ""))) for name in named
    ]
    return run_tasks(
        tasks, settings, on_stage, at_once=(os.cpu_count() or 1) if in_processes else 1
    )


def _in_process(
    source: str | None, clash: str | None, settings: Settings, stage: Callable[[str], None]
) -> Outcome:
    if clash is not None:
        said = Diagnostic(
            "E707",
            Severity.ERROR,
            f"its documents would have the names of those of {clash}",
            Span(source or "", 1),
            "Rename one, or export them into different folders with --output.",
        )
        return Outcome(source or "", holds=False, result=None, diagnostics=(said,))
    return _one(source, settings, on_stage=lambda name, what: stage(f"{name} {what}"), alone=False)


def _one(
    source: str | None,
    settings: Settings,
    *,
    on_stage: Callable[[str, str], None] | None,
    alone: bool = True,
) -> Outcome:
    texts: dict[str, str] = {}
    inputs = [] if source is None or source == STANDARD_INPUT else [source]

    def read() -> Report:
        report = read_source(source)
        texts[report.file] = report.source
        inputs.extend(node.path for node in report.walk() if isinstance(node, Figure) and node.path)
        return report

    try:
        if alone and _is_small(source):
            result = export_read(read, settings, on_stage)
        else:
            result = export(read(), settings, on_stage, in_processes=alone)
    except TriptychError as error:
        return _failed(source or "", error, texts, inputs)
    return Outcome(
        source or "",
        holds=True,
        result=result,
        diagnostics=result.diagnostics,
        texts=texts,
        inputs=tuple(inputs),
    )


def check_sources(sources: Sequence[str], *, strict: bool = False) -> list[Outcome]:
    """Read each source and say what is wrong with it; nothing is written.

    ``strict`` takes warnings for errors.
    """
    outcomes = []
    for source in expanded(sources):
        try:
            report = read_source(source)
        except TriptychError as error:
            outcomes.append(_failed(source, error, {}, [source]))
            continue
        outcomes.append(
            Outcome(
                source,
                holds=not (strict and has_warnings(report.warnings)),
                result=None,
                diagnostics=report.warnings,
                texts={report.file: report.source},
            )
        )
    return outcomes


def check_template(path: Path, *, strict: bool = False) -> Outcome:
    """Say what a file lacks as a deck's template; ``strict`` takes warnings for errors."""
    from exporters.powerpoint.template import dressed
    from exporters.theme import Theme

    said = Diagnostics()
    dressed(path, Theme(), said)
    holds = not said.errors and not (strict and has_warnings(said))
    return Outcome(str(path), holds=holds, result=None, diagnostics=tuple(said.in_order()))


def _failed(
    source: str, error: TriptychError, texts: dict[str, str], inputs: Sequence[str]
) -> Outcome:
    return Outcome(
        source,
        holds=False,
        result=None,
        diagnostics=error.diagnostics,
        unreadable=isinstance(error, FileError),
        texts=texts,
        inputs=tuple(inputs),
    )


def _is_small(source: str | None) -> bool:
    """Return whether handing the report to processes costs less than it gains."""
    try:
        return source is None or os.stat(source).st_size < _SMALL_BYTES  # noqa: PTH116 - may be no path
    except OSError:
        return True


def _clashes(sources: Sequence[str]) -> dict[str, str]:
    """Return for each source whose outputs would bear another's names that other one."""
    first: dict[str, str] = {}
    clashes = {}
    for source in sources:
        stem = os.path.splitext(os.path.basename(source))[0].casefold()  # noqa: PTH119, PTH122 - may be no path
        if stem in first:
            clashes[source] = first[stem]
        first.setdefault(stem, source)
    return clashes
