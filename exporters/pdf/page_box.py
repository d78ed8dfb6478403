"""Fenced boxes in -> strips: callouts, timelines, cards, columns; others as what they hold."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.pdf.page_text import paragraph
from exporters.pdf.plan import Dot, Fill
from exporters.pdf.setting import LIST_LEVELS, LONGEST_LIST, MIDDLE, NARROWEST, Column
from exporters.pdf.strips import Frame, Strip, in_company, side_by_side, whole
from report_data.model import Box, Heading, List, ListItem, Mark, Paragraph, Run, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Setting, Tone
    from report_data.model import Block, Node, RichText

    Flow = Callable[[Sequence[Node], Column, Setting], list[Strip]]

DEEPEST_BOX = 6
"""Boxes in boxes that are drawn as such: each keeps room free at both ends of every page."""

_COLUMN_LEVELS = 2
"""Levels of elements that columns take: what holds them, and each."""

CARDS_ABREAST = 3
"""Most cards in a row: four leave eight characters a line."""

_SHORT_PERIOD = 4
"""Lines of a timeline's period that is not left alone at a page's foot or top."""

TALLEST_CARD = 0.4
"""Part of a page's column from which on cards stand one under another, and may be split."""


class Labelled(Struct, frozen=True, gc=False):
    """An item of a timeline or of cards: its label, its text, and the blocks after that."""

    label: RichText
    text: RichText
    blocks: tuple[Block, ...]


def box(node: Box, column: Column, setting: Setting, flow: Flow) -> list[Strip]:
    """Return a box's strips by its kind."""
    frames = len(column.frame.chain()) if column.frame else 0
    match node.kind if frames < DEEPEST_BOX or node.kind == "chart" else "plain":
        case "callout":
            return callout(node, column, setting, flow)
        case "timeline":
            return timeline(node, column, setting, flow)
        case "cards":
            return cards(node, column, setting, flow)
        case "columns":
            return columns(node, column, setting, flow)
        case "chart" if node.id in setting.charts:
            from exporters.pdf.page_chart import chart_strips

            strips = chart_strips(node, column, setting)
            return [*strips, *flow(node.blocks, column, setting)]
        case _:
            return [*_label(node, column, setting), *flow(node.blocks, column, setting)]


def _label(node: Box, column: Column, setting: Setting) -> list[Strip]:
    if not node.label:
        return []
    tone = replace(setting.body, bold=True, color=setting.palette.structure)
    lines = paragraph(node.label, column, tone, setting)
    lines[-1] = replace(lines[-1], height=lines[-1].height + setting.look.item_gap)
    return [replace(lines[0], space=setting.look.block_gap, keep=True), *lines[1:]]


def callout(node: Box, column: Column, setting: Setting, flow: Flow) -> list[Strip]:
    """Return blocks on a ground, with a rule at its left."""
    look, palette = setting.look, setting.palette
    frame = Frame(
        column.x,
        column.width,
        above=look.box.top,
        below=look.box.bottom,
        ground=palette.surface,
        rule=(look.callout_rule, palette.structure),
        outer=column.frame,
    )
    inside = column.within(look.box.left + look.callout_rule, look.box.right)
    inside = replace(inside, frame=frame, element=setting.group("Div", column.element))
    strips = [*_label(node, inside, setting), *flow(node.blocks, inside, setting)]
    return whole(_spaced(strips, setting))


def _spaced(strips: list[Strip], setting: Setting) -> list[Strip]:
    return [replace(strips[0], space=setting.look.figure_gap), *strips[1:]] if strips else strips


# --- labelled items --------------------------------------------------------------------


def labelled_items(blocks: Sequence[Block]) -> list[Labelled]:
    """Return the items of every list in a box; other blocks are items without a label."""
    items: list[Labelled] = []
    for block in blocks:
        if isinstance(block, List):
            items.extend(_labelled(item) for item in block.items)
        else:
            items.append(Labelled((), (), (block,)))
    return items


def _labelled(item: ListItem) -> Labelled:
    if not item.blocks or not isinstance(item.blocks[0], Paragraph):
        return Labelled((), (), item.blocks)
    label, text = parted(item.blocks[0].content)
    return Labelled(label, text, item.blocks[1:])


def parted(content: RichText) -> tuple[RichText, RichText]:
    """Part a text after its label: its leading bold run, else up to the first colon."""
    bold = 0
    while bold < len(content) and _is_bold(content[bold]):
        bold += 1
    if bold:
        rest = content[bold:]
        following = rest[0] if rest else None
        if isinstance(following, Run) and following.text[:1] in {"：", ":"}:
            colon = following.text[0]
            label = (*content[:bold], Run(colon, Mark.BOLD))
            left = following.text[1:]
            return label, ((_with_text(following, left),) if left else ()) + rest[1:]
        return content[:bold], rest
    for index, run in enumerate(content):
        if isinstance(run, Run) and not run.marks & Mark.CODE:
            ends = [end for mark in "：:" if (end := run.text.find(mark)) >= 0]
            if ends:
                end = min(ends) + 1
                rest_text = run.text[end:]
                head = (*content[:index], _with_text(run, run.text[:end]))
                tail = ((_with_text(run, rest_text),) if rest_text else ()) + content[index + 1 :]
                return (head, tail) if tail else ((), content)
    return (), content


def _is_bold(item: object) -> bool:
    return isinstance(item, Run) and bool(item.marks & Mark.BOLD)


def _with_text(run: Run, text: str) -> Run:
    return Run(text, run.marks, run.link, run.lang)


def _item_strips(
    item: Labelled, column: Column, tone: Tone, setting: Setting, flow: Flow
) -> list[Strip]:
    """Return an item's label, then its text and its further blocks."""
    strips: list[Strip] = []
    if item.label:
        name = plain(item.label)
        color = setting.palette.side(name, setting.meta.series) or setting.palette.structure
        strips.extend(paragraph(item.label, column, replace(tone, bold=True, color=color), setting))
        strips = [replace(strip, keep=True) for strip in strips]
    if item.text:
        text = paragraph(_stripped(item.text), column, tone, setting)
        strips.extend([replace(text[0], space=setting.look.label_gap), *text[1:]])
    strips.extend(flow(item.blocks, column, setting))
    return strips


def _stripped(content: RichText) -> RichText:
    first = content[0]
    if isinstance(first, Run):
        return (_with_text(first, first.text.lstrip()), *content[1:])
    return content


def bodies(count: int, column: Column, setting: Setting) -> Iterator[ElementId]:
    """Yield the element of the body of each item of a list, that of all if they are too deep."""
    if not setting.holds(column.element, LIST_LEVELS):
        yield from repeat(column.element, count)
        return
    for number in range(count):
        if not number % LONGEST_LIST:
            parent = setting.element("L", column.element)
        yield setting.element("LBody", setting.element("LI", parent))


def timeline(node: Box, column: Column, setting: Setting, flow: Flow) -> list[Strip]:
    """Return a line down the left with a dot a period, each period's name and text beside it."""
    look, palette = setting.look, setting.palette
    items = labelled_items(node.blocks)
    frame = Frame(
        column.x + look.dot - look.timeline / 2,
        look.timeline,
        above=look.timeline_above,
        below=0,
        rule=(look.timeline, palette.structure_tint),
        outer=column.frame,
    )
    label = _label(node, column, setting)
    inside = replace(column.within(look.indent), frame=frame)
    tone = setting.body
    periods: list[list[Strip]] = []
    for item, element in zip(items, bodies(len(items), column, setting), strict=True):
        made = _item_strips(item, replace(inside, element=element), tone, setting, flow)
        made = made or [Strip(tone.leading)]  # a period of which nothing is said
        color = palette.side(plain(item.label), setting.meta.series) or palette.structure
        dot = Dot(column.x + look.dot, tone.base - tone.size * MIDDLE, look.dot, color)
        space = look.period_gap if periods or label else look.figure_gap
        made[0] = replace(made[0], items=(dot, *made[0].items), space=space)
        periods.append(whole(made))
    return [*label, *in_company(periods, _SHORT_PERIOD)]


def cards(node: Box, column: Column, setting: Setting, flow: Flow) -> list[Strip]:
    """Return cards in rows of equal height; tall ones one under another."""
    look = setting.look
    items = labelled_items(node.blocks)
    elements = list(bodies(len(items), column, setting))
    abreast = min(len(items), 2 if len(items) in {2, 4} else CARDS_ABREAST)
    width = (column.width - look.gutter * (abreast - 1)) / max(abreast, 1)
    if width < NARROWEST:
        stacks = (
            _stacked_card(item, element, column, setting, flow, setting.tone(look.body))
            for item, element in zip(items, elements, strict=True)
        )
        return [*_label(node, column, setting), *(strip for stack in stacks for strip in stack)]
    tone = setting.tone(look.body)
    strips = _label(node, column, setting)
    limit = setting.upright.height * TALLEST_CARD
    for start in range(0, len(items), max(abreast, 1)):
        row = _card_row(
            items[start : start + abreast], elements[start:], column, width, setting, flow, tone
        )
        if row.height > limit:
            for item, element in zip(
                items[start : start + abreast], elements[start:], strict=False
            ):
                strips.extend(_stacked_card(item, element, column, setting, flow, tone))
        else:
            space = look.gutter if strips else look.figure_gap
            strips.append(replace(row, space=space))
    return strips


def _card_row(
    items: Sequence[Labelled],
    elements: Sequence[ElementId],
    column: Column,
    width: float,
    setting: Setting,
    flow: Flow,
    tone: Tone,
) -> Strip:
    look, palette = setting.look, setting.palette
    parts: list[tuple[Strip, ...]] = []
    lefts: list[tuple[float, str]] = []
    for index, (item, element) in enumerate(zip(items, elements, strict=False)):
        x = column.x + index * (width + look.gutter)
        inside = Column(x, width, element).within(look.card.left, look.card.right)
        parts.append(tuple(_item_strips(item, inside, tone, setting, flow)))
        lefts.append((x, palette.side(plain(item.label), setting.meta.series) or palette.structure))
    strip = side_by_side(
        Strip(
            0.0,
            parts=tuple(parts),
            pad=(look.card.top + look.series_rule, look.card.bottom),
            frame=column.frame,
            whole=True,
        )
    )
    grounds: list[Item] = []
    for x, color in lefts:
        grounds.append(Fill(x, 0, width, strip.height, palette.surface))
        grounds.append(Fill(x, 0, width, look.series_rule, color))
    return replace(strip, items=tuple(grounds))


def _stacked_card(
    item: Labelled, element: ElementId, column: Column, setting: Setting, flow: Flow, tone: Tone
) -> list[Strip]:
    look, palette = setting.look, setting.palette
    color = palette.side(plain(item.label), setting.meta.series) or palette.structure
    frame = Frame(
        column.x,
        column.width,
        above=look.card.top + look.series_rule,
        below=look.card.bottom,
        ground=palette.surface,
        rule=(look.series_rule, color),
        across=True,
        outer=column.frame,
    )
    inside = replace(column.within(look.card.left, look.card.right), frame=frame, element=element)
    return whole(_spaced(_item_strips(item, inside, tone, setting, flow), setting))


def columns(node: Box, column: Column, setting: Setting, flow: Flow) -> list[Strip]:
    """Return columns side by side, which split at a page's end together.

    A column that opens with a side of the comparison opens with its rule.
    """
    look, palette = setting.look, setting.palette
    label = _label(node, column, setting)
    insides = [block for block in node.blocks if isinstance(block, Box) and block.kind == "column"]
    if len(insides) != len(node.blocks) or not insides:
        return [*label, *flow(node.blocks, column, setting)]
    gutter = look.column_gap
    width = (column.width - gutter * (len(insides) - 1)) / len(insides)
    if width < NARROWEST or not setting.holds(column.element, _COLUMN_LEVELS):
        return [*label, *flow(node.blocks, column, setting)]
    parent = setting.element("Div", column.element)
    parts: list[tuple[Strip, ...]] = []
    for index, part in enumerate(insides):
        inside = replace(
            column,
            x=column.x + index * (width + gutter),
            width=width,
            element=setting.element("Div", parent),
            frame=None,
        )
        side = palette.side(_opening(part), setting.meta.series)
        if side:
            rule = (look.series_rule, side)
            frame = Frame(inside.x, width, above=look.side_gap, rule=rule, across=True)
            inside = replace(inside, frame=frame)
        parts.append((*_label(part, inside, setting), *flow(part.blocks, inside, setting)))
    strip = Strip(0.0, parts=tuple(parts), frame=column.frame)
    return [*label, replace(side_by_side(strip), space=look.figure_gap)]


def _opening(node: Box) -> str:
    """Return the text with which a column opens."""
    if node.label:
        return plain(node.label)
    first = node.blocks[0] if node.blocks else None
    return plain(first.content) if isinstance(first, Heading | Paragraph) else ""
