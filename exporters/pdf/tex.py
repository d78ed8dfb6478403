r"""TeX in -> what it says as a tree: letters, signs, fractions, roots, indices, rows.

The part of LaTeX's mathematics that reports use. What is not known is `Unknown`: a formula
that cannot be set whole is shown as it is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias

from msgspec import Struct

from exporters.pdf.formula import FUNCTION, SIGNS, greek

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind: TypeAlias = Literal["letter", "figure", "sign", "relation", "operator", "pause", "name"]


class Atom(Struct, frozen=True, gc=False):
    """Characters of one kind: letters are italic, names of functions and words are not."""

    text: str
    kind: Kind
    bold: bool = False


class Large(Struct, frozen=True, gc=False):
    """A sum, product or integral; ``limits`` stand over and under it when displayed."""

    sign: str
    limits: bool


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

_RELATIONS = frozenset("=<>≤≥≠≈∼≡∝≪≫∈∉⊂⊆→←⇒⇔↦∣:≅≃⊥∥↔⟹⟶⊃⊇")
_OPERATORS = frozenset("+−×·÷±∓∗∘∪∩∧∨⊕⊗⊙")
_SPELLED = {"-": "−", "*": "∗", "'": "′", "|": "|"}

_SPACES = {
    ",": 1 / 6,
    ":": 2 / 9,
    ">": 2 / 9,
    ";": 5 / 18,
    "!": 0.0,
    " ": 1 / 4,
    "quad": 1.0,
    "qquad": 2.0,
    "enspace": 0.5,
    "thinspace": 1 / 6,
}


def _pairs(words: str) -> dict[str, str]:
    """Return every second word by the one before it."""
    every = words.split()
    return dict(zip(every[::2], every[1::2], strict=True))


_LARGE = _pairs("sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ oint ∮")
_UNDER = frozenset(("lim", "max", "min", "sup", "inf", "argmax", "argmin"))
"""Functions under which their limits stand."""
_MORE_SIGNS = _pairs(
    "leqslant ≤ geqslant ≥ longrightarrow ⟶ implies ⟹ iff ⇔ cong ≅ simeq ≃ perp ⊥ parallel ∥ "
    "angle ∠ degree ° oplus ⊕ otimes ⊗ odot ⊙ star ⋆ vdots ⋮ ddots ⋱ leftrightarrow ↔ gets ← "
    "varnothing ∅ hbar ℏ ell ℓ wedge ∧ vee ∨ lt < gt > vert | lvert | rvert | Vert ∥ lVert ∥ "
    "rVert ∥ supset ⊃ supseteq ⊇ colon : mid ∣ triangle △ square □"
)
_BOARD = dict(zip("RNZQCEP", "ℝℕℤℚℂ𝔼ℙ", strict=True))
_MARKS = _pairs(
    "hat ˆ widehat ˆ tilde ˜ widetilde ˜ dot ˙ ddot ¨ bar ˉ overline ˉ vec → overrightarrow →"
)
_UPRIGHT = frozenset(("text", "mathrm", "operatorname", "textrm", "mbox", "textnormal", "mathsf"))
_BOLD = frozenset(("mathbf", "boldsymbol", "bm", "textbf"))
_SILENT = frozenset(
    (
        *("displaystyle", "textstyle", "scriptstyle", "limits", "nolimits", "nonumber", "notag"),
        *("big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr"),
    )
)
"""Commands that tell of sizes and numbers, which are found here without them."""
_FENCES = _pairs(
    "{ { } } langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lbrace { rbrace } | ∥ "
    "vert | lvert | rvert | Vert ∥"
)
_PLAIN_FENCES = {"<": "⟨", ">": "⟩", ".": "", **{one: one for one in "()[]/|"}}
_GRIDS: Mapping[str, tuple[str, str, str]] = {
    **dict.fromkeys(("aligned", "align", "align*", "split", "eqnarray*"), ("", "rl", "")),
    **dict.fromkeys(("gathered", "gather", "gather*", "equation", "equation*"), ("", "c", "")),
    "cases": ("{", "l", ""),
    "matrix": ("", "c", ""),
    "pmatrix": ("(", "c", ")"),
    "bmatrix": ("[", "c", "]"),
    "vmatrix": ("|", "c", "|"),
    "array": ("", "", ""),
}
"""What stands at the left and right of an environment's rows, and how its columns do."""


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
        """Return rows of cells up to a taken that ends them."""
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
        return row

    def _give_up(self) -> NoReturn:
        raise Unknown(self._tex)

    def _node(self, taken: str) -> Row:
        """Return what a taken begins."""
        if taken == "{":
            return self._group()
        if taken[0] == "\\" and len(taken) > 1:
            return self._command(taken[1:])
        if taken[0].isdigit():
            return (Atom(taken, "figure"),)
        if taken in "#$%~\\":
            if taken == "~":
                return (Space(1 / 4),)
            self._give_up()
        return (_sign(_SPELLED.get(taken, taken)),)

    def _command(self, name: str) -> Row:  # noqa: C901, PLR0911, PLR0912 - one a kind of command
        if name in _SPACES:
            return (Space(_SPACES[name]),)
        if name in _SILENT:
            return ()
        if name in {"frac", "dfrac", "tfrac", "cfrac", "binom"}:
            above, below = self._argument(), self._argument()
            if name == "binom":
                return (Fenced("(", (Fraction(above, below, bare=True),), ")"),)
            return (Fraction(above, below),)
        if name == "sqrt":
            degree: Row = ()
            if self._peek() == "[":
                self._take()
                degree = self._row(("]",))
                self._take()
            return (Root(degree, self._argument()),)
        if name in _LARGE:
            return (Large(_LARGE[name], limits="int" not in name),)
        if name in _UNDER:
            return (Large(name, limits=True),)
        if name in _UPRIGHT or name in _BOLD:
            return self._words(bold=name in _BOLD)
        if name in {"rm", "it", "bf"}:
            return tuple(_upright(node) for node in self._row(()))
        if name in {"mathbb", "mathcal", "mathit"}:
            return tuple(_board(node) if name == "mathbb" else node for node in self._argument())
        if name in _MARKS:
            return (Accent(_MARKS[name], self._argument()),)
        if name == "left":
            return (self._fenced(),)
        if name == "begin":
            return self._environment()
        if FUNCTION.fullmatch(name):
            return (Atom(name, "name"),)
        if name == "tag":
            return (Space(2.0), Atom("(", "sign"), *self._words(bold=False), Atom(")", "sign"))
        sign = _MORE_SIGNS.get(name) or SIGNS.get(name) or greek(name)
        if not sign or name == "\\":
            self._give_up()
        if len(name) > 1 and sign == greek(name):
            return (Atom(sign, "letter" if name[0].islower() else "figure"),)
        return (_sign(sign),)

    def _words(self, *, bold: bool) -> Row:
        found = _WORDS.match(self._tex, self._at)
        if found is None:
            return tuple(_upright(node, bold=bold) for node in self._argument())
        self._at = found.end()
        return (Atom(found.group(1), "name", bold),) if found.group(1) else ()

    def _fence(self) -> str:
        """Return the mark that comes next."""
        taken = self._take()
        found = _FENCES.get(taken[1:]) if taken[:1] == "\\" else _PLAIN_FENCES.get(taken)
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
        if name not in _GRIDS:
            self._give_up()
        left, aligns, right = _GRIDS[name]
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
    if sign in _RELATIONS:
        return Atom(sign, "relation")
    if sign in _OPERATORS:
        return Atom(sign, "operator")
    if sign in ",;":
        return Atom(sign, "pause")
    return Atom(sign, "letter" if sign.isalpha() and sign < "\u2e80" else "sign")


def _upright(node: Node, *, bold: bool = False) -> Node:
    """Return a node whose own letters are not italic."""
    if isinstance(node, Atom) and node.kind in {"letter", "figure", "name"}:
        return Atom(node.text, "figure" if node.kind != "name" else "name", bold or node.bold)
    if isinstance(node, Scripts):
        base = tuple(_upright(one, bold=bold) for one in node.base)
        return Scripts(base, node.scripts)
    return node


def _board(node: Node) -> Node:
    if isinstance(node, Atom) and node.text in _BOARD:
        return Atom(_BOARD[node.text], "figure")
    return node
