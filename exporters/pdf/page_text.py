"""Rich text in -> strips of set lines, with what goes along: links, strikes, emphasis dots."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from math import cos, pi, sin
from typing import TYPE_CHECKING

from msgspec.structs import replace

from exporters.layout.fonts import KEYCAP, FontStyle
from exporters.layout.text import Piece, compose
from exporters.names import one_line
from exporters.pdf.plan import LAYOUT, Area, Dot, Fill, Look, Path, Place, Rule, Text
from exporters.pdf.strips import Strip
from report_data.expressions import when_used
from report_data.model import (
    InlineImage,
    Mark,
    NoteRef,
    Reference,
    Run,
    is_plain_formula,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exporters.layout.geometry import Pt
    from exporters.layout.text import Fragment, Line
    from exporters.pdf.plan import ElementId, Item
    from exporters.pdf.setting import Column, Setting, Tone
    from report_data.ids import BlockId
    from report_data.model import Inline, RichText

_RAISED = 0.62
"""Size of a superscript as a part of the text's, after the usual range of 0.58 to 0.65."""
_RISE = 0.36
_DROP = -0.14
_CODE = 0.94
"""Size of code in a line: fixed-width letters look larger than the text beside them."""

_CHINESE = when_used(
    "[\u2e80-\u2fdf\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""What wears emphasis dots: no punctuation (CLREQ 2.6.1)."""
_ASIDE = 8
"""Characters from which on a paragraph in italics is a note and no word that is stressed."""


def _unstressed(content: RichText) -> RichText:
    """Return a paragraph without italics where all of it is in italics, and it has Chinese.

    A note or disclaimer that is emphasised as a whole stresses nothing: a dot under
    each of its characters would.
    """
    if not all(map(_is_in_italics, content)):
        return content
    said = plain(content)
    if len(said) < _ASIDE or not _CHINESE.search(said):
        return content
    return tuple(
        [
            replace(item, marks=item.marks & ~Mark.ITALIC) if isinstance(item, Run) else item
            for item in content
        ]
    )


def _is_in_italics(item: Inline) -> bool:
    return not isinstance(item, Run) or bool(item.marks & Mark.ITALIC) or not item.text.strip()


def pieces(
    content: RichText, element: ElementId, tone: Tone, setting: Setting
) -> tuple[Piece, ...]:
    """Return rich text as pieces for the composer.

    Links, code, formulas and references get structure elements of their own
    under ``element``.
    """
    if len(content) == 1 and isinstance(run := content[0], Run) and _is_plain(run):
        return (Piece(run.text, tone.style, Look(tone.color, element)),)
    made: list[Piece] = []
    for target, runs in groupby(content, key=_target):
        inside = element
        if element < 0:
            target = ""  # noqa: PLW2901 - shown again: no content, no link
        if target and _is_live(target, setting):
            inside = setting.element("Link", element)
        else:
            target = ""  # noqa: PLW2901 - a dead link is text
        for item in runs:
            made.extend(_inline(item, inside, target, tone, setting))
    return tuple(made)


_NO_MARKS = Mark.NONE


def _is_plain(run: Run) -> bool:
    """Return whether a run has no marks: most cells of a table are one such run."""
    return run.marks is _NO_MARKS and run.link is None and run.lang is None


def _target(item: Inline) -> str:
    return (item.link or "") if isinstance(item, Run) else ""


def _is_live(target: str, setting: Setting) -> bool:
    return not target.startswith("#") or target[1:] in setting.places


def _inline(
    item: Inline, element: ElementId, target: str, tone: Tone, setting: Setting
) -> Iterator[Piece]:
    if isinstance(item, Run):
        if item.marks & Mark.MATH and not target:
            yield from _formula(item, element, tone, setting)
        else:
            yield _run(item, element, target, tone, setting)
    elif isinstance(item, InlineImage):
        look = Look(setting.palette.ink_second, element)
        yield Piece(item.alt, tone.style, look)
    elif isinstance(item, NoteRef):
        yield _note_mark(item, element, tone, setting)
    else:
        yield _reference(item, element, tone, setting)


def _formula(run: Run, element: ElementId, tone: Tone, setting: Setting) -> Sequence[Piece]:
    """Return a formula in a line; as its source where it cannot be set there."""
    from exporters.pdf.formula import spoken  # late: few reports hold formulas
    from exporters.pdf.line_formula import in_line

    alt = spoken(run.text, setting.context.words)
    inside = setting.element("Formula", element, alt=alt)
    bold = tone.bold or bool(run.marks & Mark.BOLD)
    made = in_line(run.text, inside, replace(tone, bold=bold), setting)
    if made is not None:
        return made
    code = not is_plain_formula(run)
    style = FontStyle(tone.size * (_CODE if code else 1.0), bold, italic=not code, code=code)
    return (Piece(run.text, style, Look(tone.color, inside, code=code)),)


def _run(run: Run, element: ElementId, target: str, tone: Tone, setting: Setting) -> Piece:
    if _is_plain(run):
        return Piece(run.text, tone.style, Look(tone.color, element))
    marks = run.marks
    formula = is_plain_formula(run)
    code = not formula and bool(marks & (Mark.CODE | Mark.MATH))
    size, rise = tone.size, 0.0
    if marks & (Mark.SUPERSCRIPT | Mark.SUBSCRIPT):
        rise = tone.size * (_RISE if marks & Mark.SUPERSCRIPT else _DROP)
        size *= _RAISED
    elif code:
        size *= _CODE
    inside = element
    if target:
        pass  # the link itself: its area belongs to it
    elif code:
        inside = setting.element("Code", element)
    elif run.lang and run.lang != setting.meta.lang:
        inside = setting.element("Span", element, lang=run.lang)
    italic = formula or bool(marks & Mark.ITALIC)
    look = Look(
        setting.palette.link if target else tone.color,
        inside,
        target,
        strike=bool(marks & Mark.STRIKE),
        dots=italic and not formula,
        code=code,
    )
    style = FontStyle(size, tone.bold or bool(marks & Mark.BOLD), italic, code or tone.code)
    return Piece(run.text, style, look, rise)


def _note_mark(ref: NoteRef, element: ElementId, tone: Tone, setting: Setting) -> Piece:
    """Return a footnote's number, raised, with a link to the note (and a place to come back)."""
    inside = setting.element("Reference", element)
    setting.noted.setdefault(ref.note, element)
    look = Look(setting.palette.link, setting.element("Link", inside), f"#{ref.note}")
    style = FontStyle(tone.size * _RAISED, tone.bold)
    return Piece(f"[{ref.number}]", style, look, tone.size * _RISE)


def _reference(ref: Reference, element: ElementId, tone: Tone, setting: Setting) -> Piece:
    inside = setting.element("Reference", element)
    target = f"#{ref.target}" if ref.target in setting.places else ""
    if target:
        inside = setting.element("Link", inside)
    color = setting.palette.link if target else tone.color
    names = setting.context.names
    table = names.tables.get(ref.target)  # which only the deck may have
    named = table.label if table else names.figures.get(ref.target, str(ref.target))
    label = one_line(setting.labels.get(ref.target, named))
    if ref.target in names.tables or ref.target in names.figures:  # 表 1 stays together
        label = label.replace(" ", "\u00a0")
    return Piece(label, tone.style, Look(color, inside, target))


_WORDS = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}+\W++(?:[A-Za-z]++\W++){2}[A-Za-z]{2}")
"""Four words; each place is looked at once, however long a word is."""

_SCRIPTS = (
    ("ja", "\u3041", "\u30ff"),
    ("ko", "\uac00", "\ud7a3"),
    ("zh", "\u4e00", "\u9fff"),
)
"""First and last letters; as regular expressions they take milliseconds to compile."""


class _Scripts(dict[str, str]):
    """Character -> the language that its script tells, empty for none; filled as asked."""

    def __missing__(self, char: str) -> str:
        told = (language for language, first, last in _SCRIPTS if first <= char <= last)
        self[char] = language = next(told, "")
        return language


_TELLS = _Scripts()


def language_of(text: str, document: str) -> str:
    """Return the language of a text that is mostly not in the document's, else nothing.

    Script tells Chinese, Japanese and Korean from one another and from English,
    the only Latin language assumed; a few letters, names or a phrase tell nothing.
    """
    spoken = document.partition("-")[0]
    told = () if text.isascii() else {_TELLS[char] for char in set(text)}
    if not told or told == {""}:
        return "en" if spoken != "en" and _WORDS.search(text) else ""
    foreign = next((one for one, _, _ in _SCRIPTS if one in told), "")
    if foreign != spoken and (spoken, foreign) not in _AT_HOME:
        return _most_of(text, foreign, spoken)
    few = _FEW * (len(text.encode()) - len(text)) < 2 * len(text)  # two bytes more each
    return "en" if few and spoken != "en" and _WORDS.search(text) else ""


_FEW = 15
"""Letters of a text in English for each ideograph or mark that it may cite."""

_PART = {"ja": 0.2, "ko": 0.3}
"""The part of East Asian letters that are kana or Hangul from which on a text is in Japanese or
Korean: in running Japanese half of them are, in a Chinese paragraph that cites a name few."""


def _most_of(text: str, foreign: str, spoken: str) -> str:
    """Return the language that a text of several scripts is in, nothing for the document's."""
    letters = Counter(_TELLS[char] for char in text)
    asian = letters["ja"] + letters["ko"] + letters["zh"]
    if 2 * asian < sum(char.isalpha() for char in text):
        return "" if spoken == "en" or not _WORDS.search(text) else "en"
    if foreign in _PART and letters[foreign] < _PART[foreign] * asian:
        foreign = "zh"
    return "" if foreign == spoken or (spoken, foreign) in _AT_HOME else foreign


_AT_HOME = frozenset({("ja", "zh"), ("ko", "zh")})
"""Documents in which Chinese characters are the language's own."""


def notes_in(content: RichText) -> tuple[BlockId, ...]:
    """Return the footnotes mentioned in rich text."""
    return tuple(item.note for item in content if isinstance(item, NoteRef))


def paragraph(
    content: RichText,
    column: Column,
    tone: Tone,
    setting: Setting,
) -> list[Strip]:
    """Return a paragraph's lines as strips; two lines at least stay together at a page's end."""
    language = language_of(plain(content), setting.meta.lang)
    element = setting.element("P", column.element, lang=language)
    text = pieces(_unstressed(content), element, tone, setting)
    lines = set_text(text, column, tone, setting)
    notes = notes_in(content)
    if notes and lines:
        lines = _with_notes(lines, content)
    return together(lines)


def set_text(text: Sequence[Piece], column: Column, tone: Tone, setting: Setting) -> list[Strip]:
    """Return composed lines as strips, none tied to another yet."""
    fonts = setting.context.fonts
    strict = setting.look.strict
    lines = compose(text, column.width, fonts, justify=tone.justify, strict=strict)
    return [
        Strip(tone.leading, line_items(line, column, tone, setting), frame=column.frame)
        for line in lines
    ]


def _with_notes(strips: list[Strip], content: RichText) -> list[Strip]:
    """Hang each footnote to the line that mentions it, and let the note lead back there."""
    targets = {f"#{note}": note for note in notes_in(content)}
    made = []
    for strip in strips:
        notes = tuple(
            dict.fromkeys(
                targets[item.target]
                for item in strip.items
                if isinstance(item, Area) and item.target in targets
            )
        )
        made.append(replace(strip, notes=notes, items=(*places_back(notes), *strip.items)))
    return made


def places_back(notes: Iterable[BlockId]) -> Iterator[Place]:
    """Yield the place that each footnote leads back to."""
    return (Place(0.0, back(note)) for note in notes)


def back(note: BlockId) -> str:
    """Return the name of the place that mentions a footnote."""
    return f"{note}/back"


def together(strips: list[Strip]) -> list[Strip]:
    """Tie the first two and the last two lines of a paragraph: no widows, no orphans.

    A paragraph of three lines or fewer is never parted.
    """
    last = len(strips) - 1
    return [
        replace(strip, keep=True) if index < last and index in {0, last - 1} else strip
        for index, strip in enumerate(strips)
    ]


def line_items(
    line: Line, column: Column, tone: Tone, setting: Setting, top: Pt = 0.0
) -> tuple[Item, ...]:
    """Return a line and what goes along with its fragments, placed in a column."""
    if not line.fragments:
        return ()
    x = column.x
    if tone.align != "left":
        spare = column.width - line.width
        x += spare if tone.align == "right" else spare / 2
    base = top + tone.base
    fragments = line.fragments
    told = as_said(fragments, setting) if any(one.said for one in fragments) else fragments
    items: list[Item] = [Text(x, base, told)]
    items.extend(_beside(fragments, x, base, top, tone, setting))
    items.extend(
        _key(part, x, base)
        for part in fragments
        if part.text.endswith(KEYCAP) and len(part.text) > 1
    )
    return tuple(items)


def _key(part: Fragment, x: Pt, base: Pt) -> Path:
    """Return the key round a digit: a square of an em with round corners."""
    half, radius = 0.52 * part.size, 0.18 * part.size
    middle_x, middle_y = x + part.x + part.width / 2, base - part.face.cap_height * part.size / 2
    corners = ((1, -1), (1, 1), (-1, 1), (-1, -1))
    points: list[tuple[Pt, Pt]] = []
    for number, (right, down) in enumerate(corners):
        center_x = middle_x + right * (half - radius)
        center_y = middle_y + down * (half - radius)
        turns = (pi / 2 * (number - 1 + step / 4) for step in range(5))
        points += ((center_x + radius * cos(a), center_y + radius * sin(a)) for a in turns)
    return Path((*points, points[0]), _look(part).color, 0.07 * part.size)


def as_said(fragments: Sequence[Fragment], setting: Setting) -> tuple[Fragment, ...]:
    """Return fragments of a line with right-to-left text, which tell readers what they say."""
    made: list[Fragment] = []
    for look, run in groupby(fragments, key=_look):
        parts = list(run)
        if look.says:  # which its mark tells, once for all lines of it
            made += parts
            continue
        said = "".join(part.said or part.text for part in parts)
        told = replace(look, element=setting.element("Span", look.element, actual=said))
        made += (replace(part, tag=told) for part in parts)
    return tuple(made)


def _beside(
    fragments: Iterable[Fragment], x: Pt, base: Pt, top: Pt, tone: Tone, setting: Setting
) -> Iterator[Item]:
    """Yield what stands beside text: the ground of code, links, strikes, emphasis dots."""
    for look, run in groupby(fragments, key=_look):
        if not (look.target or look.strike or look.dots or look.code or look.over):
            continue
        parts = list(run)
        left = x + min(part.x for part in parts)
        right = x + max(part.x + part.width for part in parts)
        if look.code and not tone.code:
            height = tone.size * 1.36
            yield Fill(
                left - 1.5,
                base - tone.size * 1.02,
                right - left + 3,
                height,
                setting.palette.surface,
                2,
            )
        if look.strike:
            middle = base - tone.size * 0.32
            yield Rule(left, middle, right, middle, 0.6, look.color)
        if look.over:
            from exporters.pdf.line_formula import mark_over

            text, size = "".join(part.text for part in parts), parts[0].size
            yield mark_over(look.over, text, left, right, base, size, look.color)
        if look.dots:
            yield from _emphasis(parts, x, base, look)
        if look.target:
            raised = parts[0].rise
            if not raised:
                under = base + tone.size * 0.16
                yield Rule(left, under, right, under, 0.4, look.color)
            if look.element == LAYOUT:  # shown again: what it leads to, the first one does
                return
            yield Area(
                left,
                top + 1,
                right - left,
                tone.leading - 2,
                look.target,
                _description(look.target, "".join(part.text for part in parts)),
                look.element,
            )


def _look(fragment: Fragment) -> Look:
    look = fragment.tag
    return look if isinstance(look, Look) else Look("000000", LAYOUT)


def _description(target: str, text: str) -> str:
    """Return what a reader hears of a link (ISO 14289-1, 7.18.5)."""
    return text if target.startswith("#") else target


def _emphasis(parts: Iterable[Fragment], x: Pt, base: Pt, look: Look) -> Iterator[Item]:
    """Yield a dot under each emphasised Chinese character (CLREQ 2.6.1); the rest is italic."""
    for part in parts:
        left = x + part.x
        for char in part.text:
            advance = part.face.advance(char) * part.size
            if _CHINESE.match(char):
                yield Dot(
                    left + advance / 2, base + part.size * 0.27, part.size * 0.085, look.color
                )
            left += advance + part.spacing


def place(name: str, strips: list[Strip]) -> list[Strip]:
    """Let a block's name lead to the first of its strips."""
    if not strips:
        return strips
    first = strips[0]
    return [replace(first, items=(Place(0.0, name), *first.items)), *strips[1:]]
