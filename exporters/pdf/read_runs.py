"""A page that pdfium has opened in -> its runs of marked content, and what each shows."""

from __future__ import annotations

import ctypes
import unicodedata
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING, TypeAlias

import pypdfium2_raw as raw

from exporters.pdf import pdfium
from exporters.pdf.read_letters import ON_LETTERS, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.pdf.pdfium import Handle
    from exporters.pdf.read_structure import Role

_LINE_END_HYPHEN = "\x02"
"""What pdfium makes of a hyphen at a line's end, for programs that join lines."""

_BESIDE = 6.0
"""Points between the inks of two characters of one word; labels stand further apart."""

_KEY = "\u20e3"
"""What makes a key of a digit: it stands off what is beside it by half as much again."""

_ROOM = 4096
"""Bytes that nearly any mark's own word fits in."""

_DRAWN_OTHERWISE = frozenset({"Formula", "Span"})
"""Elements whose text may be drawn in signs of its own, and told by a mark around it."""

_CROWDED = 2_000
"""Objects on a page of which not each is asked for its text: few pages have so many."""

Part: TypeAlias = "tuple[str, Handle]"
"""A text object: what is drawn, and the object itself."""


def runs(page: Handle, texts: Handle) -> Iterator[tuple[int, list[Part]]]:
    """Yield each run of marked content: its number (-1: none, an artifact) and its texts."""
    parts: list[Part] = []
    current: tuple[int, Handle] | None = None
    count = pdfium.count_objects(page)
    told = _texts_of(texts) if count > _CROWDED else None
    for index in range(count):
        item = pdfium.object_at(page, index)
        drawn = pdfium.text(pdfium.text_of, item, texts) if told is None else told.get(item, "")
        if not drawn and pdfium.kind_of(item) != raw.FPDF_PAGEOBJ_TEXT:
            continue
        number = pdfium.content_id_of(item)
        # objects of one run share their mark, two artifacts in a row do not
        run = number, 0 if number >= 0 else pdfium.mark_of(item, 0)
        if run != current:
            if current is not None:
                yield current[0], parts
            current, parts = run, []
        parts.append((drawn.replace(_LINE_END_HYPHEN, "-"), item))
    if current is not None:
        yield current[0], parts


def _texts_of(texts: Handle) -> dict[Handle, str]:
    from exporters.pdf.read_crowded import texts_of

    return texts_of(texts)


def shown(parts: Sequence[Part], role: Role) -> list[str]:
    """Return the texts of a run.

    What stands about in a drawing is no text that runs on. There and in artifacts no
    element can say what right-to-left text says: a mark around it does, as around a formula.
    """
    if role.tag in _DRAWN_OTHERWISE and parts and pdfium.mark_of(parts[0][1], 1):
        return ["".join(_told(parts))]
    if not role.furniture:
        return [said("".join([drawn for drawn, _ in parts]), role.said)]
    if role.tag == "Figure":
        return _words(parts)
    return [said("".join(_told(parts)), role.said)]


def _told(parts: Sequence[Part]) -> Iterator[str]:
    """Yield what parts say: what is drawn, or what a mark around them alone says of it.

    Such a mark is around a text that stands by itself: two heads are two.
    """
    for drawn, told in _marked(parts):
        if told is None:
            yield from (text for text, _ in drawn)
        else:
            yield f" {told}"


def _marked(parts: Sequence[Part]) -> Iterator[tuple[list[Part], str | None]]:
    """Yield parts that one mark is around and what it says, ``None`` where there is none.

    Its word is what pdfium, too, takes for the text, but not whole and for some parts twice.
    """
    for mark, group in groupby(parts, key=lambda part: pdfium.mark_of(part[1], 1)):
        drawn = list(group)
        yield drawn, _text_of_mark(mark) if mark else None


def _text_of_mark(mark: Handle) -> str | None:
    """Return what a mark says of itself (ActualText), ``None`` where it says nothing."""
    data = _bytes_of_mark(mark, _ROOM)
    if data is None:
        return None
    return data.decode("utf-16" if data.startswith(b"\xfe\xff") else "ascii", "replace")


def _bytes_of_mark(mark: Handle, room: int) -> bytes | None:
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ubyte * room)()
    place, needed = ctypes.addressof(buffer), ctypes.addressof(size)
    if not pdfium.value_of_mark(mark, b"ActualText", place, room, needed):
        return None
    if size.value > room:  # a formula of thousands of signs
        return _bytes_of_mark(mark, size.value)
    return bytes(buffer)[: size.value]


def _words(parts: Sequence[Part]) -> list[str]:
    """Return the texts in a drawing; one of several faces is several objects side by side."""
    words: list[str] = []
    end = (0.0, 0.0)
    for marked, told in _marked(parts):
        if told is not None:
            words += [told] if told else []
            end = (inf, 0.0)
            continue
        for drawn, item in marked:
            if words and all(unicodedata.category(c) in ON_LETTERS for c in drawn.rstrip()):
                words[-1] += drawn
                continue
            left, right, base = _place_of(item)
            near = _BESIDE * (1.5 if words and _KEY in words[-1][-2:] + drawn else 1)
            if words and end[1] == base and abs(left - end[0]) < near:
                words[-1] += drawn
            else:
                words.append(drawn)
            end = (right, base)
    return words


def _place_of(item: Handle) -> tuple[float, float, float]:
    """Return where an object's ink begins and ends, and the height of its base line, in points."""
    matrix = raw.FS_MATRIX()
    sides = (ctypes.c_float * 4)()
    place = ctypes.addressof(sides)
    pdfium.matrix_of(item, ctypes.addressof(matrix))
    pdfium.bounds_of(item, *(place + 4 * side for side in range(4)))
    left, _, right, _ = sides
    return left, right, matrix.f
