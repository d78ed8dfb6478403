"""What a file marks as the tool's own -> whether it really is the tool's words, or the report's.

Furniture may repeat what the report says (a running head, a contents entry, a
table's header on its next page) and add the words of `exporters.furniture`,
numbers and list labels. Anything else would be text that nobody wrote.
"""

from __future__ import annotations

import re
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from exporters.verify.expected import squeezed
from report_data.model import Figure, InlineImage, Paragraph, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporters.furniture import Furniture
    from exporters.names import Names
    from exporters.reading import Found
    from exporters.verify.expected import Expected
    from exporters.verify.saying import Saying
    from report_data.model import Report

_BETWEEN = "\0"
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_NUMBERS = r"\d+"
_LABEL = re.compile(
    r"[\d\W_]*"  # numbers, marks of lists and tasks, separators
    r"|[\W_]*(?:[ivxlcdm]{1,8}|[IVXLCDM]{1,8}|[a-zA-Z]{1,2})[\W_]*"  # labels of inner lists
)
_LATIN = re.compile(r"[A-Za-z0-9]+")


class Furnishing:
    """Knows every word that may stand in a file without being a block of the report."""

    def __init__(self, report: Report, expected: Expected, words: Furniture, names: Names) -> None:
        said = [item.raw for item in expected.every()]
        said += _meta(report)
        said += _names(names)
        self._said = _BETWEEN.join(map(squeezed, said))
        self._latin = frozenset(word for text in said for word in _LATIN.findall(text))
        self._words = _pattern(words)
        self._known: dict[str, bool] = {}

    def check(self, found: Iterable[Found], saying: Saying) -> None:
        """Say which texts are neither the tool's nor the report's."""
        known: set[str] = set()
        for piece in found:
            if piece.text in known:
                continue
            if self._is_ours(piece.text):
                known.add(piece.text)
            else:
                saying.forged(piece)

    def _is_ours(self, text: str) -> bool:
        parts = self._words.split(text)
        return all(self._is_series(part.split()) for part in parts) or self._is_said(squeezed(text))

    def _is_series(self, words: list[str]) -> bool:
        """Return whether words are several things said one after the other."""
        reached = [True, *[False] * len(words)]
        for start in range(len(words)):
            if reached[start]:
                for end in range(start + 1, len(words) + 1):
                    reached[end] = reached[end] or self._is_said("".join(words[start:end]))
        return reached[-1]

    def _is_said(self, text: str) -> bool:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._search(text)
        return known

    def _search(self, text: str) -> bool:
        if _LABEL.fullmatch(text):
            return True
        if text.isascii() and text.isalnum():
            return text in self._latin
        return text in self._said


def _meta(report: Report) -> Iterator[str]:
    meta = report.meta
    yield from (meta.title, meta.subtitle, meta.kind, meta.abstract, meta.short_title)
    yield meta.confidentiality
    yield from meta.keywords
    for labelled in (*meta.authors, *([meta.date] if meta.date else [])):
        yield labelled.label
        yield labelled.text
    for node in report.walk():
        if isinstance(node, Figure):
            yield node.alt
        content = node.title if isinstance(node, Section) else ()
        if isinstance(node, Paragraph):
            content = node.content
        yield from (item.alt for item in content if isinstance(item, InlineImage))


def _names(names: Names) -> Iterator[str]:
    for table in names.tables.values():
        yield from (table.label, table.title, table.sheet, table.table)
    yield from names.figures.values()
    yield from (names.stem, names.contents_sheet, names.full_text_sheet)


def _pattern(words: Furniture) -> re.Pattern[str]:
    """Return what matches any of the tool's words, longest first, fields being numbers."""
    templates = [
        word
        for item, value in zip(fields(words), astuple(words), strict=True)
        if item.name not in {"kinds", "colon"}
        for word in ([value] if isinstance(value, str) else [])
    ]
    templates += [word for _, word in words.kinds]
    texts = sorted({template.strip() for template in templates}, key=len, reverse=True)
    return re.compile("|".join(_filled(text) for text in texts if text))


def _filled(template: str) -> str:
    """Return what matches a template: numbers in its fields, any white space or none."""
    spaced = r"\s*".join(re.escape(part) for part in template.split())
    return _FIELD.sub(lambda match: ".*?" if match[1] in {"name", "alt"} else _NUMBERS, spaced)
