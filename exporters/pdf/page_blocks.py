"""Blocks and the column they stand in -> strips. One function a kind of block."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.fonts import FontStyle
from exporters.layout.kinds import WIDE, kinds
from exporters.layout.notes import is_note_of_table
from exporters.layout.text import Piece, natural_width
from exporters.pdf.page_box import bodies, box
from exporters.pdf.page_figure import figure
from exporters.pdf.page_table import table
from exporters.pdf.page_text import (
    language_of,
    notes_in,
    paragraph,
    pieces,
    place,
    places_back,
    set_text,
    together,
)
from exporters.pdf.plan import Look, Presence, Rule
from exporters.pdf.setting import LIST_LEVELS, LONGEST_LIST
from exporters.pdf.strips import Frame, Strip, in_company, whole
from report_data.expressions import when_used
from report_data.model import (
    Box,
    Break,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    List,
    Mark,
    MathBlock,
    Paragraph,
    Quote,
    Reference,
    Run,
    Section,
    Table,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import ElementId
    from exporters.pdf.setting import Column, Setting, Tone
    from report_data.model import Block, Definition, ListItem, Node

DEEPEST_LIST = 8
"""Levels of lists that are moved in."""

DEEPEST_QUOTE = 3
"""Levels of quotations that are moved in."""

BULLETS = "•–▪"
"""One a level, then again."""

_LEAD_IN = ("：", ":")

_COUNTED = when_used(
    r"(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)[^。；;：:！？!?\n]{1,24}"
)
"""A line that is a heading in all but its mark: （一）主要财务数据."""

_SHORT_ITEM = 2
"""Lines of a list's item that is not left alone at a page's foot or top."""

SHORT_LINE = 60
"""Em of a bold paragraph that still stands for a heading: two lines at most."""


def flow(nodes: Sequence[Node], column: Column, setting: Setting) -> list[Strip]:
    """Return the strips of blocks and sections in their order, with the space between them."""
    strips: list[Strip] = []
    before: Node | None = None
    lines = 0  # of what stands before
    for index, node in enumerate(nodes):
        if isinstance(node, Break) and _silent(nodes, index):
            continue
        note = isinstance(before, Table | Figure) and _is_note(nodes, index)
        made = _note(node, strips[-1], column, setting) if note else _node(node, column, setting)
        if not made:
            continue
        if before is not None and not isinstance(node, Section):
            if note:
                strips = kept(strips)
            elif isinstance(before, Heading):
                made = spaced(made, 0.0)
            elif _leads_in(before):
                strips = kept(strips)
                look, tall = setting.look, isinstance(node, MathBlock)
                made = spaced(made, look.block_gap if tall else look.lead_gap)
            elif lines == 1 and isinstance(node, _SET_OFF) and _may_name(before, node):
                strips = kept(strips)
            elif isinstance(before, _SET_OFF) or _is_heading_in_bold(node):
                made = spaced(made, max(made[0].space, setting.look.figure_gap))
        strips.extend(made)
        before, lines = node, len(made)
    return strips


def _may_name(before: Node, node: Node) -> bool:
    """Return whether a single line names what follows it, and no other block by its number."""
    if not isinstance(before, Paragraph):
        return False
    named = [item.target for item in before.content if isinstance(item, Reference)]
    return not named or node.id in named


_SET_OFF = (Table, Figure, CodeBlock, MathBlock, Box)
"""Blocks with more white space about them than running text has."""


def _is_note(nodes: Sequence[Node], index: int) -> bool:
    """Return whether a paragraph under a table or picture is about it."""
    node, following = nodes[index], nodes[index + 1 : index + 2]
    return isinstance(node, Paragraph) and is_note_of_table(
        plain(node.content), before_table=any(isinstance(one, Table) for one in following)
    )


def _note(node: Node, above: Strip, column: Column, setting: Setting) -> list[Strip]:
    """Return a table's or picture's note, in the size of its caption, on the page ``above``."""
    assert isinstance(node, Paragraph)  # noqa: S101  `_is_note` looked
    if above.turned:
        column = replace(column, x=setting.turned.x, width=setting.turned.width)
    tone = setting.tone(setting.look.caption, setting.palette.ink_second)
    strips = paragraph(node.content, column, tone, setting)
    strips = [replace(strip, turned=above.turned) for strip in strips]
    return _named(node, spaced(strips, setting.look.caption_gap), setting)


def _silent(nodes: Sequence[Node], index: int) -> bool:
    """Return whether a break parts nothing: at either end, or before a section or a break."""
    following = nodes[index + 1] if index + 1 < len(nodes) else None
    return index == 0 or following is None or isinstance(following, Section | Break)


def _leads_in(node: Node) -> bool:
    """Return whether a paragraph announces what follows: it ends with a colon, or is a heading."""
    if not isinstance(node, Paragraph):
        return False
    text = plain(node.content).strip()
    return text.endswith(_LEAD_IN) or _is_heading_in_bold(node) or bool(_COUNTED.fullmatch(text))


def _is_heading_in_bold(node: Node) -> bool:
    """Return whether a paragraph is one short bold line, which authors write for a heading."""
    return (
        isinstance(node, Paragraph)
        and 0 < _ems(plain(node.content)) <= SHORT_LINE
        and all(
            isinstance(run, Run) and (run.marks & Mark.BOLD or not run.text.strip(" ：:"))
            for run in node.content
        )
    )


def _ems(text: str) -> float:
    return sum([1 if kind in WIDE else 0.5 for kind in kinds(text)])


def kept(strips: list[Strip]) -> list[Strip]:
    """Return strips of which the last stays with what follows."""
    return [*strips[:-1], replace(strips[-1], keep=True)]


def _node(node: Node, column: Column, setting: Setting) -> list[Strip]:  # noqa: C901, PLR0911 - one a kind
    match node:
        case Section():
            return section(node, column, setting)
        case Paragraph():
            strips = paragraph(node.content, column, setting.body, setting)
            return _named(node, spaced(strips, setting.look.block_gap), setting)
        case Heading():
            return _named(node, heading(node, column, setting), setting)
        case List():
            return _named(node, listing(node, column, setting), setting)
        case DefinitionList():
            return _named(node, definitions(node, column, setting), setting)
        case Quote():
            return _named(node, quote(node, column, setting), setting)
        case CodeBlock():
            from exporters.pdf.page_code import code_strips

            return _named(node, code_strips(node, column, setting), setting)
        case MathBlock():
            return _named(node, formula(node, column, setting), setting)
        case Table():
            return table(node, column, setting)
        case Figure():
            return figure(node, column, setting)
        case Box():
            return _named(node, box(node, column, setting, flow), setting)
        case Break():
            return _break(column, setting)


def _named(node: Block, strips: list[Strip], setting: Setting) -> list[Strip]:
    return place(node.id, strips) if node.id in setting.places else strips


def spaced(strips: list[Strip], space: Pt) -> list[Strip]:
    """Return strips with white space over the first."""
    return [replace(strips[0], space=space), *strips[1:]] if strips else strips


# --- sections and headings ---------------------------------------------------------


def section(node: Section, column: Column, setting: Setting) -> list[Strip]:
    """Return a section: its heading, kept with what follows, and all under it."""
    inside = replace(column, element=setting.group("Sect", column.element))
    strips = heading(node, inside, setting)
    following = flow(node.children, inside, setting)
    first = replace(
        strips[0],
        head=plain(node.title) if node.level == 1 else "",
        fresh="newpage" in node.attributes.classes,
    )
    return [*place(node.id, [first, *strips[1:]]), *_after_heading(following, node, setting)]


def _after_heading(strips: list[Strip], node: Section, setting: Setting) -> list[Strip]:
    """Return what follows a heading: its own white space is enough, a subheading adds a little."""
    first = node.children[0] if node.children else None
    return spaced(strips, setting.look.block_gap if isinstance(first, Section) else 0.0)


def heading(node: Section | Heading, column: Column, setting: Setting) -> list[Strip]:
    """Return a heading's lines. Its tag's level never skips one (ISO 14289-1, 7.4.2)."""
    content = node.title if isinstance(node, Section) else node.content
    setting.heading_level = min(node.level, setting.heading_level + 1, 6)
    language = language_of(plain(content), setting.meta.lang)
    element = setting.element(f"H{setting.heading_level}", column.element, lang=language)
    level = node.level if isinstance(node, Section) else max(node.level, 2)  # no title in a box
    step = min(level, len(setting.look.headings)) - 1
    side = setting.palette.side(plain(content), setting.meta.series)
    tone = setting.tone(setting.look.headings[step], side or setting.palette.structure)
    text = [*_letter(node, element, tone, setting), *pieces(content, element, tone, setting)]
    lines = set_text(text, column, tone, setting)
    if notes := notes_in(content):
        lines[0] = replace(lines[0], notes=notes, items=(*places_back(notes), *lines[0].items))
    lines = [replace(line, keep=True) for line in lines]
    below = setting.look.heading_below[step]
    lines[-1] = replace(lines[-1], height=lines[-1].height + below)
    return spaced(lines, setting.look.heading_above[step])


def _letter(
    node: Section | Heading, element: ElementId, tone: Tone, setting: Setting
) -> list[Piece]:
    """Return an appendix's letter, as a label before its title."""
    letter = setting.appendices.get(node.id)
    if not letter:
        return []
    return [Piece(f"{letter}\u3000", tone.style, Look(tone.color, setting.element("Lbl", element)))]


# --- lists ---------------------------------------------------------------------------


def listing(node: List, column: Column, setting: Setting) -> list[Strip]:
    """Return a list with hanging labels; the space of a loose one is a paragraph's."""
    look = setting.look
    element = None
    numbering = "Decimal" if node.ordered else "Disc"
    holds = setting.holds(column.element, LIST_LEVELS)
    labels = _labels(node, column.level)
    style = FontStyle(look.body.size)
    widest = max(
        (natural_width([Piece(label, style)], setting.context.fonts) for label in labels),
        default=0.0,
    )
    indent = max(look.indent, widest + 0.5 * look.body.size)
    inside = replace(
        column.within(indent if column.level < DEEPEST_LIST else 0.0),
        level=column.level + 1,
    )
    items: list[list[Strip]] = []
    gap = look.item_gap if node.tight else look.block_gap
    for number, (label, item) in enumerate(zip(labels, node.items, strict=True)):
        if holds and not number % LONGEST_LIST:
            element = setting.element("L", column.element, numbering=numbering)
        made = list_item(item, label, indent, inside, setting, element)
        made = spaced(made, gap if items else look.block_gap)
        if column.level and not items:
            made = spaced(made, look.item_gap)
        items.append(made)
    return in_company(items, _SHORT_ITEM)


def _labels(node: List, level: int) -> list[str]:
    bullet = BULLETS[level % len(BULLETS)]
    return [
        ("☑" if item.checked else "☐")
        if item.checked is not None
        else f"{node.start + index}."
        if node.ordered
        else bullet
        for index, item in enumerate(node.items)
    ]


def list_item(
    item: ListItem,
    label: str,
    indent: Pt,
    column: Column,
    setting: Setting,
    element: ElementId | None,
) -> list[Strip]:
    """Return an item: its label at the left of its first line, its blocks beside it.

    ``element`` is its list's, ``None`` for one so deep that it has none.
    """
    inside, of_item = column, column.element
    if element is not None:
        of_item = setting.element("LI", element)
    label_element = setting.element("Lbl", of_item)
    if element is not None:
        inside = replace(column, element=setting.element("LBody", of_item))
    strips = flow(item.blocks, inside, setting)
    strips = strips or [Strip(setting.look.body.leading, (Presence(inside.element),))]
    if item.id in setting.places:
        strips = place(item.id, strips)
    return [labelled(strips[0], label, label_element, indent, column, setting), *strips[1:]]


def labelled(
    strip: Strip, label: str, element: ElementId, indent: Pt, column: Column, setting: Setting
) -> Strip:
    """Return a strip with a label in the margin at its left, right-aligned when a number."""
    tone = setting.tone(setting.look.body, setting.palette.structure)
    piece = Piece(label, tone.style, Look(tone.color, element))
    width = natural_width([piece], setting.context.fonts)
    right = column.x - 0.5 * tone.size
    left = right - width if label[0].isdigit() else column.x - indent + 0.25 * tone.size
    made = set_text([piece], replace(column, x=left, width=width + 1), tone, setting)
    return replace(strip, items=(*made[0].items, *strip.items))


def definitions(node: DefinitionList, column: Column, setting: Setting) -> list[Strip]:
    """Return terms in bold, each with its definitions moved in under it.

    A further definition of a term is an item without one.
    """
    further = [
        bool(items) and not plain(item.term).strip() for items, item in enumerate(node.items)
    ]
    elements = bodies(further.count(False), column, setting)
    items: list[list[Strip]] = []
    for item, more in zip(node.items, further, strict=True):
        if not more:
            column = replace(column, element=next(elements))
        items.append(_definition(item, column, setting))
    return in_company([item for item in items if item], _SHORT_ITEM)


def _definition(item: Definition, column: Column, setting: Setting) -> list[Strip]:
    term: list[Strip] = []
    if plain(item.term).strip():
        tone = replace(setting.body, bold=True)
        term = paragraph(item.term, column, tone, setting)
        term = [replace(line, keep=True) for line in spaced(term, setting.look.block_gap)]
    rest = flow(item.blocks, column.within(setting.look.indent), setting)
    return [*term, *spaced(rest, setting.look.item_gap)]


# --- the rest ------------------------------------------------------------------------


def quote(node: Quote, column: Column, setting: Setting) -> list[Strip]:
    """Return a quotation: moved in behind a rule."""
    look = setting.look
    if column.quotes >= DEEPEST_QUOTE:
        return flow(node.blocks, column, setting)
    frame = Frame(
        column.x + look.quote.left,
        column.width,
        above=look.quote.top,
        below=look.quote.bottom,
        rule=(look.quote_rule, setting.palette.hairline),
        outer=column.frame,
    )
    inside = replace(
        column.within(look.indent),
        frame=frame,
        element=setting.group("BlockQuote", column.element),
        quotes=column.quotes + 1,
    )
    strips = flow(node.blocks, inside, setting)
    return spaced(strips, look.block_gap + look.quote.top)


def formula(node: MathBlock, column: Column, setting: Setting) -> list[Strip]:
    """Return a displayed formula, centred; as its source where it cannot be set."""
    from exporters.pdf.formula import spoken  # late, as what few reports hold
    from exporters.pdf.page_formula import displayed

    alt = spoken(node.text, setting.context.words)
    element = setting.element("Formula", column.element, alt=alt)
    strips = displayed(node.text, element, column, setting.body, setting)
    if strips:
        return whole(spaced(strips, setting.look.figure_gap))
    tone: Tone = replace(setting.tone(setting.look.code, code=True), align="center")
    piece = Piece(node.text, tone.style, Look(tone.color, element))
    strips = set_text([piece], column, tone, setting)
    return whole(spaced(together(strips), setting.look.figure_gap))


def _break(column: Column, setting: Setting) -> list[Strip]:
    middle, half = column.x + column.width / 2, 30.0
    leading = setting.look.body.leading
    rule = Rule(
        middle - half,
        leading / 2,
        middle + half,
        leading / 2,
        setting.look.hairline,
        setting.palette.ink_second,
    )
    return [Strip(leading, (rule,), space=setting.look.block_gap, frame=column.frame)]
