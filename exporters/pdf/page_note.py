"""A footnote in -> its strips for the foot of the page that mentions it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.text import Piece
from exporters.pdf.page_blocks import spaced
from exporters.pdf.page_text import back, paragraph, place, set_text
from exporters.pdf.plan import DOCUMENT, Area, Look
from report_data.model import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from exporters.pdf.plan import Item
    from exporters.pdf.setting import Column, Setting
    from exporters.pdf.strips import Strip
    from report_data.model import Node, Note

    Flow = Callable[[Sequence[Node], Column, Setting], list[Strip]]


def note_strips(note: Note, column: Column, setting: Setting, flow: Flow) -> list[Strip]:
    """Return a note in small type, its number hanging at the left and linked back to the text."""
    look, palette = setting.look, setting.palette
    parent = setting.noted.get(note.id, DOCUMENT)
    if not setting.holds(parent):
        parent = setting.group_around(parent)
    element = setting.element("Note", parent, id=note.id)
    tone = setting.tone(look.caption, palette.ink)
    inside = replace(column.within(look.indent), element=element)
    strips: list[Strip] = []
    plain_text = len(note.blocks) == 1 and isinstance(note.blocks[0], Paragraph)
    small = setting if plain_text else setting.for_notes()
    for block in note.blocks:
        if isinstance(block, Paragraph):
            made = paragraph(block.content, inside, tone, setting)
            strips.extend(spaced(made, small.look.block_gap))
        else:
            strips.extend(flow([block], inside, small))
    label = f"[{note.number}]"
    inside_label = setting.element("Lbl", element)
    items: list[Item] = []
    if note.id in setting.noted:
        inside_label = setting.element("Link", inside_label)
        target = f"#{back(note.id)}"
        items.append(
            Area(column.x, 1, look.indent - 4, tone.leading - 2, target, label, inside_label)
        )
    piece = Piece(label, tone.style, Look(palette.link, inside_label))
    number = set_text([piece], replace(column, width=look.indent), tone, setting)[0]
    text = strips[0].items if strips else ()  # a note may be empty
    first = replace((strips or [number])[0], items=(*number.items, *items, *text), space=2)
    return place(note.id, [first, *strips[1:]])
