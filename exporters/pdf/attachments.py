"""The files that a document carries -> embedded files of its PDF (ISO 19005-3, 6.8 and annex E)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exporters.pdf import syntax

if TYPE_CHECKING:
    from exporters.pdf.package import Package
    from exporters.pdf.plan import Attachment, Document

_MEDIA_TYPES = {
    "md": "text/markdown",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""By a name's suffix, as IANA lists them; any other file is bytes."""


def attach(package: Package, plan: Document) -> None:
    """Attach the files that say the same, and the Markdown that the document was made from."""
    date = syntax.date(plan.properties.created)
    named = [_specification(package, one, b"Alternative", date) for one in plan.alternatives]
    if plan.source is not None:
        named.append(_specification(package, plan.source, b"Source", date))
    if not named:
        return
    named.sort()  # as a name tree must be (ISO 32000-1, 7.9.6)
    package.set_catalog(
        AF=syntax.references(number for _, number in named),
        Names=b"<</EmbeddedFiles<</Names[%b]>>>>"
        % b" ".join(b"%b %d 0 R" % pair for pair in named),
    )


def _specification(
    package: Package, one: Attachment, relation: bytes, date: bytes
) -> tuple[bytes, int]:
    """Add an embedded file; return its name and its specification's number.

    ``relation`` is what the file is to the document (AFRelationship).
    """
    media_type = _MEDIA_TYPES.get(one.name.rpartition(".")[2], "application/octet-stream")
    file = package.add_stream(
        b"/Type/EmbeddedFile/Subtype/%b/Params<</Size %d/ModDate%b>>"
        % (syntax.name(media_type), len(one.data), date),
        one.data,
    )
    name = syntax.text(one.name)
    plain = syntax.string(one.name.encode("ascii", "replace").replace(b"?", b"_"))
    specification = package.add(
        b"<</Type/Filespec/F%b/UF%b/EF<</F %d 0 R/UF %d 0 R>>/AFRelationship/%b/Desc%b>>"
        % (plain, name, file, file, relation, name)
    )
    return plain, specification
