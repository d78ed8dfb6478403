"""A text -> the language whose script dominates it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from report_data.expressions import when_used

if TYPE_CHECKING:
    from report_data.model import Language

_KANA = (("\u3041", "\u309f"), ("\u30a1", "\u30fa"))
_HANGUL = (("\uac00", "\ud7a3"),)
_HAN = (("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"))
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]{2,}")
_NO_PROSE = when_used(
    r"^ *(?P<fence>```+|~~~+).*?(?:^ *(?P=fence)|\Z)|(?P<code>`++)[^`]++(?P=code)"
    r"|\$\$[^$]++\$\$|\$[^$\n]++\$|<[^<>]++>|(?<![a-z])[a-z]{2,9}://\S+|\\[A-Za-z]++",
    re.DOTALL | re.MULTILINE,
)
"""Code, formulas, tags and addresses, which are in no language."""
# Frequent characters that only one of the two ways of writing has, pair by pair.
_SIMPLIFIED = "们个来这时为说国会过对发后学经与产业应数据体电关无点开现进场员长门问间"
_TRADITIONAL = "們個來這時為說國會過對發後學經與產業應數據體電關無點開現進場員長門問間"
_SAMPLE = 50_000


def dominant_language(text: str) -> Language:
    """Return the language by counts of characters; Chinese when nothing decides.

    A Chinese character weighs as much as a Latin word that stands in prose; a text with more than
    one kana in ten is Japanese, however many Chinese characters it holds.
    """
    text = text[:_SAMPLE]
    counts = Counter(text)
    kana = _count(counts, _KANA)
    hangul = _count(counts, _HANGUL)
    han = _count(counts, _HAN)
    words = len(_LATIN.findall(text))
    if 0 < kana + hangul + han < words:
        words = len(_LATIN.findall(_NO_PROSE.sub(" ", text)))
    if kana * 9 > han and kana > words // 2:
        return "ja"
    if hangul > han and hangul > words:
        return "ko"
    if words > han:
        return "en"
    traditional = sum(counts[char] for char in _TRADITIONAL)
    simplified = sum(counts[char] for char in _SIMPLIFIED)
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _count(counts: Counter[str], ranges: tuple[tuple[str, str], ...]) -> int:
    """Return how many characters lie in one of the ranges, given by first and last."""
    return sum(
        number
        for char, number in counts.items()
        if any(first <= char <= last for first, last in ranges)
    )
