"""A Report in -> the names of files, sheets, tables and figures, given once for all formats.

Every name is a function of the report alone: the same report gives the same
names in every run, and two names of one kind are never equal as Excel compares
them (without regard to case or width).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.expressions import when_used
from report_data.model import Figure, Heading, Section, Table, children, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from exporters.furniture import Furniture
    from report_data.ids import BlockId
    from report_data.model import Definition, ListItem, Node, Note, Report

SHEET_UNITS = 31
"""The longest sheet name in UTF-16 units, Excel's specifications and limits."""

TABLE_UNITS = 60
"""The longest table name that we give; Excel takes 255, a person reads fewer."""

STEM_BYTES = 180
"""The longest file stem in UTF-8: 255 a name on common systems, less suffixes and ``.bak``."""

_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")
"""File names that Windows keeps for devices, with any suffix."""

_RESERVED_SHEETS = frozenset({"history"})
"""Excel keeps ``History`` for its list of changes."""

_RESERVED_TABLES = frozenset(
    {"print_area", "print_titles", "criteria", "extract", "database", "true", "false"}
)
"""Names that Excel gives itself (ECMA-376 part 1, 18.2.5, without ``_xlnm.``), and constants."""

_IN_STEM = str.maketrans(dict.fromkeys('<>:"/\\|?*', "-"))
_IN_SHEET = str.maketrans({"[": "(", "]": ")", "/": "-", "\\": "-", ":": " ", "*": "", "?": ""})

_CELL_REFERENCE = re.compile(r"(?i)[a-z]{1,3}[0-9]+|r[0-9]*c[0-9]*|r[0-9]*|c[0-9]*")
"""What Excel reads as A1 or R1C1 and so refuses as a name, ECMA-376 part 1, 18.2.5."""

_OPEN_ENDS = " '-–—,.;:&(（【《“‘、，；：·"
"""What no shortened name ends with: it promises more."""

_SIGNS = r"[\s\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff]*"
_OWN_NUMBER = re.compile(
    rf"{_SIGNS}(?:第\s*[\d一二三四五六七八九十百]+\s*[章节節部篇]|[一二三四五六七八九十]{{1,3}}\s*[、．.]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:\.\d{1,2})+(?:[.、．)）：:]|(?=\s))"
    r"|\d{1,2}[.、．)）：:](?!\d)|[IVX]{1,4}\.\s|(?:\d\ufe0f?\u20e3)+)\s*"
)
"""A number that an author gave a heading, and signs before it."""

_BARE_NUMBER = re.compile(r"\d{1,2}\s")
"""A number in a heading such as “2 Data”, or “5 risks”."""

_NUMBERED = 2

_LEADING_SIGNS = re.compile(_SIGNS)

_OWN_LABEL = when_used(
    r"[\s(（【]*(?:[图圖図]表?|表格?|그림|표|Figure|Fig\.?|Table|Tab\.|Exhibit|Chart)"
    r" ?[A-Z]?\d{1,3}(?!\d)",
    re.IGNORECASE,
)
"""A number that an author gave a table or picture in the words of its caption."""

_ZWJ = "\u200d"
_SYMBOL_OR_SELECTOR = frozenset({"So", "Sk", "Mn"})


class TableName(Struct, frozen=True):
    """A table's names. ``number`` counts tables through the report, from 1.

    ``label`` is "表 1"; ``title`` its caption, else the words of the heading it stands under;
    ``sheet`` a legal, unique sheet name; ``table`` a legal, unique table name
    (letters of any script, digits, ``_``), both the same in every format that
    mentions them. ``table`` is made from the block's id: colleagues' formulas
    keep working when the report's words change.
    """

    number: int
    label: str
    title: str
    sheet: str
    table: str


class Names(Struct, frozen=True):
    """All names of one run."""

    stem: str
    """The file name of the outputs without suffix, sanitised."""
    title: str
    """What the report is called: by its title, or as its files are."""
    tables: dict[BlockId, TableName]
    figures: dict[BlockId, str]
    """A figure's label: "图 1". Charts are numbered with the pictures."""
    contents_sheet: str
    full_text_sheet: str


class Taken(Struct):
    """Names that are in use, compared as Excel does: case and width do not part two names."""

    _keys: set[str] = field(default_factory=set)

    def take(self, name: str) -> bool:
        """Reserve a name; false when it, or one that Excel holds equal, is in use."""
        key = unicodedata.normalize("NFKC", name).casefold()
        if key in self._keys:
            return False
        self._keys.add(key)
        return True


def name_report(report: Report, words: Furniture) -> Names:
    """Give every name that the outputs of a report need."""
    sheets, tables = Taken(), Taken()
    contents_sheet = sheet_name(words.contents, sheets)
    full_text_sheet = sheet_name(words.full_text, sheets)
    named: dict[BlockId, TableName] = {}
    captions = [one_line(plain(table.caption)) for table in report.every(Table)]
    headings = {} if all(captions) else _headings(report)
    for number, (table, caption) in enumerate(zip(report.every(Table), captions, strict=True), 1):
        label = words.table.format(number=number)
        title = caption or without_number(headings[table.id])
        named[table.id] = TableName(
            number=number,
            label=label,
            title=title,
            sheet=sheet_name(_labelled(label, title), sheets),
            table=table_name(table.id, tables),
        )
    stem = report_stem(report)
    return Names(
        stem=stem,
        title=report.meta.title or stem,
        tables=named,
        figures={
            drawn: words.figure.format(number=number)
            for number, drawn in enumerate(_drawn(report), 1)
        },
        contents_sheet=contents_sheet,
        full_text_sheet=full_text_sheet,
    )


def report_stem(report: Report) -> str:
    """Return the file name of a report's outputs without suffix."""
    return file_stem(report.name) or file_stem(report.meta.title) or "report"


def file_stem(text: str) -> str:
    """Return a text as a file name without suffix, legal on every common system.

    No separators, control or direction characters, no device names, no leading
    dot or dash, at most `STEM_BYTES` bytes of UTF-8. May return ``""``.
    """
    stem = one_line(visible(unicodedata.normalize("NFC", text))).translate(_IN_STEM)
    stem = stem.lstrip(" .-~").rstrip(" .")
    stem = stem[: STEM_BYTES + 1]
    while len(stem.encode()) > STEM_BYTES:
        stem = _shorter(stem).rstrip(" .")
    return f"{stem}_" if _DEVICES.fullmatch(stem) else stem


def sheet_name(text: str, taken: Taken) -> str:
    r"""Return a text as a sheet name that Excel takes and that no other sheet has.

    At most 31 UTF-16 units, none of ``[ ] : * ? / \``, no apostrophe at either
    end, not ``History``; a number in brackets parts two equal names. What is too
    long ends with a whole word where words are parted by spaces.
    """
    base = one_line(visible(text).translate(_IN_SHEET)).strip(" '") or "-"
    if base.casefold() in _RESERVED_SHEETS:
        base += "_"
    return _own(base, taken, SHEET_UNITS, _fit_words, " ({})")


def table_name(block: str, taken: Taken) -> str:
    """Return a block's id as an Excel table name (also legal as a defined name).

    Letters, digits and ``_``, a letter or ``_`` first, nothing that reads as a
    cell reference, at most `TABLE_UNITS` UTF-16 units, unique.
    """
    folded = unicodedata.normalize("NFKC", block)
    base = re.sub(r"_{2,}", "_", "".join(c if _in_table_name(c) else "_" for c in folded))
    base = base.strip("_") or "table"
    if (
        not base[0].isalpha()
        or _CELL_REFERENCE.fullmatch(base)
        or base.casefold() in _RESERVED_TABLES
    ):
        base = f"_{base}"
    return _own(base, taken, TABLE_UNITS, _fit, "_{}")


def _own(base: str, taken: Taken, units: int, fit: Callable[[str, int], str], counted: str) -> str:
    """Return a name that nothing else has, at most so many units long.

    ``fit`` shortens it; ``counted`` is how a number is put behind it.
    """
    name, number = fit(base, units), 1
    while not taken.take(name):
        number += 1
        suffix = counted.format(number)
        name = fit(base, units - len(suffix)) + suffix
    return name


def says_its_label(caption: str) -> bool:
    """Return whether a caption begins with a number of its own (``表 1：…``): ours is not shown."""
    return _OWN_LABEL.match(caption) is not None


def has_own_number(heading: str) -> bool:
    """Return whether a heading begins with a number that its author wrote: 一、, 2.1, 第三章."""
    return (_OWN_NUMBER.match(heading) or _BARE_NUMBER.match(heading)) is not None


def are_numbered(headings: Iterable[str]) -> bool:
    """Return whether their author counts headings: two or more have numbers of their own."""
    return sum(map(has_own_number, headings)) >= _NUMBERED


def without_number(heading: str) -> str:
    """Return a heading's words without its own number and the signs before it."""
    found = _OWN_NUMBER.match(heading) or _LEADING_SIGNS.match(heading)
    return (heading[found.end() :] if found else heading) or heading


def one_line(text: str) -> str:
    """Return a text with every run of white space as one space, none at the ends."""
    return " ".join(text.split())


def visible(text: str) -> str:
    """Return a text without the characters that a reader cannot see.

    Control, format (direction overrides, zero-width) and unassigned characters
    go; line and paragraph separators become spaces; a zero-width joiner stays
    between the parts of an emoji.
    """
    if text.isprintable():  # which none of them is, nor a blank but the space
        return text
    kept: list[str] = []
    for index, char in enumerate(text):
        category = unicodedata.category(char)
        if char in "\t\n\r\x0b\x0c\x85" or category in {"Zl", "Zp"}:
            kept.append(" ")
        elif char == _ZWJ:
            around = text[index - 1 : index] + text[index + 1 : index + 2]
            if len(around) == 2 and all(  # noqa: PLR2004  # one on either side
                unicodedata.category(c) in _SYMBOL_OR_SELECTOR for c in around
            ):
                kept.append(char)
        elif category[0] != "C":
            kept.append(char)
    return "".join(kept)


def letters(number: int) -> str:
    """Return A, B ... Z, AA for 1, 2 ... 26, 27: as columns and appendices are called."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def utf16_units(text: str) -> int:
    """Return the length that Excel counts: characters beyond U+FFFF count two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _labelled(label: str, title: str) -> str:
    """Join a label and a title, once where the author wrote the label himself."""
    bare = "".join(title.split()).casefold()
    own = "".join(label.split()).casefold()
    following = bare[len(own) : len(own) + 1]
    if bare.startswith(own) and not following.isdigit():
        return title
    return f"{label} {title}".strip()


@cache
def _in_table_name(char: str) -> bool:
    return char == "_" or (char <= "\uffff" and (char.isalpha() or char.isdecimal()))


def _fit(text: str, units: int) -> str:
    text = text[: units + 1]  # a name made of a whole chapter must not cost its square
    while utf16_units(text) > units:
        text = _shorter(text)
    return text.rstrip(" '") or "-"


def _fit_words(text: str, units: int) -> str:
    """Shorten a text as `_fit` does, then to its last whole word if half of it stays at least."""
    fitted = _fit(text, units)
    rest = text[len(fitted) :]
    if rest and all(map(_is_of_a_word, (fitted[-1], rest[0]))):
        words = fitted.rpartition(" ")[0]
        fitted = words if len(words) * 2 >= len(fitted) else fitted
    return (fitted.rstrip(_OPEN_ENDS) or fitted) if rest else fitted


def _is_of_a_word(char: str) -> bool:
    """Return whether a character is of a script that parts words by spaces."""
    return not char.isspace() and not "\u2e80" <= char <= "\uffff"


def _shorter(text: str) -> str:
    """Take the last character off with all that combines with it."""
    end = len(text) - 1
    while end > 0 and (
        unicodedata.category(text[end])[0] == "M" or _ZWJ in (text[end], text[end - 1])
    ):
        end -= 1
    return text[:end]


def _headings(report: Report) -> dict[BlockId, str]:
    """Return for each table the text of the heading it stands under."""
    found: dict[BlockId, str] = {}
    everything: Iterator[Node | ListItem | Definition | Note]
    everything = iter((*report.children, *report.notes))
    stack = [(everything, one_line(report.meta.title))]
    while stack:
        nodes, heading = stack.pop()
        for node in nodes:
            if isinstance(node, Table):
                found[node.id] = heading
            elif isinstance(node, Heading):
                heading = one_line(plain(node.content)) or heading
            elif inside := children(node):
                own = one_line(plain(node.title)) if isinstance(node, Section) else ""
                stack += [(nodes, heading), (iter(inside), own or heading)]
                break
    return found


def _drawn(report: Report) -> Iterator[BlockId]:
    """Yield what is numbered as a figure, in reading order: pictures and charts."""
    pictures, charts = report.every(Figure), report.chart_boxes
    if not (pictures and charts):  # each is in order by itself
        yield from (one.id for one in (*pictures, *charts))
        return
    numbered = {one.id for one in (*pictures, *charts)}
    yield from (node.id for node in report.walk() if node.id in numbered)
