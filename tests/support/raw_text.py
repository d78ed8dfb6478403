"""A finished PDF and what our reader found in it -> where poppler's pdftotext reads otherwise.

``pdftotext -raw`` gives each page's text in the order of its content stream. All of it must be
what our reader found there and nothing else, and the report's own text in the order of reading.
"""

from __future__ import annotations

import subprocess
from itertools import groupby
from typing import TYPE_CHECKING

from exporters.reading import Layer
from exporters.verify.expected import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from exporters.reading import Found, Reading
    from report_data.model import Report


def raw_pages(program: str, path: Path) -> list[str]:
    """Return the text of every page without white space, as ``pdftotext -raw`` has it."""
    command = [program, "-raw", "-enc", "UTF-8", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return [squeezed(page) for page in done.stdout.decode().split("\f")[:-1]]


def disagreements(program: str, path: Path, reading: Reading, report: Report) -> Iterator[str]:
    """Yield what pdftotext lacks, has more, or has in another order than the report."""
    pages = raw_pages(program, path)
    notes = {str(note.id) for note in report.notes}  # at the page's foot, not in their paragraph
    found = sorted(reading.found, key=lambda one: one.group)
    by_page = {number: list(group) for number, group in groupby(found, lambda one: one.group)}
    for number, raw in enumerate(pages, 1):
        texts = by_page.get(number, [])
        length = sum(len(squeezed(one.text)) for one in texts)
        if length != len(raw):
            yield f"page {number}: {len(raw)} characters, our reader found {length}"
        body = [one for one in texts if one.layer is Layer.BODY]
        yield from _out_of_order(raw, [one for one in body if one.block not in notes])
        for one in body:
            if one.block in notes and squeezed(one.text) not in raw:
                yield f"{one.place}: no “{one.text}”"


def _out_of_order(raw: str, body: list[Found]) -> Iterator[str]:
    """Yield the texts that do not follow those before them on their page.

    Where a table's columns are parted, the end of one part and the beginning of the
    next may share a page: there cells follow the table's beginning.
    """
    position = 0
    for block, group in groupby(body, lambda one: one.row is not None and one.block):
        beginning = position
        for one in group:
            text = squeezed(one.text)
            at = raw.find(text, position)
            if at < 0 and block:
                at = raw.find(text, beginning)
            if at < 0:
                yield f"{one.place}: no “{one.text}” in its place"
            else:
                position = max(position, at + len(text))
