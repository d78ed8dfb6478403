"""The bundled report in -> the pictures of slides, pages and sheets that the documentation shows.

Run ``python tools/make_pictures.py`` from a checkout with the ``test`` extra, LibreOffice and
poppler (``pdftoppm``). The pictures go to ``docs/pictures``; look at each before committing it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from exporters.export import export
from exporters.settings import Settings
from report_data import load

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
HAIRLINE = (208, 215, 222)


class Picture(NamedTuple):
    """One picture: its file name, the format and 1-based page it shows, its width in pixels."""

    name: str
    format: str
    page: int
    width: int


SHOWN = (
    Picture("slide-comparison.png", "pptx", 4, 960),
    Picture("slide-table.png", "pptx", 6, 960),
    Picture("slide-timeline.png", "pptx", 11, 960),
    Picture("page-table.png", "pdf", 4, 720),
    Picture("sheet-contents.png", "xlsx", 1, 720),
)


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="triptych-pictures-") as temporary:
        folder = Path(temporary)
        made = export(load(None), Settings(output=folder))
        drawn = {item.format: as_pdf(item.path, folder) for item in made.documents}
        for picture in SHOWN:
            _draw(picture, drawn[picture.format], folder)
            sys.stdout.write(f"{picture.name}\n")


def as_pdf(path: Path, folder: Path) -> Path:
    """Return a PDF of a file: itself, or as LibreOffice draws it with the tests' own fonts."""
    if path.suffix == ".pdf":
        return path
    sys.path.insert(0, str(ROOT / "tests" / "support"))
    from fontconfig import write_fontconfig

    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice (soffice) is not installed: it draws slides and sheets.")
    target = folder / path.suffix[1:]
    fonts = folder / "fonts"
    fonts.mkdir(exist_ok=True)
    subprocess.run(  # noqa: S603 - a program found by name, on a file made here
        [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(target),
            str(path),
        ],
        env=os.environ | {"FONTCONFIG_FILE": str(write_fontconfig(fonts))},
        check=True,
        capture_output=True,
    )
    return target / f"{path.stem}.pdf"


def _draw(picture: Picture, pdf: Path, folder: Path) -> None:
    """Draw one page at its width, with a hairline round it so that white paper has an edge."""
    poppler = shutil.which("pdftoppm")
    if poppler is None:
        raise SystemExit("poppler (pdftoppm) is not installed: it draws the pages.")
    stem = folder / picture.name.removesuffix(".png")
    page = str(picture.page)
    options = ["-png", "-f", page, "-l", page, "-singlefile", "-scale-to-x", str(picture.width)]
    subprocess.run(  # noqa: S603 - a program found by name, on a file made here
        [poppler, *options, "-scale-to-y", "-1", str(pdf), str(stem)],
        check=True,
        capture_output=True,
    )
    with Image.open(stem.with_suffix(".png")) as image:
        framed = ImageOps.expand(image.convert("RGB"), 1, HAIRLINE)
        framed.quantize(128).save(PICTURES / picture.name, optimize=True)


if __name__ == "__main__":
    main()
