"""The types of a finished deck: slides of shapes in points, plain frozen data.

A plan decides everything: which layout, which words, at which size, in which
box. It can be compared and printed; `write` only spells it in XML.

Names of shapes carry provenance: a block's or section's id where the shape shows
the report, ``triptych:<what>`` where the tool adds something of its own.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct, field

from exporters.layout.geometry import Insets, Pt, Rect, Size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporters.chartml import ChartLook
    from exporters.properties import Properties
    from exporters.theme import FontNames, Palette, Type
    from report_data.charts import Chart
    from report_data.ids import BlockId

FURNITURE = "triptych:"
"""What names of shapes begin with that hold the tool's own words."""

Role: TypeAlias = str
"""A colour by what it means: a field of `Palette`, or ``series-1`` to ``series-6``.

``#`` and six hexadecimal digits are a colour that a template's ground calls for.
"""

NO_INSETS = Insets()

# --- text ------------------------------------------------------------------------


class Jump(Struct, frozen=True, gc=False):
    """A link to a slide of this deck, by its number from 1."""

    slide: int


Link: TypeAlias = str | Jump
"""An address, ``#id`` of a block while planning goes on, or a slide of this deck."""


class TextRun(Struct, frozen=True, cache_hash=True, gc=False):
    r"""Text of one look; ``"\n"`` in it is a line break.

    ``color`` is empty for the placeholder's own. ``baseline`` is percent of the
    size, superscript positive. ``furniture`` marks words that the tool made
    (the number of a footnote, "表 2").
    """

    text: str
    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    baseline: int = 0
    color: Role = ""
    link: Link | None = None
    lang: str = ""
    furniture: bool = False


class Mark(Enum):
    """What stands before a paragraph."""

    NONE = "none"
    BULLET = "bullet"
    NUMBER = "number"
    TASK = "task"
    DONE = "done"


class TextParagraph(Struct, frozen=True, gc=False):
    """One paragraph; ``start`` is the number that an unbroken row of numbered ones begins with.

    ``level`` is the depth of a list from 0. ``before`` is the space above, in points.
    ``deeper``: it stands so many levels deeper in the file than it looks.
    """

    runs: tuple[TextRun, ...]
    type: Type
    mark: Mark = Mark.NONE
    level: int = 0
    start: int = 1
    before: Pt = 0.0
    align: Literal["left", "center", "right"] = "left"
    deeper: int = 0

    @property
    def text(self) -> str:
        """Return the paragraph's words without their looks."""
        return "".join(run.text for run in self.runs)


# --- shapes ----------------------------------------------------------------------


class Text(Struct, frozen=True, gc=False):
    """Paragraphs in a placeholder of the slide's layout, named by its ``key`` there.

    ``link`` makes the whole shape a link.
    """

    name: str
    placeholder: str
    rect: Rect
    paragraphs: tuple[TextParagraph, ...]
    description: str = ""
    link: Link | None = None


class Field(Struct, frozen=True, gc=False):
    """A placeholder whose text PowerPoint keeps up to date: the slide's number."""

    name: str
    placeholder: str
    rect: Rect


class Drawing(Struct, frozen=True, gc=False):
    """A native shape without text: a rule, a dot, the ground of a card. Decorative."""

    name: str
    rect: Rect
    fill: Role
    form: Literal["rect", "ellipse"] = "rect"


class TableCell(Struct, frozen=True, gc=False):
    """One cell; ``rule`` is the colour of the line under it where it differs from the style's."""

    paragraphs: tuple[TextParagraph, ...]
    rule: Role = ""

    @property
    def text(self) -> str:
        """Return the cell's words, its paragraphs parted by line breaks."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


class TableGrid(Struct, frozen=True, gc=False):
    """A native table whose first row is its header.

    ``first_row`` is the number of its first body row in the whole table, from 1
    (it is more than 1 where the table goes on from another slide).
    """

    name: str
    rect: Rect
    widths: tuple[Pt, ...]
    heights: tuple[Pt, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    insets: Insets
    first_row: int = 1
    first_column: bool = True
    description: str = ""


class Picture(Struct, frozen=True):
    """A picture file in its box, whole (never cropped)."""

    name: str
    rect: Rect
    path: Path
    description: str = ""


class ChartFrame(Struct, frozen=True):
    """A native chart: its specification with its numbers, and how it looks."""

    name: str
    rect: Rect
    chart: Chart
    look: ChartLook
    description: str = ""


Shape: TypeAlias = Text | Field | Drawing | TableGrid | Picture | ChartFrame


class Slide(Struct, frozen=True, gc=False):
    """One slide. ``shapes`` stand in reading order; ``notes`` are its speaker notes.

    ``section`` is the index of the deck's section.
    """

    layout: str
    title: str
    shapes: tuple[Shape, ...]
    notes: tuple[TextParagraph, ...] = ()
    section: int = 0


# --- layouts and the deck --------------------------------------------------------


class Placeholder(Struct, frozen=True, cache_hash=True):
    """A box of a layout that a slide fills: its place and its type scale by list level.

    ``kind`` is ECMA-376's ST_PlaceholderType (part 1, 19.7.10), or ``box`` for a text
    box that no layout has. ``index`` joins it to the layout's; ``None`` where the kind
    alone does (titles). ``theirs`` is a template's own: what it says of type is not
    known here, ``placed`` says whether ``rect`` is where it has its text, and ``face`` is the
    one for Latin letters where only its prompt has one.
    """

    key: str
    kind: str
    rect: Rect
    types: tuple[Type, ...]
    index: int | None = None
    color: Role = "ink"
    fill: Role = ""
    insets: Insets = NO_INSETS
    anchor: Literal["t", "ctr", "b"] = "t"
    align: Literal["left", "center", "right"] = "left"
    bullets: bool = False
    theirs: bool = False
    placed: bool = True
    face: str = ""


class Layout(Struct, frozen=True):
    """A slide layout of the master: its placeholders, and the grounds and rules behind them.

    ``kind`` is ECMA-376's ST_SlideLayoutType (part 1, 19.7.15). ``part`` is the
    part's name in the package when the layout is a template's own: ``mapping`` then is
    its own map of the theme's colours, as XML, and ``drawings`` stand on each slide.
    """

    key: str
    name: str
    kind: str
    placeholders: tuple[Placeholder, ...]
    drawings: tuple[Drawing, ...] = ()
    ground: Role = "paper"
    part: str = ""
    mapping: str = ""

    def get(self, key: str) -> Placeholder:
        """Return the placeholder of a key.

        Raises:
            KeyError: the layout has none of it.
        """
        for item in self.placeholders:
            if item.key == key:
                return item
        raise KeyError(f"layout {self.key} has no placeholder {key}")

    def has(self, key: str) -> bool:
        """Return whether there is a placeholder of a key."""
        return any(item.key == key for item in self.placeholders)


class Section(Struct, frozen=True):
    """A section of the deck, as PowerPoint's slide sorter shows it."""

    name: str
    id: str


class Omission(Struct, frozen=True):
    """What stands neither on a slide nor in notes, and the notice that says where it is."""

    block: BlockId
    what: str
    notice: str


class Look(Struct, frozen=True):
    """What dresses the deck: slide size, colours, fonts, and the master's layouts.

    ``template`` is the file that master and layouts come from; ``None`` for our own.
    ``fixed`` are roles whose colours are no slots of its theme.
    """

    size: Size
    palette: Palette
    fonts: FontNames
    layouts: tuple[Layout, ...]
    header_rule: Pt
    hairline: Pt
    theme: str = "quiet"
    template: Path | None = None
    fixed: frozenset[Role] = frozenset()

    def layout(self, key: str) -> Layout:
        """Return the layout of a key.

        Raises:
            KeyError: there is none.
        """
        for item in self.layouts:
            if item.key == key:
                return item
        raise KeyError(f"no layout {key}")


class Deck(Struct, frozen=True):
    """A finished deck."""

    slides: tuple[Slide, ...]
    sections: tuple[Section, ...]
    properties: Properties
    look: Look
    omissions: tuple[Omission, ...] = field(default=())

    @property
    def count(self) -> int:
        """Return how many slides there are."""
        return len(self.slides)

    def texts(self) -> Iterator[tuple[int, Text]]:
        """Yield every text shape with the number of its slide, from 1."""
        for number, slide in enumerate(self.slides, 1):
            for shape in slide.shapes:
                if isinstance(shape, Text):
                    yield number, shape
