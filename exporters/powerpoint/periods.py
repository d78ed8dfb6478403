"""The label of a list's item in -> whether it names a period: such a list is a timeline."""

from __future__ import annotations

import re

_YEAR = r"(?:FY|CY)?(?:19|20)\d{2}E?"
_PART = (
    r"(?:[QqHh][1-4]|第?[一二三四1-4](?:季度|四半期|분기)|[上下](?:半年|半期|期)"
    r"|[1-4]분기|[상하]반기)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_POINT = (
    rf"(?:{_YEAR}(?: ?(?:年度?|년도?))?"
    rf"(?: ?{_PART}| ?\d{{1,2}} ?[月월](?: ?\d{{1,2}} ?[日号일])?|年?[初中底末頃]| ?[초말])?"
    rf"|{_YEAR}[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?|{_PART} ?'?(?:{_YEAR}|\d{{2}})?"
    rf"|(?:\d{{1,2}} )?{_MONTH}(?: \d{{1,2}},?)?(?: {_YEAR})?|\d{{1,2}} ?月(?: ?\d{{1,2}} ?[日号])?"
    r"|\d{1,2}(?: ?年)?)"
)
_SPAN = rf"(?:{_POINT}(?: ?[-–—~～〜至到] ?{_POINT})?)"
_STAGE = (
    r"(?:[短中长長近远遠]期|[단중장]기"
    r"|第 ?[一二三四五六七八九十\d]{1,3} ?(?:阶段|階段|フェーズ|期|周|週|个?月|年|天)"
    r"|(?:제 ?)?\d{1,2} ?(?:단계|차년도)|フェーズ ?\d{1,2}"
    r"|(?:Phase|Stage|Week|Month|Year|Day|Sprint) (?:\d{1,3}|[IVX]{1,4})(?: ?[-–] ?\d{1,3})?"
    r"|(?:Short|Medium|Mid|Long|Near)[- ]term)"
)
_PERIOD = (
    rf"(?:[>＞<≥] ?)?(?:{_SPAN}|{_STAGE})"
    r"(?: ?(?:[以之]?[前后]|及以[后後]|以降|起|이후|onwards?|\+))?"
    r"(?: ?[（(][^（）()]{1,24}[）)])?"
)
"""Compiled when a list asks: it takes milliseconds."""


_FIRST = frozenset("0123456789>＞<≥第短中长長近远遠上下一二三四단중장제상하フqhfcjmasondpwyls")
"""What a label that `_PERIOD` matches begins with, in small letters."""

_BARE = re.compile(r"\d{1,2}")
"""A number alone may be anything."""


def is_period(label: str) -> bool:
    """Return whether a label without its colon is a date, a span of time, or a numbered stage."""
    text = label.strip()
    if _BARE.fullmatch(text):
        return False
    return re.fullmatch(_PERIOD, text, re.IGNORECASE) is not None


def may_be_period(text: str) -> bool:
    """Return whether a text may begin with one, by its first letter."""
    return text[:1].lower() in _FIRST
