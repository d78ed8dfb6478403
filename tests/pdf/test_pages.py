"""Reports in -> plans of pages: what stands where, and what belongs to what."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from made_pdf import MadePdf, element_of, items_of, lines_of
from PIL import Image

from exporters.layout.geometry import MM
from exporters.pdf import Options
from exporters.pdf.page_box import parted
from exporters.pdf.page_code import cells_of
from exporters.pdf.page_heads import brief
from exporters.pdf.page_text import language_of
from exporters.pdf.plan import Area, Dot, Drawing, Fill, Picture, Place, Rule, Text
from exporters.theme import PageTokens, Theme
from exporters.verify import compare
from report_data import load
from report_data.load import load_text
from report_data.model import Mark, Run, plain

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


def test_no_heading_stands_last_on_a_page(bundled: MadePdf) -> None:
    tags = [element.tag for element in bundled.plan.structure]
    for page in bundled.plan.pages[2:]:
        texts = [item for _, _, item in items_of(page) if isinstance(item, Text)]
        kinds = [tags[element_of(item)] for item in texts]
        body = [kind for kind, text in zip(kinds, texts, strict=True) if is_content(text)]
        assert not body[-1].startswith("H")


def is_content(item: Text) -> bool:
    return element_of(item) >= 0


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_nothing_leaves_the_column(paper: str) -> None:
    made = MadePdf(load(None), options=Options(paper=paper))  # type: ignore[arg-type]
    for page in made.plan.pages[1:]:
        right = page.size.width - LEFT
        for x, y, item in items_of(page):
            if isinstance(item, Text):
                last = item.fragments[-1]
                assert x + item.x + item.fragments[0].x >= LEFT - 1
                # a mark at a line's end is half-width: its glyph's blank half may hang out
                hang = last.size / 2 if last.text[-1] in "，。；：、）”！？" else 0
                assert x + item.x + last.x + last.width - last.spacing <= right + 1 + hang
                assert 0 < y + item.y < page.size.height


def test_a_short_report_has_no_contents() -> None:
    made = MadePdf("# 一\n\n文\n")
    assert [lines_of(page)[0] for page in made.plan.pages][-1] == "一" or made.plan.count <= 2


def structure_under(made: MadePdf, tag: str) -> list[str]:
    """Return the tags under the first element of a tag."""
    tree = made.tree()
    start = next(i for i, line in enumerate(tree) if line.strip() == tag)
    depth = len(tree[start]) - len(tag)
    inside = []
    for line in tree[start + 1 :]:
        if len(line) - len(line.lstrip()) <= depth:
            break
        inside.append(line[depth:])
    return inside


def test_a_list_is_labels_and_bodies() -> None:
    made = MadePdf("# A\n\n3. one\n4. two\n    - inner\n")
    assert structure_under(made, "L") == [
        "  LI",
        "    Lbl",
        "    LBody",
        "      P",
        "  LI",
        "    Lbl",
        "    LBody",
        "      P",
        "      L",
        "        LI",
        "          Lbl",
        "          LBody",
        "            P",
    ]
    assert [line for line in made.lines(-1) if line[0] in "34•–"] == ["3.", "4.", "–"]


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


def test_code_stands_on_a_grid_of_cells() -> None:
    made = MadePdf("# A\n\n```\nab中c\n    |\n```\n")
    page = made.plan.pages[-1]
    size = made.context.theme.page.code.size
    texts = [item for _, _, item in items_of(page) if isinstance(item, Text)]
    row = next(item for item in texts if item.fragments[0].text.startswith("ab"))
    last = row.fragments[-1]
    assert last.text == "c"
    assert last.x == pytest.approx(4 * 0.6 * size)  # a, b, and two cells of 中
    assert cells_of("中") == 2
    assert cells_of("\u0301") == 0


def test_a_reference_is_never_parted() -> None:
    cells = "z|" * 5 + "见 @u " * 40
    source = f"x\n\n|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n|{cells}|\n\n: 表 {{#u}}\n"
    made = MadePdf(load_text(source))
    lines = [line for page in made.plan.pages for line in lines_of(page) if "见" in line]
    assert sum(line.count("表\u00a01") for line in lines) == 40
    assert len(lines) > 2


def test_long_lines_of_code_are_broken_and_lose_nothing() -> None:
    line = "word " * 60
    made = MadePdf(f"# A\n\n```\n{line}\n```\n")
    shown = "".join(text for text in made.lines(-1) if "word" in text)
    assert shown.replace(" ", "") == line.replace(" ", "")


def test_a_footnote_stands_at_the_foot_with_links_both_ways() -> None:
    made = MadePdf("# A\n\n正文[^1]。\n\n[^1]: 注释文字。\n")
    page = made.plan.pages[-1]
    targets = {item.target for _, _, item in items_of(page) if isinstance(item, Area)}
    places = {item.name for _, _, item in items_of(page) if isinstance(item, Place)}
    assert {target[1:] for target in targets} <= places
    note = made.report.notes[0].id
    assert targets == {f"#{note}", f"#{note}/back"}
    heights = {
        item.fragments[0].text: y + item.y
        for _, y, item in items_of(page)
        if isinstance(item, Text)
    }
    assert heights["注释文字。"] == pytest.approx(page.size.height - 25 * MM, abs=10)


def test_a_picture_is_scaled_to_the_column_and_has_its_text(tmp_path: Path) -> None:
    Image.new("RGB", (3000, 1000)).save(tmp_path / "wide.png")
    made = MadePdf('# A\n\n![a view](wide.png "The view {#v}")\n', folder=tmp_path)
    (picture,) = [i for _, _, i in items_of(made.plan.pages[-1]) if isinstance(i, Picture)]
    assert picture.width == pytest.approx(RIGHT - LEFT)
    assert picture.height == pytest.approx(picture.width / 3)
    assert made.plan.structure[picture.element].alt == "a view"
    assert any(line.startswith("图 1") or "Figure 1" in line for line in made.lines(-1))


def test_a_missing_picture_leaves_a_notice() -> None:
    made = MadePdf("# A\n\n![what it shows](nowhere.png)\n")
    assert any("what it shows" in line for line in made.lines(-1))


def test_a_timeline_has_a_dot_a_period_and_cards_a_ground_each() -> None:
    made = MadePdf(
        "# A\n\n::: timeline\n- 短期：甲\n- 长期：乙\n:::\n\n"
        "::: cards\n- **一：** 甲\n- **二：** 乙\n:::\n"
    )
    items = [item for _, _, item in items_of(made.plan.pages[-1])]
    assert sum(isinstance(item, Dot) for item in items) == 2
    surface = made.context.theme.palette.surface
    assert sum(isinstance(item, Fill) and item.color == surface for item in items) == 2


@pytest.mark.parametrize(
    ("text", "dots"),
    [
        ("这里*要紧*。", 2),
        ("*要紧*", 2),
        ("*「要紧」，且急。*并非全部", 4),  # no punctuation
        ("*免责声明：本报告未经审计，仅供参考。*", 0),
        ("*A note in English.*", 0),
    ],
)
def test_chinese_that_is_stressed_wears_dots_and_a_note_in_italics_none(
    text: str, dots: int
) -> None:
    items = [item for _, _, item in items_of(MadePdf(f"# A\n\n{text}\n").plan.pages[-1])]
    assert sum(isinstance(item, Dot) for item in items) == dots


def test_labels_are_parted_from_their_text() -> None:
    bold = Run("对企业：", Mark.BOLD)
    assert parted((bold, Run(" 建立"))) == ((bold,), (Run(" 建立"),))
    assert parted((Run("短期：甲：乙"),)) == ((Run("短期："),), (Run("甲：乙"),))
    assert parted((Run("无标签"),)) == ((), (Run("无标签"),))
    label, text = parted((Run("标准", Mark.BOLD), Run("：美国")))
    assert plain(label) == "标准："
    assert plain(text) == "美国"


def test_a_running_head_is_short() -> None:
    assert brief("短标题", "章节") == ("短标题", "章节")
    assert brief("One Two Three", "Four of a kind in this place") == (
        "One Two Three",
        "Four of a kind…",
    )
    long = "a title that goes on and on for ever"
    assert brief(long, "x") == ("a title that goes on and on…", "")


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


def test_levels_of_headings_are_never_skipped() -> None:
    made = MadePdf("# A\n\n### Deep\n\ntext\n\n## Two\n\n> #### In a quote\n")
    tags = [e.tag for e in made.plan.structure if e.tag[0] == "H" and e.tag[1:].isdigit()]
    levels = [int(tag[1]) for tag in tags]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_section_starts_a_page_only_where_the_author_says_so() -> None:
    made = MadePdf("# A\n\na\n\n# B {.newpage}\n\nb\n\n# C\n\nc\n")
    pages = [lines_of(page) for page in made.plan.pages[-2:]]
    assert "A" in pages[0]
    assert "B" not in pages[0][:-3]
    assert {"B", "C"} <= set(pages[1])


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


def test_lists_and_quotations_are_flattened_past_some_depth() -> None:
    deep = "\n".join("  " * level + f"- level{level}" for level in range(12))
    quotes = "\n>\n".join("> " * level + f"quote{level}" for level in range(1, 9))
    made = MadePdf(f"# A\n\n{deep}\n\n{quotes}\n")
    depths: list[int] = []
    for element in made.plan.structure:
        depths.append(0 if element.parent < 0 else depths[element.parent] + 1)
    assert max(depths) < 30  # pdfium follows 32
    lines = [line for page in made.plan.pages for line in lines_of(page)]
    assert {f"level{n}" for n in range(12)} | {f"quote{n}" for n in range(1, 9)} <= set(lines)


def test_notes_that_mention_notes_stand_once_each() -> None:
    made = MadePdf("# A\n\nx[^1] y[^1]\n\n[^1]: first[^2]\n[^2]: second[^1]\n")
    lines = [line for page in made.plan.pages for line in lines_of(page)]
    assert sum("first" in line for line in lines) == 1
    assert sum("second" in line for line in lines) == 1


@pytest.mark.parametrize(
    "kind", ["column", "stacked", "bar", "stacked-bar", "line", "area", "scatter"]
)
def test_a_chart_is_one_described_figure(kind: str) -> None:
    axis = ' x="甲" y="乙"' if kind == "scatter" else ""
    made = MadePdf(
        "# A\n\n| 年 | 甲 | 乙 |\n|---|---|---|\n| 一 | 1.5 | 2 |\n| 二 | 3 | -1 |\n\n: 数 {#t}\n\n"
        f"::: {{.chart type={kind} table=#t{axis}}}\n:::\n"
    )
    (drawing,) = [
        item
        for page in made.plan.pages
        for _, _, item in items_of(page)
        if isinstance(item, Drawing)
    ]
    described = made.plan.structure[drawing.element]
    assert described.tag == "Figure"
    assert "乙" in described.alt
    for item in drawing.items:
        if isinstance(item, Fill):
            assert item.x >= -1
            assert item.x + item.width <= drawing.width + 1
            assert item.y >= -1
            assert item.y + item.height <= drawing.height + 1


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


@pytest.mark.parametrize(
    ("text", "document", "expected"),
    [
        ("A whole sentence in English here.", "zh-Hans", "en"),
        ("NVIDIA Broadcom", "zh-Hans", ""),
        ("中文 with English words in it", "zh-Hans", ""),
        ("日本語のかな", "zh-Hans", "ja"),
        ("漢字", "ja", ""),
        ("中文段落", "en", "zh"),
        ("한국어", "en", "ko"),
        ("plain", "en", ""),
    ],
)
def test_the_language_of_a_paragraph(text: str, document: str, expected: str) -> None:
    assert language_of(text, document) == expected


def test_links_to_blocks_without_lines_of_their_own_lead_to_what_is_around_them() -> None:
    made = MadePdf(
        "# A\n\nsee [the column](#right) and [the table](#t)\n\n"
        ":::: columns\n::: {.column #left}\nx\n:::\n::: {.column #right}\ny\n:::\n::::\n\n"
        "| a | b[^n] |\n|---|---|\n| 1 | 2 |\n\n: caption[^m] {#t}\n\n[^n]: one\n[^m]: two\n"
    )
    targets = set()
    places = set()
    for page in made.plan.pages:
        for _, _, item in items_of(page):
            if isinstance(item, Area):
                targets.add(item.target[1:])
            elif isinstance(item, Place):
                places.add(item.name)
    assert {"right", "t"} <= targets <= places


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


def test_small_blocks_are_not_parted() -> None:
    code = "```\n" + "\n".join(f"code{n}" for n in range(8)) + "\n```"
    for before in range(16, 30):
        words = "\n\n".join(f"段{n}" for n in range(before))
        made = MadePdf(f"# A\n\n{words}\n\n{code}\n\n::: callout\n要点。\n\n结论。\n:::\n")
        pages = [
            {line for line in lines_of(page) if line.startswith("code")} for page in made.plan.pages
        ]
        assert [len(found) for found in pages if found] == [8]


def test_a_strict_theme_starts_no_line_with_a_dash() -> None:
    text = "# A\n\n" + "\n\n".join("中" * count + "——" + "文" * 60 for count in range(38, 48))
    report = load_text(text)
    lines = {}
    for strict in (False, True):
        made = MadePdf(report, theme=Theme(page=PageTokens(strict=strict)))
        lines[strict] = [line for page in made.plan.pages for line in lines_of(page)]
    assert any(line.startswith("—") for line in lines[False])
    assert not any(line.startswith("—") for line in lines[True])


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


def test_a_counted_line_stays_with_what_it_names() -> None:
    for lines in range(24, 40):
        text = "字。\n\n" * lines
        made = MadePdf(f"# 题\n\n{text}（一）主要财务数据\n\n1、收入增长。\n")
        pages = [lines_of(page) for page in made.plan.pages]
        (at,) = [number for number, page in enumerate(pages) if "（一）主要财务数据" in page]
        assert any("收入增长" in line for line in pages[at])
