"""The gauge's quick answers beside those of a measured text."""

from __future__ import annotations

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from exporters.layout.fonts import FontSet, FontStyle
from exporters.layout.gauge import Gauge
from exporters.layout.text import Piece, natural_width

FONTS = FontSet()
STYLES = st.sampled_from(
    [FontStyle(1), FontStyle(0.66), FontStyle(1, bold=True), FontStyle(1, code=True)]
)
TEXTS = st.text(
    alphabet="中国的（）《》“”‘’、，。；：？！—…·ABabÉжλ12 \t.,%€$-/\n\u00a0\u200bあー한🚀1️⃣㐀𠀀",
    max_size=80,
)
PIECES = st.lists(st.tuples(TEXTS, STYLES).map(lambda pair: Piece(*pair)), max_size=4).map(tuple)


@given(PIECES)
def test_no_text_is_wider_than_the_gauge_says_without_measuring(pieces: tuple[Piece, ...]) -> None:
    assert natural_width(pieces, FONTS) <= Gauge(FONTS).most(pieces) + 1e-6


def test_a_plain_text_is_as_wide_as_that() -> None:
    pieces = (Piece("中国 CPO", FontStyle(1)),)
    wide = Gauge(FONTS).most(pieces)
    assert wide - 0.5 <= natural_width(pieces, FONTS) <= wide


def test_letters_that_join_are_not_told_without_measuring() -> None:
    assert Gauge(FONTS).most((Piece("سلام", FontStyle(1)),)) == inf
