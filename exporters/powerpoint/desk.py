"""What every layout's planner works with: measures, words, the master's boxes; and its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from exporters.layout.geometry import Rect
from exporters.powerpoint.fit import set_at
from exporters.powerpoint.plan import FURNITURE, Drawing, Omission, Text, TextParagraph, TextRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from exporters.context import Context
    from exporters.powerpoint.fit import Ruler
    from exporters.powerpoint.passages import Passage, Wording
    from exporters.powerpoint.plan import Look, Placeholder, Role, Shape
    from exporters.theme import SlideTokens
    from report_data.charts import Chart
    from report_data.ids import BlockId


class Page(Struct, frozen=True, gc=False):
    """A slide without its frame (label, title, foot): what a layout's planner returns.

    ``title`` is set where the page has words of its own for it (a table's caption);
    else it is the heading it stands under.
    """

    layout: str
    shapes: tuple[Shape, ...]
    notes: tuple[Passage, ...] = ()
    ids: tuple[BlockId, ...] = ()
    title: tuple[TextRun, ...] = ()


class Intro(Struct, frozen=True, gc=False):
    """A few words that open a slide of another kind: a table's takeaway, a list's lead-in.

    ``note``: they only say where a table's numbers come from, or what its signs mean.
    """

    name: BlockId
    passages: tuple[Passage, ...]
    ids: tuple[BlockId, ...]
    note: bool = False


class Desk(Struct):
    """Measures, words and boxes for one deck."""

    context: Context
    look: Look
    tokens: SlideTokens
    ruler: Ruler
    wording: Wording
    series: tuple[str, ...]
    language: str = "zh-Hans"
    with_notes: bool = True
    referenced: frozenset[BlockId] = frozenset()
    charts: Mapping[BlockId, Chart] = field(default_factory=dict)
    omissions: list[Omission] = field(default_factory=list)
    boxes: dict[tuple[str, str], Placeholder] = field(default_factory=dict)

    def box(self, layout: str, key: str) -> Placeholder:
        """Return the placeholder of a layout by its key.

        Raises:
            KeyError: there is none.
        """
        known = self.boxes.get((layout, key))
        if known is None:
            known = self.boxes[layout, key] = self.look.layout(layout).get(key)
        return known

    def text(
        self,
        layout: str,
        key: str,
        name: str,
        paragraphs: tuple[TextParagraph, ...],
        rect: Rect | None = None,
    ) -> Text:
        """Return a text in a layout's placeholder, at its own place unless given another."""
        return Text(name, key, rect or self.box(layout, key).rect, paragraphs)

    def furniture(
        self, layout: str, key: str, what: str, text: str, rect: Rect | None = None
    ) -> Text:
        """Return words of the tool's own in a layout's placeholder."""
        box = self.box(layout, key)
        paragraph = TextParagraph((TextRun(text),), box.types[0], align=box.align)
        return Text(f"{FURNITURE}{what}", key, rect or box.rect, (paragraph,))

    def rule(self, what: str, rect: Rect, role: Role) -> Drawing:
        """Return a decorative rule."""
        return Drawing(f"{FURNITURE}{what}", rect, role)

    def side(self, text: str) -> Role:
        """Return the colour of the side of the comparison that a name belongs to, if any."""
        for index, name in enumerate(self.series):
            if name and text.strip().startswith(name):
                return f"series-{index % len(self.look.palette.series) + 1}"
        return ""

    def intro(self, layout: str, intro: Intro | None) -> tuple[tuple[Text, ...], Rect]:
        """Return the words that open a slide, and the area left for the rest of it."""
        area = self.tokens.content
        if intro is None:
            return (), area
        step = self.tokens.body_steps[0]
        paragraphs = set_at(intro.passages, step)
        height = self.ruler.height(paragraphs, area.width, sure=True)
        box = Rect(area.x, area.y, area.width, height)
        top = box.bottom + self.tokens.gutter
        text = self.text(layout, "intro", intro.name, paragraphs, box)
        return (text,), Rect(area.x, top, area.width, area.bottom - top)

    def fits_as_intro(self, passages: Iterable[Passage], most: int = 3) -> bool:
        """Return whether passages are few enough words to open a slide of another kind."""
        step = self.tokens.body_steps[0]
        given = tuple(passages)
        if any(passage.kind not in {"text", "quote", "item"} for passage in given):
            return False
        lines = sum(
            self.ruler.lines(passage.runs, step, self.tokens.content.width) for passage in given
        )
        return 0 < lines <= most
