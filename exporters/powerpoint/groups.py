"""Blocks in -> groups that each ask for a layout: text, table, figure, code, boxes.

Boxes that only hold others are opened; a list or quotation is parted where a
table or picture stands in it, because only a slide of its own shows that natively.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from exporters.layout.notes import is_note_of_table
from exporters.powerpoint.asking import shows
from exporters.powerpoint.vocabulary import VOCABULARY
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
    Run,
    Section,
    Table,
    plain,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from report_data.model import Block, ListItem, Node

Kind: TypeAlias = Literal[
    "text", "table", "figure", "code", "quote",
    "callout", "timeline", "cards", "columns", "chart", "notes", "break",
]  # fmt: skip

_CODE_IN_TEXT = 6
"""Code of so few lines stands among the text; more has a slide of its own."""

Wanted: TypeAlias = "Callable[[Block], str]"
"""Tells the layout that a block itself asks for, one that suits it."""

_OPENED = frozenset({"plain", "only", "column"})


class Group(Struct, frozen=True):
    """Blocks that ask for one layout; all kinds but text hold one block.

    ``asked`` is the layout that the author asked for, where it is one for such blocks.
    """

    kind: Kind
    blocks: tuple[Block, ...]
    asked: str = ""

    @property
    def is_words(self) -> bool:
        """Return whether it is text that may stand beside what comes next."""
        return self.kind in {"text", "quote"} and not self.asked


_NAMES_TABLE = when_used(r"(?:表|Table) ?\d{1,3}(?:[-.]\d{1,3})?(?:[：:.、 ][^\n]{0,60})?$")
"""A line such as 表1：分区进展, which its author wrote over a table."""


def groups(blocks: Iterable[Block], wanted: Wanted, layout: str = "") -> list[Group]:
    """Group blocks in order; text in a row is one group.

    ``layout`` is what was asked for all of them, ``wanted`` tells what one asks for itself.
    """
    result: list[Group] = []
    text: list[Block] = []
    ask = ""

    def close() -> None:
        if text:
            alone = len(text) == 1 and isinstance(text[0], Quote)
            result.append(Group("quote" if alone else "text", tuple(text), ask))
            text.clear()

    for opened, inherited in _opened(blocks, wanted, layout):
        for block in _lifted(opened):
            own = inherited if block is opened else wanted(block) or inherited
            asked = own if shows(own, block) else ""
            kind = _kind(block)
            if kind == "text" and (not asked or VOCABULARY[asked].joined):
                if asked != ask:
                    close()
                ask = asked
                text.append(block)
            else:
                close()
                result.append(Group(kind, (block,), asked))
    close()
    return result


def _opened(
    blocks: Iterable[Block], wanted: Wanted, layout: str = ""
) -> Iterator[tuple[Block, str]]:
    """Yield blocks out of boxes that only hold them, each with the layout asked for it."""
    for block in blocks:
        own = wanted(block)
        asked = own or layout
        if isinstance(block, Box) and (block.kind in _OPENED or (own and block.kind != "chart")):
            if block.label:
                yield Heading(id=block.id, span=block.span, level=1, content=block.label), asked
            yield from _opened(block.blocks, wanted, asked)
        else:
            yield block, asked


def suits(layout: str, block: Block) -> bool:
    """Return whether a block may ask for a layout: for itself, or for the text in its box."""
    if not isinstance(block, Box) or block.kind == "chart":
        return shows(layout, block)
    opened = block.kind in _OPENED or (block.kind != "notes" and is_text(block.blocks))
    return opened and any(shows(layout, inner) for inner in walk(block.blocks))


def _kind(block: Block) -> Kind:
    match block:
        case Table():
            return "table"
        case Figure():
            return "figure" if block.path else "text"
        case CodeBlock() | MathBlock():
            return "text" if block.text.count("\n") < _CODE_IN_TEXT else "code"
        case Box():
            return block.kind  # type: ignore[return-value]  # the kinds that are not opened
        case Break():
            return "break"
        case _:
            return "text"


def _lifted(block: Block, *, inside: bool = False) -> Iterator[Block]:
    """Yield a block, parted so that tables and pictures inside it stand on their own, in order.

    A box ``inside`` another block has no slide of its own: it is opened for what is in it.
    """
    alone = _stands_alone(block)
    if inside and isinstance(block, Box) and not alone and any(map(_stands_alone, walk((block,)))):
        if block.label:
            yield Heading(id=block.id, span=block.span, level=1, content=block.label)
        for inner in block.blocks:
            yield from _lifted(inner, inside=True)
    elif not any(_nested(block)):
        yield block
    elif isinstance(block, Quote):
        for inner in block.blocks:
            yield from _lifted(inner, inside=True)
    elif isinstance(block, List):
        yield from _lifted_items(block)
    elif isinstance(block, DefinitionList):
        for item in block.items:
            before, after = _parted(item.blocks)
            yield replace(block, items=(replace(item, blocks=before),))
            yield from after
    else:
        yield block


def _lifted_items(block: List) -> Iterator[Block]:
    """Yield a list in stretches; what follows a table inside an item follows it on slides too."""
    kept: list[ListItem] = []
    start = block.start
    for number, item in enumerate(block.items, block.start):
        before, after = _parted(item.blocks)
        kept.append(replace(item, blocks=before) if after else item)
        if after:
            yield replace(block, items=tuple(kept), start=start)
            yield from after
            kept, start = [], number + 1
    if kept:
        yield replace(block, items=tuple(kept), start=start)


def _parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Part blocks before the first table or picture among them."""
    lifted = [one for block in blocks for one in _lifted(block, inside=True)]
    at = next((at for at, one in enumerate(lifted) if _stands_alone(one)), len(lifted))
    if at == len(lifted):
        return blocks, ()
    return tuple(lifted[:at]), tuple(lifted[at:])


def _stands_alone(block: object) -> bool:
    match block:
        case Table() | Box(kind="chart" | "notes"):  # notes are spoken, wherever they stand
            return True
        case Figure(path=path):
            return path is not None
        case _:
            return False


def _nested(block: Block) -> Iterator[object]:
    """Yield the tables, pictures and charts inside a block of text."""
    if isinstance(block, List | Quote | DefinitionList):
        if isinstance(block, List) and _is_plain(block):
            return
        for node in walk((block,)):
            if _stands_alone(node):
                yield node


def _is_plain(block: List) -> bool:
    """Return whether a list's items are one paragraph each: most lists, seen at a glance."""
    return all(
        len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph) for item in block.items
    )


def is_text(nodes: Iterable[Node]) -> bool:
    """Return whether nodes hold nothing but text, their subsections included.

    A rule at their end, as reports have between chapters, parts nothing.
    """
    return all(
        is_text(node.children)
        if isinstance(node, Section)
        else _kind(node) == "text" and not any(_nested(node))
        for node in _opened_nodes(without_last_rule(nodes))
    )


def without_last_rule(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Return nodes without the rules after the last of them."""
    given = tuple(nodes)
    while given and isinstance(given[-1], Break):
        given = given[:-1]
    return given


def _opened_nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, Box) and node.kind in _OPENED:
            yield from _opened_nodes(node.blocks)
        else:
            yield node


NOTED = frozenset(("table", "figure"))
"""Kinds of group that a line below may be about."""


def with_notes_apart(found: list[Group]) -> list[Group]:
    """Return groups in which a line about the table or picture above is a group of its own."""
    result: list[Group] = []
    for number, group in enumerate(found):
        noted = number and found[number - 1].kind in NOTED
        if not (noted and is_note(found, number)):
            result.append(group)
            continue
        result.append(replace(group, blocks=group.blocks[:1]))
        if len(group.blocks) > 1:
            result.append(replace(group, blocks=group.blocks[1:]))
    return result


def is_note(found: Sequence[Group], index: int) -> bool:
    """Return whether a group begins with words about what stands above (数据来源：, Note:)."""
    group = found[index]
    first = group.blocks[0]
    if group.kind != "text" or group.asked or not isinstance(first, Paragraph):
        return False
    alone = len(group.blocks) == 1
    before_table = alone and index + 1 < len(found) and found[index + 1].kind == "table"
    return is_note_of_table(plain(first.content), before_table=before_table)


def leads_in(block: Block) -> bool:
    """Return whether a paragraph belongs to what follows.

    A colon ends it, it names a table, or it is in bold as a whole: a heading without its mark.
    """
    if not isinstance(block, Paragraph):
        return False
    text = plain(block.content).strip()
    return text.endswith(("：", ":")) or _is_bold(block) or _NAMES_TABLE.match(text) is not None


def _is_bold(block: Paragraph) -> bool:
    return all(
        isinstance(run, Run) and (Mark.BOLD in run.marks or not run.text.strip())
        for run in block.content
    )
