"""Messages are written in one way: begun small and without a full stop; hints begin large.

``file:line:column: warning[W123]: the message`` and under it ``hint: What to do``.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SOURCES = [*ROOT.glob("report_data/**/*.py"), *ROOT.glob("exporters/**/*.py")]

PLACES = {
    "warn": (1, 3),
    "error": (1, 3),
    "note": (1, 3),
    "Diagnostic": (2, 4),
    "SourceError": (0, 1),
    "ChartError": (0, 1),
    "DeclarationError": (0, 1),
    "UnknownFormatError": (0, 1),
    "_refused": (1, 3),
    "_refuse": (1, 3),
}
"""Where a call has its message and its hint."""

NAMES = ("PowerPoint", "HTML", "Excel", "LibreOffice", "TOML", "CSV")


def calls(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yield the line, the kind and the text of every message and hint that is written out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id.lower()
            if name.endswith(("hint", "remedy")):
                yield node.lineno, "hint", _text(node.value)
            elif name == "message":
                yield node.lineno, "message", _text(node.value)
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name not in PLACES:
            continue
        for place, kind in zip(PLACES[name], ("message", "hint"), strict=True):
            given = node.args[place] if place < len(node.args) else None
            given = given or next((k.value for k in node.keywords if k.arg == kind), None)
            if given is not None:
                yield node.lineno, kind, _text(given)


def _text(node: ast.expr) -> str:
    """Return a literal, what stands in braces in it as a dot."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            _text(part) if isinstance(part, ast.Constant) else "·" for part in node.values
        )
    return ""


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_messages_and_hints_are_written_in_one_way(path: Path) -> None:
    faulty = []
    for line, kind, text in calls(path):
        first = text[:1]
        small = first.isupper() and not text.startswith(NAMES)
        if (small if kind == "message" else first.islower()) or text.endswith("."):
            faulty.append(f"{line}: {kind}: {text}")
    assert faulty == []
