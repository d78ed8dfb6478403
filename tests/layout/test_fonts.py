"""Which face sets which character, how wide it is, and what is said where no face has it."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from exporters.layout.fonts import BUNDLED, FontSet, FontStyle, missing_characters
from report_data.diagnostics import FileError, Span

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = FontStyle(10)


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return FontSet()


@pytest.mark.parametrize(
    ("char", "style", "latin", "name"),
    [
        ("中", PLAIN, False, "TriptychSansSC-Regular"),
        ("中", FontStyle(10, bold=True), False, "TriptychSansSC-Bold"),
        ("中", FontStyle(10, italic=True), False, "TriptychSansSC-Regular"),  # never slanted
        ("A", PLAIN, False, "TriptychSans-Regular"),
        ("A", FontStyle(10, italic=True), False, "TriptychSans-Italic"),
        ("A", FontStyle(10, bold=True, italic=True), False, "TriptychSans-BoldItalic"),
        ("A", FontStyle(10, code=True), False, "TriptychMono-Regular"),
        ("中", FontStyle(10, code=True), False, "TriptychSansSC-Regular"),
        ("“", PLAIN, False, "TriptychSansSC-Regular"),
        ("“", PLAIN, True, "TriptychSans-Regular"),
        ("…", PLAIN, False, "TriptychSansSC-Regular"),
        ("…", PLAIN, True, "TriptychSans-Regular"),
        ("\u2011", PLAIN, True, "TriptychSans-Regular"),
        ("✔", PLAIN, False, "TriptychSymbols-Regular"),
        ("⊢", PLAIN, False, "TriptychMath-Regular"),
        ("🚀", PLAIN, False, "TriptychEmoji-Regular"),
    ],
)
def test_the_face_of_a_character(
    fonts: FontSet,
    char: str,
    style: FontStyle,
    latin: bool,  # noqa: FBT001 - a parameter of the table above
    name: str,
) -> None:
    face = fonts.face(char, style, latin_context=latin)
    assert face.name == name
    assert face.has(char)


def test_advances_are_in_em(fonts: FontSet) -> None:
    widths = fonts.widths(PLAIN)
    assert widths["中"] == 1
    assert widths["A"] == 0.639  # 639 of 1,000 units
    assert widths["\u200b"] == 0


def test_code_takes_cells(fonts: FontSet) -> None:
    widths = fonts.widths(FontStyle(10, code=True))
    assert {char: widths[char] for char in "aW│中，🚀"} == {
        **dict.fromkeys("aW│", 0.6),
        **dict.fromkeys("中，🚀", 1.2),
    }


def test_metrics_are_in_em(fonts: FontSet) -> None:
    face = fonts.face("A", PLAIN)
    assert face.units_per_em == 1000
    assert (face.ascent, face.descent, face.cap_height) == (1.069, -0.293, 0.714)
    assert (face.weight, face.italic, face.variable, face.is_cff) == (400, False, False, False)


def test_faces_come_back_from_another_process_as_themselves(fonts: FontSet) -> None:
    face = fonts.face("A", PLAIN)
    assert pickle.loads(pickle.dumps(face)) is face  # noqa: S301 - our own bytes


def test_hints_and_spaces_are_never_missing(fonts: FontSet) -> None:
    assert fonts.missing("a\u200bb\u2060c\ufe0f\u200d d\u3000\t\n") == ()


def test_missing_characters_are_named_once_with_place_and_remedy(fonts: FontSet) -> None:
    first, second = Span("a.md", 3), Span("a.md", 9)
    private = "\ue000\ue001"
    found = missing_characters(
        [("中文", None), (private, first), (private + "\ue002", second)], fonts
    )
    assert [(item.code, item.span) for item in found] == [("W301", first), ("W301", second)]
    assert "U+E000" in found[0].message
    assert "U+E001" in found[0].message
    assert "U+E000" not in found[1].message
    assert 'pip install "triptych[fonts]"' in found[0].hint


def test_a_user_face_is_asked_after_the_bundled_ones() -> None:
    path = BUNDLED / "TriptychMono-Bold.ttf"
    fonts = FontSet([path])
    assert fonts.face("A", PLAIN).name == "TriptychSans-Regular"
    assert [face.name for face in fonts.faces()].count("TriptychMono-Bold") == 2


def test_a_user_file_that_is_no_font_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttf"
    bad.write_bytes(b"no font at all")
    with pytest.raises(FileError, match=r"E301.*bad\.ttf") as caught:
        FontSet([bad, tmp_path / "absent.ttf"])
    assert len(caught.value.diagnostics) == 2
    assert ".otf" in caught.value.diagnostics[0].hint
