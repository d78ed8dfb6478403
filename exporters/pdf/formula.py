r"""TeX in -> a formula as it is read out: the alternative text for who cannot see it.

Signs stay signs (a screen reader knows ≤ and α), structure becomes words:
``\frac{a}{b}`` is "a over b". What is not known is left out, its letters stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.tex.signs import FUNCTION, SIGNS, greek

if TYPE_CHECKING:
    from exporters.furniture import Furniture

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\d+(?:\.\d+)?|[A-Za-z]+|\S")

DEEPEST = 50
"""Groups, fractions and indices in one another that are read as such: nobody follows more."""

_ACCENTS = frozenset(("hat", "bar", "tilde", "vec", "dot", "widehat", "widetilde", "overline"))


def spoken(tex: str, words: Furniture) -> str:
    """Return a formula in words and signs; its letters and numbers when nothing is known."""
    return _Reader(tex, words).read() or re.sub(r"[\\{}^_$]", " ", tex).strip() or tex


class _Reader:
    """Reads tokens one after the other."""

    def __init__(self, tex: str, words: Furniture) -> None:
        self._tokens: list[str] = _TOKEN.findall(tex)
        self._place = 0
        self._depth = 0
        self._words = words

    def read(self) -> str:
        said: list[str] = []
        while self._place < len(self._tokens):
            said.append(self._item())
        return " ".join(part for part in said if part)

    def _item(self) -> str:
        """Return what comes next, a whole group as one; sign by sign where it is too deep."""
        taken = self._tokens[self._place]
        self._place += 1
        if self._depth == DEEPEST:
            return "" if taken[0] in "\\{}_^&~" else taken
        self._depth += 1
        said = self._said(taken)
        self._depth -= 1
        return said

    def _said(self, taken: str) -> str:
        match taken:
            case "{":
                return self._group()
            case "_":
                return f"{self._words.formula_sub} {self._next()}"
            case "^":
                return f"{self._words.formula_power} {self._next()}"
            case "}" | "&" | "~":
                return ""
        return self._command(taken[1:].rstrip("*")) if taken.startswith("\\") else taken

    def _next(self) -> str:
        return self._item() if self._place < len(self._tokens) else ""

    def _ahead(self, wanted: str) -> bool:
        return self._tokens[self._place] == wanted

    def _group(self) -> str:
        said: list[str] = []
        while self._place < len(self._tokens) and self._tokens[self._place] != "}":
            said.append(self._item())
        self._place += 1
        return " ".join(part for part in said if part)

    def _command(self, name: str) -> str:  # noqa: PLR0911 - one a kind of command
        if name in {"frac", "dfrac", "tfrac"}:
            above, below = self._next(), self._next()
            return f"{above} {self._words.formula_over} {below}"
        if name in {"begin", "end"}:  # the name of what is set, and how its columns stand
            self._next()
            if self._place < len(self._tokens) and name == "begin" and self._ahead("{"):
                self._next()
            return ""
        if name in _ACCENTS:
            return f"{self._next()} {name}"
        if name == "_":  # a sign below that Markdown had to escape
            return f"{self._words.formula_sub} {self._next()}"
        if name == "sqrt":
            return f"{self._words.formula_root} {self._next()}"
        if FUNCTION.fullmatch(name):
            return name
        return SIGNS.get(name) or greek(name)
