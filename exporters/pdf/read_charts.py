"""Figures of a PDF's structure in -> the numbers that drawn charts say of themselves.

They stand in attribute objects of our own (ISO 32000-1, 14.7.5), one a series.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2_raw as pdfium

from exporters.reading import FoundChart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OWNER = "Triptych"


def read_chart(element: pdfium.FPDF_STRUCTELEMENT, block: str, page: int) -> FoundChart | None:
    """Return the chart that a figure on a page (from 1) is, ``None`` if it is a picture."""
    series = tuple(_series(element))
    return FoundChart(block, f"page {page}, chart {block}", series) if series else None


def _series(
    element: pdfium.FPDF_STRUCTELEMENT,
) -> Iterator[tuple[str, tuple[float | None, ...]]]:
    for index in range(pdfium.FPDF_StructElement_GetAttributeCount(element)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, index)
        owner = _bytes(pdfium.FPDF_StructElement_Attr_GetStringValue, attributes, b"O")
        if owner.decode("utf-16-le").rstrip("\0") != _OWNER:
            continue
        name, values = (
            _text(_bytes(pdfium.FPDF_StructElement_Attr_GetBlobValue, attributes, key))
            for key in (b"Series", b"Values")
        )
        yield name, tuple(map(_number, values.split()))


def _bytes(
    function: Callable[..., int], attributes: pdfium.FPDF_STRUCTELEMENT_ATTR, key: bytes
) -> bytes:
    """Return what a function that fills a buffer says of a value; nothing where it is none."""
    value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, key)
    size = ctypes.c_ulong()
    function(value, None, 0, size)
    buffer = ctypes.create_string_buffer(max(size.value, 1))
    function(value, buffer, size.value, size)
    return buffer.raw[: size.value]


def _text(data: bytes) -> str:
    """Return a text string (ISO 32000-1, 7.9.2.2)."""
    return data.decode("utf-16" if data.startswith(b"\xfe\xff") else "latin-1", "replace")


def _number(text: str) -> float | None:
    """Return the number that a text is; what is none is missing."""
    try:
        return float(text)
    except ValueError:
        return None
