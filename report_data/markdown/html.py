"""HTML blocks -> the same elements that Markdown would have given.

A small allow-list: paragraphs, headings, lists, quotes, tables, preformatted
text, details. Text between tags is escaped and goes the way of all inline
text, with the inline tags in it (`tags`). Elements that carry no text for a
reader (scripts, styles, forms) are left out with a warning; what is no HTML at
all stays as text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.markdown.flattened import CELL, escaped, lines_of, notes_in
from report_data.markdown.html_pieces import HtmlPiece, PieceKind, html_pieces
from report_data.markdown.html_table import CHUNK, HtmlTable
from report_data.markdown.parser import Element
from report_data.markdown.tags import (
    BLOCKS,
    COMMENT_LEFT_OUT,
    HIDDEN,
    InlineTag,
    Kind,
)

if TYPE_CHECKING:
    from report_data.diagnostics import Span
    from report_data.markdown.source import Source

_BLANKS = re.compile(r"[ \t]*\n[ \t\n]*|[ \t]+")
MAX_DEPTH = 16
"""Lists and quotes inside each other in HTML; deeper ones are flattened."""

_END = re.compile("</([a-zA-Z]+)")
_LISTS = ("bullet_list", "ordered_list")
_TERMS = ("dt", "dd")
TERM_PART = "\n\n"
"""Between the texts of a term of several blocks."""
_NESTING: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "ul": ("bullet_list", _LISTS, ()),
    "menu": ("bullet_list", _LISTS, ()),
    "ol": ("ordered_list", _LISTS, ()),
    "li": ("list_item", ("list_item",), _LISTS),
    "blockquote": ("blockquote", ("blockquote",), ()),
    "details": ("details", ("details",), ()),
    "dl": ("dl", ("dl",), ()),
    "dt": ("dt", _TERMS, ("dl",)),
    "dd": ("dd", _TERMS, ("dl",)),
}
"""By tag: the element that it opens, the elements that its end closes, and those it stops at."""
_IMPLIED = frozenset({"li", "dt", "dd"})


def expand_html(elements: list[Element], source: Source, *, flat: bool = False) -> list[Element]:
    """Return sibling elements with HTML blocks replaced by what they say, to any depth.

    ``<details>`` that opens in one HTML block and closes in a later one takes
    the Markdown between them. ``flat`` says that the elements become lines.
    """
    if not any(e.kind == "html_block" or e.children for e in elements):
        return elements
    builder = _Builder(source, elements[0].start if elements else 0, flat=flat)
    for index, element in enumerate(elements):
        if element.kind == "html_block":
            builder.ends.update((name.lower(), index) for name in _END.findall(element.content))
    for index, element in enumerate(elements):
        builder.end_unclosed(index)
        if element.kind != "html_block":
            flat = builder.flattens and element.kind != "footnote_reference"
            element.children = expand_html(element.children, source, flat=flat)
            builder.add(element)
            continue
        builder.feed(element.content, element.start)
        builder.flush()
    return builder.finish()


class _Builder(Struct):
    """Collects elements from tags and text."""

    source: Source
    line: int
    flat: bool = False
    root: Element = field(default_factory=lambda: Element("root", 0, 0))
    stack: list[Element] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    text_line: int = 0
    heading: int = 0
    pre: bool = False
    table: HtmlTable | None = None
    inner: int = 0
    """Tables open inside a cell; their cells are lines of it."""
    ends: dict[str, int] = field(default_factory=dict)
    """The last HTML block in which each element ends."""

    @property
    def top(self) -> Element:
        """The element that is being filled."""
        return self.stack[-1] if self.stack else self.root

    @property
    def flattens(self) -> bool:
        """Whether what is added becomes lines: in a table's cell, in a term."""
        in_cell = self.table is not None and self.table.takes_text
        return self.flat or in_cell or any(element.kind == "dt" for element in self.stack)

    def add(self, element: Element) -> None:
        """Append an element that Markdown gave; in a table's cell its text, line by line."""
        if element.kind == "footnote_reference":
            self.top.children.append(element)
            return
        if self.table is not None and self.table.takes_text:
            self.table.write("".join(f"{CHUNK}{line}" for line in lines_of(element)) + CHUNK)
            self.top.children.extend(notes_in(element))
            return
        self.flush_pre("pre")
        self._release_caption()
        self.flush()
        self.top.children.append(element)
        self._reach(element.end)

    def finish(self) -> list[Element]:
        """Close everything and return the elements."""
        self.end_table()
        self.flush_pre("pre")
        self.flush()
        for element in self.stack:
            _settle(element)
        return self.root.children

    def end_unclosed(self, index: int) -> None:
        """End what no HTML block from ``index`` on ends: what follows does not belong to it."""
        if self.ends.get("table", -1) < index:
            self.end_table()
        for depth, element in enumerate(self.stack):
            outer = depth == 0 or element.info not in _IMPLIED
            if outer and self.ends.get(element.info, -1) < index:
                self.flush_pre("pre")
                self.flush()
                for inside in self.stack[depth:]:
                    _settle(inside)
                del self.stack[depth:]
                return

    def feed(self, text: str, line: int) -> None:
        """Read one piece of HTML that starts on a line."""
        self.line = line
        for piece in html_pieces(text):
            if piece.kind is PieceKind.TEXT:
                self._data(piece.raw)
            elif piece.kind is PieceKind.ASIDE:
                self.source.diagnostics.note(*COMMENT_LEFT_OUT, self._place(piece))
            elif piece.tag is not None:
                self._tag(piece.tag, piece)
            self.line += piece.raw.count("\n")
        self._reach(self.line + 1)

    def flush(self) -> None:
        """End the paragraph, heading or code at hand."""
        if self.pre:
            return
        content = "".join(self.text)
        self.text.clear()
        level, self.heading = self.heading, 0
        if not content.strip():
            return
        kind = "heading" if level else "paragraph"
        element = Element(kind, self.text_line, self.line + 1, content.strip(), level=level)
        self.top.children.append(element)
        self._reach(element.end)

    def _place(self, piece: HtmlPiece) -> Span:
        first = piece.raw[:80].split("\n", 1)[0]
        return self.source.find(first, self.line, self.line + 1)

    def _data(self, raw: str) -> None:
        text = html.unescape(raw)
        self._write(text if self.pre else escaped(text))

    def _write(self, text: str) -> None:
        if self.table is not None:
            if self.table.takes_text:
                self.table.write(_BLANKS.sub(" ", text))
                return
            if not text.strip():
                return
            self._release_caption()
        if not self.text:
            text = text if self.pre else text.lstrip()
            self.text_line = self.line
        if text:
            self.text.append(text if self.pre else _BLANKS.sub(_blank, text))

    def _tag(self, tag: InlineTag, piece: HtmlPiece) -> None:
        if tag.kind is Kind.UNKNOWN:
            self._data(piece.raw)
        elif tag.name in HIDDEN:
            if tag.kind is Kind.OPEN:
                self._warn_of_hidden(tag, piece)
        elif not self.pre or tag.name == "pre":
            self._known_tag(tag)
        elif tag.kind is Kind.OPEN:
            self._tag_in_code(tag, piece)

    def _tag_in_code(self, tag: InlineTag, piece: HtmlPiece) -> None:
        """Write what a tag in preformatted text says: there are no marks and no blocks in it."""
        if tag.name == "br":
            self._write("\n")
        elif tag.name == "img":
            self.source.diagnostics.warn(
                "W151",
                "this picture stands in preformatted text; its text is shown in its place",
                self._place(piece),
                "Give it a line of its own",
            )
            self._write(tag.attributes.get("alt", ""))

    def _known_tag(self, tag: InlineTag) -> None:
        if tag.name in ("td", "th", "tr", "table", "caption") and (
            self.table is not None or tag.name == "table"
        ):
            self._table_tag(tag)
        elif self.table is not None and self.table.takes_text:
            if tag.name in BLOCKS:
                self.table.new_line()
            else:
                self.table.write(_inline(tag))
        elif tag.name in BLOCKS:
            self._block_tag(tag)
        else:
            self._write(_inline(tag))

    def _warn_of_hidden(self, tag: InlineTag, piece: HtmlPiece) -> None:
        self.source.diagnostics.warn(
            "W131",
            f"the HTML element <{tag.name}> is left out with what stands in it",
            self._place(piece),
            "Delete it, or write what it should say as text",
        )

    def _block_tag(self, tag: InlineTag) -> None:
        opening = tag.kind is Kind.OPEN
        name = tag.name
        self.flush_pre(name)
        self.flush()
        if name in _NESTING:
            kind, closed, until = _NESTING[name]
            if name in _IMPLIED:
                # The end tags of items may be left out (HTML, optional tags).
                self._leave(*closed, until=until)
                if opening and self.top.kind not in until:
                    self._nest(until[0], tag)
            if opening:
                self._nest(kind, tag)
            elif name not in _IMPLIED:
                self._leave(*closed)
        elif name == "summary":
            self._nest("summary", tag) if opening else self._end_summary()
        elif name == "hr" and opening:
            self.top.children.append(Element("hr", self.line, self.line + 1))
        elif name == "pre":
            self.pre = opening
        elif name[0] == "h" and name[1:].isdigit():
            self.heading = int(name[1]) if opening else 0

    def flush_pre(self, name: str) -> None:
        """End preformatted text as a block of code."""
        if not self.pre or name != "pre":
            return
        content = "".join(self.text).strip("\n")
        self.text.clear()
        self.pre = False
        if content:
            self.top.children.append(Element("fence", self.text_line, self.line + 1, content))

    def _nest(self, kind: str, tag: InlineTag) -> None:
        number = tag.attributes.get("start", "1")
        element = Element(
            kind,
            self.line,
            self.line + 1,
            info=tag.name,
            number=int(number) if number.isdecimal() and len(number) < 10 else 1,  # noqa: PLR2004  as in CommonMark
        )
        if len(self.stack) < MAX_DEPTH:
            self.top.children.append(element)
            self.stack.append(element)

    def _leave(self, *kinds: str, until: tuple[str, ...] = ()) -> None:
        """Close up to the innermost element of a kind, if there is one."""
        for index in range(len(self.stack) - 1, -1, -1):
            if self.stack[index].kind in kinds:
                for element in self.stack[index:]:
                    _settle(element)
                del self.stack[index:]
                return
            if self.stack[index].kind in until:
                return

    def _end_summary(self) -> None:
        """Make a summary's text the label of its details."""
        if self.top.kind != "summary":
            return
        summary = self.stack.pop()
        details = self.top
        first = details.kind == "details" and details.children[0] is summary and not details.label
        # A summary that comes late, or holds more than one text, stays what it is: in its place.
        if first and [child.kind for child in summary.children] == ["paragraph"]:
            self.top.children.clear()
            self.top.label = summary.children[0].content

    def _reach(self, end: int) -> None:
        for element in self.stack:
            element.end = max(element.end, end)

    def _table_tag(self, tag: InlineTag) -> None:
        opening = tag.kind is Kind.OPEN
        if self.table is None:
            self.flush()
            if opening:
                self.table = HtmlTable(self.line, flat=self.flattens)
        elif tag.name == "table" and (opening or self.inner):
            self.inner += 1 if opening else -1
            self.table.new_line()
        elif tag.name == "table":
            self.end_table()
        elif self.inner:
            self.table.new_line()
        else:
            self.table.tag(tag, self.line)

    def _release_caption(self) -> None:
        """Let a caption stand where it is written if no cell but other text comes after it."""
        if self.table is not None and self.table.caption and not self.table.takes_text:
            self.flush()
            self.top.children.append(self._caption_of(self.table))
            self.table.caption = ""

    def _caption_of(self, table: HtmlTable) -> Element:
        return Element("paragraph", table.start, self.line + 1, table.caption)

    def end_table(self) -> None:
        """End the table that is open, if one is."""
        table, self.table, self.inner = self.table, None, 0
        if table is None:
            return
        self.flush()
        raw = table.finish()
        end = self.line + 1
        caption = self._caption_of(table) if table.caption else None
        if raw is not None:
            element = Element("table", table.start, end, table=raw, info="html", caption=caption)
            self.top.children.append(element)
        elif caption is not None:
            self.top.children.append(caption)


def _settle(element: Element) -> None:
    """Bring what stands in a list or a term into the form that Markdown gives."""
    wanted = {"bullet_list": ("list_item",), "ordered_list": ("list_item",), "dl": ("dt", "dd")}
    if element.kind in wanted:
        names = wanted[element.kind]
        element.children = [
            child
            if child.kind in (*names, "footnote_reference")
            else Element(names[-1], child.start, child.end, children=[child])
            for child in element.children
        ]
    elif element.kind == "list_item":
        for child in element.children:
            child.tight = child.kind == "paragraph"
    elif element.kind == "dt":
        # A term is one line, whatever stands in it; what blocks say is parted by TERM_PART.
        lines = (line for child in element.children for line in lines_of(child))
        element.content = TERM_PART.join(line.replace(CELL, TERM_PART) for line in lines)
        element.children = list(notes_in(element))


def _inline(tag: InlineTag) -> str:
    """Return a tag as inline Markdown is sure to read it, however it was written."""
    if tag.kind is Kind.CLOSE:
        return f"</{tag.name}>"
    kept = ((key, tag.attributes[key]) for key in ("href", "src", "alt") if key in tag.attributes)
    return f"<{tag.name}" + "".join(f' {key}="{html.escape(text)}"' for key, text in kept) + ">"


def _blank(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] else " "
