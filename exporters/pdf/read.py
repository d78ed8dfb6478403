"""A finished PDF -> what it says, run of marked content by run, in the order of its pages.

Through pdfium: the order and the marks come from the content streams, the
element of each mark from the structure tree, so that what a reader hears is
what is compared. It shares nothing with the writer but the standard: artifacts,
labels, contents, references and repeated heads are told by their tags
(ISO 32000-1, 14.8.4).
"""

from __future__ import annotations

import ctypes
import unicodedata
from typing import TYPE_CHECKING

import pypdfium2_raw as pdfium
from msgspec import Struct
from msgspec.structs import replace

from exporters.pdf.read_charts import read_chart
from exporters.reading import Found, FoundChart, Layer, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FURNITURE = frozenset({"Artifact", "Lbl", "TOC", "TOCI", "Reference", "Figure"})
"""Structure types whose text is made by whoever sets the report, not by its author.

In a figure it is that of a drawn chart: its table says the same as content.
"""

_UNTURNED = str.maketrans(")]}>»›）》〉」』】", "([{<«‹（《〈「『【")
"""Closing brackets to opening ones: in right-to-left text each is drawn as the other."""

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
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise ValueError(f"pdfium cannot open {path}: error {pdfium.FPDF_GetLastError()}")
    try:
        rows = _Rows()
        charts: list[FoundChart] = []
        found: list[tuple[tuple[int, ...], Found]] = []
        place: tuple[int, ...] = ()
        for index in range(pdfium.FPDF_GetPageCount(document)):
            for role, one in _read_page(document, index, rows, charts):
                place = role.place or place  # an artifact stays with what was before it
                found.append((place, one))
        found.sort(key=lambda pair: pair[0])  # columns that go on over a page are read one by one
        texts = tuple(one for _, one in found)
        return Reading("pdf", texts, tuple(_properties(document)), tuple(charts))
    finally:
        pdfium.FPDF_CloseDocument(document)


def _properties(document: pdfium.FPDF_DOCUMENT) -> Iterator[tuple[str, str]]:
    for key in _KEYS:
        value = _text(pdfium.FPDF_GetMetaText, document, key.encode())
        if value:
            yield key, value
    language = _text(pdfium.FPDFCatalog_GetLanguage, document)
    if language:
        yield "Language", language


_ROOM = 4096
"""Bytes that nearly every text fits in, so that pdfium is asked once."""


def _text(function: Callable[..., int], *arguments: object) -> str:
    """Return a UTF-16 string from a function that fills a buffer and tells its size in bytes."""
    room = _ROOM
    while True:
        buffer = (ctypes.c_ushort * (room // 2))()
        size = function(*arguments, buffer, room)
        if size <= room:
            return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace")
        room = size + size % 2


class _Rows:
    """Counts rows of every table over all its pages.

    A row that stands on several pages has an id: it is the same row there.
    """

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._known: dict[tuple[str, str], int] = {}

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
        roles = _roles(tree, rows, lambda element: _chart(element, index + 1, charts))
        found: list[tuple[_Role, Found]] = []
        for mark, parts in _runs(page, texts):
            role = roles.get(mark, _ARTIFACT)
            # what stands about in a drawing is no text that runs on
            shown = parts if role.tag == "Figure" else [_said("".join(parts), role.said)]
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
    """Return the characters of a text in no order, without forms and directions."""
    plain = unicodedata.normalize("NFKD", text.translate(_UNTURNED))
    return sorted("".join(plain.split()))


def _runs(page: pdfium.FPDF_PAGE, texts: pdfium.FPDF_TEXTPAGE) -> Iterator[tuple[int, list[str]]]:
    """Yield each run of marked content: its number (-1: none, an artifact) and its texts."""
    parts: list[str] = []
    current: tuple[int, int | None] | None = None
    told: int | None = None
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
        inner = pdfium.FPDFPageObj_GetMark(item, 1) if run[0] < 0 else None
        if inner:  # one word in several fonts is several objects
            address = ctypes.cast(inner, ctypes.c_void_p).value
            if address != told:
                parts.append(_text_of_mark(inner))
            told = address
            continue
        text = _text(pdfium.FPDFTextObj_GetText, item, texts)
        parts.append(text.replace(_LINE_END_HYPHEN, "-"))
    if current is not None:
        yield current[0], parts


def _text_of_mark(mark: pdfium.FPDF_PAGEOBJECTMARK) -> str:
    """Return what a mark inside an artifact says of itself (ActualText)."""
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
) -> dict[int, _Role]:
    """Return what every mark of a page belongs to; ``figure`` is called with each figure."""
    roles: dict[int, _Role] = {}
    if not tree:
        return roles
    root = _Role("Document", False, None, None, None)
    pending = [
        (pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), root, index)
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree) - 1, -1, -1)
    ]
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
    return roles


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
