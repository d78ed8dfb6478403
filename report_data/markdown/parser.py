"""Markdown -> a tree of block elements whose inline text is not read yet.

The only module that builds markdown-it parsers.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from msgspec import Struct, field

from report_data.limits import Limit
from report_data.markdown.attributes import NO_BRACES, Braces
from report_data.markdown.engine import Token, made_fast
from report_data.markdown.rules import MAX_LEVEL, install

if TYPE_CHECKING:
    from report_data.ids import BlockId
    from report_data.markdown.boxes import BoxHead
    from report_data.markdown.rules import RawTable

MAX_INLINE_NESTING = 60
"""Brackets and images inside each other beyond this are plain text."""

_SURELY_SIMPLE = 1000
"""Characters of a text that need not be counted."""
_MARKED = re.compile(r"[\\`*_\[<&$]|~~|\^\[|  \n")
_EMPHASES = re.compile(r"\*+|_+|~+")
_ESCAPES = re.compile(r"\\[!-/:-@\[-`{-~]")
_SIGNS_A_MARK = 4
"""Signs that a mark of emphasis may have on average: each costs as much as all before it."""


class Element(Struct):
    """A block: its kind (markdown-it's name without ``_open``), its lines, what stands in it.

    Lines count from 0, ``end`` is exclusive; ``content`` is inline Markdown, or
    the text of code.
    """

    kind: str
    start: int
    end: int
    content: str = ""
    children: list[Element] = field(default_factory=list)
    level: int = 0
    """A heading's level as written."""
    number: int = 1
    """The first number of an ordered list."""
    info: str = ""
    """What stands after the fence of code or of a box."""
    floored: bool = False
    """A paragraph so deep that quotes and lists in it were not read as such."""
    tight: bool = False
    """A paragraph that is shown without space around it."""
    closed: bool = True
    """Whether a box has its closing fence."""
    label: str = ""
    """A footnote's name."""
    table: RawTable | None = None
    caption: Element | None = None
    """A table's caption."""
    braces: Braces = NO_BRACES
    box: BoxHead | None = None
    id: BlockId | None = None
    """The id that the author gave; a section's in any case."""


@cache
def parser() -> MarkdownIt:
    """Return the parser of the whole dialect, made once."""
    md = configured()
    made_fast(md)
    return md


def configured() -> MarkdownIt:
    """Return a parser of the whole dialect on markdown-it's own engine."""
    md = MarkdownIt("commonmark", {"maxNesting": MAX_INLINE_NESTING})
    md.enable("strikethrough")
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.use(deflist_plugin)
    install(md)
    # Every address becomes a link token here; `links` decides which may stay one.
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005  its name is part of the signature
    return md


def parse_blocks(text: str, env: dict[str, Any]) -> list[Element]:
    """Return the blocks of a text, lines counted from 0; ``env`` receives link references."""
    tokens: list[Token] = []
    md = parser()
    md.block.parse(text, md, env, tokens)  # type: ignore[arg-type]  # structs of the same fields
    root = Element("root", 0, 0)
    stack = [root]
    for token in tokens:
        if token.nesting == -1:
            stack.pop()
        elif token.type == "inline":
            stack[-1].content = token.content
        else:
            element = _element(token, stack[-1])
            stack[-1].children.append(element)
            if token.nesting == 1:
                stack.append(element)
    return root.children


def _element(token: Token, parent: Element) -> Element:
    start, end = token.map or (parent.start, parent.end)
    kind = token.type.removesuffix("_open")
    element = Element(kind, start, end, token.content, info=token.info, tight=token.hidden)
    if kind == "paragraph":
        element.floored = token.level >= MAX_LEVEL
    elif kind == "heading":
        element.level = int(token.tag[1])
    elif token.attrs:
        element.number = int(token.attrs.get("start", 1))
    if token.meta:
        element.info = token.meta.get("info", element.info)
        element.closed = token.meta.get("closed", True)
        element.label = token.meta.get("label", "")
        element.table = token.meta.get("table")
    return element


def is_plain(text: str) -> bool:
    """Return whether there is surely no markup in a text but the ends of its lines."""
    return not _MARKED.search(text)


def too_intricate(text: str) -> bool:
    """Return whether a text has so much inline markup that reading it may take very long.

    Matching emphasis and brackets takes time that grows with the square of
    their number in the worst case.
    """
    if len(text) <= _SURELY_SIMPLE:
        return False
    text = _ESCAPES.sub("", text)  # HTML's own text comes with its signs escaped
    marks = _EMPHASES.findall(text)
    return (
        len(marks) > Limit.EMPHASES.get()
        or sum(map(len, marks)) > _SIGNS_A_MARK * Limit.EMPHASES.get()
        or text.count("[") > Limit.BRACKETS.get()
    )


def parse_inlines(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the inline tokens of a text; ``env`` holds the link references.

    A text that is `too_intricate`, or nested so deep that the parser gives up,
    is one token of text, its markup shown.
    """
    md = parser()
    if not too_intricate(text):
        tokens: list[Token] = []
        with suppress(RecursionError):
            md.inline.parse(text, md, env, tokens)  # type: ignore[arg-type]  # the same
            return tokens
    return [Token("text", "", 0, content=text, meta={"whole": True})]
