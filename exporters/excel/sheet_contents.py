"""A report's front matter and the other sheets in -> the cover, with links to every sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.excel.cells import ROW_HEIGHT, looks_like_formula
from exporters.excel.lines import section_numbers
from exporters.excel.plan import Area, Cell, Link, Printing, Row, Rule, Sheet, TextRun
from exporters.excel.sheet_text import quoted_sheet
from exporters.names import one_line
from report_data.model import Section, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.excel.plan import Content, Style
    from exporters.excel.setting import Setting
    from report_data.model import Labelled

_NUMBER, _TITLE, _LAST = 2, 3, 4
"""Columns, after an empty one that is the margin."""

_WIDTHS = (10.0, 70.0, 12.0)
_DEEPEST = 2
"""The level down to which sections are listed."""


def contents_sheet(others: Sequence[Sheet], setting: Setting) -> Sheet:
    """Return the first sheet: what the report is, and where everything stands."""
    page = _Page(setting)
    page.cover()
    page.sheets(others)
    page.sections()
    return Sheet(
        name=setting.context.names.contents_sheet,
        rows=tuple(page.rows),
        widths=(setting.looks.theme.sheet.gutter, *_WIDTHS),
        row_height=setting.row_height,
        body=tuple(page.body),
        merged=tuple(page.merged),
        tab=setting.looks.theme.palette.structure,
        printing=Printing(foot=setting.foot),
    )


class _Page:
    """The rows of the cover as they come about."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._looks = setting.looks
        self._tokens = setting.looks.theme.sheet
        self._palette = setting.looks.theme.palette
        self.rows: list[Row] = []
        self.body: list[Area] = []
        self.merged: list[Area] = []

    def cover(self) -> None:
        """Title, subtitle, kind, authors, date and abstract, as the report gives them."""
        meta, words, looks = self._setting.report.meta, self._setting.context.words, self._looks
        second = self._palette.ink_second
        tokens = self._tokens
        self._space(tokens.cover_title.leading)
        if meta.kind:
            self._own(meta.kind, looks.text(tokens.body, second), tokens.body.leading)
        if meta.title:
            style = looks.text(tokens.cover_title, self._palette.structure)
            self._own(meta.title, style, tokens.cover_title.leading)
        if meta.subtitle:
            style = looks.text(tokens.cover_subtitle, second)
            self._own(meta.subtitle, style, tokens.cover_subtitle.leading)
        self._rule(Rule(self._palette.structure, "medium"))
        self._space(tokens.caption.leading)
        for author in meta.authors:
            self._labelled(author, words.author)
        for detail in meta.details:
            self._labelled(detail, detail.label)
        if meta.date is not None:
            self._labelled(meta.date, words.date)
        if meta.confidentiality:
            self._own(meta.confidentiality, looks.text(tokens.body, second), tokens.body.leading)
        if meta.abstract:
            self._space(tokens.caption.leading)
            label = TextRun(f"{words.abstract}{words.colon}", bold=True, furniture=True)
            self._own((label, self._clean(meta.abstract)), looks.text(), tokens.body.leading)

    def sheets(self, others: Sequence[Sheet]) -> None:
        """List the sheets, each with a link and its number of rows."""
        words, names = self._setting.context.words, self._setting.context.names
        self._heading((words.number, words.sheet, words.rows))
        titles = {name.sheet: (name.label, name.title) for name in names.tables.values()}
        for block, sheet_name in self._setting.charts.items():
            titles[sheet_name] = (names.figures[block], one_line(self._setting.titles[block]))
        for sheet in others:
            label, title = titles.get(sheet.name, ("", sheet.name))
            location = f"{quoted_sheet(sheet.name)}!A1"
            rows = sheet.length if sheet.table and sheet.table.block else None
            self._entry(label, title or label, location, rows)

    def sections(self) -> None:
        """List the sections, each with a link into the full text."""
        report, words = self._setting.report, self._setting.context.words
        numbers = section_numbers(report)
        listed = [section for section in _sections(report.sections) if plain(section.title).strip()]
        if not listed:
            return
        self._heading((words.number if any(numbers.values()) else "", words.title, ""))
        for section in listed:
            self._entry(
                numbers[section.id],
                one_line(plain(section.title)),
                self._setting.places[section.id],
                indent=section.level > 1,
            )

    def _own(self, content: Content, style: Style, leading: float) -> None:
        """Add a row of the report's own text over the page's whole width."""
        if isinstance(content, str):
            content = self._clean(content).text
            style = replace(style, quoted=looks_like_formula(content))
        height = self._setting.fitted(content, style, sum(_WIDTHS), leading)
        row = self._add((Cell(content, style), None, None), height)
        if self.body and self.body[-1].bottom == row - 1:
            self.body[-1] = self.body[-1]._replace(bottom=row)
        else:
            self.body.append(Area(row, _NUMBER, row, _NUMBER))
        self.merged.append(Area(row, _NUMBER, row, _LAST))

    def _labelled(self, field: Labelled, word: str) -> None:
        colon = self._setting.context.words.colon
        label = TextRun(
            f"{field.label or word}{colon}",
            color=self._palette.ink_second,
            furniture=not field.label,
        )
        content = (label, self._clean(field.text))
        self._own(content, self._looks.text(), self._tokens.body.leading)

    def _clean(self, text: str) -> TextRun:
        return TextRun(self._setting.speller.clean(text))

    def _heading(self, texts: tuple[str, str, str]) -> None:
        self._space(self._tokens.cover_title.leading)
        style = self._looks.header()
        cells = [Cell(text or None, style) for text in texts]
        cells[-1] = cells[-1]._replace(style=replace(style, align="right"))
        self._add(tuple(cells), self._setting.row_height + self._tokens.row_padding)

    def _entry(
        self,
        number: str,
        title: str,
        location: str,
        rows: int | None = None,
        *,
        indent: bool = False,
    ) -> None:
        body, link = self._looks.body(), Link(location=location)
        titled = replace(body, color=self._palette.link, underline=True, indent=2 if indent else 1)
        titled = replace(titled, quoted=looks_like_formula(title))
        numbered = replace(body, color=self._palette.ink_second, wrap=False)
        counted = replace(numbered, align="right", number_format="#,##0")
        cells = (
            Cell(number or None, numbered),
            Cell(title, titled, link),
            Cell(rows, counted),
        )
        leading = self._tokens.body.leading
        self._add(cells, self._setting.fitted(title, titled, _WIDTHS[1], leading))

    def _rule(self, rule: Rule) -> None:
        style = replace(self._looks.text(), under=rule)
        self._add((Cell(None, style),) * len(_WIDTHS), self._tokens.caption.leading / 2)

    def _space(self, height: float) -> None:
        self._add((), height)

    def _add(self, cells: tuple[Cell | None, ...], height: float) -> int:
        self.rows.append(Row((None, *cells), min(height, ROW_HEIGHT)))
        return len(self.rows)


def _sections(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        if section.level < _DEEPEST:
            yield from _sections(section.sections)
