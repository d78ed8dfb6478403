"""Characters -> how they behave at a line's end: whether a soft break leaves a space."""

from __future__ import annotations

import re

_WIDE = re.compile(
    "[\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31ff\u3200-\u33ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6\U00020000-\U0003ffff]"
)
_QUOTES_AND_DASHES = frozenset("“”‘’—…·")


def is_wide(character: str) -> bool:
    """Return whether a character is Chinese or Japanese, marks included (not Hangul)."""
    return bool(_WIDE.match(character))


def joins(before: str, after: str) -> bool:
    """Return whether a soft line break between two characters leaves no space.

    CSS Text 4, segment break transformation: none between two wide characters;
    the marks that Chinese shares with Latin count as wide beside a wide one.
    """
    if not before or not after:
        return True
    if is_wide(before):
        return is_wide(after) or after in _QUOTES_AND_DASHES
    return is_wide(after) and before in _QUOTES_AND_DASHES
