"""Planned pages and the document's fonts in -> their content streams, their marked runs noted.

Graphics come first on a page: they are all artifacts, and grounds lie under text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.bidi import is_turned
from exporters.pdf.graphics import graphic, pen
from exporters.pdf.plan import LAYOUT, Drawing, Picture, Presence, Rule, Text
from exporters.pdf.stream import ARTIFACTS, Stream

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporters.layout.faces import Face
    from exporters.layout.geometry import Pt
    from exporters.pdf.fonts import Font
    from exporters.pdf.plan import Page
    from exporters.pdf.stream import Key, Written
    from exporters.pdf.tags import Tags

_CONTENT = (Picture, Drawing, Presence)


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
        self._known: dict[Key, Written] = {}

    def paint(self, page: Page) -> bytes:
        """Return the content stream of a page."""
        height = page.size.height
        stream = Stream(self._fonts, self._tags, self._known, tells=self._turns and _turns(page))
        graphics: list[bytes] = []
        held = b""
        for band in page.bands:
            x, y = band.x, height - band.y
            for item in band.items:
                if isinstance(item, Text):
                    stream.text(item, x + item.x, y - item.y)
                elif isinstance(item, Rule) and not item.dash:
                    if held != (held := pen(item.color, item.width)):
                        graphics.append(held)
                    line = x + item.x, y - item.y, x + item.to_x, y - item.to_y
                    graphics.append(b"%.2f %.2f m %.2f %.2f l S" % line)
                elif isinstance(item, _CONTENT):
                    self._content(stream, item, x, y)
                elif (drawn := graphic(item, x, y)) is not None:
                    graphics.append(drawn)
                    held = b""
        text = stream.finish()
        if not graphics:
            return text
        return b"\n".join((ARTIFACTS[LAYOUT], *graphics, b"EMC", text))

    def _content(self, stream: Stream, item: Picture | Drawing | Presence, x: Pt, y: Pt) -> None:
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
