"""Comparing a report with readings made by hand: every change is named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from readings import faultless

from exporters.furniture import furniture_for
from exporters.names import name_report
from exporters.reading import Found, Layer, Reading
from exporters.verify import compare
from report_data.diagnostics import Span
from report_data.ids import BlockId
from report_data.model import (
    Box,
    Cell,
    Column,
    Labelled,
    List,
    ListItem,
    Meta,
    Note,
    NoteRef,
    Paragraph,
    Report,
    Run,
    Section,
    Table,
)

if TYPE_CHECKING:
    from exporters.verify import Proof

FORMATS = ("pptx", "pdf", "xlsx")


def _cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell((Run(text),)) for text in texts)


def _paragraph(name: str, text: str, line: int) -> Paragraph:
    return Paragraph(id=BlockId(name), content=(Run(text),), span=Span("report.md", line))


REPORT = Report(
    meta=Meta(title="比较报告", authors=(Labelled("张三", "作者"),), date=Labelled("2025-10-20")),
    children=(
        Section(
            id=BlockId("devices"),
            level=1,
            title=(Run("器件层：光电芯片"),),
            children=(
                _paragraph("devices/paragraph-1", "器件层的核心拉锯点在于驱动的国产化。", 5),
                List(
                    id=BlockId("devices/list-1"),
                    ordered=False,
                    items=tuple(
                        ListItem(
                            id=BlockId(f"devices/list-1/{n}"),
                            blocks=(_paragraph(f"devices/list-1/{n}/p", text, 6 + n),),
                        )
                        for n, text in enumerate(
                            ("Broadcom and Marvell lead in SerDes", "封装平台", "测试/老化"), 1
                        )
                    ),
                ),
                Table(
                    id=BlockId("devices/table-1"),
                    columns=tuple(Column(cell) for cell in _cells("模块", "美国优势")),
                    rows=(
                        _cells("硅光", "成熟工艺平台"),
                        _cells("封装", "热管理与精密对准"),
                        _cells("测试", "端到端自动化"),
                    ),
                ),
                Paragraph(
                    id=BlockId("devices/paragraph-2"),
                    content=(Run("美国积累明显"), NoteRef(BlockId("note-1"), 1), Run("。")),
                    span=Span("report.md", 20),
                ),
            ),
        ),
    ),
    notes=(
        Note(
            id=BlockId("note-1"),
            number=1,
            blocks=(_paragraph("note-1/paragraph-1", "见附录的说明。", 30),),
        ),
    ),
)


def proof(reading: Reading) -> Proof:
    words = furniture_for(REPORT.meta.lang)
    return compare(REPORT, reading, words, name_report(REPORT, words))


def changed(reading: Reading, text: str, new: str | None) -> Reading:
    """Return a reading with one text changed, or taken out when ``new`` is ``None``."""
    found = list(reading.found)
    (index,) = [index for index, one in enumerate(found) if one.text == text]
    if new is None:
        del found[index]
    else:
        found[index] = replace(found[index], text=new)
    return replace(reading, found=tuple(found))


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_faultless_file_proves_every_block(format_name: str) -> None:
    result = proof(faultless(REPORT, format_name))
    assert result.diagnostics == ()
    assert result.holds
    # 3 on the cover, a heading, 2 paragraphs, 3 list items, a footnote, 4 rows of 2 cells
    assert (result.proved, result.blocks) == (18, 18)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize(
    ("text", "new", "named"),
    [
        ("器件层：光电芯片", "器件层：光电芯片", None),
        ("器件层的核心拉锯点在于驱动的国产化。", "器件层的核心拉锯点在于封装的国产化。", "封装"),
        ("Broadcom and Marvell lead in SerDes", "Broadcom and Intel lead in SerDes", "Marvell"),
        ("封装平台", None, "封装平台"),
        ("比较报告", "比较报表", "报"),
        ("作者 张三", None, "张三"),
        ("见附录的说明。", None, "见附录的说明。"),
    ],
)
def test_a_changed_or_missing_text_is_named(
    format_name: str, text: str, new: str | None, named: str | None
) -> None:
    result = proof(changed(faultless(REPORT, format_name), text, new))
    if named is None:
        assert result.holds
        return
    assert result.proved == result.blocks - 1
    (said,) = result.diagnostics
    assert named in said.message
    assert said.code == ("E801" if new is None else "E802")
    assert "place " in said.message or new is None


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_changed_cell_is_named_by_table_row_and_column(format_name: str) -> None:
    reading = changed(faultless(REPORT, format_name), "热管理与精密对准", "热管理与一般对准")
    (said,) = proof(reading).diagnostics
    assert said.code == "E802"
    assert "table devices/table-1, row 2, column 2" in said.message
    assert "row 2, column 1" in said.message  # the place in the file, counted from 0
    assert "精密" in said.message
    assert "一般" in said.message


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_missing_row_is_named_once(format_name: str) -> None:
    reading = faultless(REPORT, format_name)
    rows = [one for one in reading.found if one.row != 2]
    moved = [replace(one, row=2) if one.row == 3 else one for one in rows]
    result = proof(replace(reading, found=tuple(moved)))
    (said,) = result.diagnostics
    assert said.code == "E801"
    assert "row 2 of table devices/table-1" in said.message
    assert result.proved == result.blocks - 2


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_missing_table_is_named_once(format_name: str) -> None:
    reading = faultless(REPORT, format_name)
    result = proof(replace(reading, found=tuple(one for one in reading.found if one.row is None)))
    (said,) = result.diagnostics
    assert "table devices/table-1 (3 rows)" in said.message
    assert result.proved == result.blocks - 8


@pytest.mark.parametrize("format_name", FORMATS)
def test_text_that_is_not_the_reports_is_named(format_name: str) -> None:
    reading = faultless(REPORT, format_name)
    advert = Found("Made with love", "page 2", 2)
    result = proof(replace(reading, found=(*reading.found[:5], advert, *reading.found[5:])))
    (said,) = result.diagnostics
    assert said.code == "E803"
    assert said.message == "page 2: the report does not say “Made with love”"
    assert result.proved == result.blocks


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Made with love", "E807"),
        ("第 3 页 / 共 9 页", None),
        ("第 3 页 / 总 9 页", "E807"),
        ("目录", None),
        ("器件层：光电芯片（续 2/3）", None),
        ("器件层：光电铜片（续 2/3）", "E807"),
        ("表 1", None),
        ("12", None),
        ("1X", "E807"),
        ("iv.", None),
        ("•", None),
        ("比较报告", None),
    ],
)
def test_furniture_is_the_tools_words_or_the_reports(text: str, code: str | None) -> None:
    reading = faultless(REPORT, "pdf")
    added = Found(text, "page 2", 2, Layer.FURNITURE)
    diagnostics = proof(replace(reading, found=(*reading.found, added))).diagnostics
    assert [said.code for said in diagnostics] == ([code] if code else [])


def test_a_missing_page_is_noticed_even_if_it_says_nothing_of_the_report() -> None:
    reading = faultless(REPORT, "pptx")
    groups = len({one.group for one in reading.found})
    promised = (("identifier", f"triptych-0/{groups}"),)
    assert proof(replace(reading, properties=promised)).holds
    promised = (("identifier", f"triptych-0/{groups + 1}"),)
    (said,) = proof(replace(reading, properties=promised)).diagnostics
    assert said.code == "E808"


@pytest.mark.parametrize("format_name", ["pdf", "xlsx"])
def test_two_texts_that_changed_places_are_named(format_name: str) -> None:
    found = list(faultless(REPORT, format_name).found)
    first = next(index for index, one in enumerate(found) if one.text == "封装平台")
    found[first], found[first + 1] = found[first + 1], found[first]
    diagnostics = proof(Reading(format_name, tuple(found))).diagnostics
    assert {said.code for said in diagnostics} == {"E804"}


def test_the_number_of_a_footnote_may_be_shown() -> None:
    for shown in ("美国积累明显1。", "美国积累明显[1]。", "美国积累明显¹。"):
        reading = changed(faultless(REPORT, "xlsx"), "美国积累明显。", shown)
        assert proof(reading).holds
    wrong = changed(faultless(REPORT, "xlsx"), "美国积累明显。", "美国积累明显2。")
    (said,) = proof(wrong).diagnostics
    assert said.code == "E802"


def test_white_space_and_line_ends_do_not_count() -> None:
    found = []
    for one in faultless(REPORT, "pdf").found:
        half = len(one.text) // 2
        found += [replace(one, text=f" {one.text[:half]} \n"), replace(one, text=one.text[half:])]
    assert proof(Reading("pdf", tuple(found))).holds


def test_a_slide_may_show_a_part_if_the_notes_hold_the_whole() -> None:
    whole = "器件层的核心拉锯点在于驱动的国产化。"
    reading = changed(faultless(REPORT, "pptx"), whole, "器件层的核心拉锯点")
    (said,) = proof(reading).diagnostics
    assert said.code == "E802"
    assert "在于驱动的国产化" in said.message
    notes = Found(whole, "slide 5, notes", 5, Layer.NOTES)
    assert proof(replace(reading, found=(*reading.found, notes))).holds
    other = replace(notes, text="器件层的核心在于驱动的国产化。")
    codes = {
        said.code for said in proof(replace(reading, found=(*reading.found, other))).diagnostics
    }
    assert codes == {"E802", "E803"}


def test_a_table_for_the_speaker_stands_in_the_notes() -> None:
    (section,) = REPORT.sections
    table = next(node for node in section.children if isinstance(node, Table))
    notes = Box(id=BlockId("devices/notes-1"), kind="notes", blocks=(table,))
    report = replace(REPORT, children=(*REPORT.children, notes))
    words = furniture_for("zh-Hans")
    names = name_report(report, words)
    reading = faultless(REPORT, "pptx")
    spoken = [Found(one.text, "slide 9, notes", 9, Layer.NOTES) for one in reading.found if one.row]
    others = tuple(one for one in reading.found if one.block != table.id)
    report = replace(
        report,
        children=(
            replace(
                section, children=tuple(child for child in section.children if child is not table)
            ),
            notes,
        ),
    )
    assert [
        said.code
        for said in compare(report, replace(reading, found=others), words, names).diagnostics
    ] == ["E801"] * 8
    head = [Found(column.header.text, "slide 9, notes", 9, Layer.NOTES) for column in table.columns]
    told = replace(reading, found=(*others, *head, *spoken))
    assert compare(report, told, words, names).holds


def test_a_label_and_its_text_may_be_shown_apart() -> None:
    found: list[Found] = []
    for one in faultless(REPORT, "pptx").found:
        if one.text == "器件层：光电芯片":
            found += [replace(one, text="器件层"), replace(one, text="光电芯片")]
        else:
            found.append(one)
    assert proof(Reading("pptx", tuple(found))).holds


def test_an_excerpt_needs_its_notice() -> None:
    reading = faultless(REPORT, "pdf")
    part = tuple(one for one in reading.found if one.row is None or one.row < 3)
    (said,) = proof(replace(reading, found=part)).diagnostics
    assert "row 3 of table devices/table-1" in said.message
    words = furniture_for("zh-Hans")
    notice = Found(words.excerpt.format(shown=2, total=3, name="x"), "page 1", 1, Layer.FURNITURE)
    assert proof(replace(reading, found=(*part, notice))).holds
    wrong = replace(notice, text=words.excerpt.format(shown=1, total=3, name="x"))
    assert not proof(replace(reading, found=(*part, wrong))).holds


@pytest.mark.parametrize(
    "title", ["As a cargo subcommand (cargo)", "A table of a table", "注：表 1"]
)
def test_a_repeated_title_may_hold_the_tools_own_words(title: str) -> None:
    section = Section(id=BlockId("a"), level=1, title=(Run(title),), children=())
    report = Report(meta=Meta(lang="en"), children=(section,))
    words = furniture_for("en")
    names = name_report(report, words)
    head = Found(title, "slide 1, a", 1, Layer.BODY, BlockId("a"))
    parts = (title[:3], title[3:], words.continued.format(part=2, parts=2))
    again = tuple(Found(part, "slide 2, triptych:title", 2, Layer.FURNITURE) for part in parts)
    reading = Reading("pptx", (head, *again))
    assert not compare(report, reading, words, names).diagnostics
    changed = replace(again[1], text=again[1].text[:-1])
    proof = compare(report, Reading("pptx", (head, again[0], changed, again[2])), words, names)
    assert {item.code for item in proof.diagnostics} == {"E807"}


@pytest.mark.parametrize("name", ["Table 2 “近 CPO”数据。", "Table 2 a name\nover lines\rof it"])
def test_a_notice_may_name_a_sheet_that_ends_with_quotes_or_goes_on_over_lines(name: str) -> None:
    report = Report(meta=Meta(lang="en"), children=())
    words = furniture_for("en")
    text = words.excerpt.format(shown=1, total=3, name=name)
    found = (Found(text, "slide 1, notice", 1, Layer.FURNITURE),)
    proof = compare(report, Reading("pptx", found), words, name_report(report, words))
    assert proof.diagnostics == ()


def _plain(*texts: str) -> Report:
    blocks = tuple(_paragraph(f"p-{n}", text, n) for n, text in enumerate(texts, 1))
    return Report(meta=Meta(lang="en"), children=blocks)


def test_a_cut_header_is_repeated_as_it_is_cut() -> None:
    table = Table(
        id=BlockId("t"),
        columns=tuple(Column(cell) for cell in _cells("one two three", "四")),
        rows=(_cells("a", "b"), _cells("c", "d")),
    )
    report = Report(meta=Meta(lang="en"), children=(table,))
    words = furniture_for("en")

    def codes(again: str, told: str = "one two three") -> set[str]:
        first = [
            Found("one two", "slide 2, t", 2, Layer.BODY, "t", 0, 0),
            Found("四", "slide 2, t", 2, Layer.BODY, "t", 0, 1),
            *(Found(c, "slide 2, t", 2, Layer.BODY, "t", 1, n) for n, c in enumerate("ab")),
        ]
        second = [
            Found(again, "slide 3, t", 3, Layer.FURNITURE, "t", 0, 0),
            *(Found(c, "slide 3, t", 3, Layer.BODY, "t", 2, n) for n, c in enumerate("cd")),
            Found(told, "slide 2, notes", 2, Layer.NOTES),
        ]
        reading = Reading("pptx", (*first, *second))
        proof = compare(report, reading, words, name_report(report, words))
        return {said.code for said in proof.diagnostics}

    assert codes("one two") == set()
    assert codes("one") == codes("two three") == codes("one more") == {"E807"}
    assert codes("one two", told="one two thre") == {"E802"}


def test_equal_words_in_several_blocks_of_a_deck() -> None:
    report = _plain("甲乙丙丁", "甲", "戊", "甲")
    words = furniture_for("en")

    def codes(*shown: tuple[int, str]) -> set[str]:
        found = [Found(text, f"slide {n}, x", n) for n, text in shown]
        told = Found("甲乙丙丁", "slide 2, notes", 2, Layer.NOTES)
        reading = Reading("pptx", (*found, told))
        proof = compare(report, reading, words, name_report(report, words))
        return {said.code for said in proof.diagnostics}

    assert codes((2, "甲"), (3, "甲"), (3, "戊"), (3, "甲")) == set()
    assert codes((2, "甲"), (3, "甲"), (4, "甲"), (5, "戊")) == {"E804"}
    assert codes((2, "甲"), (3, "甲"), (3, "甲")) == {"E801"}
    assert codes((2, "甲"), (3, "甲"), (3, "戊己"), (3, "甲")) == {"E801", "E803"}
    assert codes((2, "甲"), (3, "甲"), (3, "戊"), (3, "甲"), (3, "甲")) == {"E803"}
