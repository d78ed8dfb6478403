"""A Report -> its tree as indented lines, for expectations that a person can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.model import (
    Box,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    InlineImage,
    List,
    ListItem,
    Mark,
    MathBlock,
    NoteRef,
    Paragraph,
    Reference,
    Section,
    Table,
    children,
)

if TYPE_CHECKING:
    from report_data.model import Node, Note, Report, RichText

_SIGNS = {
    Mark.BOLD: "*",
    Mark.ITALIC: "/",
    Mark.STRIKE: "~",
    Mark.CODE: "`",
    Mark.SUPERSCRIPT: "^",
    Mark.SUBSCRIPT: "_",
    Mark.MATH: "$",
}


def outlined(report: Report) -> str:
    """Return one line a node, indented by depth: its kind, its text, what is special about it."""
    lines: list[str] = []
    for node in (*report.children, *report.notes):
        _append(node, 0, lines)
    return "\n".join(lines)


def marked(content: RichText) -> str:
    """Return rich text on one line: *bold* /italic/ `code` [text](link) and so on."""
    parts: list[str] = []
    for item in content:
        if isinstance(item, NoteRef):
            parts.append(f"(note {item.number})")
        elif isinstance(item, Reference):
            parts.append(f"(see {item.target})")
        elif isinstance(item, InlineImage):
            parts.append(f"(picture {item.alt})")
        else:
            signs = "".join(sign for mark, sign in _SIGNS.items() if mark & item.marks)
            text = f"{signs}{item.text}{signs[::-1]}".replace("\n", "|")
            parts.append(f"[{text}]({item.link})" if item.link else text)
    return "".join(parts)


def _append(node: Node | ListItem | Definition | Note, depth: int, lines: list[str]) -> None:
    lines.append("  " * depth + f"{type(node).__name__.lower()} {_said(node)}".rstrip())
    for child in children(node):
        _append(child, depth + 1, lines)


def _said(node: object) -> str:  # noqa: PLR0911  one a kind
    match node:
        case Section():
            return f"{node.level} #{node.id} {marked(node.title)}"
        case Paragraph() | Heading():
            return marked(node.content)
        case List():
            return f"{node.start}." if node.ordered else ""
        case ListItem(checked=bool()):
            return "[x]" if node.checked else "[ ]"
        case Definition():
            return marked(node.term)
        case CodeBlock() | MathBlock():
            return node.text.replace("\n", "|")
        case Figure():
            return f"{node.alt} <{node.source}> {marked(node.caption)}"
        case Box():
            return f"{node.kind} {marked(node.label)}"
        case Table():
            rows = [[column.header for column in node.columns], *node.rows]
            text = " / ".join(", ".join(marked(cell.content) for cell in row) for row in rows)
            return f"{text} : {marked(node.caption)}" if node.caption else text
        case DefinitionList() | _:
            return ""
