"""Right-to-left text: the order of the bidirectional algorithm, and Arabic's joined forms.

Expected orders are those of the Unicode bidirectional algorithm (UAX #9); capital letters stand
for right-to-left ones in the drawn text, as its own examples have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from right_to_left import right_to_left_face

from exporters.layout.bidi import base_level, joined, levels, mirrored, visual_order
from exporters.layout.fonts import FontSet, FontStyle
from exporters.layout.text import Piece, compose

if TYPE_CHECKING:
    from exporters.layout.text import Line

TEN = FontStyle(10)
HEBREW = dict(zip(map(ord, "ABCDEFGH"), map(ord, "אבגדהוזח"), strict=True))
CAPITALS = {hebrew: latin for latin, hebrew in HEBREW.items()}


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> FontSet:
    return FontSet([right_to_left_face(tmp_path_factory.mktemp("faces") / "boxes.ttf")])


def drawn(text: str) -> str:
    """Return a text as it stands from left to right."""
    text = text.translate(HEBREW)
    found = levels(text, base_level(text))
    shown = (mirrored(text[at]) if found[at] % 2 else text[at] for at in visual_order(found))
    return "".join(shown).translate(CAPITALS)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("car is ABC", "car is CBA"),  # the line's own examples of 1.2 and 3.3.2
        ("ABC is car", "is car CBA"),
        ("car ABC (2025), x", "car (2025) CBA, x"),  # N0: brackets go with what they hold
        ("ABC (car) D", "D (car) CBA"),
        ("car (ABC) d", "car (CBA) d"),
        ("ABC 12-34, 5% D", "D 5% ,12-34 CBA"),  # W4, W5
        ("中文 ABC 123 DEF 中文", "中文 FED 123 CBA 中文"),
        ("ABC.", ".CBA"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_the_order_on_the_line(said: str, shown: str) -> None:
    assert drawn(said) == shown


def test_digits_after_arabic_letters_are_arabic_numbers() -> None:
    found = levels("ب 1.5 x", 0)
    assert list(found) == [1, 1, 2, 2, 2, 0, 0]  # W2, then I1: an even level in a line from left


@given(st.text(alphabet="abאבبل 12.,()[]%-中“”\u0301\u064b", max_size=30))
def test_every_order_is_whole_and_letters_run_their_way(text: str) -> None:
    base = base_level(text)
    found = levels(text, base)
    assert sorted(visual_order(found)) == list(range(len(text)))
    for char, level in zip(text, found, strict=True):
        if char in "אבبل":
            assert level == 1
        elif char in "ab中":
            assert level == 2 * base


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ("بب", "\ufe91\ufe90"),  # initial, final
        ("ببب", "\ufe91\ufe92\ufe90"),
        ("ب", "\ufe8f"),
        ("دب", "\ufea9\ufe8f"),  # dal joins nothing after it
        ("لا", "\ufefb\u2060"),  # lam takes the alef in
        ("بلا", "\ufe91\ufefc\u2060"),
        ("ب\u064bب", "\ufe91\u064b\ufe90"),  # a mark parts no letters
        ("ـب", "ـ\ufe90"),
        ("abc 中", "abc 中"),
    ],
)
def test_letters_take_the_form_their_neighbours_ask_for(said: str, forms: str) -> None:
    assert joined(said, lambda _: True) == forms


def test_letters_stay_as_they_are_where_no_face_has_their_forms() -> None:
    assert joined("بلا", lambda _: False) == "بلا"


def placed(line: Line) -> list[tuple[float, str, str]]:
    return [(round(part.x, 2), part.text, part.said) for part in line.fragments]


def test_a_run_inside_chinese_stands_in_its_place_turned_about(fonts: FontSet) -> None:
    (line,) = compose([Piece("中אב גד文", TEN)], 200, fonts)
    # 中 10 points, letters 5 each, the space 2.6; the second word stands left of the first
    assert placed(line) == [
        (0, "中", "中"),
        (22.6, "בא", "אב"),
        (20, " ", " "),
        (10, "דג", "גד"),
        (32.6, "文", "文"),
    ]
    assert round(line.width, 2) == 42.6


def test_lines_that_begin_from_the_right_stand_at_the_right(fonts: FontSet) -> None:
    first, last = compose([Piece("אב\nגד.", TEN)], 100, fonts)
    assert placed(first) == [(90, "בא", "אב")]
    # two letters of 5 points end at 100; the stop (2.68) stands left of them
    assert [(round(x, 1), text) for x, text, _ in placed(last)] == [(90, "דג"), (87.3, ".")]
    (alone,) = compose([Piece("אב", TEN)], 100, fonts)
    assert alone.fragments[0].x == 0


def test_joined_forms_are_measured_and_said_as_letters(fonts: FontSet) -> None:
    (line,) = compose([Piece("بلا", TEN)], 100, fonts)
    (part,) = line.fragments
    assert (part.text, part.said) == ("\ufefc\ufe91", "بلا")
    assert line.width == 5  # two forms of a quarter em: the alef is in the lam


def test_pieces_keep_their_tags_in_the_order_of_reading(fonts: FontSet) -> None:
    pieces = [Piece("אב ", TEN, "one"), Piece("גד", TEN, "two")]
    (line,) = compose(pieces, 100, fonts)
    assert [(part.tag, part.said) for part in line.fragments] == [
        ("one", "אב"),
        ("one", " "),
        ("two", "גד"),
    ]
    assert line.fragments[2].x < line.fragments[0].x
