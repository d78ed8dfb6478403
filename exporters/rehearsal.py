"""A Report and settings in -> what an export with them would say; nothing is written.

Each format is planned as it is for an export, which says all that is to be said of
the report. What concerns files only (whether they can be written, are whose) and the
proof of what was written are left to the export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.alone import alone
from exporters.planning import (
    at_once,
    carrier_of,
    lost_in_reading,
    plan_format,
    tasks_for,
)
from exporters.tasks import Team, run_tasks
from report_data.diagnostics import Diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

    from exporters.settings import Settings
    from exporters.tasks import Task
    from report_data.diagnostics import Diagnostic
    from report_data.model import Report

    _Work = Callable[["_Job", Callable[[], None]], list[tuple[Diagnostic, ...]]]


class _Job(Struct, frozen=True):
    report: Report
    settings: Settings


@alone
def rehearse(
    report: Report,
    settings: Settings,
    on_stage: Callable[[str, str], None] | None = None,
    *,
    in_processes: bool = True,
) -> tuple[Diagnostic, ...]:
    """Return what an export of a report as read would say, in the order of the source.

    ``in_processes`` plans each format in a process of its own where the system can fork.

    Raises:
        ReportErrors: the settings are at fault.
        FileError: a theme or font cannot be read.
        UnknownFormatError: a format's name is not in the registry.
    """
    tasks = _tasks(settings)

    def work(job: _Job, meanwhile: Callable[[], None]) -> list[tuple[Diagnostic, ...]]:
        most = at_once(in_processes=in_processes)
        return run_tasks(tasks, job, on_stage, at_once=most, meanwhile=meanwhile)

    return _rehearse(report, settings, work)


@alone
def rehearse_read(
    read: Callable[[], Report],
    settings: Settings,
    on_stage: Callable[[str, str], None] | None = None,
) -> tuple[Diagnostic, ...]:
    """Return the same of a report that is still to be read; raises as `rehearse` does.

    As in `exporters.export.export_read`, processes import meanwhile.
    """
    with Team(_tasks(settings), on_stage) as team:
        return _rehearse(read(), settings, team.run)


def _tasks(settings: Settings) -> list[Task[_Job, tuple[Diagnostic, ...]]]:
    carrier_of(settings)
    return tasks_for(settings, settings.formats, _plan)


def _rehearse(report: Report, settings: Settings, work: _Work) -> tuple[Diagnostic, ...]:
    said = Diagnostics(list(report.warnings))
    found = work(_Job(report, settings), lambda: said.extend(lost_in_reading(report, settings)))
    for items in found:
        said.extend(item for item in items if item not in said.items)
    return tuple(said)


def _plan(name: str, job: _Job, stage: Callable[[str], None]) -> tuple[Diagnostic, ...]:
    stage("plan")
    return tuple(plan_format(name, job.report, job.settings).context.diagnostics)
