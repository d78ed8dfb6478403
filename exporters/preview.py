"""A Report in -> pictures of its pages and slides, one a file, and a contact sheet of each kind.

Pages are drawn by PDFium. Slides are drawn by LibreOffice, where it is
installed: the only process that this product ever starts, and only here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from msgspec import Struct
from msgspec.structs import replace

from exporters.alone import alone
from exporters.export import export
from exporters.layout.fonts import BUNDLED as FACES
from exporters.registry import FORMATS
from exporters.themes import load_theme
from report_data.diagnostics import Diagnostic, FileError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exporters.export import Document
    from exporters.settings import Settings
    from exporters.theme import FontNames
    from report_data.model import Report

PIXELS_PER_POINT = 1.6
"""Scale of a page's picture: an A4 page is 952 pixels wide."""

_SLIDE_PIXELS_PER_POINT = 4 / 3
"""A slide of 960 points is 1,280 pixels wide."""

_THUMBNAIL, _GAP, _COLUMNS = 360, 18, 4
_GROUND = (228, 231, 236)
_CONVERSION_SECONDS = 300
_PICTURED = {"pdf": ("page", PIXELS_PER_POINT), "pptx": ("slide", _SLIDE_PIXELS_PER_POINT)}


class Preview(Struct, frozen=True):
    """The pictures of one format: one a page or slide, and all on one sheet."""

    format: str
    pictures: tuple[Path, ...]
    sheet: Path


@alone
def preview(
    report: Report, settings: Settings, on_stage: Callable[[str, str], None] | None = None
) -> tuple[list[Preview], tuple[Diagnostic, ...]]:
    """Draw a report's pages and slides into a folder of their own in the output folder.

    Only ``pdf`` and ``pptx`` can be pictured. Without LibreOffice the deck is
    left out with a warning.

    Raises:
        ReportErrors: the report is at fault.
        FileError: a picture cannot be written or LibreOffice fails.
    """
    formats = tuple(name for name in settings.formats if name in _PICTURED)
    said: list[Diagnostic] = []
    office = shutil.which("soffice")
    if "pptx" in formats and office is None:
        formats = tuple(name for name in formats if name != "pptx")
        said.append(
            Diagnostic(
                "W705",
                Severity.WARNING,
                "the deck is not pictured: LibreOffice (soffice) is not installed",
                hint="Install LibreOffice Impress, or ask for the PDF alone with --to pdf",
            )
        )
    previews: list[Preview] = []
    if not formats:
        return previews, tuple(said)
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        # All formats, so that slides say of the workbook what an export's would.
        whole = replace(settings, formats=FORMATS, output=Path(folder), verify=False)
        made = export(report, whole, on_stage)
        for document in made.documents:
            if document.format not in formats:
                continue
            kind, scale = _PICTURED[document.format]
            pdf = document.path
            if document.format == "pptx":
                names = load_theme(settings.theme).fonts
                pdf = _drawn_by_office(str(office), document.path, Path(folder), names)
            target = settings.output / f"{document.path.stem}-preview"
            previews.append(_pictures(pdf, target, document, kind, scale))
    return previews, (*made.diagnostics, *said)


def _drawn_by_office(office: str, deck: Path, folder: Path, names: FontNames) -> Path:
    """Return the PDF that LibreOffice makes of a deck, with a profile and fonts of its own."""
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    target = folder / "drawn"
    try:
        subprocess.run(  # noqa: S603 - a fixed command, our own file
            [*command, "--outdir", str(target), str(deck)],
            check=True,
            capture_output=True,
            timeout=_CONVERSION_SECONDS,
            env=os.environ | {"FONTCONFIG_FILE": str(_fontconfig(folder, names))},
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _failure(f"LibreOffice could not draw the deck: {error}") from error
    drawn = target / f"{deck.stem}.pdf"
    if not drawn.is_file():
        raise _failure("LibreOffice drew nothing of the deck")
    return drawn


def _fontconfig(folder: Path, names: FontNames) -> Path:
    """Write which faces stand for those that a deck asks for and this machine has not.

    Without it LibreOffice draws boxes for Chinese where no such font is installed.
    """
    instead: dict[str, tuple[str, ...]] = {
        name: ("Triptych Sans SC",) for _, name in names.east_asian
    }
    instead |= {names.latin: ("Liberation Sans", "Triptych Sans"), names.code: ("Triptych Mono",)}
    aliases = "".join(
        f"<alias binding='same'><family>{escape(asked)}</family><accept>"
        + "".join(f"<family>{given}</family>" for given in others)
        + "</accept></alias>\n"
        for asked, others in instead.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        "<?xml version='1.0'?>\n<fontconfig>\n"
        f"<dir>{escape(str(FACES))}</dir>\n<cachedir>{escape(str(folder / 'cache'))}</cachedir>\n"
        f"{aliases}<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>\n</fontconfig>\n",
        encoding="utf-8",
    )
    return path


def _pictures(pdf: Path, folder: Path, made: Document, kind: str, scale: float) -> Preview:
    digits = max(2, len(str(made.count)))  # so that names sort as pages do
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob(f"{kind}-*.png"), *folder.glob(f"{kind}s.png")):
            old.unlink()
        paths, thumbnails = [], []
        for number, image in enumerate(_pages(pdf, scale), 1):
            paths.append(folder / f"{kind}-{number:0{digits}d}.png")
            image.save(paths[-1])
            height = round(image.height * _THUMBNAIL / image.width)
            thumbnails.append(image.resize((_THUMBNAIL, height), reducing_gap=3.0))
        sheet = folder / f"{kind}s.png"
        _contact_sheet(thumbnails).save(sheet)
    except OSError as error:
        raise _failure(f"a picture cannot be written into {folder}: {error.strerror}") from error
    return Preview(made.format, tuple(paths), sheet)


def _pages(pdf: Path, scale: float) -> Iterator[Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def _contact_sheet(thumbnails: list[Any]) -> Any:  # noqa: ANN401 - Pillow's images
    from PIL import Image

    columns = min(_COLUMNS, len(thumbnails))
    rows = -(-len(thumbnails) // columns)
    height = max(image.height for image in thumbnails)
    size = (columns * (_THUMBNAIL + _GAP) + _GAP, rows * (height + _GAP) + _GAP)
    sheet = Image.new("RGB", size, _GROUND)
    for index, image in enumerate(thumbnails):
        row, column = divmod(index, columns)
        sheet.paste(image, (_GAP + column * (_THUMBNAIL + _GAP), _GAP + row * (height + _GAP)))
    return sheet


def _failure(message: str) -> FileError:
    said = Diagnostic("E709", Severity.ERROR, message, hint="Check the output folder")
    return FileError((said,))
