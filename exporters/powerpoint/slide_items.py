"""A list's items in -> labels with their texts: what timeline and cards have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.powerpoint.passages import Passage, cut, label_and_text
from exporters.powerpoint.plan import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from exporters.powerpoint.desk import Desk, Intro, Page
    from exporters.powerpoint.passages import Wording
    from exporters.powerpoint.plan import Role, TextRun
    from report_data.ids import BlockId
    from report_data.model import Block


_SEPARATOR = re.compile(r"[：:\s]*(?:(?:—+|[–-]+(?=\s))\s*)?")
"""A dash that stands close to what follows may be a minus sign."""


class Item(Struct, frozen=True):
    """An item's label (may be empty) and what follows it."""

    name: BlockId
    label: tuple[TextRun, ...]
    passages: tuple[Passage, ...]
    ids: tuple[BlockId, ...]

    @property
    def whole(self) -> tuple[Passage, ...]:
        """Return label and text together, as the report has them."""
        if not self.label:
            return self.passages
        first = self.passages[0].runs if self.passages else ()
        return (Passage((*self.label, *first), "item", Mark.BULLET), *self.passages[1:])


def items_of(blocks: Iterable[Block], wording: Wording) -> list[Item]:
    """Return the items of lists, each paragraph among them as an item of its own."""
    result = []
    for atom in wording.atoms(blocks):
        first, *rest = atom.passages
        if atom.glued and not rest:
            result.append(Item(atom.ids[0], first.runs, (), atom.ids))
            continue
        label, text = label_and_text(first.runs)
        label = without_colon(label)
        text = without_separator(text) if label else text
        opening = (Passage(text),) if text else ()
        following = tuple(
            Passage(p.runs, p.kind, p.mark, max(p.level - 1, 0), p.number) for p in rest
        )
        result.append(Item(atom.ids[0], label, (*opening, *following), atom.ids))
    return result


def without_colon(label: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    """Return a label without the colon at its end: standing apart from its text says as much."""
    end = len("".join(run.text for run in label).rstrip("：: "))
    return cut(label, end)[0]


def without_separator(text: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    """Return the text after a label without the colon or dash that parts it from it."""
    opening = _SEPARATOR.match("".join(run.text for run in text))
    return cut(text, opening.end())[1] if opening and opening.end() else text


def portions(items: Sequence[Item], most: int) -> list[list[Item]]:
    """Part items into even portions of two to ``most``."""
    count = -(-len(items) // most)
    size, extra = divmod(len(items), count)
    result, at = [], 0
    for index in range(count):
        end = at + size + (index < extra)
        result.append(list(items[at:end]))
        at = end
    return result


def pages_of(
    parted: Sequence[Sequence[Item]],
    page: Callable[[Sequence[Item], Desk, Intro | None], Page | None],
    desk: Desk,
    intro: Intro | None,
) -> list[Page] | None:
    """Return a slide for each portion, the intro on the first; ``None`` when one cannot hold it."""
    result = []
    for index, portion in enumerate(parted):
        made = page(portion, desk, intro if index == 0 else None)
        if made is None:
            return None
        result.append(made)
    return result


def colored(runs: tuple[TextRun, ...], role: Role) -> tuple[TextRun, ...]:
    """Return runs in a colour."""
    return tuple(replace(run, color=role) for run in runs)
