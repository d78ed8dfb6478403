"""Formulas' nodes in -> the white space between them, in em.

The classes of spacing are TeX's (Knuth, The TeXbook, chapter 18), for faces without serifs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.tex.tree import Atom, Fraction, Large, Root, Scripts

if TYPE_CHECKING:
    from report_data.tex.tree import Node

_FULL = frozenset("≤≥≠≈∼≡∝≪≫∈∉⊂⊆→←⇒⇔∣≅≃⊥∥↔⊃⊇∪∩∧∨⊕⊗⊙∓·")
"""Signs that bring white space of their own: they come from a face of full-width signs."""
_THIN, _MEDIUM, _THICK, _BEARING = 1 / 6, 2 / 9, 5 / 18, 0.1

NONE = (0.0, 0.0)


def spacing(node: Node, before: Node | None, following: Node | None) -> tuple[float, float]:
    """Return the white space before and after a node, in em (The TeXbook, chapter 18)."""
    if not isinstance(node, Atom):
        base = node.base[0] if isinstance(node, Scripts) and node.base else node
        return (_THIN if _is_operand(before) else 0.0, _THIN) if isinstance(base, Large) else NONE
    space = 0.0
    if node.kind == "relation":
        space = _THICK
    elif node.kind == "operator" and following is not None and _is_operand(before):
        space = _MEDIUM
    elif node.kind == "pause":
        return 0.0, _THIN
    elif node.kind == "name" and node.text.isalpha() and node.text.isascii():
        ahead = _is_operand(before)
        behind = isinstance(following, Scripts | Fraction | Root) or (
            isinstance(following, Atom) and following.kind in {"letter", "figure", "name"}
        )
        return _THIN if ahead else 0.0, _THIN if behind else 0.0
    if space and node.text in _FULL:
        space -= _BEARING
    return space, space


def _is_operand(node: Node | None) -> bool:
    return node is not None and (
        not isinstance(node, Atom)
        or node.kind in {"letter", "figure", "name"}
        or node.text in ")]}|′!%"
    )
