"""Where PDFium draws each character of the bundled report: inside the margins, none covered."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pypdfium2

from exporters.theme import PageTokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

SLACK = 1.5
"""Points by which a glyph's ink may stand outside its advance."""


def _boxes(page: pypdfium2.PdfPage) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield each visible character with left, bottom, right and top in points."""
    text = page.get_textpage()
    for index in range(text.count_chars()):
        char = text.get_text_range(index, 1)
        if char.strip():
            yield (char, *text.get_charbox(index))


def test_no_character_leaves_the_margins(bundled_outputs: Mapping[str, Path]) -> None:
    margins = PageTokens().margins
    with pypdfium2.PdfDocument(bundled_outputs["pdf"]) as document:
        assert len(document) > 1
        for number in range(1, len(document)):  # the cover has margins of its own
            page = document[number]
            width, height = page.get_size()
            seen = 0
            for char, left, bottom, right, top in _boxes(page):
                place = f"page {number + 1}: {char!r}"
                assert left >= margins.left - SLACK, place
                assert right <= width - margins.right + SLACK, place
                assert 0 < bottom < top < height, place
                seen += 1
            assert seen > 100


def test_no_character_covers_the_next(bundled_outputs: Mapping[str, Path]) -> None:
    with pypdfium2.PdfDocument(bundled_outputs["pdf"]) as document:
        for number in range(len(document)):
            for one, other in pairwise(_boxes(document[number])):
                same_line = one[2] < other[4] and other[2] < one[4]
                middle = (other[1] + other[3]) / 2
                covered = same_line and one[1] < middle < one[3] - SLACK
                assert not covered, f"page {number + 1}: {one[0]!r} under {other[0]!r}"
