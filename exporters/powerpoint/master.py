"""A look in -> the XML of theme, master, layouts, notes master and table style.

ECMA-376 part 1: theme 20.1.6, master and layout 19.3.1, table styles 20.1.4.2.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.layout.geometry import Insets, Rect
from exporters.powerpoint.xml import (
    HEAD,
    INDENT,
    NAMESPACES,
    attribute,
    body_properties,
    color,
    emu,
    escape,
    fill,
    identity,
    list_style,
    place,
    tags,
)

if TYPE_CHECKING:
    from exporters.powerpoint.plan import Drawing, Layout, Look, Placeholder

TABLE_STYLE = "{5F1C6B8A-93D7-4E55-8B3B-7A5C9E2D4F10}"
SLIDE_NUMBER = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"

LAYOUTS = "slideLayouts"
NOTES_MASTER_TARGET = "../notesMasters/notesMaster1.xml"
"""Where our own layouts and notes master are, as parts beside their folders refer to them."""

_SCRIPTS = (("Jpan", "ja"), ("Hang", "ko"), ("Hans", "zh-Hans"), ("Hant", "zh-Hant"))

TREE = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/>'
    '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)

_FORMATS = (
    '<a:fmtScheme name="Triptych"><a:fillStyleLst>'
    + '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    + "</a:fillStyleLst><a:lnStyleLst>"
    + "".join(
        f'<a:ln w="{width}" cap="flat" cmpd="sng" algn="ctr"><a:solidFill>'
        '<a:schemeClr val="phClr"/></a:solidFill><a:prstDash val="solid"/></a:ln>'
        for width in (6350, 12700, 19050)
    )
    + "</a:lnStyleLst><a:effectStyleLst>"
    + "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    + "</a:effectStyleLst><a:bgFillStyleLst>"
    + '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    + "</a:bgFillStyleLst></a:fmtScheme>"
)


def theme_xml(look: Look, language: str) -> str:
    """Return the theme part: our colours in its twelve slots, Latin and East Asian fonts."""
    palette = look.palette
    light = (palette.ink, palette.paper, palette.structure, palette.surface)
    dark = (palette.paper, palette.ink, palette.surface, palette.structure)
    slots = dict(
        zip(("dk1", "lt1", "dk2", "lt2"), dark if look.palette.is_dark else light, strict=True)
    )
    slots |= {
        f"accent{number}": palette.series[(number - 1) % len(palette.series)]
        for number in range(1, 7)
    }
    slots |= {"hlink": palette.link, "folHlink": palette.link}
    colors = "".join(
        f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>' for slot, value in slots.items()
    )
    fonts = look.fonts
    scripts = "".join(
        f'<a:font script="{script}" typeface="{attribute(fonts.for_language(tongue))}"/>'
        for script, tongue in _SCRIPTS
    )
    pair = (
        f'<a:latin typeface="{attribute(fonts.latin)}"/>'
        f'<a:ea typeface="{attribute(fonts.for_language(language))}"/>'
        f'<a:cs typeface="{attribute(fonts.latin)}"/>{scripts}'
    )
    name = attribute(f"Triptych {look.theme}")
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'name="{name}"><a:themeElements><a:clrScheme name="{name}">{colors}</a:clrScheme>'
        f'<a:fontScheme name="{name}"><a:majorFont>{pair}</a:majorFont>'
        f"<a:minorFont>{pair}</a:minorFont></a:fontScheme>{_FORMATS}</a:themeElements>"
        "<a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def _map(look: Look) -> str:
    one, two = ("dk", "lt") if look.palette.is_dark else ("lt", "dk")
    accents = "".join(f' accent{number}="accent{number}"' for number in range(1, 7))
    return (
        f'<p:clrMap bg1="{one}1" tx1="{two}1" bg2="{one}2" tx2="{two}2"{accents}'
        ' hlink="hlink" folHlink="folHlink"/>'
    )


def master_xml(look: Look, language: str, layout_ids: list[tuple[int, str]]) -> str:
    """Return the slide master: background, its four placeholders, text styles.

    ``layout_ids`` are each layout's id and relationship id.
    """
    frame = look.layout("content")
    boxes = [item for item in frame.placeholders if item.key in {"title", "body", "foot", "number"}]
    shapes = "".join(
        _placeholder(number, item, look, language, master=True)
        for number, item in enumerate(boxes, 2)
    )
    ids = "".join(f'<p:sldLayoutId id="{one}" r:id="{rid}"/>' for one, rid in layout_ids)
    return (
        f"{HEAD}<p:sldMaster {NAMESPACES}><p:cSld>{_ground('paper', look)}"
        f"<p:spTree>{TREE}{shapes}</p:spTree></p:cSld>{_map(look)}"
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        '<p:hf hdr="0" dt="0"/>'
        f"{_text_styles(look)}</p:sldMaster>"
    )


def layout_xml(layout: Layout, look: Look, language: str) -> str:
    """Return one layout."""
    number = 2
    drawings = []
    for drawing in layout.drawings:
        drawings.append(drawing_xml(number, drawing, look, user_drawn=True))
        number += 1
    boxes = []
    for item in layout.placeholders:
        boxes.append(_placeholder(number, item, look, language))
        number += 1
    ground = _ground(layout.ground, look) if layout.ground != "paper" else ""
    # A layout that is called "table" loses its background in LibreOffice 7.4.
    name = attribute(layout.name.capitalize())
    kind = f' type="{layout.kind}"' if layout.kind != "cust" else ""
    return (
        f'{HEAD}<p:sldLayout {NAMESPACES}{kind} preserve="1" userDrawn="1">'
        f'<p:cSld name="{name}">{ground}<p:spTree>{TREE}{"".join(drawings)}{"".join(boxes)}'
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def layout_targets(look: Look) -> dict[str, str]:
    """Return how slides in their folder refer to our layouts, by the layouts' keys."""
    return {
        layout.key: f"../{LAYOUTS}/slideLayout{number}.xml"
        for number, layout in enumerate(look.layouts, 1)
    }


def drawing_xml(number: int, item: Drawing, look: Look, *, user_drawn: bool = False) -> str:
    """Return a decorative shape without text."""
    drawn = ' userDrawn="1"' if user_drawn else ""
    return (
        f"<p:sp><p:nvSpPr>{identity(number, item.name, decorative=True)}<p:cNvSpPr/>"
        f"<p:nvPr{drawn}/></p:nvSpPr><p:spPr>{place(item.rect)}"
        f'<a:prstGeom prst="{item.form}"><a:avLst/></a:prstGeom>{fill(item.fill, look)}'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def reference(item: Placeholder) -> str:
    """Return what joins a shape to its layout's placeholder (19.3.1.36 ph)."""
    index = f' idx="{item.index}"' if item.index is not None else ""
    kind = f' type="{item.kind}"' if item.kind != "obj" else ""
    size = ' sz="quarter"' if item.kind in {"ftr", "sldNum"} else ""
    return f"<p:ph{kind}{size}{index}/>"


def _placeholder(
    number: int, item: Placeholder, look: Look, language: str, *, master: bool = False
) -> str:
    lang, alternative = tags(language)
    run = f'<a:rPr lang="{lang}" altLang="{alternative}"/>'
    if item.kind == "sldNum":
        text = f'<a:fld id="{SLIDE_NUMBER}" type="slidenum">{run}<a:t>‹#›</a:t></a:fld>'
    else:
        text = f'<a:endParaRPr lang="{lang}" altLang="{alternative}"/>'
    indexes = {"body": 1, "ftr": 3, "sldNum": 4}
    index = indexes.get(item.kind) if master else item.index
    kind = {"ctrTitle": "title"}.get(item.kind, item.kind) if master else item.kind
    attributes = f' type="{kind}"' + (f' idx="{index}"' if index is not None else "")
    return (
        f"<p:sp><p:nvSpPr>{identity(number, f'{item.key} {number - 1}')}"
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{attributes}/></p:nvPr></p:nvSpPr>"
        f'<p:spPr>{place(item.rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f"{fill(item.fill, look)}</p:spPr>"
        f"<p:txBody>{body_properties(item.insets, item.anchor)}{list_style(item, look)}"
        f"<a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _ground(role: str, look: Look) -> str:
    return f"<p:bg><p:bgPr>{fill(role, look)}<a:effectLst/></p:bgPr></p:bg>"


def _text_styles(look: Look) -> str:
    frame = look.layout("content")
    title, body = frame.get("title"), frame.get("body")

    def level(number: int, step: tuple[float, float, bool], role: str, font: str, mark: str) -> str:
        size, leading, bold = step
        indent = emu(INDENT)
        left = f' marL="{indent * number}" indent="{-indent}"' if mark else ' marL="0" indent="0"'
        bullet = (
            f'<a:buClr>{color("structure", look)}</a:buClr><a:buFont typeface="Arial"/>'
            f'<a:buChar char="{mark}"/>'
            if mark
            else "<a:buNone/>"
        )
        return (
            f'<a:lvl{number}pPr{left} algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
            f'latinLnBrk="0" hangingPunct="0"><a:lnSpc><a:spcPts val="{round(leading * 100)}"/>'
            f'</a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>{bullet}'
            f'<a:defRPr sz="{round(size * 100)}" b="{int(bold)}" kern="1200">{fill(role, look)}'
            f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/>'
            f'<a:cs typeface="+{font}-cs"/></a:defRPr></a:lvl{number}pPr>'
        )

    marks = ("•", "–", "•", "–", "•", "•", "•", "•", "•")
    bodies = "".join(
        level(number, body.types[0], "ink", "mn", mark) for number, mark in enumerate(marks, 1)
    )
    others = "".join(
        f'<a:lvl{number}pPr marL="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        'latinLnBrk="0" hangingPunct="0">'
        f'<a:defRPr sz="1800" kern="1200">{fill("ink", look)}<a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{number}pPr>'
        for number in range(1, 10)
    )
    return (
        f"<p:txStyles><p:titleStyle>{level(1, title.types[0], title.color, 'mj', '')}"
        f"</p:titleStyle><p:bodyStyle>{bodies}</p:bodyStyle>"
        f"<p:otherStyle>{others}</p:otherStyle></p:txStyles>"
    )


def default_text_xml(look: Look) -> str:
    """Return the presentation's default text style (19.2.1.8): tables take their font here."""
    levels = "".join(
        f'<a:lvl{number}pPr marL="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        'latinLnBrk="0" hangingPunct="0">'
        f'<a:defRPr sz="1800" kern="1200">{fill("ink", look)}<a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{number}pPr>'
        for number in range(1, 10)
    )
    return f"<p:defaultTextStyle>{levels}</p:defaultTextStyle>"


def table_style_xml(look: Look) -> str:
    """Return our one table style: a rule under the header, hairlines between rows, no boxes."""

    def line(name: str, width: float, role: str) -> str:
        return f'<a:{name}><a:ln w="{emu(width)}" cmpd="sng">{fill(role, look)}</a:ln></a:{name}>'

    def none(name: str) -> str:
        return f"<a:{name}><a:ln><a:noFill/></a:ln></a:{name}>"

    whole = "".join(
        (
            none("left"),
            none("right"),
            none("top"),
            line("bottom", look.hairline, "hairline"),
            line("insideH", look.hairline, "hairline"),
            none("insideV"),
        )
    )
    font = '<a:fontRef idx="minor"/>'
    return (
        f'{HEAD}<a:tblStyleLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'def="{TABLE_STYLE}"><a:tblStyle styleId="{TABLE_STYLE}" styleName="Triptych">'
        f"<a:wholeTbl><a:tcTxStyle>{font}{color('ink', look)}</a:tcTxStyle>"
        f"<a:tcStyle><a:tcBdr>{whole}</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        f'<a:firstCol><a:tcTxStyle b="on">{font}{color("ink", look)}</a:tcTxStyle>'
        "<a:tcStyle><a:tcBdr/></a:tcStyle></a:firstCol>"
        f'<a:firstRow><a:tcTxStyle b="on">{font}{color("structure", look)}</a:tcTxStyle>'
        f"<a:tcStyle><a:tcBdr>{line('bottom', look.header_rule, 'structure')}</a:tcBdr></a:tcStyle>"
        "</a:firstRow></a:tblStyle></a:tblStyleLst>"
    )


def notes_master_xml(look: Look, language: str) -> str:
    """Return the notes master: the slide's picture above, the notes below, on a 540 x 720 page."""
    lang, alternative = tags(language)
    size = look.size
    picture = Rect(60, 54, 420, 420 * size.height / size.width)
    text = Rect(54, 320, 432, 346)
    levels = "".join(
        f'<a:lvl{number}pPr marL="{emu(INDENT) * (number - 1)}" algn="l" defTabSz="914400" rtl="0" '
        'eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:defRPr sz="1200" kern="1200">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{number}pPr>'
        for number in range(1, 10)
    )
    accents = "".join(f' accent{number}="accent{number}"' for number in range(1, 7))
    return (
        f"{HEAD}<p:notesMaster {NAMESPACES}><p:cSld>"
        '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr>'
        f"</p:bg><p:spTree>{TREE}"
        f"<p:sp><p:nvSpPr>{identity(2, 'slide image 1')}"
        '<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{place(picture)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        f'<a:ln w="6350"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln></p:spPr></p:sp>'
        f"<p:sp><p:nvSpPr>{identity(3, 'notes 2')}"
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" sz="quarter" idx="3"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{place(text)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f"<p:txBody>{body_properties(Insets(), 't')}<a:lstStyle/>"
        f'<a:p><a:endParaRPr lang="{lang}" altLang="{alternative}"/></a:p></p:txBody></p:sp>'
        "</p:spTree></p:cSld>"
        f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"{accents}'
        ' hlink="hlink" folHlink="folHlink"/>'
        f"<p:notesStyle>{levels}</p:notesStyle></p:notesMaster>"
    )


def notes_xml(number: int, paragraphs: str) -> str:
    """Return one slide's notes."""
    return (
        f"{HEAD}<p:notes {NAMESPACES}><p:cSld><p:spTree>{TREE}"
        f"<p:sp><p:nvSpPr>{identity(2, f'slide {number}')}"
        '<p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
        f"<p:sp><p:nvSpPr>{identity(3, 'notes')}"
        '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" idx="3"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
        "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def application_xml(slides: int, notes: int) -> str:
    """Return the extended properties (part 1, 22.2)."""
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Triptych</Application>'
        f"<PresentationFormat>{escape('Widescreen')}</PresentationFormat>"
        f"<Slides>{slides}</Slides><Notes>{notes}</Notes></Properties>"
    )
