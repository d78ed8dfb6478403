"""``python -m benchmarks linebreak``: real text at 50 widths in -> faults of setting by kind out.

The same paragraphs are set by our composer, justified, and by reportlab's paragraph with
``wordWrap="CJK"``; then what choosing line ends for the paragraph as a whole brings and costs.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks._faults import KINDS, Shown, count_faults
from benchmarks._texts import paragraphs, reports
from exporters.layout.fonts import BUNDLED, FontSet, FontStyle
from exporters.layout.lines import break_lines, stretch_ratio
from exporters.layout.measure import Measured
from exporters.layout.text import Piece, compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from exporters.layout.setting import Line

SIZE = 10.5
WIDTHS = [SIZE * ems for ems in range(10, 60)]
"""Fifty widths, from a narrow table column to a page and a half, in points."""

LEAST_LENGTH = 24
"""Characters from which a paragraph is worth setting: shorter ones never break."""

MOST_CHARACTERS = 30_000


def sample() -> list[str]:
    """Return the paragraphs to set: of every report as much as keeps the run short."""
    found: list[str] = []
    every = list(reports())
    for _, report in every:
        room = MOST_CHARACTERS // len(every)
        for text in paragraphs(report):
            if LEAST_LENGTH <= len(text) <= room:
                found.append(text)
                room -= len(text)
    return list(dict.fromkeys(found))


def set_by_us(text: str, width: float, fonts: FontSet) -> list[Shown]:
    """Return our lines, with the gaps between ideographs as they are drawn."""
    lines = compose([Piece(text, FontStyle(SIZE))], width, fonts, justify=True)
    return [Shown(line.start, line.end, _ink_end(line), _gaps(line)) for line in lines]


def _ink_end(line: Line) -> float:
    """Return where a line's last glyph ends; of a full-width mark, its ink and half an em."""
    if not line.fragments:
        return 0.0
    last = line.fragments[-1]
    text = last.text.rstrip(" \u200b")
    face, size = last.face, last.size
    right = last.x + sum(face.advance(char) * size + last.spacing for char in text) - last.spacing
    blank = face.bearings(text[-1])[1] if text and face.advance(text[-1]) == 1 else 0.0
    return right - min(max(blank, 0.0), 0.5) * size


def _gaps(line: Line) -> list[float]:
    gaps: list[float] = []
    end, previous = 0.0, ""
    for fragment in line.fragments:
        x = fragment.x
        for char in fragment.text:
            if "一" <= char <= "鿿" and "一" <= previous <= "鿿":
                gaps.append(x - end)
            end, previous = x + fragment.face.advance(char) * fragment.size, char
            x = end + fragment.spacing
    return gaps


class Reportlab:
    """reportlab's own line breaking for Chinese."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        pdfmetrics.registerFont(TTFont("peer", BUNDLED / "TriptychSansSC-Regular.ttf"))
        self._width = pdfmetrics.stringWidth
        self._style = ParagraphStyle("peer", fontName="peer", fontSize=SIZE, wordWrap="CJK")

    def set(self, text: str, width: float) -> list[Shown]:
        """Return reportlab's lines, found again in the text."""
        from xml.sax.saxutils import escape

        from reportlab.platypus import Paragraph

        paragraph = Paragraph(escape(text.replace("\n", " ")), self._style)
        broken = paragraph.breakLinesCJK([width])
        shown: list[Shown] = []
        place = 0
        for entry in broken.lines:
            words = entry[1] if isinstance(entry, tuple) else [word.text for word in entry.words]
            line = "".join(words)
            first = line.strip()
            start = text.find(first[:8], place) if first else place
            end = max(start, place) + len(line.rstrip())
            shown.append(Shown(max(start, place), end, self._width(line.rstrip(), "peer", SIZE)))
            place = end
        return shown


def report_faults(name: str, found: Counter[str], lines: int) -> None:
    """Print one setter's faults."""
    sys.stdout.write(f"\n{name}: {lines:,} lines\n")
    for kind in KINDS:
        sys.stdout.write(f"  {kind:<18}{found[kind]:>8,}\n")
    sys.stdout.write(f"  {'sum':<18}{sum(found.values()):>8,}  {sum(found.values()) / lines:.2%}\n")


def compare_optimum(texts: Sequence[str], fonts: FontSet) -> None:
    """Print what choosing a paragraph's line ends as a whole brings, and what it costs."""
    sys.stdout.write("\nline by line / as a whole, at four widths:\n")
    for width in (WIDTHS[5], WIDTHS[15], WIDTHS[33], WIDTHS[49]):
        ratios: tuple[list[float], list[float]] = ([], [])
        seconds = [0.0, 0.0]
        for text in texts:
            measured = Measured([Piece(text, FontStyle(SIZE))], fonts)
            elastic = measured.elastic()
            for whole in (0, 1):
                start = time.process_time()
                parts = list(break_lines(measured, width, elastic=elastic if whole else b""))
                seconds[whole] += time.process_time() - start
                ratios[whole].extend(
                    stretch_ratio(measured, elastic, line, width)
                    for part in parts
                    for line in part[:-1]
                )
        sys.stdout.write(f"  {width / SIZE:3.0f} em:")
        for least in (1, 2):
            counts = [sum(ratio > least for ratio in each) for each in ratios]
            sys.stdout.write(f" lines over {least}: {counts[0]:,} / {counts[1]:,},")
        sys.stdout.write(f" {seconds[0] * 1e3:.0f} / {seconds[1] * 1e3:.0f} ms\n")


def main() -> None:
    """Set the sample by both and print the faults."""
    texts, fonts, peer = sample(), FontSet(), Reportlab()
    sys.stdout.write(f"{len(texts)} paragraphs, {sum(map(len, texts)):,} characters, ")
    sys.stdout.write(f"{len(WIDTHS)} widths from {WIDTHS[0]:.0f} to {WIDTHS[-1]:.0f} pt\n")
    ours, theirs = Counter[str](), Counter[str]()
    count, their_count = 0, 0
    for width in WIDTHS:
        for text in texts:
            lines = set_by_us(text, width, fonts)
            ours += count_faults(text, lines, width, SIZE)
            count += len(lines)
            their_lines = peer.set(text, width)
            theirs += count_faults(text, their_lines, width, SIZE)
            their_count += len(their_lines)
    report_faults("Triptych", ours, count)
    report_faults('reportlab, wordWrap="CJK"', theirs, their_count)
    compare_optimum(texts, fonts)
    if ours:
        sys.exit(f"{sum(ours.values())} faults")


if __name__ == "__main__":
    main()
