"""Atoms of text in -> slides of title and content.

Few words stand large. What is too much first steps down in size; then prose is
told by its lead sentences, verbatim, with the whole text in the notes; then the
atoms go on over further slides in balanced parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.powerpoint.desk import Page
from exporters.powerpoint.fit import largest, parts, passages_of, set_at, shortened, spread
from exporters.powerpoint.layouts import framed, text_box
from exporters.powerpoint.passages import Atom, Passage, cut
from exporters.powerpoint.plan import Mark
from exporters.powerpoint.xml import INDENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.powerpoint.desk import Desk, Intro
    from exporters.powerpoint.plan import Layout
    from exporters.theme import SlideTokens, Type
    from report_data.ids import BlockId

LAYOUT = "content"

_AIRY = 0.8
"""The part of the box that large type may fill: above it the ordinary sizes look calmer."""

_MOST_SPREAD = 0.8
"""The most of its leading by which items move further apart on a slide with room."""

_FEW = 3
"""So few items or paragraphs stand as large as a single thought."""

_MOST_PROSE = 0.92
"""The part of the box that prose may fill at the middle size before it is told by its leads."""


def layouts(tokens: SlideTokens) -> tuple[Layout, ...]:
    """Return the master's layout."""
    return (framed(tokens, LAYOUT, "obj", text_box(tokens)),)


def pages(atoms: Sequence[Atom], name: BlockId, desk: Desk) -> list[Page]:
    """Return the slides that a stretch of text needs."""
    box = desk.box(LAYOUT, "body").rect
    ruler, tokens = desk.ruler, desk.tokens
    everything = passages_of(atoms)
    step = _one_slide(everything, desk)
    if step:
        return [_page(atoms, name, step, (), desk)]
    comfortable = tokens.body_steps[min(1, len(tokens.body_steps) - 1)]
    if desk.with_notes and _is_prose(everything):
        for size in (tokens.body_steps[0], comfortable):
            short = shortened(ruler, atoms, size, box.width, box.height)
            if short:
                return [_page(short, name, size, _cut_short(atoms, short), desk)]
    told, cut_short = _told(atoms, desk)
    split = parts(ruler, told, comfortable, box.width, box.height)
    least = parts(ruler, told, tokens.body_steps[-1], box.width, box.height)
    if len(least) < len(split):
        split = least
    step = _common(split, desk)
    return [
        _page(
            part, name, step, tuple(p for atom in part for p in cut_short.get(id(atom), ())), desk
        )
        for part in split
    ]


def alone(words: Intro, desk: Desk) -> list[Page]:
    """Return the slides of a few words that no slide of another kind has room for."""
    return pages([Atom(words.passages, words.ids)], words.name, desk)


def is_one_slide(atoms: Sequence[Atom], desk: Desk) -> bool:
    """Return whether a stretch of text stands whole on one slide."""
    return _one_slide(passages_of(atoms), desk) is not None


def _one_slide(passages: Sequence[Passage], desk: Desk) -> Type | None:
    """Return the size at which all stands on one slide, if there is one."""
    box = desk.box(LAYOUT, "body").rect
    tokens, ruler = desk.tokens, desk.ruler
    steps = tokens.lead_steps if len(passages) <= _FEW else tokens.lead_steps[-1:]
    airy = largest(ruler, passages, steps, box.width, box.height * _AIRY)
    if airy:
        return airy
    if _is_prose(passages):
        return largest(ruler, passages, tokens.body_steps[:-1], box.width, box.height * _MOST_PROSE)
    return largest(ruler, passages, tokens.body_steps, box.width, box.height)


def _is_prose(passages: Sequence[Passage]) -> bool:
    """Return whether paragraphs, not items, hold most of the words."""
    prose = sum(len(passage.text) for passage in passages if passage.kind in {"text", "quote"})
    return 2 * prose > sum(len(passage.text) for passage in passages)


def _told(atoms: Sequence[Atom], desk: Desk) -> tuple[list[Atom], dict[int, tuple[Passage, ...]]]:
    """Return atoms that each fit a slide, and the whole text of those that were cut for it."""
    result: list[Atom] = []
    cut_short: dict[int, tuple[Passage, ...]] = {}
    prose = desk.with_notes and _is_prose(passages_of(atoms))
    for atom in atoms:
        for piece in _pieces(atom, desk):
            told = _led(piece, desk) if prose else piece
            fitted = _fitted(told, desk) if desk.with_notes else _chopped(told, desk)
            if desk.with_notes and fitted[0] is not piece:
                cut_short[id(fitted[0])] = piece.passages
            result += fitted
    return result, cut_short


def _pieces(atom: Atom, desk: Desk) -> list[Atom]:
    """Part an atom that is taller than a slide at its passages; the first has all the ids."""
    box = desk.box(LAYOUT, "body").rect
    step = desk.tokens.body_steps[-1]
    if largest(desk.ruler, atom.passages, (step,), box.width, box.height):
        return [atom]
    return [
        Atom((passage,), atom.ids if index == 0 else (), atom.glued)
        for index, passage in enumerate(atom.passages)
    ]


def _led(atom: Atom, desk: Desk) -> Atom:
    """Return a paragraph by as many lead sentences as three lines hold."""
    box = desk.box(LAYOUT, "body").rect
    step = desk.tokens.body_steps[0]
    if all(passage.kind not in {"text", "quote"} for passage in atom.passages):
        return atom
    height = step.leading * 4
    if largest(desk.ruler, atom.passages, (step,), box.width, height):
        return atom
    short = shortened(desk.ruler, (atom,), step, box.width, height)
    if short is None:
        short = shortened(desk.ruler, (atom,), step, box.width, box.height / 2)
    return short[0] if short and short[0] != atom else atom


def _fitted(atom: Atom, desk: Desk) -> list[Atom]:
    """Cut a passage that no slide holds after its last line that fits."""
    room = _room(atom, desk)
    if room is None:
        return [atom]
    passage, (step, width, lines) = atom.passages[0], room
    kept = replace(passage, runs=desk.ruler.beginning(passage.runs, step, width, lines))
    return [Atom((kept,), atom.ids, atom.glued)]


def _chopped(atom: Atom, desk: Desk) -> list[Atom]:
    """Part a passage that no slide holds into as many as it takes."""
    room = _room(atom, desk)
    if room is None:
        return [atom]
    passage, (step, width, lines) = atom.passages[0], room
    result: list[Atom] = []
    rest = passage.runs
    while rest:
        first, rest = cut(rest, max(1, desk.ruler.prefix(rest, step, width, lines)))
        part = replace(passage, runs=first, mark=Mark.NONE if result else passage.mark)
        result.append(Atom((part,), () if result else atom.ids, atom.glued))
    return result


def _room(atom: Atom, desk: Desk) -> tuple[Type, float, int] | None:
    """Return type, width and lines of a slide for a passage, ``None`` when a slide holds it."""
    box = desk.box(LAYOUT, "body").rect
    step = desk.tokens.body_steps[-1]
    if largest(desk.ruler, atom.passages, (step,), box.width, box.height):
        return None
    paragraph = set_at(atom.passages[:1], step)[0]
    indent = INDENT * (paragraph.level + (paragraph.mark is not Mark.NONE))
    return paragraph.type, box.width - indent, int(box.height / paragraph.type.leading) - 1


def _common(split: Sequence[Sequence[Atom]], desk: Desk) -> Type:
    """Return the largest size at which every part fits: slides that go on look alike."""
    box = desk.box(LAYOUT, "body").rect
    steps = desk.tokens.body_steps
    for step in steps[:-1]:
        if all(
            largest(desk.ruler, passages_of(part), (step,), box.width, box.height) for part in split
        ):
            return step
    return steps[-1]


def _cut_short(whole: Sequence[Atom], short: Sequence[Atom]) -> tuple[Passage, ...]:
    """Return the whole text of the atoms that their slide tells by less."""
    return tuple(
        passage
        for full, told in zip(whole, short, strict=True)
        if full != told
        for passage in full.passages
    )


def _page(
    atoms: Sequence[Atom], name: BlockId, step: Type, notes: tuple[Passage, ...], desk: Desk
) -> Page:
    passages = passages_of(atoms)
    paragraphs = set_at(passages, step)
    if any(passage.mark is not Mark.NONE for passage in passages):
        box = desk.box(LAYOUT, "body").rect
        slack = box.height * _AIRY - desk.ruler.height(paragraphs, box.width) - step.leading
        paragraphs = spread(paragraphs, slack, step.leading * _MOST_SPREAD)
    ids = tuple(one for atom in atoms for one in atom.ids)
    return Page(LAYOUT, (desk.text(LAYOUT, "body", name, paragraphs),), notes, ids)
