"""Tables in -> rows on pages: what repeats, what turns, what is parted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_pdf import MadePdf, element_of, is_content, items_of, lines_of

from exporters.layout.geometry import MM
from exporters.pdf.plan import Rule, Text
from exporters.verify import compare

if TYPE_CHECKING:
    from pathlib import Path


LEFT, RIGHT = 25 * MM, 595.276 - 25 * MM


def test_a_table_s_header_is_repeated_as_an_artifact() -> None:
    rows = "\n".join(f"| {n} | 文字 |" for n in range(90))
    made = MadePdf(f"# A\n\n| 编号 | 说明 |\n|---|---|\n{rows}\n")
    pages = [page for page in made.plan.pages if "编号" in lines_of(page)]
    assert len(pages) > 2
    tags = [
        element_of(item)
        for page in pages
        for _, _, item in items_of(page)
        if isinstance(item, Text) and item.fragments[0].text == "编号"
    ]
    assert tags[0] > 0
    assert set(tags[1:]) == {-1}
    for page in pages:
        assert any(isinstance(item, Rule) and item.width == 1.25 for _, _, item in items_of(page))


def test_figures_line_up_at_the_right() -> None:
    made = MadePdf("# A\n\n| 层 | 数 |\n|---|---|\n| a | 1.5 |\n| b | 22.5 |\n")
    ends = {
        round(item.x + item.fragments[-1].x + item.fragments[-1].width, 2)
        for _, _, item in items_of(made.plan.pages[-1])
        if isinstance(item, Text) and item.fragments[0].text in {"1.5", "22.5"}
    }
    assert len(ends) == 1


def test_a_wide_table_turns_its_page() -> None:
    heads = "|".join(f"Column number {n}" for n in range(12))
    cells = "|".join("Somewhat_longer" for _ in range(12))
    made = MadePdf(f"# A\n\nText\n\n|{heads}|\n|{'---|' * 12}\n|{cells}|\n\nText after\n")
    sizes = [(page.size.width > page.size.height) for page in made.plan.pages]
    assert sizes[-3:] == [False, True, False]


def test_sides_of_a_comparison_wear_their_colours() -> None:
    made = MadePdf(
        "---\ntitle: T\nseries: [美国, 中国]\n---\n"
        "# 美国 — 优势\n\n| 层 | 中国现状 |\n|-|-|\n| a | b |\n"
    )
    palette = made.context.theme.palette
    colors = {
        item.fragments[0].text: item.fragments[0].tag.color  # type: ignore[attr-defined]
        for _, _, item in items_of(made.plan.pages[-1])
        if isinstance(item, Text) and is_content(item)
    }
    assert colors["中国现状"] == palette.series[1]
    assert palette.series[0] in colors.values()


def test_a_table_wider_than_any_page_is_parted_with_its_first_column_again() -> None:
    heads = "|".join(f"Column{n}" for n in range(30))
    cells = "|".join(f"unbreakable{n}" for n in range(30))
    made = MadePdf(f"# A\n\n|{heads}|\n|{'---|' * 30}\n|{cells}|\n")
    texts = [
        (item.fragments[0].text, is_content(item))
        for page in made.plan.pages
        for _, _, item in items_of(page)
        if isinstance(item, Text)
    ]
    assert sum(text == "Column0" for text, _ in texts) > 1
    for name in [*(f"Column{n}" for n in range(30)), *(f"unbreakable{n}" for n in range(30))]:
        assert sum(text == name and content for text, content in texts) == 1


def test_a_very_long_table_is_cut_only_where_a_workbook_holds_it() -> None:
    rows = "\n".join(f"| r{n} | x |" for n in range(700))
    made = MadePdf(f"# A\n\n| 编号 | 说明 |\n|---|---|\n{rows}\n")
    texts = [line for page in made.plan.pages for line in lines_of(page)]
    assert "r99" in texts
    assert "r100" not in texts
    sheet = next(iter(made.context.names.tables.values())).sheet
    assert any("700" in line and sheet.split()[0] in line for line in texts)
    alone = MadePdf(f"# A\n\n| 编号 | 说明 |\n|---|---|\n{rows}\n", formats=frozenset({"pdf"}))
    assert any("r699" in lines_of(page) for page in alone.plan.pages)


def test_a_long_first_column_is_shortened_where_it_is_shown_again(tmp_path: Path) -> None:
    name = "很长的名称" * 250
    heads = "|".join([name, *(f"Column{n}" for n in range(30))])
    cells = "|".join([name[::-1], *("Unbreakable" + "值" * 90 for n in range(30))])
    made = MadePdf(f"# A\n\n|{heads}|\n|{'---|' * 31}\n|{cells}|\n")
    assert made.codes == ["W502"]
    again = [
        text
        for page in made.plan.pages
        for _, _, item in items_of(page)
        if isinstance(item, Text)
        and (text := item.fragments[-1].text).endswith("…")
        and not is_content(item)
    ]
    assert len(again) > 2
    reading = made.read(tmp_path / "s.pdf")
    proof = compare(made.report, reading, made.context.words, made.context.names)
    assert [item.message for item in proof.diagnostics] == []


def test_a_header_that_says_nothing_takes_no_line() -> None:
    table = "| {} | |\n|---|---|\n| 时间 | 周四 |\n| 地点 | 三楼 |\n"
    tops = []
    for head in ("", "项"):
        made = MadePdf(f"# A\n\n{table.format(head)}")
        (top,) = (
            y
            for _, y, item in items_of(made.plan.pages[-1])
            if isinstance(item, Text) and "".join(f.text for f in item.fragments) == "时间"
        )
        tops.append(top)
    assert tops[1] - tops[0] > 15


def test_a_header_of_any_length_is_printed_and_proved(tmp_path: Path) -> None:
    heads = "|".join("标题文字" * 30 + str(n) for n in range(20))
    rows = "\n".join("|" + "a|" * 20 for _ in range(60))
    made = MadePdf(f"# A\n\n|{heads}|\n|{'---|' * 20}\n{rows}\n")
    reading = made.read(tmp_path / "s.pdf")
    proof = compare(made.report, reading, made.context.words, made.context.names)
    assert [item.message for item in proof.diagnostics] == []


@pytest.mark.parametrize("before", range(18, 36, 2))
def test_a_table_is_cut_with_two_rows_at_least_on_either_side(before: int) -> None:
    words = "\n\n".join(f"段{n}" for n in range(before))
    rows = "\n".join(f"| r{n} | x |" for n in range(30))
    made = MadePdf(f"# A\n\n{words}\n\n| 编号 | 说明 |\n|---|---|\n{rows}\n\n: 表题\n")
    on_pages = [
        sum(line.startswith("r") and line[1:].isdigit() for line in lines_of(page))
        for page in made.plan.pages
    ]
    assert sum(on_pages) == 30
    assert 1 not in on_pages
    first = next(page for page in made.plan.pages if "r0" in lines_of(page))
    assert any("表题" in line for line in lines_of(first))


def test_a_note_under_a_table_stays_with_it_in_the_size_of_its_caption() -> None:
    for lines in range(20, 40):
        rows = "| 甲 | 1 |\n| 乙 | 2 |\n| 丙 | 3 |\n"
        text = "字。\n\n" * lines
        made = MadePdf(
            f"# 题\n\n{text}| 名 | 数 |\n|---|---|\n{rows}\n数据来源：海关总署\n\n完。\n"
        )
        pages = [lines_of(page) for page in made.plan.pages]
        (note,) = [number for number, page in enumerate(pages) if "数据来源：海关总署" in page]
        assert any("丙" in line for line in pages[note])
