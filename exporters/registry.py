"""A format's name in -> its exporter: the three built-in ones, then those of other packages.

Other packages add theirs in the entry point group ``triptych.exporters``, the
entry's name being the format's; they are looked for only when a name is not
one of the built-in ones, so that they cost nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.context import Context
    from exporters.reading import Reading
    from report_data.model import Report


FORMATS = ("pptx", "pdf", "xlsx")
"""The built-in formats, in the order in which they are listed to a person."""

ENTRY_POINTS = "triptych.exporters"


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


_MODULES: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "pptx": ("exporters.powerpoint", {"plan": ("slides",), "write": ("write", "fixed")}),
    "pdf": ("exporters.pdf", {"plan": ("pages",)}),
    "xlsx": ("exporters.excel", {"plan": ("sheets",)}),
}
"""The package of each built-in format, and its modules by what they do, if named otherwise."""


class UnknownFormatError(LookupError):
    """No exporter has this name; the message lists those there are."""


def exporter_for(name: str) -> Exporter:
    """Return the exporter of a format. Raises `UnknownFormatError`."""
    if name == "pptx":
        from exporters.powerpoint import exporter as powerpoint

        return powerpoint
    if name == "pdf":
        from exporters.pdf import exporter as pdf

        return pdf
    if name == "xlsx":
        from exporters.excel import exporter as excel

        return excel
    from importlib.metadata import entry_points

    others = {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}
    if name not in others:
        known = ", ".join([*FORMATS, *sorted(others)])
        raise UnknownFormatError(f"there is no format “{name}”; there are {known}")
    exporter: Exporter = others[name].load()
    return exporter


def prepare(name: str, *parts: str) -> None:
    """Import what a built-in format needs to plan, and its ``parts``: ``write``, ``read``."""
    if name not in _MODULES:
        return
    package, modules = _MODULES[name]
    for part in ("plan", *parts):
        for module in modules.get(part, (part,)):
            import_module(f"{package}.{module}")
