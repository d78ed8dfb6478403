"""A table in -> what each of its columns holds: as its author declared it, else as found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_data.typer import type_columns

if TYPE_CHECKING:
    from report_data.columns import ColumnType
    from report_data.model import Table


def types_of(table: Table) -> tuple[ColumnType, ...]:
    """Return the type of each column; a data file has found them when it was opened.

    Raises:
        DeclarationError: The author declared a kind or a column that there is not.
    """
    if table.types is not None:
        return table.types
    headers = [column.header.text for column in table.columns]
    if wanted := table.attributes.get("types"):
        from report_data.declared import declared_types

        return declared_types(wanted, headers, table.texts())
    return type_columns(headers, table.texts())
