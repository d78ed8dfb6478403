"""The machine in -> font files beyond the bundled ones: the ``[fonts]`` extra's, the system's."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from exporters.layout.faces import Face, count_faces, open_face
from report_data.diagnostics import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXTRA = "justmytype_intl_cjk"
_EXTRA_FILES = {
    "zh-Hans": "NotoSansSC",
    "zh-Hant": "NotoSansTC",
    "ja": "NotoSansJP",
    "ko": "NotoSansKR",
}
"""Language -> file of the extra's face, in the order they are asked."""

_SUFFIXES = frozenset((".ttf", ".ttc", ".otf", ".otc"))


@cache
def extra_faces() -> dict[str, Path]:
    """Return the extra's variable faces by language; empty if it is not installed."""
    spec = find_spec(_EXTRA)
    if spec is None or not spec.submodule_search_locations:
        return {}
    root = Path(spec.submodule_search_locations[0]) / "fonts" / "ofl"
    files = {
        language: root / stem.lower() / f"{stem}[wght].ttf"
        for language, stem in _EXTRA_FILES.items()
    }
    return {language: path for language, path in files.items() if path.is_file()}


def system_faces() -> Iterator[Face]:
    """Yield the outline faces installed on the system, sorted by path, opened as asked for.

    Of a variable face the Regular position is meant.
    """
    for path in system_files():
        yield from _faces_of(path)


@cache
def _faces_of(path: Path) -> tuple[Face, ...]:
    faces: list[Face] = []
    for index in range(count_faces(path)):
        try:
            faces.append(open_face(path, index))
        except FileError:  # bitmap and colour-only faces: of no use in a document
            continue
    return tuple(faces)


@cache
def system_files() -> tuple[Path, ...]:
    """Return the font files of the system, sorted; looked for once a process."""
    found: set[Path] = set()
    for folder in _system_folders():
        found.update(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
    return tuple(sorted(found))


def _system_folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        return (
            Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts",
            home / "AppData" / "Local" / "Microsoft" / "Windows" / "Fonts",
        )
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local" / "share" / "fonts",
        home / ".fonts",
    )
