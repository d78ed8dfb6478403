"""Characters that no document may carry or that only mislead -> gone, each removal said."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from report_data.expressions import when_used

if TYPE_CHECKING:
    from report_data.markdown.source import Source

# XML 1.0, 2.2 Char leaves out the C0 controls but tab and line ends, the
# surrogates, U+FFFE and U+FFFF; DEL and the C1 controls move a terminal's cursor.
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff"
_BLANK = "\x0b\x0c\x85\u2028\u2029"
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_DIRECTION = "\u061c\u200e\u200f"
_HINT = "\u00ad\u200b\u2060-\u2064\ufeff"
_JOINER = "\u200c\u200d"
_NARROW = "\u2009\u202f"

SUSPECT = re.compile(f"[{_CONTROL}{_BLANK}{_BIDI}{_HINT}{_JOINER}{_NARROW}]")
_KINDS = (
    ("control", when_used(f"[{_CONTROL}]")),
    ("bidi", when_used(f"[{_BIDI}]")),
    ("hint", when_used(f"[{_HINT}]")),
)


def clean_text(text: str) -> str:
    """Return a text without the characters that are removed from every source."""
    return _clean(text)[0] if SUSPECT.search(text) else text


def clean_lines(source: Source) -> None:
    """Clean the lines of a source in place, saying for each line what was taken out."""
    for number, line in enumerate(source.lines):
        if not SUSPECT.search(line):
            continue
        cleaned, gone = _clean(line)
        source.lines[number] = cleaned
        if gone:
            _report(source, number, line, gone)
            source.removed[number] = gone


def _clean(text: str) -> tuple[str, tuple[int, ...]]:
    """Return the text without them, and the places of what was removed."""
    right_to_left = any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)
    kept: list[str] = []
    gone: list[int] = []
    for place, character in enumerate(text):
        if not SUSPECT.match(character):
            kept.append(character)
        elif character in _BLANK:
            kept.append(" ")
        elif character in _NARROW:
            kept.append("\u202f")
        elif (character in _JOINER and _joins(text, place)) or (
            character in _DIRECTION and right_to_left
        ):
            kept.append(character)
        else:
            gone.append(place)
    return "".join(kept), tuple(gone)


def _joins(text: str, place: int) -> bool:
    """Return whether a joiner stands in an emoji or a script that needs it."""
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    return _joinable(before) and (_joinable(after) or text[place] == "\u200c")


def _joinable(character: str) -> bool:
    if not character or character.isascii():
        return False
    if unicodedata.category(character) in ("So", "Sk", "Mn", "Mc", "Me"):
        return True
    name = unicodedata.name(character, "")
    return not name.startswith(
        ("CJK", "LATIN", "HIRAGANA", "KATAKANA", "FULLWIDTH", "HANGUL")
    ) and (character.isalpha())


def _counted(found: list[str], what: str) -> str:
    return f"{len(found)} {what}{'s' if len(found) > 1 else ''}"


def _report(source: Source, number: int, line: str, gone: tuple[int, ...]) -> None:
    characters = [line[place] for place in gone]
    for kind, pattern in _KINDS:
        found = [c for c in characters if pattern.match(c)]
        if not found:
            continue
        place = next(p for p in gone if pattern.match(line[p]))
        names = ", ".join(sorted({f"U+{ord(c):04X}" for c in found}))
        span = source.span(number, place, 1)
        if kind == "control":
            source.diagnostics.warn(
                "W110",
                f"{_counted(found, 'control character')} left out ({names})",
                span,
                "Delete them from the source",
            )
        elif kind == "bidi":
            source.diagnostics.warn(
                "W111",
                f"{_counted(found, 'character')} turning the direction of text left out ({names})",
                span,
                "Delete them: they can make text read other than it is",
            )
        else:
            source.diagnostics.note(
                "N112", f"{_counted(found, 'invisible character')} left out ({names})", span
            )
