"""Lines of text in the order of their elements -> operators, each element's runs marked.

Text is written by the operators themselves (BT Tf Td TJ ET, ISO 32000-1, 9.4),
one marked run for as long as the element stays the same. The gaps that setting
adds are positions, never characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from msgspec import Struct

from exporters.pdf.graphics import graphic
from exporters.pdf.plan import FOOTER, HEADER, LAYOUT, Text
from exporters.pdf.syntax import color, real, string
from exporters.pdf.syntax import text as encoded
from exporters.theme import SIGN_COLORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporters.layout.faces import Face
    from exporters.layout.geometry import Pt
    from exporters.layout.text import Fragment
    from exporters.pdf.fonts import Font, Show
    from exporters.pdf.plan import Drawing, ElementId, Look, Picture
    from exporters.pdf.tags import Tags

ARTIFACTS = {
    LAYOUT: b"/Artifact<</Type/Layout>>BDC",
    HEADER: b"/Artifact<</Type/Pagination/Subtype/Header>>BDC",
    FOOTER: b"/Artifact<</Type/Pagination/Subtype/Footer>>BDC",
}
"""How runs of what is no content begin (ISO 32000-1, 14.8.2.2)."""

_SIGNS = frozenset(SIGN_COLORS.values())

_HYPHENS = ("-", "\u00ad")
"""After what a mark says (ActualText) that ends with one, readers take a hyphen alone for the
same and leave it out (pdfium)."""

_MARKED = b"/%b<</MCID %d>>BDC"

_OFF = 0.2
"""Em of a step by which a glyph stands off another of its number on the same place."""

_LOOKED_BACK = 5
"""Texts before one among which readers look for its shadow (pdfium)."""


class Written(Struct, frozen=True, gc=False):
    """A line as operators, and what they leave: font and size, colour, spacing, a formula."""

    operators: bytes
    font: tuple[bytes, Pt] | None
    color: str
    spacing: Pt
    formula: int


Key: TypeAlias = "tuple[int, bool, tuple[bytes, Pt] | None, str, Pt, int]"
"""What makes a line's operators: its fragments' identity, and the state that it finds."""


class Stream:
    """Operators so far, and the graphics state that they leave.

    ``tells`` says that each run tells what it says.
    """

    def __init__(
        self,
        fonts: Mapping[Face, Font],
        tags: Tags,
        known: dict[Key, Written],
        *,
        tells: bool,
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
        self._formula = 0
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
        key = id(fragments), told, self._state, self._color, self._spacing, self._formula
        known = self._known.get(key)
        if known is None:
            first = len(self.operators)
            self._fragments(fragments, item.element, 0.0, 0.0, fragments[0].x)
            written = b"\n".join(self.operators[first:])
            del self.operators[first:]
            known = Written(written, self._state, self._color, self._spacing, self._formula)
            self._known[key] = known
        if self._tells:
            self._told += (one.text for one in fragments)
        self._go_to(left + fragments[0].x, base)
        self.operators.append(known.operators)
        self._state, self._color, self._spacing = known.font, known.color, known.spacing
        self._formula = known.formula

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
        first = cast("Look", fragments[0].tag).element if element is None else element
        if first != self._element:
            self._open(first)
        said = self._said(fragments, first)
        saying = ""
        steps: dict[int, int] = {}
        bare = False
        for index, fragment in enumerate(fragments):
            look = cast("Look", fragment.tag)
            owner = look.element if element is None else element
            says = "" if said else look.says
            if (owner, says) != (self._element, saying):
                self._change(owner, saying, says, look.number)
                cursor, saying = None, says
            if said and not index:
                self._flush()
                self.operators.append(b"/Span<</ActualText%b>>BDC" % encoded(said))
            rise = fragment.rise
            if bare or not fragment.width:
                bare = True
                steps[index] = self._steps(fragments, index, steps)
                rise += _OFF * steps[index] * fragment.size
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
                self._told.append("" if saying else fragment.text)
        self._flush()
        self.operators += [b"EMC"] * (bool(saying) + bool(said))

    def _change(self, owner: ElementId, before: str, says: str, formula: int) -> None:
        """End what was told ``before``, go to an element, and tell what it says.

        What is drawn otherwise is told once for all lines of it (ISO 32000-1, 14.9.4).
        """
        self._flush()
        if before:
            self.operators.append(b"EMC")
        if owner != self._element:
            self._open(owner)
        if says:
            goes_on = formula == self._formula if owner < 0 else not self._tags.says(owner)
            self._formula = formula
            says = "" if goes_on else says
            self.operators.append(b"/Span<</ActualText%b>>BDC" % encoded(says))
            if self._tells:
                self._told.append(says)

    def _steps(self, fragments: tuple[Fragment, ...], index: int, before: dict[int, int]) -> int:
        """Return by how many steps to raise a glyph close behind one of its number.

        Readers take it for that one's shadow where one of both takes no room, though it
        is of another font. ``before`` tells the steps of fragments that were raised.
        """
        one = fragments[index]
        taken = {
            before.get(place, 0)
            for place in range(max(0, index - _LOOKED_BACK), index)
            if self._shades(fragments[place], one)
        }
        return next(step for step in range(_LOOKED_BACK + 1) if step not in taken)

    def _shades(self, other: Fragment, one: Fragment) -> bool:
        """Return whether readers may take a fragment for the shadow of another."""
        if other.face is one.face or (other.width and one.width):
            return False
        near = abs(one.x - other.x) <= max(one.width, one.size)
        return near and not self._codes_of(one).isdisjoint(self._codes_of(other))

    def _codes_of(self, fragment: Fragment) -> set[bytes]:
        return {part.codes for part in self._fonts[fragment.face].show(fragment.text)}

    def _said(self, fragments: tuple[Fragment, ...], owner: ElementId) -> str:
        """Return what right-to-left text says where no element of its own can tell it."""
        if owner >= 0 and not self._in_drawing:
            return ""
        if not self._tells and not any(one.said for one in fragments):
            return ""
        said = "".join(map(self._said_by, fragments))
        return f"{said} " if said.endswith(_HYPHENS) else said

    def _said_by(self, one: Fragment) -> str:
        """Return what a fragment says; a formula's first one all of it."""
        look = cast("Look", one.tag)
        if not look.says:
            return one.said or one.text
        goes_on = look.number == self._formula
        self._formula = look.number
        return "" if goes_on else look.says

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
        mark = ARTIFACTS[element] if element < 0 else _MARKED % self._tags.mark(element)
        self.operators.append(mark if self._element is None else b"ET EMC\n%b" % mark)
        self.operators.append(b"BT")
        self._element = element
        self._formula = 0
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
        self.operators.append(_MARKED % self._tags.mark(item.element))
        self.operators.extend(
            drawn for part in item.items if (drawn := graphic(part, left, top)) is not None
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
