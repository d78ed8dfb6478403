"""Reports in -> where their pages end: what stays together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from made_pdf import MadePdf, element_of, is_content, items_of, lines_of

from exporters.layout.geometry import MM
from exporters.pdf.plan import Drawing, Text
from report_data import load
from report_data.load import load_text

LEFT, RIGHT = 25 * MM, 595.276 - 25 * MM


@pytest.fixture(scope="module")
def bundled() -> MadePdf:
    return MadePdf(load(None))


def test_no_heading_stands_last_on_a_page(bundled: MadePdf) -> None:
    tags = [element.tag for element in bundled.plan.structure]
    for page in bundled.plan.pages[2:]:
        texts = [item for _, _, item in items_of(page) if isinstance(item, Text)]
        kinds = [tags[element_of(item)] for item in texts]
        body = [kind for kind, text in zip(kinds, texts, strict=True) if is_content(text)]
        assert not body[-1].startswith("H")


def test_a_section_starts_a_page_only_where_the_author_says_so() -> None:
    made = MadePdf("# A\n\na\n\n# B {.newpage}\n\nb\n\n# C\n\nc\n")
    pages = [lines_of(page) for page in made.plan.pages[-2:]]
    assert "A" in pages[0]
    assert "B" not in pages[0][:-3]
    assert {"B", "C"} <= set(pages[1])


def test_a_last_page_of_a_few_lines_is_taken_in() -> None:
    """A page holds 38 lines of 18 points; one more fits each rather than two on a page alone."""
    counts = {}
    for lines in (37, 38, 39, 76, 77, 78):
        body = "\\\n".join("行" for _ in range(lines))
        made = MadePdf(f"{body}\n")
        counts[lines] = made.plan.count
    assert counts[38] == 1
    assert counts[39] == 1
    assert counts[76] == counts[78] == 2


def test_small_blocks_are_not_parted() -> None:
    code = "```\n" + "\n".join(f"code{n}" for n in range(8)) + "\n```"
    for before in range(16, 30):
        words = "\n\n".join(f"段{n}" for n in range(before))
        made = MadePdf(f"# A\n\n{words}\n\n{code}\n\n::: callout\n要点。\n\n结论。\n:::\n")
        pages = [
            {line for line in lines_of(page) if line.startswith("code")} for page in made.plan.pages
        ]
        assert [len(found) for found in pages if found] == [8]


def test_a_single_line_stays_with_the_block_it_names() -> None:
    code = "```\n" + "\n".join(f"code{n}" for n in range(6)) + "\n```"
    for before in range(16, 30):
        words = "\n\n".join(f"段{n}" for n in range(before))
        made = MadePdf(f"# A\n\n{words}\n\n方案甲（推荐）\n\n{code}\n")
        page = next(page for page in made.plan.pages if "code0" in lines_of(page))
        assert "方案甲（推荐）" in lines_of(page)


def test_a_bar_chart_of_very_many_rows_fits_on_a_page() -> None:
    rows = "\n".join(f"| name{n} | {n + 1} |" for n in range(58))
    box = "::: {.chart type=bar table=#t}\n:::"
    made = MadePdf(f"# A\n\n| 名 | 数 |\n|---|---|\n{rows}\n\n: 表 {{#t}}\n\n{box}\n")
    (drawing,) = (
        item
        for page in made.plan.pages
        for _, _, item in items_of(page)
        if isinstance(item, Drawing)
    )
    page = made.context.theme.page
    assert drawing.height < 841.89 - page.margins.top - page.margins.bottom
    bases = sorted(
        item.y
        for item in drawing.items
        if isinstance(item, Text) and item.fragments[0].text.startswith("name")
    )
    assert len(bases) > 20
    assert all(below - above >= page.caption.size for above, below in pairwise(bases))


@pytest.mark.parametrize("above", range(36, 47))
def test_no_short_item_stands_alone_at_a_page_end(above: int) -> None:
    text = "正文。\n\n" * above + "- 甲\n- 乙\n- 丙\n- 丁\n"
    made = MadePdf(f"---\ntitle: 报告\n---\n\n{text}")
    pages = ["".join(made.lines(number)) for number in range(1, len(made.plan.pages))]
    assert any("甲" in page and "乙" in page for page in pages)
    assert any("丙" in page and "丁" in page for page in pages)


def test_a_question_in_bold_never_ends_a_page() -> None:
    question = "Why was the code structured in a way that made testing different values hard?"
    for lines in range(20, 40):
        text = "行\n\n" * lines + f"- 甲\n\n  **{question}**\n\n  - " + "答。" * 60 + "\n"
        made = MadePdf(load_text(f"---\ntitle: 甲\n---\n# 乙\n\n{text}"))
        for number in range(1, len(made.plan.pages)):
            *body, _, _, _ = made.lines(number)  # heads and the page's number
            assert not body[-1].endswith("hard?"), lines


def test_a_counted_line_stays_with_what_it_names() -> None:
    for lines in range(24, 40):
        text = "字。\n\n" * lines
        made = MadePdf(f"# 题\n\n{text}（一）主要财务数据\n\n1、收入增长。\n")
        pages = [lines_of(page) for page in made.plan.pages]
        (at,) = [number for number, page in enumerate(pages) if "（一）主要财务数据" in page]
        assert any("收入增长" in line for line in pages[at])
