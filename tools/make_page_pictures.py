"""The showcase and the bundled report in -> pictures of pages for the documentation.

Run ``python tools/make_page_pictures.py`` from a checkout with the ``test`` and ``bench``
extras and poppler (``pdftoppm``). The pictures go to ``docs/pictures``; look at each before
committing it. One of them shows a page of the bundled report beside typst's.
"""

from __future__ import annotations

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
SHOWCASE = ROOT / "docs" / "showcase.md"
FACES = ROOT / "exporters" / "layout" / "faces"
HAIRLINE = (208, 215, 222)
WIDTH = 720

TYPST = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
)


class Shown(NamedTuple):
    """One picture: its name, the report, and the 1-based page it shows."""

    name: str
    report: str
    page: int


PAGES = (
    Shown("pages-cover", "showcase", 1),
    Shown("pages-contents", "showcase", 2),
    Shown("pages-text", "showcase", 3),
    Shown("pages-tables-chart", "showcase", 4),
    Shown("pages-boxes-languages", "showcase", 5),
    Shown("pages-code", "showcase", 6),
    Shown("pages-landscape", "showcase", 7),
    Shown("pages-overview", "cpo_us_china", 3),
    Shown("pages-comparison-table", "cpo_us_china", 4),
    Shown("pages-trends", "cpo_us_china", 5),
)
BESIDE = ("pages-beside-typst", 4, 2)
"""The bundled report's page with the device table: ours, and the same in typst's file."""


def main() -> None:
    """Make all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="triptych-pages-") as temporary:
        folder = Path(temporary)
        made = {}
        for report in (load(SHOWCASE), load(None)):
            result = export(report, Settings(formats=("pdf",), output=folder))
            made[report.name] = result.documents[0].path
        for shown in PAGES:
            _save(_drawn(made[shown.report], shown.page, folder), shown.name)
        name, own, other = BESIDE
        peer = _by_typst(folder)
        left, right = _drawn(made["cpo_us_china"], own, folder), _drawn(peer, other, folder)
        both = Image.new("RGB", (left.width + right.width + 24, left.height), "white")
        both.paste(left, (0, 0))
        both.paste(right, (left.width + 24, 0))
        _save(both, name)


def _by_typst(folder: Path) -> Path:
    """Return the bundled report as pandoc and typst set it, in the same faces."""
    import pypandoc

    source = ROOT / "report_data" / "reports" / "cpo_us_china.md"
    written, made = folder / "peer.typ", folder / "peer.pdf"
    options = (
        "-f",
        "markdown",
        "-s",
        "-t",
        "typst",
        "-V",
        "mainfont=Triptych Sans SC",
        "-V",
        "papersize=a4",
    )
    for command in (
        [pypandoc.get_pandoc_path(), str(source), *options, "-M", "lang=zh", "-o", str(written)],
        [sys.executable, "-c", TYPST, str(written), str(made), str(FACES)],
    ):
        subprocess.run(command, check=True)  # noqa: S603 - our own list
    return made


def _drawn(path: Path, page: int, folder: Path) -> Image.Image:
    """Return one page as a picture with a hairline about it."""
    stem = folder / f"page-{path.stem}-{page}"
    pages = ("-f", str(page), "-l", str(page), "-singlefile")
    subprocess.run(  # noqa: S603 - our own list
        ["pdftoppm", "-png", "-r", "144", *pages, str(path), str(stem)],  # noqa: S607 - poppler's
        check=True,
    )
    with Image.open(stem.with_suffix(".png")) as image:
        height = round(image.height * WIDTH / image.width)
        small = image.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
    return ImageOps.expand(small, border=1, fill=HAIRLINE)


def _save(image: Image.Image, name: str) -> None:
    path = PICTURES / f"{name}.png"
    image.quantize(256, method=Image.Quantize.MAXCOVERAGE).save(path, optimize=True)
    sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
