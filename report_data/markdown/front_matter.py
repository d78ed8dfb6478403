"""The head of a file -> keys with their values and places.

Front matter is a small strict subset of YAML between ``---`` lines (scalars and
lists of scalars, quotes, ``|`` and ``>`` blocks, comments), or TOML between
``+++`` lines. Values stay text: ``1.10`` is no number and ``no`` no falsehood.
Tags, anchors and aliases are refused: they are how a YAML file does harm.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.markdown.fields import FIELDS

if TYPE_CHECKING:
    from report_data.markdown.source import Source

MAX_CHARACTERS = 64 * 1024
"""A longer head is refused (E173)."""

_KEY = re.compile(
    r"""(?P<key>"[^"]*"|'[^']*'|[^\s"'\[\]{},#&*!|>%@`:-][^:#]*?)\s*(?::(?:\s+|$)|：\s*)"""
)
_ITEM = re.compile(r"(?P<indent>\s*)-(?:\s+|$)")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|U[0-9a-fA-F]{8}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "0": "\0", "r": "\r", "e": "\x1b", "b": "\b", "_": "\xa0"}
_NOTHING = ("", "~", "null", "Null", "NULL")

Value = str | tuple[str, ...]


class Entry(Struct, frozen=True):
    """A key, its value, and the line and column (from 0) of the key."""

    key: str
    value: Value
    line: int
    column: int = 0

    @property
    def text(self) -> str:
        """The value as one text; the items of a list joined with commas."""
        return self.value if isinstance(self.value, str) else ", ".join(self.value)

    @property
    def items(self) -> tuple[str, ...]:
        """The value as a list; a scalar is a list of one."""
        return ((self.value,) if self.value else ()) if isinstance(self.value, str) else self.value


def take_front_matter(source: Source) -> list[Entry]:
    """Return the entries of the front matter and blank its lines in the source."""
    fence = source.line(0).rstrip()
    if fence not in ("---", "+++"):
        return []
    closing = ("---", "...") if fence == "---" else ("+++",)
    end = next(
        (n for n in range(1, len(source.lines)) if source.lines[n].rstrip() in closing), None
    )
    if end is None or not _is_front_matter(source, end, fence):
        return []
    lines = source.lines[1:end]
    for number in range(end + 1):
        source.lines[number] = ""
    if sum(map(len, lines)) > MAX_CHARACTERS:
        source.diagnostics.error(
            "E173",
            f"the front matter is longer than {MAX_CHARACTERS} characters",
            source.span(0),
            "Keep it to title, author, date and the like; text belongs into the body",
        )
        return []
    if fence == "+++":
        return _toml(source, lines)
    return _Yaml(source, [line.rstrip() for line in lines]).read()


def _is_front_matter(source: Source, end: int, fence: str) -> bool:
    """Return whether two rules enclose keys, not the report's first lines."""
    if fence == "+++":
        return True
    content = [line for line in source.lines[1:end] if line.strip()]
    first = next((line for line in content if not line.startswith("#")), None)
    key = None if first is None else _KEY.match(first)
    if key is None:
        return False
    # A known key decides; else every line must be one that YAML could have.
    return _bare(key["key"]).lower() in FIELDS or all(
        _KEY.match(line) or line[0] in " \t-#" for line in content
    )


class _Yaml(Struct):
    """Reads the subset, line by line; what it cannot take is said and passed over."""

    source: Source
    lines: list[str]
    entries: list[Entry] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    at: int = 0

    def read(self) -> list[Entry]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip() or line.lstrip().startswith("#"):
                self.at += 1
                continue
            found = _KEY.match(line)
            if found is None:
                self._refuse("E170", "this line is no “key: value”", self.at)
                self.at += 1
                continue
            self._entry(_bare(found["key"]), line[found.end() :])
        return self.entries

    def _entry(self, key: str, rest: str) -> None:
        number = self.at
        self.at += 1
        value = self._value(key, _without_comment(rest), number)
        if key in self.seen:
            self.source.diagnostics.error(
                "E171",
                f"the key “{key}” stands twice, first in line {self.seen[key] + 2}",
                self.source.span(number + 1, 0, len(key)),
                "Keep one of them",
            )
            return
        self.seen[key] = number
        if value is not None:
            self.entries.append(Entry(key, value, number + 1))

    def _value(self, key: str, rest: str, number: int) -> Value | None:
        """Return the value that begins after a key; ``None`` when it was refused."""
        if rest[:1] in ("|", ">"):
            return self._block(folded=rest[0] == ">")
        if rest[:1] in ("&", "*", "!"):
            kinds = {"&": "an anchor", "*": "an alias", "!": "a tag"}
            self._refuse("E172", f"{kinds[rest[0]]} is not allowed in front matter", number)
            self._more()
            return None
        if rest.startswith("{"):
            self._skip(key, number, "a map")
            return None
        if rest.startswith("["):
            return self._flow(rest, number)
        if not rest:
            return self._nested(key, number)
        scalar = rest
        for more in self._more():
            scalar += " " + _without_comment(more.strip())
        return self._scalar(scalar, number)

    def _more(self) -> list[str]:
        """Take the indented lines that go on with the value."""
        lines = []
        while self.at < len(self.lines) and self.lines[self.at][:1] in (" ", "\t"):
            lines.append(self.lines[self.at])
            self.at += 1
        return lines

    def _nested(self, key: str, number: int) -> Value | None:
        """Read the items of a list under its key; a map is passed over with a warning."""
        items: list[str] = []
        while self.at < len(self.lines) and self.lines[self.at].lstrip().startswith("#"):
            self.at += 1
        first = self.lines[self.at] if self.at < len(self.lines) else ""
        if not _ITEM.match(first):
            if self._more():
                self._skip(key, number, "a map")
                return None
            return ""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            item = _ITEM.match(line)
            if item is None:
                if not line.strip() or line.lstrip().startswith("#"):
                    self.at += 1
                    continue
                if line[:1] in (" ", "\t"):
                    self._skip(key, self.at, "a map in a list")
                    self.at += 1
                    continue
                break
            text = _without_comment(line[item.end() :])
            if text[:1] in ("&", "*", "!"):
                self._refuse("E172", "tags, anchors and aliases are not allowed", self.at)
            elif text[:1] in ("[", "{"):
                self._skip(key, self.at, "a list in a list")
            else:
                items.append(self._scalar(text, self.at))
            self.at += 1
        return tuple(item for item in items if item)

    def _block(self, *, folded: bool) -> str:
        lines: list[str] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line and line[0] not in (" ", "\t"):
                break
            lines.append(line)
            self.at += 1
        indent = min((len(x) - len(x.lstrip()) for x in lines if x.strip()), default=0)
        text = "\n".join(line[indent:] for line in lines).strip("\n")
        return re.sub(r"(?<!\n)\n(?!\n)", " ", text) if folded else text

    def _flow(self, rest: str, number: int) -> Value | None:
        text = " ".join([rest, *(_without_comment(x.strip()) for x in self._more())])
        if not text.endswith("]"):
            self._refuse("E170", "the list is not closed with ]", number)
            return None
        items = _split_flow(text[1:-1])
        if any(item[:1] in ("&", "*", "!") for item in items):
            self._refuse("E172", "tags, anchors and aliases are not allowed", number)
            return None
        if any(item[:1] in ("[", "{") for item in items):
            self._refuse("E170", "a list may hold only words and numbers", number)
            return None
        return tuple(value for item in items if (value := self._scalar(item, number)))

    def _scalar(self, text: str, number: int) -> str:
        text = text.strip()
        quote = text[:1]
        if quote not in ('"', "'"):
            return "" if text in _NOTHING else text
        if len(text) < 2 or not text.endswith(quote):  # noqa: PLR2004  two quotes
            self._refuse("E170", f"the quoted text is not closed with {quote}", number)
            return text.strip(quote)
        inside = text[1:-1]
        if quote == "'":
            return inside.replace("''", "'")
        return _ESCAPE.sub(_unescaped, inside)

    def _skip(self, key: str, number: int, what: str) -> None:
        self.source.diagnostics.warn(
            "W174",
            f"{what} under “{key}” is not used",
            self.source.span(number + 1, 0, len(self.lines[number])),
            "Front matter holds words, numbers and lists of them",
        )

    def _refuse(self, code: str, message: str, number: int) -> None:
        line = self.lines[number] if number < len(self.lines) else ""
        self.source.diagnostics.error(
            code,
            message,
            self.source.span(number + 1, len(line) - len(line.lstrip()), len(line.strip())),
            "Write “key: value” with a word, a number or a [list, of, them]",
        )


def _bare(key: str) -> str:
    return key[1:-1] if key[:1] in ("'", '"') else key.strip()


def _unescaped(found: re.Match[str]) -> str:
    code = found[1]
    if code[0] in "uxU" and len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 else "\ufffd"  # noqa: PLR2004  Unicode's end
    return _ESCAPES.get(code, code)


def _without_comment(text: str) -> str:
    """Return a value without a comment, which begins at a ``#`` after a blank."""
    text = text.strip()
    if text.startswith("#"):
        return ""
    if "#" not in text:
        return text
    quote = ""
    skipped = False
    for place, character in enumerate(text):
        if skipped:
            skipped = False
        elif quote:
            skipped = quote == '"' and character == "\\"
            if character == quote:
                quote = ""
        elif character in "\"'" and (place == 0 or text[place - 1] in "[, "):
            quote = character
        elif character == "#" and text[place - 1].isspace():
            return text[:place].rstrip()
    return text


def _split_flow(text: str) -> list[str]:
    """Split the inside of ``[...]`` at commas outside quotes (full-width ones too)."""
    items: list[str] = []
    quote = ""
    current = ""
    for character in text:
        if quote:
            quote = "" if character == quote else quote
        elif character in "\"'" and not current.strip():
            quote = character
        elif character in ",，":
            items.append(current.strip())
            current = ""
            continue
        current += character
    items.append(current.strip())
    return [item for item in items if item]


def _toml(source: Source, lines: list[str]) -> list[Entry]:
    import tomllib  # few files need it

    try:
        data = tomllib.loads("\n".join(lines))
    except (ValueError, RecursionError) as problem:  # a number of 5,000 digits is the former
        found = re.search(r"at line (\d+)", str(problem))
        source.diagnostics.error(
            "E170",
            f"the front matter is no TOML: {problem}",
            source.span(int(found[1]) if found else len(lines)),
            'Write key = "value"',
        )
        return []
    entries: list[Entry] = []
    for key, value in data.items():
        pattern = re.compile(rf"""\s*\[*\s*["']?{re.escape(key)}["']?\s*[=.\]]""")
        number = next((n for n, line in enumerate(lines) if pattern.match(line)), 0)
        if isinstance(value, list) and not any(isinstance(x, list | dict) for x in value):
            entries.append(Entry(key, tuple(str(item) for item in value), number + 1))
        elif isinstance(value, list | dict):
            source.diagnostics.warn(
                "W174",
                f"a table under “{key}” is not used",
                source.span(number + 1, 0, len(lines[number])),
                "Front matter holds words, numbers and lists of them",
            )
        else:
            entries.append(Entry(key, str(value), number + 1))
    return entries
