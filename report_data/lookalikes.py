"""A heading in -> words in it that mix scripts so that they look like others.

Only letters that are drawn alike count (Unicode Technical Standard 39, section 4):
``СPO`` with a Cyrillic С is no CPO, but ``α-Fe`` and ``μm`` are what they say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CYRILLIC = "АВЕЅІЈКМНОРСТУХаеорсухіјѕһԁԛԝӏ"
_GREEK = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
"""Letters that no reader tells from Latin ones (UTS 39, confusables.txt)."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z]")
_ALIKE = re.compile(f"(?P<Cyrillic>[{_CYRILLIC}])|(?P<Greek>[{_GREEK}])")


class Lookalike(NamedTuple):
    """A word, the letter in it that is of another script, and that script's name."""

    word: str
    letter: str
    script: str


def lookalike(text: str) -> Lookalike | None:
    """Return the first word that has Latin letters and others that look like such."""
    if text.isascii() or not _ALIKE.search(text):
        return None
    for word in _WORD.findall(text):
        found = _ALIKE.search(word)
        if found is not None and _LATIN.search(word):
            return Lookalike(word, found[0], str(found.lastgroup))
    return None
