"""The planner: the bundled report's deck as a person reads it, and the rules that hold for any."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from deck_outline import outline
from decks import ALL, bundled_deck, context_for, deck_of
from rendered_deck import overlaps

from exporters.powerpoint.plan import Drawing, Field, Jump, Slide, TableGrid, Text
from exporters.powerpoint.slides import plan_deck
from report_data import load, load_text
from report_data.audience import for_format

if TYPE_CHECKING:
    from exporters.context import Context
    from exporters.powerpoint.plan import Deck


GOLDEN = Path(__file__).parent / "golden" / "bundled_deck.txt"


def test_the_bundled_deck_is_as_it_was_looked_at() -> None:
    shown = "\n\n".join(outline(slide) for slide in bundled_deck().slides) + "\n"
    assert shown == GOLDEN.read_text(encoding="utf-8")


def test_the_bundled_deck_has_the_slides_it_should_in_order() -> None:
    assert [(slide.layout, slide.title) for slide in bundled_deck().slides] == [
        ("cover", "中美 CPO（光电共封装）产业链比较报告"),
        ("agenda", "目录"),
        ("content", "报告概览"),
        ("comparison", "一、应用层：数据中心与算力驱动"),
        ("content", "关键器件分类"),
        ("table", "中美对比表（器件层）"),
        ("callout", "分析小结"),
        ("table", "关键材料与差距"),
        ("content", "材料层要点"),
        ("content", "四、综合对比与结论"),
        ("timeline-3", "关键趋势"),
        ("cards-3", "可执行建议（对产业参与方）"),
        ("content", "要点速览"),
        ("table", "便捷表格（便于插入 PPT）"),
        ("callout", "备注"),
    ]


def test_the_sides_of_a_comparison_wear_their_colours_everywhere() -> None:
    deck = bundled_deck()
    heads = {
        shape.placeholder: run.color
        for shape in deck.slides[3].shapes
        if isinstance(shape, Text) and shape.placeholder.endswith("head")
        for run in shape.paragraphs[0].runs
    }
    assert heads == {"left-head": "series-1", "right-head": "series-2"}
    (table,) = (shape for shape in deck.slides[5].shapes if isinstance(shape, TableGrid))
    assert [cell.rule for cell in table.rows[0]] == ["", "series-1", "series-2"]


def test_the_agenda_leads_to_the_slide_of_each_section() -> None:
    deck = bundled_deck()
    links = [
        shape.link.slide
        for shape in deck.slides[1].shapes
        if isinstance(shape, Text) and isinstance(shape.link, Jump)
    ]
    assert links == [3, 4, 5, 8, 10, 11, 13]


@pytest.mark.parametrize(
    ("sections", "slides"), [(2, 0), (3, 1), (18, 1), (19, 2), (36, 2), (37, 0)]
)
def test_an_agenda_takes_two_slides_at_most(sections: int, slides: int, tmp_path: Path) -> None:
    text = "".join(f"# 第 {number} 部分\n\n正文。\n\n" for number in range(sections))
    deck, _ = planned(text, tmp_path)
    assert sum(slide.layout == "agenda" for slide in deck.slides) == slides


@pytest.mark.parametrize(("mark", "number"), [("{} ", "plain"), ("", "")])
def test_a_divider_counts_only_where_the_author_does_not(
    mark: str, number: str, tmp_path: Path
) -> None:
    page = "## 节 {}\n\n| 名 | 数 |\n|---|---|\n" + "| 甲 | 1 |\n" * 4 + "\n"
    text = "# 摘要\n\n正文。\n\n" + "".join(
        f"# {mark.format(f'{one}️⃣')}部分 {one}\n\n" + "".join(map(page.format, range(7)))
        for one in range(1, 5)
    )
    deck, _ = planned(text, tmp_path)
    dividers = [slide for slide in deck.slides if slide.layout.startswith("section")]
    assert len(dividers) == 4
    assert all(slide.layout.endswith(number) for slide in dividers)
    ordinals = [one for slide in dividers for one in slide.shapes if one.name.endswith("ordinal")]
    assert len(ordinals) == (0 if number else 4)


def check(slides: tuple[Slide, ...], width: float, height: float) -> None:
    """Assert what holds for every deck."""
    titles = [slide.title for slide in slides]
    assert all(title.strip() for title in titles), "a slide without a title"
    assert len(set(titles)) == len(titles), "two slides of one title"
    for number, slide in enumerate(slides, 1):
        assert overlaps(slide) == [], f"slide {number}"
        for shape in slide.shapes:
            rect = shape.rect
            assert rect.x >= 0, (number, shape.name)
            assert rect.y >= 0, (number, shape.name)
            assert rect.right <= width + 0.01, (number, shape.name)
            assert rect.bottom <= height + 0.01, (number, shape.name)
        kept = {"title", "label", "foot"}
        shown = [
            shape
            for shape in slide.shapes
            if not isinstance(shape, Drawing | Field)
            and not (isinstance(shape, Text) and shape.placeholder in kept)
        ]
        assert shown or slide.layout in {"section", "section-plain", "cover"}, (
            f"slide {number} is empty"
        )


@pytest.mark.parametrize(
    "name",
    ["11-zh-vanke-analysis", "17-zh-audit-arbitrum", "27-ja-owasp2021-ja", "37-en-mortgage-model"],
)
@pytest.mark.parametrize("formats", [frozenset({"pptx", "xlsx"}), frozenset({"pptx"})])
def test_real_reports_keep_the_rules(corpus: Path, name: str, formats: frozenset[str]) -> None:
    _, deck = deck_of(corpus / "docs" / f"{name}.md", formats)
    check(deck.slides, 960, 540)


def test_body_text_and_tables_keep_their_floors(corpus: Path) -> None:
    _, deck = deck_of(corpus / "docs" / "31-en-rustc-midyear-2022.md")
    for slide in deck.slides:
        for shape in slide.shapes:
            if isinstance(shape, Text) and shape.placeholder in {"body", "left", "right"}:
                least = 10 if slide.layout == "code" else 14 * 0.86  # code stands smaller
                assert min(item.type.size for item in shape.paragraphs) >= least
            if isinstance(shape, TableGrid):
                sizes = [p.type.size for row in shape.rows for cell in row for p in cell.paragraphs]
                assert min(sizes) >= 11


def planned(
    text: str, tmp_path: Path, *, notes: bool = True, formats: frozenset[str] = ALL
) -> tuple[Deck, Context]:
    path = tmp_path / "report.md"
    path.write_text(f"---\ntitle: 测试\nlang: zh-Hans\n---\n{text}", encoding="utf-8")
    report = for_format(load(path), "pptx")
    context = context_for(report, formats)
    return plan_deck(report, context, with_notes=notes), context


LONG = "第一句话说了要点。" + "随后的话补充许多细节，说明背景、数据与来源。" * 30


def test_prose_that_does_not_fit_is_told_by_its_lead_and_whole_in_the_notes(tmp_path: Path) -> None:
    deck, _ = planned(f"# 甲\n\n{LONG}\n\n{LONG}\n", tmp_path)
    slide = deck.slides[1]
    (body,) = (s for s in slide.shapes if isinstance(s, Text) and s.placeholder == "body")
    for paragraph in body.paragraphs:
        assert LONG.startswith(paragraph.text)
        assert len(paragraph.text) < len(LONG)
        assert paragraph.text.endswith("。")
    assert [item.text for item in slide.notes] == [LONG, LONG]


def test_without_notes_prose_goes_on_instead_of_being_cut(tmp_path: Path) -> None:
    deck, _ = planned(f"# 甲\n\n{LONG}\n\n{LONG}\n", tmp_path, notes=False)
    shown = "".join(
        item.text
        for slide in deck.slides
        for shape in slide.shapes
        if isinstance(shape, Text) and shape.placeholder == "body"
        for item in shape.paragraphs
    )
    assert shown == LONG * 2
    assert not any(slide.notes for slide in deck.slides)


ROWS = "".join(f"| 第 {number} 行 | 说明文字 | {number * 7} |\n" for number in range(1, 41))
TABLE = f"# 甲\n\n| 名称 | 说明 | 数 |\n|---|---|---|\n{ROWS}"


def test_a_long_table_goes_on_in_balanced_parts_with_its_header(tmp_path: Path) -> None:
    deck, _ = planned(TABLE, tmp_path, formats=frozenset({"pptx"}))
    grids = [s for slide in deck.slides for s in slide.shapes if isinstance(s, TableGrid)]
    assert len(grids) > 1
    assert [grid.name for grid in grids] == [
        f"甲/table-1 ({number}/{len(grids)})" for number in range(1, len(grids) + 1)
    ]
    assert {grid.rows[0][0].text for grid in grids} == {"名称"}
    counts = [len(grid.rows) - 1 for grid in grids]
    assert sum(counts) == 40
    assert max(counts) - min(counts) <= 1
    assert deck.slides[2].title == f"甲（续 2/{len(grids)}）"


def test_a_longer_table_is_an_excerpt_that_names_the_sheet(tmp_path: Path) -> None:
    text = TABLE + ROWS * 3
    deck, context = planned(text, tmp_path, formats=frozenset({"pptx", "xlsx"}))
    assert deck.count == 2
    notice = next(s for s in deck.slides[1].shapes if s.name == "triptych:excerpt")
    assert isinstance(notice, Text)
    shown = len(next(s for s in deck.slides[1].shapes if isinstance(s, TableGrid)).rows) - 1
    sheet = next(iter(context.names.tables.values())).sheet
    assert notice.paragraphs[0].text == f"前 {shown} 行，共 160 行，全表见工作簿《{sheet}》"
    assert [item.code for item in context.diagnostics] == ["W402"]
    assert deck.omissions[0].notice == notice.paragraphs[0].text


def test_without_a_workbook_there_is_a_cap(tmp_path: Path) -> None:
    _, context = planned(TABLE + ROWS * 60, tmp_path, formats=frozenset({"pptx"}))
    assert [item.code for item in context.diagnostics.errors] == ["E401"]


def test_columns_that_do_not_fit_follow_with_the_first_repeated(tmp_path: Path) -> None:
    header = "|".join(f"第{number}列的名称" for number in range(1, 21))
    text = f"# 甲\n\n|{header}|\n|{'---|' * 20}\n|{'值|' * 20}\n"
    deck, _ = planned(text, tmp_path)
    grids = [s for slide in deck.slides for s in slide.shapes if isinstance(s, TableGrid)]
    assert [grid.name for grid in grids] == [
        "甲/table-1 (1/2) columns 1-11",
        "甲/table-1 (2/2) columns 12-20",
    ]
    assert grids[1].rows[0][0].text == "第1列的名称"


def test_a_title_too_long_is_cut_and_whole_in_the_notes(tmp_path: Path) -> None:
    title = "这是一个非常长的标题" * 20
    deck, _ = planned(f"# {title}\n\n正文。\n\n# 乙\n\n正文。", tmp_path)
    assert len(deck.slides[1].title) < len(title)
    assert deck.slides[1].notes[0].text == title


def test_an_author_may_name_a_slide_and_choose_its_layout(tmp_path: Path) -> None:
    text = '# 甲 {layout=cards slide-title="一句话"}\n\n- 一：甲\n- 二：乙\n- 三：丙\n'
    deck, _ = planned(text, tmp_path)
    assert (deck.slides[1].layout, deck.slides[1].title) == ("cards-3", "一句话")


def test_an_unknown_layout_is_said_with_those_that_there_are(tmp_path: Path) -> None:
    _, context = planned("# 甲 {layout=spiral}\n\n正文。\n", tmp_path)
    (said,) = context.diagnostics
    assert (said.code, said.span and said.span.line) == ("W403", 5)
    assert "comparison" in said.hint


def test_small_sections_come_together_under_their_parent(tmp_path: Path) -> None:
    text = "# 乙\n\n正文。\n\n# 甲\n\n## 一\n\n短。\n\n## 二\n\n短。\n\n## 三\n\n短。\n"
    deck, _ = planned(text, tmp_path)
    assert [slide.title for slide in deck.slides] == ["测试", "乙", "甲"]


def test_equal_headings_give_different_titles(tmp_path: Path) -> None:
    section = "# {}\n\n## 小结\n\n- 一\n\n|a|b|\n|-|-|\n|1|2|\n\n"
    deck, _ = planned(section.format("甲") + section.format("乙"), tmp_path)
    titles = [slide.title for slide in deck.slides]
    assert len(set(titles)) == len(titles)


def test_deep_lists_do_not_recurse_without_end(tmp_path: Path) -> None:
    text = "# 甲\n\n" + "\n".join(f"{'  ' * depth}- 第 {depth} 层" for depth in range(60))
    deck, _ = planned(text, tmp_path)
    assert deck.count >= 2


def test_labels_and_abbreviations_are_no_sentences() -> None:
    from exporters.powerpoint.passages import sentences

    assert sentences("C1. The expected number of blocks. It is so.") == (34, 44)
    assert sentences("一句。两句！完") == (3, 6, 7)
    assert sentences("See e.g. this one, vs. that. Then more.") == (28, 39)


def test_a_section_that_shows_nothing_keeps_its_heading(tmp_path: Path) -> None:
    deck, _ = planned("# 甲\n\n- 一\n\n# 乙\n\n::: cards\n:::\n\n# 丙\n\n- 一\n", tmp_path)
    assert "乙" in [slide.title for slide in deck.slides]


def test_a_line_of_signs_is_left_to_the_notes(tmp_path: Path) -> None:
    text = "# 甲\n\n- 一\n\n—\n\n# 乙\n\n—\n\n# 丙\n\n## 一\n\n短。\n\n—\n\n## 二\n\n短。\n"
    deck, _ = planned(text, tmp_path)
    shown = [p.text for _, one in deck.texts() for p in one.paragraphs]
    assert "—" not in shown
    assert [[note.text for note in slide.notes] for slide in deck.slides[2:]] == [["—"]] * 3


@pytest.mark.parametrize("name", ["17-zh-audit-arbitrum", "31-en-rustc-midyear-2022"])
def test_two_processes_plan_as_one(corpus: Path, name: str) -> None:
    report = for_format(load(corpus / "docs" / f"{name}.md"), "pptx")
    alone, together, threaded = (context_for(report) for _ in range(3))
    one = plan_deck(report, alone, shared=False)
    assert plan_deck(report, together, shared=True) == one
    done = threading.Event()
    other = threading.Thread(target=done.wait)  # with a thread nothing may fork
    other.start()
    try:
        assert plan_deck(report, threaded, shared=True) == one
    finally:
        done.set()
        other.join()
    assert alone.diagnostics.items == together.diagnostics.items == threaded.diagnostics.items


def test_the_cover_s_title_does_not_end_in_a_line_of_one_character() -> None:
    parts = set()
    for length in range(12, 30):
        report = load_text(f"---\ntitle: {'字' * length}\n---\n# 甲\n\n乙\n")
        deck = plan_deck(report, context_for(report))
        title = next(
            one
            for one in deck.slides[0].shapes
            if isinstance(one, Text) and one.placeholder == "title"
        )
        size = title.paragraphs[0].type.size
        a_line = int(title.rect.width / size)
        assert length % a_line != 1, (length, a_line)
        parts.add(round(title.rect.width))
    assert len(parts) > 1


def test_a_title_that_breaks_where_it_pauses_has_all_the_room() -> None:
    deck = bundled_deck()
    title = next(
        one for one in deck.slides[0].shapes if isinstance(one, Text) and one.placeholder == "title"
    )
    assert title.paragraphs[0].runs[0].text == "中美 CPO（光电共封装）\n产业链比较报告"
    assert title.rect == deck.look.layout("cover").get("title").rect


def test_a_table_has_the_words_before_it_and_its_source_on_its_slide(tmp_path: Path) -> None:
    text = "# 甲\n\n据某机构：\n\n| 名 | 数 |\n|---|---|\n| 乙 | 1 |\n\n来源：某机构\n"
    deck, _ = planned(text, tmp_path)
    (slide,) = [
        slide for slide in deck.slides if any(isinstance(one, TableGrid) for one in slide.shapes)
    ]
    said = [
        "".join(run.text for line in one.paragraphs for run in line.runs)
        for one in slide.shapes
        if isinstance(one, Text)
    ]
    assert {"据某机构：", "来源：某机构"} <= set(said)
