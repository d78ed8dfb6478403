"""A finished deck in -> its .pptx file out. Spells what the plan says and decides nothing.

Each slide is one string of XML in a part of its own; ids come from counters, so
that time grows with the slides and no faster.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING
from urllib.parse import quote

from exporters.powerpoint import master
from exporters.powerpoint.base import SECTIONS_URI, base_for
from exporters.powerpoint.package import RELATIONS, TYPES, PartRef
from exporters.powerpoint.pictures import drawable
from exporters.powerpoint.plan import (
    ChartFrame,
    Deck,
    Drawing,
    Field,
    Jump,
    Link,
    Picture,
    Slide,
    TableGrid,
    Text,
)
from exporters.powerpoint.xml import (
    HEAD,
    NAMESPACES,
    TextXml,
    body_properties,
    emu,
    escape,
    fill,
    identity,
    list_style,
    place,
    tags,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from exporters.layout.geometry import Rect
    from exporters.powerpoint.plan import Layout, Placeholder, Shape, TableCell

FIRST_SLIDE_ID = 256
"""The least slide id, ECMA-376 part 1, 19.7.13 ST_SlideId."""

_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_NAMESPACE = uuid.UUID("7b6f1d9c-2e35-4c4b-9a0d-5a1e8c0f3d21")
"""Section ids are made from the report's ids under this name (RFC 9562, 5.5)."""

_PICTURES = {
    b"\x89PNG": ("png", TYPES.PNG),
    b"\xff\xd8\xff": ("jpeg", TYPES.JPEG),
    b"GIF8": ("gif", TYPES.GIF),
}
"""A picture's first bytes, its suffix and content type."""

_SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~-._"


def write(deck: Deck, path: Path) -> None:
    """Write a deck to a file.

    Raises:
        OSError: the file or a picture of the plan cannot be written or read.
    """
    _Writer(deck).write(path)


class _Writer:
    def __init__(self, deck: Deck) -> None:
        self._deck = deck
        self._base = base_for(deck)
        self._package = self._base.package
        self._language = deck.properties.language
        self._text = TextXml(deck.look, self._language, self._relate)
        self._slides: list[PartRef] = []
        self._links: dict[Link, str] = {}
        self._pictures: dict[Path, PartRef] = {}
        self._embedded: list[str] = []
        self._charts = 0
        self._here: PartRef | None = None

    def write(self, path: Path) -> None:
        package, deck = self._package, self._deck
        self._slides = [
            package.add(f"/ppt/slides/slide{number}.xml", TYPES.PML_SLIDE, b"")
            for number in range(1, deck.count + 1)
        ]
        notes = self._base.notes_master() if any(slide.notes for slide in deck.slides) else None
        noted = 0
        for number, (slide, part) in enumerate(zip(deck.slides, self._slides, strict=True), 1):
            package.relate(self._base.presentation, f"rIdSlide{number}", RELATIONS.SLIDE, part)
            package.relate(part, "rId1", RELATIONS.SLIDE_LAYOUT, self._base.layouts[slide.layout])
            self._links, self._embedded, self._here = {}, [], part
            part.blob = self._slide(slide, number).encode()
            if slide.notes and notes is not None:
                noted += 1
                self._notes(slide, number, noted, part, notes)
        ids = "".join(
            f'<p:sldId id="{FIRST_SLIDE_ID + number}" r:id="rIdSlide{number + 1}"/>'
            for number in range(deck.count)
        )
        self._base.finish(ids, self._sections())
        self._properties(noted)
        package.save(path)

    def _sections(self) -> str:
        """Return the slide sorter's sections ([MS-PPTX] 2.6.9 sectionLst)."""
        members: dict[int, list[str]] = {}
        for number, slide in enumerate(self._deck.slides):
            entry = f'<p14:sldId id="{FIRST_SLIDE_ID + number}"/>'
            members.setdefault(slide.section, []).append(entry)
        sections = "".join(
            f'<p14:section name="{escape(section.name)}" '
            f'id="{{{str(uuid.uuid5(_NAMESPACE, section.id)).upper()}}}">'
            f"<p14:sldIdLst>{''.join(members.get(index, ()))}</p14:sldIdLst></p14:section>"
            for index, section in enumerate(self._deck.sections)
        )
        if not sections:
            return ""
        return (
            f'<p:ext uri="{SECTIONS_URI}"><p14:sectionLst xmlns:p14="{_P14}">'
            f"{sections}</p14:sectionLst></p:ext>"
        )

    def _properties(self, noted: int) -> None:
        package, said = self._package, self._deck.properties
        when = said.created.strftime("%Y-%m-%dT%H:%M:%SZ")
        fields = (
            ("dc:title", said.title),
            ("dc:subject", said.subject),
            ("dc:creator", said.author),
            ("cp:keywords", said.keywords),
            ("dc:identifier", said.identifier),
            ("cp:lastModifiedBy", said.author),
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
        application = master.application_xml(self._deck.count, noted)
        part = package.add("/docProps/app.xml", TYPES.OFC_EXTENDED_PROPERTIES, application.encode())
        package.relate(None, "rId3", RELATIONS.EXTENDED_PROPERTIES, part)

    # --- slides ----------------------------------------------------------------------

    def _slide(self, slide: Slide, number: int) -> str:
        layout = self._deck.look.layout(slide.layout)
        shapes = "".join(
            self._shape(shape, ordinal, layout, number)
            for ordinal, shape in enumerate(slide.shapes, 2)
        )
        return (
            f"{HEAD}<p:sld {NAMESPACES}><p:cSld><p:spTree>{master.TREE}{shapes}</p:spTree>"
            "</p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )

    def _shape(self, shape: Shape, ordinal: int, layout: Layout, number: int) -> str:
        match shape:
            case Text():
                return self._text_shape(shape, ordinal, layout)
            case Field():
                return self._field(shape, ordinal, layout, number)
            case Drawing():
                return master.drawing_xml(ordinal, shape, self._deck.look)
            case TableGrid():
                return self._table(shape, ordinal, layout)
            case Picture():
                return self._picture(shape, ordinal, layout)
            case ChartFrame():
                return self._chart(shape, ordinal, layout)

    def _text_shape(self, shape: Text, ordinal: int, layout: Layout) -> str:
        base = layout.get(shape.placeholder)
        link = "" if shape.link is None else self._text.link(shape.link)
        named = identity(ordinal, shape.name, shape.description, inner=link)
        joined, properties, style = self._frame(base, shape.rect)
        return (
            f"<p:sp><p:nvSpPr>{named}{joined}</p:nvSpPr><p:spPr>{properties}</p:spPr>"
            f"<p:txBody>{style}{self._text.paragraphs(shape.paragraphs, base)}</p:txBody></p:sp>"
        )

    def _frame(self, base: Placeholder, rect: Rect) -> tuple[str, str, str]:
        """Return how a text joins its placeholder, where it is, and its box's own properties."""
        look = self._deck.look
        if base.kind == "box":
            where = (
                f'{place(rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
                f"{fill(base.fill, look)}"
            )
            style = body_properties(base.insets, base.anchor) + list_style(base, look)
            return '<p:cNvSpPr txBox="1"/><p:nvPr/>', where, style
        joined = (
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr>{master.reference(base)}</p:nvPr>"
        )
        if rect == base.rect and base.placed:
            return joined, "", "<a:bodyPr/><a:lstStyle/>"
        style = "<a:bodyPr/>"
        if base.theirs:
            style = body_properties(base.insets, base.anchor)
        return joined, place(rect), f"{style}<a:lstStyle/>"

    def _field(self, shape: Field, ordinal: int, layout: Layout, number: int) -> str:
        base = layout.get(shape.placeholder)
        where = "" if shape.rect == base.rect else place(shape.rect)
        lang, alternative = tags(self._language)
        return (
            f"<p:sp><p:nvSpPr>{identity(ordinal, shape.name)}"
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr>{master.reference(base)}</p:nvPr></p:nvSpPr><p:spPr>{where}</p:spPr>"
            f'<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:fld id="{master.SLIDE_NUMBER}" '
            f'type="slidenum"><a:rPr lang="{lang}" altLang="{alternative}"/><a:t>{number}</a:t>'
            "</a:fld></a:p></p:txBody></p:sp>"
        )

    def _table(self, shape: TableGrid, ordinal: int, layout: Layout) -> str:
        columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in shape.widths)
        margins = (
            f' marL="{emu(shape.insets.left)}" marR="{emu(shape.insets.right)}"'
            f' marT="{emu(shape.insets.top)}" marB="{emu(shape.insets.bottom)}"'
        )
        rows = "".join(
            f'<a:tr h="{emu(height)}">{self._cells(cells, margins)}</a:tr>'
            for cells, height in zip(shape.rows, shape.heights, strict=True)
        )
        joined = master.reference(layout.get("grid")) if _joins(layout, "grid") else ""
        first = ' firstCol="1"' if shape.first_column else ""
        return (
            f"<p:graphicFrame><p:nvGraphicFramePr>"
            f"{identity(ordinal, shape.name, shape.description)}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
            f"<p:nvPr>{joined}</p:nvPr></p:nvGraphicFramePr>{place(shape.rect, 'p:xfrm')}"
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
            f'<a:tbl><a:tblPr firstRow="1"{first}><a:tableStyleId>{master.TABLE_STYLE}'
            f"</a:tableStyleId></a:tblPr><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _cells(self, cells: Iterable[TableCell], margins: str) -> str:
        rendered = []
        for cell in cells:
            rule = ""
            if cell.rule:
                width = emu(self._deck.look.header_rule)
                ink = fill(cell.rule, self._deck.look)
                rule = f'<a:lnB w="{width}" cmpd="sng">{ink}</a:lnB>'
            rendered.append(
                "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>"
                f"{self._text.paragraphs(cell.paragraphs)}</a:txBody>"
                f"<a:tcPr{margins}>{rule}</a:tcPr></a:tc>"
            )
        return "".join(rendered)

    def _picture(self, shape: Picture, ordinal: int, layout: Layout) -> str:
        base = master.reference(layout.get("picture")) if _joins(layout, "picture") else ""
        return (
            f"<p:pic><p:nvPicPr>{identity(ordinal, shape.name, shape.description)}"
            f'<p:cNvPicPr><a:picLocks noGrp="1" noChangeAspect="1"/></p:cNvPicPr>'
            f'<p:nvPr>{base}</p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="'
            f'{self._embed(shape.path)}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{place(shape.rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
            "</p:pic>"
        )

    def _chart(self, shape: ChartFrame, ordinal: int, layout: Layout) -> str:
        from exporters.powerpoint.write_chart import chart_part, workbook_part

        package = self._package
        self._charts += 1
        number, rid = self._charts, f"rIdChart{ordinal}"
        part = package.add(
            f"/ppt/charts/chart{number}.xml", TYPES.DML_CHART, chart_part(shape, "rId1")
        )
        book = package.add(
            f"/ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx",
            TYPES.SML_SHEET,
            workbook_part(shape.chart, self._deck.properties.created),
        )
        package.relate(part, "rId1", RELATIONS.PACKAGE, book)
        if self._here is not None:
            package.relate(self._here, rid, RELATIONS.CHART, part)
        joined = master.reference(layout.get("graph")) if _joins(layout, "graph") else ""
        return (
            "<p:graphicFrame><p:nvGraphicFramePr>"
            f"{identity(ordinal, shape.name, shape.description)}"
            '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>'
            f"<p:nvPr>{joined}</p:nvPr></p:nvGraphicFramePr>{place(shape.rect, 'p:xfrm')}"
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            f'r:id="{rid}"/></a:graphicData></a:graphic></p:graphicFrame>'
        )

    def _embed(self, path: Path) -> str:
        """Return the id of this slide's relationship to a picture; each file is stored once."""
        part = self._pictures.get(path)
        if part is None:
            blob = drawable(path)
            suffix, content_type = next(
                kind for magic, kind in _PICTURES.items() if blob.startswith(magic)
            )
            name = f"/ppt/media/image{len(self._pictures) + 1}.{suffix}"
            part = self._pictures[path] = self._package.add(name, content_type, blob)
        rid = f"rIdPicture{len(self._embedded) + 1}"
        self._embedded.append(rid)
        if self._here is not None:
            self._package.relate(self._here, rid, RELATIONS.IMAGE, part)
        return rid

    def _relate(self, link: Link) -> str:
        """Return the id of a relationship from this slide, made once a target."""
        known = self._links.get(link)
        if known is None:
            known = self._links[link] = f"rId{10 + len(self._links)}"
            if isinstance(link, Jump):
                target = self._slides[link.slide - 1]
                self._package.relate(self._here, known, RELATIONS.SLIDE, target)
            else:
                address = quote(link, safe=_SAFE_IN_URL)
                self._package.relate(self._here, known, RELATIONS.HYPERLINK, address)
        return known

    def _notes(
        self, slide: Slide, number: int, ordinal: int, part: PartRef, notes_master: PartRef
    ) -> None:
        package = self._package
        notes = package.add(f"/ppt/notesSlides/notesSlide{ordinal}.xml", TYPES.PML_NOTES_SLIDE, b"")
        package.relate(part, "rId2", RELATIONS.NOTES_SLIDE, notes)
        package.relate(notes, "rId1", RELATIONS.NOTES_MASTER, notes_master)
        package.relate(notes, "rId2", RELATIONS.SLIDE, part)
        self._links, self._here = {}, notes
        text = self._text.paragraphs(slide.notes)
        notes.blob = master.notes_xml(number, text).encode()


def _joins(layout: Layout, key: str) -> bool:
    """Return whether a layout has a placeholder of its own for a table or picture."""
    return layout.has(key) and layout.get(key).kind != "box"
