"""OFL sources from the npm registry in -> the bundled faces in ``exporters/layout/faces/`` out.

Run ``python tools/build_fonts.py`` (needs fontTools and the npm client) or, without a
network, ``python tools/build_fonts.py --sources FOLDER`` with the packages' tarballs. The
same sources give the same bytes.

Every face is static TrueType, without hinting and layout features: text is measured and
drawn by plain advances. The reserved font name of the sources stays out of the names
(OFL 1.1, clause 3); the copyright notices and the licences stay with the faces.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parent.parent
FACES = ROOT / "exporters" / "layout" / "faces"
TONGYONG = Path(__file__).with_name("tongyong_beyond_gb2312.txt")
VERSION = "1.000"
EPOCH = 3_786_825_600
"""2024-01-01 in seconds since 1904: the faces' one timestamp."""

EM_DASH = 0x2014
HORIZONTAL_BAR = 0x2015
DASH_OVERHANG = 8
"""Units by which a dash passes its cell on both sides, so that two of them show no seam."""


@dataclass(frozen=True, slots=True)
class Source:
    """A pinned npm package and the SHA-256 of its tarball."""

    package: str
    version: str
    sha256: str

    @property
    def tarball(self) -> str:
        """Return the file name that ``npm pack`` gives."""
        return f"{self.package.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


@dataclass(frozen=True, slots=True)
class FaceRecipe:
    """How one bundled face is made. ``member`` is the face inside the package."""

    file: str
    source: str
    member: str
    family: str
    style: str
    characters: str


SOURCES: dict[str, Source] = {
    "sc": Source(
        "@expo-google-fonts/noto-sans-sc",
        "0.4.3",
        "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    ),
    "sans": Source(
        "@expo-google-fonts/noto-sans",
        "0.4.2",
        "98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548",
    ),
    "mono": Source(
        "@expo-google-fonts/noto-sans-mono",
        "0.4.2",
        "fc1ae36c3c68e50fa7c12a37e987d7fa1325d280969912d181548ff8f1ce2e2b",
    ),
    "symbols": Source(
        "@expo-google-fonts/noto-sans-symbols-2",
        "0.4.1",
        "3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4",
    ),
    "math": Source(
        "@expo-google-fonts/noto-sans-math",
        "0.4.2",
        "652041ca903e7adcc1502a0621350526463e91416757310391370ff5f8fb3ce8",
    ),
    "emoji": Source(
        "@expo-google-fonts/noto-emoji",
        "0.4.7",
        "6a25fd5a4da5bb34bbc2d300531bbf32de86afd866e119314d7e358f61a6104d",
    ),
}

RECIPES: tuple[FaceRecipe, ...] = (
    FaceRecipe(
        "TriptychSansSC-Regular.ttf",
        "sc",
        "400Regular/NotoSansSC_400Regular.ttf",
        "Triptych Sans SC",
        "Regular",
        "chinese",
    ),
    FaceRecipe(
        "TriptychSansSC-Bold.ttf",
        "sc",
        "700Bold/NotoSansSC_700Bold.ttf",
        "Triptych Sans SC",
        "Bold",
        "chinese",
    ),
    FaceRecipe(
        "TriptychSans-Regular.ttf",
        "sans",
        "400Regular/NotoSans_400Regular.ttf",
        "Triptych Sans",
        "Regular",
        "latin",
    ),
    FaceRecipe(
        "TriptychSans-Bold.ttf",
        "sans",
        "700Bold/NotoSans_700Bold.ttf",
        "Triptych Sans",
        "Bold",
        "latin",
    ),
    FaceRecipe(
        "TriptychSans-Italic.ttf",
        "sans",
        "400Regular_Italic/NotoSans_400Regular_Italic.ttf",
        "Triptych Sans",
        "Italic",
        "latin",
    ),
    FaceRecipe(
        "TriptychSans-BoldItalic.ttf",
        "sans",
        "700Bold_Italic/NotoSans_700Bold_Italic.ttf",
        "Triptych Sans",
        "Bold Italic",
        "latin",
    ),
    FaceRecipe(
        "TriptychMono-Regular.ttf",
        "mono",
        "400Regular/NotoSansMono_400Regular.ttf",
        "Triptych Mono",
        "Regular",
        "mono",
    ),
    FaceRecipe(
        "TriptychMono-Bold.ttf",
        "mono",
        "700Bold/NotoSansMono_700Bold.ttf",
        "Triptych Mono",
        "Bold",
        "mono",
    ),
    FaceRecipe(
        "TriptychSymbols-Regular.ttf",
        "symbols",
        "400Regular/NotoSansSymbols2_400Regular.ttf",
        "Triptych Symbols",
        "Regular",
        "symbols",
    ),
    FaceRecipe(
        "TriptychMath-Regular.ttf",
        "math",
        "400Regular/NotoSansMath_400Regular.ttf",
        "Triptych Math",
        "Regular",
        "math",
    ),
    FaceRecipe(
        "TriptychEmoji-Regular.ttf",
        "emoji",
        "400Regular/NotoEmoji_400Regular.ttf",
        "Triptych Emoji",
        "Regular",
        "emoji",
    ),
)

LICENCES: dict[str, str] = {
    "sc": "OFL-TriptychSansSC.txt",
    "sans": "OFL-TriptychSans.txt",
    "mono": "OFL-TriptychMono.txt",
    "symbols": "OFL-TriptychSymbols.txt",
    "math": "OFL-TriptychMath.txt",
    "emoji": "OFL-TriptychEmoji.txt",
}


def _span(*ranges: tuple[int, int]) -> Iterator[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


def _double_bytes(codec: str, leads: Iterable[int], trails: Iterable[int]) -> Iterator[int]:
    """Yield what the two-byte codes of a national character set stand for."""
    trail_bytes = tuple(trails)
    for lead in leads:
        for trail in trail_bytes:
            try:
                text = bytes((lead, trail)).decode(codec)
            except UnicodeDecodeError:
                continue
            yield from map(ord, text)


def gb2312() -> set[int]:
    """Return GB/T 2312-1980: 6,763 characters and 682 symbols."""
    return set(_double_bytes("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)))


def tongyong() -> set[int]:
    """Return what the 通用规范汉字表 (2013) has beyond GB2312: 1,467 characters."""
    return {ord(char) for char in "".join(TONGYONG.read_text("utf-8").split())}


def big5_level_1() -> set[int]:
    """Return the symbols of Big5 and its level 1, A440 to C67E: 5,401 characters."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    codes = set(_double_bytes("big5", range(0xA1, 0xC6), trails))
    return codes | set(_double_bytes("big5", (0xC6,), range(0x40, 0x7F)))


def jis_level_1() -> set[int]:
    """Return rows 1 to 47 of JIS X 0208: symbols, kana and level 1, 2,965 characters."""
    return set(_double_bytes("euc_jp", range(0xA1, 0xD0), range(0xA1, 0xFF)))


def chinese() -> set[int]:
    """Return what the Chinese faces cover, as far as their source does."""
    blocks = _span(
        (0x0020, 0x00FF),  # Latin-1, so that the face stands by itself
        (0x2000, 0x206F),  # general punctuation, U+2011 among it
        (0x20A0, 0x20BF),  # currency
        (0x2100, 0x22FF),  # letterlike, number forms, arrows, operators
        (0x2460, 0x25FF),  # enclosed, box drawings, geometric shapes
        (0x2600, 0x27BF),  # symbols, dingbats
        (0x2E80, 0x2FDF),  # radicals, as copied out of other people's PDFs
        (0x3000, 0x312F),  # CJK punctuation, kana, bopomofo
        (0x31A0, 0x33FF),  # bopomofo, strokes, enclosed and squared forms
        (0xFE30, 0xFE4F),  # compatibility forms
        (0xFF00, 0xFFEF),  # full- and half-width forms
    )
    return gb2312() | tongyong() | big5_level_1() | jis_level_1() | set(blocks)


def latin() -> set[int]:
    """Return what the Latin faces cover: Latin, Greek, Cyrillic and their punctuation."""
    return set(
        _span(
            (0x0020, 0x024F),  # Latin to Extended-B: European languages, pinyin
            (0x0250, 0x02FF),  # phonetic alphabet, modifiers
            (0x0300, 0x036F),  # combining marks
            (0x0370, 0x03FF),  # Greek
            (0x0400, 0x052F),  # Cyrillic
            (0x1E00, 0x1EFF),  # Vietnamese and more
            (0x1F00, 0x1FFF),  # polytonic Greek
            (0x2000, 0x20BF),  # punctuation, superscripts, currency
            (0x2100, 0x218F),  # letterlike, number forms
            (0x2200, 0x22FF),  # operators, as far as there
            (0xFB00, 0xFB06),  # ligatures as characters
        )
    )


def mono() -> set[int]:
    """Return what the fixed-width faces cover: the same letters, arrows, box drawings."""
    return latin() | set(_span((0x2190, 0x25FF)))


def symbols() -> set[int]:
    """Return what the symbols face covers: shapes, dingbats, arrows, keyboard signs."""
    return set(_span((0x2190, 0x27FF), (0x2900, 0x2BFF), (0x1F780, 0x1F7FF), (0x1F800, 0x1F8FF)))


def math() -> set[int]:
    """Return what the face for formulas covers: operators, arrows, letters of formulas."""
    return {0x02CD, 0x203E} | set(
        _span(
            (0x2190, 0x22FF),  # arrows, operators
            (0x2308, 0x230B),  # ceiling and floor
            (0x27C0, 0x27FF),  # more operators, long arrows
            (0x2900, 0x2AFF),  # more of both
            (0x1D400, 0x1D7FF),  # mathematical alphanumerics
        )
    )


def emoji() -> set[int]:
    """Return what the emoji face covers: all that has a character of its own."""
    return set(_span((0x20E3, 0x20E3), (0x2190, 0x3299), (0x1F000, 0x1FAFF)))


CHARACTERS = {
    "chinese": chinese,
    "latin": latin,
    "mono": mono,
    "symbols": symbols,
    "math": math,
    "emoji": emoji,
}


def fetch(source: Source, folder: Path) -> Path:
    """Return the package's tarball in ``folder``, asking the npm client for what is not there.

    Raises:
        SystemExit: the client failed, or the tarball is not the one that was pinned.
    """
    path = folder / source.tarball
    if not path.exists():
        name = f"{source.package}@{source.version}"
        command = ("npm", "pack", name, "--ignore-scripts", "--silent")
        done = subprocess.run(  # noqa: S603 - a fixed command, pinned arguments
            command, cwd=folder, stdout=subprocess.DEVNULL, check=False
        )
        if done.returncode != 0 or not path.exists():
            sys.exit(f"could not fetch {source.package}@{source.version}")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != source.sha256:
        sys.exit(f"{path.name} is not the package that was pinned: SHA-256 {digest}")
    return path


def member(tarball: Path, name: str) -> bytes:
    """Return one file of an npm package."""
    with tarfile.open(tarball) as archive:
        file = archive.extractfile(f"package/{name}")
        if file is None:
            sys.exit(f"{tarball.name} has no {name}")
        return file.read()


def subset(data: bytes, characters: set[int]) -> TTFont:
    """Return the face with only these characters, without hinting and layout tables."""
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "vhea", "vmtx"]
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 13, 14]
    options.recalc_timestamp = False
    options.recalc_bounds = True
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def join_dashes(font: TTFont) -> None:
    """Give U+2014 a full em of bar, so that the Chinese dash —— is one stroke.

    The source's em dash is 0.894 em wide with bearings and sits low, for Latin; its
    horizontal bar stands at the height of Chinese, but is a hairline in both weights.
    The bar is stretched to the cell and made as thick as the dash.
    """
    cmap = font.getBestCmap()
    name = cmap[HORIZONTAL_BAR]
    bar, dash = font["glyf"][name], font["glyf"][cmap[EM_DASH]]
    em = font["head"].unitsPerEm
    across, upright = (bar.xMin + bar.xMax) / 2, (bar.yMin + bar.yMax) / 2
    half = (dash.yMax - dash.yMin) // 2
    bar.coordinates = GlyphCoordinates(
        [
            (
                -DASH_OVERHANG if x < across else em + DASH_OVERHANG,
                round(upright) + (-half if y < upright else half),
            )
            for x, y in bar.coordinates
        ]
    )
    bar.recalcBounds(font["glyf"])
    font["hmtx"][name] = (em, -DASH_OVERHANG)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[EM_DASH] = name


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the face our name and one timestamp; copyright and licence stay."""
    table = font["name"]
    copyright_notice = str(table.getDebugName(0))
    postscript = f"{family.replace(' ', '')}-{style.replace(' ', '')}"
    entries = {
        0: copyright_notice,
        1: family,
        2: style,
        3: f"{VERSION};{postscript}",
        4: f"{family} {style}",
        5: f"Version {VERSION}",
        6: postscript,
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
    }
    table.names = []
    for number, text in entries.items():
        table.setName(text, number, 3, 1, 0x409)
    bold, italic = "Bold" in style, "Italic" in style
    os2, head = font["OS/2"], font["head"]
    os2.usWeightClass = 700 if bold else 400
    os2.fsType = 0
    os2.fsSelection = (os2.fsSelection & 0x80) | (0x20 * bold) | (0x01 * italic)
    if not bold and not italic:
        os2.fsSelection |= 0x40
    os2.recalcUnicodeRanges(font)
    head.macStyle = bold + 2 * italic
    head.created = head.modified = EPOCH
    head.fontRevision = float(VERSION)


def build(recipe: FaceRecipe, tarball: Path) -> bytes:
    """Return one bundled face."""
    font = subset(member(tarball, recipe.member), CHARACTERS[recipe.characters]())
    if recipe.characters == "chinese":
        join_dashes(font)
    rename(font, recipe.family, recipe.style)
    return to_bytes(font)


def to_bytes(font: TTFont) -> bytes:
    """Return a face as a file, its tables in a fixed order."""
    out = io.BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def main() -> None:
    """Build every face and put its licence beside it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sources", type=Path, help="folder with the packages' tarballs")
    parser.add_argument("--output", type=Path, default=FACES)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        sources = options.sources or Path(folder)
        tarballs = {key: fetch(source, sources) for key, source in SOURCES.items()}
        for recipe in RECIPES:
            data = build(recipe, tarballs[recipe.source])
            (options.output / recipe.file).write_bytes(data)
            sys.stdout.write(f"{recipe.file} {len(data) / 1e6:.2f} MB\n")
        for key, name in LICENCES.items():
            (options.output / name).write_bytes(member(tarballs[key], "LICENSE_FONT"))


if __name__ == "__main__":
    main()
