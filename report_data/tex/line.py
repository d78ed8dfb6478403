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
    yield from _bracketed(node.above, scripts, is_above=True)
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


def _bracketed(row: Row, scripts: str, *, is_above: bool = False) -> Iterator[Part]:
    """Yield a row, in brackets where a stroke or a root would not be seen to go for all of it."""
    parts = row[1:] if is_above and _is_operator(row[:1]) else row
    alone = len(row) == 1 and not isinstance(row[0], Fraction)
    single = alone or _is_bracketed(row) or all(_is_factor(one, is_above=is_above) for one in parts)
    if not single:
        yield Part("(", scripts=scripts)
    yield from _linear(row, scripts)
    if not single:
        yield Part(")", scripts=scripts)


def _is_operator(row: Row) -> bool:
    return bool(row) and isinstance(row[0], Atom) and row[0].kind == "operator"


def _is_factor(node: Node, *, is_above: bool) -> bool:
    """Return whether a row of such nodes is read as one: ``ab`` over or under a stroke."""
    if isinstance(node, Atom):
        return node.kind in {"letter", "figure"} or (is_above and node.kind in {"name", "sign"})
    if isinstance(node, Scripts):
        return is_above and not any(isinstance(one, Large) for one in node.base)
    return is_above and isinstance(node, Fenced | Root | Accent | Space)


def _is_bracketed(row: Row) -> bool:
    """Return whether the first thing in a row is a bracket, and its other one the last."""
    depth = 0
    for index, node in enumerate(row):
        base = node.base[0] if isinstance(node, Scripts) and len(node.base) == 1 else node
        sign = base.text if isinstance(base, Atom) else ""
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return index == len(row) - 1 and sign == ")"
    return False
