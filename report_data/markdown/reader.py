"""The text of a Markdown file -> a draft Report with ids, places and resolved notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from report_data.citations import Definition as NoteText
from report_data.citations import Notes
from report_data.diagnostics import Diagnostics
from report_data.ids import ROOT, BlockId, IdMaker, slug
from report_data.markdown.attributes import Braces, split_attributes
from report_data.markdown.blocks import BlockBuilder, caption_of, is_caption
from report_data.markdown.boxes import parse_box_head
from report_data.markdown.clean import clean_lines, clean_text
from report_data.markdown.front_matter import take_front_matter
from report_data.markdown.html import expand_html
from report_data.markdown.inlines import InlineReader, Targets
from report_data.markdown.meta import Head, read_head
from report_data.markdown.outline import Part, outline, take_title
from report_data.markdown.parser import Element, parse_blocks
from report_data.markdown.script import dominant_language
from report_data.markdown.source import Source
from report_data.model import Note, Paragraph, Report, Section, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.model import Node, RichText

_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]+")


@dataclass(slots=True)
class _Reader:
    """One reading of one file."""

    source: Source
    ids: IdMaker
    notes: Notes
    targets: Targets
    inlines: InlineReader
    blocks: BlockBuilder
    titles: dict[int, tuple[str, Braces]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source, env: dict[str, Any]) -> _Reader:
        ids = IdMaker()
        notes = Notes(ids)
        targets = Targets()
        inlines = InlineReader(source, env, targets, notes)
        blocks = BlockBuilder(source, inlines, ids, ROOT, {})
        return cls(source, ids, notes, targets, inlines, blocks)


def read(text: str, *, name: str, file: str, folder: str | None, report: Diagnostics) -> Report:
    """Return the report that a Markdown text is; what is wrong goes to ``report``.

    ``folder`` is where pictures may lie; without one there are none.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    source = Source(file, lines, report, folder)
    clean_lines(source)
    head = read_head(take_front_matter(source), source)
    body = "\n".join(source.lines)
    env: dict[str, Any] = {}
    elements = expand_html(parse_blocks(body, env), source)
    reader = _Reader.of(source, env)
    _take_notes(reader, elements)
    _reserve(reader, elements)
    _title(reader, head, elements)
    root = outline(elements)
    _name_sections(reader, root)
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


def _walk(elements: list[Element]) -> Iterator[Element]:
    stack = list(reversed(elements))
    while stack:
        element = stack.pop()
        yield element
        stack.extend(reversed(element.children))


def _take_notes(reader: _Reader, elements: list[Element]) -> None:
    """Move the footnotes' texts out of the tree."""
    for parent in [None, *_walk(elements)]:
        siblings = elements if parent is None else parent.children
        for element in [e for e in siblings if e.kind == "footnote_reference"]:
            siblings.remove(element)
            label = element.label
            note = NoteText(label, element.start, element.end, tuple(element.children))
            if not reader.notes.define(note):
                reader.source.diagnostics.warn(
                    "W141",
                    f"the footnote [^{label}] is written twice; the first counts",
                    reader.source.span(element.start),
                    "Give one of them another name",
                )


def _reserve(reader: _Reader, elements: list[Element]) -> None:
    """Take the ids that the author gave before any other is made."""
    for element in _walk(elements):
        if element.kind == "heading":
            braces = split_attributes(element.content)[1]
        elif element.kind == "div":
            braces = parse_box_head(element.info).braces
        else:
            continue
        _explicit(reader, element, braces)
    for parent in [None, *_walk(elements)]:
        siblings = elements if parent is None else parent.children
        for element, following in zip(siblings, siblings[1:], strict=False):
            if element.kind == "table" and is_caption(following):
                _explicit(reader, element, caption_of(following)[1], following)


def _explicit(
    reader: _Reader, element: Element, braces: Braces, written: Element | None = None
) -> None:
    if not braces.id:
        return
    place = written or element
    if reader.ids.reserve(braces.id):
        reader.blocks.explicit[id(element)] = BlockId(braces.id)
        reader.targets.ids.add(braces.id)
        return
    reader.source.diagnostics.error(
        "E201",
        f"the id “{braces.id}” is given twice",
        reader.source.find(f"#{braces.id}", place.start, place.end),
        "Give one of them another id: links and files are matched by it",
    )


def _title(reader: _Reader, head: Head, elements: list[Element]) -> None:
    """Take the title from the text when the front matter has none."""
    titled = bool(head.values.get("title"))
    heading = take_title(elements, titled=titled)
    if heading is None:
        return
    text = plain(reader.inlines.read(split_attributes(heading.content)[0], 0, 0))
    if not titled:
        head.values["title"] = text
    elif _same(text, head.values["title"]):
        return
    elif "subtitle" not in head.values:
        head.values["subtitle"] = text
    else:
        elements.insert(0, heading)


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _name_sections(reader: _Reader, root: Part) -> None:
    """Give every section its id before any text is read, so that links find them."""
    stack = [(part, ROOT) for part in reversed(root.parts)]
    anchors: dict[str, int] = {}
    while stack:
        part, parent = stack.pop()
        heading = part.heading
        if heading is None:
            continue
        text, _braces = split_attributes(heading.content)
        title = _as_text(text)
        given = reader.blocks.explicit.get(id(heading))
        identifier = given or reader.ids.section(title, parent)
        reader.blocks.explicit[id(heading)] = identifier
        reader.targets.ids.add(identifier)
        # GitHub's anchors: contents lists in real reports link to them.
        anchor = _NOT_IN_ANCHOR.sub("", title.strip().lower()).replace(" ", "-")
        count = anchors.get(anchor, 0)
        anchors[anchor] = count + 1
        reader.targets.aliases.setdefault(f"{anchor}-{count}" if count else anchor, identifier)
        reader.targets.aliases.setdefault(slug(title), identifier)
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
    assert heading is not None  # noqa: S101  only the root has none
    identifier = reader.blocks.explicit[id(heading)]
    reader.blocks.section = identifier
    text, braces = split_attributes(heading.content)
    title: RichText = reader.inlines.read(text, heading.start, heading.end)
    return Section(
        id=identifier,
        span=reader.source.block(heading.start, heading.end),
        attributes=braces.attributes,
        level=part.level,
        title=title,
        appendix="appendix" in braces.attributes.classes,
        children=_nodes(reader, part),
    )


def _notes(reader: _Reader) -> tuple[Note, ...]:
    """Return the footnotes that were mentioned, then those that nothing mentions."""
    made: list[Note] = []
    while True:
        while reader.notes.waiting:
            reference, note = reader.notes.waiting.popleft()
            reader.blocks.section = reference.note
            if note.text:
                content = reader.inlines.read(note.text, note.start, note.end)
                identifier = reader.ids.block(reference.note, "paragraph")
                span = reader.source.block(note.start, note.end)
                inside = (Paragraph(id=identifier, span=span, content=content),)
            else:
                inside = reader.blocks.build(note.elements)
            made.append(
                Note(
                    id=reference.note,
                    span=reader.source.block(note.start, note.end),
                    number=reference.number,
                    blocks=inside,
                )
            )
        left = reader.notes.unmentioned()
        if not left:
            return tuple(made)
        reader.source.diagnostics.warn(
            "W142",
            f"nothing mentions the footnote [^{left[0].label}]; it stands after the others",
            reader.source.span(left[0].start),
            f"Write [^{left[0].label}] where it belongs, or delete it",
        )
        reader.notes.mention(left[0].label)
