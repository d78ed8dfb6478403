"""Lines of a source -> marks that a chat with a language model left in them, said, and left alone.

Answers are copied with marks for sources that only the chat's page resolves. They are
the report's text as far as anybody can tell, so they stay; a board should not read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.expressions import when_used

if TYPE_CHECKING:
    from report_data.markdown.source import Source

_SIGNS = ("†", "oaicite", "oai_citation", "turn", "citation:", "think>")
"""What every such mark holds one of."""

_LEFT = when_used(
    r"【\d+(?::\d+)?†[^】]{0,200}】"
    r"|:contentReference\[oaicite:\d+\](?:\{index=\d+\})?"
    r"|\[oai_citation[:‡][^\]]{0,200}\]"
    r"|\[citation:\d+\]"
    r"|\ue200[^\ue201]{0,200}\ue201"
    r"|(?<![A-Za-z])(?:cite)?(?:turn\d+(?:search|news|view|fetch|image|file|academia|finance)\d+)+"
    r"|</?think>"
)


def warn_of_leftovers(source: Source) -> None:
    """Say where the first mark of a chat stands, and how many more there are."""
    found = [
        (number, match)
        for number, line in enumerate(source.lines)
        if any(sign in line for sign in _SIGNS)
        for match in _LEFT.finditer(line)
    ]
    if not found:
        return
    number, match = found[0]
    more = f" (and {len(found) - 1} more like it)" if len(found) > 1 else ""
    source.diagnostics.warn(
        "W114",
        f"“{match[0]}” looks like a mark that a chat left{more}",
        source.span(number, match.start(), len(match[0])),
        "Delete it, or write the source that it stands for",
    )
