"""Passages and a box in -> paragraphs at the largest size that fits, or where to part them.

Text is measured by `exporters.layout`. One line is kept in reserve everywhere:
the host's own line breaker may differ by one.
"""

from __future__ import annotations

from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from exporters.layout.fonts import FontStyle
from exporters.layout.gauge import Gauge, kept
from exporters.layout.kinds import Kinds
from exporters.layout.table import split_rows
from exporters.layout.text import Piece, compose
from exporters.powerpoint.passages import Atom, Passage, cut, lead
from exporters.powerpoint.plan import Mark, TextParagraph, TextRun
from exporters.powerpoint.xml import INDENT
from exporters.theme import Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from exporters.layout.fonts import FontSet
    from exporters.layout.geometry import Pt

_SCRIPT = 0.66
"""The size of raised and lowered text, as PowerPoint draws it."""

_CODE = 0.86
"""Code beside text: fixed-width faces look larger at the same size."""

_GAPS = {"text": 0.45, "item": 0.4, "head": 0.75, "code": 0.45, "quote": 0.45}
"""Space above a passage in parts of its leading."""

_NESTED_GAP = 0.15
"""The same above an item inside another, so that groups are seen."""

_HOST_KINDS = Kinds(
    {
        "M": ((0x3000, 0x303F), (0xFF00, 0xFFEF)),
        "H": ((0x3400, 0x9FFF),),
        "a": ((0x21, 0x2E), (0x30, 0x7E)),
        "/": ((0x2F, 0x2F),),
        " ": ((0x20, 0x20),),
        "e": ((0x2600, 0x27BF), (0x1F300, 0x1FAFF)),
        "s": ((0x2B50, 0x2B55),),
    },
    other=".",
)
_HOST_GAPS = ("Ma", "aM", "H a", "a H")
"""Where LibreOffice parts Chinese and Latin although a mark or a space stands there already."""

_STROKE_GAPS = ("H/", "/H", "H /", "/ H")
"""Where it parts a stroke from Chinese: 元/千瓦."""

_GAP = 0.28
"""Em that it gives each, measured."""

_EDGE = 0.5
"""Em that a mark of full width has more there at a line's start or end: ours is set close."""

_WIDER = {"e": 0.35, "s": 0.67}
"""Em by which pictograms and stars of Segoe UI Emoji, 1.37 em, are wider than the bundled ones."""

_NARROW = 480.0
"""Points under which a column is narrow: half a slide, or one on end."""

_ROUNDING = 1e-5
"""Parts of a line by which a text may pass its width: sums of widths, not overflow."""

_MORE = "…"
"""Stands where a text loses its end."""

_LEADS = (4, 3, 2, 1)
"""How many lead sentences are tried, most first."""


class _Text(Struct):
    """A text's measures at one point, each taken when it is first asked for."""

    pieces: tuple[Piece, ...]
    broken: bool
    """Whether it has line breaks of its own."""
    gaps: Pt
    """What a host may set between its scripts."""
    most: float
    """What its width never passes: most texts need no closer look."""
    natural: float = -1.0
    counted: dict[float, int] = field(default_factory=dict)


class Ruler:
    """Measures planned text with one set of fonts."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._gauge = Gauge(fonts)
        self._texts: dict[tuple[tuple[TextRun, ...], bool], _Text] = {}
        self._near: dict[tuple[int, bool], tuple[tuple[TextRun, ...], _Text]] = {}
        """By identity; the runs are kept, so that no others can have it."""

    def lines(self, runs: Sequence[TextRun], step: Type, width: Pt) -> int:
        """Return how many lines the runs take at a size in a width of points."""
        return self._count(self._text(runs, bold=step.bold), width / step.size)

    def natural(self, runs: Sequence[TextRun], step: Type) -> Pt:
        """Return the width of the runs on one line, in points."""
        return self._natural(self._text(runs, bold=step.bold)) * step.size

    def sure_width(self, runs: Sequence[TextRun], step: Type) -> Pt:
        """Return the width on one line with the gaps that a host may set, in points."""
        text = self._text(runs, bold=step.bold)
        return (self._natural(text) + text.gaps) * step.size

    def sure_lines(self, runs: Sequence[TextRun], step: Type, width: Pt) -> int:
        """Return how many lines the runs take at most: nothing squeezed, with a host's gaps."""
        text, em = self._text(runs, bold=step.bold), width / step.size
        if not text.broken and text.most + text.gaps <= em:
            return 1
        return max(self._count(text, em), ceil((self._natural(text) + text.gaps) / em - _ROUNDING))

    def least(self, runs: Sequence[TextRun], step: Type) -> Pt:
        """Return the width of the widest cluster that may not be broken, in points."""
        return self._gauge.least(self._text(runs, bold=step.bold).pieces) * step.size

    def _text(self, runs: Sequence[TextRun], *, bold: bool) -> _Text:
        near = (id(runs), bold)  # which takes no look at the words
        if near in self._near:
            return self._near[near][1]
        key = (tuple(runs), bold)
        known = self._texts.get(key)
        if known is None:
            text = "".join([run.text for run in runs])
            gaps = 0.0 if text.isascii() else _host_gaps(text)
            pieces = _pieces(runs, bold=bold)
            most = self._gauge.most(pieces)
            known = kept(self._texts)[key] = _Text(pieces, "\n" in text, gaps, most)
        if isinstance(runs, tuple):
            kept(self._near)[near] = (runs, known)
        return known

    def _natural(self, text: _Text) -> float:
        if text.natural < 0:
            text.natural = self._gauge.natural(text.pieces)
        return text.natural

    def _count(self, text: _Text, em: float) -> int:
        if not text.broken and (text.most <= em or self._natural(text) <= em):
            return 1
        known = text.counted.get(em)
        if known is None:
            known = text.counted[em] = self._gauge.lines(text.pieces, em)
        return known

    def prefix(self, runs: Sequence[TextRun], step: Type, width: Pt, lines: int) -> int:
        """Return how many characters the first lines hold."""
        pieces = _pieces(runs, bold=step.bold)
        set_lines = compose(pieces, width / step.size, self._fonts)
        return set_lines[min(lines, len(set_lines)) - 1].end

    def beginning(
        self,
        runs: tuple[TextRun, ...],
        step: Type,
        width: Pt,
        lines: int,
        tail: tuple[TextRun, ...] = (),
    ) -> tuple[TextRun, ...]:
        """Return as much of the runs as some lines hold, with a sign, ours, that there is more.

        ``tail`` stands after the sign and is never cut.
        """
        end = self.prefix(runs, step, width, lines) - 1
        while end > 1:
            short = (*_with_more(cut(runs, end)[0]), *tail)
            if self.sure_lines(short, step, width) <= lines:
                return short
            end -= 1
        return _with_more(cut(runs, 1)[0])

    def height(self, items: Iterable[TextParagraph], width: Pt, *, sure: bool = False) -> Pt:
        """Return the height of set paragraphs in a width, both in points.

        ``sure`` takes for each the most lines that it may have: of several in a narrow
        column more than one may break otherwise in a host.
        """
        count = self.sure_lines if sure else self.lines
        total = 0.0
        for item in items:
            inner = width - INDENT * (item.level + (item.mark is not Mark.NONE))
            total += item.before + item.type.leading * count(item.runs, item.type, inner)
        return total


def _host_gaps(text: str) -> float:
    """Return by how many em a host may set a text wider that is not all ASCII."""
    shape = text.translate(_HOST_KINDS)
    wider = _EDGE * ((shape[0] == "M") + (shape[-1] == "M"))
    if "e" in shape or "s" in shape:
        wider += sum([shape.count(kind) * by for kind, by in _WIDER.items()])
    gaps = _HOST_GAPS if "/" not in shape else _HOST_GAPS + _STROKE_GAPS
    return sum([shape.count(gap) for gap in gaps]) * _GAP + wider


def _with_more(runs: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    """Return runs with the sign that there is more: in words of ours a part of them."""
    if runs and runs[-1].furniture:
        return (*runs[:-1], replace(runs[-1], text=f"{runs[-1].text}{_MORE}"))
    return (*runs, TextRun(_MORE, furniture=True))


def _pieces(runs: Sequence[TextRun], *, bold: bool) -> tuple[Piece, ...]:
    """Return runs as pieces of one point."""
    return tuple(
        [
            Piece(
                run.text,
                FontStyle(_SCRIPT if run.baseline else 1.0, run.bold or bold, run.italic, run.code),
            )
            for run in runs
        ]
    )


def set_at(passages: Iterable[Passage], step: Type) -> tuple[TextParagraph, ...]:
    """Set passages at a size: types, gaps, and the numbers that rows of items begin with.

    PowerPoint counts anew behind a paragraph without a number, LibreOffice only behind a
    number of a lower level: for both, each further row stands one deeper.
    """
    result: list[TextParagraph] = []
    rows: dict[int, tuple[int, int]] = {}
    counted, deeper = False, 0
    for passage in passages:
        level = passage.level
        for deeper in [key for key in rows if key > level]:
            del rows[deeper]
        start = 1
        if passage.mark is Mark.NUMBER:
            if not level:
                deeper += counted and 0 not in rows
                counted = True
            first, last = rows.get(level, (passage.number, passage.number - 1))
            start = first if last + 1 == passage.number else passage.number
            rows[level] = (start, passage.number)
        else:
            rows.pop(level, None)
        kind = _type_of(passage, step)
        gap = _NESTED_GAP if passage.kind == "item" and level else _GAPS[passage.kind]
        result.append(
            TextParagraph(
                passage.runs,
                kind,
                passage.mark,
                level,
                start,
                before=round(gap * step.leading, 1) if result else 0.0,
                deeper=deeper if level or passage.mark is not Mark.NONE else 0,
            )
        )
    return tuple(result)


def _type_of(passage: Passage, step: Type) -> Type:
    if passage.kind == "code":
        return Type(round(step.size * _CODE * 2) / 2, round(step.leading * _CODE * 2) / 2)
    return step


def spread(paragraphs: Sequence[TextParagraph], slack: Pt, most: Pt) -> tuple[TextParagraph, ...]:
    """Share out spare height among the gaps between paragraphs, at most ``most`` points each."""
    gaps = len(paragraphs) - 1
    if gaps < 1 or slack <= 0:
        return tuple(paragraphs)
    more = round(min(slack / gaps, most), 1)
    return (
        paragraphs[0],
        *(replace(one, before=one.before + more) for one in paragraphs[1:]),
    )


def passages_of(atoms: Iterable[Atom]) -> list[Passage]:
    """Return the passages of atoms, in order."""
    return [passage for atom in atoms for passage in atom.passages]


def largest(
    ruler: Ruler, passages: Sequence[Passage], steps: Sequence[Type], width: Pt, height: Pt
) -> Type | None:
    """Return the first of ``steps`` (largest first) at which all fits with a line in reserve.

    In a narrow column more than one paragraph may break otherwise in a host: there all do.
    """
    for step in steps:
        items = set_at(passages, step)
        if ruler.height(items, width) + step.leading <= height and (
            width > _NARROW or ruler.height(items, width, sure=True) <= height
        ):
            return step
    return None


def shortened(
    ruler: Ruler, atoms: Sequence[Atom], step: Type, width: Pt, height: Pt
) -> list[Atom] | None:
    """Return atoms by their lead sentences, as many as fit at a size; ``None`` if not even one."""
    for count in _LEADS:
        short = [
            Atom(tuple(lead(passage, count) for passage in atom.passages), atom.ids, atom.glued)
            for atom in atoms
        ]
        if largest(ruler, passages_of(short), (step,), width, height):
            return short
    return None


def parts(
    ruler: Ruler, atoms: Sequence[Atom], step: Type, width: Pt, height: Pt
) -> list[list[Atom]]:
    """Part atoms into balanced runs that fit a box, each with a line in reserve.

    None ends with a line that announces what follows, if a box holds both.
    """
    groups: list[list[Atom]] = []
    open_group = False
    for atom, after in zip_longest(atoms, atoms[1:]):
        if open_group:
            groups[-1].append(atom)
        else:
            groups.append([atom])
        open_group = atom.glued or (
            after is not None
            and atom.leads_in
            and not after.leads_in
            and largest(ruler, passages_of((atom, after)), (step,), width, height) is not None
        )
    gap = max(_GAPS.values()) * step.leading
    heights = [ruler.height(set_at(passages_of(group), step), width) + gap for group in groups]
    room = height - step.leading + gap
    return [
        [atom for group in groups[start:end] for atom in group]
        for start, end in split_rows(heights, room, room, balanced=True)
        if end > start
    ]
