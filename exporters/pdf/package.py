"""Pages, raw objects and properties in -> one compact PDF file, through reportlab's canvas.

The only file that touches reportlab's private members. reportlab 5.1 lacks
StructParents and Tabs on pages, OutputIntents, associated files, object
streams, and a page without its Helvetica preamble; what is private here is what
supplies them. `tests/pdf/test_pdf_package.py` fails when a release moves one.

Objects are numbered as reportlab numbers them, ours among them. What is no
stream goes into object streams, the cross-reference table is a stream too
(ISO 32000-1, 7.5.7 and 7.5.8): a tagged file is a third of its plain size.
"""

from __future__ import annotations

import struct
import zlib
from hashlib import md5
from typing import TYPE_CHECKING, Any

from exporters.pdf.apart import apart
from exporters.postponed import postpone

postpone("PIL.Image")  # which reportlab imports, and only pictures need
with apart():
    from reportlab.pdfbase import pdfdoc
    from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from exporters.layout.geometry import Pt, Size

OBJECTS_A_STREAM = 400
"""Objects in one object stream: beyond that a file hardly shrinks, but is slower to enter."""

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""Version, and the four bytes over 127 that PDF/A asks for (ISO 19005-3, 6.1.2)."""


class _Page(pdfdoc.PDFPage):
    """A page whose stream and resources are given, with the keys that reportlab does not know."""

    Override_default_compilation = 1
    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]  # noqa: RUF012  # reportlab's own way
    __Refs__ = ["Parent"]  # noqa: RUF012 - both as in the base class


class _Catalog(pdfdoc.PDFCatalog):
    """The catalog with output intents and associated files; ready bytes pass through."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]  # noqa: RUF012  # reportlab's own way
    __Refs__ = ["Pages", "Outlines"]  # noqa: RUF012 - both as in the base class
    Pages: Any
    Outlines: Any
    Lang: Any


class _Info(pdfdoc.PDFInfo):
    """Document information that leaves out what is not known instead of saying "anonymous"."""

    def __init__(self, entries: Mapping[str, bytes]) -> None:
        super().__init__()
        self._entries = entries

    def format(self, document: object) -> bytes:
        del document
        return b"<<%b>>" % b"".join(b"/%b %b" % (k.encode(), v) for k, v in self._entries.items())


class _Document(pdfdoc.PDFDocument):
    """reportlab's document, written with object streams and a cross-reference stream."""

    Pages: Any
    Catalog: Any

    def __init__(self, lang: str, info: Mapping[str, bytes]) -> None:
        super().__init__(compression=1, invariant=1, pdfVersion=(1, 7), lang=lang)
        self.plain: dict[int, bytes] = {}
        self.streams: dict[int, bytes] = {}
        catalog = _Catalog()
        catalog.Pages, catalog.Outlines = self.Pages, self.Outlines
        catalog.Lang = self.Catalog.Lang
        self.Catalog = self._catalog = catalog
        self.info = _Info(info)

    def reserve(self, count: int) -> int:
        first: int = self.objectcounter + 1
        self.objectcounter += count
        return first

    def number(self, item: Any) -> int:  # noqa: ANN401 - any object of reportlab's
        """Return the number of an object, registering it when it is new."""
        reference: Any = self.Reference(item)  # type: ignore[no-untyped-call]
        number: int = self.idToObjectNumberAndVersion[reference.name][0]
        return number

    def format(self) -> bytes:
        """Return the whole file. Formatting may register more objects: they come in turn."""
        root, info = self.number(self.Catalog), self.number(self.info)
        plain = self.plain.copy()
        number = 0
        while number < self.objectcounter:
            number += 1
            name = self.numberToId.get(number)
            if name not in {None, pdfdoc.BasicFonts}:
                plain[number] = pdfdoc.format(self.idToObject[name], self, toplevel=1)
        return _file(plain, self.streams, root, info, self.objectcounter)


class Package(Canvas):
    """reportlab's canvas, opened to finished page streams and raw objects."""

    _bookmarkReference: Callable[[str], Any]  # noqa: N815 - reportlab's name

    def __init__(self, path: Path, lang: str, info: Mapping[str, bytes]) -> None:
        super().__init__(str(path), invariant=1, pageCompression=1)
        self._doc = _Document(lang, info)

    def _make_preamble(self) -> None:
        """Set no font before a page begins: reportlab's would be Helvetica, not embedded."""
        self._preamble = ""

    def reserve(self, count: int = 1) -> int:
        """Take ``count`` object numbers in a row; return the first."""
        return self._doc.reserve(count)

    def put(self, number: int, data: bytes) -> None:
        """Give a reserved number its object's bytes."""
        self._doc.plain[number] = data

    def add(self, data: bytes) -> int:
        """Add an object of ready bytes; return its number."""
        number = self.reserve()
        self.put(number, data)
        return number

    def add_stream(self, entries: bytes, data: bytes, *, compress: bool = True) -> int:
        """Add a stream with the given dictionary entries; return its number."""
        number = self.reserve()
        self._doc.streams[number] = _stream(entries, data, compress=compress)
        return number

    def set_catalog(self, **entries: bytes) -> None:
        """Set entries of the catalog to ready bytes."""
        for key, value in entries.items():
            setattr(self._doc.Catalog, key, value)

    def start_pages(self, sizes: Iterable[Size]) -> tuple[int, ...]:
        """Make all pages, still empty; return their object numbers."""
        numbers = []
        for size in sizes:
            page = _Page()
            page.MediaBox = b"[0 0 %.2f %.2f]" % (size.width, size.height)
            self._doc.addPage(page)
            numbers.append(self._doc.number(page))
        return tuple(numbers)

    def fill_page(
        self, index: int, content: bytes, resources: int, annotations: Sequence[int]
    ) -> None:
        """Give a page its content stream, resources and annotations, by object number.

        Its key in the structure's ParentTree is its index; the order of tabs
        follows the structure (ISO 14289-1, 7.18.3).
        """
        page = self._doc.Pages.pages[index]
        page.Contents = b"%d 0 R" % self.add_stream(b"", content)
        page.Resources = b"%d 0 R" % resources
        page.StructParents = index
        page.Tabs = b"/S"
        if annotations:
            page.Annots = b"[%b]" % b" ".join(b"%d 0 R" % number for number in annotations)

    def bookmark(self, name: str, index: int, top: Pt) -> None:
        """Bind a name to a height on a page, counted from the page's foot."""
        destination = self._bookmarkReference(name)
        destination.xyz(0, top, 0)
        destination.setPage(self._doc.Pages.pages[index])


def _stream(entries: bytes, data: bytes, *, compress: bool = True) -> bytes:
    if compress:
        data = zlib.compress(data)
        entries += b"/Filter/FlateDecode"
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def _file(
    plain: Mapping[int, bytes],
    streams: Mapping[int, bytes],
    root: int,
    info: int,
    last: int,
) -> bytes:
    """Lay objects out as a file: streams first, then object streams, then the xref stream."""
    parts = [_HEADER]
    offset = len(_HEADER)
    entries: dict[int, tuple[int, int, int]] = {}

    def emit(number: int, body: bytes) -> None:
        nonlocal offset
        entries[number] = (1, offset, 0)
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        parts.append(part)
        offset += len(part)

    for number, body in streams.items():
        emit(number, body)
    numbers = sorted(plain)
    for start in range(0, len(numbers), OBJECTS_A_STREAM):
        last += 1
        batch = numbers[start : start + OBJECTS_A_STREAM]
        for index, number in enumerate(batch):
            entries[number] = (2, last, index)
        emit(last, _object_stream(batch, [plain[number] for number in batch]))
    last += 1
    entries[last] = (1, offset, 0)
    digest = md5(b"".join(parts), usedforsecurity=False).hexdigest().encode()
    table = _stream(
        b"/Type/XRef/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/W[1 4 2]"
        b"/DecodeParms<</Predictor 12/Columns 7>>" % (last + 1, root, info, digest, digest),
        _cross_references(entries, last),
    )
    parts.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, table, offset))
    return b"".join(parts)


def _object_stream(numbers: Sequence[int], bodies: Iterable[bytes]) -> bytes:
    """ISO 32000-1, 7.5.7: pairs of number and offset, then the objects."""
    heads: list[bytes] = []
    data: list[bytes] = []
    offset = 0
    for number, body in zip(numbers, bodies, strict=True):
        heads.append(b"%d %d" % (number, offset))
        data.append(body)
        offset += len(body) + 1
    head = b" ".join(heads) + b"\n"
    return _stream(
        b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head)), head + b"\n".join(data)
    )


_ROW = struct.Struct(">BBIH")
"""The PNG predictor "Up" (ISO 32000-1, 7.4.4.4) before the seven bytes of an entry."""

_UP = 2


def _cross_references(entries: Mapping[int, tuple[int, int, int]], last: int) -> bytes:
    """ISO 32000-1, 7.5.8: seven bytes a number, each row as its difference from the one above.

    All rows are taken from those above them at once, byte by byte without a carry, as two
    large numbers (Hacker's Delight, 2-18).
    """
    free = (0, 0, 65535)
    rows = b"".join(_ROW.pack(0, *entries.get(number, free)) for number in range(last + 1))
    length = len(rows)
    here = int.from_bytes(rows)
    there = here >> 8 * _ROW.size
    high = int.from_bytes(b"\x80" * length)
    difference = ((here | high) - (there & ~high)) ^ ((here ^ ~there) & high)
    predictors = int.from_bytes(_ROW.pack(_UP, 0, 0, 0) * (last + 1))
    return (difference + predictors).to_bytes(length)
