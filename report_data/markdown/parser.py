"""Markdown -> a tree of block elements whose inline text is not read yet.

The only module that builds markdown-it parsers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_cjk_friendly import cjk_friendly
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from report_data.markdown.rules import install

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_INLINE_NESTING = 60
"""Brackets and images inside each other beyond this are plain text."""


@dataclass(slots=True)
class Element:
    """A block: its kind (markdown-it's name without ``_open``), its lines, what stands in it."""

    kind: str
    start: int
    end: int
    content: str = ""
    token: Token | None = None
    children: list[Element] = field(default_factory=list)

    @property
    def meta(self) -> dict[str, Any]:
        """Return what the rule noted on the token."""
        return self.token.meta if self.token is not None else {}


@cache
def parser() -> MarkdownIt:
    """Return the parser of the whole dialect, made once."""
    md = MarkdownIt("commonmark", {"maxNesting": MAX_INLINE_NESTING})
    md.enable("strikethrough")
    md.use(cjk_friendly)
    md.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    md.use(deflist_plugin)
    install(md)
    # Every address becomes a link token here; `links` decides which may stay one.
    md.validateLink = lambda _url: True  # type: ignore[method-assign]
    return md


def parse_blocks(text: str, env: dict[str, Any]) -> list[Element]:
    """Return the blocks of a text, lines counted from 0; ``env`` receives link references."""
    tokens: list[Token] = []
    md = parser()
    md.block.parse(text, md, env, tokens)
    root = Element("root", 0, 0)
    stack = [root]
    for token in tokens:
        start, end = token.map or (stack[-1].start, stack[-1].end)
        if token.nesting == 1:
            element = Element(token.type.removesuffix("_open"), start, end, token=token)
            stack[-1].children.append(element)
            stack.append(element)
        elif token.nesting == -1:
            stack.pop()
        elif token.type == "inline":
            stack[-1].content = token.content
        else:
            stack[-1].children.append(
                Element(token.type, start, end, token.content, token),
            )
    return root.children


def parse_inlines(text: str, env: dict[str, Any]) -> list[Token]:
    """Return the inline tokens of a text; ``env`` holds the link references."""
    tokens: list[Token] = []
    md = parser()
    md.inline.parse(text, md, env, tokens)
    return tokens
