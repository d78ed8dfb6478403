"""Text in -> where a line may end: the prohibition rules of Chinese text layout as one table.

The rules are those of W3C CLREQ, 3.1.6 (forbidden at line start and end) and GB/T
15834-2011, 5.1, with UAX #14 for what they leave open. They are written as a regular
expression over clusters: what may not be parted is matched as a whole, and between two
characters that no match holds together a line may end.
"""

from __future__ import annotations

import re
from functools import cache

from exporters.layout.kinds import WIDE, kinds
from report_data.expressions import when_used

BREAK = 1
"""What `opportunities` holds where a line may end; 0 elsewhere."""

OPENING = "（［｛｟〔〈《「『【〖〘〚“‘〝｢«‹¿¡"
CLOSING = "）］｝｠〕〉》」』】〗〙〛”’〞〟｣»›"
PAUSES = "、，。．；：？！､｡‼⁇⁈⁉"
"""Pause and stop marks of full width."""

_ASCII_OPENING = r"(\[{"
_ASCII_CLOSING = r")\]},.:;!?"
_CURRENCY = "$€£¥￥＄￡￠₩₹№"
_AFTER_NUMBERS = "%‰％℃℉°′″"
_JOINERS = "·・･‧•–～〜－﹣〰゠"
"""Interpuncts and connectors: not at a line's start (CLREQ 3.1.6)."""
_REPEATS = "々〻ゝゞヽヾー゛゜ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰ-ㇿｧ-ｰﾞﾟ"
"""Iteration and length marks and small kana: not at a line's start (JLREQ 3.1.7)."""
_DASHES = "—―⸺"
_DOTS = "…‥⋯"
_GLUE = "\u00a0\u2007\u2009\u202f\u2011\u2060\ufeff\"'/／"
"""No-break characters; straight quotes, of which none can tell whether they open or close;
the solidus, which neither starts nor ends a line (GB/T 15834, 5.1.9)."""
_SPACES = " \u200b"
_COMBINING = (
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f]"
    "|[\U0001f3fb-\U0001f3ff]|[\U000e0020-\U000e01ef]"
)
_PLAIN = "\u4e00-\u9fff"
"""Ideographs between which a line may end, whatever stands around them."""

_LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1fff"
_IN_WORD = (
    r"[!#-&)-.0-Z\\\]-z|-~"  # ASCII but quotes, the solidus and opening brackets
    r"\u00a1-\u00aa\u00ac-\u00b6\u00b8-\u00ba\u00bc-\u10ff\u1200-\u1fff"  # the alphabets
    r"\u2070-\u218f\u2c00-\u2ddf\ua640-\ua95f\ua980-\uabff\ufb00-\ufdff\ufe70-\ufefe]"
)
"""Characters of a Latin word in the widest sense: letters, digits, ASCII marks."""

_LATIN_UNITS = (
    r"[kMGTPEZ]i?[Bb](?:it)?(?:/s|ps)?|[kMGT]?bps|[kMGT]?bits?|bytes?|[kmMGT]?Hz|[munpμµ]?s|min|h"
    r"|[kcmunpμµ]?m[²³23]?|[kmμµ]?g|t|[kmMGT]?Wh?|[mkμµ]?[VA]|[kM]?Ω|[mkMG]?J|[kMG]?Pa"
    r"|[pf]J(?:/bit|/b)?|dBm?|[kMGTP]|[°º]?[CFK]|[℃℉%‰x×]|px|pt|em|fps|rpm|ppm|bp"
    r"|USD|CNY|RMB|EUR|GBP|JPY|HKD|million|billion|trillion|percent"
)
_CHINESE_UNITS = (
    "[十百千万亿兆萬億]++[余多餘]?+(?:美元|欧元|歐元|日元|港元|人民币|[元人次个吨台家円])?+"
    "|美元|欧元|歐元|日元|港元|人民币|[元円年月日号號时時分秒倍吨噸]"
)
_DIGITS = r"\d++(?:[.,:]\d++)*+"
_NUMBER = rf"[+\-−±~≈≤≥<>]?+{_DIGITS}(?:[%‰℃]?+[\-–~～]{_DIGITS})?+"
_DATE = (
    r"\d{1,4}+ ?年(?: ?\d{1,2}+ ?月(?: ?\d{1,2}+ ?[日号號])?+)?+"
    r"|\d{1,2}+ ?月 ?\d{1,2}+ ?[日号號]"
)
_AMOUNT = f"{_NUMBER} ?(?:(?:{_LATIN_UNITS})(?![A-Za-z0-9])|{_CHINESE_UNITS})"
_MONEY = rf"(?:[A-Z]{{1,3}})?[{_CURRENCY}] ?(?=\d)|(?:USD|CNY|RMB|EUR|GBP|JPY|HKD) ?(?=\d)"
_INSIDE = f"[’–·{_ASCII_OPENING}]"
_WORD = f"(?!{_INSIDE})(?:{_INSIDE}*+{_IN_WORD}++)++"
"""Written so that the wide class, which takes a millisecond to compile, stands in it once."""

_URL = when_used(r"(?:(?<![a-z])[a-z]{2,9}://|www\.)[!#-&(-;=?-~]++", re.IGNORECASE)
_URL_PLACES = when_used(r"(?<=[^:/])(?=[/?#%~_.,](?=.))|(?<=://)|(?<=[=&])(?=.)")
"""Before a mark that divides a URL, after :// and after = and & (Chicago Manual 17, 7.46)."""

_HYPHENS = when_used(f"(?<=[{_LETTER}][{_LETTER}]-|[{_LETTER}]--|---)(?=[{_LETTER}][{_LETTER}])")
"""A compound may be parted after its hyphen, two letters on each side; a dash of hyphens too."""

_NATURAL_PLACES = when_used(
    r"(?<=[\w)])(?=[/\\(\[.&=+|@#])|(?<=[-_,;:|])(?=\w)|(?<=[a-z])(?=[A-Z])"
)
"""Where a word longer than the line is parted first."""

_RIGID = re.compile(f"[^{WIDE} ]+ *| +")
"""Over `kinds`: runs that justification leaves as they are: all but characters of full width,
and the spaces after them."""

_OPENINGS = frozenset(f"{OPENING}([{{")
_GLUED = re.compile(
    f"[{_GLUE}]++(?: +(?=[{CLOSING}{PAUSES}{_ASCII_CLOSING}](?!\\w))|(?<=[/／]) )?+"
)

_COMBINED = when_used(f"{_COMBINING}|\u200d")


@cache
def _clusters(*, strict: bool) -> re.Pattern[str]:
    """Return the expression of the next cluster, its second group.

    Of ideographs that stand among their like all but the last are passed over: the first
    group is what hangs on that one. All repetitions are possessive, so that matching stays
    linear in the text.
    """
    opening = f"(?:[{OPENING}{_ASCII_OPENING}] *+|{_MONEY})"
    never_first = f"{CLOSING}{PAUSES}{_AFTER_NUMBERS}{_JOINERS}{_REPEATS}"
    if strict:
        never_first += _DASHES + _DOTS
    after = (
        f"(?:[{_ASCII_CLOSING}]| +[{_ASCII_CLOSING}](?!\\w)| *[{never_first}]"
        f"|-(?!\\d)|\u200d\\S?|{_COMBINING})"
    )
    core = (
        f"(?:(?=[\\d+\\-−±~≈≤≥<>])(?:{_DATE}|{_AMOUNT})|{_WORD}|[{_DASHES}]++|[{_DOTS}]++"
        f"|[\U0001f1e6-\U0001f1ff]{{2}}|[^\\s{_GLUE}\u200b])"
    )
    indent = f"(?<![^\\n])[{_SPACES}]++"
    unit = f"(?![\\s{_GLUE}\u200b]){opening}*+{core}?+{after}*+"
    return re.compile(
        f"[{_PLAIN}]++({after}*+[{_SPACES}]*+)|((?:{indent})?+{unit}[{_SPACES}]*+|[{_SPACES}]++)"
    )


_CLUSTER = 2
"""The group that is a whole cluster; the first one goes on from an ideograph."""

_clusters(strict=False)  # slow to compile and always needed: once, before processes part


def opportunities(text: str, *, strict: bool = False) -> bytearray:
    """Return for every position from 0 to ``len(text)`` whether a line may end there.

    ``strict`` forbids a dash or an ellipsis at a line's start too (CLREQ 3.1.6,
    "strict"). The result holds `BREAK` or 0; its ``rfind`` finds a line's end.
    """
    allowed = bytearray([BREAK]) * (len(text) + 1)
    for match in _clusters(strict=strict).finditer(text):
        start, end = match.span(match.lastindex or 0)
        start += match.lastindex == _CLUSTER
        if start < end:
            allowed[start:end] = bytes(end - start)
    _glue(text, allowed)
    if "-" in text:
        for match in _HYPHENS.finditer(text):
            allowed[match.start()] = BREAK
    if "://" in text or "www." in text:
        for match in _URL.finditer(text):
            for place in _URL_PLACES.finditer(text, match.start() + 1, match.end()):
                allowed[place.start()] = BREAK
    return allowed


def _glue(text: str, allowed: bytearray) -> None:
    """Forbid line ends on both sides of no-break characters; a space before one may end it."""
    for match in _GLUED.finditer(text):
        start, end = match.span()
        before = start
        while text[before - 1 : before] == " ":
            before -= 1
        if before == start or text[before - 1 : before] in _OPENINGS:
            allowed[start] = 0
        last = min(end + 1, len(text))
        allowed[start + 1 : last] = bytes(last - start - 1)


def natural_places(text: str, start: int, end: int) -> list[int]:
    """Return where a word from ``start`` to ``end`` is parted if it is longer than a line."""
    return [match.start() for match in _NATURAL_PLACES.finditer(text, start + 1, end - 1)]


def edge(text: str, position: int, start: int, end: int) -> int:
    """Return where a cluster longer than the line is cut: at ``position`` or near.

    No combined character is parted, and at least one is taken.
    """
    place = position
    while place > start and _is_combined(text, place):
        place -= 1
    if place > start:
        return place
    place = start + 1
    while place < end and _is_combined(text, place):
        place += 1
    return place


def elastic_places(text: str) -> bytearray:
    """Return for every position whether justification may part the characters around it.

    1 stands between and beside characters of full width, 2 after a space; 0 inside words.
    """
    elastic = bytearray([1]) * (len(text) + 1)
    for match in _RIGID.finditer(kinds(text)):
        start, end = match.span()
        first = start if text[start] == " " else start + 1
        elastic[first:end] = bytes(max(end - first, 0))
        if text[end - 1] == " ":
            elastic[end] = 2
    return elastic


def _is_combined(text: str, position: int) -> bool:
    if text[position - 1] == "\u200d" or text[position : position + 1] == "\u2060":
        return True
    return _COMBINED.match(text, position) is not None
