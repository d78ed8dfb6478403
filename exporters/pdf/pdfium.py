"""Handles as plain numbers in -> what pdfium says of them, for the calls that a file needs most.

The bindings wrap every handle that comes or goes in an object of Python's. A
long report makes millions of such calls, which without take a third of the time.
"""

from __future__ import annotations

import ctypes
import re
from codecs import utf_16_le_decode
from ctypes import c_char_p, c_int, c_ulong, c_void_p
from typing import TYPE_CHECKING, Any, TypeAlias

import pypdfium2_raw as raw

if TYPE_CHECKING:
    from collections.abc import Callable

Handle: TypeAlias = int
"""Where something of pdfium's stands in memory; 0 or ``None`` is nothing."""

_TURNED = re.compile("(?<![\ud800-\udbff])(?:[\udc00-\udfff][\ud800-\udbff])+")
"""Characters of two halves each, the second before the first."""

_ROOM = 4096
"""Bytes that nearly every text fits in, so that pdfium is asked once."""

_BUFFER = bytearray(_ROOM)
_VIEW = memoryview(_BUFFER)
_PLACE = ctypes.addressof(ctypes.c_char.from_buffer(_BUFFER))


def handle(pointer: object) -> Handle:
    """Return the handle in one of the bindings' objects."""
    return ctypes.cast(pointer, c_void_p).value or 0  # type: ignore[arg-type]


def text(function: Callable[..., int], *arguments: object) -> str:
    """Return a UTF-16 string from a function that fills a buffer and tells its size in bytes."""
    size = function(*arguments, _PLACE, _ROOM)
    if size <= _ROOM:
        return decoded(_VIEW[: size - 2]) if size > 2 else ""  # noqa: PLR2004 - the NUL at its end
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.addressof(buffer), size)
    return decoded(memoryview(buffer)[: size - 2])


def decoded(data: memoryview) -> str:
    """Return the text of UTF-16; pdfium turns the halves of a character about where it turns text.

    What is still half a character then is U+FFFD.
    """
    try:
        return utf_16_le_decode(data, "strict", True)[0]
    except UnicodeDecodeError:
        units = "".join(map(chr, memoryview(bytes(data)).cast("H")))
        units = _TURNED.sub(lambda run: run[0][::-1], units)
        return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def bare(function: object, result: object, *arguments: object) -> Callable[..., Any]:
    """Return a function of pdfium's that takes and gives numbers."""
    return ctypes.PYFUNCTYPE(result, *arguments)(handle(function))  # type: ignore[arg-type]


_TEXT_OF = c_ulong, c_void_p, c_void_p, c_ulong

count_objects = bare(raw.FPDFPage_CountObjects, c_int, c_void_p)
object_at = bare(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
content_id_of = bare(raw.FPDFPageObj_GetMarkedContentID, c_int, c_void_p)
kind_of = bare(raw.FPDFPageObj_GetType, c_int, c_void_p)
mark_of = bare(raw.FPDFPageObj_GetMark, c_void_p, c_void_p, c_ulong)
text_of = bare(raw.FPDFTextObj_GetText, c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)
matrix_of = bare(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
bounds_of = bare(raw.FPDFPageObj_GetBounds, c_int, c_void_p, *[c_void_p] * 4)
value_of_mark = bare(
    raw.FPDFPageObjMark_GetParamBlobValue, c_int, c_void_p, c_char_p, c_void_p, c_ulong, c_void_p
)
count_children = bare(raw.FPDF_StructElement_CountChildren, c_int, c_void_p)
child_at = bare(raw.FPDF_StructElement_GetChildAtIndex, c_void_p, c_void_p, c_int)
child_content_id = bare(raw.FPDF_StructElement_GetChildMarkedContentID, c_int, c_void_p, c_int)
type_of = bare(raw.FPDF_StructElement_GetType, *_TEXT_OF)
id_of = bare(raw.FPDF_StructElement_GetID, *_TEXT_OF)
actual_text_of = bare(raw.FPDF_StructElement_GetActualText, *_TEXT_OF)
property_of = bare(raw.FPDF_GetMetaText, c_ulong, c_void_p, c_char_p, c_void_p, c_ulong)
language_of = bare(raw.FPDFCatalog_GetLanguage, *_TEXT_OF)
