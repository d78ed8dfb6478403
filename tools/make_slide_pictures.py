"""The sample of layouts in -> one picture of all its slides, for the documentation.

Run ``python tools/make_slide_pictures.py`` from a checkout with the ``test`` extra and
LibreOffice. The picture goes to ``docs/pictures``; look at it before committing it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pypdfium2
from make_pictures import HAIRLINE, PICTURES, ROOT, as_pdf
from PIL import Image

from exporters.export import export
from exporters.settings import Settings
from report_data import load

SAMPLE = ROOT / "docs" / "layouts.md"
PICTURE = PICTURES / "slides-layouts.png"
ACROSS, WIDTH, GAP = 4, 360, 8


def main() -> None:
    """Make the picture."""
    with tempfile.TemporaryDirectory(prefix="triptych-slides-") as temporary:
        folder = Path(temporary)
        made = export(load(SAMPLE), Settings(formats=("pptx",), output=folder))
        pages = pypdfium2.PdfDocument(as_pdf(made.documents[0].path, folder))
        drawn = [page.render(scale=WIDTH / page.get_width()).to_pil() for page in pages]
        pages.close()
    height = drawn[0].height
    rows = -(-len(drawn) // ACROSS)
    size = (ACROSS * (WIDTH + GAP) + GAP, rows * (height + GAP) + GAP)
    sheet = Image.new("RGB", size, HAIRLINE)
    for number, slide in enumerate(drawn):
        row, column = divmod(number, ACROSS)
        sheet.paste(slide, (GAP + column * (WIDTH + GAP), GAP + row * (height + GAP)))
    sheet.quantize(128).save(PICTURE, optimize=True)
    sys.stdout.write(f"{PICTURE.name}\n")


if __name__ == "__main__":
    main()
