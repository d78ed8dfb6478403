"""A configured markdown-it parser -> the same, made fast: rules are tried by first character.

markdown-it asks every rule at every place, most of which can only begin with a
character or two. Here a table says which rules may begin with what, plain text
is taken in one step, indentation is measured by line rather than by character,
and tokens are structs. What comes out is the same, save that marks of emphasis
need no space beside Chinese, Japanese and Korean (`Inlines.scanDelims`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from markdown_it.common.entities import entities
from markdown_it.common.html_re import HTML_TAG_RE
from markdown_it.common.utils import (
    isMdAsciiPunct,
    isPunctChar,
    isValidEntityCode,
    isWhiteSpace,
)
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from msgspec import Struct, field

from report_data.expressions import when_used
from report_data.markdown.cjk import beside_which_emphasis_is_free
from report_data.markdown.short_lists import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it import MarkdownIt

    BlockRule = Callable[[StateBlock, int, int, bool], bool]
    InlineRule = Callable[[StateInline, bool], bool]

_BLOCKS_BEGIN = {
    "fence": "`~",
    "fenced_div": ":",
    "math_block": "$",
    "tex_block": "\\[",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "heading": "#",
}
"""By rule: the characters that its blocks begin with; any where a rule is not named."""

_INLINES_BEGIN = {
    "newline": "\n",
    "escape": "\\",
    "tex_inline": "\\",
    "math_inline": "$",
    "backticks": "`",
    "emphasis": "*_",
    "strikethrough": "~",
    "link": "[",
    "image": "!",
    "note_inline": "^",
    "footnote_ref": "[",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "picture_braces": "{",
}
"""The same for inline rules; every rule in use is named, but for plain text."""

_TEXT = re.compile(
    r"(?:[^\n!$&*<\[\\\]^_`~{]+|[!^](?!\[)|&(?![#a-zA-Z])|(?<=[0-9A-Za-z])_(?=[0-9A-Za-z])"
    r"|(?<![)\]])\{)+"
)
"""What no rule begins with; ``]`` ends the texts of links, ``{`` may follow a picture."""
_TAG = when_used(HTML_TAG_RE.pattern.removeprefix("^"))
_ENTITY = when_used(
    r"&(?:#(?:[xX](?P<hex>[0-9a-fA-F]{1,6})|(?P<decimal>[0-9]{1,7}))"
    r"|(?P<name>[a-zA-Z][a-zA-Z0-9]{1,31}));"
)


class Token(Struct):
    """A piece of what markdown-it finds; the fields are those of its own tokens."""

    type: str
    tag: str
    nesting: int
    attrs: dict[str, str | int | float] = field(default_factory=dict)
    map: list[int] | None = None
    level: int = 0
    children: list[Token] | None = None
    content: str = ""
    markup: str = ""
    info: str = ""
    meta: dict[str, Any] = field(default_factory=dict)
    block: bool = False
    hidden: bool = False

    def attrGet(self, name: str) -> str | int | float | None:  # noqa: N802  markdown-it's name
        """Return an attribute; ``None`` if there is none of that name."""
        return self.attrs.get(name)

    def attrSet(self, name: str, value: str | float) -> None:  # noqa: N802  markdown-it's name
        """Set an attribute."""
        self.attrs[name] = value


# --- blocks ------------------------------------------------------------------------


class _BlockState(StateBlock):
    src = ""  # an attribute: the property of the base is read a million times

    def __init__(self, src: str, md: MarkdownIt, env: dict[str, Any], tokens: list[Token]) -> None:
        self.src = src
        self.md = md
        self.env = env
        self.tokens = tokens  # type: ignore[assignment]  # structs of the same fields
        lines = src.split("\n")
        if not lines[-1].strip(" \t"):  # the end of the last line begins no other
            del lines[-1]
        self.bMarks, self.eMarks, self.tShift, self.sCount = _measured(lines)
        for marks, last in zip(
            (self.bMarks, self.eMarks, self.tShift, self.sCount),
            (len(src), len(src), 0, 0),
            strict=True,
        ):
            marks.append(last)  # rules look one line past the last
        self.bsCount = [0] * len(self.bMarks)
        self.blkIndent = self.line = self.level = 0
        self.lineMax = len(lines)
        self.tight = False
        self.ddIndent = self.listIndent = -1
        self.parentType = "root"
        self._code_enabled = True

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:  # type: ignore[override]
        """Append a token."""
        if nesting < 0:
            self.level -= 1
        token = Token(ttype, tag, nesting, level=self.level, block=True)
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)  # type: ignore[arg-type]
        return token


def _measured(lines: list[str]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Return where each line begins and ends, and its indentation in characters and columns."""
    begins: list[int] = []
    ends: list[int] = []
    shifts: list[int] = []
    columns: list[int] = []
    begin = 0
    for line in lines:
        shift = len(line) - len(line.lstrip(" \t")) if line[:1] in (" ", "\t") else 0
        begins.append(begin)
        shifts.append(shift)
        columns.append(len(line[:shift].expandtabs(4)) if shift else 0)
        begin += len(line)
        ends.append(begin)
        begin += 1
    return begins, ends, shifts, columns


class _Blocks(ParserBlock):
    def __init__(self, made: ParserBlock) -> None:
        self.ruler = _ByFirst(made.ruler)

    def parse(  # type: ignore[override]
        self, src: str, md: MarkdownIt, env: dict[str, Any], tokens: list[Token]
    ) -> None:
        """Append the tokens of a text."""
        if src:
            state = _BlockState(src, md, env, tokens)
            self.tokenize(state, state.line, state.lineMax)


class _ByFirst(Ruler["BlockRule"]):
    """The rules of a ruler, each chain as one that asks only those that may match."""

    def __init__(self, ruler: Ruler[BlockRule]) -> None:
        super().__init__()
        self.__rules__ = ruler.__rules__
        names = {rule.fn: rule.name for rule in ruler.__rules__}
        chains = {"", *(name for rule in ruler.__rules__ for name in rule.alt)}
        self._chains = {
            chain: [_one_of([(names[fn], fn) for fn in ruler.getRules(chain)])] for chain in chains
        }

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803  markdown-it's names
        """Return a chain of rules."""
        return self._chains[chainName]


def _one_of(rules: Sequence[tuple[str, BlockRule]]) -> BlockRule:
    """Return a rule that matches where the first of these does."""
    chains, others = _chains(rules, _BLOCKS_BEGIN)

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's own signature
        offset = state.bMarks[start] + state.tShift[start]
        for one in chains.get(state.src[offset : offset + 1], others):
            if one(state, start, end, silent):
                return True
        return False

    return rule


def _chains(
    rules: Sequence[tuple[str, Any]], begin: dict[str, str]
) -> tuple[dict[str, tuple[Any, ...]], tuple[Any, ...]]:
    """Return the rules to try by first character, and those for any other character."""
    characters = {char for name, _ in rules for char in begin.get(name, "")}
    by_character = {
        char: tuple(fn for name, fn in rules if char in begin.get(name, char))
        for char in characters
    }
    return by_character, tuple(fn for name, fn in rules if name not in begin)


# --- inlines -----------------------------------------------------------------------


class _InlineState(StateInline):
    src = ""  # as above

    def pushPending(self) -> Token:  # type: ignore[override]  # noqa: N802  markdown-it's name
        """Append the plain text that waits."""
        token = Token("text", "", 0, level=self.pendingLevel, content=self.pending)
        self.tokens.append(token)  # type: ignore[arg-type]
        self.tokens_meta.append(None)
        self.pending = ""
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:  # type: ignore[override]
        """Append a token; what it holds has marks of emphasis of its own."""
        if self.pending:
            self.pushPending()
        meta = None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token = Token(ttype, tag, nesting, level=self.level)
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            meta = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        self.tokens.append(token)  # type: ignore[arg-type]
        self.tokens_meta.append(meta)
        return token

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: FBT001, N802, N803  markdown-it's names
        """Return whether marks of emphasis may open and close here, and how many there are.

        CommonMark 0.31, 6.2 (flanking runs), made friendly to CJK: beside a
        character of these scripts a run flanks as beside punctuation, and their
        own punctuation keeps nothing from flanking. Underscores join the words of
        names (订单_明细_2026) in these scripts as in others: there CommonMark's rule stays.
        """
        source = self.src
        marker = source[start]
        stop = start
        while stop < self.posMax and source[stop] == marker:
            stop += 1
        if not canSplitWord:
            return super().scanDelims(start, canSplitWord)
        before = _side(source[start - 1] if start > 0 else " ")
        after = _side(source[stop] if stop < self.posMax else " ")
        left = not after.blank and (not after.hinders or before.blank or before.helps)
        right = not before.blank and (not before.hinders or after.blank or after.helps)
        return Scanned(left, right, stop - start)


class _Side(NamedTuple):
    """What a character beside marks of emphasis is to them."""

    blank: bool
    hinders: bool
    """Punctuation that keeps a run from flanking."""
    helps: bool
    """Punctuation, or a character of a script without spaces."""


@lru_cache(maxsize=4096)
def _side(character: str) -> _Side:
    code = ord(character)
    free = beside_which_emphasis_is_free(character)
    marks = isMdAsciiPunct(code) or isPunctChar(character)
    return _Side(isWhiteSpace(code), marks and not free, marks or free)


class _Inlines(ParserInline):
    def __init__(self, made: ParserInline) -> None:
        self.ruler, self.ruler2 = made.ruler, made.ruler2
        active = set(made.ruler.getRules())
        rules = [(one.name, one.fn) for one in made.ruler.__rules__ if one.fn in active]
        self._chains, _ = _chains([one for one in rules if one[0] != "text"], _INLINES_BEGIN)

    def tokenize(self, state: StateInline) -> None:
        """Append the tokens of the text from where the state stands."""
        source, end = state.src, state.posMax
        deepest = state.md.options["maxNesting"]
        while state.pos < end:
            plain = _TEXT.match(source, state.pos, end)
            if plain is not None:
                state.pending += plain[0]
                state.pos = plain.end()
            elif state.level >= deepest or not self._matches(state, silent=False):
                state.pending += source[state.pos]
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  markdown-it's name
        """Go on past one token; where it ends is kept, so that no place is read twice."""
        start = state.pos
        if start in state.cache:
            state.pos = state.cache[start]
            return
        plain = _TEXT.match(state.src, start, state.posMax)
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax + 1
        elif plain is not None:
            state.pos = plain.end()
        else:
            state.level += 1
            if not self._matches(state, silent=True):
                state.pos += 1
            state.level -= 1
        state.cache[start] = state.pos

    def _matches(self, state: StateInline, *, silent: bool) -> bool:
        return any(rule(state, silent) for rule in self._chains.get(state.src[state.pos], ()))

    def parse(  # type: ignore[override]
        self, src: str, md: MarkdownIt, env: dict[str, Any], tokens: list[Token]
    ) -> None:
        """Append the tokens of a text."""
        state = _InlineState(src, md, env, tokens)  # type: ignore[arg-type]
        self.tokenize(state)
        if len(tokens) > 1:
            for rule in self.ruler2.getRules(""):
                rule(state)


def html_inline(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's own signature
    """Read a tag; unlike markdown-it's rule, without a copy of all the text that follows it."""
    found = _TAG.match(state.src, state.pos)
    if found is None or state.pos + 2 >= state.posMax:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


def entity(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's own signature
    """Read ``&amp;`` and its like; again without a copy of what follows."""
    found = _ENTITY.match(state.src, state.pos)
    if found is None or (found["name"] and found["name"] not in entities):
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        if found["name"]:
            token.content = entities[found["name"]]
        else:
            code = int(found["hex"], 16) if found["hex"] else int(found["decimal"])
            token.content = chr(code) if isValidEntityCode(code) else "\ufffd"
    state.pos = found.end()
    return True


def made_fast(md: MarkdownIt) -> None:
    """Replace a parser's engine; its rules must all be there."""
    md.inline.ruler.at("html_inline", html_inline)
    md.inline.ruler.at("entity", entity)
    for rule in md.block.ruler.__rules__:
        if rule.name == "list":
            rule.fn = shortened(rule.fn)
    md.block = _Blocks(md.block)
    md.inline = _Inlines(md.inline)
