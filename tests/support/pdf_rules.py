"""A PDF in -> the rules of PDF/UA-1 and PDF/A-3a that it breaks: rules as data, with clauses.

Of ISO 14289-1 and ISO 19005-3 (level A) what a machine can check and what such
files can break. A rule yields a sentence for every fault. Reading is pikepdf's:
nothing is shared with the writer.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from pdf_facts import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

UA = "ISO 14289-1"
A = "ISO 19005-3"

XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "ext": "http://www.aiim.org/pdfa/ns/extension/",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
}

GROUPING = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
STANDARD = frozenset(
    (
        f"{GROUPING} P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span "
        "Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula "
        "Form"
    ).split()
)
"""ISO 32000-1, 14.8.4: the standard structure types."""

LONGEST_NAME = 128

WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
    "TOCI": {"TOC"},
}
"""What a type must stand directly in (ISO 32000-1, 14.8.4.3)."""


class Rule(NamedTuple):
    """One rule: where it is laid down, what it asks, and how to see that it is broken."""

    clause: str
    asks: str
    faults: Callable[[Facts], Iterator[str]]


RULES: list[Rule] = []


def rule(
    clause: str, asks: str
) -> Callable[[Callable[[Facts], Iterator[str]]], Callable[[Facts], Iterator[str]]]:
    """Add a rule to the list."""

    def add(faults: Callable[[Facts], Iterator[str]]) -> Callable[[Facts], Iterator[str]]:
        RULES.append(Rule(clause, asks, faults))
        return faults

    return add


def broken_rules(path: Path) -> list[str]:
    """Return every fault of a file, each with its clause."""
    with pikepdf.open(path) as pdf:
        facts = Facts(pdf, path.read_bytes())
        return [f"{one.clause}: {fault}" for one in RULES for fault in one.faults(facts)]


# --- the file ----------------------------------------------------------------------------


@rule(f"{A} 6.1.2", "the header, then four bytes over 127")
def header(facts: Facts) -> Iterator[str]:
    first, second = facts.data.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]", first):
        yield f"the header is {first!r}"
    if not (second.startswith(b"%") and len(second) > 4 and all(b > 127 for b in second[1:5])):
        yield "the comment after the header is not binary"


@rule(f"{A} 6.1.3", "an ID in the trailer, no encryption")
def trailer(facts: Facts) -> Iterator[str]:
    if len(facts.pdf.trailer.get("/ID", ())) != 2:
        yield "the trailer has no ID"
    if "/Encrypt" in facts.pdf.trailer:
        yield "the file is encrypted"


@rule(f"{A} 6.1.7.2", "only standard filters, LZW not among them; no external streams")
def filters(facts: Facts) -> Iterator[str]:
    for stream in facts.streams:
        used = stream.get("/Filter", pikepdf.Array())
        names = [used] if isinstance(used, pikepdf.Name) else list(used)
        for name in names:
            if name in {"/LZWDecode", "/Crypt"}:
                yield f"a stream uses {name}"
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield "a stream's data lie in another file"


@rule(f"{A} 6.1.12", "numbers and names within the limits of implementations")
def limits(facts: Facts) -> Iterator[str]:
    for item in facts.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield from (
                f"the name {key[:20]} is too long"
                for key in set(item.keys())
                if len(key) > LONGEST_NAME
            )


# --- metadata ----------------------------------------------------------------------------


@rule(f"{A} 6.6.2", "metadata in the catalog, readable by any program")
def metadata_is_plain(facts: Facts) -> Iterator[str]:
    stream = facts.pdf.Root.get("/Metadata")
    if stream is None:
        yield "the catalog has no metadata"
    elif "/Filter" in stream:
        yield "the metadata are compressed"
    elif facts.xmp is None:
        yield "the metadata are no XML"


def xmp(facts: Facts, path: str) -> str:
    """Return the text of an XMP property, empty when it is not there."""
    if facts.xmp is None:
        return ""
    found = facts.xmp.xpath(f"string(//{path})", namespaces=XMP)
    return str(found).strip()


@rule(f"{A} 6.6.4", "the file says that it is PDF/A-3, level A")
def pdfa_identification(facts: Facts) -> Iterator[str]:
    said = xmp(facts, "pdfaid:part"), xmp(facts, "pdfaid:conformance")
    if said != ("3", "A"):
        yield f"it says that it is PDF/A {said}"


@rule(f"{UA} 5", "the file says that it is PDF/UA-1")
def pdfua_identification(facts: Facts) -> Iterator[str]:
    if xmp(facts, "pdfuaid:part") != "1":
        yield "it does not say that it is PDF/UA-1"


@rule(f"{A} 6.6.2.3", "schemas that XMP does not know are described")
def extension_schemas(facts: Facts) -> Iterator[str]:
    if xmp(facts, "pdfuaid:part") and xmp(facts, "schema:namespaceURI") != XMP["pdfuaid"]:
        yield "the schema of PDF/UA is not described"


@rule(f"{A} 6.6.3", "document information says the same as the metadata")
def information(facts: Facts) -> Iterator[str]:
    for key, path in (
        ("/Title", "dc:title"),
        ("/Subject", "dc:description"),
        ("/Keywords", "pdf:Keywords"),
        ("/Creator", "xmp:CreatorTool"),
        ("/Producer", "pdf:Producer"),
    ):
        if key in facts.pdf.docinfo and str(facts.pdf.docinfo[key]) != xmp(facts, path):
            yield f"{key[1:]} is not the metadata's {path}"
    for key, path in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        digits = re.sub(r"\D", "", str(facts.pdf.docinfo.get(key, "")))
        if digits and digits != re.sub(r"\D", "", xmp(facts, path)):
            yield f"{key[1:]} is not the metadata's {path}"


@rule(f"{UA} 7.1", "a title, which the window shows")
def title(facts: Facts) -> Iterator[str]:
    if not xmp(facts, "dc:title"):
        yield "the metadata have no title"
    preferences = facts.pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    if not preferences.get("/DisplayDocTitle", False):
        yield "the window does not show the title"


@rule(f"{UA} 7.2", "the language of the document, and of what is in another, is a language")
def languages(facts: Facts) -> Iterator[str]:
    if "/Lang" not in facts.pdf.Root:
        yield "the document has no language"
    said = [str(facts.pdf.Root.get("/Lang", "")), *(node.lang for node in facts.nodes)]
    for tag in said:
        if tag and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
            yield f"{tag!r} is no language (RFC 5646)"


# --- colour, pictures, transparency --------------------------------------------------------


@rule(f"{A} 6.2.3", "an output intent with an RGB profile")
def output_intent(facts: Facts) -> Iterator[str]:
    intents = [one for one in facts.pdf.Root.get("/OutputIntents", ()) if one.S == "/GTS_PDFA1"]
    if len(intents) != 1:
        yield f"there are {len(intents)} output intents for PDF/A"
        return
    profile = intents[0].get("/DestOutputProfile")
    data = profile.read_bytes() if profile is not None else b""
    if data[36:40] != b"acsp" or len(data) != int.from_bytes(data[:4], "big"):
        yield "the output intent has no ICC profile"
    elif profile is None or (int(profile.N), data[16:20]) != (3, b"RGB "):
        yield "the profile's components are not those of RGB"


@rule(f"{A} 6.2.4.3", "no device colours but those of the output intent")
def device_colors(facts: Facts) -> Iterator[str]:
    for page in facts.pages:
        for operator in page.operators & {"k", "K"}:
            yield f"page {page.number} uses DeviceCMYK ({operator})"
    for image in facts.images:
        if image.get("/ColorSpace") == "/DeviceCMYK":
            yield "a picture is in DeviceCMYK"


@rule(f"{A} 6.2.8", "pictures without alternates or interpolation")
def pictures(facts: Facts) -> Iterator[str]:
    for image in facts.images:
        if "/Alternates" in image or "/OPI" in image:
            yield "a picture has alternates"
        if image.get("/Interpolate", False):
            yield "a picture is interpolated"


@rule(f"{A} 6.2.9", "no PostScript, no references to other files")
def form_xobjects(facts: Facts) -> Iterator[str]:
    for stream in facts.streams:
        if stream.get("/Subtype") == "/PS" or "/Ref" in stream:
            yield "an XObject is PostScript or refers to another file"


@rule(f"{A} 6.9", "no optional content whose state is left open; none at all here")
def optional_content(facts: Facts) -> Iterator[str]:
    if "/OCProperties" in facts.pdf.Root:
        yield "there is optional content"


# --- actions, annotations, files ------------------------------------------------------------


@rule(f"{A} 6.5.1", "no actions but links")
def actions(facts: Facts) -> Iterator[str]:
    for item in facts.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") in {
            *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/JavaScript"),
            *("/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView"),
        }:
            yield f"there is an action {item.S}"
    if "/AA" in facts.pdf.Root or "/JavaScript" in facts.pdf.Root.get("/Names", {}):
        yield "the document does something by itself"


@rule(f"{A} 6.3.2", "annotations that print and are not hidden")
def annotation_flags(facts: Facts) -> Iterator[str]:
    hidden = 1 | 2 | 32 | 256  # Invisible, Hidden, NoView, ToggleNoView
    for page, annotation in facts.annotations:
        flags = int(annotation.get("/F", 0))
        if not flags & 4 or flags & hidden:
            yield f"page {page}: an annotation has the flags {flags}"


@rule(f"{A} 6.3.1", "annotations of allowed types")
def annotation_types(facts: Facts) -> Iterator[str]:
    for page, annotation in facts.annotations:
        if annotation.Subtype in {"/3D", "/Sound", "/Screen", "/Movie"}:
            yield f"page {page}: an annotation is a {annotation.Subtype}"


@rule(f"{UA} 7.18.1", "every annotation is in the structure, a link in a Link")
def annotations_are_tagged(facts: Facts) -> Iterator[str]:
    for page, annotation in facts.annotations:
        node = facts.parent_of(annotation.get("/StructParent"))
        if node is None:
            yield f"page {page}: an annotation is in no structure element"
        elif annotation.Subtype == "/Link" and node.type != "Link":
            yield f"page {page}: a link is in a {node.type}"
        elif annotation.objgen not in node.annotations:
            yield f"page {page}: the element of an annotation does not name it"


@rule(f"{UA} 7.18.3", "the order of tabs on a page with annotations is the structure's")
def tab_order(facts: Facts) -> Iterator[str]:
    for page in facts.pages:
        if "/Annots" in page.obj and page.obj.get("/Tabs") != "/S":
            yield f"page {page.number} has no order of tabs"


@rule(f"{UA} 7.18.5", "links have a description")
def link_descriptions(facts: Facts) -> Iterator[str]:
    for page, annotation in facts.annotations:
        if not str(annotation.get("/Contents", "")).strip():
            yield f"page {page}: a link has no description"


@rule(f"{A} 6.8", "attached files say what they are and what they are to the document")
def attached_files(facts: Facts) -> Iterator[str]:
    associated = {one.objgen for one in facts.pdf.Root.get("/AF", ())}
    for item in facts.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Filespec":
            if item.get("/AFRelationship") not in {
                *("/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"),
            }:
                yield "an attached file does not say its relationship"
            if item.objgen not in associated:
                yield "an attached file is associated with nothing"
            for key in ("/F", "/UF"):
                if key not in item:
                    yield f"an attached file has no {key} ({UA} 7.11)"
            stream = item.EF.F
            if "/Subtype" not in stream or "/ModDate" not in stream.get("/Params", {}):
                yield "an attached file does not say its type or date"


# --- fonts -----------------------------------------------------------------------------------


@rule(f"{UA} 7.21.4.1", "every font is embedded")
def fonts_are_embedded(facts: Facts) -> Iterator[str]:
    for font in facts.fonts:
        if font.program is None:
            yield f"{font.name} is not embedded"


@rule(f"{UA} 7.21.3", "composite fonts: Identity-H, a map from codes to glyphs")
def composite_fonts(facts: Facts) -> Iterator[str]:
    for font in facts.fonts:
        if font.obj.Subtype != "/Type0":
            yield f"{font.name} is no composite font"
        elif font.obj.get("/Encoding") != "/Identity-H":
            yield f"{font.name} has another encoding"
        elif font.descendant.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in font.descendant:
            yield f"{font.name} has no CIDToGIDMap"


@rule(f"{A} 6.2.11.5", "widths as in the font's program")
def font_widths(facts: Facts) -> Iterator[str]:
    for font in facts.fonts:
        for code, glyph in font.glyphs.items():
            told = font.widths.get(code, float(font.descendant.get("/DW", 1000)))
            own = font.program_widths.get(glyph, told)
            if abs(told - own) > 1:
                yield f"{font.name}: code {code} is {told} wide, its glyph {own}"


@rule(f"{UA} 7.21.7", "every code shown has its text")
def to_unicode(facts: Facts) -> Iterator[str]:
    for font in facts.fonts:
        for code in sorted(font.shown):
            text = font.to_unicode.get(code, "")
            if not text or set(text) & {"\0", "\ufeff", "\ufffe"}:
                yield f"{font.name}: code {code} has no text"


@rule(f"{UA} 7.21.8", "no reference to .notdef")
def notdef(facts: Facts) -> Iterator[str]:
    for font in facts.fonts:
        if 0 in font.glyphs.values():
            yield f"{font.name} shows .notdef"


@rule(f"{A} 6.2.11.4.1", "all glyphs shown are in the program")
def glyphs_are_there(facts: Facts) -> Iterator[str]:
    for font in facts.fonts:
        if font.program is not None and set(font.glyphs.values()) - font.program_widths.keys():
            yield f"{font.name} shows glyphs that its program lacks"


# --- structure ---------------------------------------------------------------------------------


@rule(f"{A} 6.7.2", "the document is marked, and has a structure")
def is_tagged(facts: Facts) -> Iterator[str]:
    mark = facts.pdf.Root.get("/MarkInfo", pikepdf.Dictionary())
    if not mark.get("/Marked", False):
        yield "the document is not marked"
    if mark.get("/Suspects", False):
        yield "the document doubts its own structure"
    if "/StructTreeRoot" not in facts.pdf.Root:
        yield "there is no structure"


@rule(f"{UA} 7.1 (content)", "all content is in the structure or an artifact")
def content_is_marked(facts: Facts) -> Iterator[str]:
    for page in facts.pages:
        if page.unmarked:
            yield f"page {page.number}: {page.unmarked} drawings are in no marked content"
        if page.nested_artifacts:
            yield f"page {page.number}: an artifact is in content, or content in an artifact"


@rule(f"{UA} 7.1 (ParentTree)", "marks and elements name each other")
def parent_tree(facts: Facts) -> Iterator[str]:
    for page in facts.pages:
        listed = facts.parents.get(page.key)
        for mark in sorted(page.marks):
            node = listed[mark] if listed is not None and mark < len(listed) else None
            if node is None:
                yield f"page {page.number}: mark {mark} is in no element"
            elif (page.index, mark) not in node.marks:
                yield f"page {page.number}: the element of mark {mark} does not hold it"
    for node in facts.nodes:
        for index, mark in node.marks:
            if mark not in facts.pages[index].marks:
                yield f"a {node.type} holds mark {mark}, which page {index + 1} does not have"


@rule(f"{A} 6.7.3.4", "types are standard ones")
def standard_types(facts: Facts) -> Iterator[str]:
    root = facts.pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    roles = root.get("/RoleMap", pikepdf.Dictionary())
    for node in facts.nodes:
        mapped = str(roles.get("/" + node.type, "/" + node.type))[1:]
        if mapped not in STANDARD:
            yield f"{node.type} is no standard type"


@rule(f"{UA} 7.2 (nesting)", "parts of tables, lists and contents stand where they belong")
def nesting(facts: Facts) -> Iterator[str]:
    for node in facts.nodes:
        above = node.parent.type if node.parent else ""
        if node.type in WITHIN and above not in WITHIN[node.type]:
            yield f"a {node.type} stands in a {above or 'root'}"
        if node.type in {"Table", "L", "TR", "TOC"} and node.marks:
            yield f"a {node.type} holds text of its own"


@rule(f"{UA} 7.4.2", "levels of headings begin at one and are never skipped")
def headings(facts: Facts) -> Iterator[str]:
    levels = [int(node.type[1]) for node in facts.nodes if re.fullmatch("H[1-6]", node.type)]
    if levels and levels[0] != 1:
        yield f"the first heading is an H{levels[0]}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"an H{after} follows an H{before}"


@rule(f"{UA} 7.5", "header cells have a scope, rows as many cells as one another")
def tables(facts: Facts) -> Iterator[str]:
    for node in facts.nodes:
        if node.type == "TH" and node.attribute("Table", "Scope") not in {
            "/Column",
            "/Row",
            "/Both",
        }:
            yield "a TH has no scope"
        if node.type == "Table":
            counts = {len(row.children) for row in node.descendants("TR")}
            if len(counts) > 1:
                yield f"a table has rows of {sorted(counts)} cells"
            if not counts:
                yield "a table has no rows"
            kinds = {kid.type for kid in node.children}
            if kinds & {"THead", "TFoot"} and "TBody" not in kinds:
                yield "a table has a head or a foot, and no body"


@rule(f"{UA} 7.6", "items of lists are labels and bodies")
def lists(facts: Facts) -> Iterator[str]:
    for node in facts.nodes:
        if node.type == "LI" and {kid.type for kid in node.children} - {"Lbl", "LBody"}:
            yield "an LI holds something that is neither label nor body"
        if node.type == "LI" and "LBody" not in {kid.type for kid in node.children}:
            yield "an LI has no body"
        labels = [kid for item in node.children for kid in item.children if kid.type == "Lbl"]
        numbering = node.attribute("List", "ListNumbering")
        if node.type == "L" and labels and numbering in {None, "/None"}:
            yield "a list with labels has no ListNumbering"


@rule(f"{UA} 7.3", "pictures have a text in their place, and say where they stand")
def figures(facts: Facts) -> Iterator[str]:
    for node in facts.nodes:
        if node.type == "Figure":
            if not node.alt:
                yield "a Figure has no alternative text"
            if node.attribute("Layout", "BBox") is None:
                yield "a Figure has no BBox"


@rule(f"{UA} 7.7", "formulas have a text in their place")
def formulas(facts: Facts) -> Iterator[str]:
    for node in facts.nodes:
        if node.type == "Formula" and not node.alt:
            yield "a Formula has no alternative text"


@rule(f"{UA} 7.9", "notes have an id, each its own")
def notes(facts: Facts) -> Iterator[str]:
    ids = [node.id for node in facts.nodes if node.id]
    for node in facts.nodes:
        if node.type == "Note" and not node.id:
            yield "a Note has no id"
    for one in {one for one in ids if ids.count(one) > 1}:
        yield f"the id {one} is there twice"
