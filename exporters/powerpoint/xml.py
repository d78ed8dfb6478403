"""Planned text, colours and boxes in -> DrawingML fragments (ECMA-376 part 1, chapter 21).

Everything is a string: parsing and serialising trees costs more than all else in
a large deck. Whatever comes from a report passes `escape`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exporters.layout.geometry import EMU_PER_PT
from exporters.powerpoint.plan import Jump, Mark
from report_data.expressions import when_used

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from exporters.layout.geometry import Insets, Pt, Rect
    from exporters.powerpoint.plan import Link, Look, Placeholder, Role, TextParagraph, TextRun
    from exporters.theme import Type

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)

FURNITURE_URI = "{7B6F1D9C-2E35-4C4B-9A0D-5A1E8C0F3D21}"
"""Marks a run whose words are the tool's own, in the run's extension list (21.2.2.23)."""

_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
    'val="1"/></a:ext></a:extLst>'
)

INDENT: Pt = 26.0
"""The hanging indent of a list level, in points."""

_LEVELS = 9
"""Paragraph levels that DrawingML knows (21.1.2.4.13 lvl1pPr to lvl9pPr)."""

_BULLETS = ("•", "–", "•", "–", "•")
_MARKS = {Mark.TASK: "☐", Mark.DONE: "☑"}

_NOT_XML = when_used(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 (section 2.2, Char) cannot hold."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_NEEDS_ESCAPE = re.compile('[&<>"]')

_LANGUAGES = {
    "zh-Hans": ("zh-CN", "en-US"),
    "zh-Hant": ("zh-TW", "en-US"),
    "ja": ("ja-JP", "en-US"),
    "ko": ("ko-KR", "en-US"),
    "en": ("en-US", "zh-CN"),
}

_SLOTS = {
    "ink": "tx1",
    "paper": "bg1",
    "structure": "tx2",
    "surface": "bg2",
    "link": "hlink",
    **{f"series-{number}": f"accent{number}" for number in range(1, 7)},
}
"""Colour roles that are slots of the theme (20.1.10.54 ST_SchemeColorVal)."""


def escape(text: str) -> str:
    """Return text as XML character data; what XML cannot hold becomes U+FFFD."""
    if _NEEDS_ESCAPE.search(text):
        text = text.translate(_ESCAPES)
    return text if text.isprintable() else _NOT_XML.sub("\ufffd", text)


def emu(length: Pt) -> int:
    """Return points as English Metric Units, whole."""
    return round(length * EMU_PER_PT)


def tags(language: str) -> tuple[str, str]:
    """Return a language as the BCP 47 tags of `lang` and `altLang`."""
    return _LANGUAGES.get(language, (language, "en-US"))


def color(role: Role, look: Look) -> str:
    """Return a colour: a slot of the theme where the role is one, else its value."""
    if role.startswith("#"):
        return f'<a:srgbClr val="{role[1:]}"/>'
    slot = _SLOTS.get(role)
    if slot and role not in look.fixed:
        return f'<a:schemeClr val="{slot}"/>'
    side = role.removeprefix("series-")
    value = getattr(look.palette, role) if side == role else look.palette.series[int(side) - 1]
    return f'<a:srgbClr val="{value}"/>'


def fill(role: Role, look: Look) -> str:
    """Return a solid fill, or nothing for no role."""
    return f"<a:solidFill>{color(role, look)}</a:solidFill>" if role else ""


def place(rect: Rect, tag: str = "a:xfrm") -> str:
    """Return a box's position and size."""
    return (
        f'<{tag}><a:off x="{emu(rect.x)}" y="{emu(rect.y)}"/>'
        f'<a:ext cx="{emu(rect.width)}" cy="{emu(rect.height)}"/></{tag}>'
    )


def identity(
    number: int, name: str, description: str = "", *, inner: str = "", decorative: bool = False
) -> str:
    """Return a shape's id, name and alternative text (20.1.2.2.8 cNvPr); ``inner`` is its link."""
    described = f' descr="{attribute(description)}"' if description else ""
    open_tag = f'<p:cNvPr id="{number}" name="{attribute(name)}"{described}'
    inner += _DECORATIVE if decorative else ""
    return f"{open_tag}>{inner}</p:cNvPr>" if inner else f"{open_tag}/>"


def attribute(text: str) -> str:
    """Return text for an attribute: line ends and tabs survive as references."""
    return escape(text).replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def body_properties(insets: Insets, anchor: str) -> str:
    """Return a text box's properties. Nothing is ever shrunk by the host: it is measured."""
    return (
        f'<a:bodyPr vert="horz" wrap="square" lIns="{emu(insets.left)}" tIns="{emu(insets.top)}" '
        f'rIns="{emu(insets.right)}" bIns="{emu(insets.bottom)}" rtlCol="0" anchor="{anchor}">'
        "<a:noAutofit/></a:bodyPr>"
    )


def list_style(item: Placeholder, look: Look) -> str:
    """Return the paragraph styles of a layout's placeholder for every level."""
    levels = []
    for level in range(_LEVELS if item.bullets else 1):
        step = item.types[min(level, len(item.types) - 1)]
        left, hang = (emu(INDENT * (level + 1)), -emu(INDENT)) if item.bullets else (0, 0)
        levels.append(
            f'<a:lvl{level + 1}pPr marL="{left}" indent="{hang}" algn="{_ALIGN[item.align]}">'
            f'<a:lnSpc><a:spcPts val="{round(step.leading * 100)}"/></a:lnSpc>'
            '<a:spcBef><a:spcPts val="0"/></a:spcBef>'
            + (_bullet(level, look) if item.bullets else "<a:buNone/>")
            + f'<a:defRPr sz="{round(step.size * 100)}" b="{int(step.bold)}">'
            f"{fill(item.color, look)}</a:defRPr></a:lvl{level + 1}pPr>"
        )
    return f"<a:lstStyle>{''.join(levels)}</a:lstStyle>"


def _bullet(level: int, look: Look) -> str:
    char = _BULLETS[min(level, len(_BULLETS) - 1)]
    return (
        f"<a:buClr>{color('structure', look)}</a:buClr>"
        f'<a:buFont typeface="Arial"/><a:buChar char="{char}"/>'
    )


_ALIGN = {"left": "l", "center": "ctr", "right": "r"}


class TextXml:
    """Spells paragraphs for one deck.

    ``relate`` gives the relationship id of a link on the slide at hand.
    """

    def __init__(self, look: Look, language: str, relate: Callable[[Link], str]) -> None:
        lang, alternative = tags(language)
        self._look = look
        self._lang = f' lang="{lang}" altLang="{alternative}"'
        self._relate = relate
        self._known: dict[tuple[object, ...], str] = {}
        self._run_looks: dict[tuple[object, ...], tuple[str, str]] = {}

    def paragraphs(self, items: Iterable[TextParagraph], base: Placeholder | None = None) -> str:
        """Return paragraphs; what equals the layout's own style is left to it."""
        return "".join([self._paragraph(item, base) for item in items]) or self._empty()

    def _empty(self) -> str:
        return f"<a:p><a:endParaRPr{self._lang}/></a:p>"

    def _paragraph(self, item: TextParagraph, base: Placeholder | None) -> str:
        step = _base_type(item, base)
        own = base if base is not None and base.theirs else None
        runs = "".join([self._run(run, item.type, step, own) for run in item.runs])
        if not runs:
            runs = f'<a:endParaRPr{self._lang} sz="{round(item.type.size * 100)}"/>'
        return f"<a:p>{self._properties(item, base, step)}{runs}</a:p>"

    def _properties(self, item: TextParagraph, base: Placeholder | None, step: Type | None) -> str:
        shape = (item.mark, item.level, item.start, item.before, item.align, item.deeper)
        key = (shape, item.type, base, step)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._properties_of(item, base, step)
        return known

    def _properties_of(
        self, item: TextParagraph, base: Placeholder | None, step: Type | None
    ) -> str:
        bulleted = base is not None and base.bullets
        theirs = base is not None and base.theirs
        attributes, children = "", ""
        if item.mark is Mark.NONE:
            if bulleted or theirs or item.level:
                attributes += f' marL="{emu(INDENT * item.level)}" indent="0"'
        elif not bulleted or theirs or item.deeper:
            left = emu(INDENT * (item.level + 1))
            attributes += f' marL="{left}" indent="{-emu(INDENT)}"'
        if self._look.template:
            attributes += ' hangingPunct="0"'
        if item.level or item.deeper:
            attributes += f' lvl="{min(item.level + item.deeper, _LEVELS - 1)}"'
        if item.align != (base.align if base else "left"):
            attributes += f' algn="{_ALIGN[item.align]}"'
        if step is None or item.type.leading != step.leading:
            children += f'<a:lnSpc><a:spcPts val="{round(item.type.leading * 100)}"/></a:lnSpc>'
        if item.before or theirs:
            children += f'<a:spcBef><a:spcPts val="{round(item.before * 100)}"/></a:spcBef>'
        inside = children + self._mark(item, base)
        if not inside:
            return f"<a:pPr{attributes}/>" if attributes else ""
        return f"<a:pPr{attributes}>{inside}</a:pPr>"

    def _mark(self, item: TextParagraph, base: Placeholder | None) -> str:
        bulleted = base is not None and base.bullets
        if item.mark is Mark.NONE:
            return "<a:buNone/>" if base is not None and (bulleted or base.theirs) else ""
        if item.mark is Mark.BULLET:
            return "" if bulleted and not item.deeper else _bullet(item.level, self._look)
        tint = f"<a:buClr>{color('structure', self._look)}</a:buClr>"
        if item.mark is Mark.NUMBER:
            start = f' startAt="{item.start}"' if item.start != 1 else ""
            return f'{tint}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{start}/>'
        char = _MARKS[item.mark]
        return f'{tint}<a:buFont typeface="Segoe UI Symbol"/><a:buChar char="{char}"/>'

    def _run(self, run: TextRun, size: Type, step: Type | None, own: Placeholder | None) -> str:
        opening, closing = self._looks(run, size, step, own)
        link = self.link(run.link) if run.link is not None else ""
        properties = f"{opening}{link}{closing}"
        if "\n" not in run.text:
            return f"<a:r>{properties}<a:t>{escape(run.text)}</a:t></a:r>"
        return f"<a:br>{opening}{closing}</a:br>".join(
            f"<a:r>{properties}<a:t>{escape(part)}</a:t></a:r>" if part else ""
            for part in run.text.split("\n")
        )

    def _looks(
        self, run: TextRun, size: Type, step: Type | None, own: Placeholder | None
    ) -> tuple[str, str]:
        """Return a run's properties, cut where a link belongs (21.1.2.3.9 rPr, its order).

        ``own`` is the template's placeholder that it stands in, if it does.
        """
        key = (
            run.bold, run.italic, run.strike, run.code, run.baseline,
            run.color, run.lang, run.furniture, size, step, own and (own.color, own.face),
        )  # fmt: skip
        known = self._run_looks.get(key)
        if known is None:
            known = self._run_looks[key] = self._looks_of(run, size, step, own)
        return known

    def _looks_of(
        self, run: TextRun, size: Type, step: Type | None, own: Placeholder | None
    ) -> tuple[str, str]:
        lang = ' lang="{}" altLang="{}"'.format(*tags(run.lang)) if run.lang else self._lang
        attributes = [lang, ' cap="none"' if own else ""]
        if step is None or size.size != step.size:
            attributes.append(f' sz="{round(size.size * 100)}"')
        bold = run.bold or size.bold
        if bold != (step is not None and step.bold):
            attributes.append(f' b="{int(bold)}"')
        if run.italic:
            attributes.append(' i="1"')
        if run.strike:
            attributes.append(' strike="sngStrike"')
        if run.baseline:
            attributes.append(f' baseline="{run.baseline * 1000}"')
        face = self._look.fonts.code if run.code else own.face if own else ""
        font = f'<a:latin typeface="{attribute(face)}"/>' if face else ""
        mark = f'<a:extLst><a:ext uri="{FURNITURE_URI}"/></a:extLst>' if run.furniture else ""
        ink = run.color or (own.color if own else "")
        opening = f"<a:rPr{''.join(attributes)}>{fill(ink, self._look)}{font}"
        return opening, f"{mark}</a:rPr>"

    def link(self, link: Link) -> str:
        """Return a link on a run or a shape (21.1.2.3.5 hlinkClick)."""
        action = ' action="ppaction://hlinksldjump"' if isinstance(link, Jump) else ""
        return f'<a:hlinkClick r:id="{self._relate(link)}"{action}/>'


def _base_type(item: TextParagraph, base: Placeholder | None) -> Type | None:
    if base is None or base.theirs:
        return None
    return base.types[min(item.level + item.deeper, len(base.types) - 1)]
