"""The one place where values become spreadsheet cells: text stays text, nothing is cut, nothing is illegal.

A spreadsheet file cannot hold some characters, more than 32,767 UTF-16 units in a cell, or a number that is
not a number; and a spreadsheet reads `=…`, `#N/A` and `_x000D_` as more than text. Everything that writes
cells passes here, and a `Report` counts what had to be changed.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.cell import Cell

MAX_UNITS = 32_767
"""UTF-16 units that one cell holds."""
TEXT_FORMAT = "@"
"""Number format of ids: what is typed over such a cell stays text."""
_WINDOW = 1_000
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_STARTS_FORMULA = ("=", "+", "-", "@")

Plain = str | int | float | bool | None
"""What a cell can hold."""


@dataclass(slots=True)
class Report:
    """What was changed so that a file could be written."""

    replaced: int = 0
    """Characters that a spreadsheet cannot hold, each replaced by one visible sign."""
    split: int = 0
    """Texts longer than a cell, continued in further rows."""


def clean(text: str, report: Report) -> str:
    """`text` with every illegal character replaced by one sign (`␋` for `\\x0b`, else `�`) and counted."""
    if text.isascii() and text.isprintable():
        return text
    result, count = _ILLEGAL.subn(_sign, text)
    report.replaced += count
    return result


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def units(text: str) -> int:
    """Length of `text` in UTF-16 units, which is how a spreadsheet counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(text: str, limit: int = MAX_UNITS) -> list[str]:
    """`text` in pieces of at most `limit` UTF-16 units which joined give `text` again; one piece when it fits.

    A piece ends after white space when there is some near its end, and never inside a character.
    """
    if len(text) * 2 <= limit or units(text) <= limit:
        return [text]
    result = []
    start = 0
    while start < len(text):
        end = _fits(text, start, limit)
        if end < len(text):
            blank = max(text.rfind(c, max(start, end - min(_WINDOW, limit // 2)), end) for c in " \n")
            end = blank + 1 if blank > start else end
        result.append(text[start:end])
        start = end
    return result


def _fits(text: str, start: int, limit: int) -> int:
    """The largest end such that `text[start:end]` holds at most `limit` units."""
    end = min(len(text), start + limit)
    while (over := units(text[start:end]) - limit) > 0:
        end -= max(1, over // 2)
    return end


def escaped(text: str) -> str:
    """`text` as a spreadsheet file has to hold it: a literal `_x000D_` would otherwise be read as one character."""
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def read_text(value: object) -> str:
    """The text of a cell that was read back: escapes undone, `None` as an empty string, numbers as typed."""
    if value is None:
        return ""
    text = str(value)
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def plain(value: object, undefined: str) -> Plain:
    """`value` as a cell can hold it: dates as ISO text, NaN and infinities as the text `undefined`."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else undefined
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would calculate `text` if somebody typed it again."""
    return text.startswith(_STARTS_FORMULA)


def put_text(cell: Cell, text: str, report: Report, *, number_format: str | None = None) -> None:
    """Write `text` into an openpyxl cell as text, whatever it looks like.

    `number_format` is `TEXT_FORMAT` for ids. Raises ValueError when the text does not fit: split it with
    `pieces` first, because openpyxl would cut it without a word.
    """
    value = escaped(clean(text, report))
    if units(value) > MAX_UNITS:
        raise ValueError(f"{units(value)} UTF-16 units do not fit into one cell")
    cell.value = value
    cell.data_type = "s"
    if looks_like_formula(value):
        cell.quotePrefix = True
    if number_format is not None:
        cell.number_format = number_format


def text_cell(sheet: object, text: str, report: Report, *, number_format: str | None = None) -> Cell:
    """A new openpyxl cell for `sheet.append([...])` that holds `text` as text; raises as `put_text`."""
    from openpyxl.cell import WriteOnlyCell

    cell: Cell = WriteOnlyCell(sheet)  # type: ignore[arg-type]
    put_text(cell, text, report, number_format=number_format)
    return cell
