"""Code and its language in -> what each character is: comment, text, number, word of the language.

A table of regular expressions a family of languages, not a parser: it colours
what everyone colours and leaves the rest alone. An unknown language stays plain.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache

from msgspec import Struct


class Role(IntEnum):
    """What a character of code is."""

    PLAIN = 0
    COMMENT = 1
    STRING = 2
    NUMBER = 3
    KEYWORD = 4


class _Family(Struct, frozen=True, gc=False):
    """How languages of a kind write comments and texts, and their words."""

    comment: str
    string: str
    keywords: str


_QUOTED = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
_TRIPLE = r"\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''"
_TEMPLATE = r"`(?:\\.|[^`\\])*`"
_C_COMMENT = r"//[^\n]*|/\*[\s\S]*?\*/"

_FAMILIES = {
    "python": _Family(
        r"#[^\n]*",
        f"{_TRIPLE}|{_QUOTED}",
        "and as assert async await break case class continue def del elif else except False "
        "finally for from global if import in is lambda match None nonlocal not or pass raise "
        "return True try while with yield",
    ),
    "shell": _Family(
        r"(?<![\w$])#[^\n]*",
        _QUOTED,
        "case do done elif else esac export fi for function if in local return set then while",
    ),
    "data": _Family(r"(?<![\w])#[^\n]*", _QUOTED, "true false null yes no on off"),
    "c": _Family(
        _C_COMMENT,
        f"{_QUOTED}|{_TEMPLATE}",
        "abstract as async await bool break case catch char class const constructor continue crate "
        "default defer delete do double else emit enum event export extends extern false final "
        "finally float fn for func function go goto if impl implements import in inline int "
        "interface internal let long loop map mapping match memory mod modifier mut namespace new "
        "nil null number override package payable private protected pub public range readonly "
        "require return returns select self short signed sizeof static string struct super switch "
        "this throw trait true try type typedef typeof uint uint256 undefined union unsafe "
        "unsigned use using var view virtual void volatile where while yield address storage "
        "contract",
    ),
    "sql": _Family(
        r"--[^\n]*|/\*[\s\S]*?\*/",
        _QUOTED,
        "add all alter and as asc between by case create cross delete desc distinct drop else end "
        "exists from full group having in index inner insert into is join key left like limit not "
        "null on or order outer primary references right select set table then union unique update "
        "values view when where with",
    ),
}

_LANGUAGES = {
    **dict.fromkeys(("python", "py", "ruby", "rb", "r", "julia"), "python"),
    **dict.fromkeys(("sh", "bash", "shell", "zsh", "console", "make", "dockerfile"), "shell"),
    **dict.fromkeys(("yaml", "yml", "toml", "json", "jsonc", "ini"), "data"),
    **dict.fromkeys(("c", "h", "cpp", "c++", "cs", "csharp", "java", "kotlin", "scala"), "c"),
    **dict.fromkeys(("js", "javascript", "jsx", "ts", "typescript", "tsx", "go", "rust"), "c"),
    **dict.fromkeys(("rs", "swift", "solidity", "sol", "php", "dart", "proto", "css"), "c"),
    "sql": "sql",
}


def roles(text: str, language: str) -> bytes:
    """Return the `Role` of every character of a text."""
    found = bytearray(len(text))
    family = _LANGUAGES.get(language.strip().lower())
    if family:
        for match in _pattern(family).finditer(text):
            kind = Role[match.lastgroup or "PLAIN"]
            found[match.start() : match.end()] = bytes([kind]) * (match.end() - match.start())
    return bytes(found)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    family = _FAMILIES[name]
    words = "|".join(family.keywords.split())
    flags = re.IGNORECASE if name == "sql" else re.NOFLAG
    return re.compile(
        f"(?P<COMMENT>{family.comment})|(?P<STRING>{family.string})"
        r"|(?P<NUMBER>(?<![\w.])(?:0[xX][0-9a-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)\b)"
        f"|(?P<KEYWORD>(?<![\\w.])(?:{words})(?!\\w))",
        flags,
    )
