"""Top-level elements -> sections, found rather than demanded.

Reports come with one H1, none, or eleven; with levels skipped; with bold lines
for headings. The title is taken from the front matter, else from an only H1 at
the top (its sections move up a level), else from a first H1 that stands for
nothing but itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report_data.markdown.parser import Element


@dataclass(slots=True)
class Part:
    """A heading and what stands under it before the next heading; nested by level."""

    heading: Element | None
    level: int
    elements: list[Element] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def outline(elements: list[Element]) -> Part:
    """Return the tree of parts; its root holds what stands before the first heading.

    Levels are those of the tree: a skipped one leaves no gap.
    """
    root = Part(None, 0)
    stack: list[tuple[int, Part]] = [(0, root)]
    for element in elements:
        if element.kind != "heading":
            stack[-1][1].elements.append(element)
            continue
        level = element.level
        while stack[-1][0] >= level:
            stack.pop()
        part = Part(element, len(stack))
        stack[-1][1].parts.append(part)
        stack.append((level, part))
    return root


def take_title(elements: list[Element], *, titled: bool) -> Element | None:
    """Return the heading that is the report's title and take it out; ``None`` if none is.

    With a title in the front matter an only H1 at the top is returned too: it
    repeats the title or adds a second line to it.
    """
    first = elements[0] if elements else None
    if first is None or first.kind != "heading" or first.level != 1:
        return None
    following = next((e for e in elements[1:] if e.kind == "heading"), None)
    if any(e.kind == "heading" and e.level == 1 for e in elements[1:]):
        own = elements[1 : elements.index(following)] if following is not None else []
        alone = (
            not titled
            and following is not None
            and following.level == 1
            and all(e.kind == "paragraph" for e in own)
            and sum(len(e.content) for e in own) <= _SHORT
        )
        if not alone:
            return None
    del elements[0]
    return first


_SHORT = 300
"""Characters that may stand between a title and the first of several H1s."""
