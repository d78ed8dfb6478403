"""Which face sets which character, how wide it is, and what is said where no face has it."""

from __future__ import annotations

import pickle
import sys
from typing import TYPE_CHECKING

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from exporters.layout import installed
from exporters.layout.fonts import BUNDLED, FontSet, FontStyle
from exporters.layout.missing import missing_characters, missing_in_report
from report_data.diagnostics import FileError, Span
from report_data.load import load_text

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
    face = fonts.choices(style, latin=latin)[char]
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
    face = fonts.choices(PLAIN)["A"]
    assert face.units_per_em == 1000
    assert (face.ascent, face.descent, face.cap_height) == (1.069, -0.293, 0.714)
    assert (face.weight, face.italic, face.variable, face.is_cff) == (400, False, False, False)


def test_faces_come_back_from_another_process_as_themselves(fonts: FontSet) -> None:
    face = fonts.choices(PLAIN)["A"]
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


def test_a_script_that_is_missing_altogether_is_said_once(fonts: FontSet) -> None:
    first, second = Span("r.md", 1, 1, 3), Span("r.md", 2, 1, 3)
    syllables = "".join(map(chr, range(0xAC00, 0xAC00 + 40)))
    texts = [(syllables[:5], None), (syllables[5:30], first), (syllables[30:], second)]
    (found,) = missing_characters(texts, fonts)
    assert found.span == first
    assert "40 characters of Hangul: 가, 각" in found.message


def test_every_kind_of_text_is_looked_at(fonts: FontSet) -> None:
    text = """---
title: "t \ue000"
author: "a \ue001"
date: "2025 \ue002"
---
# Head \ue003

text \ue004[^n]

> # quoted \ue005

```
code \ue006
```

| head \ue007 |
|---|
| cell \ue008 |

: caption \ue009

::: callout
box \ue00a
:::

[^n]: note \ue00b
"""
    warnings = missing_in_report(load_text(text, name="a"), fonts)
    named = "".join(warning.message for warning in warnings)
    assert [f"U+E{number:03X}" for number in range(12) if f"U+E{number:03X}" not in named] == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="fonts lie elsewhere there")
def test_the_systems_faces_serve_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = "\U00010600"  # Linear A: in no bundled face
    folder = tmp_path / ".fonts" / "deep"
    folder.mkdir(parents=True)
    made_face(folder / "made.ttf", char=letter)
    (folder / "broken.ttf").write_bytes(b"no font")
    (folder / "notes.txt").write_text("no font either")
    monkeypatch.setenv("HOME", str(tmp_path))
    installed.system_files.cache_clear()
    try:
        assert FontSet().choices(PLAIN)[letter].path == folder / "made.ttf"
    finally:
        installed.system_files.cache_clear()


def test_a_report_names_what_no_face_has_at_its_place(fonts: FontSet) -> None:
    report = load_text("# Title\n\nfine\n\n| a | b |\n|---|---|\n| c | \ue005 |\n", name="a.md")
    (warning,) = missing_in_report(report, fonts)
    assert "U+E005" in warning.message
    assert str(warning.span) == "a.md:7:7"


def test_a_user_face_is_asked_after_the_bundled_ones() -> None:
    path = BUNDLED / "TriptychMono-Bold.ttf"
    fonts = FontSet([path])
    assert fonts.choices(PLAIN)["A"].name == "TriptychSans-Regular"
    assert [face.name for face in fonts.faces()].count("TriptychMono-Bold") == 2


def test_a_user_file_that_is_no_font_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttf"
    bad.write_bytes(b"no font at all")
    with pytest.raises(FileError, match=r"E301.*bad\.ttf") as caught:
        FontSet([bad, tmp_path / "absent.ttf"])
    assert len(caught.value.diagnostics) == 2
    assert ".otf" in caught.value.diagnostics[0].hint


PRIVATE = "\ue000"
"""A character that no bundled face has and no system face is asked for."""


def made_face(
    path: Path, *, char: str = PRIVATE, cff: bool = False, variable: bool = False
) -> Path:
    """Write a face of one square glyph, 600 of 1,000 units wide, 900 at weight 900."""
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({ord(char): "square"})

    def draw(pen: TTGlyphPen | T2CharStringPen) -> TTGlyphPen | T2CharStringPen:
        pen.moveTo((0, 0))
        for point in ((500, 0), (500, 700), (0, 700)):
            pen.lineTo(point)
        pen.closePath()
        return pen

    if cff:
        shapes = {
            name: draw(T2CharStringPen(600, None)).getCharString() for name in (".notdef", "square")
        }
        builder.setupCFF("Made-Regular", {"FullName": "Made"}, shapes, {})
    else:
        builder.setupGlyf({name: draw(TTGlyphPen(None)).glyph() for name in (".notdef", "square")})
    builder.setupHorizontalMetrics({".notdef": (600, 0), "square": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Thin", "psName": "Made-Thin"})
    builder.setupOS2(sTypoAscender=800, usWeightClass=400)
    builder.setupPost()
    if variable:
        builder.setupFvar([("wght", 100, 100, 900, "Weight")], [])
        # four points stay, of the four phantom points the right one moves: the advance
        shift = TupleVariation({"wght": (0, 1, 1)}, [(0, 0)] * 5 + [(300, 0)] + [(0, 0)] * 2)
        builder.setupGvar({"square": [shift]})
    builder.save(path)
    return path


@pytest.mark.parametrize("suffix", ["ttf", "otf", "ttc"])
def test_user_faces_of_every_kind_serve(tmp_path: Path, suffix: str) -> None:
    path = made_face(tmp_path / f"made.{suffix}", cff=suffix == "otf")
    if suffix == "ttc":
        single = made_face(tmp_path / "single.ttf")
        collection = TTCollection()
        collection.fonts = [TTFont(BUNDLED / "TriptychMono-Regular.ttf"), TTFont(single)]
        collection.save(path)
    fonts = FontSet([path])
    face = fonts.choices(PLAIN)[PRIVATE]
    assert (face.path, face.index, face.is_cff) == (path, int(suffix == "ttc"), suffix == "otf")
    assert face.advance(PRIVATE) == 0.6
    assert face.bearings(PRIVATE) == pytest.approx((0, 0.1))
    assert fonts.missing(PRIVATE) == ()


def test_a_variable_face_is_measured_at_its_weight(tmp_path: Path) -> None:
    fonts = FontSet([made_face(tmp_path / "made.ttf", variable=True)])
    regular = fonts.choices(PLAIN)[PRIVATE]
    bold = fonts.choices(FontStyle(10, bold=True))[PRIVATE]
    assert (regular.variable, regular.weight, regular.name) == (True, 400, "Made-400")
    assert (bold.weight, bold.name) == (700, "Made-700")
    # 3/8 and 6/8 of the way from 600 to 900 units
    assert regular.advance(PRIVATE) == pytest.approx(0.7125, abs=1e-3)
    assert bold.advance(PRIVATE) == pytest.approx(0.825, abs=1e-3)


EXTRA = {"ja": "NotoSansJP-400", "ko": "NotoSansKR-400", "zh-Hant": "NotoSansTC-400"}


@pytest.mark.parametrize("language", EXTRA)
def test_the_extra_sets_its_languages_where_it_is_installed(language: str) -> None:
    pytest.importorskip("justmytype_intl_cjk", reason="the extra [fonts] is not installed")
    fonts = FontSet(language=language)
    assert fonts.choices(PLAIN)["直"].name == EXTRA[language]
    assert fonts.missing("한국어") == ()
