"""What a file marks as the tool's own -> whether it really is the tool's words, or the report's.

Furniture may repeat what the report says (a running head, a contents entry, a
table's header on its next page) and add the words of `exporters.furniture`,
numbers and list labels. Anything else would be text that nobody wrote.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from exporters.names import letters
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
    from exporters.verify.expected import Expected, Item
    from exporters.verify.saying import Saying
    from report_data.model import Inline, ListItem, Node, Note, Report, RichText

_BETWEEN = "\0"
_FIELD = re.compile(r"\\\{(\w+)\\\}")
_NUMBERS = r"\d+"
_LABEL = re.compile(
    r"[\d\W_]*"  # numbers, marks of lists and tasks, separators
    r"|[A-Z]{1,3}(?:\.\d+)+"  # numbers of an appendix's sections
    r"|[\W_]*(?:[ivxlcdm]{1,8}|[IVXLCDM]{1,8}|[a-zA-Z]{1,2})[\W_]*"  # labels of inner lists
)
_WORD = re.compile(r"[^\s：:]+(?:[：:][^\s：:]+)*|[：:]")
"""A word, or a colon that ends one: "label: text" is two things; an address is one."""

_CUT = re.compile("…")
"""The end of a shortened text; another may stand close by."""

_FIRST = 8
"""Characters by which texts are looked up."""

_LONGEST_CUT = 2_000
"""Characters of a shortened text, at most."""

_LONGEST_LABEL = 40

_LONG = 400
"""Characters; a text of the report as long as that is looked for whole."""

_FEW_SLOTS = 3
"""Places for words of ours in a text of which every spelling is kept; of more, it is followed."""


class Furnishing:
    """Knows every word that may stand in a file without being a block of the report.

    ``parted`` says that what is repeated may go on over pages and that nothing in the file
    tells what it is: the first cells of a table's rows beside its other columns.
    """

    def __init__(
        self, report: Report, expected: Expected, words: Furniture, names: Names, *, parted: bool
    ) -> None:
        said = [item.raw for item in expected.every()]
        spelled = {text for item in expected.every() for text in item.spellings()}
        said += [label for text in (*said, *spelled) for label in _labels(text)]
        said += [*_meta(report), *_names(names)]
        appendices = sum(section.appendix for section in report.sections)
        said += map(letters, range(1, appendices + 1))
        self._whole = spelled.union(map(squeezed, said)) - {""}
        self._slotted = [item for item in expected.every() if len(item.slots) > _FEW_SLOTS]
        repeated = [row[0] for rows in expected.tables.values() for row in rows if parted]
        self._repeated = _BETWEEN.join(item.text for item in repeated)
        self._repeated_slotted = [item for item in repeated if item.slots]
        self._words, self._wholly = _patterns(words)
        self._ours: dict[str, bool] = {}

    def check(self, found: Iterable[Found], saying: Saying) -> None:
        """Say which texts are neither the tool's nor the report's."""
        for _, pieces in groupby(found, lambda piece: piece.place):
            for piece in self._strange(list(pieces)):
                saying.forged(piece)

    def _strange(self, together: list[Found]) -> list[Found]:
        """Return which pieces that stand at one place are not ours."""
        strange = [piece for piece in together if not self._is_ours(piece.text)]
        # A title of several runs, a head of several lines may be found piece by piece.
        if strange and (self._are_ours(strange) or self._are_ours(together)):
            return []
        return strange

    def _are_ours(self, pieces: list[Found]) -> bool:
        return self._is_ours("".join(piece.text for piece in pieces))

    def _is_ours(self, text: str) -> bool:
        known = self._ours.get(text)
        if known is None:
            # words of ours hold names, which may go on over lines
            shown = self._without_long(" ".join(visible(text).split()))
            known = self._ours[text] = (
                # a sheet's name may end as the words around it do: “Table 2 “CPO””
                self._wholly.fullmatch(shown.strip()) is not None
                or self._is_cut(squeezed(text))
                or self._is_series(shown)
                or self._is_chain(squeezed(shown))
            )
        return known

    def _is_cut(self, text: str) -> bool:
        """Return whether a text is one of the report's, shortened: a head, a cell's note."""
        return text.endswith("…") and self._sayings.begins(text[:-1])

    def _without_long(self, text: str) -> str:
        """Take off a text's front a long one of the report: what follows may be ours."""
        if len(text) < _LONG:
            return text
        bare = squeezed(text)
        end = max(self._sayings.ends(bare, 0), default=0)
        if end < _LONG:
            return text
        places = [place for place, char in enumerate(text) if not char.isspace()]
        return text[places[end] :] if end < len(places) else ""

    def _is_series(self, text: str) -> bool:
        """Return whether a text is things said, and words of the tool, one after the other."""
        places = [0, *accumulate(not char.isspace() for char in text)]
        words = (match.span() for match in _WORD.finditer(text))
        ours = [match.span(1) for match in self._words.finditer(text)]
        following: defaultdict[int, list[int]] = defaultdict(list)
        for first, end in ours:
            following[places[first]].append(places[end])
        cuts = (match.span() for match in _CUT.finditer(text))
        bounds = sorted({places[place] for span in (*words, *ours, *cuts) for place in span})
        bare = squeezed(text)
        reached = {0}
        for index, start in enumerate(bounds):
            if start in reached:
                reached.update(following[start])
                reached.update(self._sayings.ends(bare, start))
                reached.update(_label_ends(bare, start, bounds, index + 1))
                reached.update(self._cut_ends(bare, start, bounds, index + 1))
        return len(bare) in reached

    def _cut_ends(self, text: str, start: int, bounds: list[int], index: int) -> Iterator[int]:
        """Yield where beginnings of the report's texts end that are shortened to fit: heads."""
        while index < len(bounds) and bounds[index] <= start + _LONGEST_CUT:
            end = bounds[index]
            if text[end - 1] == "…" and self._sayings.begins(text[start : end - 1]):
                yield end
            index += 1

    def _is_chain(self, text: str) -> bool:
        """Return whether a text is whole texts of the report set side by side: a table's header."""
        reached = {0}
        for start in range(len(text)):
            if start in reached:
                if start < _LONGEST_CUT and self._goes_on(text[start:]):
                    return True
                reached.update(self._sayings.ends(text, start))
        return len(text) in reached

    def _goes_on(self, text: str) -> bool:
        """Return whether a text is a part of a repeated one, shortened or not."""
        bare = text.removesuffix("…")
        return bare in self._repeated or any(one.holds(bare) for one in self._repeated_slotted)

    @cached_property
    def _sayings(self) -> _Sayings:
        return _Sayings(self._whole, self._slotted)


class _Sayings:
    """Texts, found where others begin with them: by their first characters, in linear time."""

    def __init__(self, texts: set[str], slotted: list[Item]) -> None:
        self._texts = texts
        self._slotted = slotted
        self._sorted: list[str] = []
        self._short = sorted({len(text) for text in texts if len(text) < _FIRST})
        self._long: defaultdict[str, list[str]] = defaultdict(list)
        for text in texts:
            if len(text) >= _FIRST:
                self._long[text[:_FIRST]].append(text)

    def ends(self, text: str, start: int) -> Iterator[int]:
        """Yield where a text of these ends that begins at ``start``, in no order."""
        most = len(text) - start
        for length in self._short:
            if length <= most and text[start : start + length] in self._texts:
                yield start + length
        for known in self._long.get(text[start : start + _FIRST], ()):
            if text.startswith(known, start):
                yield start + len(known)
        for item in self._slotted:
            yield from item.ends(text, start)

    def begins(self, text: str) -> bool:
        """Return whether one of these begins with a text."""
        self._sorted = self._sorted or sorted(self._texts)
        place = bisect_left(self._sorted, text)
        known = place < len(self._sorted) and self._sorted[place].startswith(text)
        return known or any(item.begins(text) for item in self._slotted)


def _label_ends(text: str, start: int, bounds: list[int], index: int) -> Iterator[int]:
    """Yield where labels end that begin at ``start``; longer ones are made of these."""
    first = index
    while index < len(bounds) and (index == first or bounds[index] <= start + _LONGEST_LABEL):
        if _LABEL.fullmatch(text, start, bounds[index]):
            yield bounds[index]
        index += 1


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
    for labelled in meta.labelled:
        yield labelled.label
        yield labelled.text
    for node in report.walk():
        if isinstance(node, Section | Box):
            yield node.attributes.get("slide-title")
        if isinstance(node, Figure):
            yield node.alt or node.source
        for content in _contents(node):
            for link, items in groupby(content, key=_link):
                said = list(items)
                if link:
                    yield link
                    yield plain(tuple(said))
                yield from (plain((i,)) for i in said if link or isinstance(i, InlineImage))


def _link(item: Inline) -> str | None:
    return item.link if isinstance(item, Run) else None


def _contents(node: Node | ListItem | Definition | Note) -> Iterator[RichText]:
    """Yield the rich texts of a node."""
    if isinstance(node, Section):
        yield node.title
    elif isinstance(node, Paragraph | Heading):
        yield node.content
    elif isinstance(node, Definition):
        yield node.term
    elif isinstance(node, Box):
        yield node.label
    elif isinstance(node, Figure):
        yield node.caption
    elif isinstance(node, Table):
        yield node.caption
        rows = node.rows if node.types is None else ()  # a data file has texts only
        yield from (column.header.content for column in node.columns)
        yield from (cell.content for row in rows for cell in row)


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
