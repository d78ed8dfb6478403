"""A finished PDF -> what it says, run of marked content by run, in the order of its pages.

Through pdfium: the order and the marks come from the content streams, the
element of each mark from the structure tree, so that what a reader hears is
what is compared. It shares nothing with the writer but the standard: artifacts,
labels, contents, references and repeated heads are told by their tags
(ISO 32000-1, 14.8.4).
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2_raw as raw
from msgspec.structs import replace

from exporters.pdf import pdfium
from exporters.pdf.read_charts import read_chart
from exporters.pdf.read_runs import runs, shown
from exporters.pdf.read_structure import ARTIFACT, Rows, roles_of
from exporters.reading import Found, FoundChart, Layer, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from exporters.pdf.pdfium import Handle
    from exporters.pdf.read_structure import Role

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

_PAGES_AT_ONCE = 250
"""Pages after which a document is opened anew: pdfium keeps what it has seen of one."""


def read(path: Path) -> Reading:
    """Return a file's texts in reading order and its properties.

    Raises ValueError when the file is no PDF that pdfium can open.
    """
    raw.FPDF_InitLibrary()
    data = path.read_bytes()
    document = _opened(data, path)
    try:
        rows = Rows()
        charts: list[FoundChart] = []
        found: list[tuple[Role, Found]] = []
        before = ARTIFACT
        for index in range(raw.FPDF_GetPageCount(document)):
            if index % _PAGES_AT_ONCE == _PAGES_AT_ONCE - 1:
                raw.FPDF_CloseDocument(document)
                document = _opened(data, path)
            for role, one in _read_page(document, index, rows, charts):
                # an artifact stays with what was before it
                before = role if role.place else replace(role, place=before.place)
                found.append((before, one))
        if moved := rows.moved():
            found = [(role, _moved(role, one, moved)) for role, one in found]
        # columns that go on over a page are read one by one
        found.sort(key=lambda pair: pair[0].place)
        texts = tuple(_joined(found))
        return Reading("pdf", texts, tuple(_properties(document)), tuple(charts))
    finally:
        raw.FPDF_CloseDocument(document)


def _joined(found: Sequence[tuple[Role, Found]]) -> list[Found]:
    """Return texts, those of one element that is no content as one: it may go on over pages.

    It stands where it begins; where it goes on, an empty text tells of the page.
    """
    texts = [one for _, one in found]
    parts: dict[tuple[int, ...], list[int]] = {}
    for index, (role, _) in enumerate(found):
        if role.whole and role.tag != "Figure":
            parts.setdefault(role.whole, []).append(index)
    for first, *others in parts.values():
        if others:
            whole = "\n".join(texts[index].text for index in (first, *others))
            texts[first] = replace(texts[first], text=whole)
            for index in others:
                texts[index] = replace(texts[index], text="")
    return texts


def _opened(data: bytes, path: Path) -> raw.FPDF_DOCUMENT:
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise ValueError(f"pdfium cannot open {path}: error {raw.FPDF_GetLastError()}")
    return document


def _properties(document: raw.FPDF_DOCUMENT) -> Iterator[tuple[str, str]]:
    at = pdfium.handle(document)
    for key in _KEYS:
        value = pdfium.text(pdfium.property_of, at, key.encode())
        if value:
            yield key, value
    language = pdfium.text(pdfium.language_of, at)
    if language:
        yield "Language", language


def _read_page(
    document: raw.FPDF_DOCUMENT, index: int, rows: Rows, charts: list[FoundChart]
) -> list[tuple[Role, Found]]:
    """Return the texts of a page with what each belongs to; its charts go to ``charts``."""
    page = raw.FPDF_LoadPage(document, index)
    texts = raw.FPDFText_LoadPage(page)
    tree = raw.FPDF_StructTree_GetForPage(page)
    try:
        found_runs = list(runs(pdfium.handle(page), pdfium.handle(texts)))
        roles = roles_of(
            _tops(tree),
            rows,
            lambda element: _chart(element, index + 1, charts),
            [mark for mark, _ in found_runs],
        )
        found: list[tuple[Role, Found]] = []
        for mark, parts in found_runs:
            role = roles.get(mark, ARTIFACT)
            found.extend((role, _found(text, role, index + 1)) for text in shown(parts, role))
        return found
    finally:
        raw.FPDF_StructTree_Close(tree)
        raw.FPDFText_ClosePage(texts)
        raw.FPDF_ClosePage(page)


def _tops(tree: raw.FPDF_STRUCTTREE) -> list[Handle]:
    """Return the elements that a page's structure tree begins with."""
    count = raw.FPDF_StructTree_CountChildren(tree) if tree else 0
    found = (raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(count))
    return [pdfium.handle(element) for element in found if element]


def _found(text: str, role: Role, page: int) -> Found:
    place = f"page {page}, {role.tag}"
    if role.row is not None and role.column is not None:
        place = f"page {page}, table {role.block}, row {role.row}, column {role.column + 1}"
    layer = Layer.FURNITURE if role.furniture else Layer.BODY
    return Found(text, place, page, layer, role.block, role.row, role.column)


def _moved(role: Role, one: Found, moved: Mapping[str, list[int]]) -> Found:
    """Return a text in its true row."""
    if role.row is None or role.block is None or role.block not in moved:
        return one
    return _found(one.text, replace(role, row=moved[role.block][role.row]), one.group)


def _chart(element: Handle, page: int, charts: list[FoundChart]) -> None:
    block = pdfium.text(pdfium.id_of, element)
    chart = read_chart(ctypes.cast(element, raw.FPDF_STRUCTELEMENT), block, page)
    if chart is not None and all(chart.block != known.block for known in charts):
        charts.append(chart)
