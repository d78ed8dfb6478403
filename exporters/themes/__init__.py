"""A theme's name or TOML file in -> a `Theme` with readable colours, or every fault in it.

Three themes are bundled: ``quiet`` (the defaults in `exporters.theme`), ``stage``
(dark slides for a large screen; pages and sheets stay white) and ``contrast``
(at least 7:1 everywhere, WCAG 2.2, 1.4.6). A file of one's own sets what differs
from ``quiet``::

    name = "acme"
    [colors]              # pages and sheets, and slides where [slides.colors] says nothing
    structure = "#0B3D2E"
    series = ["#0B6E4F", "#B8500C"]
    [slides.colors]
    paper = "#101418"
    [fonts]               # names that deck and workbook ask their host for
    latin = "Calibri"
    zh-Hans = "DengXian"
    [slides]              # sizes in points
    title = 30
    body = 20
    table = 14
    [pages]
    body = 11
    table = 10
    strict = true         # no dash and no ellipsis at a line's start
    [logo]
    file = "logo.png"     # beside the theme file
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from exporters.theme import FontNames, PageTokens, Palette, SlideTokens, Theme, Type
from report_data.diagnostics import Diagnostics, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

BUNDLED = ("quiet", "stage", "contrast")

LEAST_CONTRAST = 4.5
"""The least contrast of text, WCAG 2.2 success criterion 1.4.3 (level AA)."""

_FLOOR_BODY = 14.0
_FLOOR_TABLE = 11.0
_SIZES = (6.0, 60.0)
_COLOR = re.compile(r"#?([0-9A-Fa-f]{6})\Z")
_HEADER = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_ON_PAPER = ("ink", "ink_second", "structure", "link")
_TABLES = {
    "colors": set(Palette.__struct_fields__),
    "slides": {"colors", "title", "body", "table"},
    "pages": {"body", "table", "strict"},
    "fonts": {"latin", "code", *(language for language, _ in FontNames().east_asian)},
    "logo": {"file"},
}


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition)."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """Return a colour's relative luminance, 0 to 1 (WCAG 2.2, definition)."""
    channels = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  WCAG's own constants
        for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def load_theme(name: str | Path) -> Theme:
    """Return a bundled theme by name, or the one in a TOML file.

    Raises:
        ReportErrors: all that is wrong with the file, or a name that is not bundled.
    """
    if str(name) == "quiet":
        return Theme()
    said = Diagnostics()
    path = Path(name)
    if str(name) in BUNDLED:
        path = Path(__file__).with_name(f"{name}.toml")
    elif not path.is_file():
        said.error(
            "E310",
            f"there is no theme “{name}”",
            hint=f"Bundled are {', '.join(BUNDLED)}; or give the path of a TOML file",
        )
        said.raise_errors()
    theme = _Reader(path, said).read()
    said.raise_errors()
    return theme


class _Reader:
    """Reads one file; every fault is recorded with its line, none stops the reading."""

    def __init__(self, path: Path, said: Diagnostics) -> None:
        self._path = path
        self._said = said
        self._lines: list[str] = []

    def read(self) -> Theme:
        import tomllib  # not needed by the default theme, and so by most runs

        try:
            text = self._path.read_text(encoding="utf-8")
            data = tomllib.loads(text)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self._fault("", f"The theme cannot be read: {error}.", "Give a TOML file in UTF-8.")
            return Theme()
        self._lines = text.splitlines()
        self._check_keys(data)
        palette = self._palette(Palette(), _table(data, "colors"), "colors")
        slides = _table(data, "slides")
        stage = self._palette(palette, _table(slides, "colors"), "slides.colors")
        theme = Theme(
            name=str(data.get("name", self._path.stem)),
            palette=palette,
            stage=stage,
            slide=self._slide(slides),
            page=self._page(_table(data, "pages")),
            fonts=self._fonts(_table(data, "fonts")),
            logo=self._logo(_table(data, "logo")),
        )
        self._check_contrast("pages and sheets", palette, ("colors",))
        self._check_contrast("slides", stage, ("slides.colors", "colors"))
        return theme

    def _check_keys(self, data: Mapping[str, Any]) -> None:
        for key, value in data.items():
            if key == "name":
                continue
            known = _TABLES.get(key)
            if known is None or not isinstance(value, dict):
                self._fault(key, f"“{key}” says nothing to a theme.", f"Known: {_list(_TABLES)}.")
                continue
            for inner in sorted(set(value) - known):
                known_here = f"Known: {_list(known)}."
                self._fault(inner, f"“{key}.{inner}” says nothing.", known_here, key)

    def _palette(self, base: Palette, table: Mapping[str, Any], where: str) -> Palette:
        changes: dict[str, Any] = {}
        for name in Palette.__struct_fields__:
            if name not in table:
                continue
            value = table[name]
            if name == "series":
                given = value if isinstance(value, list) else [value]
                colors = tuple(self._color("series", one, "4A5568", where) for one in given)
                changes["series"] = colors + base.series[len(colors) :]
            else:
                changes[name] = self._color(name, value, getattr(base, name), where)
        return replace(base, **changes)

    def _color(self, key: str, value: object, fallback: str, where: str) -> str:
        match = _COLOR.match(value) if isinstance(value, str) else None
        if match is None:
            hint = 'Write six hexadecimal digits: "#12355B"'
            self._fault(key, f"“{value}” is no colour.", hint, where)
            return fallback
        return match.group(1).upper()

    def _size(self, table: Mapping[str, Any], key: str, fallback: float, where: str) -> float:
        value = table.get(key, fallback)
        least, most = _SIZES
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not (least <= value <= most)
        ):
            hint = f"Give points from {least:g} to {most:g}"
            self._fault(key, f"“{value}” is no size.", hint, where)
            return fallback
        return float(value)

    def _slide(self, table: Mapping[str, Any]) -> SlideTokens:
        base = SlideTokens()
        title = self._size(table, "title", base.title_steps[0].size, "slides")
        body = self._size(table, "body", base.body_steps[0].size, "slides")
        rows = self._size(table, "table", base.table_steps[0].size, "slides")
        smaller = tuple(step for step in base.title_steps[1:] if step.size < title)
        return replace(
            base,
            title_type=Type(title, title * 1.21, bold=True),
            title_steps=(Type(title, title * 1.21, bold=True), *smaller),
            body_steps=_steps(body, _FLOOR_BODY, 2, lambda size: size * 1.5),
            table_steps=_steps(rows, _FLOOR_TABLE, 1, lambda size: size * 1.42),
        )

    def _page(self, table: Mapping[str, Any]) -> PageTokens:
        base = PageTokens()
        body = self._size(table, "body", base.body.size, "pages")
        rows = self._size(table, "table", base.table.size, "pages")
        return replace(
            base,
            body=Type(body, body * base.body.leading / base.body.size),
            table=Type(rows, rows * base.table.leading / base.table.size),
            strict=self._flag(table, "strict"),
        )

    def _flag(self, table: Mapping[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            said = f"“{value}” is neither true nor false."
            self._fault(key, said, "Write true or false.", "pages")
        return value is True

    def _fonts(self, table: Mapping[str, Any]) -> FontNames:
        base = FontNames()
        return FontNames(
            latin=str(table.get("latin", base.latin)),
            code=str(table.get("code", base.code)),
            east_asian=tuple(
                (language, str(table.get(language, name))) for language, name in base.east_asian
            ),
        )

    def _logo(self, table: Mapping[str, Any]) -> Path | None:
        if "file" not in table:
            return None
        folder = self._path.resolve().parent
        path = (folder / str(table["file"])).resolve()
        if not path.is_relative_to(folder) or not path.is_file():
            self._fault(
                "file",
                f"The logo “{table['file']}” is not there.",
                "Put it beside the theme.",
                "logo",
            )
            return None
        return path

    def _check_contrast(self, where: str, colors: Palette, tables: tuple[str, ...]) -> None:
        pairs = [(name, getattr(colors, name), "paper", colors.paper) for name in _ON_PAPER]
        pairs += [("ink", colors.ink, "surface", colors.surface)]
        pairs += [("structure", colors.structure, "surface", colors.surface)]
        pairs += [("on_structure", colors.on_structure, "structure", colors.structure)]
        pairs += [("series", color, "paper", colors.paper) for color in colors.series]
        for name, text, ground_name, ground in pairs:
            ratio = contrast(text, ground)
            if ratio < LEAST_CONTRAST:
                self._fault(
                    name,
                    f"On {where}, {name} #{text} on {ground_name} #{ground} has a contrast of "
                    f"{ratio:.2f}.",
                    f"Text needs at least {LEAST_CONTRAST}: make one darker or the other lighter.",
                    *tables,
                )

    def _fault(self, key: str, message: str, hint: str, *tables: str) -> None:
        """Record a fault at the key, as the first of some tables that has it says it."""
        places = self._places(key)
        found = next((places[table] for table in tables if table in places), None)
        line = found or min(places.values(), default=1)
        self._said.error("E311", message, Span(str(self._path), line), hint)

    def _places(self, key: str) -> dict[str, int]:
        """Return the line that begins with a key, or is its header, by the table around it."""
        places: dict[str, int] = {}
        table = ""
        written = re.compile(rf"{re.escape(key)}\b")
        for number, line in enumerate(self._lines, 1):
            header = _HEADER.match(line)
            table = header.group(1) if header else table
            if key and written.match(header.group(1) if header else line.lstrip()):
                places.setdefault("" if header else table, number)
        return places


def _table(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = data.get(key, {})
    return value if isinstance(value, dict) else {}


def _steps(
    size: float, floor: float, by: float, leading: Callable[[float], float]
) -> tuple[Type, ...]:
    sizes = [size]
    while sizes[-1] - by >= floor:
        sizes.append(sizes[-1] - by)
    return tuple(Type(one, round(leading(one), 1)) for one in sizes)


def _list(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
