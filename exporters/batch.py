"""Sources as a person names them in -> each one's documents, or all that is to be said of it.

The work is spread over all cores.
"""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct, field

from exporters.export import ExportResult, export_made, export_read
from exporters.rehearsal import rehearse, rehearse_read
from exporters.tasks import Task, run_tasks
from report_data.diagnostics import (
    Diagnostic,
    Diagnostics,
    FileError,
    Severity,
    Span,
    TriptychError,
)
from report_data.model import Figure
from report_data.opening import STANDARD_INPUT, expanded, read_source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from exporters.export import OnStage
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
    on_stage: OnStage | None = None,
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
            "Rename one, or export them into different folders with --output",
        )
        return Outcome(source or "", holds=False, result=None, diagnostics=(said,))
    return _one(source, settings, on_stage=lambda name, what: stage(f"{name} {what}"), alone=False)


def _one(
    source: str | None,
    settings: Settings,
    *,
    on_stage: OnStage | None,
    alone: bool = True,
) -> Outcome:
    reading = _Reading(source)
    try:
        if alone and _is_small(source):
            result = export_read(reading, settings, on_stage)
        else:
            result = export_made(reading(), settings, on_stage, in_processes=alone)
    except TriptychError as error:
        return reading.failed(error)
    return reading.outcome(result.diagnostics, result, holds=True)


class _Reading(Struct):
    """Reads one source when called, and keeps what its outcome must tell of it."""

    source: str | None
    texts: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)

    def __call__(self) -> Report:
        report = read_source(self.source)
        self.texts[report.file] = report.source
        self.pictures.extend(figure.path for figure in report.every(Figure) if figure.path)
        return report

    def outcome(
        self,
        diagnostics: tuple[Diagnostic, ...],
        result: ExportResult | None = None,
        *,
        holds: bool,
        unreadable: bool = False,
    ) -> Outcome:
        """Return what became of the source."""
        named = self.source is not None and self.source != STANDARD_INPUT
        return Outcome(
            self.source or "",
            holds=holds,
            result=result,
            diagnostics=diagnostics,
            unreadable=unreadable,
            texts=self.texts,
            inputs=(*([self.source] if named and self.source else []), *self.pictures),
        )

    def failed(self, error: TriptychError) -> Outcome:
        """Return that it came to an error."""
        return self.outcome(error.diagnostics, holds=False, unreadable=isinstance(error, FileError))


def check_sources(
    sources: Sequence[str],
    settings: Settings,
    on_stage: OnStage | None = None,
    *,
    quick: bool = False,
) -> list[Outcome]:
    """Say of each source what an export with these settings would; nothing is written.

    ``quick`` reads the sources only: what is said in planning their documents is missing.
    """
    named = expanded(sources)
    if len(named) == 1 or quick:
        return [_checked(name, settings, on_stage, alone=True, quick=quick) for name in named]
    tasks = [Task(name, partial(_check_in_process, name)) for name in named]
    return run_tasks(tasks, settings, on_stage, at_once=os.cpu_count() or 1)


def _check_in_process(source: str, settings: Settings, stage: Callable[[str], None]) -> Outcome:
    return _checked(source, settings, lambda name, what: stage(f"{name} {what}"))


def _checked(
    source: str,
    settings: Settings,
    on_stage: OnStage | None,
    *,
    alone: bool = False,
    quick: bool = False,
) -> Outcome:
    reading = _Reading(source)
    try:
        if quick:
            said = reading().warnings
        elif alone and _is_small(source):
            said = rehearse_read(reading, settings, on_stage)
        else:
            said = rehearse(reading(), settings, on_stage, in_processes=alone)
    except TriptychError as error:
        return reading.failed(error)
    return reading.outcome(said, holds=_holds(said, settings))


def _holds(said: Iterable[Diagnostic], settings: Settings) -> bool:
    bad = {Severity.ERROR, *([Severity.WARNING] if settings.strict else [])}
    return not any(item.severity in bad for item in said)


def check_template(path: Path, settings: Settings) -> Outcome:
    """Say what a file lacks as a deck's template."""
    from exporters.powerpoint.template import dressed
    from exporters.theme import Theme

    said = Diagnostics()
    dressed(path, Theme(), said)
    diagnostics = tuple(said)
    holds = _holds(diagnostics, settings)
    return Outcome(str(path), holds=holds, result=None, diagnostics=diagnostics)


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
