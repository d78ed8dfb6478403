"""What a file marks as the tool's own -> whether it really is the tool's words, or the report's.

Furniture may repeat what the report says (a running head, a contents entry, a
table's header on its next page) and add the words of `exporters.furniture`,
numbers and list labels. Anything else would be text that nobody wrote.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from exporters.verify.expected import squeezed, visible
from report_data.model import (
    Box,
    Definition,
    Figure,
    Heading,
    InlineImage,
    Paragraph,
    Run,
    Section,
    Table,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from exporters.furniture import Furniture
    from exporters.names import Names
    from exporters.reading import Found
    from exporters.verify.expected import Expected
    from exporters.verify.saying import Saying
    from report_data.model import Inline, ListItem, Node, Note, Report

_BETWEEN = "\0"
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_NUMBERS = r"\d+"
_LABEL = re.compile(
    r"[\d\W_]*"  # numbers, marks of lists and tasks, separators
    r"|[A-Z](?:\.\d+)+"  # numbers of an appendix's sections
    r"|[\W_]*(?:[ivxlcdm]{1,8}|[IVXLCDM]{1,8}|[a-zA-Z]{1,2})[\W_]*"  # labels of inner lists
)
_WORD = re.compile(r"[^\s：:]+(?:[：:][^\s：:]+)*|[：:]")
"""A word, or a colon that ends one: "label: text" is two things; an address is one."""

_LONGEST_CHAIN = 2_000

_LONG = 400
"""Characters; a text of the report as long as that is looked for whole, and may go on over pages
where it is repeated: the first cells of a table's rows, beside its other columns."""


class Furnishing:
    """Knows every word that may stand in a file without being a block of the report."""

    def __init__(self, report: Report, expected: Expected, words: Furniture, names: Names) -> None:
        said = [item.raw for item in expected.every()]
        said += [label for text in said for label in _labels(text)]
        said += [*_meta(report), *_names(names)]
        spelled = {text for item in expected.every() for text in item.spellings()}
        self._whole = spelled.union(map(squeezed, said)) - {""}
        self._repeated = _BETWEEN.join(
            row[0].text
            for rows in expected.tables.values()
            for row in rows
            if len(row[0].text) > _LONG
        )
        self._lengths = sorted({len(text) for text in self._whole})
        self._starts = _BETWEEN + _BETWEEN.join(self._whole)
        self._words, self._wholly = _patterns(words)
        self._ours: dict[str, bool] = {}
        self._known: dict[str, bool] = {}

    def check(self, found: Iterable[Found], saying: Saying) -> None:
        """Say which texts are neither the tool's nor the report's."""
        for _, pieces in groupby(found, lambda piece: piece.place):
            together = list(pieces)
            strange = [piece for piece in together if not self._is_ours(piece.text)]
            # A title of several runs, a head of several lines may be found piece by piece.
            if strange and not (self._are_ours(strange) or self._are_ours(together)):
                for piece in strange:
                    saying.forged(piece)

    def _are_ours(self, pieces: list[Found]) -> bool:
        return self._is_ours("".join(piece.text for piece in pieces))

    def _is_ours(self, text: str) -> bool:
        known = self._ours.get(text)
        if known is None:
            shown = self._without_long(visible(text).rstrip())
            known = self._ours[text] = (
                # a sheet's name may end as the words around it do: “Table 2 “CPO””
                self._wholly.fullmatch(shown.strip()) is not None
                or self._is_series(shown)
                or self._is_chain(squeezed(shown))
            )
        return known

    def _without_long(self, text: str) -> str:
        """Take off a text's front a long one of the report: matching it piece by piece is slow."""
        if len(text) < _LONG:
            return text
        bare = squeezed(text)
        for length in reversed(self._lengths):
            if length < _LONG:
                break
            if bare[:length] in self._whole:
                return bare[length:]
        return text

    def _is_series(self, text: str) -> bool:
        """Return whether a text is things said, and words of the tool, one after the other."""
        words = {match.span() for match in _WORD.finditer(text)}
        ours = {match.span(1) for match in self._words.finditer(text)}
        bounds = sorted({place for span in words | ours for place in span} | {0, len(text)})
        reached = {0}
        for start in bounds:
            if start not in reached:
                continue
            first = start + len(text[start:]) - len(text[start:].lstrip())
            reached.add(first)
            reached.update(
                end
                for end in bounds
                if end > first
                and end not in reached
                and ((first, end) in ours or self._is_said(text[first:end]))
            )
        return len(text) in reached

    def _is_chain(self, text: str) -> bool:
        """Return whether a text is whole texts of the report set side by side: a table's header."""
        most = min(len(text), _LONGEST_CHAIN)
        reached = [True, *[False] * most]
        for start in range(most):
            if reached[start]:
                if text[start:] in self._repeated:
                    return True
                for length in self._lengths:
                    if text[start : start + length] in self._whole and start + length <= most:
                        reached[start + length] = True
        return reached[-1] and len(text) == most

    def _is_said(self, text: str) -> bool:
        text = squeezed(text)
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._search(text)
        return known

    def _search(self, text: str) -> bool:
        if text in self._whole or _LABEL.fullmatch(text):
            return True
        cut = text.removesuffix("…")  # a running head shortened to fit
        return cut != text and _BETWEEN + cut in self._starts


def _labels(text: str) -> Iterator[str]:
    """Yield what a text is called where its label stands alone: all before its first colon."""
    label, colon, _ = text.replace(":", "：").partition("：")
    if colon:
        yield label
        yield label + text[len(label)]


def _meta(report: Report) -> Iterator[str]:
    meta = report.meta
    yield from (meta.title, meta.subtitle, meta.kind, meta.abstract, meta.short_title)
    yield meta.confidentiality
    yield from meta.keywords
    for labelled in (*meta.authors, *([meta.date] if meta.date else [])):
        yield labelled.label
        yield labelled.text
    for node in report.walk():
        if isinstance(node, Section | Box):
            yield node.attributes.get("slide-title")
        if isinstance(node, Figure):
            yield node.alt or node.source
        for link, items in groupby(_contents(node), key=_link):
            said = list(items)
            if link:
                yield link
                yield plain(tuple(said))
            yield from (plain((item,)) for item in said if link or isinstance(item, InlineImage))


def _link(item: Inline) -> str | None:
    return item.link if isinstance(item, Run) else None


def _contents(node: Node | ListItem | Definition | Note) -> Iterator[Inline]:
    """Yield the inline content of a node."""
    if isinstance(node, Section):
        yield from node.title
    elif isinstance(node, Paragraph | Heading):
        yield from node.content
    elif isinstance(node, Definition):
        yield from node.term
    elif isinstance(node, Box):
        yield from node.label
    elif isinstance(node, Figure):
        yield from node.caption
    elif isinstance(node, Table):
        yield from node.caption
        rows = node.rows if node.types is None else ()  # a data file has texts only
        for cell in (*(column.header for column in node.columns), *(c for r in rows for c in r)):
            yield from cell.content


def _names(names: Names) -> Iterator[str]:
    for table in names.tables.values():
        yield from (table.label, table.title, table.sheet, table.table)
    yield from names.figures.values()
    yield from (names.stem, names.contents_sheet, names.full_text_sheet)


def _patterns(words: Furniture) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds any of the tool's words wherever one begins, and what is one as a whole.

    Fields are numbers, names anything.
    """
    templates = [
        word
        for name, value in asdict(words).items()
        if name not in {"kinds", "colon"}
        for word in ([value] if isinstance(value, str) else [])
    ]
    templates += [word for _, word in words.kinds]
    texts = sorted({template.strip() for template in templates}, key=len, reverse=True)
    filled = "|".join(_filled(text) for text in texts if text)
    return re.compile(f"(?=({filled}))"), re.compile(filled)


def _filled(template: str) -> str:
    """Return what matches a template: numbers in its fields, any white space or none."""
    spaced = r"\s*".join(re.escape(part) for part in template.split())
    return _FIELD.sub(lambda match: ".*?" if match[1] in {"name", "alt"} else _NUMBERS, spaced)
