"""A report's date in -> the one time that all files of a run carry, never the clock's."""

from __future__ import annotations

import contextlib
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from report_data.diagnostics import Diagnostic, ReportErrors, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATE = re.compile(r"(\d{4})\D{1,3}(\d{1,2})(?:\D{1,3}(\d{1,2}))?")
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""What the dates inside a ZIP archive can hold (APPNOTE.TXT 4.4.6)."""


def timestamp(
    date: str, default: datetime, environment: Mapping[str, str] = os.environ
) -> datetime:
    """Return the one time that all files of a run carry, never the clock's.

    It is ``SOURCE_DATE_EPOCH`` (reproducible-builds.org) if that is set, else
    the report's date (``2025-10-20``, ``2025年10月20日``), else the default;
    clamped to what a ZIP archive can hold.

    Raises:
        ReportErrors: ``SOURCE_DATE_EPOCH`` is no moment, of which its specification
            says that a build should stop.
    """
    if epoch := environment.get("SOURCE_DATE_EPOCH", "").strip():
        return _clamped(_moment(epoch))
    if found := _DATE.search(date):
        year, month, day = (int(group or 1) for group in found.groups())
        with contextlib.suppress(ValueError):
            return _clamped(datetime(year, month, day, tzinfo=UTC))
    return default


def _moment(epoch: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (OverflowError, OSError, ValueError):
        message = f"the variable SOURCE_DATE_EPOCH is “{epoch}”, no count of seconds since 1970"
        hint = "Give it as digits, such as 1700000000, or unset it"
        raise ReportErrors((Diagnostic("E713", Severity.ERROR, message, hint=hint),)) from None


def _clamped(moment: datetime) -> datetime:
    first = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
    last = datetime(_LAST_YEAR, 12, 31, tzinfo=UTC)
    return min(max(moment, first), last)
