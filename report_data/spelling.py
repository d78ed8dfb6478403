"""A word that means nothing here -> the known one that was probably meant, for a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAYBE, SURELY = 0.65, 0.8
"""How like two words must be (difflib's ratio) for a proposal, and to be taken for a slip:
two letters of three changed round are 0.67, one letter left out of seven 0.92."""


def nearest(word: str, known: Iterable[str], alike: float = MAYBE) -> str:
    """Return the known word that is most like one; ``""`` if none is as like as that."""
    from difflib import get_close_matches  # takes long to import, and few reports need it

    found = get_close_matches(word.casefold(), sorted(known), n=1, cutoff=alike)
    return found[0] if found else ""


def meant(word: str, known: Iterable[str]) -> str:
    """Return the words ``Did you mean “...”? `` for a hint, nothing if no known word is like it."""
    found = nearest(word, known)
    return f"Did you mean “{found}”? " if found else ""
