"""The sample report of charts in -> one picture for each format that shows every kind.

Run ``python tools/make_chart_pictures.py`` from a checkout with the ``test`` extra, LibreOffice
and poppler. The pictures go to ``docs/pictures``; look at each before committing it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from make_pictures import HAIRLINE, PICTURES, as_pdf
from PIL import Image, ImageOps

from exporters.export import export
from exporters.settings import Settings
from report_data import load

SAMPLE = Path(__file__).parent.parent / "docs" / "charts.md"

GAP = 12


class Wall(NamedTuple):
    """A picture of pages beside each other: width of one in pixels, how many in a row."""

    name: str
    width: int
    columns: int


WALLS = {
    "pptx": Wall("charts-deck.png", 420, 3),
    "pdf": Wall("charts-pages.png", 300, 4),
    "xlsx": Wall("charts-sheets.png", 420, 3),
}


def main() -> None:
    """Make the three pictures."""
    with tempfile.TemporaryDirectory(prefix="triptych-pictures-") as temporary:
        folder = Path(temporary)
        for document in export(load(SAMPLE), Settings(output=folder)).documents:
            wall = WALLS[document.format]
            pages = _pages(as_pdf(document.path, folder), folder / document.format, wall.width)
            if document.format == "xlsx":
                pages = [page for page in pages if page.width > page.height]  # sheets of charts
            _hang(pages, wall).quantize(128).save(PICTURES / wall.name, optimize=True)
            sys.stdout.write(f"{wall.name}\n")


def _pages(pdf: Path, folder: Path, width: int) -> list[Image.Image]:
    poppler = shutil.which("pdftoppm")
    if poppler is None:
        raise SystemExit("poppler (pdftoppm) is not installed: it draws the pages.")
    pictures = folder / "pages"
    pictures.mkdir(parents=True, exist_ok=True)
    subprocess.run(  # noqa: S603 - a program found by name, on a file made here
        [poppler, "-png", "-scale-to-x", str(width), "-scale-to-y", "-1", str(pdf), "page"],
        cwd=pictures,
        check=True,
    )
    return [Image.open(path).convert("RGB") for path in sorted(pictures.glob("*.png"))]


def _hang(pages: list[Image.Image], wall: Wall) -> Image.Image:
    framed = [ImageOps.expand(page, 1, HAIRLINE) for page in pages]
    width, height = framed[0].width + GAP, max(page.height for page in framed) + GAP
    rows = -(-len(framed) // wall.columns)
    picture = Image.new("RGB", (wall.columns * width - GAP, rows * height - GAP), "white")
    for place, page in enumerate(framed):
        row, column = divmod(place, wall.columns)
        picture.paste(page, (column * width, row * height))
    return picture


if __name__ == "__main__":
    main()
