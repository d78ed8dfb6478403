"""Templates of decks that do harm or are damaged, made by code, with what each must get."""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from hostile import Case, package, template

if TYPE_CHECKING:
    from collections.abc import Callable

    from hostile import Make

_PRESENTATION = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"


def _pptx(*extra: tuple[str, bytes]) -> bytes:
    """Return python-pptx's own template with parts replaced or added."""
    import pptx

    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(Path(pptx.__file__).parent / "templates" / "default.pptx") as default,
    ):
        warnings.simplefilter("ignore")  # of parts of the same name
        replaced = {name for name, _ in extra}
        kept = [(n, default.read(n)) for n in default.namelist() if n not in replaced]
        return package(*kept, *extra)


def _doubled(*names: str) -> Make:
    entries = tuple((name, b"x") for name in names)

    def make(folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            template(_pptx(*entries))(folder)

    return make


def _late(make_bytes: str) -> Make:
    """Return what makes a template when it is needed: these are large."""

    def make(folder: Path) -> None:
        template(_TEMPLATES[make_bytes]())(folder)

    return make


def _active() -> bytes:
    rels = (
        b'<Relationship Id="rId98" Type="http://schemas.microsoft.com/office/2006/relationships/'
        b'vbaProject" Target="vbaProject.bin"/><Relationship Id="rId99" Type="http://schemas.'
        b'openxmlformats.org/officeDocument/2006/relationships/oleObject" '
        b'Target="file://198.51.100.7/share/x.xls" TargetMode="External"/></Relationships>'
    )
    name = "ppt/_rels/presentation.xml.rels"
    old = _part(name).replace(b"</Relationships>", rels)
    return _pptx((name, old), ("ppt/vbaProject.bin", b"macros"))


def _part(name: str) -> bytes:

    with zipfile.ZipFile(io.BytesIO(_pptx())) as whole:
        return whole.read(name)


_DOCTYPE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">'
    b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
)


def _entities(encoding: str = "utf-8", before: bytes = b"") -> bytes:
    name = "ppt/presentation.xml"
    body = _part(name).split(b"?>", 1)[1].replace(b"<p:sldSz", b"<!--&e;&b;--><p:sldSz")
    head = _DOCTYPE.replace(b"?>", b"?>" + before, 1)
    whole = head.decode() + body.decode()
    if encoding != "utf-8":
        whole = whole.replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    return _pptx((name, whole.encode(encoding)))


_TEMPLATES: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: _pptx(("ppt/media/x.xml", bytes(400_000_000))),
    "many": lambda: _pptx(*((f"ppt/x{i}.xml", b"") for i in range(5_000))),
    "parts": lambda: _pptx(*((f"ppt/x{i}.xml", bytes(50_000_000)) for i in range(5))),
    "active": _active,
    "doctype": _entities,
    "doctype late": lambda: _entities(before=b"<!--" + b"-x" * 4_000 + b"-->"),
    "doctype utf-16": lambda: _entities("utf-16"),
}

_BY = ("--template", "t.pptx")


def _refused(number: str, trap: str, make: Make, *says: str) -> Case:
    return Case(
        number,
        trap,
        make,
        codes="E407",
        check=1,
        export=1,
        says=says,
        arguments=_BY,
        seconds=(2.0, 4.0),
    )


TEMPLATES = (
    _refused("20", "template that unpacks to 400 MB", _late("bomb"), "unpacks"),
    _refused("20", "template whose parts unpack to 250 MB", _late("parts"), "unpacks"),
    _refused("20", "template of 5,000 parts", _late("many"), "unpacks"),
    _refused("21", "template: a part called ../../evil.xml", _doubled("../../evil.xml"), "evil"),
    _refused("21", "template: a part called /abs.xml", _doubled("/abs.xml"), "abs"),
    _refused("21", "template: a part called ppt\\..\\x.xml", _doubled("ppt\\..\\x.xml"), "x.xml"),
    _refused("21", "template: two parts of a name", _doubled("ppt/a.xml", "ppt/a.xml"), "two"),
    Case(
        "22",
        "template with macros and an object on another machine",
        _late("active"),
        codes="W406",
        arguments=_BY,
        says=("macros", "a link to another file"),
        lacks=("198.51.100.7", "vbaProject", "macros"),
    ),
    _refused("23", "template with outer and growing entities", _late("doctype"), "document type"),
    _refused("23", "the same behind 8 KB of comment", _late("doctype late"), "document type"),
    _refused("23", "the same in UTF-16", _late("doctype utf-16"), "document type"),
)
