"""A Report in -> an editable PowerPoint deck: plan it, write it, read it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.memory import all_stays
from exporters.postponed import postpone

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.context import Context
    from exporters.powerpoint.plan import Deck
    from exporters.reading import Reading
    from report_data.model import Report

# python-pptx imports these for pictures and measures of its own, the first by way of xml.sax.
for _name in ("urllib.request", "PIL.Image", "PIL.ImageFont"):
    postpone(_name)


class Options(Struct, frozen=True):
    """``notes``: with speaker notes. ``template``: a .pptx or .potx whose master is used."""

    notes: bool = True
    template: Path | None = None


class PowerPoint:
    """The deck as an `exporters.registry.Exporter`."""

    name = "pptx"
    unit = "slides"

    def plan(self, report: Report, context: Context, options: Options | None = None) -> Deck:
        """Lay the report out as slides. Opens no output and no file library."""
        from exporters.powerpoint.slides import plan_deck

        chosen = options or Options()
        dress = None
        if chosen.template is not None:
            from exporters.powerpoint.template import dressed

            dress = dressed(chosen.template, context.theme, context.diagnostics)
        with all_stays():
            return plan_deck(report, context, with_notes=chosen.notes, dress=dress)

    def write(self, plan: Deck, path: Path) -> None:
        """Write a deck to a file that does not exist yet."""
        from exporters.powerpoint.write import write

        with all_stays():
            write(plan, path)

    def read(self, path: Path) -> Reading:
        """Read a deck back from its file."""
        from exporters.powerpoint.read import read

        return read(path)


exporter = PowerPoint()
