r"""TeX in -> what it says as a tree: letters, signs, fractions, roots, indices, rows.

The part of LaTeX's mathematics that reports use. What is not known is `Unknown`: a formula
that cannot be set whole is shown as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NoReturn, TypeAlias

from msgspec import Struct

from report_data.tex.signs import (
    ARROWS,
    BOARD,
    BOLD,
    FENCES,
    FUNCTION,
    GRIDS,
    LARGE,
    MARKS,
    MORE_SIGNS,
    OPERATORS,
    PLAIN_FENCES,
    RELATIONS,
    SIGNS,
    SILENT,
    SLANTED,
    SPACES,
    SPELLED,
    UNDER,
    UPRIGHT,
    greek,
)

Kind: TypeAlias = Literal["letter", "figure", "sign", "relation", "operator", "pause", "name"]


class Atom(Struct, frozen=True, gc=False):
    """Characters of one kind: letters are italic, names of functions and words are not."""

    text: str
    kind: Kind
    bold: bool = False


class Large(Struct, frozen=True, gc=False):
    """A sum, product or integral; ``limits`` stand over and under it when displayed.

    One that is not ``grown`` is no larger there than in a line.
    """

    sign: str
    limits: bool
    grown: bool = True


class Fraction(Struct, frozen=True, gc=False):
    """One row over another; ``bare`` has no line between them."""

    above: Row
    below: Row
    bare: bool = False


class Root(Struct, frozen=True, gc=False):
    """What stands under the sign of a root, and which one it is."""

    degree: Row
    body: Row


class Scripts(Struct, frozen=True, gc=False):
    """A base with an index, a power or both, in the order in which they are written."""

    base: Row
    scripts: tuple[tuple[Literal["_", "^"], Row], ...]


class Accent(Struct, frozen=True, gc=False):
    """A mark over a row."""

    mark: str
    body: Row


class Fenced(Struct, frozen=True, gc=False):
    """A row between marks as tall as it is."""

    left: str
    body: Row
    right: str


class Grid(Struct, frozen=True, gc=False):
    """Rows of cells; ``aligns`` has a letter a column (l, c, r) and begins anew at its end."""

    rows: tuple[tuple[Row, ...], ...]
    aligns: str


class Space(Struct, frozen=True, gc=False):
    """White space, in em."""

    em: float


Node: TypeAlias = Atom | Large | Fraction | Root | Scripts | Accent | Fenced | Grid | Space
Row: TypeAlias = tuple[Node, ...]


class Unknown(Exception):  # noqa: N818 - no fault of anybody's
    """A command that is not known here, or nesting that nobody follows."""


DEEPEST = 12

_TOKEN = re.compile(r"\s*(\\[A-Za-z]+\*?|\\.|\d+(?:[.,]\d+)*|[A-Za-z]|\S)?")
_WORDS = re.compile(r"\s*\{([^{}\\$]*)\}")


def parse(tex: str) -> Row:
    """Return a formula as a tree.

    Raises:
        Unknown: It holds what is not known here.
    """
    parser = _Parser(tex.replace("\\_", "_"))  # an index that Markdown had to escape
    rows = parser.rows(())
    if not parser.ended:
        raise Unknown(tex)
    return rows[0][0] if len(rows) == len(rows[0]) == 1 else (Grid(rows, "rl"),)


class _Parser:
    """Reads a formula from its beginning to its end."""

    def __init__(self, tex: str) -> None:
        self._tex = tex
        self._at = 0
        self._depth = 0

    @property
    def ended(self) -> bool:
        """Return whether all has been read."""
        return not self._tex[self._at :].strip()

    def rows(self, ends: tuple[str, ...]) -> tuple[tuple[Row, ...], ...]:
        """Return rows of cells up to a token that ends them."""
        rows: list[list[Row]] = [[]]
        while True:
            rows[-1].append(self._row((*ends, "&", "\\\\")))
            taken = self._peek()
            if taken == "&":
                self._take()
            elif taken == "\\\\":
                self._take()
                rows.append([])
            else:
                break
        if len(rows) > 1 and rows[-1] == [()]:
            rows.pop()
        return tuple(tuple(row) for row in rows)

    def _peek(self) -> str:
        found = _TOKEN.match(self._tex, self._at)
        return (found and found.group(1)) or ""

    def _take(self) -> str:
        found = _TOKEN.match(self._tex, self._at)
        assert found is not None  # noqa: S101 - every part of it may be empty
        self._at = found.end()
        return found.group(1) or ""

    def _row(self, ends: tuple[str, ...]) -> Row:
        self._depth += 1
        if self._depth > DEEPEST:
            self._give_up()
        made: list[Node] = []
        while (taken := self._peek()) and taken not in ends:
            if taken in {"}", "\\right", "\\end"}:
                break
            if taken in {"_", "^"}:
                base: Row = ()
                if made and not isinstance(made[-1], Space):
                    base = (made.pop(),)
                made.append(Scripts(base, self._scripts()))
            else:
                self._take()
                made.extend(self._node(taken))
        self._depth -= 1
        return tuple(made)

    def _scripts(self) -> tuple[tuple[Literal["_", "^"], Row], ...]:
        made: list[tuple[Literal["_", "^"], Row]] = []
        while (taken := self._peek()) in {"_", "^"}:
            self._take()
            made.append(("_" if taken == "_" else "^", self._argument()))
        return tuple(made)

    def _argument(self) -> Row:
        """Return a group, or the one sign that comes next."""
        taken = self._take()
        if taken == "{":
            return self._group()
        if taken[:1].isdigit():  # the first figure alone
            self._at -= len(taken) - 1
            taken = taken[0]
        if not taken or taken in {"}", "&", "_", "^", "\\\\"}:
            self._give_up()
        return self._node(taken)

    def _group(self) -> Row:
        row = self._row(())
        if self._take() != "}":
            self._give_up()
        if len(row) == 1 and isinstance(row[0], Atom) and row[0].kind == "pause":
            return (Atom(row[0].text, "figure"),)  # of a number: 3{,}200{,}000
        return row

    def _give_up(self) -> NoReturn:
        raise Unknown(self._tex)

    def _node(self, taken: str) -> Row:
        """Return what a token begins."""
        if taken == "{":
            return self._group()
        if taken[0] == "\\" and len(taken) > 1:
            return self._command(taken[1:])
        if taken[0].isdigit():
            return (Atom(taken, "figure"),)
        if taken == "~":
            return (Space(1 / 4),)
        if taken == "\\":
            self._give_up()
        return (_sign(SPELLED.get(taken, taken)),)

    def _command(self, name: str) -> Row:
        if name in SPACES:
            return (Space(SPACES[name]),)
        if name in SILENT:
            return ()
        if name == "left":
            return (self._fenced(),)
        if name == "begin":
            return self._environment()
        for read in (self._stacked, self._large, self._lettered, self._said):
            made = read(name)
            if made is not None:
                return made
        return (self._sign(name),)

    def _stacked(self, name: str) -> Row | None:
        """Return what stands over something else: fractions, roots, words over signs."""
        if name in {"frac", "dfrac", "tfrac", "cfrac"}:
            return (Fraction(self._argument(), self._argument()),)
        if name in {"binom", "dbinom", "tbinom"}:
            pair = Fraction(self._argument(), self._argument(), bare=True)
            return (Fenced("(", (pair,), ")"),)
        if name == "sqrt":
            degree: Row = ()
            if self._peek() == "[":
                self._take()
                degree = self._row(("]",))
                self._take()
            return (Root(degree, self._argument()),)
        if name in {"overset", "underset", "stackrel"}:
            aside = self._argument()
            where: Literal["_", "^"] = "_" if name == "underset" else "^"
            return (Scripts((self._named(self._argument()),), ((where, aside),)),)
        if name in ARROWS:
            arrow = Large(ARROWS[name], limits=True, grown=False)
            return (Scripts((arrow,), (("^", self._argument()),)),)
        return self._substack() if name == "substack" else None

    def _large(self, name: str) -> Row | None:
        """Return what limits may stand over and under."""
        if name in LARGE:
            return (Large(LARGE[name], limits="int" not in name),)
        if name in UNDER:
            return (Large(name, limits=True),)
        if name in {"operatorname*", "mathop"}:
            return (self._named(self._words(bold=False)),)
        return None

    def _lettered(self, name: str) -> Row | None:
        """Return letters of another kind, or with a mark over them."""
        if name in UPRIGHT or name in BOLD:
            return self._words(bold=name in BOLD)
        if name in {"rm", "it", "bf"}:
            return tuple(_upright(node) for node in self._row(()))
        if name in SLANTED:
            return tuple(_board(node) if name == "mathbb" else node for node in self._argument())
        if name in MARKS:
            return (Accent(MARKS[name], self._argument()),)
        if name in {"color", "textcolor"}:
            self._name()  # everything is set in the colour of its text
            return ()
        return None

    def _said(self, name: str) -> Row | None:
        """Return words: functions, remainders, a formula's number."""
        if name == "tag":
            return (Space(2.0), Atom("(", "sign"), *self._words(bold=False), Atom(")", "sign"))
        if name == "bmod":
            return (Space(1 / 4), Atom("mod", "name"), Space(1 / 4))
        if name in {"pmod", "mod"}:
            said = (Atom("mod", "name"), Space(1 / 4), *self._argument())
            if name == "pmod":
                said = (Atom("(", "sign"), *said, Atom(")", "sign"))
            return (Space(1 / 4), *said)
        return (Atom(name, "name"),) if FUNCTION.fullmatch(name) else None

    def _sign(self, name: str) -> Atom:
        if name == "not":
            return _denied(self._argument()) or self._give_up()
        sign = MORE_SIGNS.get(name) or SIGNS.get(name) or greek(name)
        if not sign or name == "\\":
            self._give_up()
        if len(name) > 1 and sign == greek(name):
            return Atom(sign, "letter" if name[0].islower() else "figure")
        return _sign(sign)

    def _named(self, row: Row) -> Large:
        """Return one sign or name that others may stand over and under."""
        if len(row) == 1 and isinstance(row[0], Large):
            return row[0]
        text = "".join(one.text if isinstance(one, Atom) else " " for one in row)
        if not row or " " in text or (len(row) > 1 and not text.isalnum()):
            self._give_up()
        return Large(text, limits=True, grown=False)

    def _substack(self) -> Row:
        if self._take() != "{":
            self._give_up()
        rows = self.rows(())
        if self._take() != "}":
            self._give_up()
        return (Grid(rows, "c"),)

    def _words(self, *, bold: bool) -> Row:
        found = _WORDS.match(self._tex, self._at)
        if found is None:
            return tuple(_upright(node, bold=bold) for node in self._argument())
        self._at = found.end()
        return (Atom(found.group(1), "name", bold),) if found.group(1) else ()

    def _fence(self) -> str:
        """Return the mark that comes next."""
        taken = self._take()
        found = FENCES.get(taken[1:]) if taken[:1] == "\\" else PLAIN_FENCES.get(taken)
        if found is None:
            self._give_up()
        return found

    def _fenced(self) -> Fenced:
        left = self._fence()
        body = self._row(())
        if self._take() != "\\right":
            self._give_up()
        return Fenced(left, body, self._fence())

    def _environment(self) -> Row:
        name = self._name()
        if name not in GRIDS:
            self._give_up()
        left, aligns, right = GRIDS[name]
        if name == "array":
            aligns = re.sub("[^lcr]", "", self._name()) or "c"
        rows = self.rows(())
        if self._take() != "\\end" or self._name() != name:
            self._give_up()
        grid = Grid(rows, aligns)
        return (Fenced(left, (grid,), right),) if left or right else (grid,)

    def _name(self) -> str:
        found = _WORDS.match(self._tex, self._at)
        if found is None:
            self._give_up()
        self._at = found.end()
        return found.group(1)


def _sign(sign: str) -> Atom:
    if sign in RELATIONS:
        return Atom(sign, "relation")
    if sign in OPERATORS:
        return Atom(sign, "operator")
    if sign in ",;":
        return Atom(sign, "pause")
    return Atom(sign, "letter" if sign.isalpha() and sign < "\u2e80" else "sign")


def _denied(row: Row) -> Atom | None:
    """Return a sign with a stroke through it, if Unicode has it."""
    sign = row[0].text if len(row) == 1 and isinstance(row[0], Atom) else ""
    denied = unicodedata.normalize("NFC", f"{sign}\u0338")
    return Atom(denied, "relation") if sign and len(denied) == 1 else None


def _upright(node: Node, *, bold: bool = False) -> Node:
    """Return a node whose own letters are not italic."""
    if isinstance(node, Atom) and node.kind in {"letter", "figure", "name"}:
        return Atom(node.text, "figure" if node.kind != "name" else "name", bold or node.bold)
    if isinstance(node, Scripts):
        base = tuple(_upright(one, bold=bold) for one in node.base)
        return Scripts(base, node.scripts)
    return node


def _board(node: Node) -> Node:
    if isinstance(node, Atom) and node.text in BOARD:
        return Atom(BOARD[node.text], "figure")
    return node
