"""Heading texts, explicit ids and ordinals in -> stable block ids out.

An id names a block for as long as the report lives: files handed to colleagues
are read back by it. So it never depends on a block's position in the whole
document, only on its own section: an explicit ``#id`` if the author gave one,
else the id of the nearest heading, the block's kind and its ordinal of that
kind within the section (``devices/table-1``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NewType

BlockId = NewType("BlockId", str)
"""A block's stable name, unique in its report, e.g. ``devices/table-1``."""

ROOT = BlockId("front")
"""The section id of what stands before the first heading."""

_NOT_IN_SLUG = re.compile(r"[^\w\-]+", re.UNICODE)
_DASHES = re.compile(r"-{2,}")


@lru_cache(maxsize=16)  # a heading is asked for its id, then for its anchors
def slug(text: str) -> str:
    """Return a heading's text as an id: lower case, words joined by ``-``.

    Chinese characters stay as they are, so that an id can be read. Characters
    that are not letters, digits or marks are dropped. May return ``""``.
    """
    folded = unicodedata.normalize("NFKC", text).strip().lower()
    dashed = _NOT_IN_SLUG.sub("-", folded)
    return _DASHES.sub("-", dashed).strip("-_")


class IdMaker:
    """Gives ids in document order and never gives one twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._ordinals: dict[tuple[str, str], int] = {}

    def reserve(self, explicit: str) -> bool:
        """Take an id that the author wrote; false when it was taken before."""
        if explicit in self._taken:
            return False
        self._taken.add(explicit)
        return True

    def section(self, title: str, parent: BlockId = ROOT) -> BlockId:
        """Make an id for a heading without one: its slug, under its parent's id if taken."""
        base = slug(title) or "section"
        candidates = [base] if parent == ROOT else [base, f"{parent}/{base}"]
        for candidate in candidates:
            if self.reserve(candidate):
                return BlockId(candidate)
        return self._numbered(candidates[-1], separator="-", first=2)

    def block(self, section: BlockId, kind: str) -> BlockId:
        """Make an id for a block without one: ``section/kind-ordinal``."""
        return self._numbered(f"{section}/{kind}", separator="-", first=1)

    def _numbered(self, stem: str, *, separator: str, first: int) -> BlockId:
        key = (stem, separator)
        number = self._ordinals.get(key, first - 1)
        while True:
            number += 1
            candidate = f"{stem}{separator}{number}"
            if self.reserve(candidate):
                self._ordinals[key] = number
                return BlockId(candidate)
