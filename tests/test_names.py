"""Names of files, sheets, tables and figures: legal, unique, the same in every run."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporters.furniture import furniture_for
from exporters.names import (
    SHEET_UNITS,
    STEM_BYTES,
    TABLE_UNITS,
    Taken,
    file_stem,
    has_own_number,
    letters,
    name_report,
    says_its_label,
    sheet_name,
    table_name,
    utf16_units,
    visible,
    without_number,
)
from report_data.ids import BlockId
from report_data.model import (
    Box,
    Cell,
    Column,
    Figure,
    Heading,
    Meta,
    Quote,
    Report,
    Run,
    Section,
    Table,
)

ZH = furniture_for("zh-Hans")
EN = furniture_for("en")

BIDI = "\u202e\u2066\u2069\u200f\u061c"
ZERO_WIDTH = "\u200b\u200c\ufeff\u2060\u00ad"


def table(block: str, caption: str = "") -> Table:
    header = Column(Cell((Run("a"),)))
    return Table(
        id=BlockId(block),
        columns=(header,),
        rows=(),
        caption=(Run(caption),) if caption else (),
    )


def section(block: str, title: str, *children: Table | Section | Figure | Box | Quote) -> Section:
    return Section(id=BlockId(block), level=1, title=(Run(title),), children=children)


# --- the report's names ----------------------------------------------------------


def test_a_table_is_named_by_its_caption_else_by_the_heading_it_stands_under() -> None:
    report = Report(
        meta=Meta(title="报告"),
        children=(
            table("front/table-1"),
            section("devices", "器件层", table("devices/table-1", "中美对比"), table("second")),
        ),
    )
    names = name_report(report, ZH).tables
    assert [(n.number, n.label, n.title, n.sheet) for n in names.values()] == [
        (1, "表 1", "报告", "表 1 报告"),
        (2, "表 2", "中美对比", "表 2 中美对比"),
        (3, "表 3", "器件层", "表 3 器件层"),
    ]
    assert [n.table for n in names.values()] == ["front_table_1", "devices_table_1", "second"]


def test_a_heading_inside_a_quote_names_the_table_after_it() -> None:
    quote = Quote(
        id=BlockId("q"),
        blocks=(
            Heading(id=BlockId("h"), level=3, content=(Run("引文\n标题"),)),
            table("q/table-1"),
        ),
    )
    report = Report(meta=Meta(), children=(section("a", "A", quote, table("a/table-1")),))
    assert [n.title for n in name_report(report, ZH).tables.values()] == ["引文 标题", "A"]


def test_a_label_that_the_author_wrote_is_not_doubled() -> None:
    report = Report(
        meta=Meta(),
        children=(table("a", "Table 1: Rates"), table("b", "Table 20: More"), table("c")),
    )
    names = name_report(report, EN).tables
    assert [n.sheet for n in names.values()] == [
        "Table 1 Rates",
        "Table 2 Table 20 More",  # "Table 2" is not what "Table 20" says
        "Table 3",
    ]


def test_pictures_and_charts_are_numbered_together() -> None:
    chart = Box(id=BlockId("c"), kind="chart", blocks=())
    figure = Figure(id=BlockId("f"), source="x.png", alt="x")
    report = Report(meta=Meta(), children=(section("a", "A", chart, figure),))
    assert name_report(report, ZH).figures == {"c": "图 1", "f": "图 2"}


def test_the_stem_is_the_source_s_else_the_title_s_else_a_word() -> None:
    def stem(name: str, title: str) -> str:
        return name_report(Report(meta=Meta(title=title), children=(), name=name), ZH).stem

    assert stem("季报 2025", "x") == "季报 2025"
    assert stem("..", "A/B") == "A-B"
    assert stem("", "") == "report"


# --- files -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "C--Windows-x"),
        ("nul", "nul_"),
        ("COM1.txt", "COM1.txt_"),
        ("conference", "conference"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("trailing. . ", "trailing"),
        ("a\x00b\x1bc\nd", "abc d"),
        (f"gpj{BIDI}.exe", "gpj.exe"),
        (f"a{ZERO_WIDTH}b", "ab"),
        ("", ""),
        ("???", ""),
    ],
)
def test_a_file_stem_is_harmless(text: str, stem: str) -> None:
    assert file_stem(text) == stem


@given(st.text(max_size=300))
def test_any_text_is_a_harmless_file_stem(text: str) -> None:
    stem = file_stem(text)
    assert stem == file_stem(text)
    assert not set(stem) & set('<>:"/\\|?*')
    assert len(stem.encode()) <= STEM_BYTES + 1  # a device's "_" may come on top
    assert not stem.startswith((".", "-", "~", " "))
    assert not stem.endswith((".", " "))
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Cn", "Zl", "Zp"} for c in stem)


# --- sheets ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a[b]:c*d?e/f\\g", "a(b) cde-f-g"),
        ("History", "History_"),
        ("'quoted'", "quoted"),
        ("", "-"),
        ("*?", "-"),
        ("x" * 40, "x" * 31),
        ("😀" * 20, "😀" * 15),  # two UTF-16 units each
        ("e\u0301" * 16, "e\u0301" * 15),  # never an accent without its letter
        (f"{BIDI}ab{ZERO_WIDTH}", "ab"),
        ("Table 5 All sales lines, 2024–2025", "Table 5 All sales lines"),
        ("Figure 1 APAC passed EMEA in July 2025", "Figure 1 APAC passed EMEA in"),
        ("Table 12 Sales (by region and by channel)", "Table 12 Sales (by region and"),
        (
            f"表 1 {'一二三四五六七八九' * 2}一二三四五六七八、余",
            f"表 1 {'一二三四五六七八九' * 2}一二三四五六七八",
        ),
        ("Table 1 Donaudampfschifffahrtsgesellschaft", "Table 1 Donaudampfschifffahrtsg"),
    ],
)
def test_a_sheet_name_is_what_excel_takes(text: str, name: str) -> None:
    assert sheet_name(text, Taken()) == name


def test_sheet_names_that_excel_holds_equal_are_parted() -> None:
    taken = Taken()
    long = "很长的表格名称" * 6
    names = [sheet_name(text, taken) for text in ("Sales", "SALES", "Ｓａｌｅｓ", long, long)]
    assert names[:3] == ["Sales", "SALES (2)", "Ｓａｌｅｓ (3)"]
    assert names[4] == f"{long[:27]} (2)"


@given(st.lists(st.text(max_size=60), max_size=20))
def test_any_texts_are_legal_and_unique_sheet_names(texts: list[str]) -> None:
    taken = Taken()
    names = [sheet_name(text, taken) for text in texts]
    for name in names:
        assert 0 < utf16_units(name) <= SHEET_UNITS
        assert not set(name) & set("[]:*?/\\")
        assert name.casefold() != "history"
        assert name == name.strip("'")
        assert visible(name) == name
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)


# --- tables ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ("devices/table-1", "devices_table_1"),
        ("器件层/table-1", "器件层_table_1"),
        ("A1", "_A1"),
        ("xfd1048576", "_xfd1048576"),
        ("R1C1", "_R1C1"),
        ("c", "_c"),
        ("Print_Area", "_Print_Area"),
        ("2025", "_2025"),
        ("ＡＢ１２", "_AB12"),
        ("/", "table"),
    ],
)
def test_a_table_name_is_what_excel_takes(block: str, name: str) -> None:
    assert table_name(block, Taken()) == name


@given(st.lists(st.text(max_size=90), max_size=20))
def test_any_ids_are_legal_and_unique_table_names(blocks: list[str]) -> None:
    taken = Taken()
    names = [table_name(block, taken) for block in blocks]
    for name in names:
        assert re.fullmatch(r"[^\W\d]\w*", name)
        assert utf16_units(name) <= TABLE_UNITS
        assert not re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d*c\d*|[rc]\d*", name)
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)


def test_a_joiner_stays_inside_an_emoji_only() -> None:
    family = "👨\u200d👩"
    assert visible(f"{family}a\u200db") == f"{family}ab"


def test_letters_as_columns_have_them() -> None:
    assert [letters(number) for number in (1, 26, 27, 16_384)] == ["A", "Z", "AA", "XFD"]


@pytest.mark.parametrize(
    ("caption", "says"),
    [
        ("表 1：数据", True),
        ("表2 数据", True),
        ("图表3：数据", True),
        ("（图 4）", True),
        ("Figure 5: Data", True),
        ("Table A1. Data", True),
        ("图说", False),
        ("表格的数据", False),
        ("2025 年的数据", False),
        ("Tables of 5", False),
    ],
)
def test_a_caption_with_a_number_of_its_own_needs_none_of_ours(
    caption: str,
    says: bool,  # noqa: FBT001  a case
) -> None:
    assert says_its_label(caption) is says


@pytest.mark.parametrize(
    ("heading", "words", "numbered"),
    [
        ("二、市场规模", "市场规模", True),
        ("📊 二、市场规模", "市场规模", True),
        ("2.1 总量：五年增长", "总量：五年增长", True),
        ("3. Financial case", "Financial case", True),
        ("第三章 方法", "方法", True),
        ("（一）背景", "背景", True),
        ("2 Data", "2 Data", True),
        ("🎯 摘要", "摘要", False),
        ("2025 年展望", "2025 年展望", False),
        ("3D 打印", "3D 打印", False),
        ("《数据法》要点", "《数据法》要点", False),
        ("一、", "一、", True),
    ],
)
def test_a_heading_names_a_table_without_its_number(
    heading: str,
    words: str,
    numbered: bool,  # noqa: FBT001  a case
) -> None:
    assert without_number(heading) == words
    assert has_own_number(heading) is numbered
