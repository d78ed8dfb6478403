"""Design tokens: colour roles, type scale, spacing. Every number of the look stands here.

Sizes are in points. Colours are six hexadecimal digits without ``#``, as the
three file formats want them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.layout.geometry import MM, Insets, Pt, Rect, Size

if TYPE_CHECKING:
    from pathlib import Path


def tint(color: str, part: float) -> str:
    """Return a colour of which only a part is left, the rest white."""
    channels = (int(color[place : place + 2], 16) for place in (0, 2, 4))
    return "".join(f"{round(255 - (255 - channel) * part):02X}" for channel in channels)


class Type(NamedTuple):
    """A step of the type scale: size and leading in points, and the weight."""

    size: Pt
    leading: Pt
    bold: bool = False


class Palette(Struct, frozen=True):
    """Colours by what they mean.

    ``series`` are the sides of a comparison, in order; ``field`` is the large
    coloured area of covers, which carries no text.
    """

    paper: str = "FFFFFF"
    ink: str = "1B1F24"
    ink_second: str = "57606A"
    structure: str = "12355B"
    structure_tint: str = "DCE5F0"
    on_structure: str = "FFFFFF"
    field: str = "12355B"
    hairline: str = "D0D7DE"
    surface: str = "F3F6FA"
    link: str = "1F5FA8"
    series: tuple[str, ...] = ("1F5FA8", "C2392B", "2E7D6B", "8F5E00", "6B4C9A", "4A5568")

    @property
    def is_dark(self) -> bool:
        """Return whether the ground is dark (Rec. 709 luma under a half)."""
        red, green, blue = (int(self.paper[at : at + 2], 16) for at in (0, 2, 4))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128  # noqa: PLR2004  half of 256

    def side(self, name: str, series: tuple[str, ...]) -> str | None:
        """Return the colour of the side that a name belongs to, ``None`` if to none.

        A name belongs to the first side in ``series`` that it begins with
        (美国优势 belongs to 美国).
        """
        for index, side in enumerate(series):
            if side and name.strip().startswith(side):
                return self.series[index % len(self.series)]
        return None


SIGN_COLORS: dict[str, str] = dict(
    zip(
        "\U0001f534\U0001f7e0\U0001f7e1\U0001f7e2\U0001f535\U0001f7e3\U0001f7e4"
        "\U0001f7e5\U0001f7e7\U0001f7e8\U0001f7e9\U0001f7e6\U0001f7ea\U0001f7eb",
        ("C2392B", "D9731A", "E0AC00", "2E8B57", "1F5FA8", "6B4C9A", "8B5A2B") * 2,
        strict=True,
    )
)
"""Circles and squares that Unicode names by a colour: red, orange, yellow, green, blue, purple,
brown. Traffic lights of reports say by it alone what they say, so no theme changes them."""


class SlideTokens(Struct, frozen=True):
    """The slide: 960 x 540 points, margins of 48, twelve columns with a gutter of 16."""

    size: Size = Size(960, 540)
    margin: Pt = 48
    gutter: Pt = 16
    label: Rect = Rect(48, 30, 864, 16)
    title: Rect = Rect(48, 46, 864, 62)
    content: Rect = Rect(48, 124, 864, 360)
    foot: Rect = Rect(48, 504, 864, 20)
    number: Pt = 80
    """The width of the slide's number, at the right end of the foot."""
    cover_title: Type = Type(40, 50, bold=True)
    cover_subtitle: Type = Type(20, 28)
    title_type: Type = Type(28, 34, bold=True)
    title_steps: tuple[Type, ...] = (
        Type(28, 34, bold=True),
        Type(22, 28, bold=True),
        Type(20, 26, bold=True),
    )
    section_label: Type = Type(12, 16)
    heading: Type = Type(20, 27, bold=True)
    subheading: Type = Type(18, 25, bold=True)
    body_steps: tuple[Type, ...] = (Type(18, 27), Type(16, 24), Type(14, 21))
    table_steps: tuple[Type, ...] = (Type(14, 20), Type(13, 18.5), Type(12, 17), Type(11, 15.5))
    lead_steps: tuple[Type, ...] = (Type(24, 38), Type(22, 34), Type(20, 31))
    """Few words on a slide of their own: a callout, a quotation, a single paragraph."""
    spacious_steps: tuple[Type, ...] = (Type(18, 26), Type(16, 23))
    """A table of few cells, before the ordinary steps."""
    spacious_cell: Insets = Insets(11, 10, 11, 10)
    source_steps: tuple[Type, ...] = (Type(14, 21), Type(12, 17), Type(11, 15.5))
    """Sources and notes: print to look up, not to read out."""
    number_steps: tuple[Type, ...] = (
        Type(120, 130, bold=True),
        Type(96, 104, bold=True),
        Type(72, 80, bold=True),
        Type(54, 62, bold=True),
        Type(40, 48, bold=True),
        Type(28, 34, bold=True),
    )
    code_steps: tuple[Type, ...] = (Type(14, 19), Type(12, 16.5), Type(11, 15), Type(10, 13.5))
    caption: Type = Type(10, 14)
    notes: Type = Type(12, 18)
    """Speaker notes, as PowerPoint's own notes page sets them."""
    kind: Type = Type(14, 20)
    cover_text: Rect = Rect(48, 96, 624, 210)
    cover_rule: Rect = Rect(48, 318, 72, 3)
    cover_subtitle_box: Rect = Rect(48, 336, 624, 70)
    cover_foot: Rect = Rect(48, 414, 624, 78)
    cover_kind: Rect = Rect(48, 48, 624, 20)
    cover_field: Rect = Rect(744, 0, 216, 540)
    section_number: Type = Type(150, 160, bold=True)
    section_title: Type = Type(36, 46, bold=True)
    section_top: Pt = 190
    """Where a divider's number and name begin; how wide the number is, how far from the name:"""
    section_ordinal: Pt = 240
    section_gap: Pt = 24
    closing_top: float = 0.24
    """Where the closing slide's title begins, in parts of the height, and how high its box is:"""
    closing_title: Pt = 92
    closing_gap: Pt = 20
    label_gap: Pt = 6
    """Between a rule and the label under it, and between a label and its text."""
    card: Insets = Insets(16, 16, 16, 16)
    callout: Insets = Insets(24, 28, 24, 28)
    quote: Insets = Insets(0, 96, 0, 28)
    dot: Pt = 12
    timeline: Pt = 1.5
    """The line that a timeline's dots stand on."""
    agenda: Type = Type(18, 24)
    agenda_pitch: tuple[Pt, Pt] = (30, 48)
    """The least and the most height of a line of the agenda."""
    cell: Insets = Insets(6, 8, 6, 8)
    tight_cell: Insets = Insets(3, 8, 3, 8)
    header_rule: Pt = 1.25
    hairline: Pt = 0.5
    series_rule: Pt = 3
    callout_rule: Pt = 4


class ChartTokens(Struct, frozen=True):
    """A chart as the PDF draws it (Office draws its own, see `exporters.chartml`)."""

    plot: float = 0.46
    """The height of an upright plot in parts of its column's width: half a page has text, too."""
    grid: Pt = 0.5
    zero: Pt = 0.75
    line: Pt = 1.75
    point: Pt = 2.6
    """The radius of a line's points, which are drawn for so many categories at most:"""
    most_points: int = 24
    key: Pt = 8
    """The side of the square that has a series' colour in the legend."""
    key_gap: Pt = 5
    entry_gap: Pt = 17
    gap: Pt = 8
    """Between the legend, names or ticks at a plot's side, and the plot."""
    tick_gap: Pt = 6
    foot_gap: Pt = 5
    """Between a plot and the names of categories under it."""
    value_gap: Pt = 8
    """From the end of a column, or a point of a line, to the middle of its value."""
    column_gap: float = 0.06
    """At either side of a column, in parts of its width."""
    row: Pt = 24
    """A category of lying bars, if that is more than this for each bar of it:"""
    bar: Pt = 11
    bar_gap: Pt = 4
    """Between a lying bar and its value."""
    tallest: float = 0.85
    """The most of a page's column that lying bars take: their caption stays with them."""
    names: float = 0.3
    """The most of the width that the names of lying bars take."""
    radius: tuple[float, Pt] = (0.19, 84.0)
    """Of a pie: a part of the column's width, and what it is at most."""
    hole: float = 0.58
    """Of a ring, in parts of its radius."""
    cut: Pt = 1.25
    """The line between two slices."""


class PageTokens(Struct, frozen=True):
    """The page: A4 with margins 25 mm at the sides, 28 top, 25 foot."""

    margins: Insets = Insets(28 * MM, 25 * MM, 25 * MM, 25 * MM)
    cover_title: Type = Type(28, 38, bold=True)
    cover_subtitle: Type = Type(14, 22)
    headings: tuple[Type, ...] = (
        Type(20, 28, bold=True),
        Type(14, 22, bold=True),
        Type(11.5, 18, bold=True),
        Type(10.5, 18, bold=True),
    )
    body: Type = Type(10.5, 18)
    table: Type = Type(9.5, 15)
    caption: Type = Type(8.5, 13)
    code: Type = Type(9, 14)
    table_floor: Type = Type(7.5, 11.5)
    """The least size of a wide table, before its page is turned."""
    cover_kind: Type = Type(11.5, 18)
    contents_title: Type = Type(20, 28, bold=True)
    contents: tuple[Type, ...] = (Type(10.5, 21, bold=True), Type(10.5, 18), Type(9.5, 16))
    cell: Insets = Insets(5, 6, 5, 6)
    header_rule: Pt = 1.25
    hairline: Pt = 0.5
    series_rule: Pt = 3
    callout_rule: Pt = 4
    quote_rule: Pt = 2
    heading_above: tuple[Pt, ...] = (36, 27, 21, 18)
    """White space over a heading of each level; nothing at a page's top."""
    heading_below: tuple[Pt, ...] = (12, 8, 5, 4)
    block_gap: Pt = 9
    """Between paragraphs: half a line, so that two keep the rhythm of 18 points."""
    lead_gap: Pt = 5
    """Between a line that announces something and what it announces."""
    item_gap: Pt = 4
    """Between the items of a tight list."""
    figure_gap: Pt = 16
    """Above and below what is no running text: tables, figures, boxes, code."""
    caption_gap: Pt = 6
    indent: Pt = 21
    """A level of a list or a quotation: two characters of the body."""
    strict: bool = False
    """Whether a dash or an ellipsis may not begin a line either (CLREQ 3.1.6, "strict")."""
    box: Insets = Insets(12, 16, 12, 16)
    card: Insets = Insets(12, 12, 14, 12)
    gutter: Pt = 16
    dot: Pt = 3.5
    """The radius of a timeline's dots; how wide the line is that they stand on, how far it reaches
    over the first of a period's lines, and the space between two periods:"""
    timeline: Pt = 1.25
    timeline_above: Pt = 4
    period_gap: Pt = 12
    label_gap: Pt = 2
    """Between a label and its text, on a card or beside a dot."""
    column_gap: Pt = 24
    """Between columns that are set side by side."""
    side_gap: Pt = 10
    """Between the rule of a side of the comparison and its column."""
    quote: Insets = Insets(2, 0, 2, 4)
    """Over and under a quotation, and from the column's edge to its rule."""
    head: Pt = 15 * MM
    """From the page's top to the running head's base line."""
    foot: Pt = 14 * MM
    """From the page's foot to the foot line's base line."""
    note_gap: Pt = 12
    """Between the text and the short rule over the footnotes."""
    note_block_gap: Pt = 4
    note_item_gap: Pt = 1
    """Between the blocks of a footnote, and between the items of its lists."""
    note_code: Type = Type(7.5, 11.5)
    binding: Pt = 5 * MM
    """How far a two-sided document's pages move outwards from the binding."""
    cover_field: Pt = 14 * MM
    """The width of the cover's field of colour."""
    cover_top: float = 0.24
    """Where the cover's text begins, in parts of the page's height: well over the middle."""
    cover_rule: Size = Size(72, 3)
    cover_kind_gap: Pt = 14
    cover_title_gap: Pt = 16
    cover_rule_gap: Pt = 22
    """At both sides of the rule."""
    cover_fact_gap: Pt = 2
    """Under an author, a date and the facts between them."""
    cover_abstract_gap: Pt = 24
    contents_gap: Pt = 5
    """Over an entry of the first level."""
    leader: Pt = 0.7
    """The dots from an entry of the contents to its number, how far apart they stand, and how far
    from the words at both their ends:"""
    leader_pitch: Pt = 5
    leader_gap: Pt = 6
    head_gap: Pt = 6
    """From the running head's base line to its rule."""
    chart: ChartTokens = field(default_factory=ChartTokens)

    @property
    def in_notes(self) -> PageTokens:
        """Return the measures in footnotes: all has the size of a caption, and less space."""
        return replace(
            self,
            body=self.caption,
            table=self.caption,
            table_floor=min(self.table_floor, self.caption),
            code=self.note_code,
            block_gap=self.note_block_gap,
            lead_gap=self.note_item_gap,
            item_gap=self.note_item_gap,
            figure_gap=self.note_block_gap + self.note_item_gap,
        )


class SheetTokens(Struct, frozen=True):
    """The sheet: sizes in points, widths in characters of the default font.

    A character is as wide as the default font's widest digit: 8 pixels of 1/96
    inch in 11 point Arial and Microsoft YaHei alike (ECMA-376 part 1, 18.3.1.13).
    """

    cover_title: Type = Type(20, 30, bold=True)
    cover_subtitle: Type = Type(13, 20)
    title: Type = Type(14, 22, bold=True)
    headings: tuple[Type, ...] = (
        Type(14, 22, bold=True),
        Type(12, 19, bold=True),
        Type(11, 17, bold=True),
    )
    body: Type = Type(11, 17)
    caption: Type = Type(9, 14)
    digit: Pt = 6.0
    indent: Pt = 7.0
    cell_padding: Pt = 6.0
    row_padding: Pt = 5.0
    chart: Size = Size(720, 400)
    chart_text: Pt = 10
    gutter: float = 2.5
    width_least: float = 8
    width_most: float = 60
    width_text: float = 88
    width_total: float = 150
    width_column: float = 24
    shading: float = 0.4
    """How much of a colour data bars and scales keep: ink on it stays easy to read."""


class FontNames(Struct, frozen=True):
    """Font names that deck and workbook ask their host for (the PDF embeds its own)."""

    latin: str = "Arial"
    code: str = "Consolas"
    east_asian: tuple[tuple[str, str], ...] = (
        ("zh-Hans", "Microsoft YaHei"),
        ("zh-Hant", "Microsoft JhengHei"),
        ("ja", "Yu Gothic"),
        ("ko", "Malgun Gothic"),
        ("en", "Microsoft YaHei"),
    )

    def for_language(self, language: str) -> str:
        """Return the East Asian font name for a language."""
        return dict(self.east_asian).get(language, "Microsoft YaHei")


class Theme(Struct, frozen=True):
    """One identity over deck, PDF and workbook.

    ``palette`` dresses pages and sheets, which are printed on white; ``stage``
    dresses slides, whose ground may be dark. ``logo`` is a picture file for covers.
    """

    name: str = "quiet"
    palette: Palette = field(default_factory=Palette)
    stage: Palette = field(default_factory=Palette)
    slide: SlideTokens = field(default_factory=SlideTokens)
    page: PageTokens = field(default_factory=PageTokens)
    sheet: SheetTokens = field(default_factory=SheetTokens)
    fonts: FontNames = field(default_factory=FontNames)
    logo: Path | None = None

    def series_color(self, name: str, series: tuple[str, ...]) -> str | None:
        """Return the colour on paper of the side that a name belongs to, if to any."""
        return self.palette.side(name, series)
