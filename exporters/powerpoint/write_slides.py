"""Planned slides in -> their parts: XML with its relationships, notes, charts, deflated.

Spells what the plan says and decides nothing. Each slide is one string; names and
ids come from what is counted beforehand, so that a stretch of slides can be made
by itself, in another process too, and comes out the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from msgspec import Struct

from exporters.powerpoint import master
from exporters.powerpoint.leaves import (
    CHART_TYPE,
    NOTES_TYPE,
    SLIDE_TYPE,
    Leaf,
    relationship,
    relationships,
)
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
    fill,
    identity,
    list_style,
    place,
    tags,
)
from exporters.powerpoint.zipped import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from exporters.layout.geometry import Rect
    from exporters.powerpoint.plan import Layout, Placeholder, Shape, TableCell
    from exporters.powerpoint.zipped import Entry

_SAFE_IN_URL = "!#$%&'()*+,/:;=?@[]~-._"


class Around(Struct, frozen=True):
    """What slides refer to: layouts by key and the notes master, from the folder of slides.

    ``pictures`` are names in ``/ppt/media`` by the picture's file. ``notes`` and
    ``charts`` are how many of them stand before each slide.
    """

    layouts: Mapping[str, str]
    notes_master: str
    pictures: Mapping[Path, str]
    notes: tuple[int, ...]
    charts: tuple[int, ...]


class SlideWriter:
    """Makes the parts of one deck's slides."""

    def __init__(self, deck: Deck, around: Around) -> None:
        self._deck = deck
        self._around = around
        self._language = deck.properties.language
        self._text = TextXml(deck.look, self._language, self._relate)
        self._layouts = {layout.key: layout for layout in deck.look.layouts}
        self._links: dict[Link, str] = {}
        self._related: list[str] = []
        self._leaves: list[Leaf] = []
        self._same: dict[bytes, Entry] = {}
        self._chart_number = 0

    def leaves(self, numbers: Iterable[int]) -> list[Leaf]:
        """Return the parts of slides by their numbers from 1, in order."""
        self._leaves = []
        for number in numbers:
            self._one(number)
        return self._leaves

    def _one(self, number: int) -> None:
        slide, around = self._deck.slides[number - 1], self._around
        layout = around.layouts[slide.layout]
        self._links = {}
        self._related = [relationship("rId1", "slideLayout", layout)]
        self._chart_number = around.charts[number - 1]
        place_in_list = len(self._leaves)
        name = f"ppt/slides/slide{number}.xml"
        entry = packed(name, self._slide(slide, number).encode())
        if slide.notes:
            target = f"../notesSlides/notesSlide{around.notes[number - 1] + 1}.xml"
            self._related.append(relationship("rId2", "notesSlide", target))
        own = [Leaf(entry, SLIDE_TYPE), self._rels(f"ppt/slides/_rels/slide{number}.xml.rels")]
        self._leaves[place_in_list:place_in_list] = own
        if slide.notes:
            self._notes(slide, number, around.notes[number - 1] + 1)

    def _rels(self, name: str) -> Leaf:
        """Return the relationships of the part at hand; equal ones are deflated once."""
        blob = relationships(self._related)
        known = self._same.get(blob)
        if known is None:
            known = self._same[blob] = packed(name, blob)
            return Leaf(known)
        return Leaf(known.__class__(name, known.crc, known.size, known.data))

    def _slide(self, slide: Slide, number: int) -> str:
        layout = self._layouts[slide.layout]
        below = layout.drawings if self._deck.look.template else ()
        shapes = "".join(
            self._shape(shape, ordinal, layout, number)
            for ordinal, shape in enumerate((*below, *slide.shapes), 2)
        )
        mapping = layout.mapping or "<a:masterClrMapping/>"
        return (
            f"{HEAD}<p:sld {NAMESPACES}><p:cSld><p:spTree>{master.TREE}{shapes}</p:spTree>"
            f"</p:cSld><p:clrMapOvr>{mapping}</p:clrMapOvr></p:sld>"
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
        least = shape.insets.top + shape.insets.bottom
        none = ' marL="0" marR="0" marT="0" marB="0"'
        rows = "".join(
            f'<a:tr h="{emu(height)}">'
            f"{self._cells(cells, margins if height > least else none)}</a:tr>"
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

        self._chart_number += 1
        number, rid = self._chart_number, f"rIdChart{ordinal}"
        book = f"Microsoft_Excel_Sheet{number}.xlsx"
        rels = relationships([relationship("rId1", "package", f"../embeddings/{book}")])
        workbook = workbook_part(shape.chart, self._deck.properties.created)
        self._leaves += [
            Leaf(packed(f"ppt/charts/chart{number}.xml", chart_part(shape, "rId1")), CHART_TYPE),
            Leaf(packed(f"ppt/charts/_rels/chart{number}.xml.rels", rels)),
            Leaf(packed(f"ppt/embeddings/{book}", workbook)),
        ]
        self._related.append(relationship(rid, "chart", f"../charts/chart{number}.xml"))
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
        rid = f"rIdPicture{len(self._related)}"
        target = f"../media/{self._around.pictures[path]}"
        self._related.append(relationship(rid, "image", target))
        return rid

    def _relate(self, link: Link) -> str:
        """Return the id of a relationship from this part, made once a target."""
        known = self._links.get(link)
        if known is None:
            known = self._links[link] = f"rId{10 + len(self._links)}"
            if isinstance(link, Jump):
                target = f"../slides/slide{link.slide}.xml"
                self._related.append(relationship(known, "slide", target))
            else:
                address = quote(link, safe=_SAFE_IN_URL)
                self._related.append(relationship(known, "hyperlink", address, outer=True))
        return known

    def _notes(self, slide: Slide, number: int, ordinal: int) -> None:
        """Add the notes of a slide."""
        self._links = {}
        self._related = [
            relationship("rId1", "notesMaster", self._around.notes_master),
            relationship("rId2", "slide", f"../slides/slide{number}.xml"),
        ]
        text = self._text.paragraphs(slide.notes)
        entry = packed(
            f"ppt/notesSlides/notesSlide{ordinal}.xml", master.notes_xml(number, text).encode()
        )
        rels = self._rels(f"ppt/notesSlides/_rels/notesSlide{ordinal}.xml.rels")
        self._leaves += [Leaf(entry, NOTES_TYPE), rels]


def _joins(layout: Layout, key: str) -> bool:
    """Return whether a layout has a placeholder of its own for a table or picture."""
    return layout.has(key) and layout.get(key).kind != "box"
