"""What pdfium takes right-to-left text for, and what its element says -> what it says.

Such text is drawn from the left, and pdfium turns it about again: which way, and
the signs in it, depends on what stands around it. It also gives some characters
as others that are like them, by tables of its own. So a run says what its element
tells (ActualText), if that is of the letters that are drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import groupby

from exporters.layout.fonts import IGNORED

_TURNED = "("
"""Stands for every bracket and sign that is drawn as its mirror image in right-to-left text."""

_CONTROLS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SS SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB "
    "CAN EM SUB ESC FS GS RS US SP DEL b"
)
"""What pdfium takes the pictures of control characters for, from U+2400 on."""

_RADICALS = dict(zip("⺠⻁⻄⻆⻑⻘⻝⻣⻤⻨⻩", "民虎西角长青食骨鬼麦黄", strict=True))

_TAKEN = str.maketrans(
    {
        **{chr(0x2400 + place): word for place, word in enumerate(_CONTROLS.split())},
        **_RADICALS,
        "℞": "R",
        "℟": "R",
        "℣": "V",
        "℧": "Ʊ",
        "∄": "∃",
        "∉": "∈",
        "∌": "∋",
        **dict.fromkeys("‘’“”", _TURNED),
        "\u0384": "",
        "\u0385": "\u00a8",
    }
)
"""What it takes whole characters for."""

_LETTERS = str.maketrans("©®\u2044\u0338", "CR//")
"""What it takes parts of them for: marks of copyrights and trademarks for their letters, strokes
for slashes."""

_LEFT_OUT = "\u2800\ufb37\ufb3d\ufb3f\ufb42\ufb45\ufff9-\ufffc"
"""What pdfium leaves out: blanks of braille, places among Hebrew letters with points where
no character is, marks for annotations and objects."""

_HINTS = re.compile(f"[\\s{IGNORED}{_LEFT_OUT}]+")
"""What is not drawn, or left out."""

ON_LETTERS = frozenset({"Mn", "Me"})
"""Categories of the marks that take no room."""


def said(drawn: str, told: str) -> str:
    """Return what a run says: what is told of it if that is of the letters that are drawn."""
    if not told:
        return drawn
    letters = _letters(told)
    shown = Counter(_letters(drawn))
    # of marks that are alike and stand on one letter there, pdfium may take one
    parted = groupby(letters, key=lambda c: unicodedata.category(c) in ON_LETTERS)
    least = Counter(c for are_marks, run in parted for c in (set(run) if are_marks else run))
    return told if least <= shown <= Counter(letters) else drawn


def _letters(text: str) -> list[str]:
    """Return the characters of a text without forms, directions and hints."""
    plain = unicodedata.normalize("NFKD", text.translate(_TAKEN)).translate(_LETTERS)
    seen = (c for c in _HINTS.sub("", plain) if unicodedata.category(c) != "Cf")
    letters = (digit for c in seen for digit in _digits(c))
    return [_TURNED if unicodedata.mirrored(c) else c for c in letters]


def _digits(char: str) -> str:
    """Return a number in a circle as its digits: there pdfium takes it for them."""
    if unicodedata.category(char) != "No":
        return char
    worth = unicodedata.numeric(char, 0.5)
    return str(int(worth)) if worth.is_integer() else char
