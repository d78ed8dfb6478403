"""The types of a finished PDF: pages of placed items, and the structure they belong to.

Plain frozen data, comparable and printable. Positions are points from the top
left corner of the page or of the band that the item stands in, y runs down; a
text's y is its base line. Every item
belongs to a structure element by its index in `Document.structure`, or is one
of the artifacts (the negative indices below, ISO 32000-1, 14.8.2.2), so that
the tagging is decided here and never guessed from the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporters.layout.geometry import Pt, Size
    from exporters.layout.text import Fragment
    from exporters.properties import Properties

ElementId: TypeAlias = int
"""An index into `Document.structure`, or one of the negative constants."""

LAYOUT: ElementId = -1
"""An artifact of the layout: grounds, rules, leaders, repeated header rows."""
HEADER: ElementId = -2
"""A running head."""
FOOTER: ElementId = -3
"""A foot line with the page's number."""

DOCUMENT: ElementId = 0
"""The root element of every structure."""


class Element(Struct, frozen=True, gc=False):
    """One structure element (ISO 32000-1, 14.7.2), without its content.

    Children stand in the order in which their content is placed; ``tag`` is a
    standard structure type. ``id`` names what a reader of the file can hold
    against the report (a table's block id), ``scope`` is of header cells,
    ``numbering`` of lists (`ListNumbering`). ``actual`` is what content says that is
    drawn in another order: right-to-left text. ``series`` are those of a chart.
    """

    tag: str
    parent: ElementId
    id: str = ""
    alt: str = ""
    lang: str = ""
    scope: Literal["", "Column", "Row"] = ""
    numbering: Literal["", "Disc", "Decimal"] = ""
    actual: str = ""
    series: tuple[Series, ...] = ()


class Series(Struct, frozen=True, gc=False):
    """What a series of a drawn chart is called and the numbers that it draws."""

    name: str
    values: tuple[float | None, ...]


class Look(Struct, frozen=True, gc=False):
    """How a fragment is drawn and what it belongs to: the tag of every `Fragment`.

    What goes with the text (a link's line and area, a strike, emphasis dots, the
    ground of code) stands beside it as items of their own; planning makes them
    from ``target`` and the flags. ``says`` is what all text of one look says
    together where it is drawn otherwise: a formula its TeX, and ``number`` tells it from
    others that say the same; ``over`` is the mark over it.
    """

    color: str
    element: ElementId
    target: str = ""
    strike: bool = False
    dots: bool = False
    code: bool = False
    says: str = ""
    number: int = 0
    over: str = ""


class Text(Struct, frozen=True, gc=False):
    """Fragments on one base line; their x count from this one's.

    ``element`` is what they belong to where it is not each fragment's own: cells of
    a table that say the same share their fragments.
    """

    x: Pt
    y: Pt
    fragments: tuple[Fragment, ...]
    element: ElementId | None = None


class Rule(Struct, frozen=True, gc=False):
    """A straight line of a width; with ``dash`` it is dots at that distance."""

    x: Pt
    y: Pt
    to_x: Pt
    to_y: Pt
    width: Pt
    color: str
    dash: Pt = 0.0


class Fill(Struct, frozen=True, gc=False):
    """A filled box with square or round corners."""

    x: Pt
    y: Pt
    width: Pt
    height: Pt
    color: str
    radius: Pt = 0.0


class Dot(Struct, frozen=True, gc=False):
    """A filled circle."""

    x: Pt
    y: Pt
    radius: Pt
    color: str


class Path(Struct, frozen=True, gc=False):
    """A line through points; without a width it is closed and filled."""

    points: tuple[tuple[Pt, Pt], ...]
    color: str
    width: Pt = 0.0


class Drawing(Struct, frozen=True, gc=False):
    """Graphics and text that are one figure, described by its element's alternative text.

    The items' positions count from the drawing's own corner.
    """

    x: Pt
    y: Pt
    width: Pt
    height: Pt
    element: ElementId
    items: tuple[Text | Rule | Fill | Dot | Path, ...]


class Picture(Struct, frozen=True, gc=False):
    """A picture file drawn into a box."""

    x: Pt
    y: Pt
    width: Pt
    height: Pt
    path: str
    element: ElementId


class Area(Struct, frozen=True, gc=False):
    """A sensitive area over a link's text: ``target`` is an address or ``#id``."""

    x: Pt
    y: Pt
    width: Pt
    height: Pt
    target: str
    description: str
    element: ElementId


class Place(Struct, frozen=True, gc=False):
    """The spot where a named block begins: links and the outline lead there."""

    y: Pt
    name: str


class Presence(Struct, frozen=True, gc=False):
    """An element that stands here even if it holds nothing: an empty cell.

    Of an artifact it ends the run before: what follows is another one.
    """

    element: ElementId


Item: TypeAlias = Text | Rule | Fill | Dot | Path | Drawing | Picture | Area | Place | Presence


class Band(Struct, frozen=True, gc=False):
    """Items that stand together: their x and y count from the band's."""

    x: Pt
    y: Pt
    items: tuple[Item, ...]


class Page(Struct, frozen=True):
    """One page: its size in points, and its bands in reading order."""

    size: Size
    bands: tuple[Band, ...]

    def texts(self) -> Iterator[Text]:
        """Yield every text, those in drawings too."""
        for band in self.bands:
            yield from _texts(band.items)


def _texts(items: Iterable[Item]) -> Iterator[Text]:
    for item in items:
        if isinstance(item, Text):
            yield item
        elif isinstance(item, Drawing):
            yield from _texts(item.items)


class Entry(Struct, frozen=True, gc=False):
    """An entry of the outline; ``level`` counts from 0, ``target`` is a `Place`'s name."""

    level: int
    title: str
    target: str


class Attachment(Struct, frozen=True):
    """A file that the document carries: its name and its bytes."""

    name: str
    data: bytes


class Document(Struct, frozen=True):
    """A finished PDF.

    ``source`` is the Markdown that it was made from, ``alternatives`` are files that say
    the same in another form: it carries them (ISO 19005-3, annex E).
    """

    pages: tuple[Page, ...]
    structure: tuple[Element, ...]
    outline: tuple[Entry, ...]
    properties: Properties
    source: Attachment | None = None
    alternatives: tuple[Attachment, ...] = ()

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self.pages)
