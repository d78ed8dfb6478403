"""Details of the page that a book designer would mark: gaps, hanging lines, small type, order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from made_pdf import MadePdf, items_of, lines_of

from exporters.pdf.plan import Text

if TYPE_CHECKING:
    from pathlib import Path


def texts(made: MadePdf, page: int) -> list[tuple[float, float, str, float]]:
    """Return the left edge, the height, the text and the size of every line of a page."""
    return [
        (
            x + item.x,
            y + item.y,
            "".join(part.text for part in item.fragments),
            item.fragments[0].size,
        )
        for x, y, item in items_of(made.plan.pages[page])
        if isinstance(item, Text)
    ]


def test_two_definitions_of_a_term_stand_close_together() -> None:
    made = MadePdf("MTTR\n:   平均恢复时间。\n:   也有人解释为平均修复时间。\n")
    heights = [y for _, y, said, _ in texts(made, -1) if said.startswith(("平均", "也有"))]
    assert heights[1] - heights[0] < 25


def test_lists_in_notes_have_the_size_of_notes() -> None:
    made = MadePdf(
        "字[^1]。\n\n[^1]: 规则：\n\n    - 退货五次；\n    - 退货率高。\n\n    每季复核。\n"
    )
    found = {said: size for _, _, said, size in texts(made, -1)}
    assert found["规则："] == found["退货五次；"] == found["每季复核。"] == found["•"]
    lines = [(y, said) for _, y, said, _ in texts(made, -1) if said in {"退货率高。", "每季复核。"}]
    assert lines[1][0] - lines[0][0] > made.context.theme.page.caption.leading


def test_authors_stand_under_one_label() -> None:
    made = MadePdf("---\ntitle: 报告\nauthor: [陈思远, 李曼]\n---\n\n字。\n")
    cover = texts(made, 0)
    assert sum("作者" in said for _, _, said, _ in cover) == 1
    (first,) = [x for x, _, said, _ in cover if said == "作者：陈思远"]
    (second,) = [x for x, _, said, _ in cover if said == "李曼"]
    assert second > first + 20


def test_lists_are_moved_in_to_the_eighth_level() -> None:
    made = MadePdf("".join(f"{'  ' * level}- 第{level}层\n" for level in range(8)))
    edges = [x for x, _, said, _ in texts(made, -1) if said.startswith("第") and "层" in said]
    assert len(edges) == 8
    assert all(b - a > 10 for a, b in pairwise(edges))


def test_the_rest_of_a_long_line_of_code_hangs_under_it_in_the_size_of_the_others() -> None:
    long = "    result = " + " + ".join(f"value_{n}" for n in range(20))
    made = MadePdf(f"```python\ndef f():\n{long}\n    return result\n```\n")
    rows = [row for row in texts(made, -1) if not row[2].startswith("Page")]
    (first,) = [x for x, _, said, _ in rows if said.startswith("def")]
    further = [row for row in rows if row[2].startswith("value")]
    assert further
    assert all(x > first + 4 * 0.6 * size for x, _, _, size in further)
    assert {size for *_, size in rows} == {made.context.theme.page.code.size}


def test_a_drawing_is_made_as_small_as_can_be_and_hangs_nowhere() -> None:
    made = MadePdf("```\n" + "─" * 120 + "\n" + "│ 甲" + "\n```\n")
    rows = [row for row in texts(made, -1) if set(row[2]) <= set("─│ 甲")]
    assert len({round(x, 2) for x, *_ in rows}) == 1
    assert rows[0][3] < made.context.theme.page.code.size


def test_a_short_last_period_of_a_timeline_is_not_alone_on_its_page() -> None:
    for before in range(28, 36):
        text = "字。\n\n" * before
        made = MadePdf(f"{text}::: timeline\n- 一期：甲\n- 二期：乙\n- 三期：丙\n:::\n")
        pages = [lines_of(page) for page in made.plan.pages]
        counts = [sum("期：" in line for line in page) for page in pages]
        assert 1 not in counts, before


CAPTIONED = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n: 很长的名字 {#t}\n\n"


def test_the_list_of_captions_stands_under_contents_that_the_author_wrote(tmp_path: Path) -> None:
    parts = "".join(
        f"# {name}\n\n{CAPTIONED.replace('#t', f'#t{number}')}字。\n\n"
        for number, name in enumerate(("甲篇", "乙篇", "丙篇"))
    )
    made = MadePdf(f"---\ntitle: 题\n---\n\n# 目录\n\n- 甲篇\n- 乙篇\n- 丙篇\n\n{parts}")
    page = lines_of(made.plan.pages[1])
    assert page.index("目录") < page.index("表格与插图")
    assert any(line.strip() == "3" for line in page)  # where the tables are
    order = [element.tag for element in made.plan.structure]
    assert order.index("TOC") > order.index("L")
    made.read(tmp_path / "x.pdf")


def test_titles_in_the_list_of_captions_begin_at_one_edge() -> None:
    long = "A very long caption of a table that takes two lines in the list of tables, as it says"
    figure = "::: {.chart table=#t} Short\n:::\n"
    made = MadePdf(
        f"---\nlang: en\ntitle: T\n---\n\n# A\n\n{CAPTIONED.replace('很长的名字', long)}{figure}\n"
        "# B\n\nx\n\n# C\n\ny\n"
    )
    listed = texts(made, 1)
    begun = [x for x, _, said, _ in listed if said.startswith(("A very", "Short"))]
    (further,) = [x for x, _, said, _ in listed if said.endswith("as it says")]
    assert len({*begun, further}) == 1


FIGURES = (
    "| 甲 | P 值 |\n|---|--:|\n| 一 | 0.0074 |\n| 二 | **1,204** |\n| 三 | 0.054 |\n| 四 | — |\n"
)


def test_points_of_figures_stand_under_one_another() -> None:
    rows = {said: (x, width) for x, said, width in ends(MadePdf(FIGURES))}
    digit = rows["0.0074"][1] / (5 + 0.47)  # the point is narrower
    point = rows["0.0074"][0] + digit
    assert abs(rows["0.054"][0] + digit - point) < 0.5
    assert abs(rows["1,204"][0] + rows["1,204"][1] - point) < 0.5
    right = rows["0.0074"][0] + rows["0.0074"][1]
    assert abs(rows["—"][0] + rows["—"][1] - right) < 0.5


def ends(made: MadePdf) -> list[tuple[float, str, float]]:
    """Return the left edge, the text and the width of every line of the last page."""
    return [
        (
            x + item.x,
            "".join(part.text for part in item.fragments),
            item.fragments[-1].x + item.fragments[-1].width,
        )
        for x, _, item in items_of(made.plan.pages[-1])
        if isinstance(item, Text)
    ]


WIDE = (
    "| 方案 |" + "".join(f" 指标{n} (ms) |" for n in range(13)) + "\n" + "|---" * 14 + "|\n"
    "| + PD 分离 (prefill/decode disaggregation) |" + " 2,810 |" * 13 + "\n"
    "| 基线 |" + " 38.2 |" * 13 + "\n"
)


def test_a_line_that_names_a_turned_table_stands_on_its_page() -> None:
    made = MadePdf(f"# 一\n\n字。\n\n{WIDE}\n**表 1：各方案实测结果**\n\n字。\n")
    (page,) = [page for page in made.plan.pages if page.size.width > page.size.height]
    assert any("各方案" in line for line in lines_of(page))


def test_no_word_is_cut_beside_columns_of_figures_with_room() -> None:
    made = MadePdf(f"# 一\n\n{WIDE}\n")
    lines = [line for page in made.plan.pages for line in lines_of(page)]
    assert any("disaggregation)" in line for line in lines)
    assert any("decode" in line and "prefill" in line for line in lines)


def test_a_word_of_a_header_is_not_broken_where_there_is_room() -> None:
    prose = "words that go on and on and take more than a line of this narrow column " * 2
    made = MadePdf(
        f"| A | B | C | D | E | Total (US\\$/kW-yr) |\n{'|---' * 6}|\n"
        f"| x | {prose} | {prose} | {prose} | {prose} | 118 |\n"
    )
    assert any("(US$/kW-yr)" in line for line in lines_of(made.plan.pages[-1]))


def test_a_line_about_another_block_may_end_a_page_before_a_table() -> None:
    first = CAPTIONED.replace("#t", "#one")
    table = "| 子 | 丑 |\n|---|---|\n" + "| 1 | 2 |\n" * 12
    for line, always in (("见 @one。", False), ("各年如次", True)):
        together = set()
        for before in range(6, 16):
            paragraphs = "字。\n\n" * before
            made = MadePdf(f"{first}{paragraphs}{line}\n\n{table}")
            pages = [lines_of(page) for page in made.plan.pages]
            named = [n for n, page in enumerate(pages) if any(one[0] in "见各" for one in page)]
            found = [n for n, page in enumerate(pages) if "子" in page]
            together.add(named[0] == found[0])
        assert together == ({True} if always else {True, False})


def test_a_long_table_is_turned_where_its_rows_would_be_twice_as_tall() -> None:
    cells = (
        "SUP-0001|南亚科科技股份有限公司|电源模块（AC/DC、DC/DC）|上海市浦东新区张江高科技园区"
        "|1,203.75|2.1%|交期不稳定（L/T 16–22 周），建议引入第二来源|质量体系证书年底到期，须跟进"
    )
    head = f"| 编号 | 供应商 | 品类 | 所在地 | 年采购额 | 占比 | 结论 | 备注 |\n{'|---' * 8}|\n"
    row = f"| {cells} |\n"
    for rows, turned in ((60, True), (12, False)):
        made = MadePdf(f"# 清单\n\n{head}{row * rows}")
        size = made.plan.pages[-1].size
        assert (size.width > size.height) is turned


def test_a_short_chinese_header_of_figures_is_not_parted() -> None:
    prose = "竹南、中科、南科、嘉义，主要增量在七厂，其余据点扩产有限"
    made = MadePdf(
        f"| 厂商 | 2025 年底 | 自动派单率 | 据点 | 备注 |\n|---|---|---|---|---|\n"
        f"| 甲 | 75,000 | 87.2% | {prose} | {prose} |\n"
    )
    lines = [line.replace("\u2005", "") for line in lines_of(made.plan.pages[-1])]
    assert any("2025" in line and "年底" in line for line in lines)
    assert "自动派单率" in lines


def test_a_note_of_a_picture_stands_under_it_in_small_type() -> None:
    made = MadePdf("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n图注：蓝色为自然流量。\n\n字。\n")
    found = {said: size for _, _, said, size in texts(made, -1)}
    assert found["图注：蓝色为自然流量。"] == made.context.theme.page.caption.size


def test_definitions_of_one_term_are_one_item_of_a_list() -> None:
    made = MadePdf("甲\n:   一。\n:   二。\n\n乙\n:   三。\n")
    assert sum(tag.strip() == "LI" for tag in made.tree()) == 2


def test_first_cells_that_name_rows_are_their_headers(tmp_path: Path) -> None:
    head = "| 甲 | 乙 | 丙 |\n|---|---|---|\n"
    made = MadePdf(f"{head}| 收入 | 2 | 3 |\n|  | 3 | 4 |\n| 成本 | 4 | 5 |\n")
    cells = [one for one in made.plan.structure if one.tag in {"TH", "TD"}]
    assert [one.tag for one in cells[3:]] == ["TH", "TD", "TD", "TD", "TD", "TD", "TH", "TD", "TD"]
    assert {one.scope for one in cells[3:] if one.tag == "TH"} == {"Row"}
    made.read(tmp_path / "x.pdf")
    prose = "很长的一段话，" * 12
    made = MadePdf(head + f"| {prose} | 2 | 3 |\n" * 4)
    assert "TH" not in [one.tag for one in made.plan.structure if one.tag in {"TH", "TD"}][3:]


def test_headings_captions_cells_and_titles_tell_their_language() -> None:
    words = "A whole sentence in English here"
    made = MadePdf(
        f"---\ntitle: {words}\nlang: zh-Hans\n---\n\n# 甲\n\n## {words}\n\n"
        f"| 甲 | 乙 |\n|---|---|\n| 一 | {words} |\n\n: {words} {{#t}}\n\n正文。\n"
    )
    told = {one.tag for one in made.plan.structure if one.lang == "en"}
    assert {"P", "H1", "TD", "Caption"} <= told


def test_notes_stand_clear_of_a_long_statement_of_confidentiality() -> None:
    said = (
        "Strictly confidential, not for onward distribution: this document contains "
        "price-sensitive information within the meaning of the Regulation"
    )
    head = f"---\ntitle: T\nlang: en\nconfidentiality: '{said}'\n---\n\n# A\n\n"
    made = MadePdf(head + "Text.\n\n" * 60 + "x[^1]\n\n[^1]: Note.\n")
    for page in range(1, len(made.plan.pages)):
        rows = texts(made, page)
        foot = min(y for _, y, text, _ in rows if text.startswith("Strictly"))
        assert all(y < foot - 13 for _, y, text, _ in rows if text.startswith(("Text", "Note")))


def test_a_table_is_squeezed_a_little_before_its_page_is_turned() -> None:
    head = (
        "| 产品 | 厂商 | 模型 | 代码补全 | Agent 模式 | 私有化 | 中文支持 "
        "| 合规（等保三级） | 价格（每人每月） | 综合评分 |"
    )
    row = (
        "| GitHub Copilot Enterprise | Microsoft | GPT-5.1 / Claude Opus 4.5 | 有 | 有 | 无 "
        "| 一般 | 无 | {price} | 4.5 / 5 |"
    )
    for price, turned in (("$39.00", False), ("CNY3204118204118204118.00", True)):
        made = MadePdf(f"# 一\n\n{head}\n{'|---' * 10}|\n{row.format(price=price)}\n")
        size = made.plan.pages[-1].size
        assert (size.width > size.height) is turned


def test_short_names_stay_on_one_line_while_prose_can_give_way() -> None:
    head = "| 厂商 | 产品线 | 速率 | 封装 | 激光器 | 调制器 | 功耗（W） | 状态 | 客户 | 备注 |"
    row = (
        "| 甲公司 | 可插拔光模块 | 800G/1.6T | OSFP、QSFP-DD | 外置与集成并行 | 硅光 MZM | 14.5 "
        "| 已量产 | 北美云厂商 | 线性驱动版本在验证中 |"
    )
    made = MadePdf(f"# 一\n\n{head}\n{'|---' * 10}|\n{row}\n")
    assert "甲公司" in lines_of(made.plan.pages[-1])


def test_names_of_rows_stay_on_one_line_beside_prose() -> None:
    prose = "法国政府八成持股，劳资谈判未定"
    rows = "".join(
        f"| {name} | {prose} | {prose} | {prose} |\n"
        for name in ("2020–2025 份额", "中继器最大纤对")
    )
    made = MadePdf(f"| 维度 | 甲 | 乙 | 丙 |\n|---|---|---|---|\n{rows}")
    assert "中继器最大纤对" in lines_of(made.plan.pages[-1])
