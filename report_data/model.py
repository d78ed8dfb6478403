"""The Report: a frozen tree of typed blocks, the single canonical source.

Everything is immutable (frozen structs, tuples), comparable and printable.
Every block has a `BlockId` and the `Span` it came from (`None` when the report
was built in Python). Nothing here knows of any output format.

Inline content is flat: a tuple of runs, each with its own set of marks, rather
than a tree of nested emphases. Every writer needs runs in the end, and a flat
form has one spelling for one look, so that two equal texts compare equal.
"""

from __future__ import annotations

from collections import defaultdict
from enum import Flag, auto
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, TypeVar

from msgspec import Struct

from report_data.records import Record
from report_data.widths import Width, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from report_data.columns import ColumnType
    from report_data.diagnostics import Diagnostic, Span
    from report_data.ids import BlockId

# --- inline content ------------------------------------------------------------


class Mark(Flag):
    """How a run of text is marked."""

    NONE = 0
    BOLD = auto()
    ITALIC = auto()
    STRIKE = auto()
    CODE = auto()
    SUPERSCRIPT = auto()
    SUBSCRIPT = auto()
    MATH = auto()


class Run(Struct, frozen=True, gc=False):
    r"""Text of one look. A line break that the author asked for is ``"\n"`` in the text.

    ``link`` is an address (http, https, mailto) or ``#id`` of a block here.
    """

    text: str
    marks: Mark = Mark.NONE
    link: str | None = None
    lang: str | None = None


class NoteRef(Struct, frozen=True, gc=False):
    """The mark of a footnote in the text; ``note`` is the `Note`'s id."""

    note: BlockId
    number: int


class Reference(Struct, frozen=True, gc=False):
    """A reference by number to a table, figure or section: shown as "表 2" or "Table 2"."""

    target: BlockId


class InlineImage(Struct, frozen=True, gc=False):
    """A picture inside a line."""

    source: str
    alt: str


Inline: TypeAlias = Run | NoteRef | Reference | InlineImage
RichText: TypeAlias = tuple[Inline, ...]


def is_plain_formula(run: Run) -> bool:
    r"""Return whether a run is a formula that reads as it is written: ``k = 5``, no ``\frac``."""
    return Mark.MATH in run.marks and _TEX.isdisjoint(run.text)


_TEX = frozenset("\\{}^_&~")
"""What only TeX reads."""


def plain(content: RichText) -> str:
    """Return the text of rich content as a reader sees it, without marks.

    Footnote marks and numbered references add nothing: their text is made by
    the exporters. An inline picture gives its alternative text.
    """
    return "".join(
        item.text if isinstance(item, Run) else item.alt if isinstance(item, InlineImage) else ""
        for item in content
    )


# --- blocks --------------------------------------------------------------------


class Attributes(Struct, frozen=True, gc=False):
    """What the author wrote in braces: ``{.class key=value}`` (the id stands apart)."""

    classes: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, key: str, default: str = "") -> str:
        """Return the value of a key, or the default."""
        return dict(self.pairs).get(key, default)

    def __bool__(self) -> bool:
        """Return whether anything was written."""
        return bool(self.classes or self.pairs)


NO_ATTRIBUTES = Attributes()


class _Block(Record, frozen=True, kw_only=True, gc=False):
    id: BlockId
    span: Span | None = None
    attributes: Attributes = NO_ATTRIBUTES


class Paragraph(_Block, frozen=True, kw_only=True):
    """One paragraph."""

    content: RichText


class Heading(_Block, frozen=True, kw_only=True):
    """A heading that opens no section because it stands inside a quote, a list or a box."""

    level: int
    content: RichText


class ListItem(_Block, frozen=True, kw_only=True):
    """One item; ``checked`` is set for a task."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


class List(_Block, frozen=True, kw_only=True):
    """A list; ``start`` is the first number of an ordered one, ``tight`` as in CommonMark."""

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True


class Definition(_Block, frozen=True, kw_only=True):
    """A term and what it means."""

    term: RichText
    blocks: tuple[Block, ...]


class DefinitionList(_Block, frozen=True, kw_only=True):
    """Terms with their definitions."""

    items: tuple[Definition, ...]


class Quote(_Block, frozen=True, kw_only=True):
    """A block quotation."""

    blocks: tuple[Block, ...]


class CodeBlock(_Block, frozen=True, kw_only=True):
    """Lines of code, verbatim, without a final newline."""

    text: str
    language: str = ""


class MathBlock(_Block, frozen=True, kw_only=True):
    """A displayed formula as its TeX source."""

    text: str


Align = Literal["left", "center", "right", "default"]


class Cell(Record, frozen=True, gc=False):
    """One cell of a table: its content and its place in the source."""

    content: RichText
    span: Span | None = None

    @property
    def text(self) -> str:
        """Return the cell's text as written."""
        return plain(self.content)


class Column(Struct, frozen=True, gc=False):
    """A column: its header cell and the alignment that the author asked for."""

    header: Cell
    align: Align = "default"


class Table(_Block, frozen=True, kw_only=True):
    """A table; every row has exactly as many cells as there are columns.

    ``rows`` of a data file are read from it whenever they are iterated
    (`report_data.sources.SourceRows`); ``types`` is then what its columns hold.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    caption: RichText = ()
    types: tuple[ColumnType, ...] | None = None

    @property
    def limit(self) -> int | None:
        """Return how many rows slides and pages show at most, where the author says so."""
        asked = self.attributes.get("limit").strip()
        return int(asked) if asked.isdecimal() and asked.strip("0") else None

    @property
    def longest(self) -> tuple[tuple[str, ...], ...] | None:
        """Return the longest texts of each column, where a data file has found them out."""
        return getattr(self.rows, "longest", None)

    def texts(self) -> Iterator[Sequence[str]]:
        """Yield the rows' texts, the quickest way there is."""
        from_file = getattr(self.rows, "texts", None)
        if from_file is not None:
            yield from from_file()
        else:
            for row in self.rows:
                yield [cell.text for cell in row]


class Figure(_Block, frozen=True, kw_only=True):
    """A picture of its own, with its caption.

    ``path`` is the file to draw, inside the document's folder, or ``None`` when
    it may not or cannot be read: then a placeholder with ``alt`` stands for it.
    """

    source: str
    alt: str
    path: str | None = None
    caption: RichText = ()

    @property
    def width(self) -> Width | None:
        """Return how wide the author wants it; ``None`` where that is not said."""
        return width_of(self.attributes.get("width")) if self.attributes else None


class Break(_Block, frozen=True, kw_only=True):
    """A thematic break."""


BoxKind = Literal[
    "callout", "timeline", "cards", "columns", "column", "notes", "only", "chart", "plain"
]


class Box(_Block, frozen=True, kw_only=True):
    """A fenced div: blocks under a name that says how to show them.

    ``kind`` is ``plain`` for a name that we do not know. ``label`` is the text a
    reader sees as its title (``<summary>`` of details), often empty.
    """

    kind: BoxKind
    blocks: tuple[Block, ...]
    label: RichText = ()


class Section(_Block, frozen=True, kw_only=True):
    """A heading and all that stands under it, subsections included, in order."""

    level: int
    title: RichText
    children: tuple[Block | Section, ...]
    appendix: bool = False

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the section's own blocks, without its subsections."""
        return tuple(child for child in self.children if not isinstance(child, Section))

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the section's direct subsections."""
        return tuple(child for child in self.children if isinstance(child, Section))


Block: TypeAlias = (
    Paragraph
    | Heading
    | List
    | DefinitionList
    | Quote
    | CodeBlock
    | MathBlock
    | Table
    | Figure
    | Break
    | Box
)
Node: TypeAlias = Block | Section


class Note(_Block, frozen=True, kw_only=True):
    """A footnote's text, numbered in the order of its first mention."""

    number: int
    blocks: tuple[Block, ...]


class Labelled(Struct, frozen=True, gc=False):
    """A field of the cover: its text, and its label if the source gave one (作者, 生成日期)."""

    text: str
    label: str = ""


Language = Literal["zh-Hans", "zh-Hant", "en", "ja", "ko"]


class Meta(Struct, frozen=True):
    """What the front matter and the first lines say. Texts are as written.

    ``details`` are what else stands on the cover, each with its label: version, client, place.
    """

    title: str = ""
    subtitle: str = ""
    kind: str = ""
    authors: tuple[Labelled, ...] = ()
    date: Labelled | None = None
    lang: Language = "zh-Hans"
    keywords: tuple[str, ...] = ()
    abstract: str = ""
    short_title: str = ""
    confidentiality: str = ""
    series: tuple[str, ...] = ()
    details: tuple[Labelled, ...] = ()

    @property
    def labelled(self) -> tuple[Labelled, ...]:
        """Return the cover's lines with labels in their order: authors, details, date."""
        return (*self.authors, *self.details, *((self.date,) if self.date is not None else ()))


Kind = TypeVar("Kind", bound=_Block)


class Report(Record, frozen=True, dict=True):
    """A whole report: validated when it comes from `report_data.load`.

    ``name`` is the stem for output files; ``source`` the Markdown as read (for
    attaching it and proving against it), ``""`` when built in Python;
    ``warnings`` what the reader had to say.
    """

    meta: Meta
    children: tuple[Node, ...]
    notes: tuple[Note, ...] = ()
    name: str = "report"
    source: str = ""
    file: str = ""
    warnings: tuple[Diagnostic, ...] = ()
    aside: ClassVar[frozenset[str]] = frozenset({"source", "file", "warnings"})

    def walk(self) -> Iterator[Node | ListItem | Definition | Note]:
        """Yield everything that has an id, in reading order, footnotes last."""
        return chain(walk(self.children), walk(self.notes))

    def every(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return all nodes of one type, as `walk` yields them; they are looked for once."""
        return self._kinds.get(kind, ())

    @property
    def chart_boxes(self) -> tuple[Box, ...]:
        """Return the boxes that ask for a chart."""
        return tuple(box for box in self.every(Box) if box.kind == "chart")

    @cached_property
    def size(self) -> int:
        """How many nodes there are: all that has an id."""
        return sum(map(len, self._kinds.values()))

    @cached_property
    def _kinds(self) -> dict[type, tuple[Any, ...]]:
        kinds: defaultdict[type, list[Any]] = defaultdict(list)
        for node in self.walk():
            kinds[type(node)].append(node)
        return {kind: tuple(nodes) for kind, nodes in kinds.items()}

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the top sections."""
        return tuple(child for child in self.children if isinstance(child, Section))


INSIDE: dict[type, str] = {
    Section: "children",
    **dict.fromkeys((List, DefinitionList), "items"),
    **dict.fromkeys((Quote, Box, ListItem, Definition, Note), "blocks"),
}
"""Where a node has what stands in it."""


def walk(
    nodes: tuple[Node | ListItem | Definition | Note, ...],
) -> Iterator[Node | ListItem | Definition | Note]:
    """Yield nodes and all that stands in them, depth first, in reading order.

    Uses a stack of its own: depth is bounded by memory, not by recursion.
    """
    stack: list[Node | ListItem | Definition | Note] = list(nodes[::-1])
    while stack:
        node = stack.pop()
        yield node
        inside = INSIDE.get(type(node))
        if inside:
            stack += getattr(node, inside)[::-1]


def children(node: Node | ListItem | Definition | Note) -> tuple[Node | ListItem | Definition, ...]:
    """Return what stands directly in a node."""
    inside = INSIDE.get(type(node))
    return getattr(node, inside) if inside else ()
