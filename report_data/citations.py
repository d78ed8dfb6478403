"""Footnotes as written -> footnotes numbered by first mention, once for all formats."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.ids import BlockId, slug
from report_data.model import NoteRef

if TYPE_CHECKING:
    from report_data.ids import IdMaker
    from report_data.markdown.parser import Element


class Definition(Struct, frozen=True):
    """A footnote's text as it stands in the source: blocks, or one line of inline text."""

    label: str
    start: int
    end: int
    elements: tuple[Element, ...] = ()
    text: str = ""


class Notes(Struct):
    """Gives footnotes their numbers as they are mentioned.

    A note is read once however often it is mentioned, so notes that mention
    each other end.
    """

    ids: IdMaker
    definitions: dict[str, Definition] = field(default_factory=dict)
    given: dict[str, NoteRef] = field(default_factory=dict)
    waiting: deque[tuple[NoteRef, Definition]] = field(default_factory=deque)

    def define(self, definition: Definition) -> bool:
        """Take a footnote; false if there is one under its label: then no mark leads to it."""
        key = _key(definition.label)
        if key in self.definitions:
            self.definitions[f"{key} {len(self.definitions)} "] = definition
            return False
        self.definitions[key] = definition
        return True

    def mention(self, label: str) -> NoteRef | None:
        """Return the mark for a footnote, its number given at the first mention."""
        key = _key(label)
        if key in self.given:
            return self.given[key]
        definition = self.definitions.get(key)
        return None if definition is None else self._give(key, definition)

    def written_here(self, text: str, start: int, end: int) -> NoteRef:
        """Return the mark for a footnote that is written at its only mention."""
        key = f" {len(self.given)}"  # no label begins with a blank
        return self._give(key, Definition("", start, end, text=text))

    def mention_rest(self) -> list[Definition]:
        """Number the footnotes that nothing mentions, in the order of the source."""
        rest = [(key, note) for key, note in self.definitions.items() if key not in self.given]
        for key, note in rest:
            self._give(key, note)
        return [note for key, note in rest if not key.endswith(" ")]

    def _give(self, key: str, definition: Definition) -> NoteRef:
        label = slug(definition.label)
        wanted = f"note-{label}" if label else ""
        if wanted and self.ids.reserve(wanted):
            identifier = BlockId(wanted)
        else:
            identifier = self.ids.block(BlockId("notes"), "note")
        reference = NoteRef(identifier, len(self.given) + 1)
        self.given[key] = reference
        self.waiting.append((reference, definition))
        return reference


def _key(label: str) -> str:
    """Return a label as footnotes are compared: case and blanks do not matter."""
    return " ".join(label.casefold().split())
