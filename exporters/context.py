"""What a run gives every exporter: the shared look, words, names and fonts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from report_data.diagnostics import Diagnostics

if TYPE_CHECKING:
    from exporters.furniture import Furniture
    from exporters.layout.fonts import FontSet
    from exporters.names import Names
    from exporters.theme import Theme

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The timestamp in files when the report has no date and SOURCE_DATE_EPOCH is not set."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a run gives every exporter: the shared look, words, names and fonts.

    ``formats`` are the formats of this run (an excerpt on a slide may point to
    the workbook only if the same run writes it). ``created`` is the one
    timestamp for all files. Exporters append to ``diagnostics``.
    """

    theme: Theme
    fonts: FontSet
    words: Furniture
    names: Names
    formats: frozenset[str]
    created: datetime = EPOCH
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
