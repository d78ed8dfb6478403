"""The text of a Markdown file -> a draft Report with ids, places and resolved notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from report_data.citations import Notes
from report_data.ids import ROOT, IdMaker
from report_data.markdown.anchors import Targets, take_anchors
from report_data.markdown.blocks import BlockBuilder
from report_data.markdown.braces import check_braces, check_title
from report_data.markdown.clean import clean_lines, clean_text
from report_data.markdown.first_lines import take_first_lines
from report_data.markdown.front_matter import take_front_matter
from report_data.markdown.inlines import InlineReader
from report_data.markdown.leftovers import warn_of_leftovers
from report_data.markdown.meta import Head, read_head
from report_data.markdown.outline import (
    Part,
    has_headings,
    outline,
    take_plain_title,
    take_second_title,
    take_title,
)
from report_data.markdown.parser import Element, parse_blocks
from report_data.markdown.prepare import read_braces, reserve_ids, take_notes
from report_data.markdown.script import dominant_language
from report_data.markdown.source import Source
from report_data.model import Note, Paragraph, Report, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.diagnostics import Diagnostics
    from report_data.model import Block, Node


class _Reader(Struct):
    """One reading of one file."""

    source: Source
    ids: IdMaker
    notes: Notes
    targets: Targets
    inlines: InlineReader
    blocks: BlockBuilder

    @classmethod
    def of(cls, source: Source, env: dict[str, Any]) -> _Reader:
        ids = IdMaker()
        notes = Notes(ids)
        targets = Targets()
        inlines = InlineReader(source, env, targets, notes)
        blocks = BlockBuilder(source, inlines, ids, ROOT)
        return cls(source, ids, notes, targets, inlines, blocks)


def read(text: str, *, name: str, file: str, folder: str | None, report: Diagnostics) -> Report:
    """Return the report that a Markdown text is; what is wrong goes to ``report``.

    ``folder`` is where pictures may lie; without one there are none.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    source = Source(file, lines, report, folder)
    clean_lines(source)
    head = read_head(take_front_matter(source), source)
    warn_of_leftovers(source)
    body = "\n".join(source.lines)
    env: dict[str, Any] = {}
    elements = parse_blocks(body, env)
    if "<" in body:
        from report_data.markdown.html import expand_html

        elements = expand_html(elements, source)
    reader = _Reader.of(source, env)
    read_braces(elements)
    check_braces(elements, source)
    take_notes(elements, reader.notes, source)
    reserve_ids(elements, reader.ids, reader.targets, source)
    _title(reader, head, elements)
    root = outline(elements)
    _name_sections(reader, root)
    take_anchors(elements, reader.targets)
    children = _nodes(reader, root)
    notes = _notes(reader)
    return Report(
        meta=head.meta(dominant_language(body)),
        children=children,
        notes=notes,
        name=name,
        source=text,
        file=file,
    )


def _title(reader: _Reader, head: Head, elements: list[Element]) -> None:
    """Take title, subtitle, kind, authors and date from the text where the head has none.

    With a title in the front matter, a first heading that repeats it is not
    said again, and an H1 over all others adds a second line to it.
    """
    if not has_headings(elements):
        from report_data.markdown.unmarked import lines_as_headings

        lines_as_headings(elements)
    title = head.values.get("title", "")
    first = elements[0] if elements else None
    if not title:
        heading = take_title(elements) or take_plain_title(elements)
        if heading is not None:
            head.values["title"] = _cover_text(reader, heading)
    elif first is not None and first.kind == "heading" and _same(_as_text(first.content), title):
        reader.targets.ids.discard(first.braces.id)
        del elements[0]
    take_first_lines(elements, head, reader.inlines)
    if "title" not in head.values or "subtitle" in head.values:
        return
    heading = take_second_title(elements)
    if heading is not None:
        head.values["subtitle"] = _cover_text(reader, heading)
        take_first_lines(elements, head, reader.inlines)


def _cover_text(reader: _Reader, heading: Element) -> str:
    """Return the text of a heading that goes to the cover, where no link leads."""
    check_title(heading.braces, heading, reader.source)
    reader.targets.ids.discard(heading.braces.id)
    return reader.inlines.read_cover(heading.content, heading.start, heading.end)


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _name_sections(reader: _Reader, root: Part) -> None:
    """Give every section its id before any text is read, so that links find them."""
    stack = [(part, ROOT) for part in reversed(root.parts)]
    while stack:
        part, parent = stack.pop()
        heading = part.heading
        if heading is None:
            continue
        title = _as_text(heading.content)
        identifier = heading.id or reader.ids.section(title, parent)
        heading.id = identifier
        reader.targets.ids.add(identifier)
        reader.targets.add_heading(title, identifier)
        stack.extend((child, identifier) for child in reversed(part.parts))


_MARKUP = re.compile(r"[*_`~]|!?\[([^\]]*)\]\([^)]*\)")


def _as_text(text: str) -> str:
    """Return a heading without its Markdown, for ids and anchors."""
    return clean_text(_MARKUP.sub(lambda m: m[1] or "", text))


def _nodes(reader: _Reader, root: Part) -> tuple[Node, ...]:
    """Return a part's own blocks and its sections."""
    own = reader.blocks.build(root.elements)
    return (*own, *(_section(reader, part) for part in root.parts))


def _section(reader: _Reader, part: Part) -> Section:
    heading = part.heading
    if heading is None or heading.id is None:
        raise AssertionError(part)  # only the root has no heading, and all were named
    reader.blocks.section = heading.id
    title = reader.inlines.read(heading.content, heading.start, heading.end)
    return Section(
        id=heading.id,
        span=reader.source.block(heading.start, heading.end),
        attributes=heading.braces.attributes,
        level=part.level,
        title=title,
        appendix="appendix" in heading.braces.attributes.classes,
        children=_nodes(reader, part),
    )


def _notes(reader: _Reader) -> tuple[Note, ...]:
    """Return the footnotes that were mentioned, then those that nothing mentions."""
    made = list(_waiting(reader))
    for note in reader.notes.mention_rest():
        reader.source.diagnostics.warn(
            "W142",
            f"nothing mentions the footnote [^{note.label}]; it stands after the others",
            reader.source.span(note.start),
            f"Write [^{note.label}] where it belongs, or delete it",
        )
    made.extend(_waiting(reader))
    return tuple(made)


def _waiting(reader: _Reader) -> Iterator[Note]:
    """Read the notes that have been mentioned; reading one may mention more."""
    while reader.notes.waiting:
        reference, note = reader.notes.waiting.popleft()
        reader.blocks.section = reference.note
        span = reader.source.block(note.start, note.end)
        if note.text:
            content = reader.inlines.read(note.text, note.start, note.end)
            identifier = reader.ids.block(reference.note, "paragraph")
            inside: tuple[Block, ...] = (Paragraph(id=identifier, span=span, content=content),)
        else:
            inside = reader.blocks.build(note.elements)
        yield Note(id=reference.note, span=span, number=reference.number, blocks=inside)
