"""A section in -> whether it is a list of contents that the author wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.model import Break, List, Paragraph, Run, walk

if TYPE_CHECKING:
    from report_data.model import RichText, Section


def lists_sections(section: Section, least: int) -> bool:
    """Return whether all that a section holds is a list of ``least`` links within the report."""
    texts = [node.content for node in walk(section.blocks) if isinstance(node, Paragraph)]
    return (
        len(texts) >= least
        and not section.sections
        and not section.attributes
        and all(isinstance(block, List | Break) for block in section.blocks)
        and all(map(_is_inner_link, texts))
    )


def _is_inner_link(text: RichText) -> bool:
    """Return whether a text is nothing but links to places in the report."""
    runs = [one for one in text if not isinstance(one, Run) or not one.text.isspace()]
    return bool(runs) and all(
        isinstance(one, Run) and one.link is not None and one.link.startswith("#") for one in runs
    )
