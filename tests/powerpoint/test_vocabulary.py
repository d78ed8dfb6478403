"""Every layout of the vocabulary: chosen where the content calls for it, and had where asked for.

The golden file is what was looked at, rendered.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from deck_outline import outline
from decks import context_for, deck_of
from PIL import Image

from exporters.powerpoint.plan import ChartFrame, Picture, Text
from exporters.powerpoint.slides import plan_deck
from exporters.powerpoint.vocabulary import VOCABULARY
from report_data import load
from report_data.audience import for_format

GOLDEN = Path(__file__).parent / "golden" / "vocabulary.txt"
SLIDES = Path(__file__).parents[2] / "exporters" / "powerpoint"

TABLE = "| 层级 | 美国 | 中国 |\n|---|---|---|\n| 应用 | 强 | 强 |\n| 材料 | 强 | 弱 |\n"
LONG = "| 名称 | 说明 | 数 |\n|---|---|---|\n" + "".join(
    f"| 第 {number} 行 | 说明文字 | {number * 7} |\n" for number in range(1, 31)
)
NUMBERS = "| 年 | 量 |\n|---|---|\n| 2023 | 20 |\n| 2024 | 31 |\n\n: 出货 {#ship}\n"
CHART = f"{NUMBERS}\n::: {{.chart type=column table=#ship}}\n两年增长一半。\n:::\n"
NEXT = "\n# 乙\n\n- 一\n"
SIDES = "## 美国\n\n- 标准\n\n## 中国\n\n- 规模\n"
CODE = "```\na = 1\n```\n"

CHOSEN = {
    "cover": "# 甲\n\n正文。\n",
    "agenda": "# 甲\n\n正文。\n\n# 乙\n\n正文。\n\n# 丙\n\n- 一\n- 二\n",
    "section": "# 甲\n\n"
    + "".join(f"## 第 {number} 节\n\n{'长的正文。' * 60}\n\n" for number in range(26))
    + NEXT,
    "content": "# 甲\n\n- 一\n- 二\n",
    "comparison": f"# 甲\n\n{SIDES}{NEXT}",
    "table": f"# 甲\n\n{TABLE}",
    "takeaway": f"# 甲\n\n材料层的差距最大。\n\n{TABLE}",
    "chart": f"# 甲\n\n{CHART}",
    "number": "# 甲\n\n**37.5%** 的能耗来自光互连。\n",
    "picture": "# 甲\n\n![宽图](wide.png)\n",
    "picture-text": "# 甲\n\n器件由三部分组成。\n\n![竖图](tall.png)\n",
    "timeline": "# 甲\n\n::: timeline\n- 2025：试点\n- 2026：放量\n:::\n",
    "cards": "# 甲\n\n::: cards\n- 企业：协同\n- 政府：支持\n:::\n",
    "quote": "# 甲\n\n> 最好的互连是看不见的互连。\n",
    "callout": "# 甲\n\n::: callout\n所有数字均未经审计。\n:::\n",
    "code": "# 甲\n\n```\n" + "a = 1\n" * 8 + "```\n",
    "appendix-table": f"# 附录 {{.appendix}}\n\n{LONG}",
    "sources": "# 参考文献\n\n1. 张三，《综述》。\n2. 李四，《工艺》。\n",
    "closing": "# 甲\n\n- 一\n\n# 乙\n\n- 一\n\n# 结语\n\n感谢各位的时间。\n",
}

ASKED = {
    "cover": "# 甲 {layout=cover}\n\n第二部分。\n",
    "agenda": "# 甲 {layout=agenda}\n\n- 背景\n- 选项\n- 建议\n",
    "section": "# 甲 {layout=section}\n\n正文。\n",
    "content": f"# 甲 {{layout=content}}\n\n{SIDES}{NEXT}",
    "comparison": "# 甲 {layout=comparison}\n\n## 优势\n\n- 一\n\n## 短板\n\n- 二\n" + NEXT,
    "table": f"# 甲 {{layout=table}}\n\n材料层的差距最大。\n\n{TABLE}",
    "takeaway": f"# 甲\n\n{TABLE}\n: 层级 {{layout=takeaway}}\n\n差距最大的是材料。\n\n{TABLE}",
    "chart": f"# 甲 {{layout=chart}}\n\n{CHART}",
    "number": "# 甲 {layout=number}\n\n800 G 是主力速率。\n",
    "picture": "# 甲 {layout=picture}\n\n器件由三部分组成。\n\n![竖图](tall.png)\n",
    "picture-text": "# 甲 {layout=picture-text}\n\n![宽图](wide.png)\n\n三部分组成。\n",
    "timeline": "# 甲 {layout=timeline}\n\n- 2025：试点\n- 2026：放量\n",
    "cards": "# 甲 {layout=cards}\n\n- 企业：协同\n- 政府：支持\n",
    "quote": "# 甲 {layout=quote}\n\n最好的互连是看不见的互连。\n",
    "callout": "# 甲 {layout=callout}\n\n所有数字均未经审计。\n",
    "code": f"# 甲 {{layout=code}}\n\n{CODE}",
    "appendix-table": f"# 甲 {{layout=appendix-table}}\n\n{LONG}",
    "sources": "# 甲 {layout=sources}\n\n1. 张三，《综述》。\n",
    "closing": "# 甲 {layout=closing}\n\n感谢各位的时间。\n",
}

ALL_NAMES = pytest.mark.parametrize("name", VOCABULARY)


def deck_for(text: str, folder: Path) -> tuple[str, tuple[str, ...], list[str]]:
    """Return a report's slides as a person reads them, their layouts, and what was said."""
    for file, size in (("wide.png", (1600, 700)), ("tall.png", (700, 900))):
        Image.new("RGB", size, (31, 95, 168)).save(folder / file)
    path = folder / "report.md"
    head = "---\ntitle: 测试\nseries: [美国, 中国]\n---\n"
    path.write_text(head + text, encoding="utf-8")
    report = for_format(load(path), "pptx")
    context = context_for(report)
    deck = plan_deck(report, context)
    shown = "\n".join(outline(slide) for slide in deck.slides[:4])
    layouts = tuple(slide.layout for slide in deck.slides)
    return shown, layouts, [item.code for item in context.diagnostics]


def of(layouts: tuple[str, ...], name: str) -> list[str]:
    """Return the layouts of a name, those for a count of items too."""
    return [one for one in layouts if one == name or one.rstrip("123456") == f"{name}-"]


@ALL_NAMES
def test_it_is_chosen_where_the_content_calls_for_it(name: str, tmp_path: Path) -> None:
    _, layouts, said = deck_for(CHOSEN[name], tmp_path)
    assert of(layouts, name)
    assert "W403" not in said
    assert "W408" not in said


@ALL_NAMES
def test_it_is_had_where_it_is_asked_for(name: str, tmp_path: Path) -> None:
    _, layouts, said = deck_for(ASKED[name], tmp_path)
    assert of(layouts[1:], name)
    assert "W403" not in said
    assert "W408" not in said


@ALL_NAMES
def test_it_has_a_file_of_its_own(name: str) -> None:
    assert (SLIDES / f"slide_{name.replace('-', '_')}.py").is_file()


def test_all_are_as_they_were_looked_at(tmp_path: Path) -> None:
    shown = "".join(
        f"=== {name}, {how}\n{deck_for(text, tmp_path)[0]}\n\n"
        for name in VOCABULARY
        for how, text in (("chosen", CHOSEN[name]), ("asked for", ASKED[name]))
    )
    assert shown == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [
        "# 甲 {layout=cards}\n\n正文。\n",
        "# 甲 {layout=comparison}\n\n正文。\n",
        "# 甲 {layout=number}\n\n没有数字。\n",
        f"# 甲 {{layout=closing}}\n\n{TABLE}",
        f"# 甲\n\n{TABLE}\n: 表 {{layout=takeaway}}\n",
        "# 甲 {layout=picture-text}\n\n![宽图](wide.png)\n",
        "# 甲 {layout=quote}\n\n" + "很长的一句话。" * 200,
        f"# 甲\n\n{TABLE}\n: 表 {{layout=timeline}}\n",
        "# 甲\n\n![宽图](wide.png){layout=quote}\n",
        "# 甲\n\n::: {.callout layout=timeline}\n一句话。\n:::\n",
        "# 甲\n\n正文。\n\n::: {.notes layout=quote}\n只说不显示。\n:::\n",
        f"# 甲\n\n{CHART.replace('.chart', '.chart layout=cards')}",
    ],
)
def test_what_cannot_be_had_is_said(text: str, tmp_path: Path) -> None:
    _, layouts, said = deck_for(text, tmp_path)
    assert said.count("W408") == 1
    assert len(layouts) > 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("picture-text", "# 甲\n\n![宽图](wide.png){layout=picture-text}\n\n三部分组成。\n"),
        ("quote", "# 甲\n\n- 一\n\n::: {layout=quote}\n看不见的互连。\n:::\n"),
        ("timeline", "# 甲\n\n::: {.cards layout=timeline}\n- 一：甲\n- 二：乙\n:::\n"),
        ("appendix-table", f"# 甲\n\n{TABLE}\n: 表 {{layout=appendix-table}}\n"),
        ("chart", f"# 甲\n\n{CHART.replace('.chart', '.chart layout=chart')}"),
    ],
)
def test_a_block_may_ask_for_itself(name: str, text: str, tmp_path: Path) -> None:
    _, layouts, said = deck_for(text, tmp_path)
    assert of(layouts, name)
    assert said == []


def test_few_words_in_a_charts_box_stand_over_the_chart(tmp_path: Path) -> None:
    deck_for(CHOSEN["chart"], tmp_path)
    _, deck = deck_of(tmp_path / "report.md")
    (slide,) = (slide for slide in deck.slides if slide.layout == "chart")
    words = [shape.placeholder for shape in slide.shapes if isinstance(shape, Text)]
    assert "intro" in words
    assert any(isinstance(shape, ChartFrame) for shape in slide.shapes)


@pytest.mark.parametrize(
    "text", ["**2025**：试点。", "**800G** 光模块。", "**3D** 封装。", "**5**"]
)
def test_years_names_and_ordinals_are_no_big_numbers(text: str, tmp_path: Path) -> None:
    _, layouts, _ = deck_for(f"# 甲\n\n{text}\n", tmp_path)
    assert layouts[1] == "content"


def test_pictures_are_whole_and_keep_their_proportions(tmp_path: Path) -> None:
    deck_for(CHOSEN["picture"] + CHOSEN["picture-text"], tmp_path)
    _, deck = deck_of(tmp_path / "report.md")
    pictures = [one for slide in deck.slides for one in slide.shapes if isinstance(one, Picture)]
    proportions = [round(one.rect.width / one.rect.height, 3) for one in pictures]
    assert proportions == [round(1600 / 700, 3), round(700 / 900, 3)]
