"""A planned deck -> all of its file but slides, notes, charts and pictures.

python-pptx owns these parts: master, layouts, theme, presentation, properties.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from exporters.powerpoint import master
from exporters.powerpoint.base import SECTIONS_URI, base_for
from exporters.powerpoint.leaves import Fixed, relationship
from exporters.powerpoint.package import RELATIONS, TYPES, reference
from exporters.powerpoint.xml import HEAD, escape, tags

if TYPE_CHECKING:
    from exporters.powerpoint.base import Base
    from exporters.powerpoint.plan import Deck

FIRST_SLIDE_ID = 256
"""The least slide id, ECMA-376 part 1, 19.7.13 ST_SlideId."""

_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NAMESPACE = uuid.UUID("7b6f1d9c-2e35-4c4b-9a0d-5a1e8c0f3d21")
"""Section ids are made from the report's ids under this name (RFC 9562, 5.5)."""

_FOLDER = "/ppt/slides"


def fixed_parts(deck: Deck) -> Fixed:
    """Make them.

    Raises:
        OSError: the template cannot be read.
    """
    base = base_for(deck)
    noted = sum(bool(slide.notes) for slide in deck.slides)
    notes = reference(base.notes_master(), _FOLDER) if noted else ""
    ids = "".join(
        f'<p:sldId id="{FIRST_SLIDE_ID + number}" r:id="rIdSlide{number + 1}"/>'
        for number in range(deck.count)
    )
    base.finish(ids, _sections(deck))
    _properties(deck, base, noted)
    related = "".join(
        relationship(f"rIdSlide{number}", "slide", f"slides/slide{number}.xml")
        for number in range(1, deck.count + 1)
    )
    types, entries = base.package.entries(base.presentation, related)
    layouts = {key: reference(part, _FOLDER) for key, part in base.layouts.items()}
    return Fixed(types, entries, layouts, notes)


def _sections(deck: Deck) -> str:
    """Return the slide sorter's sections ([MS-PPTX] 2.6.9 sectionLst)."""
    members: dict[int, list[str]] = {}
    for number, slide in enumerate(deck.slides):
        entry = f'<p14:sldId id="{FIRST_SLIDE_ID + number}"/>'
        members.setdefault(slide.section, []).append(entry)
    sections = "".join(
        f'<p14:section name="{escape(section.name)}" '
        f'id="{{{str(uuid.uuid5(_NAMESPACE, section.id)).upper()}}}">'
        f"<p14:sldIdLst>{''.join(members.get(index, ()))}</p14:sldIdLst></p14:section>"
        for index, section in enumerate(deck.sections)
    )
    if not sections:
        return ""
    return (
        f'<p:ext uri="{SECTIONS_URI}"><p14:sectionLst xmlns:p14="{_P14}">'
        f"{sections}</p14:sectionLst></p:ext>"
    )


def _properties(deck: Deck, base: Base, noted: int) -> None:
    package, said = base.package, deck.properties
    when = said.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    author = "; ".join(said.authors)
    fields = (
        ("dc:title", said.title),
        ("dc:subject", said.subject),
        ("dc:creator", author),
        ("cp:keywords", ", ".join(said.keywords)),
        ("dc:identifier", said.identifier),
        ("cp:lastModifiedBy", author),
        ("dc:language", tags(said.language)[0]),
    )
    texts = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in fields if text)
    core = (
        f"{HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{texts}'
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified>'
        "</cp:coreProperties>"
    )
    part = package.add("/docProps/core.xml", TYPES.OPC_CORE_PROPERTIES, core.encode())
    package.relate(None, "rId2", RELATIONS.CORE_PROPERTIES, part)
    application = master.application_xml(deck.count, noted)
    part = package.add("/docProps/app.xml", TYPES.OFC_EXTENDED_PROPERTIES, application.encode())
    package.relate(None, "rId3", RELATIONS.EXTENDED_PROPERTIES, part)
