"""The vocabulary of layouts: a line each. From it come the master's layouts and what may be asked.

A new layout is a file ``slide_<layout>.py`` with a function ``layouts`` for its
boxes, and a line here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from exporters.powerpoint import (
    slide_agenda,
    slide_appendix_table,
    slide_callout,
    slide_cards,
    slide_chart,
    slide_closing,
    slide_code,
    slide_comparison,
    slide_content,
    slide_cover,
    slide_number,
    slide_picture,
    slide_picture_text,
    slide_quote,
    slide_section,
    slide_sources,
    slide_table,
    slide_takeaway,
    slide_timeline,
)
from exporters.powerpoint.plan import Layout, Look
from report_data.model import (
    Box,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    List,
    MathBlock,
    Paragraph,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from exporters.theme import SlideTokens, Theme
    from report_data.model import Block

_WORDS = (Paragraph, List, DefinitionList, Quote, Heading)


class Module(Protocol):
    """What every ``slide_<layout>.py`` has."""

    def layouts(self, tokens: SlideTokens) -> tuple[Layout, ...]:
        """Return the master's layouts."""


class Word(NamedTuple):
    """A layout: its module, and the blocks that an author may ask it for.

    ``joined`` says that all such blocks in a row are shown together. ``whole``
    says that the layout is for a section with all under it.
    """

    module: Module
    shows: tuple[type[Block], ...] = ()
    joined: bool = False
    whole: bool = False


VOCABULARY: dict[str, Word] = {
    "cover": Word(slide_cover, whole=True),
    "agenda": Word(slide_agenda, (List,)),
    "section": Word(slide_section, whole=True),
    "content": Word(slide_content, _WORDS, joined=True),
    "comparison": Word(slide_comparison, whole=True),
    "table": Word(slide_table, (Table,)),
    "takeaway": Word(slide_takeaway, (Table,)),
    "chart": Word(slide_chart, (Box,)),
    "number": Word(slide_number, (Paragraph, List), joined=True),
    "picture": Word(slide_picture, (Figure,)),
    "picture-text": Word(slide_picture_text, (Figure,)),
    "timeline": Word(slide_timeline, (List,)),
    "cards": Word(slide_cards, (List,)),
    "quote": Word(slide_quote, _WORDS, joined=True),
    "callout": Word(slide_callout, _WORDS, joined=True),
    "code": Word(slide_code, (CodeBlock, MathBlock)),
    "appendix-table": Word(slide_appendix_table, (Table,)),
    "sources": Word(slide_sources, _WORDS, joined=True),
    "closing": Word(slide_closing, whole=True),
}
"""What an author may write as ``{layout=...}``, in the order of the master's layouts."""


def look(theme: Theme) -> Look:
    """Return our own master's look for a theme."""
    layouts = layouts_for(theme.slide)
    if theme.stage.is_dark:
        closing = slide_closing.LAYOUT
        layouts = tuple(
            slide_closing.on_dark(one) if one.key == closing else one for one in layouts
        )
    return Look(
        size=theme.slide.size,
        palette=theme.stage,
        fonts=theme.fonts,
        layouts=layouts,
        header_rule=theme.slide.header_rule,
        hairline=theme.slide.hairline,
        theme=theme.name,
    )


def layouts_for(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return every layout in the places that the tokens give."""
    return tuple(one for word in VOCABULARY.values() for one in word.module.layouts(tokens))
