"""Faces and the characters used of each in -> Type0 fonts: codes for text, objects for the file.

A font is Type0 with Identity-H over a CIDFont (ISO 32000-1, 9.7), its program
subset by HarfBuzz to the glyphs that the document shows; a code is a glyph's
number in the subset. Where two characters share a glyph (a no-break space and
a space), each further one has a code of its own, which CIDToGIDMap leads to the
glyph (9.7.4.2), so that text comes out as it was written. CFF programs have no
such map: there it gets a second Type0 dictionary over the same program.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

import uharfbuzz as hb
from msgspec import Struct

from exporters.layout.bidi import is_turned
from exporters.layout.faces import PLAIN_SIGNS
from exporters.layout.fonts import HINTS, IGNORED, KEYCAP
from exporters.pdf.syntax import real
from exporters.theme import SIGN_COLORS
from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from exporters.layout.faces import Face
    from exporters.pdf.package import Package

_DROPPED = (
    *("GSUB", "GPOS", "GDEF", "kern", "name", "OS/2", "post", "cmap", "gasp"),
    *("BASE", "vhea", "vmtx", "VORG", "DSIG", "STAT", "meta", "MATH"),
)
"""Tables that no reader of a PDF asks for: text comes as glyph numbers, widths in the font."""

_CLUSTER = when_used(f"[0-9#*]\ufe0f?{KEYCAP}|[{IGNORED}]*[^{IGNORED}][{IGNORED}]*")
"""A character with the invisible ones about it: one glyph, which stands for all of them.
So does a digit for its key, which is drawn."""

_SEVERAL = re.compile(f"[{IGNORED}{KEYCAP}]")
"""What clusters of several characters hold."""

_STAND_INS = "\u25a1\ufffd?"
"""What shows where a face has no glyph: ISO 14289-1, 7.21.8 forbids .notdef."""

_SLANT = -12
"""ItalicAngle of an italic face, in degrees: no reader draws by it."""

_MAPPINGS_A_BLOCK = 100
"""Most entries of one bfchar block (ISO 32000-1, 9.7.5.4, after Adobe's note 5411)."""


_LAST_CODE = 0xFFFF
"""The last code that two bytes can tell."""

_BLANK = -1
"""The layer of white space that the face has no glyph for: it is a gap, not a character."""


class Show(Struct, frozen=True, gc=False):
    """Text as a content stream shows it: the font's resource, codes, and width in em.

    Without codes it is a gap. ``color`` is that of a sign which has its own.
    """

    font: bytes
    codes: bytes
    width: float
    color: str = ""


class _Program(Struct, frozen=True, gc=False):
    """A subset font program: its bytes, the code of each cluster, and the width of each code.

    ``shared`` are the glyphs of the codes that are not their own numbers, behind those that are.
    """

    data: bytes
    cff: bool
    codes: dict[str, int]
    blanks: tuple[str, ...]
    widths: tuple[float, ...]
    box: tuple[float, float, float, float]
    shared: tuple[int, ...] = ()


class Font:
    """One face as a document uses it: made of all the clusters that it will show.

    ``turns`` says that readers may turn some of them about.
    """

    __slots__ = (
        "_advances",
        "_codes",
        "_colors",
        "_face",
        "_layers",
        "_name",
        "_program",
        "_shared",
        "turns",
    )

    def __init__(self, face: Face, shown: Collection[str], number: int) -> None:
        self._face = face
        self.turns = is_turned("".join(shown))
        self._name = b"F%d" % number
        self._program = _subset(face, sorted(shown))
        codes, widths = self._program.codes, self._program.widths
        self._advances = {cluster: widths[code] / 1000 for cluster, code in codes.items()}
        self._layers = _layers(codes)
        self._colors = {cluster: color for cluster in codes for color in [_color(cluster)] if color}
        self._codes = {
            ord(cluster): code for code, cluster in self._layers[0].items() if len(cluster) == 1
        }
        self._shared = {
            cluster: index
            for index, layer in enumerate(self._layers[1:], 1)
            for cluster in layer.values()
        } | dict.fromkeys(self._program.blanks, _BLANK)

    def show(self, text: str) -> Sequence[Show]:
        """Return a text as parts of one font resource each, in nearly every case one."""
        if self._colors:
            return [
                self._part(index, list(run), color)
                for (index, color), run in groupby(clusters(text), key=self._look_of)
            ]
        if _SEVERAL.search(text) or not self._shared.keys().isdisjoint(text):
            return [
                self._part(index, list(run))
                for index, run in groupby(clusters(text), key=self._layer_of)
            ]
        codes = text.translate(self._codes).encode("utf-16-be", "surrogatepass")
        return (Show(self._name, codes, sum(map(self._advances.__getitem__, text))),)

    def _part(self, index: int, shown: list[str], color: str = "") -> Show:
        if index == _BLANK:
            return Show(b"", b"", sum(self._face.advance(char) for char in "".join(shown)))
        codes = b"".join(self._program.codes[cluster].to_bytes(2, "big") for cluster in shown)
        width = sum(map(self._advances.__getitem__, shown))
        return Show(self._resource(index), codes, width, color)

    def _layer_of(self, cluster: str) -> int:
        return self._shared.get(cluster, 0)

    def _look_of(self, cluster: str) -> tuple[int, str]:
        return self._layer_of(cluster), self._colors.get(cluster, "")

    def _resource(self, index: int) -> bytes:
        return b"%b.%d" % (self._name, index) if index else self._name

    def put(self, package: Package) -> Iterator[tuple[bytes, int]]:
        """Add the font's objects to a file; yield its resources' names and numbers."""
        program = self._program
        tag = _tag(program.data)
        name = tag + b"+" + _postscript(self._face.name)
        key = b"FontFile3" if program.cff else b"FontFile2"
        entries = b"/Subtype/CIDFontType0C" if program.cff else b"/Length1 %d" % len(program.data)
        file = package.add_stream(entries, program.data)
        to_glyphs = b"" if program.cff else b"/CIDToGIDMap/Identity"
        if program.shared:
            own = range(len(program.widths) - len(program.shared))
            glyphs = b"".join(glyph.to_bytes(2, "big") for glyph in (*own, *program.shared))
            to_glyphs = b"/CIDToGIDMap %d 0 R" % package.add_stream(b"", glyphs)
        descriptor = package.add(
            b"<</Type/FontDescriptor/FontName/%b/Flags 4/FontBBox[%b]/ItalicAngle %d/Ascent %b"
            b"/Descent %b/CapHeight %b/StemV 80/%b %d 0 R>>"
            % (
                name,
                b" ".join(real(edge) for edge in program.box),
                _SLANT if self._face.italic else 0,
                real(self._face.ascent * 1000),
                real(self._face.descent * 1000),
                real(self._face.cap_height * 1000),
                key,
                file,
            )
        )
        descendant = package.add(
            b"<</Type/Font/Subtype/CIDFontType%d/BaseFont/%b/CIDSystemInfo"
            b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R"
            b"/DW 1000/W[%b]%b>>"
            % (
                0 if program.cff else 2,
                name,
                descriptor,
                _widths(program.widths),
                to_glyphs,
            )
        )
        for index, layer in enumerate(self._layers):
            to_unicode = package.add_stream(b"", _to_unicode(layer))
            number = package.add(
                b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H"
                b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, descendant, to_unicode)
            )
            yield self._resource(index), number


def clusters(text: str) -> list[str]:
    """Return a text's characters, each with the invisible ones that belong to it.

    A variation selector or a joiner asks for no glyph, but is part of the text:
    it goes with the character before it (at the start, with the one after).
    """
    return _CLUSTER.findall(text) if _SEVERAL.search(text) else list(text)


def _subset(face: Face, shown: list[str]) -> _Program:
    """Cut a face down to the glyphs of some clusters."""
    whole = hb.Face(hb.Blob.from_file_path(str(face.path)), face.index)
    font = hb.Font(whole)
    bases = {cluster: HINTS.sub("", cluster)[:1] for cluster in shown}
    found = {
        cluster: font.get_nominal_glyph(ord(PLAIN_SIGNS.get(base, base)))
        for cluster, base in bases.items()
    }
    stand_in = next((glyph for c in _STAND_INS if (glyph := font.get_nominal_glyph(ord(c)))), 1)
    blanks = tuple(c for c, glyph in found.items() if not glyph and bases[c].isspace())
    old = {cluster: glyph or stand_in for cluster, glyph in found.items() if cluster not in blanks}
    wanted = hb.SubsetInput()
    wanted.flags = (
        hb.SubsetFlags.NO_HINTING
        | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.CFF_IDENTITY_CHARSET
    )
    if face.variable:
        wanted.pin_all_axes_to_default(whole)
        wanted.pin_axis_location(whole, "wght", face.weight)
    wanted.glyph_set.update(old.values())
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode()) for tag in _DROPPED)
    plan = hb.SubsetPlan(whole, wanted)
    cut = plan.execute()
    new = plan.old_to_new_glyph_mapping
    codes = {cluster: new[glyph] for cluster, glyph in old.items()}
    small = hb.Font(cut)
    scale = 1000 / cut.upem
    widths = tuple(
        round(small.get_glyph_h_advance(glyph) * scale, 3) for glyph in range(cut.glyph_count)
    )
    data = cut.blob.data
    cff = "CFF " in cut.table_tags
    if cff:
        data = cut.reference_table("CFF ").data
    box = _box(small, cut.glyph_count, scale)
    if cff:
        return _Program(data, cff, codes, blanks, widths, box)
    shared = _spread(codes, cut.glyph_count)
    widths += tuple(widths[glyph] for glyph in shared)
    return _Program(data, cff, codes, blanks, widths, box, shared)


def _spread(codes: dict[str, int], count: int) -> tuple[int, ...]:
    """Give clusters of one glyph codes of their own, from ``count`` on; return these's glyphs."""
    shared: list[int] = []
    taken: set[int] = set()
    for cluster in _in_order(codes):
        glyph = codes[cluster]
        if glyph in taken and count + len(shared) <= _LAST_CODE:
            codes[cluster] = count + len(shared)
            shared.append(glyph)
        taken.add(glyph)
    return tuple(shared)


def _in_order(clusters: Iterable[str]) -> list[str]:
    """Return clusters, those of one character first: a glyph's own number is theirs."""
    return sorted(clusters, key=lambda cluster: (len(cluster), cluster))


def _color(cluster: str) -> str:
    """Return the colour that a sign has by its name, ``""`` for all other text."""
    return SIGN_COLORS.get(HINTS.sub("", cluster)[:1], "")


def _box(font: hb.Font, count: int, scale: float) -> tuple[float, float, float, float]:
    """Return the box that holds every glyph, in thousandths of an em."""
    all_extents = [e for e in map(font.get_glyph_extents, range(count)) if e and e.width]
    if not all_extents:
        return (0, 0, 0, 0)
    return (
        min(e.x_bearing for e in all_extents) * scale,
        min(e.y_bearing + e.height for e in all_extents) * scale,
        max(e.x_bearing + e.width for e in all_extents) * scale,
        max(e.y_bearing for e in all_extents) * scale,
    )


def _layers(codes: dict[str, int]) -> list[dict[int, str]]:
    """Part clusters so that in each layer a code stands for one of them only."""
    layers: list[dict[int, str]] = [{}]
    used = Counter[int]()
    for cluster in _in_order(codes):
        code = codes[cluster]
        if used[code] == len(layers):
            layers.append({})
        layers[used[code]][code] = cluster
        used[code] += 1
    return layers


def _tag(data: bytes) -> bytes:
    """Return the six letters that mark a subset (9.6.4), made from its bytes."""
    return bytes(65 + byte % 26 for byte in sha256(data).digest()[:6])


def _postscript(name: str) -> bytes:
    return re.sub(r"[^A-Za-z0-9\-]", "", name).encode() or b"Face"


def _widths(widths: tuple[float, ...]) -> bytes:
    """Return the W array (9.7.4.3): runs of one width as a range, what differs listed."""
    parts: list[bytes] = []
    single: list[bytes] = []
    start = code = 0
    for width, run in groupby(widths):
        length = len(list(run))
        if length > 3:  # noqa: PLR2004  # a range takes three numbers
            if single:
                parts.append(b"%d[%b]" % (start, b" ".join(single)))
                single = []
            if width != 1000:  # noqa: PLR2004 - the default, DW
                parts.append(b"%d %d %b" % (code, code + length - 1, real(width)))
        else:
            if not single:
                start = code
            single.extend([real(width)] * length)
        code += length
    if single:
        parts.append(b"%d[%b]" % (start, b" ".join(single)))
    return b" ".join(parts)


def _as_written(shown: str) -> str:
    """Return Arabic as it was written: a joined form says its letter, a ligature its letters."""
    if "\ufb50" <= shown[0] <= "\ufefc":
        return unicodedata.normalize("NFKC", shown)
    return shown


def _to_unicode(layer: dict[int, str]) -> bytes:
    """Return the CMap from codes to UTF-16 (ISO 32000-1, 9.10.3)."""
    lines = [
        b"<%04X><%b>"
        % (glyph, _as_written(shown).encode("utf-16-be", "replace").hex().upper().encode())
        for glyph, shown in sorted(layer.items())
    ]
    blocks = [
        lines[start : start + _MAPPINGS_A_BLOCK]
        for start in range(0, len(lines), _MAPPINGS_A_BLOCK)
    ]
    return (
        b"/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
        b"/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        b"1 begincodespacerange<0000><FFFF>endcodespacerange\n%b\n"
        b"endcmap CMapName currentdict/CMap defineresource pop end end"
        % b"\n".join(
            b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks
        )
    )
