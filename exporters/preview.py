"""A Report in -> pictures of its pages and slides, one a file, and a contact sheet of each kind.

Pages are drawn by PDFium. Slides are drawn by LibreOffice, where it is
installed: the only process that this product ever starts, and only here.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from exporters.export import export
from report_data.diagnostics import Diagnostic, FileError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exporters.settings import Settings
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
                hint="Install LibreOffice Impress, or ask for the PDF alone with --to pdf.",
            )
        )
    previews: list[Preview] = []
    if not formats:
        return previews, tuple(said)
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        made = export(
            report, replace(settings, formats=formats, output=Path(folder), verify=False), on_stage
        )
        for document in made.documents:
            kind, scale = _PICTURED[document.format]
            pdf = document.path
            if document.format == "pptx":
                pdf = _drawn_by_office(str(office), document.path, Path(folder))
            target = settings.output / f"{document.path.stem}-preview"
            previews.append(_pictures(pdf, target, document.format, kind, scale))
    return previews, (*made.diagnostics, *said)


def _drawn_by_office(office: str, deck: Path, folder: Path) -> Path:
    """Return the PDF that LibreOffice makes of a deck, with a profile of its own."""
    profile = (folder / "profile").as_uri()
    command = [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    target = folder / "drawn"
    try:
        subprocess.run(  # noqa: S603 - a fixed command, our own file
            [*command, "--outdir", str(target), str(deck)],
            check=True,
            capture_output=True,
            timeout=_CONVERSION_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _failure(f"LibreOffice could not draw the deck: {error}") from error
    return target / f"{deck.stem}.pdf"


def _pictures(pdf: Path, folder: Path, name: str, kind: str, scale: float) -> Preview:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob(f"{kind}-*.png"), *folder.glob(f"{kind}s.png")):
            old.unlink()
        paths, thumbnails = [], []
        for number, image in enumerate(_pages(pdf, scale), 1):
            paths.append(folder / f"{kind}-{number:02d}.png")
            image.save(paths[-1])
            height = round(image.height * _THUMBNAIL / image.width)
            thumbnails.append(image.resize((_THUMBNAIL, height), reducing_gap=3.0))
        sheet = folder / f"{kind}s.png"
        _contact_sheet(thumbnails).save(sheet)
    except OSError as error:
        raise _failure(f"a picture cannot be written into {folder}: {error.strerror}") from error
    return Preview(name, tuple(paths), sheet)


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
    said = Diagnostic("E709", Severity.ERROR, message, hint="Check the output folder.")
    return FileError((said,))
