"""A finished PDF -> what it says, run of marked content by run, in the order of its pages.

Through pdfium: the order and the marks come from the content streams, the
element of each mark from the structure tree, so that what a reader hears is
what is compared. It shares nothing with the writer but the standard: artifacts,
labels, contents, references and repeated heads are told by their tags
(ISO 32000-1, 14.8.4).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from math import inf
from typing import TYPE_CHECKING, TypeAlias

import pypdfium2_raw as pdfium
from msgspec import Struct
from msgspec.structs import replace

from exporters.pdf.read_charts import read_chart
from exporters.reading import Found, FoundChart, Layer, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_FURNITURE = frozenset({"Artifact", "Lbl", "TOC", "TOCI", "Reference", "Figure"})
"""Structure types whose text is made by whoever sets the report, not by its author.

In a figure it is that of a drawn chart: its table says the same as content.
"""

_UNTURNED = str.maketrans(")]}>»›）》〉」』】©®", "([{<«‹（《〈「『【CR")
"""Closing brackets to opening ones: in right-to-left text each is drawn as the other.

There pdfium takes the marks of copyrights and trademarks for their letters.
"""

_HINTS = re.compile("[\\s\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
"""White space and the selectors of a character's look, which are not drawn."""

_CELLS = frozenset({"TH", "TD"})
_ROWS = frozenset({"TR"})

_KEYS = (
    "Title",
    "Author",
    "Subject",
    "Keywords",
    "Creator",
    "Producer",
    "CreationDate",
    "ModDate",
    "Identifier",
)


_LINE_END_HYPHEN = "\x02"
"""What pdfium makes of a hyphen at a line's end, for programs that join lines."""


class _Role(Struct, frozen=True, gc=False):
    """What a mark belongs to: its element's type, those above it, and the cell if it is in one.

    ``place`` is the way to it from the root, by the numbers of children: the
    order of places is that of the structure, which is read out. ``said`` is the
    element's own word for what its content says (ActualText).
    """

    tag: str
    furniture: bool
    block: str | None
    row: int | None
    column: int | None
    place: tuple[int, ...] = ()
    said: str = ""


_ARTIFACT = _Role("Artifact", True, None, None, None)


def read(path: Path) -> Reading:
    """Return a file's texts in reading order and its properties.

    Raises ValueError when the file is no PDF that pdfium can open.
    """
    pdfium.FPDF_InitLibrary()
    data = path.read_bytes()
    document = _opened(data, path)
    try:
        rows = _Rows()
        charts: list[FoundChart] = []
        found: list[tuple[tuple[int, ...], Found]] = []
        place: tuple[int, ...] = ()
        for index in range(pdfium.FPDF_GetPageCount(document)):
            if index % _PAGES_AT_ONCE == _PAGES_AT_ONCE - 1:
                pdfium.FPDF_CloseDocument(document)
                document = _opened(data, path)
            for role, one in _read_page(document, index, rows, charts):
                place = role.place or place  # an artifact stays with what was before it
                found.append((place, one))
        found.sort(key=lambda pair: pair[0])  # columns that go on over a page are read one by one
        texts = tuple(one for _, one in found)
        return Reading("pdf", texts, tuple(_properties(document)), tuple(charts))
    finally:
        pdfium.FPDF_CloseDocument(document)


_PAGES_AT_ONCE = 250
"""Pages after which a document is opened anew: pdfium keeps what it has seen of one."""


def _opened(data: bytes, path: Path) -> pdfium.FPDF_DOCUMENT:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise ValueError(f"pdfium cannot open {path}: error {pdfium.FPDF_GetLastError()}")
    return document


def _properties(document: pdfium.FPDF_DOCUMENT) -> Iterator[tuple[str, str]]:
    for key in _KEYS:
        value = _text(pdfium.FPDF_GetMetaText, document, key.encode())
        if value:
            yield key, value
    language = _text(pdfium.FPDFCatalog_GetLanguage, document)
    if language:
        yield "Language", language


_TURNED = re.compile("(?<![\ud800-\udbff])(?:[\udc00-\udfff][\ud800-\udbff])+")
"""Characters of two halves each, the second before the first."""
_ROOM = 4096
"""Bytes that nearly every text fits in, so that pdfium is asked once."""
_BUFFER = (ctypes.c_ushort * (_ROOM // 2))()


def _text(function: Callable[..., int], *arguments: object) -> str:
    """Return a UTF-16 string from a function that fills a buffer and tells its size in bytes."""
    buffer: ctypes.Array[ctypes.c_ushort] = _BUFFER
    size = function(*arguments, buffer, _ROOM)
    if size > _ROOM:
        buffer = (ctypes.c_ushort * (size // 2 + 1))()
        size = function(*arguments, buffer, size)
    return _decoded(ctypes.string_at(buffer, max(size - 2, 0)))


def _decoded(data: bytes) -> str:
    """Return the text of UTF-16; pdfium turns the halves of a character about where it turns text.

    What is still half a character then is U+FFFD.
    """
    try:
        return data.decode("utf-16-le")
    except UnicodeDecodeError:
        units = "".join(map(chr, memoryview(data).cast("H")))
        units = _TURNED.sub(lambda run: run[0][::-1], units)
        return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


class _Rows:
    """Counts rows of every table over all its pages.

    A row that stands on several pages has an id: it is the same row there.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._known: dict[tuple[str, str], int] = {}
        self.begin = 0
        """The document's child that the page before began with."""

    def number(self, table: str, row: str) -> int:
        """Return the number of the row that comes now."""
        number = self._known.get((table, row))
        if number is None:
            number = self._counts.get(table, 0)
            self._counts[table] = number + 1
            if row:
                self._known[table, row] = number
        return number


def _read_page(
    document: pdfium.FPDF_DOCUMENT, index: int, rows: _Rows, charts: list[FoundChart]
) -> list[tuple[_Role, Found]]:
    """Return the texts of a page with what each belongs to; its charts go to ``charts``."""
    page = pdfium.FPDF_LoadPage(document, index)
    texts = pdfium.FPDFText_LoadPage(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        runs = list(_runs(page, texts))
        roles = _roles(tree, rows, lambda element: _chart(element, index + 1, charts), runs)
        found: list[tuple[_Role, Found]] = []
        for mark, parts in runs:
            role = roles.get(mark, _ARTIFACT)
            shown = _shown(parts, role)
            found.extend((role, _found(text, role, index + 1)) for text in shown)
        return found
    finally:
        pdfium.FPDF_StructTree_Close(tree)
        pdfium.FPDFText_ClosePage(texts)
        pdfium.FPDF_ClosePage(page)


def _found(text: str, role: _Role, page: int) -> Found:
    place = f"page {page}, {role.tag}"
    if role.row is not None and role.column is not None:
        place = f"page {page}, table {role.block}, row {role.row}, column {role.column + 1}"
    layer = Layer.FURNITURE if role.furniture else Layer.BODY
    return Found(text, place, page, layer, role.block, role.row, role.column)


def _said(drawn: str, said: str) -> str:
    """Return what a run says: its element's word for it, if it is of the letters that are drawn.

    Right-to-left text is drawn from the left: which way pdfium turns it about, and the
    brackets in it, depends on what stands around it.
    """
    if not said:
        return drawn
    return said if _letters(said) == _letters(drawn) else drawn


def _letters(text: str) -> list[str]:
    """Return the characters of a text in no order, without forms, directions and hints."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNTURNED)).replace("\u2044", "/")
    return sorted(c for c in _HINTS.sub("", plain) if unicodedata.category(c) != "Cf")


def _words(parts: Sequence[_Part]) -> list[str]:
    """Return the texts in a drawing; one of several faces is several objects side by side."""
    words: list[str] = []
    end = (0.0, 0.0)
    for drawn, told, item in parts:
        matrix = pdfium.FS_MATRIX()
        sides = [ctypes.c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetMatrix(item, matrix)
        pdfium.FPDFPageObj_GetBounds(item, *sides)
        left, _, right, _ = (side.value for side in sides)
        if told is not None:
            words += [told] if told else []
        elif words and end[1] == matrix.f and abs(left - end[0]) < _BESIDE:
            words[-1] += drawn
        else:
            words.append(drawn)
        end = (right if told is None else inf, matrix.f)
    return words


_BESIDE = 6.0
"""Points between the inks of two characters of one word; labels stand further apart."""

_Part: TypeAlias = "tuple[str, str | None, pdfium.FPDF_PAGEOBJECT]"
"""A text object: what is drawn, what a mark around it alone says of it (ActualText; nothing where
it goes on with the one before, ``None`` where there is no such mark), and the object itself."""


def _runs(page: pdfium.FPDF_PAGE, texts: pdfium.FPDF_TEXTPAGE) -> Iterator[tuple[int, list[_Part]]]:
    """Yield each run of marked content: its number (-1: none, an artifact) and its texts."""
    parts: list[_Part] = []
    current: tuple[int, int | None] | None = None
    before: int | None = None
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_TEXT:
            continue
        # objects of one run share their mark, two artifacts in a row do not
        mark = ctypes.cast(pdfium.FPDFPageObj_GetMark(item, 0), ctypes.c_void_p).value
        run = pdfium.FPDFPageObj_GetMarkedContentID(item), mark
        if run != current:
            if current is not None:
                yield current[0], parts
            current, parts = run, []
        told = None
        if inner := pdfium.FPDFPageObj_GetMark(item, 1):
            address = ctypes.cast(inner, ctypes.c_void_p).value
            told = "" if address == before else _text_of_mark(inner)
            before = address
        drawn = _text(pdfium.FPDFTextObj_GetText, item, texts).replace(_LINE_END_HYPHEN, "-")
        parts.append((drawn, told, item))
    if current is not None:
        yield current[0], parts


def _shown(parts: Sequence[_Part], role: _Role) -> list[str]:
    """Return the texts of a run.

    What stands about in a drawing is no text that runs on. There and in artifacts no
    element can say what right-to-left text says: a mark around it does.
    """
    if not role.furniture:
        return [_said("".join(drawn for drawn, _, _ in parts), role.said)]
    if role.tag == "Figure":
        return _words(parts)
    shown = (drawn if told is None else told for drawn, told, _ in parts)
    return [_said("".join(shown), role.said)]


def _text_of_mark(mark: pdfium.FPDF_PAGEOBJECTMARK) -> str:
    """Return what a mark says of itself (ActualText)."""
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ubyte * _ROOM)()
    pdfium.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, _ROOM, size)
    data = bytes(buffer)[: size.value]
    return data.decode("utf-16" if data.startswith(b"\xfe\xff") else "ascii", "replace")


def _chart(element: pdfium.FPDF_STRUCTELEMENT, page: int, charts: list[FoundChart]) -> None:
    chart = read_chart(element, _text(pdfium.FPDF_StructElement_GetID, element), page)
    if chart is not None and all(chart.block != known.block for known in charts):
        charts.append(chart)


def _roles(
    tree: pdfium.FPDF_STRUCTTREE,
    rows: _Rows,
    figure: Callable[[pdfium.FPDF_STRUCTELEMENT], None],
    runs: Sequence[tuple[int, list[_Part]]],
) -> dict[int, _Role]:
    """Return what every mark of a page belongs to; ``figure`` is called with each figure.

    The document has a child for every block of all pages. Those of a page stand
    together and after those of the page before, but for few: the others are
    asked only where a run is still without a role, or pages would take the
    square of their number.
    """
    roles: dict[int, _Role] = {}
    root = _Role("Document", False, None, None, None)
    for at in range(pdfium.FPDF_StructTree_CountChildren(tree) if tree else 0):
        document = pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)
        if not document:
            continue
        role = replace(_role(document, root, at, rows), place=(at,))
        count = pdfium.FPDF_StructElement_CountChildren(document)
        near, end = _near(document, rows.begin, count)
        if near:
            rows.begin = near[0][1]
        _walk([(child, role, index) for child, index in near], roles, rows, figure)
        if all(mark < 0 or mark in roles for mark, _ in runs):
            continue
        first = min(rows.begin, end)
        others = [
            (pdfium.FPDF_StructElement_GetChildAtIndex(document, index), role, index)
            for index in (*range(first), *range(end, count))
        ]
        _walk(others, roles, rows, figure)
    return roles


_APART = 50
"""Children of other pages in a row after which a page has no more, as it seems."""


def _near(
    document: pdfium.FPDF_STRUCTELEMENT, begin: int, count: int
) -> tuple[list[tuple[pdfium.FPDF_STRUCTELEMENT, int]], int]:
    """Return the next children of a page, each with its index, and where the search ended."""
    near: list[tuple[pdfium.FPDF_STRUCTELEMENT, int]] = []
    for index in range(begin, count):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(document, index)
        if child:
            near.append((child, index))
        elif near and index - near[-1][1] > _APART:
            return near, index
    return near, count


def _walk(
    pending: list[tuple[pdfium.FPDF_STRUCTELEMENT, _Role, int]],
    roles: dict[int, _Role],
    rows: _Rows,
    figure: Callable[[pdfium.FPDF_STRUCTELEMENT], None],
) -> None:
    """Give the marks of elements and of all that stands in them their roles."""
    pending.reverse()
    while pending:
        element, above, place = pending.pop()
        if not element:
            continue
        role = replace(_role(element, above, place, rows), place=(*above.place, place))
        children = []
        for index in range(pdfium.FPDF_StructElement_CountChildren(element)):
            # marks of other pages are -1 here, their elements are null
            mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if mark >= 0:
                roles[mark] = replace(role, place=(*role.place, index))
                if role.tag == "Figure":
                    figure(element)
            else:
                child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
                children.append((child, role, index))
        pending.extend(reversed(children))


def _role(element: pdfium.FPDF_STRUCTELEMENT, above: _Role, place: int, rows: _Rows) -> _Role:
    """Return the role of an element; ``place`` is its index among its parent's children."""
    tag = _text(pdfium.FPDF_StructElement_GetType, element)
    name = ""
    if tag in {"Table", "Note", "TR"}:
        name = _text(pdfium.FPDF_StructElement_GetID, element)
    furniture = above.furniture or tag in _FURNITURE
    if tag in {"Table", "Note"}:
        return _Role(tag, furniture, name or None, None, None)
    if tag in _ROWS:
        return _Role(tag, furniture, above.block, rows.number(above.block or "", name), None)
    if tag in _CELLS:
        return _Role(tag, furniture, above.block, above.row, place)
    said = _text(pdfium.FPDF_StructElement_GetActualText, element) if tag == "Span" else ""
    return _Role(tag, furniture, above.block, above.row, above.column, said=said)
