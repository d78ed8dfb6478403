"""Font files in -> for every character the face that sets it, and its advance.

Faces are asked in a fixed order: the bundled ones for the style (Chinese first where the
language asks for it), symbols and emoji, the user's, the extra's, and last the system's,
which are looked at only when a character is still missing.
"""

from __future__ import annotations

import re
from functools import cache, cached_property, partial
from itertools import dropwhile, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from exporters.layout.bidi import is_right_to_left
from exporters.layout.faces import BOLD, REGULAR, Face, count_faces, open_face
from exporters.layout.installed import extra_faces, system_faces
from report_data.diagnostics import Diagnostic, FileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from exporters.layout.geometry import Pt

__all__ = ["Face", "FontSet", "FontStyle"]

BUNDLED = Path(__file__).with_name("faces")

CELL = 0.6
"""Em a cell of fixed-width text; a wide character takes two (look.md, "Code in the PDF")."""

IGNORED = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\ufe00-\ufe0f\U000e0000-\U000e01ef"
)
"""Default-ignorable characters (Unicode 16, DerivedCoreProperties) as a regex class: hints
on breaking, joining and variants, which have no glyph and vanish from set text."""

HINTS = re.compile(f"[{IGNORED}]")

KEYCAP = "\u20e3"
"""COMBINING ENCLOSING KEYCAP: the digit before it stands on a key, which is drawn."""

KEYCAP_ROOM = 0.7
"""Em that a key takes beside its digit: so it is as wide as the emoji of the bundled face."""

_UNSHARED = f"[{IGNORED}\ue000-\uf8ff\U000f0000-\U0010ffff]"
"""What no system face is asked for: hints, and private characters, which mean what each
face's maker likes. Compiled when a character is missing."""

SHARED = frozenset("“”‘’…‥—―·")
"""Marks that Chinese and Latin both use, each in its own width: the context decides.
(CLREQ 3.1.3; GB/T 15834-2011, 5.1.)"""


class FontStyle(Struct, frozen=True, gc=False, cache_hash=True):
    """How text is set, as far as measuring is concerned. Size in points."""

    size: Pt
    bold: bool = False
    italic: bool = False
    code: bool = False


class Voice(Struct, frozen=True, gc=False):
    """What decides on the face of a character beside the character itself."""

    bold: bool
    italic: bool
    code: bool
    latin: bool


class _Choices(dict[str, Face]):
    """Character -> its face in one voice; filled on demand."""

    __slots__ = ("_fonts", "_voice")

    def __init__(self, fonts: FontSet, voice: Voice) -> None:
        super().__init__()
        self._fonts = fonts
        self._voice = voice

    def __missing__(self, char: str) -> Face:
        face = self[char] = self._fonts.choose(char, self._voice)
        return face


class _Widths(dict[str, float]):
    """Character -> its advance in em in one voice; filled on demand."""

    __slots__ = ("_choices", "_code", "_fonts")

    def __init__(self, fonts: FontSet, choices: _Choices, *, code: bool) -> None:
        super().__init__()
        self._fonts = fonts
        self._choices = choices
        self._code = code

    def __missing__(self, char: str) -> float:
        if is_right_to_left(char):
            self._fonts.right_to_left.add(char)
        if char == KEYCAP:
            advance = 0.0 if self._code else KEYCAP_ROOM
        else:
            advance = 0.0 if HINTS.match(char) else self._choices[char].advances[char]
        if self._code and advance:
            advance = CELL if advance <= CELL + 0.01 else 2 * CELL
        elif not advance and not HINTS.match(char):
            self._fonts.marks.add(char)
        self[char] = advance
        return advance


class FontSet:
    """The bundled faces, the user's, the extra's and the system's, asked by character.

    Args:
        user_files: Faces given by ``--font``, asked after the bundled ones.
        language: Of the report: Japanese, Korean and traditional Chinese are set in the
            extra's face of that language where it is installed.

    Attributes:
        right_to_left: The right-to-left letters measured so far: texts without any of them need
            no second look.
        marks: The same of characters that stand on the one before: they have no width.

    Raises:
        FileError: E301, one of ``user_files`` is no font.
    """

    def __init__(self, user_files: Sequence[Path] = (), language: str = "zh-Hans") -> None:
        self.language = language
        self.right_to_left: set[str] = set()
        self.marks: set[str] = set()
        self._user = tuple(_user_faces(user_files))
        self._by_voice: dict[Voice, tuple[_Choices, _Widths]] = {}
        self._by_style: dict[tuple[FontStyle, bool], tuple[_Choices, _Widths]] = {}
        self._chains: dict[Voice, tuple[Face, ...]] = {}
        self._system: dict[tuple[str, bool, bool], Face | None] = {}

    def choices(self, style: FontStyle, *, latin: bool = False) -> dict[str, Face]:
        """Return the mapping from characters to faces for a style; it fills itself.

        A character that none has is set by the last resort. ``latin`` tells how to set the
        marks that Chinese and Latin share.
        """
        return self._tables(style, latin=latin)[0]

    def widths(self, style: FontStyle, *, latin: bool = False) -> dict[str, float]:
        """Return the mapping from characters to advances in em; it fills itself.

        In code a character takes one cell of 0.6 em or two.
        """
        return self._tables(style, latin=latin)[1]

    def _tables(self, style: FontStyle, *, latin: bool) -> tuple[_Choices, _Widths]:
        tables = self._by_style.get((style, latin))
        if tables is None:
            voice = Voice(style.bold, style.italic, style.code, latin)
            if voice not in self._by_voice:
                choices = _Choices(self, voice)
                self._by_voice[voice] = (choices, _Widths(self, choices, code=style.code))
            tables = self._by_style[style, latin] = self._by_voice[voice]
        return tables

    def choose(self, char: str, voice: Voice) -> Face:
        """Return the first face that has a character, the Chinese one if none has."""
        chinese = self._chinese(voice)
        if char in SHARED and not voice.latin and not voice.code and chinese.has(char):
            return chinese
        chain = self._chains.get(voice)
        if chain is None:
            chain = self._chains[voice] = tuple(self._chain(voice))
        for face in chain:
            if face.has(char):
                return face
        return self._from_system(char, voice) or chinese

    def missing(self, text: str) -> tuple[str, ...]:
        """Return the characters of a text that no face has, each once, in order.

        White space and the hints that vanish from set text are never missing.
        """
        faces = self.choices(FontStyle(1))
        visible = HINTS.sub("", text)
        return tuple(
            char
            for char in dict.fromkeys(visible)
            if not faces[char].has(char) and not char.isspace()
        )

    def faces(self) -> Iterable[Face]:
        """Return every face, bundled ones first, then the user's and the extra's."""
        for path in sorted(BUNDLED.glob("*.ttf")):
            yield open_face(path)
        yield from self._user
        for weight in (REGULAR, BOLD):
            yield from self._extra(bold=weight == BOLD)

    def _chain(self, voice: Voice) -> Iterator[Face]:
        """Yield the faces of a voice in the order they are asked."""
        if voice.code:
            yield _bundled("TriptychMono", bold=voice.bold)
        yield _bundled("TriptychSans", bold=voice.bold, italic=voice.italic)
        preferred = self._preferred(voice)
        if preferred is not None:
            yield preferred
        yield _bundled("TriptychSansSC", bold=voice.bold)
        yield _bundled("TriptychMath")
        yield _bundled("TriptychSymbols")
        yield _bundled("TriptychEmoji")
        yield from sorted(
            self._user,
            key=lambda face: (
                (face.weight >= (REGULAR + BOLD) / 2) != voice.bold,
                face.italic != voice.italic,
            ),
        )
        yield from self._extra(bold=voice.bold)

    def _chinese(self, voice: Voice) -> Face:
        """Return the face of Chinese (or Japanese, Korean) text in a voice."""
        return self._preferred(voice) or _bundled("TriptychSansSC", bold=voice.bold)

    def _preferred(self, voice: Voice) -> Face | None:
        path = self._extras.get(self.language)
        if path is None or self.language == "zh-Hans":
            return None
        return open_face(path, 0, BOLD if voice.bold else REGULAR)

    def _extra(self, *, bold: bool) -> Iterator[Face]:
        for path in self._extras.values():
            yield open_face(path, 0, BOLD if bold else REGULAR)

    @cached_property
    def _extras(self) -> dict[str, Path]:
        return extra_faces()

    def _from_system(self, char: str, voice: Voice) -> Face | None:
        """Return the system's face of a character: of the first family that has it, the nearest."""
        key = char, voice.bold, voice.italic
        if key not in self._system:
            self._system[key] = None
            if not char.isspace() and not re.match(_UNSHARED, char):
                faces = dropwhile(lambda face: not face.has(char), system_faces())
                family = [face for _, group in islice(groupby(faces, _family), 1) for face in group]
                having = (face for face in family if face.has(char))
                self._system[key] = min(having, key=partial(_distance, voice), default=None)
        return self._system[key]


def _family(face: Face) -> str:
    """Return what the files of one family have in common, as they are sorted: their names."""
    return f"{face.path.parent}/{face.path.stem.partition('-')[0]}"


def _distance(voice: Voice, face: Face) -> tuple[bool, int]:
    return face.italic != voice.italic, abs(face.weight - (BOLD if voice.bold else REGULAR))


@cache  # asked for every new character
def _bundled(family: str, *, bold: bool = False, italic: bool = False) -> Face:
    style = ("Bold" * bold + "Italic" * italic) or "Regular"
    return open_face(BUNDLED / f"{family}-{style}.ttf")


def _user_faces(files: Sequence[Path]) -> Iterator[Face]:
    refused: list[Diagnostic] = []
    for path in files:
        try:
            for index in range(max(count_faces(path), 1)):
                face = open_face(path, index)
                yield face
                if face.variable:
                    yield open_face(path, index, BOLD)
        except FileError as error:
            refused.extend(error.diagnostics)
    if refused:
        raise FileError(tuple(refused))
