"""Characters -> how they behave at a line's end: whether a soft break leaves a space."""

from __future__ import annotations

_WIDE = (
    ("\u2e80", "\u2fdf"),
    ("\u3000", "\u312f"),
    ("\u31a0", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\ufe30", "\ufe4f"),
    ("\uff01", "\uff60"),
    ("\uffe0", "\uffe6"),
    ("\U00020000", "\U0003ffff"),
)
"""First and last of each range; as a regular expression they take milliseconds to compile."""

_HANGUL = (
    ("\u1100", "\u11ff"),
    ("\u3130", "\u318f"),
    ("\ua960", "\ua97f"),
    ("\uac00", "\ud7ff"),
)
_QUOTES_AND_DASHES = frozenset("“”‘’—…·")


def is_wide(character: str) -> bool:
    """Return whether a character is Chinese or Japanese, marks included (not Hangul)."""
    return any(first <= character <= last for first, last in _WIDE)


def beside_which_emphasis_is_free(character: str) -> bool:
    """Return whether ``**`` beside a character needs no space: Chinese, Japanese and Korean.

    CommonMark's rule of flanking counts on spaces between words, and fails
    where marks of emphasis stand between a full-width mark and a letter.
    """
    return is_wide(character) or any(first <= character <= last for first, last in _HANGUL)


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
