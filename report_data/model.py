"""The Report: a frozen tree of typed blocks, the single canonical source.

Everything is immutable (frozen, slotted, tuples), comparable and printable.
Every block has a `BlockId` and the `Span` it came from (`None` when the report
was built in Python). Nothing here knows of any output format.

Inline content is flat: a tuple of runs, each with its own set of marks, rather
than a tree of nested emphases. Every writer needs runs in the end, and a flat
form has one spelling for one look, so that two equal texts compare equal.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Flag, auto
from typing import TYPE_CHECKING, Literal, TypeAlias

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


@dataclass(frozen=True, slots=True)
class Run:
    r"""Text of one look. A line break that the author asked for is ``"\n"`` in the text.

    ``link`` is an address (http, https, mailto) or ``#id`` of a block here.
    """

    text: str
    marks: Mark = Mark.NONE
    link: str | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The mark of a footnote in the text; ``note`` is the `Note`'s id."""

    note: BlockId
    number: int


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference by number to a table, figure or section: shown as "表 2" or "Table 2"."""

    target: BlockId


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture inside a line."""

    source: str
    alt: str


Inline: TypeAlias = Run | NoteRef | Reference | InlineImage
RichText: TypeAlias = tuple[Inline, ...]


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


@dataclass(frozen=True, slots=True)
class Attributes:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    id: BlockId
    span: Span | None = field(default=None, compare=False)
    attributes: Attributes = NO_ATTRIBUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(_Block):
    """One paragraph."""

    content: RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(_Block):
    """A heading that opens no section because it stands inside a quote, a list or a box."""

    level: int
    content: RichText


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(_Block):
    """One item; ``checked`` is set for a task."""

    blocks: tuple[Block, ...]
    checked: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class List(_Block):
    """A list; ``start`` is the first number of an ordered one, ``tight`` as in CommonMark."""

    ordered: bool
    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(_Block):
    """A term and what it means."""

    term: RichText
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionList(_Block):
    """Terms with their definitions."""

    items: tuple[Definition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(_Block):
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock(_Block):
    """Lines of code, verbatim, without a final newline."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MathBlock(_Block):
    """A displayed formula as its TeX source."""

    text: str


Align = Literal["left", "center", "right", "default"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its content and its place in the source."""

    content: RichText
    span: Span | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """Return the cell's text as written."""
        return plain(self.content)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header cell and the alignment that the author asked for."""

    header: Cell
    align: Align = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(_Block):
    """A table; every row has exactly as many cells as there are columns.

    ``rows`` of a data file are read from it whenever they are iterated
    (`report_data.sources.SourceRows`); ``types`` is then what its columns hold.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    caption: RichText = ()
    types: tuple[ColumnType, ...] | None = None

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(_Block):
    """A picture of its own, with its caption.

    ``path`` is the file to draw, inside the document's folder, or ``None`` when
    it may not or cannot be read: then a placeholder with ``alt`` stands for it.
    """

    source: str
    alt: str
    path: str | None = None
    caption: RichText = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(_Block):
    """A thematic break."""


BoxKind = Literal[
    "callout", "timeline", "cards", "columns", "column", "notes", "only", "chart", "plain"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(_Block):
    """A fenced div: blocks under a name that says how to show them.

    ``kind`` is ``plain`` for a name that we do not know. ``label`` is the text a
    reader sees as its title (``<summary>`` of details), often empty.
    """

    kind: BoxKind
    blocks: tuple[Block, ...]
    label: RichText = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(_Block):
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(_Block):
    """A footnote's text, numbered in the order of its first mention."""

    number: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A field of the cover: its text, and its label if the source gave one (作者, 生成日期)."""

    text: str
    label: str = ""


Language = Literal["zh-Hans", "zh-Hant", "en", "ja", "ko"]


@dataclass(frozen=True, slots=True)
class Meta:
    """What the front matter says. Texts are as written."""

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


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report: validated when it comes from `report_data.load`.

    ``name`` is the stem for output files; ``source`` the Markdown as read (for
    attaching it and proving against it), ``""`` when built in Python;
    ``warnings`` what the reader had to say.
    """

    meta: Meta
    children: tuple[Node, ...]
    notes: tuple[Note, ...] = ()
    name: str = "report"
    source: str = field(default="", compare=False, repr=False)
    file: str = field(default="", compare=False)
    warnings: tuple[Diagnostic, ...] = field(default=(), compare=False)

    def walk(self) -> Iterator[Node | ListItem | Definition | Note]:
        """Yield everything that has an id, in reading order, footnotes last."""
        yield from walk(self.children)
        yield from walk(self.notes)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the top sections."""
        return tuple(child for child in self.children if isinstance(child, Section))


def walk(
    nodes: tuple[Node | ListItem | Definition | Note, ...],
) -> Iterator[Node | ListItem | Definition | Note]:
    """Yield nodes and all that stands in them, depth first, in reading order.

    Uses a stack of its own: depth is bounded by memory, not by recursion.
    """
    stack: list[Node | ListItem | Definition | Note] = list(reversed(nodes))
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(children(node)))


def children(node: Node | ListItem | Definition | Note) -> tuple[Node | ListItem | Definition, ...]:
    """Return what stands directly in a node."""
    if isinstance(node, Section):
        return node.children
    if isinstance(node, List | DefinitionList):
        return node.items
    if isinstance(node, Quote | Box | ListItem | Definition | Note):
        return node.blocks
    return ()
