"""Reports in -> covers, contents, running heads and foot lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from made_pdf import MadePdf, items_of, lines_of

from exporters.layout.geometry import MM
from exporters.pdf import Options
from exporters.pdf.page_heads import brief
from exporters.pdf.plan import Area, Place, Text
from report_data import load
from report_data.model import plain

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.pdf.plan import Page

LEFT, RIGHT = 25 * MM, 595.276 - 25 * MM


@pytest.fixture(scope="module")
def bundled() -> MadePdf:
    return MadePdf(load(None))


def test_the_cover_says_what_the_report_is(bundled: MadePdf) -> None:
    lines = "".join(bundled.lines(0))
    for text in ("技术报告", "中美 CPO（光电共封装）产业链比较报告", "作者：ChatGPT", "生成日期："):
        assert text.replace(" ", "") in lines.replace(" ", "")
    assert not any("页" in line for line in bundled.lines(0)), "the cover has no foot line"


def test_the_contents_name_the_page_on_which_each_section_begins(bundled: MadePdf) -> None:
    began = {
        item.name: number
        for number, page in enumerate(bundled.plan.pages, 1)
        for _, _, item in items_of(page)
        if isinstance(item, Place)
    }
    lines = bundled.lines(1)
    for section in bundled.report.sections:
        title = plain(section.title).replace(" ", "")
        entry = next(i for i, line in enumerate(lines) if line.replace(" ", "") == title)
        assert lines[entry + 1].strip() == str(began[section.id])


def test_a_space_parts_an_entry_of_the_contents_from_its_page_number(tmp_path: Path) -> None:
    """What reads the file aloud, or back, must not hear "v1.4.03"."""
    sections = "".join(f"## v1.{n}.0\n\n- Fix {n}\n\n" for n in range(26))
    made = MadePdf(f"## Version History\n\n{sections}")
    entries = [one.text for one in made.read(tmp_path / "made.pdf").found if "Link" in one.place]
    assert len(entries) == 27
    assert all(re.fullmatch(r".* \d", entry) for entry in entries)


def test_every_contents_entry_is_a_link_to_its_section(bundled: MadePdf) -> None:
    areas = [item for _, _, item in items_of(bundled.plan.pages[1]) if isinstance(item, Area)]
    assert {"#overview", "#appendix"} <= {area.target for area in areas}
    assert all(area.description for area in areas)


def test_heads_and_feet(bundled: MadePdf) -> None:
    pages = bundled.plan.pages
    assert lines_of(pages[2])[-3:-1] == ["中美 CPO 产业链比较报告", "报告概览"]
    assert [lines_of(page)[-1] for page in pages[1:]] == [
        f"第 {number} 页 / 共 {len(pages)} 页" for number in range(2, len(pages) + 1)
    ]


def test_a_short_report_has_no_contents() -> None:
    made = MadePdf("# 一\n\n文\n")
    assert [lines_of(page)[0] for page in made.plan.pages][-1] == "一" or made.plan.count <= 2


def test_a_running_head_is_short() -> None:
    assert brief("短标题", "章节") == ("短标题", "章节")
    assert brief("One Two Three", "Four of a kind in this place") == (
        "One Two Three",
        "Four of a kind…",
    )
    long = "a title that goes on and on for ever"
    assert brief(long, "x") == ("a title that goes…", "")
    assert brief(long, "x", whole=True) == (long, "")
    compound = "Third-party components in pikepdf distributions"  # six words to who reads aloud
    assert brief(compound, "Data files here") == (compound, "")
    assert brief(f"How {compound}", "x y") == (f"How {compound}", "")
    assert brief("a b c d e f third-party lasers", "x") == ("a b c d e f…", "")


STATED = "Strictly confidential and for the members of the board of directors only"


@pytest.mark.parametrize("times", [1, 2, 20])
def test_a_statement_of_confidentiality_is_whole_on_the_cover_and_at_each_foot(times: int) -> None:
    said = " ".join([STATED] * times)
    made = MadePdf(f"---\ntitle: A\nconfidentiality: {said}\n---\n\n# One\n\nText.\n")
    cover, page = (" ".join(" ".join(made.lines(n)).split()) for n in (0, -1))
    assert said in cover
    assert said in page if times < 4 else f"{STATED} Strictly" in page
    assert any(line.endswith("…") for line in made.lines(-1)) == (times > 4)
    assert made.lines(-1)[-1] == "Page 2 of 2"


def test_a_report_of_nothing_but_a_statement_has_a_cover() -> None:
    made = MadePdf("---\nconfidentiality: 内部\n---\n\n文。\n")
    assert (made.lines(0), made.lines(-1)[-2:]) == (["内部"], ["内部", "第 2 页 / 共 2 页"])


@pytest.mark.parametrize(
    ("section", "head"),
    [
        ("Risks", "PROJECT ATLAS — Post-Merger Integration: Steering Committee Update"),
        (
            "Methodology of all Synergies There Are",
            "PROJECT ATLAS — Post-Merger Integration: Steering Committee…",
        ),
    ],
)
def test_a_running_head_takes_what_room_there_is_and_ends_with_a_word(
    section: str, head: str
) -> None:
    title = "PROJECT ATLAS — Post-Merger Integration: Steering Committee Update"
    made = MadePdf(f"# {title}\n\n## {section}\n\nText.\n")
    (shown,) = [line for line in made.lines(-1) if line.startswith("PROJECT")]
    assert shown == head


def test_appendices_have_letters_unless_they_call_themselves_so() -> None:
    made = MadePdf("# 一\n\na\n\n# 附录：甲 {.appendix}\n\nb\n\n# 数据来源 {.appendix}\n\nc\n")
    lines = [line for page in made.plan.pages for line in lines_of(page)]
    assert "附录：甲" in lines
    assert any(line.replace("\u3000", "") == "B数据来源" for line in lines)


def test_captions_are_listed_after_the_contents() -> None:
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n\n: 说明 {number}\n\n"
    body = "".join(f"# 第 {n} 节\n\n{table.format(number=n)}" for n in range(3))
    made = MadePdf(f"---\ntitle: T\n---\n{body}")
    lines = made.lines(1)
    assert made.context.words.list_of_tables in lines
    assert sum(line.startswith("表") for line in lines) >= 3


def test_two_sided_pages_move_from_the_binding_and_change_sides() -> None:
    one = MadePdf(load(None)).plan.pages
    two = MadePdf(load(None), options=Options(sides="two")).plan.pages
    shift = MadePdf(load(None)).context.theme.page.binding
    assert two[2].bands[0].x - one[2].bands[0].x == shift  # page 3, a right-hand one
    assert two[3].bands[0].x - one[3].bands[0].x == -shift
    assert lines_of(two[3])[-3] == lines_of(one[3])[-3]

    def left_of(page: Page, text: str) -> float:
        return next(
            item.x
            for _, _, item in items_of(page)
            if isinstance(item, Text) and item.fragments[0].text.startswith(text)
        )

    assert left_of(two[2], "第 ") > 300
    assert left_of(two[3], "第 ") < 300
