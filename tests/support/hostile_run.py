"""A hostile case -> what ``check`` and ``export`` made of it, and all that is wrong with that."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import zipfile
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hostile import CANARY, OUTSIDE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hostile import Case

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, str(ROOT / "cli.py"))

MOST_SECONDS = 300
"""Of the clock, for one command; then it counts as hung."""

MOST_ADDRESSES = 6 << 30
"""Bytes of address space for one command and each process it forks."""

# Small, so that what the system counts as the command's memory is not ours: a
# forked process inherits the peak of the one that it was forked from.
_LAUNCH = """
import json, os, resource, subprocess, sys, time
report, limit, *command = sys.argv[1:]
def bound():
    resource.setrlimit(resource.RLIMIT_AS, (int(limit), int(limit)))
began = time.monotonic()
process = subprocess.Popen(command, preexec_fn=bound)
_, status, used = os.wait4(process.pid, 0)
with open(report, "w") as file:
    json.dump({
        "status": os.waitstatus_to_exitcode(status),
        "seconds": used.ru_utime + used.ru_stime,
        "clock": time.monotonic() - began,
        "megabytes": used.ru_maxrss / 1024,
    }, file)
"""


class Ran(NamedTuple):
    """What one command came to: ``seconds`` of processors, ``clock`` beside them."""

    status: int
    seconds: float
    clock: float
    megabytes: float
    said: str

    @property
    def codes(self) -> Counter[str]:
        """Return how often each code was said, those that were counted only included."""
        codes: Counter[str] = Counter()
        for code, more in re.findall(
            r"(?:error|warning|note)\[(\w+)\]:.*?(?:\(and (\d+) more like it\))?$",
            self.said,
            re.MULTILINE,
        ):
            codes[code] += 1 + int(more or 0)
        return codes


class Result(NamedTuple):
    """A case, what both commands came to, and what is wrong."""

    case: Case
    check: Ran
    export: Ran
    faults: tuple[str, ...]


def run(case: Case, folder: Path, wrapper: Sequence[str] = ()) -> Result:
    """Make a case in a folder of its own and do both commands; ``wrapper`` goes before them."""
    place = folder / "report"
    for part in (place, folder / OUTSIDE, folder / "tmp"):
        part.mkdir(parents=True)
    case.make(place)
    before = _listing(folder)
    source = place / case.source
    original = source.read_bytes()
    check = _ran([*wrapper, *COMMAND, "check", *case.arguments, case.source], folder, place)
    export = _ran(
        [*wrapper, *COMMAND, "export", "--output", "../output", *case.arguments, case.source],
        folder,
        place,
    )
    faults = [*_statuses(case, check, export), *_bounds(case, check, export)]
    if source.read_bytes() != original:
        faults.append("the source was changed")
    strange = _listing(folder) - before - {"output", "said", "used"}
    faults += [f"{name} was made" for name in sorted(strange)]
    for ran in (check, export):
        faults += [f"says: {fault}" for fault in _spoken(ran.said)]
    faults += _outputs(case, folder / "output")
    return Result(case, check, export, tuple(dict.fromkeys(faults)))


def _listing(folder: Path) -> set[str]:
    """Return all that there is, of the output folder its name alone."""
    there = (path.relative_to(folder) for path in folder.rglob("*"))
    return {path.as_posix() for path in there if path.parts[0] != "output" or len(path.parts) == 1}


def _ran(command: Sequence[str], folder: Path, place: Path) -> Ran:
    used, said = folder / "used", folder / "said"
    launch = [sys.executable, "-S", "-c", _LAUNCH, str(used), str(MOST_ADDRESSES), *command]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COV")}
    environment |= {"PYTHONIOENCODING": "utf-8", "TMPDIR": str(folder / "tmp"), "HOME": str(folder)}
    with said.open("wb") as sink:
        try:
            subprocess.run(
                launch,
                cwd=place,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                timeout=MOST_SECONDS,
                check=True,
                start_new_session=True,
            )
        except subprocess.TimeoutExpired:
            return Ran(-1, MOST_SECONDS, MOST_SECONDS, 0, f"hung: {shlex.join(command)}")
    told = json.loads(used.read_text())
    return Ran(**told, said=said.read_bytes().decode("utf-8", "replace"))


def _statuses(case: Case, check: Ran, export: Ran) -> Iterator[str]:
    codes = _wanted(case.codes)
    for name, ran, status in (("check", check, case.check), ("export", export, case.export)):
        if ran.status != status:
            yield f"{name}: status {ran.status}, not {status}"
        if ran.codes != codes:
            yield f"{name}: says {shown(ran.codes) or 'nothing'}, not {shown(codes) or 'nothing'}"
    if check.said != _without_files(export.said):
        yield "check does not say what export says"
    for wanted in case.says:
        if not re.search(wanted, check.said + export.said):
            yield f"nothing said matches {wanted!r}"


def _without_files(said: str) -> str:
    """Return what an export said without the lines that name what it wrote."""
    return "".join(line for line in said.splitlines(keepends=True) if not _WROTE.match(line))


_WROTE = re.compile(r"\.\./output/\S.* (slides|pages|sheets) ")


def _wanted(codes: str) -> Counter[str]:
    wanted: Counter[str] = Counter()
    for item in codes.split():
        code, _, times = item.partition("*")
        wanted[code] += int(times or 1)
    return wanted


def shown(codes: Counter[str]) -> str:
    """Return codes as a case writes them."""
    return " ".join(code + (f"*{n}" if n > 1 else "") for code, n in sorted(codes.items()))


def _bounds(case: Case, check: Ran, export: Ran) -> Iterator[str]:
    for name, ran, most in (("check", check, case.seconds[0]), ("export", export, case.seconds[1])):
        if ran.seconds > most:
            yield f"{name}: {ran.seconds:.1f} s, more than {most:g}"
        if ran.megabytes > case.megabytes:
            yield f"{name}: {ran.megabytes:.0f} MB, more than {case.megabytes}"


_NOT_FOR_TERMINALS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _spoken(said: str) -> Iterator[str]:
    """Yield what no terminal should be sent, and what nobody should be told."""
    if "Traceback" in said:
        yield f"a traceback: {said.strip().splitlines()[-1]}"
    for found in {*_NOT_FOR_TERMINALS.findall(said)}:
        yield f"a control character U+{ord(found):04X}"
    if CANARY in said:
        yield "the canary"


# ---- what was written


def _outputs(case: Case, folder: Path) -> Iterator[str]:
    there = sorted(folder.glob("[!.]*.*")) if folder.exists() else []
    files = {path.suffix[1:]: path for path in there}
    if case.export != 0:
        yield from (f"{path.name} was written" for path in there)
        return
    if set(files) != {"pptx", "pdf", "xlsx"}:
        yield f"written: {', '.join(files) or 'nothing'}"
        return
    for name, path in files.items():
        yield from (f"{name}: {fault}" for fault in _file_faults(case, path))
    for rule in case.rules:
        yield from (f"{rule}: {fault}" for fault in RULES[rule](files))


def _file_faults(case: Case, path: Path) -> Iterator[str]:
    for part, content in _parts(path):
        faults = _file_links(content) if part == "file" else _part_faults(part, content)
        yield from (f"{part}: {fault}" for fault in faults)
        # the source is attached as it was written, but for its comments
        hidden = [text for text in case.lacks if part != ATTACHED or "comment" in text]
        for text in (CANARY, "root:x:0", *hidden):
            if text.encode() in content:
                yield f"{part} holds {text!r}"
    told = _squeezed(_text(path))
    yield from (f"nowhere {text!r}" for text in case.holds if _squeezed(text) not in told)


ATTACHED = "the attached source"


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield a package's parts, or a PDF's streams unpacked and the rest of it."""
    if path.suffix != ".pdf":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield name, archive.read(name)
        return
    content = path.read_bytes()
    yield "file", content
    streams = re.finditer(rb"(<<[^\0]{,400}?)stream\r?\n(.*?)endstream", content, re.DOTALL)
    for number, found in enumerate(streams):
        name = ATTACHED if b"/EmbeddedFile" in found[1] else f"stream {number}"
        unpacker = zlib.decompressobj()
        try:
            yield name, unpacker.decompress(found[2], 1 << 24)
        except zlib.error:
            yield name, found[2]


_ALLOWED = re.compile(rb"(?i)(https?:|mailto:)")


def _file_links(content: bytes) -> Iterator[str]:
    for found in re.findall(rb"/URI \(((?:[^()\\]|\\.)*)\)", content):
        if not _ALLOWED.match(found):
            yield f"links to {found!r}"
    for key in (b"/JavaScript", b"/Launch", b"/GoToR", b"/OpenAction", b"/SubmitForm"):
        if key in content:
            yield f"has {key.decode()}"


def _part_faults(name: str, content: bytes) -> Iterator[str]:
    from lxml import etree

    if not name.endswith((".xml", ".rels")):
        return
    try:
        tree = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        yield f"is not well formed: {error}"
        return
    if name.endswith(".rels"):
        for one in tree:
            target = one.get("Target", "").encode()
            if one.get("TargetMode") == "External" and not _ALLOWED.match(target):
                yield f"leads to {target!r}"


def _text(path: Path) -> str:
    """Return all that a file says, as a reader of our own that knows nothing of the writers."""
    if path.suffix == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        try:
            return "".join(page.get_textpage().get_text_range() for page in document)
        finally:
            document.close()
    from lxml import etree

    spoken = re.compile(r"^(ppt/(slides|notesSlides)/|xl/(sharedStrings|worksheets/)).*xml$")
    told = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if spoken.match(name):
                tree = etree.fromstring(archive.read(name))
                told += [str(text) for text in tree.itertext()]
    if path.suffix == ".xlsx":  # where _xHHHH_ is a character, ECMA-376 part 1, 22.9.2.19
        told = [re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), one) for one in told]
    return "".join(told)


def _squeezed(text: str) -> str:
    return "".join(text.split())


# ---- rules that some cases name


def _cells(path: Path) -> Iterator[tuple[str, object, str]]:
    """Yield each cell of a workbook: its sheet, its value, its kind."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    yield sheet.title, cell.value, cell.data_type


def _no_formula(files: dict[str, Path]) -> Iterator[str]:
    with zipfile.ZipFile(files["xlsx"]) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet") and re.search(rb"<f[ >]", archive.read(name)):
                yield f"{name} has a formula"
    for sheet, value, kind in _cells(files["xlsx"]):
        if kind == "f" and isinstance(value, str):
            yield f"{sheet}: {value} would be read as a formula"


def _numbers(*wanted: float) -> Callable[[dict[str, Path]], Iterator[str]]:
    def rule(files: dict[str, Path]) -> Iterator[str]:
        found = {value for _, value, kind in _cells(files["xlsx"]) if kind == "n"}
        yield from (f"no cell is {number}" for number in wanted if number not in found)

    return rule


def _ids_are_text(files: dict[str, Path]) -> Iterator[str]:
    from hostile_cases import IDS

    found = {value for _, value, kind in _cells(files["xlsx"]) if kind == "s"}
    yield from (f"{text} is no text" for text in IDS if text not in found)


def _whole_table(files: dict[str, Path]) -> Iterator[str]:
    import openpyxl

    book = openpyxl.load_workbook(files["xlsx"], read_only=True)
    sizes = [(sheet.max_row, sheet.max_column) for sheet in book.worksheets]
    if not any(rows >= 3001 and columns >= 60 for rows, columns in sizes):
        yield f"sheets are of {sizes}"


def _legal_names(files: dict[str, Path]) -> Iterator[str]:
    import openpyxl

    book = openpyxl.load_workbook(files["xlsx"])
    names = [sheet.title for sheet in book.worksheets]
    if len({name.casefold() for name in names}) != len(names):
        yield "two sheets have one name"
    for name in names:
        units = len(name.encode("utf-16-le")) // 2
        if not 1 <= units <= 31 or re.search(r"[\[\]:*?/\\]", name) or name.strip("'") != name:
            yield f"{name!r} is no name of a sheet"
        if name.casefold() == "history":
            yield "Excel keeps the name History"
    tables = [table.name for sheet in book.worksheets for table in sheet.tables.values()]
    for name in tables:
        if not re.fullmatch(r"[^\W\d]\w*", name) or re.fullmatch(r"[A-Za-z]{1,3}\d+", name):
            yield f"{name!r} is no name of a table"
    if len({name.casefold() for name in tables}) != len(tables):
        yield "two tables have one name"


def _bounded(files: dict[str, Path]) -> Iterator[str]:
    source = max(
        path.stat().st_size for path in (files["pdf"].parent.parent / "report").glob("*.md")
    )
    for name, path in files.items():
        size = sum(len(content) for _, content in _parts(path)) - path.stat().st_size
        if size > 20 * source + 5_000_000:
            yield f"the {name} unpacks to {size:,} bytes, its source has {source:,}"


RULES: dict[str, Callable[[dict[str, Path]], Iterator[str]]] = {
    "no formula": _no_formula,
    "-1 and 1 % are numbers": _numbers(-1, 0.01),
    "1234 and -5 are numbers": _numbers(1234, -5),
    "ids are text": _ids_are_text,
    "the table is whole in the workbook": _whole_table,
    "names are legal": _legal_names,
    "no file is 20 times its source": _bounded,
}
