"""Blocks in -> what stands on their pages, and what belongs to what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from made_pdf import MadePdf, items_of, lines_of
from PIL import Image

from exporters.layout.geometry import MM
from exporters.pdf import Options
from exporters.pdf.page_box import parted
from exporters.pdf.page_code import cells_of
from exporters.pdf.page_text import language_of
from exporters.pdf.plan import Area, Dot, Drawing, Fill, Picture, Place, Text
from exporters.theme import PageTokens, Theme
from report_data import load
from report_data.load import load_text
from report_data.model import Mark, Run, plain

if TYPE_CHECKING:
    from pathlib import Path


LEFT, RIGHT = 25 * MM, 595.276 - 25 * MM


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


def test_levels_of_headings_are_never_skipped() -> None:
    made = MadePdf("# A\n\n### Deep\n\ntext\n\n## Two\n\n> #### In a quote\n")
    tags = [e.tag for e in made.plan.structure if e.tag[0] == "H" and e.tag[1:].isdigit()]
    levels = [int(tag[1]) for tag in tags]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


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
        ("刘某某从国际法角度讨论了适用困境；「海底ケーブル防護」的研究由他完成。", "zh-Hans", ""),
        ("Domestic substitution (国产替代) is a policy, not a forecast.", "en", ""),
        ("Domestic substitution (国产) is a policy, not a forecast, they say.", "zh-Hans", "en"),
        ("国产替代是政策，不是预测（forecast）。", "en", "zh"),
        ("用户说 but the box was crushed，所以只给三颗星。", "zh-Hans", ""),
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


def test_a_strict_theme_starts_no_line_with_a_dash() -> None:
    text = "# A\n\n" + "\n\n".join("中" * count + "——" + "文" * 60 for count in range(38, 48))
    report = load_text(text)
    lines = {}
    for strict in (False, True):
        made = MadePdf(report, theme=Theme(page=PageTokens(strict=strict)))
        lines[strict] = [line for page in made.plan.pages for line in lines_of(page)]
    assert any(line.startswith("—") for line in lines[False])
    assert not any(line.startswith("—") for line in lines[True])
