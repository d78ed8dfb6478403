"""Font files in -> faces with exact advances, and for every character the face that has it.

STUB: the interface that the other rooms build on; to be filled by the layout helper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from exporters.layout.geometry import Pt


class FontStyle(NamedTuple):
    """How text is set, as far as measuring is concerned. Size in points."""

    size: Pt
    bold: bool = False
    italic: bool = False
    code: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face of a font file. Metrics in em (ascent positive, descent negative)."""

    name: str
    path: Path
    index: int
    units_per_em: int
    ascent: float
    descent: float
    cap_height: float

    def has(self, char: str) -> bool:
        """Return whether the face has a glyph for the character."""
        raise NotImplementedError

    def advance(self, char: str) -> float:
        """Return the advance width of a character in em."""
        raise NotImplementedError


class FontSet:
    """The bundled faces, the user's and the extra's, asked by character."""

    def __init__(self, user_files: Sequence[Path] = (), language: str = "zh-Hans") -> None:
        raise NotImplementedError

    def face(self, char: str, style: FontStyle, *, latin_context: bool = False) -> Face:
        """Return the face that sets a character (the last resort if none has it)."""
        raise NotImplementedError

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters of a text that no face has, each once, in order."""
        raise NotImplementedError

    def faces(self) -> Iterable[Face]:
        """Return every face, bundled ones first."""
        raise NotImplementedError
