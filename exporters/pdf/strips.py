"""Measured material in -> bands on a page: the strips that pages are built of.

A strip is what never parts by itself: a line of text, a table's row, a picture.
Strips stand one under another with white space between them, which vanishes at
a page's top. Some stand in frames (a callout's ground, a quotation's rule) that
reach over all their strips and go on over a page's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from exporters.pdf.plan import Band, Fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from exporters.layout.geometry import Pt
    from exporters.pdf.plan import Item
    from report_data.ids import BlockId


class Frame(Struct, frozen=True, eq=False):
    """What stands behind or beside a run of strips; one object a box, compared by identity.

    ``above`` and ``below`` are kept free inside it, on every page that it
    stands on. ``rule`` is a width and a colour: a line down its left edge, or
    along its top edge when ``across``.
    """

    x: Pt
    width: Pt
    above: Pt = 0.0
    below: Pt = 0.0
    ground: str = ""
    rule: tuple[Pt, str] | None = None
    across: bool = False
    outer: Frame | None = None

    def chain(self) -> list[Frame]:
        """Return this frame and those around it, outermost first."""
        frames: list[Frame] = []
        frame: Frame | None = self
        while frame is not None:
            frames.append(frame)
            frame = frame.outer
        return frames[::-1]

    def draw(self, top: Pt, bottom: Pt) -> Iterator[Item]:
        """Yield what is drawn between two heights of one page."""
        if self.ground:
            yield Fill(self.x, top, self.width, bottom - top, self.ground)
        if self.rule:
            width, color = self.rule
            if self.across:
                yield Fill(self.x, top, self.width, width, color)
            else:
                yield Fill(self.x, top, width, bottom - top, color)


class Strip(Struct, frozen=True, gc=False):
    """A piece of a column that is placed whole.

    ``space`` is the white space over it. ``keep`` ties it to the strip after
    it. ``notes`` are the footnotes mentioned in it, ``head`` a section's title
    that begins here. ``repeat`` are the strips shown again over it when it is
    the first of a page (a table's header). With ``parts``, columns of strips
    side by side, ``items`` stand behind them, ``under`` at its foot, and it may
    be split where it is taller than what is left of a page. ``turned`` asks for
    a landscape page, ``fresh`` for a new one. ``units`` are the blocks that it is
    a part of and that stay on one page if they can, the outermost first, each told
    by its identity.
    """

    height: Pt
    items: tuple[Item, ...] = ()
    space: Pt = 0.0
    keep: bool = False
    notes: tuple[BlockId, ...] = ()
    head: str = ""
    frame: Frame | None = None
    repeat: tuple[Strip, ...] = ()
    parts: tuple[tuple[Strip, ...], ...] = ()
    under: tuple[Item, ...] = ()
    pad: tuple[Pt, Pt] = (0.0, 0.0)
    whole: bool = False
    turned: bool = False
    fresh: bool = False
    units: tuple[object, ...] = ()


def whole(strips: Sequence[Strip]) -> list[Strip]:
    """Return the strips of a block that stays on one page if it can."""
    unit = object()
    return [replace(strip, units=(unit, *strip.units)) for strip in strips]


def in_company(items: Sequence[list[Strip]], short: int) -> list[Strip]:
    """Return the strips of items, the first and the last tied to a neighbour.

    An item of ``short`` lines or fewer alone at a page's foot or top looks lost, as a
    single line does.
    """
    if len(items) > 1:
        for made, other in ((items[0], items[1]), (items[-2], items[-1])):
            if max(len(made), len(other)) <= short:
                made[-1] = replace(made[-1], keep=True)
    return [strip for made in items for strip in made]


class Stack:
    """Strips placed from a height downwards, with the frames that they stand in."""

    def __init__(self, top: Pt = 0.0) -> None:
        self.bottom = top
        self.placed: list[tuple[Pt, Strip]] = []
        self._open: dict[Frame, Pt] = {}
        self._frame: Frame | None = None
        self._grounds: dict[Frame, tuple[Pt, Pt]] = {}

    def top_of(self, strip: Strip) -> Pt:
        """Return the height at which a strip would begin."""
        space = strip.space if self.placed else 0.0
        if strip.frame is self._frame:
            return self.bottom + space
        frames = strip.frame.chain() if strip.frame else []
        closing = sum(frame.below for frame in self._open if frame not in frames)
        opening = sum(frame.above for frame in frames if frame not in self._open)
        return self.bottom + closing + space + opening

    def end_of(self, strip: Strip) -> Pt:
        """Return the height that would be reached if the page ended after a strip."""
        below = sum(frame.below for frame in strip.frame.chain()) if strip.frame else 0.0
        return self.top_of(strip) + strip.height + below

    def place(self, strip: Strip) -> None:
        """Place a strip under what stands there."""
        top = self.top_of(strip)
        if strip.frame is not self._frame:
            self._change_frame(strip.frame, top)
        self.placed.append((top, strip))
        self.bottom = top + strip.height

    def _change_frame(self, frame: Frame | None, top: Pt) -> None:
        wanted = frame.chain() if frame else []
        self._close([old for old in self._open if old not in wanted])
        height = top - sum(new.above for new in wanted if new not in self._open)
        for new in wanted:
            if new not in self._open:
                self._open[new] = height
                self._grounds[new] = (height, height)
                height += new.above
        self._frame = frame

    def _close(self, frames: list[Frame]) -> None:
        for frame in reversed(frames):
            self.bottom += frame.below
            self._grounds[frame] = (self._open.pop(frame), self.bottom)

    def finish(self) -> Pt:
        """Close every frame; return the height that is reached."""
        self._close(list(self._open))
        self._frame = None
        return self.bottom

    def bands(self) -> Iterator[Band]:
        """Yield what was placed: grounds first, then the strips in their order."""
        grounds = tuple(
            item
            for frame, (top, bottom) in self._grounds.items()
            for item in frame.draw(top, bottom)
        )
        if grounds:
            yield Band(0, 0, grounds)
        for top, strip in self.placed:
            yield from _bands(top, strip)


def _bands(top: Pt, strip: Strip) -> Iterator[Band]:
    if strip.items:
        yield Band(0, top, strip.items)
    for part in strip.parts:
        yield from stacked(part, top + strip.pad[0]).bands()
    if strip.under:
        yield Band(0, top + strip.height, strip.under)


def stacked(strips: Sequence[Strip], top: Pt = 0.0) -> Stack:
    """Return strips placed one under another, whatever the height."""
    stack = Stack(top)
    for strip in strips:
        stack.place(strip)
    stack.finish()
    return stack


def side_by_side(strip: Strip) -> Strip:
    """Return a strip with the height that its parts need."""
    tallest = max((stacked(part).bottom for part in strip.parts), default=0.0)
    return replace(
        strip,
        height=max(strip.height, tallest + sum(strip.pad)),
        notes=tuple(note for part in strip.parts for inner in part for note in inner.notes),
    )


def split(strip: Strip, room: Pt, *, force: bool = False) -> tuple[Strip, Strip] | None:
    """Cut a strip with parts at a height; ``None`` when nothing of it fits.

    ``force`` parts what is kept together too: a whole page is not enough for it.
    """
    inside = room - sum(strip.pad)
    cuts = [_cut(part, inside, force=force) for part in strip.parts]
    if not any(first for first, _ in cuts) or not any(rest for _, rest in cuts):
        return None
    first = replace(strip, height=0.0, parts=tuple(first for first, _ in cuts), keep=False)
    rest = replace(
        strip, height=0.0, parts=tuple(rest for _, rest in cuts), space=0.0, head="", items=()
    )
    return side_by_side(first), side_by_side(rest)


def _cut(
    part: Sequence[Strip], room: Pt, *, force: bool
) -> tuple[tuple[Strip, ...], tuple[Strip, ...]]:
    """Cut one column where the room ends, not after a strip that is kept with the next."""
    stack = Stack()
    count = 0
    for strip in part:
        if stack.end_of(strip) > room:
            break
        stack.place(strip)
        count += 1
    if count == len(part):
        return tuple(part), ()
    next_ = part[count]
    tall = next_.parts and (force or not next_.whole)
    if tall and (halves := split(next_, room - stack.top_of(next_), force=force)):
        return (*part[:count], halves[0]), (halves[1], *part[count + 1 :])
    end = count
    while end and part[end - 1].keep:
        end -= 1
    if force and not end:
        end = count
    return tuple(part[:end]), tuple(part[end:])
