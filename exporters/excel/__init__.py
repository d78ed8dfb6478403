"""A Report in -> an Excel workbook that colleagues can calculate with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.context import Context
    from exporters.excel.plan import Workbook
    from exporters.reading import Reading
    from report_data.model import Report


class Options(Struct, frozen=True):
    """What can be chosen for a workbook: nothing yet."""


class _Excel:
    """The workbook as an `exporters.registry.Exporter`."""

    name = "xlsx"
    unit = "sheets"

    def plan(self, report: Report, context: Context, options: Options | None = None) -> Workbook:  # noqa: ARG002  # the protocol's; it has none
        """Lay the report out as sheets."""
        from exporters.excel.sheets import plan_workbook

        return plan_workbook(report, context)

    def write(self, plan: Workbook, path: Path) -> None:
        """Write a plan to a file that does not exist yet."""
        from exporters.excel.write import write

        write(plan, path)

    def read(self, path: Path) -> Reading:
        """Read a finished workbook back."""
        from exporters.excel.read import read

        return read(path)


exporter = _Excel()
