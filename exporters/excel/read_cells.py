"""Elements of a sheet's part in -> rows and the texts of cells. Shares nothing with the writer."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import IO, TYPE_CHECKING, TypeAlias

from lxml import etree

from exporters.excel.references import column_number

if TYPE_CHECKING:
    from collections.abc import Iterator

Element: TypeAlias = etree._Element  # noqa: SLF001  # lxml has no public name for it

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

_TEXT, _GUIDE, _FAMILY = f"{MAIN}t", f"{MAIN}rPh", f"{MAIN}rPr/{MAIN}family"
_TOOL_FAMILY = "5"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

_POWERS = {
    "千": 3,
    "万": 4,
    "萬": 4,
    "百": 2,
    "亿": 8,
    "億": 8,
    "兆": 12,
    "만": 4,
    "억": 8,
    "조": 12,
}


def rows_of(stream: IO[bytes]) -> Iterator[tuple[int, Element]]:
    """Yield rows one at a time and forget them."""
    number = 0
    for _, row in etree.iterparse(
        stream, tag=f"{MAIN}row", resolve_entities=False, no_network=True
    ):
        number = int(row.get("r") or number + 1)
        yield number, row
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]  # type: ignore[union-attr, unused-ignore]


def place_of(cell: Element) -> tuple[str, int]:
    """Return the letters and the number of a cell's column."""
    letters = cell.get("r", "A1").rstrip("0123456789")
    return letters, column_number(letters)


def text_of(element: Element) -> str:
    """Return the text of a string item without phonetic guides and without the tool's own runs."""
    if len(element) == 1 and element[0].tag == _TEXT:  # nearly every cell of a table
        return unescaped(element[0].text or "")
    texts = []
    for item in element.iter(_TEXT):
        parent = item.getparent()
        if parent is None or parent.tag == _GUIDE:
            continue
        family = parent.find(_FAMILY)
        if family is None or family.get("val") != _TOOL_FAMILY:
            texts.append(unescaped(item.text or ""))
    return "".join(texts)


def unescaped(text: str) -> str:
    """Return a text with ``_x0041_`` as the character that it stands for."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)


def number_in(cell: Element) -> Decimal:
    """Return the number that a cell holds, 0 if it holds none."""
    return Decimal(cell.findtext(f"{MAIN}v") or "0")


def agree(written: str, number: Decimal) -> bool:
    """Return whether a text as written says the number that its cell holds."""
    text = unicodedata.normalize("NFKC", written)
    try:
        said = Decimal(re.sub(r"[^0-9.]", "", text))
    except InvalidOperation:
        return False
    said = said.scaleb(sum(_POWERS.get(char, 0) for char in text) - 2 * text.count("%"))
    return abs(said - abs(number)) <= abs(number) * Decimal("1e-12")
