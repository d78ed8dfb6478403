"""What a run gives every exporter: the shared look, words, names and fonts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field

from report_data.diagnostics import Diagnostics

if TYPE_CHECKING:
    from exporters.furniture import Furniture
    from exporters.layout.fonts import FontSet
    from exporters.names import Names
    from exporters.theme import Theme

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""The timestamp in files when the report has no date and SOURCE_DATE_EPOCH is not set."""


class Context(Struct, frozen=True):
    """What a run gives every exporter: the shared look, words, names and fonts.

    ``formats`` are the formats of this run (an excerpt on a slide may point to
    the workbook only if the same run writes it). ``created`` is the one
    timestamp for all files. ``set_id`` names the set that the files of one run
    make; every file carries it in its properties (`reading.SET_PROPERTY`), so
    that files of different sets can be told apart. Exporters append to ``diagnostics``.
    """

    theme: Theme
    fonts: FontSet
    words: Furniture
    names: Names
    formats: frozenset[str]
    created: datetime = EPOCH
    set_id: str = ""
    diagnostics: Diagnostics = field(default_factory=Diagnostics)
