"""Planned pages and the document's fonts in -> their content streams, their marked runs noted.

Text is written by the operators themselves (BT Tf Td TJ ET, ISO 32000-1, 9.4),
one marked run for as long as the element stays the same. The gaps that setting
adds are positions, never characters. Graphics come first on a page: they are
all artifacts, and grounds lie under text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, cast

from msgspec import Struct

from exporters.layout.bidi import is_turned
from exporters.pdf.plan import (
    FOOTER,
    HEADER,
    LAYOUT,
    Dot,
    Drawing,
    Fill,
    Path,
    Picture,
    Presence,
    Rule,
    Text,
)
from exporters.pdf.syntax import color, real, string
from exporters.pdf.syntax import text as encoded
from exporters.theme import SIGN_COLORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporters.layout.faces import Face
    from exporters.layout.geometry import Pt
    from exporters.layout.text import Fragment
    from exporters.pdf.fonts import Font, Show
    from exporters.pdf.plan import ElementId, Item, Look, Page
    from exporters.pdf.tags import Tags

_ARTIFACTS = {
    LAYOUT: b"/Artifact<</Type/Layout>>BDC",
    HEADER: b"/Artifact<</Type/Pagination/Subtype/Header>>BDC",
    FOOTER: b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
}

_SIGNS = frozenset(SIGN_COLORS.values())

_MARKED = b"/%b<</MCID %d>>BDC"

_CONTENT = (Picture, Drawing, Presence)

_OFF = 0.2
"""Em by which a glyph stands off another of its number on the same place."""

_LOOKED_BACK = 5
"""Texts before one among which readers look for its shadow (pdfium)."""

_CIRCLE = 0.5522847498
"""The handle of a Bézier quarter circle of radius 1: 4/3 (sqrt 2 - 1)."""


class Painter:
    """Paints the pages of one document.

    Lines that many cells share are turned into operators once: what they became is
    kept by the identity of their fragments, which the plan keeps alive.
    """

    def __init__(
        self,
        fonts: Mapping[Face, Font],
        pictures: Mapping[str, bytes],
        tags: Tags,
    ) -> None:
        self._turns = any(font.turns for font in fonts.values())
        self._fonts = fonts
        self._pictures = pictures
        self._tags = tags
        self._known: dict[_Key, _Written] = {}

    def paint(self, page: Page) -> bytes:
        """Return the content stream of a page."""
        height = page.size.height
        stream = _Stream(self._fonts, self._tags, self._known, tells=self._turns and _turns(page))
        graphics: list[bytes] = []
        pen = b""
        for band in page.bands:
            x, y = band.x, height - band.y
            for item in band.items:
                if isinstance(item, Text):
                    stream.text(item, x + item.x, y - item.y)
                elif isinstance(item, Rule) and not item.dash:
                    if pen != (pen := _pen(item.color, item.width)):
                        graphics.append(pen)
                    line = x + item.x, y - item.y, x + item.to_x, y - item.to_y
                    graphics.append(b"%.2f %.2f m %.2f %.2f l S" % line)
                elif isinstance(item, _CONTENT):
                    self._content(stream, item, x, y)
                elif (drawn := _graphic(item, x, y)) is not None:
                    graphics.append(drawn)
                    pen = b""
        text = stream.finish()
        if not graphics:
            return text
        return b"\n".join((_ARTIFACTS[LAYOUT], *graphics, b"EMC", text))

    def _content(self, stream: _Stream, item: Picture | Drawing | Presence, x: Pt, y: Pt) -> None:
        """Show what is no text but content; the band's corner is at ``x``, ``y``."""
        if isinstance(item, Picture):
            bottom = y - item.y - item.height
            stream.picture(item, self._pictures[item.path], x + item.x, bottom)
        elif isinstance(item, Drawing):
            stream.drawing(item, x + item.x, y - item.y)
        else:
            stream.nothing(item.element)


def _turns(page: Page) -> bool:
    """Return whether right-to-left text stands on a page.

    Readers turn it about line by line, and with it what stands beside it: a number or a
    mark in the next cell. So there every run tells what it says (ActualText).
    """
    return any(is_turned(one.text) for text in page.texts() for one in text.fragments)


@cache
def _pen(color_: str, width: Pt) -> bytes:
    return b"%b RG %b w" % (color(color_), real(width))


def _graphic(item: Item, left: Pt, top: Pt) -> bytes | None:
    """Return the operators of a graphic in a band whose corner is at ``left``, ``top``."""
    if isinstance(item, Rule):
        stroke = b"%b RG %b w %b %b m %b %b l S" % (
            color(item.color),
            real(item.width),
            real(left + item.x),
            real(top - item.y),
            real(left + item.to_x),
            real(top - item.to_y),
        )
        return b"q 1 J [0 %b] 0 d %b Q" % (real(item.dash), stroke) if item.dash else stroke
    if isinstance(item, Fill):
        box = (left + item.x, top - item.y - item.height, item.width, item.height)
        path = _rounded(box, item.radius) if item.radius else b"%b re" % b" ".join(map(real, box))
        return b"%b rg %b f" % (color(item.color), path)
    if isinstance(item, Dot):
        radius = item.radius
        box = (left + item.x - radius, top - item.y - radius, 2 * radius, 2 * radius)
        return b"%b rg %b f" % (color(item.color), _rounded(box, radius))
    if isinstance(item, Path):
        points = [b"%.2f %.2f" % (left + x, top - y) for x, y in item.points]
        path = points[0] + b" m " + b" l ".join(points[1:]) + b" l"
        if not item.width:
            return b"%b rg %b f" % (color(item.color), path)
        return b"%b RG %b w 1 j 1 J %b S 0 j 0 J" % (color(item.color), real(item.width), path)
    return None


def _rounded(box: tuple[Pt, Pt, Pt, Pt], r: Pt) -> bytes:
    """Return the path of a box with round corners."""
    x, y, width, height = box
    h = r * (1 - _CIRCLE)
    right, top = x + width, y + height
    points = (
        (x + r, y),
        b"m",
        (right - r, y),
        b"l",
        (right - h, y, right, y + h, right, y + r),
        b"c",
        (right, top - r),
        b"l",
        (right, top - h, right - h, top, right - r, top),
        b"c",
        (x + r, top),
        b"l",
        (x + h, top, x, top - h, x, top - r),
        b"c",
        (x, y + r),
        b"l",
        (x, y + h, x + h, y, x + r, y),
        b"c",
    )
    return b" ".join(
        part if isinstance(part, bytes) else b" ".join(map(real, part)) for part in points
    )


class _Bare(NamedTuple):
    """A glyph that takes no room: its codes, its face, and where it stands on its line."""

    codes: bytes
    face: Face
    x: Pt


class _Written(Struct, frozen=True, gc=False):
    """A line as operators, and the state that they leave: font and size, colour, spacing."""

    operators: bytes
    font: tuple[bytes, Pt] | None
    color: str
    spacing: Pt


_Key: TypeAlias = "tuple[int, bool, tuple[bytes, Pt] | None, str, Pt]"


class _Stream:
    """Operators so far, and the graphics state that they leave.

    ``tells`` says that each run tells what it says.
    """

    def __init__(
        self,
        fonts: Mapping[Face, Font],
        tags: Tags,
        known: dict[_Key, _Written],
        *,
        tells: bool = False,
    ) -> None:
        self._tells = tells
        self._told: list[str] = []
        self.operators: list[bytes] = []
        self._fonts = fonts
        self._tags = tags
        self._known = known
        self._element: ElementId | None = None
        self._in_drawing = False
        self._state: tuple[bytes, Pt] | None = None
        self._color = ""
        self._spacing = 0.0
        self._x = self._y = 0.0
        self._shown: list[bytes] = []

    def text(self, item: Text, left: Pt, base: Pt) -> None:
        """Show the fragments of one line; ``base`` is its base line, from the page's foot."""
        if item.element is None:
            self._fragments(item.fragments, None, left, base)
            return
        if item.element != self._element:
            self._open(item.element)
        fragments = item.fragments
        told = self._tells and (item.element < 0 or self._in_drawing)
        key = id(fragments), told, self._state, self._color, self._spacing
        known = self._known.get(key)
        if known is None:
            first = len(self.operators)
            self._fragments(fragments, item.element, 0.0, 0.0, fragments[0].x)
            written = b"\n".join(self.operators[first:])
            del self.operators[first:]
            known = _Written(written, self._state, self._color, self._spacing)
            self._known[key] = known
        if self._tells:
            self._told += (one.text for one in fragments)
        self._go_to(left + fragments[0].x, base)
        self.operators.append(known.operators)
        self._state, self._color, self._spacing = known.font, known.color, known.spacing

    def _fragments(
        self,
        fragments: tuple[Fragment, ...],
        element: ElementId | None,
        left: Pt,
        base: Pt,
        cursor: Pt | None = None,
    ) -> None:
        """Show fragments of an element, or each of its own; a cursor is where they begin."""
        raised = 0.0
        said = self._said(fragments, element)
        marks: list[_Bare] = []
        for fragment in fragments:
            look = cast("Look", fragment.tag)
            owner = look.element if element is None else element
            if owner != self._element:
                self._flush()
                self._open(owner)
                cursor = None
            if said and fragment is fragments[0]:
                self._flush()
                self.operators.append(b"/Span<</ActualText%b>>BDC" % encoded(said))
            rise = fragment.rise
            if marks or not fragment.width:
                rise += self._off(fragment, marks)
            if rise != raised:
                raised, cursor = rise, None
            self._dress(look.color, fragment.spacing)
            start = left + fragment.x
            if cursor is None:
                self._flush()
                self._go_to(start, base + raised)
                cursor = start
            cursor = self._shows(fragment, start, cursor)
            if self._tells and element is None:
                self._told.append(fragment.text)
        self._flush()
        if said:
            self.operators.append(b"EMC")

    def _off(self, fragment: Fragment, before: list[_Bare]) -> Pt:
        """Return by how much to raise a glyph close behind one of its number that takes no room.

        ``before`` are such marks on the line so far, and becomes those before the next fragment.
        Readers take it for their shadow, though it is of another font.
        """
        shown = {part.codes for part in self._fonts[fragment.face].show(fragment.text)}
        same = any(
            one.codes in shown
            and one.face != fragment.face
            and abs(fragment.x - one.x) <= max(fragment.width, fragment.size)
            for one in before
        )
        if not fragment.width:
            before += (_Bare(codes, fragment.face, fragment.x) for codes in shown)
            del before[:-_LOOKED_BACK]
        return _OFF * fragment.size if same else 0.0

    def _said(self, fragments: tuple[Fragment, ...], element: ElementId | None) -> str:
        """Return what right-to-left text says where no element of its own can tell it."""
        owner = cast("Look", fragments[0].tag).element if element is None else element
        if owner >= 0 and not self._in_drawing:
            return ""
        if not self._tells and not any(one.said for one in fragments):
            return ""
        return "".join(one.said or one.text for one in fragments)

    def _dress(self, color_: str, spacing: Pt) -> None:
        """Take a colour and a spacing for what is shown next."""
        if color_ != self._color:
            self._flush()
            self._color = color_
            self.operators.append(b"%b rg" % color(color_))
        if spacing != self._spacing:
            self._flush()
            self._spacing = spacing
            self.operators.append(b"%.3f Tc" % spacing)

    def _shows(self, fragment: Fragment, start: Pt, cursor: Pt) -> Pt:
        """Show a fragment's text from ``start``; return where it ends."""
        for part in self._fonts[fragment.face].show(fragment.text):
            if part.color or self._color in _SIGNS:
                self._dress(part.color or cast("Look", fragment.tag).color, fragment.spacing)
            if part.codes:
                cursor = self._show(part, fragment.size, start, cursor)
                start = cursor
            else:
                start += part.width * fragment.size + fragment.spacing
        return cursor

    def _go_to(self, x: Pt, y: Pt) -> None:
        """Begin at a point; count on from what was written, so that rounding does not add up."""
        right, up = round(x - self._x, 2), round(y - self._y, 2)
        self.operators.append(b"%.2f %.2f Td" % (right, up))
        self._x += right
        self._y += up

    def _show(self, part: Show, size: Pt, start: Pt, cursor: Pt) -> Pt:
        """Show codes of one font from ``start``; return where they end.

        ``cursor`` is where the text before ended: what is between is an adjustment
        in thousandths of an em (ISO 32000-1, 9.4.3).
        """
        codes = part.codes
        if (part.font, size) != self._state:
            self._flush()
            self._state = (part.font, size)
            self.operators.append(b"/%b %b Tf" % (part.font, real(size)))
        shift = round((start - cursor) / size * 1000)
        if shift:
            self._shown.append(b"%d" % -shift)
        self._shown.append(string(codes))
        return cursor + (shift / 1000 + part.width) * size + self._spacing * (len(codes) >> 1)

    def _flush(self) -> None:
        """Write the strings that are pending."""
        if self._shown:
            if len(self._shown) == 1:
                self.operators.append(b"%bTj" % self._shown[0])
            else:
                self.operators.append(b"[%b]TJ" % b"".join(self._shown))
            self._shown.clear()

    def _open(self, element: ElementId) -> None:
        """End the marked run before and begin one for an element."""
        self._tell()
        mark = _ARTIFACTS[element] if element < 0 else _MARKED % self._tags.mark(element)
        self.operators.append(mark if self._element is None else b"ET EMC\n%b" % mark)
        self.operators.append(b"BT")
        self._element = element
        self._x = self._y = 0.0

    def _tell(self) -> None:
        """Note what the run says that ends here."""
        owned = self._element is not None and self._element >= 0
        if self._told and owned and not self._in_drawing:
            self._tags.tell("".join(self._told))
        self._told.clear()

    def _close(self) -> None:
        self._tell()
        if self._element is not None:
            self.operators.append(b"ET EMC")
            self._element = None

    def picture(self, item: Picture, resource: bytes, x: Pt, y: Pt) -> None:
        """Draw a picture as its figure's content, its lower left corner at ``x``, ``y``."""
        self._close()
        self.operators.append(
            b"/%b<</MCID %d>>BDC q %b 0 0 %b %b %b cm /%b Do Q EMC"
            % (
                *self._tags.mark(item.element),
                real(item.width),
                real(item.height),
                real(x),
                real(y),
                resource,
            )
        )
        self._tags.box(item.element, (x, y, x + item.width, y + item.height))

    def drawing(self, item: Drawing, left: Pt, top: Pt) -> None:
        """Draw a figure's graphics, then its texts, in one run; its corner at ``left``, ``top``."""
        self._close()
        self.operators.append(b"/%b<</MCID %d>>BDC" % self._tags.mark(item.element))
        self.operators.extend(
            drawn for part in item.items if (drawn := _graphic(part, left, top)) is not None
        )
        self.operators.append(b"BT")
        self._color, self._element = "", item.element
        self._in_drawing = True
        self._x = self._y = 0.0
        for part in item.items:
            if isinstance(part, Text):
                self.text(part, left + part.x, top - part.y)
        self._close()
        self._in_drawing = False
        bottom = top - item.height
        self._tags.box(item.element, (left, bottom, left + item.width, top))

    def nothing(self, element: ElementId) -> None:
        """Mark an empty run, so that readers that go by page meet the element."""
        self._close()
        if element >= 0:
            self.operators.append(b"/%b<</MCID %d>>BDC EMC" % self._tags.mark(element))

    def finish(self) -> bytes:
        """End what is open; return the stream."""
        self._close()
        return b"\n".join(self.operators)
