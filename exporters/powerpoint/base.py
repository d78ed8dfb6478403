"""A deck's look in -> the package that its slides are put into: our own master, or a template's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from lxml import etree

from exporters.powerpoint import master
from exporters.powerpoint.package import RELATIONS, TYPES, DeckPackage, PartRef
from exporters.powerpoint.xml import HEAD, NAMESPACES, emu

if TYPE_CHECKING:
    from pathlib import Path

    from exporters.powerpoint.plan import Deck

FIRST_LAYOUT_ID = 2147483649
"""Ids of masters and layouts begin at 2^31, ECMA-376 part 1, 19.7.14, and are shared by both."""

SECTIONS_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"

_PROPERTY_PARTS = {
    "presentationPr": ("presProps", RELATIONS.PRES_PROPS, TYPES.PML_PRES_PROPS),
    "viewPr": ("viewProps", RELATIONS.VIEW_PROPS, TYPES.PML_VIEW_PROPS),
}
"""Parts that may be empty, but without which PowerPoint offers to repair the file."""

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Base(Protocol):
    """What slides are put into."""

    package: DeckPackage
    presentation: PartRef
    layouts: dict[str, PartRef]

    def notes_master(self) -> PartRef:
        """Return the notes master, made if there is none."""

    def finish(self, slide_ids: str, sections: str) -> None:
        """Write the presentation part with its slides and sections."""


def base_for(deck: Deck) -> Base:
    """Return our own master, or the template's that the deck names."""
    template = deck.look.template
    return OwnBase(deck) if template is None else TemplateBase(deck, template)


class OwnBase:
    """Theme, master, layouts and table style of our own."""

    def __init__(self, deck: Deck) -> None:
        self._look = deck.look
        self._language = deck.properties.language
        self._with_notes = False
        self.package = package = DeckPackage.new()
        self.presentation = package.add("/ppt/presentation.xml", TYPES.PML_PRESENTATION_MAIN, b"")
        package.relate(None, "rId1", RELATIONS.OFFICE_DOCUMENT, self.presentation)
        self.layouts = self._master()
        self._properties()

    def _master(self) -> dict[str, PartRef]:
        package, look = self.package, self._look
        count = len(look.layouts)
        ids = [(FIRST_LAYOUT_ID + number, f"rId{number}") for number in range(1, count + 1)]
        sheet = package.add(
            "/ppt/slideMasters/slideMaster1.xml",
            TYPES.PML_SLIDE_MASTER,
            master.master_xml(look, self._language, ids).encode(),
        )
        package.relate(self.presentation, "rId1", RELATIONS.SLIDE_MASTER, sheet)
        layouts: dict[str, PartRef] = {}
        for number, layout in enumerate(look.layouts, 1):
            part = package.add(
                f"/ppt/{master.LAYOUTS}/slideLayout{number}.xml",
                TYPES.PML_SLIDE_LAYOUT,
                master.layout_xml(layout, look, self._language).encode(),
            )
            package.relate(sheet, f"rId{number}", RELATIONS.SLIDE_LAYOUT, part)
            package.relate(part, "rId1", RELATIONS.SLIDE_MASTER, sheet)
            layouts[layout.key] = part
        theme = self._theme(1)
        package.relate(sheet, f"rId{count + 1}", RELATIONS.THEME, theme)
        package.relate(self.presentation, "rId2", RELATIONS.THEME, theme)
        return layouts

    def _theme(self, number: int) -> PartRef:
        xml = master.theme_xml(self._look, self._language)
        return self.package.add(f"/ppt/theme/theme{number}.xml", TYPES.OFC_THEME, xml.encode())

    def _properties(self) -> None:
        package = self.package
        styles = package.add(
            "/ppt/tableStyles.xml",
            TYPES.PML_TABLE_STYLES,
            master.table_style_xml(self._look).encode(),
        )
        package.relate(self.presentation, "rId3", RELATIONS.TABLE_STYLES, styles)
        for rid, (name, (stem, kind, content_type)) in zip(
            ("rId5", "rId6"), _PROPERTY_PARTS.items(), strict=True
        ):
            blob = f"{HEAD}<p:{name} {NAMESPACES}/>".encode()
            package.relate(
                self.presentation, rid, kind, package.add(f"/ppt/{stem}.xml", content_type, blob)
            )

    def notes_master(self) -> PartRef:
        """Add our notes master."""
        self._with_notes = True
        notes = self.package.add(
            master.NOTES_MASTER_TARGET.replace("..", "/ppt"),
            TYPES.PML_NOTES_MASTER,
            master.notes_master_xml(self._look, self._language).encode(),
        )
        self.package.relate(self.presentation, "rId4", RELATIONS.NOTES_MASTER, notes)
        self.package.relate(notes, "rId1", RELATIONS.THEME, self._theme(2))
        return notes

    def finish(self, slide_ids: str, sections: str) -> None:
        """Write the presentation part."""
        size = self._look.size
        notes = '<p:notesMasterIdLst><p:notesMasterId r:id="rId4"/></p:notesMasterIdLst>'
        extensions = f"<p:extLst>{sections}</p:extLst>" if sections else ""
        self.presentation.blob = (
            f'{HEAD}<p:presentation {NAMESPACES} saveSubsetFonts="1" autoCompressPictures="0">'
            f'<p:sldMasterIdLst><p:sldMasterId id="{FIRST_LAYOUT_ID - 1}" r:id="rId1"/>'
            f"</p:sldMasterIdLst>{notes if self._with_notes else ''}"
            f"<p:sldIdLst>{slide_ids}</p:sldIdLst>"
            f'<p:sldSz cx="{emu(size.width)}" cy="{emu(size.height)}"/>'
            '<p:notesSz cx="6858000" cy="9144000"/>'
            f"{master.default_text_xml(self._look)}{extensions}</p:presentation>"
        ).encode()


class TemplateBase:
    """A template's masters, layouts, theme and notes master; slides and sections are ours."""

    def __init__(self, deck: Deck, path: Path) -> None:
        self._deck = deck
        self.package, self.presentation = DeckPackage.from_template(path)
        self._tree = etree.fromstring(self.presentation.blob)
        self.layouts = {layout.key: self.package.part(layout.part) for layout in deck.look.layouts}
        self._kinds = {rel.reltype: rel.target_part for rel in self.presentation.rels.values()}
        self._table_style()
        for name, (stem, kind, content_type) in _PROPERTY_PARTS.items():
            if kind not in self._kinds:
                blob = f"{HEAD}<p:{name} {NAMESPACES}/>".encode()
                part = self.package.add(f"/ppt/{stem}.xml", content_type, blob)
                self.package.relate(self.presentation, f"rId{stem}", kind, part)

    def _table_style(self) -> None:
        """Put our table style beside the template's."""
        ours = master.table_style_xml(self._deck.look).encode()
        part = self._kinds.get(RELATIONS.TABLE_STYLES)
        if part is None:
            part = self.package.add("/ppt/tableStyles.xml", TYPES.PML_TABLE_STYLES, ours)
            self.package.relate(self.presentation, "rIdTableStyles", RELATIONS.TABLE_STYLES, part)
            return
        tree = etree.fromstring(part.blob)
        tree.extend(etree.fromstring(ours))
        part.blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    def notes_master(self) -> PartRef:
        """Return the template's notes master, or add ours with the template's theme."""
        part = self._kinds.get(RELATIONS.NOTES_MASTER)
        if part is not None:
            return part
        look, language = self._deck.look, self._deck.properties.language
        part = self.package.add(
            "/ppt/notesMasters/notesMasterOurs.xml",
            TYPES.PML_NOTES_MASTER,
            master.notes_master_xml(look, language).encode(),
        )
        theme = self.package.add(
            "/ppt/theme/themeOurs.xml",
            TYPES.OFC_THEME,
            master.theme_xml(look, language).encode(),
        )
        self.package.relate(part, "rId1", RELATIONS.THEME, theme)
        self.package.relate(self.presentation, "rIdNotesMaster", RELATIONS.NOTES_MASTER, part)
        listed = etree.Element(f"{_P}notesMasterIdLst")
        etree.SubElement(listed, f"{_P}notesMasterId").set(f"{_R}id", "rIdNotesMaster")
        masters = self._tree.find(f"{_P}sldMasterIdLst")
        if masters is not None:
            masters.addnext(listed)
        return part

    def finish(self, slide_ids: str, sections: str) -> None:
        """Put our slides and sections into the template's presentation part."""
        tree = self._tree
        for name in ("sldIdLst", "custShowLst", "custDataLst", "modifyVerifier", "photoAlbum"):
            for old in tree.findall(f"{_P}{name}"):
                tree.remove(old)
        before = next(
            one
            for name in ("handoutMasterIdLst", "notesMasterIdLst", "sldMasterIdLst")
            if (one := tree.find(f"{_P}{name}")) is not None
        )
        before.addnext(etree.fromstring(f"<p:sldIdLst {NAMESPACES}>{slide_ids}</p:sldIdLst>"))
        extensions = tree.find(f"{_P}extLst")
        if extensions is None:
            extensions = etree.SubElement(tree, f"{_P}extLst")
        for old in list(extensions):
            if old.get("uri") == SECTIONS_URI:
                extensions.remove(old)
        if sections:
            wrapped = etree.fromstring(f"<x {NAMESPACES}>{sections}</x>")
            extensions.extend(wrapped)
        if not len(extensions):
            tree.remove(extensions)
        etree.cleanup_namespaces(tree, keep_ns_prefixes=["a", "r", "p"])
        self.presentation.blob = etree.tostring(
            tree, xml_declaration=True, encoding="UTF-8", standalone=True
        )
