"""A Report, as filtered for the PDF, in -> a finished plan of its pages. Pure.

Front to back: cover, contents, the report's flow of strips filled into pages,
footnotes at their foot; then, when every page is known, the running heads, the
foot lines and the numbers in the contents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.geometry import Size
from exporters.names import says_its_label
from exporters.pdf.page_blocks import flow
from exporters.pdf.page_front import (
    SHORTEST_CONTENTS,
    Contents,
    Listed,
    cover,
    listed_sections,
)
from exporters.pdf.page_heads import Heads, with_room_for_foot
from exporters.pdf.page_note import note_strips
from exporters.pdf.page_written import number_lines
from exporters.pdf.paginate import Filled, Paginator
from exporters.pdf.plan import (
    DOCUMENT,
    Area,
    Attachment,
    Band,
    Document,
    Entry,
    Page,
    Place,
    Rule,
)
from exporters.pdf.setting import Column, Setting
from exporters.properties import properties_of
from exporters.written_contents import written_contents
from report_data.ids import BlockId
from report_data.model import Box, Figure, Note, Section, Table, children, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from exporters.context import Context
    from exporters.layout.geometry import Pt
    from exporters.pdf.strips import Strip
    from report_data.charts import Chart
    from report_data.model import Report, RichText

SIZES = {"a4": Size(595.276, 841.89), "letter": Size(612, 792)}
"""ISO 216 and ANSI/ASME Y14.1, in points."""


SHORTEST_LAST = 4
"""Lines under which a last page is an orphan."""

SHORTEST_LIST = 2
"""Captions from which on a report has a list of its tables and figures."""

APPENDIX = ("附录", "附錄", "appendix", "付録", "부록", "annex", "anhang", "annexe")
"""How titles of appendices begin that need no letter."""


def plan(report: Report, context: Context, size: Size, *, two_sided: bool = False) -> Document:
    """Lay a report out on pages of a size.

    ``two_sided`` makes the inner margins wider, for binding, and the outer narrower.
    """
    return _Planner(report, context, size, two_sided=two_sided).document()


def with_files(made: Document, paths: Sequence[Path]) -> Document:
    """Return a plan whose file carries others: the same content in another form."""
    files = tuple(Attachment(path.name, path.read_bytes()) for path in paths)
    return replace(made, alternatives=files) if files else made


class _Planner:
    """One run: the setting, and the pages as they come about."""

    def __init__(self, report: Report, context: Context, size: Size, *, two_sided: bool) -> None:
        self._report = report
        self._two_sided = two_sided
        self._meta = report.meta
        self._titles = {section.id: plain(section.title) for section in report.every(Section)}
        written = written_contents(report.sections, SHORTEST_CONTENTS)
        self._written = written if written and written.whole else None
        self._setting = Setting(
            context,
            report.meta,
            size,
            charts=_charts(report),
            places=_linked(report) | frozenset(self._written.lines if self._written else ()),
            labels=_labels(report, context, self._titles),
        )
        self._setting = with_room_for_foot(self._setting)
        self._upright, self._turned = self._setting.upright, self._setting.turned

    def document(self) -> Document:
        """Return the finished plan."""
        setting, report = self._setting, self._report
        front: list[Page] = []
        meta = self._meta
        said = (
            meta.title,
            meta.subtitle,
            meta.kind,
            meta.labelled,
            meta.abstract,
            meta.confidentiality,
        )
        if any(said) or not (report.children or report.notes):  # a file has one page at least
            front.extend(Page(setting.page, bands) for bands in cover(meta, setting))
        setting.appendices = self._letters()
        column = Column(self._upright.x, self._upright.width, DOCUMENT)
        written = self._written
        after = report.children.index(written.section) + 1 if written else 0
        strips = flow(report.children[:after], column, setting)
        contents = self._contents(column)
        rest = flow(report.children[after:], column, setting)
        if strips and rest:
            rest[0] = replace(rest[0], fresh=True)
        notes = {note.id: note_strips(note, column, setting, flow) for note in report.notes}
        ahead = _listed_in(contents, {})
        if written is None:
            filled = self._filled([*strips, *rest], notes)
            first = len(front) + len(self._paginator({}).fill(ahead))
            numbers = _numbers(filled, first)
            listing = self._paginator({}).fill(_listed_in(contents, numbers))
        else:  # the list of captions stands under contents that the author wrote
            filled = self._filled([*strips, *ahead, *rest], notes)
            first, listing = len(front), []
            numbers = _numbers(filled, first)
            if ahead:
                ahead = _listed_in(contents, numbers)
                filled = self._filled([*strips, *ahead, *rest], notes)
            number_lines(written, filled, numbers, column, setting)
        total = first + len(filled)
        heads = Heads(setting, total, two_sided=self._two_sided)
        pages = [*front]
        pages.extend(
            self._finished(page, "", heads, len(front) + i) for i, page in enumerate(listing, 1)
        )
        section = ""
        for number, page in enumerate(filled, first + 1):
            opens = page.stack.placed and page.stack.placed[0][1].head
            shown = opens or section or (page.heads[0] if page.heads else "")
            pages.append(self._finished(page, shown, heads, number))
            if page.heads:
                section = page.heads[-1]
        pages = self._with_every_place(pages, first)
        return Document(
            tuple(pages),
            tuple(setting.elements),
            tuple(self._outline()),
            properties_of(report, setting.context, len(pages)),
            self._source(),
        )

    def _with_every_place(self, pages: list[Page], first: int) -> list[Page]:
        """Return pages on which every link's target stands.

        A block that has no lines of its own (a column, an item of cards) is found
        where the block around it begins.
        """
        items = [
            (number, band.y, item)
            for number, page in enumerate(pages)
            for band in page.bands
            for item in band.items
            if isinstance(item, Place | Area)
        ]
        placed = {
            item.name: (number, y + item.y) for number, y, item in items if isinstance(item, Place)
        }
        wanted = {
            item.target[1:]
            for _, _, item in items
            if isinstance(item, Area) and item.target[0] == "#"
        }
        around = (
            {child.id: node.id for node in self._report.walk() for child in children(node)}
            if wanted - placed.keys()
            else {}
        )
        for name in sorted(wanted - placed.keys()):
            above = around.get(BlockId(name))
            while above is not None and above not in placed:
                above = around.get(above)
            number, y = placed.get(above or "", (first, 0.0))
            band = Band(0, y, (Place(0.0, name),))
            pages[number] = replace(pages[number], bands=(*pages[number].bands, band))
        return pages

    def _letters(self) -> dict[BlockId, str]:
        """Return a letter for each appendix whose title does not begin with the word for one."""
        appendices = [section for section in self._report.sections if section.appendix]
        words = tuple(word.lower() for word in APPENDIX)
        return {
            section.id: chr(ord("A") + number)
            for number, section in enumerate(appendices[:26])
            if not self._titles[section.id].lower().startswith(words)
        }

    def _contents(self, column: Column) -> list[Contents]:
        """Return the contents, unless the author wrote them, and the list of captions."""
        setting, words = self._setting, self._setting.context.words
        lists = []
        if len(self._titles) >= SHORTEST_CONTENTS and self._written is None:
            letters = setting.appendices.items()
            titles = self._titles | {
                name: f"{letter}\u3000{self._titles[name]}" for name, letter in letters
            }
            look, room = setting.look, self._upright.height
            entries, tight = listed_sections(self._report.sections, titles, look, room)
            title = look.contents_title
            lists.append(Contents(words.contents, title, entries, column, setting, tight))
        captioned = [
            _listed(node.id, setting.labels[node.id], plain(caption).strip())
            for node in self._report.walk()
            if (caption := _caption(node)) and node.id in setting.labels
        ]
        if (lists or self._written) and len(captioned) >= SHORTEST_LIST:
            title = setting.look.headings[1]
            lists.append(Contents(words.list_of_tables, title, captioned, column, setting))
        return lists

    def _filled(
        self, strips: Sequence[Strip], notes: Mapping[BlockId, Sequence[Strip]]
    ) -> list[Filled]:
        """Fill the pages; a few last lines alone are taken in by pages of one line more."""
        filled = self._paginator(notes).fill(strips)
        leading = self._setting.look.body.leading
        if len(filled) > 1 and _used(filled[-1]) < SHORTEST_LAST * leading:
            taller = self._paginator(notes, more=leading).fill(strips)
            if len(taller) < len(filled):
                return taller
        return filled

    def _paginator(self, notes: Mapping[BlockId, Sequence[Strip]], more: Pt = 0.0) -> Paginator:
        upright = replace(self._upright, height=self._upright.height + more)
        return Paginator(upright, self._turned, notes, self._setting.look.note_gap)

    def _finished(self, page: Filled, section: str, heads: Heads, number: int) -> Page:
        """Return a page with its head, foot and footnotes, moved to its side of the sheet."""
        size, column = self._setting.page, self._upright
        if page.turned:
            size, column = Size(size.height, size.width), self._turned
        bands = [*_bands(page), *heads.bands(column, size, section, number)]
        if page.notes:
            width = column.width / 5
            rule = self._setting.look.hairline, self._setting.palette.ink_second
            top = page.notes.placed[0][0] - self._setting.look.note_gap / 2
            line = Rule(column.x, 0, column.x + width, 0, *rule)
            bands.insert(0, Band(0, top, (line,)))
        if self._two_sided:
            inner = self._setting.look.binding
            aside = -inner if heads.is_left(number) else inner
            bands = [replace(band, x=band.x + aside) for band in bands]
        return Page(size, tuple(bands))

    def _outline(self) -> Iterator[Entry]:
        """Yield the outline: every section, no level skipped."""

        def entries(sections: Sequence[Section], level: int) -> Iterator[Entry]:
            for section in sections:
                yield Entry(level, self._titles[section.id] or section.id, section.id)
                yield from entries(section.sections, level + 1)

        yield from entries(self._report.sections, 0)

    def _source(self) -> Attachment | None:
        """Return the report's Markdown, if it has one, under the name of the run's files."""
        text = self._report.source
        if not text:
            return None
        name = f"{self._setting.context.names.stem}.md"
        return Attachment(name, text.encode("utf-8", "replace"))


def _caption(node: object) -> RichText:
    """Return the caption of what has a number."""
    if isinstance(node, Table | Figure):
        return node.caption
    return node.label if isinstance(node, Box) and node.kind == "chart" else ()


def _listed_in(contents: Sequence[Contents], numbers: Mapping[str, int]) -> list[Strip]:
    """Return the strips of all contents, with the numbers that are known."""
    return [strip for one in contents for strip in one.strips(numbers)]


def _numbers(pages: Sequence[Filled], before: int) -> dict[str, int]:
    """Return the page on which each place stands, counted on from the pages ``before``."""
    return {
        item.name: index
        for index, page in enumerate(pages, before + 1)
        for band in _bands(page)
        for item in band.items
        if isinstance(item, Place)
    }


def _used(page: Filled) -> Pt:
    """Return the height of what stands on a page, in points."""
    return page.stack.bottom - page.stack.placed[0][0] if page.stack.placed else 0.0


def _bands(page: Filled) -> Iterator[Band]:
    yield from page.stack.bands()
    if page.notes:
        yield from page.notes.bands()


def _charts(report: Report) -> dict[BlockId, Chart]:
    """Return the charts that can be drawn by the ids of their boxes."""
    if not report.chart_boxes:
        return {}
    from report_data.charts import charts_of

    return {chart.id: chart for chart in charts_of(report)}


def _listed(block: BlockId, label: str, caption: str) -> Listed:
    """Return an entry of the list of tables and figures."""
    return Listed(1, caption, block, "" if says_its_label(caption) else label)


def _linked(report: Report) -> frozenset[str]:
    """Return the names of all blocks that a link may lead to."""
    return frozenset(node.id for node in report.walk())


def _labels(report: Report, context: Context, titles: Mapping[BlockId, str]) -> dict[BlockId, str]:
    """Return what a reference shows: "表 2", "图 1", a section's title."""
    labels = dict(titles)
    for node in report.walk():
        if isinstance(node, Table) and node.id in context.names.tables:
            labels[node.id] = context.names.tables[node.id].label
        elif isinstance(node, Figure | Box) and node.id in context.names.figures:
            labels[node.id] = context.names.figures[node.id]
        elif isinstance(node, Note):
            labels[node.id] = str(node.number)
    return labels
