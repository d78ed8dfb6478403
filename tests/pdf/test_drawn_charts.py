"""What is written in the charts that the PDF draws: names of categories, values at columns."""

from __future__ import annotations

from itertools import combinations

from made_pdf import MadePdf

from exporters.pdf.plan import Drawing, Fill, Text


def _chart(table: str, attributes: str) -> Drawing:
    made = MadePdf(f"{table}\n\n: t {{#t}}\n\n::: {{.chart table=#t {attributes}}}\n:::\n")
    return next(
        item
        for page in made.plan.pages
        for band in page.bands
        for item in band.items
        if isinstance(item, Drawing)
    )


def _texts(drawing: Drawing) -> list[Text]:
    return [item for item in drawing.items if isinstance(item, Text)]


def _said(text: Text) -> str:
    return "".join(part.text for part in text.fragments)


def _span(text: Text) -> tuple[float, float]:
    last = text.fragments[-1]
    return text.x, text.x + last.x + last.width


NAMES = "比亚迪 特斯拉（中国） 吉利系（含极氪、领克、银河） 理想 小米 零跑 小鹏 蔚来（含乐道） 其他"


def test_names_of_categories_take_lines_before_every_other_one_is_left_out() -> None:
    rows = "".join(f"| {name} | {n + 1}.5 |\n" for n, name in enumerate(NAMES.split()))
    drawing = _chart(f"| 品牌 | 销量 |\n|---|---|\n{rows}", "type=column y=2")
    said = "".join(_said(text) for text in _texts(drawing))
    for name in ("比亚迪", "特斯拉", "理想", "小米", "零跑", "小鹏", "蔚来", "其他"):
        assert name in said
    below = [text for text in _texts(drawing) if _said(text)[0] in NAMES]
    for one, other in combinations(below, 2):
        if abs(one.y - other.y) < 1:
            (a, b), (c, d) = _span(one), _span(other)
            assert b <= c or d <= a
    assert max(text.y for text in below) < drawing.height


def test_periods_are_left_out_before_they_take_lines() -> None:
    rows = "".join(f"| 2025-{n:02} | {n}.5 |\n" for n in range(1, 13))
    drawing = _chart(f"| 月份 | 销量 |\n|---|---|\n{rows}", "type=column y=2")
    periods = [text for text in _texts(drawing) if _said(text).startswith("2025-")]
    assert 4 <= len(periods) <= 12
    assert len({text.y for text in periods}) == 1


def test_values_stand_on_columns_only_where_they_touch_no_other_column() -> None:
    head = "| 厂商 | 2025 年 | 2026 年 | 2027 年 |\n|---|--:|--:|--:|\n"
    rows = (
        "| 甲 | 75{k} | 115{k} | 150{k} |\n"
        "| 乙 | 12{k} | 22{k} | 30{k} |\n"
        "| 丙 | 5{k} | 9{k} | 6{k} |"
    )
    drawing = _chart(head + rows.format(k=",000,000"), 'type=column y="2,3,4"')
    assert "115,000,000" not in map(_said, _texts(drawing))
    drawing = _chart(head + rows.format(k=""), 'type=column y="2,3,4"')
    values = [text for text in _texts(drawing) if _said(text) in {"75", "115", "150", "12"}]
    assert len(values) >= 4
    columns = [item for item in drawing.items if isinstance(item, Fill) and item.height > 9]
    for text in values:
        left, right = _span(text)
        for fill in columns:
            beside = right <= fill.x + 0.6 or left >= fill.x + fill.width - 0.6
            assert beside or text.y < fill.y + 1


def test_no_line_of_the_grid_runs_through_a_value() -> None:
    rows = "| 甲 | 82 |\n| 乙 | 64 |\n| 丙 | 58 |\n"
    for kind in ("bar", "column"):
        drawing = _chart(f"| 项 | 数 |\n|---|--:|\n{rows}", f"type={kind} y=2")
        grounds = [one for one in drawing.items if isinstance(one, Fill) and one.color == "FFFFFF"]
        values = [one for one in _texts(drawing) if _said(one) in {"82", "64", "58"}]
        assert len(values) == len(grounds) == 3
        for text in values:
            left, right = _span(text)
            assert any(
                one.x <= left
                and right <= one.x + one.width
                and one.y < text.y <= one.y + one.height + 1
                for one in grounds
            )
