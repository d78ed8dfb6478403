"""A theme in -> the styles of cells by what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.excel.plan import Rule, Style

if TYPE_CHECKING:
    from exporters.excel.plan import Align
    from exporters.theme import Theme, Type


class Looks(Struct, frozen=True):
    """The styles of one theme."""

    theme: Theme

    def text(self, kind: Type | None = None, color: str = "") -> Style:
        """Return running text, wrapped, without rules."""
        kind = kind or self.theme.sheet.body
        return Style(kind.size, color or self.theme.palette.ink, bold=kind.bold)

    def line(self, kind: Type | None = None, color: str = "") -> Style:
        """Return text on one line that may run over the cells beside it."""
        kind = kind or self.theme.sheet.body
        return Style(
            kind.size,
            color or self.theme.palette.ink,
            bold=kind.bold,
            wrap=False,
            vertical="center",
        )

    def back(self) -> Style:
        """Return the small link back to the contents."""
        return Style(
            self.theme.sheet.caption.size,
            self.theme.palette.link,
            underline=True,
            wrap=False,
            vertical="center",
        )

    def header(
        self, color: str | None = None, align: Align = "left", *, quoted: bool = False
    ) -> Style:
        """Return a header cell, in a series' colour if its name belongs to one."""
        palette = self.theme.palette
        return Style(
            self.theme.sheet.body.size,
            color or palette.structure,
            bold=True,
            fill=palette.surface,
            under=Rule(color or palette.structure, "medium"),
            align=align,
            vertical="center",
            indent=0 if align == "center" else 1,
            quoted=quoted,
        )

    def body(self, align: Align = "left", *, bold: bool = False, wrap: bool = True) -> Style:
        """Return a cell of a table: a hairline under it, its text at the top."""
        palette = self.theme.palette
        return Style(
            self.theme.sheet.body.size,
            palette.ink,
            bold=bold,
            under=Rule(palette.hairline),
            align=align,
            indent=0 if align == "center" else 1,
            wrap=wrap,
        )

    def total(self, align: Align) -> Style:
        """Return a cell of a total row: bold over a rule."""
        palette = self.theme.palette
        return Style(
            self.theme.sheet.body.size,
            palette.ink,
            bold=True,
            over=Rule(palette.structure, "medium"),
            align=align,
            vertical="center",
            indent=0 if align == "center" else 1,
        )

    def small(self) -> Style:
        """Return what stands beside a text: its number, its kind."""
        return Style(
            self.theme.sheet.caption.size,
            self.theme.palette.ink_second,
            wrap=False,
        )
