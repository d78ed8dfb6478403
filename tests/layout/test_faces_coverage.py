"""The bundled faces really hold what they are said to hold, and are built as they should be."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import fields

from exporters.furniture import Furniture, furniture_for
from exporters.layout.fonts import BUNDLED, FontSet

if TYPE_CHECKING:
    from types import ModuleType

    from report_data.model import Language

ROOT = Path(__file__).resolve().parents[2]


def _load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_fonts", ROOT / "tools/build_fonts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_fonts"] = module
    spec.loader.exec_module(module)
    return module


TOOL = _load_tool()


@pytest.fixture(scope="module", params=["Regular", "Bold"])
def chinese_face(request: pytest.FixtureRequest) -> set[int]:
    with TTFont(BUNDLED / f"TriptychSansSC-{request.param}.ttf", lazy=True) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("gb2312", 6763 + 682),
        ("tongyong", 1467),
        ("big5_level_1", 5401 + 404),
        ("jis_level_1", 2965 + 524),
    ],
)
def test_national_sets_have_their_official_sizes(name: str, size: int) -> None:
    assert len(getattr(TOOL, name)()) == size


@pytest.mark.parametrize("name", ["gb2312", "tongyong", "big5_level_1", "jis_level_1"])
def test_chinese_faces_cover_the_national_sets(chinese_face: set[int], name: str) -> None:
    codes = getattr(TOOL, name)()
    lacking = {code for code in codes if code >= 0x2E80} - chinese_face
    assert not lacking, "".join(map(chr, sorted(lacking)))
    assert FontSet().missing("".join(map(chr, sorted(codes)))) == ()  # their signs, too


def test_chinese_faces_cover_kana_forms_and_punctuation(chinese_face: set[int]) -> None:
    wanted = [*range(0x3041, 0x3097), *range(0x30A1, 0x30FF), *range(0x3001, 0x3012)]
    wanted += [*range(0xFF01, 0xFF5F), 0x2011, 0x2014, 0x2026, 0x201C, 0x201D, 0x00B7]
    assert not set(wanted) - chinese_face


@pytest.mark.parametrize("style", ["Regular", "Bold", "Italic", "BoldItalic"])
def test_latin_faces_cover_european_scripts(style: str) -> None:
    with TTFont(BUNDLED / f"TriptychSans-{style}.ttf", lazy=True) as font:
        cmap = set(font.getBestCmap())
    # Latin-1 to Latin Extended-A; Greek and Russian letters; quotes and dashes
    wanted = {*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x3B1, 0x3CA), *range(0x400, 0x460)}
    wanted |= set(map(ord, "“”‘’–—…•‰€₩₽‑ạếữ"))
    assert not wanted - cmap


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_mono_faces_have_box_drawings_on_one_grid(style: str) -> None:
    with TTFont(BUNDLED / f"TriptychMono-{style}.ttf", lazy=True) as font:
        cmap = font.getBestCmap()
        advances = {
            font["hmtx"][cmap[code]][0] for code in (*range(0x20, 0x7F), *range(0x2500, 0x2580))
        }
    assert advances == {600}


def test_symbols_and_emoji_have_a_face() -> None:
    assert FontSet().missing("✔✗✘☐☑→⇒↔★☆●■▲◆⚠✅❌🚀📈😀⭐①⑩㎡℃≤≥≈×÷±√∞∑∫") == ()


def test_two_dashes_are_one_stroke() -> None:
    with TTFont(BUNDLED / "TriptychSansSC-Regular.ttf", lazy=True) as font:
        name = font.getBestCmap()[0x2014]
        dash = font["glyf"][name]
        assert font["hmtx"][name][0] == 1000
        assert dash.xMin <= 0
        assert dash.xMax >= 1000


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*.ttf")), ids=lambda path: path.stem)
def test_faces_are_static_unhinted_and_carry_names_and_licence(path: Path) -> None:
    with TTFont(path, lazy=True) as font:
        assert not {"fvar", "fpgm", "prep", "cvt ", "GSUB", "GPOS"} & set(font.keys())
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
    for number in (1, 3, 4, 6):
        assert "Source" not in names[number]  # the reserved font name, OFL 1.1 clause 3
        assert "Noto" not in names[number]
    assert "Copyright" in names[0] or names[0].startswith("(c)")
    assert "SIL Open Font License" in names[13]
    licence = BUNDLED / f"OFL-{path.stem.partition('-')[0]}.txt"
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence.read_text("utf-8")


def test_building_twice_gives_the_same_bytes() -> None:
    recipe = next(item for item in TOOL.RECIPES if item.family == "Triptych Symbols")
    data = (BUNDLED / recipe.file).read_bytes()

    def rebuilt() -> bytes:
        font = TOOL.subset(data, TOOL.CHARACTERS[recipe.characters]())
        TOOL.rename(font, recipe.family, recipe.style)
        return TOOL.to_bytes(font)  # type: ignore[no-any-return]

    once, twice = rebuilt(), rebuilt()
    assert hashlib.sha256(once).digest() == hashlib.sha256(twice).digest()


def _words(words: Furniture) -> str:
    values: list[Any] = [getattr(words, item.name) for item in fields(words)]
    return "".join(map(str, values))


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en", "ja"])
def test_the_tools_own_words_need_no_extra_face(language: Language) -> None:
    assert FontSet().missing(_words(furniture_for(language))) == ()
