"""A draft Report and what the reader found -> a valid Report, or all that is wrong at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from report_data.diagnostics import Diagnostics
    from report_data.model import Report


def validate(report: Report, found: Diagnostics) -> Report:
    """Return the report with its warnings.

    Raises:
        ReportErrors: with every error and warning, in the order of the source.
    """
    found.raise_errors()
    return replace(report, warnings=tuple(found.in_order()))
