"""What can be chosen for a run, and the name of the set of files that the choices make."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from msgspec import Struct
from msgspec.structs import force_setattr

from exporters.registry import FORMATS
from report_data.model import Figure, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from report_data.model import Report

VERSION = "0.1.0"
"""The version of this product that files are made with; a part of what names a set."""


Paper: TypeAlias = Literal["a4", "letter"]
Sides: TypeAlias = Literal["one", "two"]


class Settings(Struct, frozen=True):
    """What can be chosen for a run.

    ``formats`` are names of the registry. ``output`` is the folder, made when
    it is not there. ``fonts`` are font files for what the bundled faces
    lack. ``theme`` is a bundled theme's name or a TOML file. ``sides`` of the PDF's
    sheets are printed: for two, inner margins are wider. ``attach_workbook`` puts the
    workbook of the same run into the PDF. ``notes`` asks
    for speaker notes in the deck; ``template`` is a .pptx or .potx whose master it
    takes. ``verify`` reads the files back before they are moved into place.
    ``strict`` takes warnings for errors. ``force`` replaces files that are not
    ours without keeping them. ``manifest`` adds a file that names inputs and
    outputs with their hashes.
    """

    formats: tuple[str, ...] = FORMATS
    output: Path = Path("output")
    fonts: tuple[Path, ...] = ()
    theme: str = "quiet"
    paper: Paper = "a4"
    sides: Sides = "one"
    attach_workbook: bool = False
    notes: bool = True
    template: Path | None = None
    verify: bool = True
    strict: bool = False
    force: bool = False
    manifest: bool = False

    def __post_init__(self) -> None:
        """Take texts for paths and one format for several, as notebooks and scripts write them.

        Raises:
            ValueError: there is no such paper, or a sheet has not so many sides.
        """
        given: object = self.formats  # whatever the types say
        formats = (given,) if isinstance(given, str) else tuple(self.formats)
        template = None if self.template is None else Path(self.template)
        force_setattr(self, "formats", formats)
        force_setattr(self, "output", Path(self.output))
        force_setattr(self, "fonts", tuple(map(Path, self.fonts)))
        force_setattr(self, "theme", os.fspath(self.theme))
        force_setattr(self, "template", template)
        for name, value, known in (
            ("paper", self.paper, get_args(Paper)),
            ("sides", self.sides, get_args(Sides)),
        ):
            if value not in known:
                raise ValueError(f"{name} is {' or '.join(known)}, not {value!r}")


def set_id(report: Report, settings: Settings, created: str) -> str:
    """Return the name of the set that these inputs make: the same for the same inputs.

    The formats are no part of it: a deck made today and a PDF made tomorrow
    from the same report belong together.
    """
    digest = hashlib.sha256()

    def add(*parts: str | bytes) -> None:
        for part in parts:
            data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big") + data)

    theme = Path(settings.theme)
    add(VERSION, created, theme.name, settings.paper, settings.sides, str(settings.notes))
    if theme.is_file():
        add(theme.read_bytes())
    if settings.template is not None and settings.template.is_file():
        add(settings.template.read_bytes())
    add(report.source or repr(report))
    for figure in report.every(Figure):
        if figure.path is not None:
            add(Path(figure.path).read_bytes())
    add(*(digest for _, digest in data_files(report)))
    for font in settings.fonts:
        add(font.name, str(font.stat().st_size))
    return f"triptych-{digest.hexdigest()[:32]}"


def data_files(report: Report) -> Iterator[tuple[Path, str]]:
    """Yield the data files of a report's tables, each with its SHA-256 when it was read."""
    for table in report.every(Table):
        source = getattr(table.rows, "source", None)
        if source is not None:
            yield source.path, source.digest
