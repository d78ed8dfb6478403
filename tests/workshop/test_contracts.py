"""The house rules, run as tests: style, types, import directions, and that cli.py stays thin."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent

TOOLS = {
    "ruff check": ("ruff", "check", "."),
    "ruff format": ("ruff", "format", "--check", "."),
    "mypy": ("mypy",),
    "import contracts": ("lint-imports", "--no-cache"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_tool_finds_nothing(tool: str) -> None:
    command, *arguments = TOOLS[tool]
    done = subprocess.run(
        [BIN / command, *arguments], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_exception_from_a_rule_says_why() -> None:
    bare = re.compile(r"noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*\W*$", re.MULTILINE)
    folders = ("benchmarks", "exporters", "report_data", "tests", "tools")
    paths = [ROOT / "cli.py", *(path for one in folders for path in (ROOT / one).rglob("*.py"))]
    assert [path for path in paths if bare.search(path.read_text(encoding="utf-8"))] == []


def test_the_command_line_knows_click_and_the_products_own_rooms_only() -> None:
    tree = ast.parse((ROOT / "cli.py").read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    ours = imported - set(sys.stdlib_module_names)
    assert ours <= {"click", "exporters", "report_data"}


def test_the_command_line_imports_only_click_when_it_starts() -> None:
    listed = subprocess.run(
        [sys.executable, "-c", "import cli, sys; print(*sys.modules)"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    tops = {name.split(".")[0] for name in listed}
    assert "click" in tops
    assert not tops & {"exporters", "report_data", "pptx", "reportlab", "openpyxl", "lxml"}


def test_nothing_imports_the_command_line() -> None:
    for path in [*ROOT.glob("exporters/**/*.py"), *ROOT.glob("report_data/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            assert "cli" not in {name.split(".")[0] for name in names}, path
