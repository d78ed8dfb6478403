"""What the parts of page planning share: the look, the words, and the structure as it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.layout.fonts import FontStyle
from exporters.layout.geometry import Rect
from exporters.pdf.plan import DOCUMENT, Element, ElementId

if TYPE_CHECKING:
    from exporters.context import Context
    from exporters.layout.geometry import Pt, Size
    from exporters.pdf.plan import Series
    from exporters.pdf.strips import Frame
    from exporters.theme import PageTokens, Palette, Type
    from report_data.charts import Chart
    from report_data.ids import BlockId
    from report_data.model import Meta, RichText


Align: TypeAlias = Literal["left", "center", "right"]


NARROWEST = 60.0
"""Points: five characters of body. What stands deeper than fits is moved in no more: a few lines
in boxes in boxes would fill thousands of pages."""

DEEPEST = 20
"""Elements around what groups others: readers of files follow a structure thirty deep, no more
(pdfium: 32), and a table's cells with links in them take eight. What stands deeper belongs to
the innermost group that there is."""

LIST_LEVELS = 3
"""Levels that a list takes: L, LI and LBody."""

LONGEST_LIST = 256
"""Items of one L; a longer list goes on in the next: readers load all items of one that they meet
on a page, and each of its pages would take as long as the list."""

_GROUPS = frozenset({"Document", "Sect", "Div", "BlockQuote", "LBody", "Note", "P"})
"""What a footnote may belong to."""


class Column(Struct, frozen=True, gc=False):
    """Where a flow of blocks stands: its left edge and width, the frame around it.

    ``element`` is the structure element that its blocks belong to; ``level``
    counts the lists around it and ``quotes`` the quotations.
    """

    x: Pt
    width: Pt
    element: ElementId
    frame: Frame | None = None
    level: int = 0
    quotes: int = 0

    @property
    def right(self) -> Pt:
        """Return the x of the right edge."""
        return self.x + self.width

    def within(self, left: Pt, right: Pt = 0.0) -> Column:
        """Return the column with its edges moved in, not so far that it gets too narrow."""
        if self.width - left - right < NARROWEST:
            return self
        return replace(self, x=self.x + left, width=self.width - left - right)


MIDDLE = 0.36
"""Em from the base line up to the middle of figures."""


class Tone(Struct, frozen=True, gc=False):
    """How a block's text is set: size and leading in points, colour, justified or ragged."""

    size: Pt
    leading: Pt
    color: str
    bold: bool = False
    code: bool = False
    justify: bool = False
    align: Align = "left"

    @property
    def style(self) -> FontStyle:
        """Return the font style of the text that has no marks."""
        return FontStyle(self.size, self.bold, italic=False, code=self.code)

    @property
    def base(self) -> Pt:
        """Return how far under a line's top its base line stands.

        The em square of a Chinese character reaches from 0.12 em under the base
        line to 0.88 em over it: its middle is put in the middle of the line.
        """
        return self.leading / 2 + 0.38 * self.size


class Setting(Struct):
    """What the parts of page planning share, and the structure tree as they make it.

    ``places`` are the ids that exist in this document (a link to another one is
    no link), ``labels`` what a reference by number shows, ``noted`` the element
    in which each footnote is first mentioned. ``natural`` and ``least`` keep how
    wide cells of tables are on one line, and at the least.
    """

    context: Context
    meta: Meta
    page: Size
    charts: dict[BlockId, Chart]
    places: frozenset[str]
    labels: dict[BlockId, str]
    elements: list[Element] = field(default_factory=lambda: [Element("Document", -1)])
    noted: dict[BlockId, ElementId] = field(default_factory=dict)
    natural: dict[tuple[RichText, Tone], Pt] = field(default_factory=dict)
    least: dict[tuple[RichText, Tone], Pt] = field(default_factory=dict)
    formulas: int = 0
    """How many formulas in lines were set."""
    heading_level: int = 0
    appendices: dict[BlockId, str] = field(default_factory=dict)
    """The letter of each appendix that does not call itself one."""

    @property
    def upright(self) -> Rect:
        """Return the column of an upright page."""
        return Rect(0, 0, self.page.width, self.page.height).inset(self.look.margins)

    @property
    def turned(self) -> Rect:
        """Return the column of a landscape page: the margins turn with it."""
        return Rect(0, 0, self.page.height, self.page.width).inset(self.look.margins)

    @property
    def look(self) -> PageTokens:
        """Return the page's measures."""
        return self.context.theme.page

    @property
    def palette(self) -> Palette:
        """Return the colours."""
        return self.context.theme.palette

    def element(
        self,
        tag: str,
        parent: ElementId = DOCUMENT,
        *,
        series: tuple[Series, ...] = (),
        **attributes: str,
    ) -> ElementId:
        """Add a structure element; return its index. An artifact has none: it stays itself."""
        if parent < DOCUMENT:
            return parent
        made = Element(tag, parent, series=series, **attributes)  # type: ignore[arg-type]
        self.elements.append(made)
        return len(self.elements) - 1

    def group(self, tag: str, parent: ElementId) -> ElementId:
        """Add an element that groups others; return its index, or its parent's where it is deep."""
        return self.element(tag, parent) if self.holds(parent) else parent

    def holds(self, element: ElementId, levels: int = 1) -> bool:
        """Return whether so many levels of elements may stand in one (`DEEPEST`)."""
        return self._depth(element) + levels <= DEEPEST

    def group_around(self, element: ElementId) -> ElementId:
        """Return the innermost group about an element that may hold one more."""
        while self.elements[element].tag not in _GROUPS or not self.holds(element):
            element = self.elements[element].parent
        return element

    def _depth(self, element: ElementId) -> int:
        depth = 0
        while element > DOCUMENT:
            element = self.elements[element].parent
            depth += 1
        return depth

    def scratch(self) -> Setting:
        """Return a copy whose elements are thrown away, for measuring."""
        return replace(self, elements=[], noted={})

    def for_notes(self) -> Setting:
        """Return a setting whose lists, tables and code have the size of a note's text."""
        theme = replace(self.context.theme, page=self.look.in_notes)
        return replace(self, context=replace(self.context, theme=theme))

    def tone(self, step: Type, color: str = "", **changes: bool) -> Tone:
        """Return a tone at a step of the type scale."""
        size, leading, bold = step
        return replace(Tone(size, leading, color or self.palette.ink, bold), **changes)

    @property
    def body(self) -> Tone:
        """Return the tone of running text."""
        return self.tone(self.look.body, justify=True)
