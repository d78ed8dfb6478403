"""Headings and anchors -> every name under which a section can be linked to."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.ids import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from report_data.markdown.parser import Element

_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]+")
_NOT_LETTER = re.compile(r"[\W_]")
_NUMBERING = re.compile(r"^\d+")
_ANCHOR = re.compile(
    r"""<a\s+(?:name|id)\s*=\s*["']?#?([^"'\s>]+)["']?[^>]{0,80}>""", re.IGNORECASE
)
_EMPTIED = re.compile(r"</?a\b[^>]{0,200}>|\s")
MIN_LOOSE = 3
"""Letters that a loosely matched name must have."""


class Targets(Struct):
    """What can be linked to in a report: ids, and other names for them."""

    ids: set[str] = field(default_factory=set)
    aliases: dict[str, str] = field(default_factory=dict)
    """Anchors as GitHub makes them, ``<a name>``, and the like."""
    headings: list[tuple[str, str]] = field(default_factory=list)
    """Titles and ids."""
    loose: dict[str, str] = field(default_factory=dict)
    """Headings by their letters alone, for contents lists that were made by hand."""
    with_emoji: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def resolve(self, name: str) -> str | None:
        """Return the id that a fragment means; ``None`` if there is nothing of that name."""
        if name in self.ids:
            return name
        return self.aliases.get(name) or self.aliases.get(name.lower()) or self._loosely(name)

    def add_heading(self, title: str, identifier: str) -> None:
        """Take a heading under the names that tools give it."""
        anchor = _NOT_IN_ANCHOR.sub("", title.strip().lower()).replace(" ", "-")
        count = self.counts.get(anchor, 0)
        self.counts[anchor] = count + 1
        self.aliases.setdefault(f"{anchor}-{count}" if count else anchor, identifier)
        self.aliases.setdefault(slug(title), identifier)
        self.headings.append((title, identifier))

    def _loosen(self) -> None:
        """Take the headings by their letters, which few reports need."""
        for title, identifier in self.headings:
            letters = _letters(title)
            if len(letters) >= MIN_LOOSE:
                # Two headings of the same letters: neither is meant for sure.
                self.loose[letters] = "" if letters in self.loose else identifier
                if any(unicodedata.category(c) == "So" for c in _NOT_LETTER.findall(title)):
                    self.with_emoji[letters] = identifier
        self.headings.clear()

    def _loosely(self, name: str) -> str | None:
        self._loosen()
        letters = _letters(name)
        if letters in self.loose:
            return self.loose[letters] or None
        # GitHub writes an emoji's name into the anchor: #async-rust-crab.
        for end in range(len(letters) - 1, MIN_LOOSE, -1):
            if letters[:end] in self.with_emoji:
                return self.with_emoji[letters[:end]]
        return None


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without a number at its start."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    kept = _NOT_LETTER.sub("", folded)
    return _NUMBERING.sub("", kept) or kept


def take_anchors(elements: Iterable[Element], targets: Targets) -> None:
    """Note ``<a name="x">`` as names of the section they stand in or just before."""
    section = ""
    waiting: list[str] = []
    for element in elements:
        if element.kind == "heading":
            section = element.id or section
            waiting.extend(_ANCHOR.findall(element.content))
            for name in waiting:
                targets.aliases.setdefault(name, section)
            waiting.clear()
            continue
        if element.kind != "paragraph" or "<a" not in element.content:
            continue
        names = _ANCHOR.findall(element.content)
        if not _EMPTIED.sub("", element.content):
            waiting.extend(names)
        elif section:
            for name in names:
                targets.aliases.setdefault(name, section)
