"""The Exporter protocol and the three built-in formats; others come by entry points.

Other packages add theirs in the entry point group ``triptych.exporters``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.context import Context
    from exporters.reading import Reading
    from report_data.model import Report


class Plan(Protocol):
    """A finished plan: plain frozen data that says what will be written."""

    @property
    def count(self) -> int:
        """How many slides, pages or sheets."""


class Exporter(Protocol):
    """One output format. ``Options`` differ by format, hence ``Any``."""

    name: str
    """The format's name on the command line and its file suffix: ``pptx``."""
    unit: str
    """What `Plan.count` counts: ``slides``, ``pages``, ``sheets``."""

    def plan(self, report: Report, context: Context, options: Any = None) -> Plan:
        """Lay the report out. Pure: opens no output and no file library."""

    def write(self, plan: Any, path: Path) -> None:
        """Write a plan to a file that does not exist yet. Decides nothing."""

    def read(self, path: Path) -> Reading:
        """Read a finished file back, sharing nothing with `write`."""
