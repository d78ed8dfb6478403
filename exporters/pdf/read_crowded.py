"""A page's characters, as pdfium has read them -> what each of its text objects shows.

Asked for the text of an object, pdfium looks through all characters of its page: thousands
of objects on one page, of marks on one letter, would take the square of their number.
"""

from __future__ import annotations

from collections import defaultdict
from ctypes import c_int, c_uint, c_void_p
from typing import TYPE_CHECKING

import pypdfium2_raw as raw

from exporters.pdf import pdfium

if TYPE_CHECKING:
    from exporters.pdf.pdfium import Handle

_count = pdfium.bare(raw.FPDFText_CountChars, c_int, c_void_p)
_char_at = pdfium.bare(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
_owner_of = pdfium.bare(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)

_SPACE = ord(" ")


def texts_of(texts: Handle) -> dict[Handle, str]:
    """Return the text of each object of a page that shows any, as `pdfium.text_of` tells it.

    Where an object goes on after others, no line break tells of them.
    """
    said: defaultdict[Handle, list[str]] = defaultdict(list)
    before: Handle = 0
    for index in range(_count(texts)):
        char = _char_at(texts, index)
        owner = _owner_of(texts, index) or 0
        if char == _SPACE and before not in (0, owner):  # a space after an object is its own, too
            said[before].append(" ")
        if owner and char:
            said[owner].append(chr(char))
        before = owner
    return {owner: pdfium.decoded(_units(chars)) for owner, chars in said.items()}


def _units(chars: list[str]) -> memoryview:
    return memoryview("".join(chars).encode("utf-16-le", "surrogatepass"))
