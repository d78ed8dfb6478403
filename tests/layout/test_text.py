"""Set lines: widths with the arithmetic beside them, and the laws of all lines."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.layout.breaking import natural_places, opportunities
from exporters.layout.fonts import FontSet, FontStyle
from exporters.layout.kinds import kinds
from exporters.layout.text import (
    Line,
    Piece,
    balanced_width,
    compose,
    count_lines,
    minimum_width,
    natural_width,
)

FONTS = FontSet()
TEN = FontStyle(10)
ROUNDING = 1e-4

MIXED = st.text(
    alphabet="中国人民的光学（）《》“”、，。；：？！—…·ABCabc123 .,%-/\n\u00a0\u200bあー🚀",
    max_size=120,
)
SIZES = st.sampled_from([TEN, FontStyle(7.5), FontStyle(10, bold=True), FontStyle(9, code=True)])
PIECES = st.lists(st.tuples(MIXED, SIZES).map(lambda pair: Piece(*pair)), min_size=1, max_size=4)
WIDTHS = st.floats(min_value=30, max_value=400)


def setting(text: str, width: float, **options: bool) -> tuple[Line, ...]:
    return compose([Piece(text, TEN)], width, FONTS, **options)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(fragment.text for fragment in line.fragments) for line in lines]


def test_empty_text_is_one_empty_line() -> None:
    assert compose([], 100, FONTS) == (Line((), 0.0, 0, 0),)
    assert setting("", 100) == (Line((), 0.0, 0, 0),)
    assert count_lines([], 100, FONTS) == 1


def test_ideographs_fill_the_line() -> None:
    lines = setting("中" * 25, 100)
    assert texts(lines) == ["中" * 10, "中" * 10, "中" * 5]
    assert [line.width for line in lines] == [100, 100, 50]
    assert [(line.start, line.end) for line in lines] == [(0, 10), (10, 20), (20, 25)]


def test_a_break_of_the_author_is_kept() -> None:
    lines = setting("中国\n\n人民", 100)
    assert texts(lines) == ["中国", "", "人民"]
    assert [(line.start, line.end) for line in lines] == [(0, 2), (3, 3), (4, 6)]


def test_a_quarter_em_stands_between_scripts() -> None:
    (line,) = setting("中A中", 100)
    assert [fragment.x for fragment in line.fragments] == [0, 12.5, 21.39]  # 10+2.5; +6.39+2.5
    assert line.width == pytest.approx(31.39)


def test_a_space_there_is_set_as_that_gap() -> None:
    (line,) = setting("中 A 中", 100)
    assert [fragment.text for fragment in line.fragments] == ["中 ", "A ", "中"]
    assert [fragment.x for fragment in line.fragments] == pytest.approx([0, 12.5, 21.39])


def test_no_gap_at_a_line_end() -> None:
    lines = setting("中中中中Abc", 42)  # 40, and no 2.5 after it
    assert texts(lines) == ["中中中中", "Abc"]
    assert lines[0].width == 40


def test_neighbouring_marks_share_a_width() -> None:
    # 。 gives up half before ”, which keeps its width; so does ） before 。
    assert natural_width([Piece("中。”中", TEN)], FONTS) == pytest.approx(10 + 5 + 10 + 10)
    assert natural_width([Piece("（《中》）中", TEN)], FONTS) == pytest.approx(
        5 + 5 + 10 + 5 + 10 + 10  # the first mark is half-width at a line's start
    )


def test_a_mark_at_the_end_of_a_line_is_half_width() -> None:
    lines = setting("中中中，中中中中", 35)
    assert texts(lines)[0] == "中中中，"
    assert lines[0].width == 35  # 30 + 5


def test_marks_are_squeezed_to_draw_in_what_must_not_start_a_line() -> None:
    # 50 + 5 fit into 55 only if the comma inside gives up its half
    lines = setting("中，中中中。中中中", 50)
    assert texts(lines)[0] == "中，中中中。"
    assert lines[0].width == pytest.approx(50)
    assert lines[0].fragments[1].x == pytest.approx(15)  # squeezed by all of its 5 points


def test_what_does_not_fit_is_left_to_the_next_line() -> None:
    assert texts(setting("中中中中中。中中", 50))[:2] == ["中中中中", "中。中中"]


def test_no_last_line_of_one_character() -> None:
    assert texts(setting("中" * 11, 100)) == ["中" * 9, "中中"]
    assert texts(setting("中" * 10 + "国。", 100)) == ["中" * 9, "中国。"]


def test_words_stay_whole_and_spaces_vanish_at_line_ends() -> None:
    lines = setting("Broadcom and Lumentum", 60)
    assert texts(lines) == ["Broadcom ", "and ", "Lumentum"]
    assert lines[0].width == pytest.approx(natural_width([Piece("Broadcom", TEN)], FONTS))


def test_a_token_longer_than_the_line_is_broken_at_the_edge() -> None:
    lines = setting("a" * 50, 100)
    assert len(lines) == 3  # 5.61 points each: 17, 17, 16
    assert [len(text) for text in texts(lines)] == [17, 17, 16]


@pytest.mark.parametrize("width", [-30.0, -4.0, -1.0, 0.0, 1.0])
def test_a_line_too_narrow_for_anything_holds_a_character(width: float) -> None:
    for text in ("aa", "（字", "字：字（", "：\u00b7（🚀"):
        for justify in (False, True):
            lines = setting(text, width, justify=justify)
            assert 1 < len(lines) <= len(text)
            assert "".join(texts(lines)) == text


def test_a_long_token_is_broken_at_its_natural_places_first() -> None:
    lines = setting("optical_engine_configuration_parameters", 100)
    assert texts(lines)[0] == "optical_engine_"


def test_urls_are_broken_before_their_marks() -> None:
    lines = setting("https://www.example.com/reports/2025/optics", 100)
    first, *others = texts(lines)
    assert first.startswith("https")
    assert others
    assert all(text.startswith((".", "/")) for text in others)


def test_justified_lines_end_at_the_margin() -> None:
    text = (
        "美国在共封装光学（CPO）领域的技术路线以可插拔与线性直驱并行，速率由 800 Gbps 走向 1.6 T。"
        * 3
    )
    lines = setting(text, 203, justify=True)
    assert len(lines) > 4
    for line in lines[:-1]:
        assert line.width == pytest.approx(203)
    assert lines[-1].width < 203


def test_justified_gaps_of_one_kind_are_even() -> None:
    line = setting("中" * 11 + "（国）" + "中" * 20, 148, justify=True)[0]
    spacings = {round(fragment.spacing, 6) for fragment in line.fragments if len(fragment.text) > 1}
    assert len(spacings) == 1


def test_a_line_that_cannot_fill_decently_is_left_ragged() -> None:
    lines = setting("a " + "b" * 30, 180, justify=True)
    assert lines[0].width < 20


def test_quotes_follow_the_language_they_stand_in() -> None:
    def quote_faces(text: str) -> list[str]:
        (line,) = setting(text, 2000)
        found = []
        for fragment in line.fragments:
            found += [fragment.face.family for char in fragment.text if char in "“”‘’"]
        return found

    chinese, latin = "Triptych Sans SC", "Triptych Sans"
    assert quote_faces("他说“你好”。") == [chinese] * 2
    assert quote_faces("采用 CPO “共封装” 技术") == [chinese] * 2
    assert quote_faces("It’s “fine” now") == [latin] * 3
    assert quote_faces("the term “共封装光学” is used for optics") == [latin] * 2
    assert quote_faces("他说“it’s fine”了") == [chinese, latin, chinese]
    assert quote_faces("“CPO”是共封装光学") == [chinese] * 2


def test_code_stands_on_a_grid() -> None:
    code = FontStyle(10, code=True)
    (line,) = compose([Piece("a中b", code)], 100, FONTS)
    assert [fragment.text for fragment in line.fragments] == ["a", "中", "b"]
    # cells of 6: the character of 10 stands in the middle of 12
    assert [fragment.x for fragment in line.fragments] == [0, 7, 18]
    assert line.width == 24


def test_a_raised_mark_stays_with_its_word() -> None:
    pieces = [Piece("中" * 10, TEN), Piece("[1]", FontStyle(7), "note", 4), Piece("中中", TEN)]
    lines = compose(pieces, 100, FONTS)
    assert texts(lines) == ["中" * 9, "中[1]中中"]
    assert [fragment.tag for fragment in lines[1].fragments] == [None, "note", None]
    assert lines[1].fragments[1].rise == 4


def test_no_gap_stands_before_a_raised_mark() -> None:
    raised = Piece("1", FontStyle(7), "note", 4)
    (line,) = compose([Piece("中", TEN), raised, Piece("中", TEN)], 100, FONTS)
    assert [fragment.x for fragment in line.fragments] == pytest.approx([0, 10, 10 + 7 * 0.572])


def test_hints_vanish() -> None:
    (line,) = setting("foo\u200bbar\u2060baz\ufeff✔\ufe0f", 500)
    assert texts((line,)) == ["foobarbaz✔"]


def test_marks_stand_off_their_like() -> None:
    (line,) = setting("e\u0301\u0301\u0301\u0323\u0323a\u0301", 500)
    placed = [(part.text, round(part.rise, 6)) for part in line.fragments]
    assert placed == [
        *(("e\u0301", 0), ("\u0301", 1.4), ("\u0301", 2.8)),
        *(("\u0323", 0), ("\u0323", -1.4), ("a\u0301", 0)),
    ]


def test_dashes_and_ellipses_are_never_parted() -> None:
    for width in range(20, 120, 3):
        for text in texts(setting("中国——人民……光学——封装……的", width)):
            assert text.count("—") % 2 == 0
            assert text.count("…") % 2 == 0


@given(PIECES, WIDTHS, st.booleans())
def test_every_character_stands_on_one_line_in_order(
    pieces: list[Piece],
    width: float,
    justify: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    lines = compose(pieces, width, FONTS, justify=justify)
    text = "".join(piece.text for piece in pieces)
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    for line, following in pairwise(lines):
        assert text[line.end : following.start] in ("", "\n")
    for line, shown in zip(lines, texts(lines), strict=True):
        expected = text[line.start : line.end].replace("\u200b", "")
        assert shown.rstrip() == expected.rstrip(" ") or shown == expected


@given(PIECES, WIDTHS, st.booleans())
def test_fragments_follow_each_other_within_the_line(
    pieces: list[Piece],
    width: float,
    justify: bool,  # noqa: FBT001 - drawn by hypothesis
) -> None:
    for line in compose(pieces, width, FONTS, justify=justify):
        for fragment, following in pairwise(line.fragments):
            # an opening mark's glyph may begin in its half of blank that was squeezed away
            assert fragment.x <= following.x + 5 + ROUNDING
        shown = "".join(fragment.text for fragment in line.fragments).strip()
        assert line.width <= width + ROUNDING or len(shown) == 1


@given(PIECES, WIDTHS)
def test_counting_agrees_with_composing(pieces: list[Piece], width: float) -> None:
    assert count_lines(pieces, width, FONTS) == len(compose(pieces, width, FONTS))


@given(PIECES)
def test_at_its_natural_width_text_takes_no_more_lines_than_its_author_gave_it(
    pieces: list[Piece],
) -> None:
    width = natural_width(pieces, FONTS)
    breaks = sum(piece.text.count("\n") for piece in pieces)
    assert count_lines(pieces, width + ROUNDING, FONTS) == breaks + 1


@given(PIECES, WIDTHS)
def test_a_balanced_width_takes_no_more_lines(pieces: list[Piece], width: float) -> None:
    balanced = balanced_width(pieces, width, FONTS)
    assert balanced <= width
    assert count_lines(pieces, balanced, FONTS) <= count_lines(pieces, width, FONTS)


def test_a_balanced_title_has_lines_of_about_the_same_length() -> None:
    pieces = [Piece("2026 年第三季度零售经营分析报告", TEN)]
    lines = compose(pieces, balanced_width(pieces, 150, FONTS), FONTS)
    assert texts(lines) == ["2026 年第三季度", "零售经营分析报告"]


@given(PIECES)
def test_the_minimum_is_no_wider_than_the_natural_width(pieces: list[Piece]) -> None:
    least = minimum_width(pieces, FONTS)
    assert 0 <= least <= natural_width(pieces, FONTS) + ROUNDING


@pytest.mark.parametrize(
    ("word", "part"),
    [
        ("ZL201710123456.7", "ZL201710123456.7"),
        ("ab.cdefghijklmnop", "ab.cdefghijklmnop"),
        ("abcdefghij.klmnopqrst", ".klmnopqrst"),
    ],
)
def test_a_long_word_s_minimum_leaves_no_scraps(word: str, part: str) -> None:
    style = FontStyle(10)
    least = minimum_width([Piece(word, style)], FONTS)
    assert least == pytest.approx(minimum_width([Piece(part, style)], FONTS), rel=0.1)


@given(PIECES)
def test_at_its_minimum_width_text_is_broken_where_it_may_be(pieces: list[Piece]) -> None:
    text = "".join(piece.text for piece in pieces)
    allowed = opportunities(text)
    natural = natural_places(text, 0, len(text))
    for line in compose(pieces, minimum_width(pieces, FONTS) + ROUNDING, FONTS)[1:]:
        assert allowed[line.start] or text[line.start - 1] == "\n" or line.start in natural


@pytest.mark.parametrize(
    "text", ["中", "a", "。", "“", "a/", " ", '"', "http://", "国 ", "”，", "国”，", "国\n"]
)
def test_time_is_linear_on_hostile_text(text: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        setting(text * (length // len(text)), 400, justify=True)
        return time.process_time() - start

    seconds(1_000)
    small = min(seconds(2_000) for _ in range(3))
    large = min(seconds(32_000) for _ in range(2))
    assert large <= 64 * small + 0.1  # sixteen times the text; quadratic would be 256


def test_kinds_are_of_the_same_length_and_tell_scripts_apart() -> None:
    assert kinds("中あ한A1+$% ，·\U00020000") == "CCwLLLba w.C"


@pytest.mark.parametrize(("further", "most"), [("management", 0.35), ("management " * 20, 0.55)])
def test_words_alone_are_not_torn_apart(further: str, most: float) -> None:
    """Least of all where a single short line follows: that both end short looks no mistake."""
    first = "Enclosures, thermal management, fire suppression, DC cabling and the battery-"
    natural = natural_width([Piece(first, FontStyle(10))], FONTS)
    for wider, filled in ((most - 0.1, True), (most + 0.05, False)):
        width = natural + first.count(" ") * wider * 10
        line = compose([Piece(first + further, FontStyle(10))], width, FONTS, justify=True)[0]
        assert (abs(line.width - width) < 0.01) is filled
