"""A quotation's first lines -> the word of the alert that they are on GitHub: ``> [!NOTE]``."""

from __future__ import annotations

import re

from report_data.expressions import when_used

_ALERT = when_used(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)


def split_alert(content: str) -> tuple[str, str]:
    """Return the word of an alert and the text after its line; no word if it opens none."""
    found = _ALERT.match(content) if content.startswith("[!") else None
    return (found[1], content[found.end() :]) if found else ("", content)
