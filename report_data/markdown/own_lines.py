"""A paragraph's lines -> the same lines, with a break before each that its author meant as one.

Markdown runs lines on, and people who write minutes, letterheads and lists of
facts forget the two blanks that would keep them apart: ``**时间：** 周四`` above
``**地点：** 三楼``, ``公司名称：…`` above ``注册资本：…``, ✅ above ❌. One such line
may be an accident of wrapping, several are not.
"""

from __future__ import annotations

from itertools import pairwise

from report_data.expressions import when_used

_LABELLED = when_used(
    r"(?:\*\*|__)(?:[^*_\n:：]{1,40}[:：][ \t]*(?:\*\*|__)|[^*_\n:：]{1,40}(?:\*\*|__)[ \t]*[:：])"
)
"""A bold label: ``**时间：** 周四`` or ``**Time**: 2 pm``."""

_ALL_BOLD = when_used(r"(?P<mark>\*\*|__)(?:(?!\*\*|__)[^\n])+(?P=mark)[ \t]*\\?$")

_FACT = when_used(
    r"[^\W\d_a-z](?:[^\W_]|[ /·]){0,11}(?:（[^（）\n]{1,10}）)?："  # 注册资本（万元）：
    r"|[A-Z][A-Za-z]*(?: [A-Za-z]+){0,2}:[ \t]"  # Registered office: ...
)
"""A label in plain text; every line of the paragraph must begin with one."""

_PICTOGRAM = when_used("[\u2600-\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f1e6-\U0001faff]")
"""A line's sign: Unicode's blocks of symbols and pictographs, none of which is a letter."""

_DATE = when_used(
    r"(?:\d{4}|[二〇零○一三四五六七八九]{4})[ \t]*年[ \t]*[\d一二三四五六七八九十]{1,3}[ \t]*月"
    r"(?:[ \t]*[\d一二三四五六七八九十]{1,3}[ \t]*日)?[ \t]*"
)
"""A date that is alone in its line, as under a signature."""

_SIGNER = when_used(r"[^，。；：！？、,;:!?\n]{1,24}")
"""Who signs above it: a line without any stop."""

_CHINESE_STOPS, _LATIN_STOPS = "。！？", ".!?"
_FIRST_CHINESE = "\u2e80"
"""Below are the alphabets and their punctuation."""
_MARKS = " \t*_\\"


def with_own_lines(text: str) -> str:
    """Return a paragraph's Markdown with hard breaks before lines that were meant as such.

    Labels in bold, lines all in bold and lines under a pictogram count where
    there are two; labels in plain text where every line has one, or is a date below.
    """
    lines = text.split("\n")
    stripped = [line.lstrip() for line in lines]
    own: set[int] = set()
    if "**" in text or "__" in text:
        own |= _where_two([_LABELLED.match(line) is not None for line in stripped])
        own |= _where_two([_ALL_BOLD.fullmatch(line) is not None for line in stripped])
    if not text.isascii():
        own |= _where_two([_PICTOGRAM.match(line) is not None for line in stripped])
        own |= {number for number, line in enumerate(stripped) if _DATE.fullmatch(line)}
        own |= {number for number, (a, b) in enumerate(pairwise(lines), 1) if _translates(a, b)}
    dated = _DATE.fullmatch(stripped[-1]) is not None and len(lines) > 1
    above = stripped[:-1] if dated else stripped
    if all(map(_FACT.match, above)) or (dated and all(map(_SIGNER.fullmatch, above))):
        own |= set(range(len(lines)))
    if not own:
        return text
    pieces = [lines[0]]
    for number in range(1, len(lines)):
        breaks = number in own and not lines[number - 1].endswith(("\\", "  "))
        pieces.append(f"  \n{lines[number]}" if breaks else f"\n{lines[number]}")
    return "".join(pieces)


def _translates(before: str, line: str) -> bool:
    """Return whether a whole sentence of one script stands above one of the other."""
    before, line = before.strip(_MARKS), line.strip(_MARKS)
    if not before or not line:
        return False
    if before[-1] in _CHINESE_STOPS:
        return line[-1] in _LATIN_STOPS and max(line) < _FIRST_CHINESE
    return (
        before[-1] in _LATIN_STOPS
        and line[-1] in _CHINESE_STOPS
        and line[0] >= _FIRST_CHINESE > max(before)
    )


def _where_two(found: list[bool]) -> set[int]:
    """Return the numbers of lines of a kind; of one that stands alone none."""
    return {number for number, is_one in enumerate(found) if is_one} if sum(found) > 1 else set()
