"""Lines of a file -> the same without the comments of its front matter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report_data.diagnostics import Diagnostics
from report_data.markdown.front_matter import take_front_matter
from report_data.markdown.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCALAR = re.compile(r"[^\s#][^#]*:\s*[|>][+-]?[0-9]*\s*(?:#.*)?$")
"""A key whose value is all indented lines after it, a ``#`` in them included."""
_TRAILING = re.compile(r"""^((?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<![\s])['"#])*?)\s+#.*$""")
_LONG_STRINGS = ('"""', "'''")


def without_comments(lines: Sequence[str]) -> list[str]:
    """Return a file's lines without comments in its front matter, YAML or TOML.

    Where TOML has strings of several lines, nothing is taken out.
    """
    fence = lines[0].removeprefix("\ufeff").rstrip()
    source = Source("", [fence, *lines[1:]], Diagnostics())
    take_front_matter(source)  # which blanks what it took
    if source.lines[0] or not fence:
        return list(lines)
    closing = ("---", "...") if fence == "---" else ("+++",)
    end = next(n for n in range(1, len(lines)) if lines[n].rstrip() in closing)
    head = lines[1:end]
    if not head or (fence == "+++" and any(q in line for line in head for q in _LONG_STRINGS)):
        return list(lines)
    kept = [lines[0]]
    verbatim = False
    for line in head:
        verbatim = verbatim and (not line.strip() or line[0] in " \t")
        if not verbatim and line.lstrip().startswith("#"):
            continue
        if not verbatim and "#" in line and (found := _TRAILING.match(line)):
            line = found[1]  # noqa: PLW2901 - the line that is kept
        verbatim = verbatim or (fence == "---" and bool(_SCALAR.match(line)))
        kept.append(line)
    return [*kept, *lines[end:]]
