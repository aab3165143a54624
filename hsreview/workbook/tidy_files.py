"""Tidy tables as files: a folder of CSV that a spreadsheet cannot calculate, or one JSON document."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from hsreview.workbook.cells import Report, clean
from hsreview.workbook.tidy_variables import Cell, Tidy

_CALCULATES = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula, at the start of a field."""
GUARD = "'"


def write_csv(tables: Sequence[Tidy], folder: Path) -> dict[str, int]:
    """Write a file for each table into `folder` (UTF-8 with a mark, for Excel): table → rows. Raises OSError.

    A text that a spreadsheet would calculate gets an apostrophe in front; characters that no table holds become signs.
    """
    return {table.name: write_table(table, folder / f"{table.name}.csv") for table in tables}


def write_table(table: Tidy, path: Path, *, delimiter: str = ",") -> int:
    """Write one table as `write_csv` does: how many rows. Raises OSError."""
    report = Report()
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n", delimiter=delimiter)
        writer.writerow([variable.name for variable in table.variables])
        for row in table.rows:
            writer.writerow([_field(cell, report) for cell in row])
            rows += 1
    return rows


def _field(cell: Cell, report: Report) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = clean(cell, report)
    return f"{GUARD}{text}" if text.startswith(_CALCULATES) else text


def write_json(tables: Sequence[Tidy], about: Mapping[str, object], path: Path) -> dict[str, int]:
    """Write one document: what it rests on, and each table as a list of objects: table → rows. Raises OSError."""
    written = {}
    with path.open("w", encoding="utf-8") as file:
        file.write('{\n"about": ' + _json(about))
        for table in tables:
            names = [variable.name for variable in table.variables]
            file.write(f",\n{_json(table.name)}: [")
            rows = 0
            for row in table.rows:
                file.write((",\n" if rows else "\n") + _json(dict(zip(names, row, strict=True))))
                rows += 1
            file.write("\n]")
            written[table.name] = rows
        file.write("\n}\n")
    return written


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
