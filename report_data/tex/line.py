"""A formula in TeX -> the parts that say it in one line of text.

Fractions take a stroke, limits stand beside their signs. What no line can say (matrices,
cases) is `Unknown`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from report_data.tex.spacing import NONE, spacing
from report_data.tex.tree import (
    Accent,
    Atom,
    Fenced,
    Fraction,
    Grid,
    Large,
    Root,
    Scripts,
    Space,
    Unknown,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from report_data.tex.tree import Node, Row

NO_BREAK = "\u00a0"
"""What stands for white space where no line may end."""


class Part(Struct, frozen=True, gc=False):
    """Characters of a formula in a line, and how they look.

    ``scripts`` are the powers (``^``) and indices (``_``) that they stand in, from the
    outside in; ``over`` is the mark that stands over them.
    """

    text: str
    italic: bool = False
    bold: bool = False
    scripts: str = ""
    over: str = ""


def line_of(tex: str) -> list[Part]:
    """Return a formula's parts in their order.

    Raises:
        Unknown: It holds what is not known here, or what no line can say.
    """
    return list(_linear(parse(tex)))


def _linear(row: Row, scripts: str = "") -> Iterator[Part]:
    """Yield a row's parts on one line: fractions with a stroke, limits beside their signs."""
    before: Node | None = None
    for index, node in enumerate(row):
        following = row[index + 1] if index + 1 < len(row) else None
        if isinstance(node, Space):
            if node.em:
                yield Part(NO_BREAK, scripts=scripts)
            continue
        spaced = not scripts and isinstance(node, Atom | Large | Scripts)
        left, right = spacing(node, before, following) if spaced else NONE
        if left and before is not None:
            yield Part(NO_BREAK)
        if isinstance(node, Grid):  # rows are no line
            raise Unknown
        yield from _LINEAR[type(node)](node, scripts)
        if right and following is not None:
            may_end = isinstance(node, Atom) and node.kind in {"relation", "operator"}
            yield Part(" " if may_end else NO_BREAK)
        before = node


def _linear_atom(node: Atom, scripts: str) -> Iterator[Part]:
    yield Part(node.text, node.kind == "letter", node.bold, scripts)


def _linear_large(node: Large, scripts: str) -> Iterator[Part]:
    yield Part(node.sign, scripts=scripts)


def _linear_fraction(node: Fraction, scripts: str) -> Iterator[Part]:
    if node.bare:
        raise Unknown
    yield from _bracketed(node.above, scripts)
    yield Part("/", scripts=scripts)
    yield from _bracketed(node.below, scripts)


def _linear_root(node: Root, scripts: str) -> Iterator[Part]:
    if node.degree:
        raise Unknown
    yield Part("√", scripts=scripts)
    yield from _bracketed(node.body, scripts)


def _linear_scripts(node: Scripts, scripts: str) -> Iterator[Part]:
    yield from _linear(node.base, scripts)
    for where, script in node.scripts:
        yield from _linear(script, scripts + where)


def _linear_accent(node: Accent, scripts: str) -> Iterator[Part]:
    if not all(isinstance(one, Atom) for one in node.body) or scripts:
        raise Unknown
    yield from (replace(part, over=node.mark) for part in _linear(node.body, scripts))


def _linear_fenced(node: Fenced, scripts: str) -> Iterator[Part]:
    yield Part(node.left, scripts=scripts)
    yield from _linear(node.body, scripts)
    yield Part(node.right, scripts=scripts)


_LINEAR: dict[type, Callable[..., Iterator[Part]]] = {
    Atom: _linear_atom,
    Large: _linear_large,
    Fraction: _linear_fraction,
    Root: _linear_root,
    Scripts: _linear_scripts,
    Accent: _linear_accent,
    Fenced: _linear_fenced,
}


def _bracketed(row: Row, scripts: str) -> Iterator[Part]:
    """Yield a row, in brackets where it is more than one thing."""
    single = len(row) == 1 or all(
        isinstance(one, Atom) and one.kind in {"letter", "figure"} for one in row
    )
    if not single:
        yield Part("(", scripts=scripts)
    yield from _linear(row, scripts)
    if not single:
        yield Part(")", scripts=scripts)
