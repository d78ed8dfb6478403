"""Properties in -> what makes the file PDF/UA-1 and PDF/A-3a: information, XMP, colours.

ISO 14289-1 (5, 7.1), ISO 19005-3 (6.2.3 output intent, 6.6 metadata).
"""

from __future__ import annotations

import struct
from html import escape
from typing import TYPE_CHECKING

from exporters.pdf import syntax

if TYPE_CHECKING:
    from exporters.pdf.package import Package
    from exporters.properties import Properties

PRODUCER = "Triptych (ReportLab)"
CREATOR = "Triptych"


def information(properties: Properties) -> dict[str, bytes]:
    """Return the document information dictionary, the same in content as the XMP."""
    entries = {
        "Title": properties.title,
        "Author": _names(properties.authors),
        "Subject": properties.abstract or properties.subject,
        "Keywords": _names(properties.keywords),
        "Creator": CREATOR,
        "Producer": PRODUCER,
        "Identifier": properties.identifier,
    }
    texts = {key: syntax.text(value) for key, value in entries.items() if value}
    created = syntax.date(properties.created)
    return {**texts, "CreationDate": created, "ModDate": created}


def put_metadata(package: Package, properties: Properties) -> None:
    """Add XMP, output intent, and viewer preferences to the catalog."""
    xmp = package.add_stream(b"/Type/Metadata/Subtype/XML", _xmp(properties), compress=False)
    profile = package.add_stream(b"/N 3", srgb_profile())
    intent = (
        b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
        b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>" % profile
    )
    package.set_catalog(
        Metadata=b"%d 0 R" % xmp,
        OutputIntents=b"[%b]" % intent,
        ViewerPreferences=b"<</DisplayDocTitle true>>",
    )


def _names(values: tuple[str, ...]) -> str:
    return ", ".join(values)


_PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"\
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"\
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"\
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"\
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"\
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
{entries}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to\
</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def _xmp(properties: Properties) -> bytes:
    about = properties.abstract or properties.subject
    moment = f"{properties.created:%Y-%m-%dT%H:%M:%SZ}"
    entries = [
        _element("dc:format", "application/pdf"),
        _element("dc:title", properties.title, "Alt"),
        *([_element("dc:creator", *properties.authors, "Seq")] if properties.authors else ()),
        *([_element("dc:description", about, "Alt")] if about else ()),
        *([_element("dc:subject", *properties.keywords, "Bag")] if properties.keywords else ()),
        *([_element("pdf:Keywords", _names(properties.keywords))] if properties.keywords else ()),
        _element("dc:language", properties.language, "Bag"),
        *([_element("dc:identifier", properties.identifier)] if properties.identifier else ()),
        _element("pdf:Producer", PRODUCER),
        _element("xmp:CreatorTool", CREATOR),
        _element("xmp:CreateDate", moment),
        _element("xmp:ModifyDate", moment),
    ]
    return _PACKET.format(entries="\n".join(entries)).encode()


def _element(name: str, *values: str) -> str:
    """Return one property; of several values the last names the container."""
    if len(values) == 1:
        return f"<{name}>{escape(values[0], quote=False)}</{name}>"
    *texts, container = values
    language = ' xml:lang="x-default"' if container == "Alt" else ""
    items = "".join(f"<rdf:li{language}>{escape(text, quote=False)}</rdf:li>" for text in texts)
    return f"<{name}><rdf:{container}>{items}</rdf:{container}></{name}>"


def srgb_profile() -> bytes:
    """Return an ICC profile of sRGB (ICC.1:2010, version 4.2; IEC 61966-2-1).

    The smallest that is exact: primaries adapted to D50 by Bradford's matrix,
    and the transfer curve as a parametric one of type 3.
    """

    def fixed(*values: float) -> bytes:
        return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

    def words(value: str) -> bytes:
        encoded = value.encode("utf-16-be")
        return b"mluc" + struct.pack(">4xII2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded

    curve = (
        b"para"
        + struct.pack(">4xHxx", 3)
        + fixed(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
    )
    tags = {
        b"desc": words("sRGB"),
        b"cprt": words("Public domain"),
        b"wtpt": b"XYZ " + bytes(4) + fixed(0.9642, 1.0, 0.8249),
        b"chad": b"sf32"
        + bytes(4)
        + fixed(1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168),
        b"rXYZ": b"XYZ " + bytes(4) + fixed(0.43607, 0.22249, 0.01392),
        b"gXYZ": b"XYZ " + bytes(4) + fixed(0.38515, 0.71687, 0.09708),
        b"bXYZ": b"XYZ " + bytes(4) + fixed(0.14307, 0.06061, 0.71410),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    offset = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    placed: dict[bytes, int] = {}
    for signature, value in tags.items():
        if value not in placed:
            placed[value] = offset + len(data)
            data += value + bytes(-len(value) % 4)
        table += signature + struct.pack(">II", placed[value], len(value))
    head = struct.pack(
        ">I4xI4s4s4s6H4s4xI4xIIQ3i4x",
        128 + len(table) + len(data),
        0x04200000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2010, 1, 1, 0, 0, 0),
        b"acsp",
        0,
        0,
        0,
        0,
        *struct.unpack(">3i", fixed(0.9642, 1.0, 0.8249)),
    )
    return head + bytes(128 - len(head)) + table + data
