"""Names that a spreadsheet accepts: of sheets, of tables, of the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hsreview.workbook.cells import Report, clean, units

MAX_SHEET_NAME = 31
_FORBIDDEN = re.compile(r"[:\\/?*\[\]\x00-\x1f\x7f]")
_BLANKS = re.compile(r"\s+")
_RESERVED = ("history", "historique")


def sheet_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A legal sheet name near `wanted` (at most 31 UTF-16 units) that is not among `taken`, whatever their case.

    Forbidden characters become `-`, a leading or trailing apostrophe goes, and a name in use gets ` (2)`.
    """
    name = _BLANKS.sub(" ", _FORBIDDEN.sub("-", clean(wanted, Report()))).strip(" '") or "-"
    if name.casefold() in _RESERVED:
        name += "_"
    used = {t.casefold() for t in taken}
    result, number = _cut(name, MAX_SHEET_NAME), 1
    while result.casefold() in used:
        number += 1
        suffix = f" ({number})"
        result = _cut(name, MAX_SHEET_NAME - len(suffix)) + suffix
    return result


def _cut(name: str, limit: int) -> str:
    while units(name) > limit:
        name = name[:-1]
    return name.rstrip(" '")


def table_name(wanted: str, taken: Iterable[str] = ()) -> str:
    """A legal and unused table name: letters, digits and `_`, and never like a cell address."""
    name = "t_" + re.sub(r"\W+", "_", wanted, flags=re.ASCII)
    used = {t.casefold() for t in taken}
    result, number = name, 1
    while result.casefold() in used:
        number += 1
        result = f"{name}_{number}"
    return result


def headers(wanted: Iterable[str]) -> list[str]:
    """Column headers on one line each, never empty, unique whatever their case, short enough for a table."""
    result: list[str] = []
    used: set[str] = set()
    for position, text in enumerate(wanted, 1):
        name = short(text) or f"column {position}"
        unique, number = name, 1
        while unique.casefold() in used:
            number += 1
            unique = f"{name} ({number})"
        used.add(unique.casefold())
        result.append(unique)
    return result


def short(text: str, limit: int = 200) -> str:
    """`text` on one line, cut to `limit` UTF-16 units: for headers and titles, which are no data."""
    line = _BLANKS.sub(" ", clean(text, Report())).strip()
    return line if units(line) <= limit else _cut(line, limit - 1) + "…"


def quoted(name: str) -> str:
    """A sheet name as it stands in a reference: `'L''enjeu'`."""
    return "'" + name.replace("'", "''") + "'"
