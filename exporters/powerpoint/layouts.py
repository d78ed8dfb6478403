"""A theme in -> the master's layouts: which boxes a slide has, where, at what size.

Every layout but cover, section and closing has the same frame: a section label,
a title, the foot line with the source at the left and the slide's number at the
right. The shapes that a slide draws itself (rules, dots, grounds) are not here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Insets, Rect
from exporters.powerpoint.plan import Drawing, Layout, Look, Placeholder

if TYPE_CHECKING:
    from exporters.layout.geometry import Pt
    from exporters.theme import SlideTokens, Theme

LABEL, TITLE, FOOT, NUMBER = "label", "title", "foot", "number"
BODY, SECOND = "body", "second"

MOST_CARDS = 6
"""The most cards or periods on a slide; what is more continues."""

AGENDA_ROWS = 9
"""The most lines of an agenda in one column; a slide holds two columns."""

CARDS_A_ROW = 3
"""The most cards side by side: three columns are the narrowest that hold a sentence."""

_FOOT_INDEX, _NUMBER_INDEX, _LABEL_INDEX = 11, 12, 13
_INTRO_INDEX, _OUTRO_INDEX = 14, 15
_CAPTION_INDEXES = {"caption": 16, "notice": 17}
_FIRST_INDEX = 20
"""Indexes of a layout's own boxes begin here: under 10 the kind alone would be compared."""


def look(theme: Theme) -> Look:
    """Return our own master's look for a theme."""
    return Look(
        size=theme.slide.size,
        palette=theme.stage,
        fonts=theme.fonts,
        layouts=layouts_for(theme.slide),
        header_rule=theme.slide.header_rule,
        hairline=theme.slide.hairline,
        theme=theme.name,
    )


def card_boxes(area: Rect, count: int, gutter: Pt) -> tuple[Rect, ...]:
    """Return the boxes of cards: one row up to three, else two rows."""
    if count <= CARDS_A_ROW:
        return area.columns(count, gutter)
    across = (count + 1) // 2
    height = (area.height - gutter) / 2
    rows = (
        Rect(area.x, area.y, area.width, height),
        Rect(area.x, area.y + height + gutter, area.width, height),
    )
    return tuple(box for row in rows for box in row.columns(across, gutter))[:count]


def halves(area: Rect, gutter: Pt) -> tuple[Rect, Rect]:
    """Return the two sides of a comparison, parted by two gutters."""
    left, right = area.columns(2, gutter * 2)
    return left, right


def layouts_for(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return every layout in the places that the tokens give."""
    content = tokens.content
    return (
        _cover(tokens),
        _agenda(tokens),
        _section(tokens),
        _framed(tokens, "content", "obj", _body(tokens, content)),
        _comparison(tokens),
        _framed(
            tokens,
            "table",
            "tbl",
            _caption(tokens, "caption", content.y),
            _box("grid", "tbl", 0, content, tokens),
            _caption(tokens, "notice", content.bottom - tokens.section_label.leading),
        ),
        _framed(
            tokens,
            "takeaway",
            "cust",
            _intro(tokens),
            _caption(tokens, "caption", content.y),
            _box("grid", "tbl", 0, content, tokens),
            _caption(tokens, "notice", content.bottom - tokens.section_label.leading),
            _intro(tokens, "outro", _OUTRO_INDEX),
        ),
        *(_timeline(tokens, count) for count in range(2, MOST_CARDS + 1)),
        *(_cards(tokens, count) for count in range(2, MOST_CARDS + 1)),
        _callout(tokens),
        _quote(tokens),
        _framed(tokens, "code", "cust", _intro(tokens), _code(tokens)),
        _framed(
            tokens,
            "picture",
            "cust",
            _box("picture", "pic", 0, content, tokens),
            _intro(tokens),
            _caption(tokens, "caption", content.bottom - tokens.section_label.leading),
        ),
        _framed(
            tokens,
            "chart",
            "cust",
            _intro(tokens),
            _caption(tokens, "caption", content.y),
            _box("graph", "chart", 0, content, tokens),
            Placeholder(
                "figure",
                "body",
                Rect(content.x, content.y, content.width, content.height / 2),
                (tokens.section_number,),
                _FIRST_INDEX + 1,
                color="structure",
                anchor="b",
            ),
            Placeholder(
                "figure-name",
                "body",
                Rect(
                    content.x, content.y + content.height / 2, content.width, tokens.heading.leading
                ),
                (tokens.heading,),
                _FIRST_INDEX + 2,
                color="ink_second",
            ),
        ),
        _closing(tokens),
    )


def _frame(tokens: SlideTokens) -> tuple[Placeholder, ...]:
    foot = tokens.foot
    return (
        Placeholder(
            LABEL, "body", tokens.label, (tokens.section_label,), _LABEL_INDEX, color="ink_second"
        ),
        Placeholder(
            TITLE, "title", tokens.title, (tokens.title_type,), color="structure", anchor="b"
        ),
        Placeholder(
            FOOT,
            "ftr",
            Rect(foot.x, foot.y, foot.width - 96, foot.height),
            (tokens.caption,),
            _FOOT_INDEX,
            color="ink_second",
            anchor="ctr",
        ),
        Placeholder(
            NUMBER,
            "sldNum",
            Rect(foot.right - 80, foot.y, 80, foot.height),
            (tokens.caption,),
            _NUMBER_INDEX,
            color="ink_second",
            anchor="ctr",
            align="right",
        ),
    )


def _framed(tokens: SlideTokens, key: str, kind: str, *own: Placeholder) -> Layout:
    label, title, foot, number = _frame(tokens)
    return Layout(key, key, kind, (label, title, *own, foot, number))


def _intro(tokens: SlideTokens, key: str = "intro", index: int = _INTRO_INDEX) -> Placeholder:
    """Return the box of a few words above (or below) what the slide is for."""
    area, line = tokens.content, tokens.body_steps[0]
    top = area.y if index == _INTRO_INDEX else area.bottom - line.leading
    return Placeholder(key, "body", Rect(area.x, top, area.width, line.leading), (line,), index)


def _box(key: str, kind: str, ordinal: int, rect: Rect, tokens: SlideTokens) -> Placeholder:
    return Placeholder(key, kind, rect, (tokens.body_steps[0],), _FIRST_INDEX + ordinal)


def _caption(tokens: SlideTokens, key: str, top: float) -> Placeholder:
    """Return the box of a line in small type: a table's caption, a notice under it."""
    area, step = tokens.content, tokens.section_label
    return Placeholder(
        key,
        "body",
        Rect(area.x, top, area.width, step.leading),
        (step,),
        _CAPTION_INDEXES[key],
        color="ink_second",
    )


def _body(tokens: SlideTokens, rect: Rect) -> Placeholder:
    return Placeholder(BODY, "body", rect, (tokens.body_steps[0],), _FIRST_INDEX, bullets=True)


def _cover(tokens: SlideTokens) -> Layout:
    return Layout(
        "cover",
        "cover",
        "title",
        (
            Placeholder(
                "kind", "body", tokens.cover_kind, (tokens.kind,), _FIRST_INDEX, color="ink_second"
            ),
            Placeholder(
                TITLE,
                "ctrTitle",
                tokens.cover_text,
                (tokens.cover_title,),
                color="structure",
                anchor="b",
            ),
            Placeholder(
                "subtitle", "subTitle", tokens.cover_subtitle_box, (tokens.cover_subtitle,), 1
            ),
            Placeholder(
                "authors",
                "body",
                tokens.cover_foot,
                (tokens.kind,),
                _FIRST_INDEX + 1,
                color="ink_second",
                anchor="b",
            ),
        ),
        (
            Drawing("field", tokens.cover_field, "field"),
            Drawing("rule", tokens.cover_rule, "structure"),
        ),
    )


def agenda_boxes(tokens: SlideTokens, count: int) -> tuple[Rect, ...]:
    """Return the rows of an agenda: one column while its lines stay airy, else two."""
    area = tokens.content
    columns = 1 if count <= AGENDA_ROWS else 2
    a_column = -(-count // columns)
    least, most = tokens.agenda_pitch
    pitch = min(most, max(least, area.height / a_column))
    return tuple(
        Rect(column.x, area.y + row * pitch, column.width, pitch)
        for column in area.columns(columns, tokens.gutter * 2)
        for row in range(a_column)
    )[:count]


def _agenda(tokens: SlideTokens) -> Layout:
    return _framed(
        tokens,
        "agenda",
        "cust",
        *(
            Placeholder(
                f"entry-{number}",
                "body",
                box,
                (tokens.agenda,),
                _FIRST_INDEX + number - 1,
                anchor="ctr",
            )
            for number, box in enumerate(agenda_boxes(tokens, 2 * AGENDA_ROWS), 1)
        ),
    )


def _section(tokens: SlideTokens) -> Layout:
    box = tokens.content
    number = tokens.section_number
    return Layout(
        "section",
        "section",
        "secHead",
        (
            _frame(tokens)[0],
            Placeholder(
                "ordinal",
                "body",
                Rect(box.x, 190, 240, number.leading),
                (number,),
                _FIRST_INDEX,
                color="structure_tint",
                anchor="ctr",
            ),
            Placeholder(
                TITLE,
                "title",
                Rect(box.x + 264, 190, box.width - 264, number.leading),
                (tokens.section_title,),
                color="structure",
                anchor="ctr",
            ),
        ),
    )


def _comparison(tokens: SlideTokens) -> Layout:
    own: list[Placeholder] = []
    for ordinal, (side, half) in enumerate(
        zip(("left", "right"), halves(tokens.content, tokens.gutter), strict=True)
    ):
        top = half.y + tokens.series_rule + 2 * tokens.label_gap
        head = Rect(half.x, top, half.width, tokens.heading.leading)
        below = head.bottom + 2 * tokens.label_gap
        own += [
            Placeholder(
                f"{side}-head",
                "body",
                head,
                (tokens.heading,),
                _FIRST_INDEX + 2 * ordinal,
                color=f"series-{ordinal + 1}",
            ),
            Placeholder(
                side,
                "body",
                Rect(half.x, below, half.width, half.bottom - below),
                (tokens.body_steps[0],),
                _FIRST_INDEX + 2 * ordinal + 1,
                bullets=True,
            ),
        ]
    return _framed(tokens, "comparison", "twoTxTwoObj", _intro(tokens), *own)


def period_boxes(tokens: SlideTokens, area: Rect, count: int) -> tuple[tuple[Rect, Rect], ...]:
    """Return each period's boxes: its name above the line, its text below."""
    head = 2 * tokens.heading.leading
    below = head + 2 * tokens.dot + 2 * tokens.label_gap
    return tuple(
        (
            Rect(column.x, column.y, column.width, head),
            Rect(column.x, column.y + below, column.width, column.height - below),
        )
        for column in area.columns(count, tokens.gutter * 2)
    )


def _timeline(tokens: SlideTokens, count: int) -> Layout:
    own: list[Placeholder] = []
    for index, (head, text) in enumerate(period_boxes(tokens, tokens.content, count)):
        own += [
            Placeholder(
                f"head-{index + 1}",
                "body",
                head,
                (tokens.heading,),
                _FIRST_INDEX + 2 * index,
                color="structure",
                anchor="b",
            ),
            Placeholder(
                f"text-{index + 1}",
                "body",
                text,
                (tokens.body_steps[0],),
                _FIRST_INDEX + 2 * index + 1,
            ),
        ]
    return _framed(tokens, f"timeline-{count}", "cust", _intro(tokens), *own)


def _cards(tokens: SlideTokens, count: int) -> Layout:
    return _framed(
        tokens,
        f"cards-{count}",
        "cust",
        _intro(tokens),
        *(
            Placeholder(
                f"text-{index + 1}",
                "body",
                box,
                (tokens.body_steps[0],),
                _FIRST_INDEX + index,
                fill="surface",
                insets=tokens.card,
            )
            for index, box in enumerate(card_boxes(tokens.content, count, tokens.gutter))
        ),
    )


def _callout(tokens: SlideTokens) -> Layout:
    return _framed(
        tokens,
        "callout",
        "cust",
        Placeholder(
            BODY,
            "body",
            tokens.content,
            (tokens.lead_steps[0],),
            _FIRST_INDEX,
            fill="surface",
            insets=tokens.callout,
            anchor="ctr",
        ),
    )


def _quote(tokens: SlideTokens) -> Layout:
    box = tokens.content
    inner = Insets(0, 96, 0, 28)
    return _framed(
        tokens,
        "quote",
        "cust",
        Placeholder(
            BODY,
            "body",
            box,
            (tokens.lead_steps[0],),
            _FIRST_INDEX,
            insets=inner,
            color="structure",
            anchor="ctr",
        ),
    )


def _code(tokens: SlideTokens) -> Placeholder:
    return Placeholder(
        BODY,
        "body",
        tokens.content,
        (tokens.code_steps[0],),
        _FIRST_INDEX,
        fill="surface",
        insets=tokens.card,
    )


def _closing(tokens: SlideTokens) -> Layout:
    return Layout(
        "closing",
        "closing",
        "cust",
        (
            Placeholder(
                TITLE,
                "title",
                Rect(tokens.margin, 200, tokens.content.width, 92),
                (tokens.section_title,),
                color="on_structure",
                anchor="b",
            ),
            Placeholder(
                BODY,
                "body",
                Rect(tokens.margin, 312, tokens.content.width, 120),
                (tokens.body_steps[0],),
                _FIRST_INDEX,
                color="on_structure",
            ),
        ),
        ground="structure",
    )
