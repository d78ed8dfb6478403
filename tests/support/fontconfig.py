"""The bundled faces and Liberation Sans in -> a fontconfig file that makes LibreOffice use them.

Deck and workbook ask their host for Microsoft YaHei, Arial and Consolas. Where
those are missing LibreOffice falls back to DejaVu, whose widths prove nothing.
So the tests' own fontconfig maps the East Asian names to the bundled Chinese
face, whose advances the layout was measured with, and Arial to Liberation
Sans, which has Arial's advances.
"""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont

FACES = Path(__file__).parents[2] / "exporters" / "layout" / "faces"

EAST_ASIAN = (
    "Microsoft YaHei",
    "Microsoft JhengHei",
    "Yu Gothic",
    "Malgun Gothic",
    "SimSun",
    "DengXian",
)
LATIN = {
    "Arial": "Liberation Sans",
    "Calibri": "Liberation Sans",
    "Calibri Light": "Liberation Sans",
    "Consolas": "Liberation Mono",
}


def bundled_family() -> str:
    """Return the family name of the bundled Chinese face: the largest file."""
    largest = max(FACES.glob("*.ttf"), key=lambda path: path.stat().st_size)
    with TTFont(largest, lazy=True) as face:
        return str(face["name"].getBestFamilyName())


def write_fontconfig(folder: Path) -> Path:
    """Write ``fonts.conf`` into a folder, its cache beside it; return the file's path."""
    chinese = bundled_family()
    mapped = dict.fromkeys(EAST_ASIAN, chinese) | LATIN
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{asked}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{given}</string></edit>'
        "</match>\n"
        for asked, given in mapped.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f"<fontconfig>\n<dir>{FACES}</dir>\n<dir>/usr/share/fonts</dir>\n"
        f"<cachedir>{folder / 'cache'}</cachedir>\n{aliases}</fontconfig>\n",
        encoding="utf-8",
    )
    return path
