"""Diagnostics in -> JSON or SARIF, for editors and continuous integration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from report_data.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from report_data.diagnostics import Diagnostic, Span

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
SARIF_VERSION = "2.1.0"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
"""SARIF 2.1.0, 3.27.10."""


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a JSON array with an object for each diagnostic; lines and columns count from 1."""
    return _text([_record(item) for item in diagnostics])


def as_sarif(diagnostics: Iterable[Diagnostic], version: str) -> str:
    """Return a SARIF 2.1.0 log of one run; ``version`` is this product's."""
    items = list(diagnostics)
    codes = sorted({item.code for item in items})
    driver = {"name": "triptych", "version": version, "rules": [{"id": code} for code in codes]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, codes) for item in items],
    }
    return _text({"$schema": SARIF_SCHEMA, "version": SARIF_VERSION, "runs": [run]})


def _record(item: Diagnostic) -> dict[str, Any]:
    record: dict[str, Any] = {
        "code": item.code,
        "severity": item.severity.value,
        "message": item.message,
        "hint": item.hint,
    }
    if item.span is not None:
        record |= {"file": item.span.file, "line": item.span.line, "column": item.span.column}
        if item.span.end_line:
            record |= {"endLine": item.span.end_line, "endColumn": item.span.end_column}
    return record


def _result(item: Diagnostic, codes: list[str]) -> dict[str, Any]:
    text = f"{item.message}. {item.hint}" if item.hint else item.message
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": codes.index(item.code),
        "level": _LEVELS[item.severity],
        "message": {"text": text},
    }
    if item.span is not None:
        result["locations"] = [{"physicalLocation": _location(item.span)}]
    return result


def _location(span: Span) -> dict[str, Any]:
    region = {"startLine": span.line, "startColumn": span.column}
    if span.end_line:
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
    return {"artifactLocation": {"uri": span.file.replace("\\", "/")}, "region": region}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
