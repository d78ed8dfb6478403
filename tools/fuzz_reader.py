"""Samples of the dialect in -> mutated sources through the reader, led by the lines they reach.

Run ``python tools/fuzz_reader.py [--seconds 600] [--seed 0]``. A source that
reaches a line of the reader, or makes a report of a shape, that none did before
joins the samples. Every
source must load, or be refused with a code; a report that loads must say what
its source says. The first that does not is printed, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import report_data
from report_data.diagnostics import ReportErrors
from report_data.markdown.visible import compare
from report_data.model import children

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

    from report_data.model import Report

READER = str(Path(report_data.__file__).parent)
SECONDS_EACH = 10.0
"""A source that takes longer is a fault too."""
LONGEST = 2_000
"""Characters; longer sources teach nothing that shorter ones do not."""

SAMPLES = (
    "---\ntitle: 题\nauthor: [甲, 乙]\n---\n\n# 一 {#a .b c=d}\n\n正文 **粗：**字\n",
    '+++\ntitle = "T"\n+++\n\n## x\n',
    "# T\n\n作者：王\n日期：2025-10-20\n\n## 一\n\n- [x] a\n  1. b\n\n> q\n> - c\n",
    "| a | b |\n|:-:|--:|\n| `x\\|y` | 2 | 3 |\n\n: cap {#t}\n\n见 @t，[](#t)\n",
    ":::: columns\n::: column\n- a\n:::\n::: {.callout #c} 标题\nb\n:::\n::::\n",
    "a[^1] b^[in *x*]\n\n[^1]: note\n\n    more\n\n[r]: https://x.org 'y'\n[z][r] <b@c.de>\n",
    "<details><summary>s</summary>\n\n**m**\n\n</details>\n",
    "<table><tr><td rowspan=2>1<td>2</table>\n\n<ul><li>a<li>b</ul>\n\n<pre>x\n y</pre>\n",
    "Vec<T> H<sub>2</sub>O<br><!-- c --><script>x</script>\n",
    "$E=mc^2$ $5 $$\n\n$$\nx\n$$\n\n```py\ncode\n```\n\n    indented\n\n---\n\nterm\n: def\n",
    "![图](x.png 'cap'){width=50%}\n\na ![b](c.svg) https://x.org/a_b www.x.org\n",
    "- a\n\n  | b | c |\n  |---|---|\n  | d | e |\n\n  > f\n  >\n  > ```\n  > g\n- [ ] h\n",
    "<details>\n<summary>a</summary>\n\n| b |\n|---|\n| c |\n\n- d\n\n</details>\n\n#### f\n",
    "<p align=center><img src=a alt='b'> <a href='https://x.org'>c <i>d</i></a></p>\n",
    "<dl><dt>a<dd>b<p>c</dl><blockquote><h2>d</h2></blockquote>\n",
    '**a**\n\nb\n\n**c**\n\nd\n\n---\n\n~~*e*~~ `f` ***g*** [**h**](#i "j")\n',
    "~~s~~ \\* &amp; &#0; **中。**字 __a__\\\nb  \nc\n",
)
TOKENS = (
    *"*_`~[](){}<>|!#-+:$^@\\&\n\t ",
    *(
        "**",
        "```",
        ":::",
        "::: x\n",
        "---\n",
        "| ",
        "\n\n",
        "    ",
        "</",
        "<!--",
        "-->",
        "[^",
        "]: ",
    ),
    *(
        "![",
        "](",
        "{#x}",
        "$$",
        "<td>",
        "<li>",
        "</table>",
        "<br>",
        "&lt;",
        "\u200b",
        "\0",
        "\u202e",
    ),
    *("中", "，", "“", "가", "é", "👩\u200d💻", "\U0010ffff", "1. ", "- ", "> "),
)


class Coverage:
    """The lines of the reader that have been reached, and the shapes of reports that were made.

    A function whose lines have all been reached is not followed any more:
    tracing makes everything ten times slower.
    """

    def __init__(self) -> None:
        self.left: dict[CodeType, set[int]] = {}
        self.shapes: set[object] = set()
        self.reached = 0
        self.new = 0

    def call(self, frame: FrameType, _event: str, _argument: object) -> object:
        """Follow frames of the reader that still have something new."""
        code = frame.f_code
        left = self.left.get(code)
        if left is None:
            own = code.co_filename.startswith(READER)
            left = {line for _, _, line in code.co_lines() if line} if own else set()
            self.left[code] = left
        return self.line if left else None

    def line(self, frame: FrameType, _event: str, _argument: object) -> object:
        """Count a line that is new."""
        left = self.left[frame.f_code]
        if frame.f_lineno in left:
            left.remove(frame.f_lineno)
            self.reached += 1
            self.new += 1
        return self.line

    def look(self, report: Report) -> None:
        """Count what is new in a report: what stands in what, looks of text, messages."""
        shapes: set[object] = {item.code for item in report.warnings}
        for node in report.walk():
            shapes.update((type(node), getattr(node, "kind", ""), type(c)) for c in children(node))
            content = getattr(node, "content", ())
            shapes.update((type(node), getattr(item, "marks", type(item))) for item in content)
        self.new += len(shapes - self.shapes)
        self.shapes |= shapes


def mutated(samples: list[str], choose: random.Random) -> str:
    """Return a source made of one or two samples by a few random edits."""
    text = choose.choice(samples)
    for _ in range(choose.randint(1, 6)):
        start = choose.randint(0, len(text))
        end = min(len(text), start + choose.randint(0, 12))
        match choose.randint(0, 4):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:start] + choose.choice(TOKENS) + text[end:]
            case 2:
                text = text[:start] + choose.choice(TOKENS) * choose.randint(1, 8) + text[start:]
            case 3:
                other = choose.choice(samples)
                cut = choose.randint(0, len(other))
                text = text[:start] + other[cut : cut + choose.randint(1, 60)] + text[start:]
            case _:
                text = text[:start] + text[start:end] * choose.randint(2, 4) + text[end:]
    return text[:LONGEST]


def fault(source: str, look: Callable[[Report], None] = lambda _: None) -> str:
    """Return what is wrong with how a source is read; ``""`` if nothing is.

    ``look`` is shown the report that it makes.
    """
    began = time.process_time()
    try:
        report = report_data.load_text(source)
        look(report)
        differences = compare(report)
    except ReportErrors:
        differences = []
    except Exception as problem:  # noqa: BLE001  any other is what we look for
        return f"{type(problem).__name__}: {problem}"
    if differences:
        return str(differences[0])
    seconds = time.process_time() - began
    return f"took {seconds:.1f} s" if seconds > SECONDS_EACH else ""


def main() -> int:
    """Run for a while; print what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600)
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    choose = random.Random(given.seed)  # noqa: S311  not for secrets: a run can be repeated
    samples = list(SAMPLES)
    coverage = Coverage()
    runs = 0
    end = time.monotonic() + given.seconds
    while time.monotonic() < end:
        source = SAMPLES[runs] if runs < len(SAMPLES) else mutated(samples, choose)
        runs += 1
        coverage.new = 0
        sys.settrace(coverage.call)  # type: ignore[arg-type]  # its own type is narrower than it is
        try:
            said = fault(source, coverage.look)
        finally:
            sys.settrace(None)
        if said:
            sys.stdout.write(f"after {runs} sources, seed {given.seed}: {said}\n{source!r}\n")
            return 1
        if coverage.new:
            samples.append(source)
    sys.stdout.write(
        f"{runs} sources, {len(samples)} samples, {coverage.reached} lines and "
        f"{len(coverage.shapes)} shapes reached; no fault\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
