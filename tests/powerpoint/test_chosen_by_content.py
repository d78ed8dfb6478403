"""Layouts that nobody asks for: a list of periods is a timeline, two lists are a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from any_deck import faults_of
from decks import deck_of

from exporters.powerpoint.periods import is_period, may_be_period
from exporters.powerpoint.plan import TableGrid, Text
from report_data import load

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.powerpoint.plan import Slide

PLAN = "- **Q4 2025** — 设计问卷\n- **Q1 2026** — 回收 412 份\n- **Q2 2026**：-5% 的噪声被剔除\n"
TWO = "## 座席\n\n- 可预期\n- 易采购\n\n## 用量\n\n- 随价值增长\n- 收入波动大\n"


def slides(source: str, folder: Path) -> tuple[Slide, ...]:
    path = folder / "report.md"
    path.write_text(source, encoding="utf-8")
    return deck_of(path)[1].slides


def texts(slide: Slide) -> list[str]:
    return [
        "".join(run.text for run in paragraph.runs)
        for shape in slide.shapes
        if isinstance(shape, Text)
        for paragraph in shape.paragraphs
    ]


@pytest.mark.parametrize(
    "label",
    [
        *("2025", "2025 年", "2025–2026", "2026H1", "2026Q3", "Q4 2025", "2026 年第三季度"),
        *(
            "2026-03",
            "2026 年底前",
            "2027 年一季度",
            "2026 年 3 月",
            "3月15日",
            "15 January 2026",
            "Jan 2026",
            "2028 年以后",
        ),
        *("短期（2025–2026）", "长期（>2028）", "第一阶段", "Phase 2 (pilot)", "Week 1–2"),
        *("長期（2029年度以降）", "2025年度上期", "2025〜2026年度", "第1四半期", "第一階段"),
        *("2025년", "2026년 상반기", "2030년 이후", "1단계", "단기"),
    ],
)
def test_dates_spans_and_numbered_stages_are_periods(label: str) -> None:
    assert is_period(label)
    assert may_be_period(label)


@pytest.mark.parametrize("label", ["12", "5%", "800G", "企业", "第 1 步", "3 个月", "v2026", ""])
def test_other_labels_are_not(label: str) -> None:
    assert not is_period(label)


def test_a_list_of_periods_is_a_timeline_with_the_words_before_it(tmp_path: Path) -> None:
    slide = slides(f"# 甲\n\n分三步走。\n\n{PLAN}", tmp_path)[-1]
    assert slide.layout == "timeline-3"
    shown = texts(slide)
    assert "分三步走。" in shown
    assert {"Q4 2025", "设计问卷", "回收 412 份", "-5% 的噪声被剔除"} <= set(shown)


def test_tasks_other_labels_and_pairs_stay_lists(tmp_path: Path) -> None:
    for body in (
        "- [x] 2024：设计\n- [ ] 2025：试点\n- [ ] 2026：放量\n",
        "- 2024：设计\n- 某公司：试点\n- 2026：放量\n",
        "- 2024：设计\n- 2025：试点\n",
        "- 2024\n- 2025\n- 2026\n",
    ):
        assert slides(f"# 甲\n\n{body}", tmp_path)[-1].layout == "content"


def test_a_line_that_names_a_table_stands_on_its_slide(tmp_path: Path) -> None:
    table = "| 区 | 数 |\n|---|---|\n| 东 | 4 |\n"
    made = slides(f"# 甲\n\n- 一\n- 二\n\n**表1：分区进展**\n\n{table}", tmp_path)
    assert made[-1].layout == "takeaway"
    assert "表1：分区进展" in texts(made[-1])


def test_two_lists_stand_side_by_side(tmp_path: Path) -> None:
    slide = slides(f"# 报告\n\n# 甲\n\n{TWO}\n# 乙\n\n- 一\n", tmp_path)[1]
    assert slide.layout == "comparison"
    assert [text for text in texts(slide) if "甲" not in text and "报告" not in text][:6] == [
        "座席",
        "可预期",
        "易采购",
        "用量",
        "随价值增长",
        "收入波动大",
    ]


def test_two_lists_that_do_not_fit_side_by_side_stand_one_under_another(tmp_path: Path) -> None:
    long = TWO.replace("可预期", "可预期，" + "因为席位数在预算时就已确定；" * 40)
    made = slides(f"# 甲\n\n{long}\n# 乙\n\n- 一\n", tmp_path)
    assert "comparison" not in {slide.layout for slide in made}


def test_the_lines_of_a_long_title_on_the_cover_are_about_equally_long(tmp_path: Path) -> None:
    title = cover_title("2026 年甲乙丙丁戊己庚辛壬癸子丑寅", tmp_path)
    size = title.paragraphs[0].type.size
    assert 8 * size < title.rect.width < 10.5 * size


def test_a_long_title_on_the_cover_breaks_between_words(tmp_path: Path) -> None:
    title = cover_title("2026 年第三季度零售经营分析报告", tmp_path)
    assert title.paragraphs[0].runs[0].text == "2026 年第三季度\n零售经营分析报告"


def cover_title(title: str, folder: Path) -> Text:
    cover = slides(f"# {title}\n\n## 甲\n\n正文。\n", folder)[0]
    (text,) = (one for one in cover.shapes if isinstance(one, Text) and one.placeholder == "title")
    return text


def test_a_small_subsection_that_asks_for_a_layout_gets_it(tmp_path: Path) -> None:
    source = (
        "# 报告\n\n# 甲\n\n## 乙 {layout=closing}\n\n谢谢。\n\n## 丙\n\n正文。\n\n# 丁\n\n- 一\n"
    )
    assert "closing" in {slide.layout for slide in slides(source, tmp_path)}


@pytest.mark.parametrize("layout", ["closing", "cover", "section"])
def test_a_heading_over_a_slide_that_has_no_label_is_in_its_notes(
    tmp_path: Path, layout: str
) -> None:
    path = tmp_path / "report.md"
    path.write_text(
        f"正文。\n\n# 甲篇 {{layout=appendix-table}}\n\n## 乙 {{layout={layout}}}\n\n谢谢。\n",
        encoding="utf-8",
    )
    assert faults_of(load(path), tmp_path / "deck.pptx") == []


FIVE = "".join(f"- **{year}**：第{year - 2024}步\n" for year in range(2025, 2030))


def test_five_short_periods_share_a_slide(tmp_path: Path) -> None:
    assert [one.layout for one in slides(f"# 甲\n\n{FIVE}", tmp_path)[1:]] == ["timeline-5"]


def test_five_long_periods_take_two_slides(tmp_path: Path) -> None:
    long = FIVE.replace("步", "步，" + "要做的事情很多很多，" * 8)
    layouts = [one.layout for one in slides(f"# 甲\n\n{long}", tmp_path)[1:]]
    assert layouts == ["timeline-3", "timeline-2"]


ROWS = "".join(f"| 第{row}行 | {row}00 | {row}.5 |\n" for row in range(1, 7))
GRID = f"| 项目 | 数量 | 单价 |\n|---|---|---|\n{ROWS}"


@pytest.mark.parametrize(
    "note",
    [
        "数据来源：中国海关总署",
        "**资料来源**：公司年报",
        "注：2025 年为预测值。",
        "※ 端数処理のため一致しない場合がある。",
        "Source: UK Finance; team analysis",
        "Table 1: Rates. *** p < 0.01, ** p < 0.05, * p < 0.1",
        "자료: SNE리서치",
    ],
)
def test_a_note_under_a_table_stands_on_its_slide_in_small_type(note: str, tmp_path: Path) -> None:
    table, rest = slides(f"# 甲\n\n{GRID}\n{note}\n\n- 一\n- 二\n", tmp_path)[1:]
    (text,) = [one for one in table.shapes if isinstance(one, Text) and one.placeholder == "outro"]
    assert text.paragraphs[0].type.size < 14
    assert texts(rest)[-3:][:2] == ["一", "二"]


@pytest.mark.parametrize("line", ["**考虑过的选项。**", "考虑过的选项："])
def test_a_line_that_announces_a_table_stands_over_it(line: str, tmp_path: Path) -> None:
    before = "一段文字，说得较长，要占满一行还多一些，这样才看得出来是怎么回事情。\n\n" * 3
    *_, last = slides(f"# 题\n\n## 甲\n\n{before}{line}\n\n{GRID}\n\n## 乙\n\n文\n", tmp_path)[1:-1]
    assert line.strip("*") in texts(last)
    assert any(isinstance(shape, TableGrid) for shape in last.shapes)


def test_a_header_that_says_nothing_takes_no_line(tmp_path: Path) -> None:
    grid = "| {} | |\n|---|---|\n| 时间 | 周四 |\n| 地点 | 三楼 |\n"
    heights = []
    for head in ("", "项"):
        _, slide = slides(f"# 题\n\n## 甲\n\n{grid.format(head)}", tmp_path)
        (table,) = [shape for shape in slide.shapes if isinstance(shape, TableGrid)]
        heights.append(table.heights[0])
    assert heights[0] <= 3 < heights[1]


@pytest.mark.parametrize("word", ["RAG", "LFP", "TTFT"])
def test_a_column_has_room_for_capitals_in_the_wider_face_of_the_host(
    word: str, tmp_path: Path
) -> None:
    long = "words of a commentary that needs more than a line of the slide " * 3
    rows = "".join(f"| {row} | 🟢 | {long} | {long} |\n" for row in range(4))
    (_, slide) = slides(f"# T\n\n| # | {word} | One | Two |\n|---|:-:|---|---|\n{rows}", tmp_path)
    (table,) = [shape for shape in slide.shapes if isinstance(shape, TableGrid)]
    size = table.rows[0][1].paragraphs[0].type.size
    widest = {"RAG": 2.223, "LFP": 1.889, "TTFT": 2.443}[word]  # em in Arial Bold
    room = table.widths[1] - table.insets.left - table.insets.right
    assert room >= widest * size


def test_a_short_list_before_a_table_stands_over_it(tmp_path: Path) -> None:
    body = f"1. 共有专利 47 项，具体如下：\n\n{GRID}\n"
    (slide, _) = slides(f"# 题\n\n## 甲\n\n{body}\n## 乙\n\n文\n", tmp_path)[1:]
    assert any(isinstance(shape, TableGrid) for shape in slide.shapes)


def test_a_short_quotation_beside_a_table_shares_its_slide(tmp_path: Path) -> None:
    for body in (f"> **要点**：增长放缓。\n\n{GRID}\n", f"{GRID}\n\n> 目标是 **210 亿元**。\n"):
        (slide, _) = slides(f"# 题\n\n## 甲\n\n{body}\n## 乙\n\n文\n", tmp_path)[1:]
        assert any(isinstance(shape, TableGrid) for shape in slide.shapes)


def test_a_line_that_names_the_next_table_is_no_note_of_the_one_above(tmp_path: Path) -> None:
    first, second = slides(f"# 甲\n\n{GRID}\n表2：另一张\n\n{GRID}", tmp_path)[1:]
    assert "表2：另一张" in texts(second)
    assert "表2：另一张" not in texts(first)


def test_a_note_of_a_table_on_several_slides_stands_under_the_last(tmp_path: Path) -> None:
    many = GRID + "".join(f"| 再一行 {row} | 1 | 2 |\n" for row in range(14))
    *_, last = slides(f"# 甲\n\n{many}\n来源：海关\n", tmp_path)
    assert "来源：海关" in texts(last)
    assert any(not isinstance(shape, Text) for shape in last.shapes)


def test_a_rule_before_the_last_words_is_no_new_slide(tmp_path: Path) -> None:
    for body in ("正文一句。", "- 一\n- 二", f"{GRID}"):
        (one,) = slides(f"# 甲\n\n{body}\n\n---\n\n*签发：陈某*\n", tmp_path)[1:]
        assert "签发：陈某" in texts(one)


def test_a_rule_between_other_words_is_a_new_slide(tmp_path: Path) -> None:
    long = "这一段话相当长，要占去幻灯片上好几行的地方。" * 8
    for words in ("后文。", "*斜体*与正文。", long, f"*{long}*"):
        assert len(slides(f"# 甲\n\n正文一句。\n\n---\n\n{words}\n", tmp_path)) == 3


def test_twelve_rows_share_a_slide_in_tight_lines(tmp_path: Path) -> None:
    rows = "".join(f"| 缩略语 {row} | 全称 |\n" for row in range(12))
    assert len(slides(f"# 甲\n\n| 缩写 | 全称 |\n|---|---|\n{rows}", tmp_path)) == 2


@pytest.mark.parametrize(
    "title", ["附录B 参考文献", "📚 参考资料", "Appendix C: Sources", "References and notes"]
)
def test_sources_are_found_behind_signs_and_numbers(title: str, tmp_path: Path) -> None:
    source = f"# 甲\n\n文\n\n# 乙\n\n文\n\n# {title}\n\n[1] 张三，2024。"
    assert slides(source, tmp_path)[-1].layout == "sources"


@pytest.mark.parametrize("title", ["附录A 说明", "License", "免责声明"])
def test_what_only_happens_to_stand_last_does_not_close_a_deck(title: str, tmp_path: Path) -> None:
    source = f"# 甲\n\n文\n\n# 乙\n\n文\n\n# {title}\n\n一句话。"
    assert slides(source, tmp_path)[-1].layout == "content"


def test_a_few_paragraphs_stand_large(tmp_path: Path) -> None:
    (slide,) = slides(
        "# 甲\n\n**对企业：** 一句。\n\n**对政府：** 一句。\n\n**对资本：** 一句。", tmp_path
    )[1:]
    (text,) = [one for one in slide.shapes if isinstance(one, Text) and one.placeholder == "body"]
    assert {paragraph.type.size for paragraph in text.paragraphs} == {24}


SWOT = "".join(
    f"### {name}\n\n- 第一点\n- 第二点，说得长一些\n\n" for name in ("优势", "劣势", "机会", "威胁")
)


@pytest.mark.parametrize("count", [3, 4])
def test_three_or_four_lists_under_headings_are_cards(count: int, tmp_path: Path) -> None:
    parts = SWOT.split("### ")[1 : count + 1]
    source = "# 题\n\n## 背景\n\n文\n\n## 分析\n\n" + "".join(f"### {part}" for part in parts)
    _, slide = slides(source, tmp_path)[1:]
    assert slide.layout == f"cards-{count}"
    assert texts(slide)[1:4] == ["优势", "第一点", "第二点，说得长一些"]


def test_lists_with_words_between_and_long_ones_are_no_cards(tmp_path: Path) -> None:
    for source in (f"## 分析\n\n一句话。\n\n{SWOT}", f"## 分析\n\n{SWOT}一句话。\n"):
        assert not any("cards" in one.layout for one in slides(f"# 题\n\n{source}", tmp_path))
    long = SWOT.replace("第一点", "这一点要用很多很多的话才能说清楚，" * 9)
    assert not any("cards" in one.layout for one in slides(f"# 题\n\n## 分析\n\n{long}", tmp_path))


@pytest.mark.parametrize("line", ["**为什么没有人发现？**", "原因如下："])
def test_a_line_that_announces_the_next_does_not_end_a_slide(line: str, tmp_path: Path) -> None:
    after = "  又一段，说得较长，要占满一行还多一些，这样才看得出来。\n\n" * 9
    for before in range(4, 18):
        text = "- 首项\n\n" + "  一段文字。\n\n" * before + f"  {line}\n\n{after}"
        ends = [texts(slide) for slide in slides(f"# 甲\n\n{text}", tmp_path)]
        assert not any(line.strip("*") in said[-2:] for said in ends), before


def test_a_rule_between_chapters_changes_nothing(tmp_path: Path) -> None:
    for body in (SWOT, TWO.replace("## ", "### "), "### 甲\n\n一句。\n\n### 乙\n\n- 一\n- 二\n\n"):
        source = f"# 题\n\n## 一\n\n文\n\n## 二\n\n{body}{{}}## 三\n\n文\n\n---\n\n## 四\n\n文\n"
        plain, ruled = (slides(source.format(rule), tmp_path) for rule in ("", "---\n\n"))
        assert [one.layout for one in ruled] == [one.layout for one in plain]


def test_stars_in_a_row_stand_on_one_line(tmp_path: Path) -> None:
    long = "这一格里的文字相当多，要占去好几行的地方，" * 4
    rows = "".join(f"| 甲{row} | {long} | {long} | ⭐⭐⭐⭐⭐ |\n" for row in range(4))
    (slide,) = slides(f"# 题\n\n| 名 | 一 | 二 | 评级 |\n|---|---|---|---|\n{rows}", tmp_path)[1:]
    (table,) = [shape for shape in slide.shapes if isinstance(shape, TableGrid)]
    size = table.rows[1][3].paragraphs[0].type.size
    assert table.widths[3] >= 5 * 1.37 * size + 16


def test_dates_of_a_timeline_stay_on_one_line(tmp_path: Path) -> None:
    dates = ("2026年12月", "2027年1月～3月", "2027年4月～7月", "2027年8月～9月", "2027年10月1日")
    items = "".join(f"- {date}：契约\n" for date in dates)
    heads = [
        shape
        for slide in slides(f"# 七\n\n{items}", tmp_path)
        for shape in slide.shapes
        if isinstance(shape, Text) and shape.placeholder.startswith("head-")
    ]
    assert len(heads) == len(dates)
    (size,) = {head.paragraphs[0].type.size for head in heads}
    assert 14 <= size < 18
