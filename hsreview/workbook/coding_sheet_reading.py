"""Reads a coding sheet that a partner filled in: what stands in its cells, and whether it can be taken as it stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.workbook.cells import MAX_UNITS, read_text, units
from hsreview.workbook.coding_sheet import (
    CODE_COLUMNS,
    FORMAT,
    ID_HEADING,
    META,
    SheetCode,
    SheetFacts,
    same_text,
    shown,
)
from hsreview.workbook.coding_sheet_words import headings, word
from hsreview.workbook.opening import open_workbook

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_HEADER_ROWS = 60
_OLDER = ("1",)
"""Formats whose sheets had no id, from which codings could take ids that nobody can guess."""
_CODE_HEADING = re.compile(r"code *\d+")
_DASHES = re.compile("[‐‑‒–—―−]")
_SEVERAL = re.compile(r"[;\n]")
_REF_AND_LABEL = re.compile(r"\s+[-–—]\s*|\s*[–—:]\s+|\s*[:=]\s*")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that keeps a sheet from being taken: where, and what (a key of the words, with its values)."""

    cell: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    original: str = ""
    """The text as it should stand; for the sheet itself, never for the terminal."""

    def sentence(self, language: str) -> str:
        """What is wrong and what to do, in `fr` or `en`."""
        return word(f"fault_{self.key}", language, **self.values)


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row as it came back."""

    id: str
    id_cell: str
    text: str
    text_cell: str
    codes: tuple[tuple[str, object], ...]
    """Cell and value of what was put into the code columns."""
    remark: str
    remark_cell: str


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """A coding sheet as it came back."""

    facts: SheetFacts
    title: str
    """Name of the sheet with the rows."""
    rows: tuple[FilledRow, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row that can be taken: the ids of its codes, and the remark."""

    id: str
    codes: tuple[str, ...]
    remark: str


def read_coding_sheet(path: Path) -> FilledSheet:
    """The rows of the coding sheet `path`, with what is wrong with its cells.

    Raises InputRefused when the file is no workbook, or no coding sheet of hsreview.
    """
    workbook = open_workbook(path)
    name = visible(path.name)
    if META not in workbook.sheetnames:
        raise InputRefused(_("{name} is no coding sheet that hsreview made.").format(name=name))
    meta = workbook[META]
    values = {read_text(row[0]): read_text(row[1]) for row in meta.iter_rows(max_col=2, max_row=40, values_only=True)}
    if values.get("format", "") in _OLDER:
        raise InputRefused(_("{name} was made by a trial version of hsreview. Make a new sheet.").format(name=name))
    if values.get("format", FORMAT) != FORMAT:
        raise InputRefused(_("{name} was made by a newer hsreview. Update to read it.").format(name=name))
    try:
        facts = SheetFacts.of(values)
    except KeyError:
        raise InputRefused(_("{name} is no coding sheet that hsreview made.").format(name=name)) from None
    for sheet in workbook.worksheets:
        found = _columns(sheet)
        if found is not None:
            _check_headings(name, found[1], facts.language)
            rows, faults = _Reader(sheet, *found).read()
            return FilledSheet(facts, sheet.title, rows, faults)
    message = _("{name}: the heading row with {heading}, the text and the codes is no longer there.")
    raise InputRefused(message.format(name=name, heading=ID_HEADING))


@dataclass(frozen=True, slots=True)
class _Columns:
    id: int
    text: int
    codes: tuple[int, ...]
    remark: int | None
    numbers: frozenset[int]
    """Of the code columns: 1, 2, …"""


def _check_headings(name: str, columns: _Columns, language: str) -> None:
    """What stands below a heading that was renamed would be lost without a word."""
    code = word("code", language)
    missing = [f"{code} {number}" for number in range(1, CODE_COLUMNS + 1) if number not in columns.numbers]
    if columns.remark is None:
        missing.append(word("remark", language))
    if missing:
        raise InputRefused(
            _(
                "{name}: no column has the heading {headings} any more. Write the heading above its column again "
                "(above an empty column if it was deleted). Nothing was stored."
            ).format(name=name, headings=", ".join(f"“{each}”" for each in missing))
        )


def _columns(sheet: Worksheet) -> tuple[int, _Columns] | None:
    """The heading row and where the columns are, wherever somebody has moved them."""
    texts, remarks = ({fold(each) for each in headings(key)} for key in ("text", "remark"))
    for number, values in enumerate(sheet.iter_rows(max_row=_HEADER_ROWS, values_only=True), 1):
        found = {column: fold(read_text(value)).strip() for column, value in enumerate(values, 1) if value is not None}
        if ID_HEADING not in found.values():
            continue
        by_text = {heading: column for column, heading in reversed(found.items())}
        text = next((by_text[each] for each in texts if each in by_text), None)
        codes = tuple(column for column, heading in found.items() if _CODE_HEADING.fullmatch(heading))
        if text is None or not codes:
            return None
        remark = next((by_text[each] for each in remarks if each in by_text), None)
        numbers = frozenset(int(found[column].removeprefix("code")) for column in codes)
        return number, _Columns(by_text[ID_HEADING], text, codes, remark, numbers)
    return None


class _Reader:
    def __init__(self, sheet: Worksheet, header: int, columns: _Columns) -> None:
        self.sheet, self.header, self.columns = sheet, header, columns
        self.faults: list[Fault] = []

    def read(self) -> tuple[tuple[FilledRow, ...], tuple[Fault, ...]]:
        merged = self._merged()
        wanted = {self.columns.id, self.columns.text, *self.columns.codes, self.columns.remark}
        rows = []
        for cells in self.sheet.iter_rows(min_row=self.header + 1):
            own = {column: cell for column, cell in enumerate(cells, 1) if column in wanted}
            if all(cell.value is None for cell in own.values()):
                continue
            rows.append(self._row(own, merged))
        return tuple(rows), tuple(self.faults)

    def _merged(self) -> set[str]:
        """Addresses inside merged ranges among the columns that count; each range is a fault."""
        columns = {self.columns.id, self.columns.text, *self.columns.codes, self.columns.remark}
        inside: set[str] = set()
        for each in self.sheet.merged_cells.ranges:
            if each.max_row > self.header and columns & set(range(each.min_col, each.max_col + 1)):
                self.faults.append(Fault(each.coord.partition(":")[0], "merged"))
                inside |= {self.sheet.cell(*place).coordinate for place in each.cells}
        return inside

    def _row(self, cells: Mapping[int, Cell | MergedCell], merged: set[str]) -> FilledRow:
        at = self.columns
        codes: list[tuple[str, object]] = []
        for column in at.codes:
            cell = cells[column]
            if cell.value is None or cell.coordinate in merged:
                continue
            if cell.data_type in ("f", "e"):
                self.faults.append(Fault(cell.coordinate, "formula"))
            elif not isinstance(cell.value, str):
                codes.append((cell.coordinate, cell.value))
            elif read_text(cell.value).strip():
                codes.append((cell.coordinate, read_text(cell.value)))
        remark, remark_cell = "", ""
        if at.remark is not None:
            note = cells[at.remark]
            remark_cell = note.coordinate
            if note.data_type in ("f", "e"):
                self.faults.append(Fault(remark_cell, "formula"))
            elif units(read_text(note.value)) >= MAX_UNITS:
                self.faults.append(Fault(remark_cell, "long"))
            elif remark_cell not in merged:
                remark = read_text(note.value).strip()
        id_cell, text_cell = cells[at.id], cells[at.text]
        return FilledRow(
            read_text(id_cell.value).strip(), id_cell.coordinate, read_text(text_cell.value), text_cell.coordinate,
            tuple(codes), remark, remark_cell,
        )  # fmt: skip


def check_sheet(
    filled: FilledSheet, texts: Mapping[str, str], codes: Sequence[SheetCode]
) -> tuple[list[CheckedRow], list[Fault]]:
    """The rows that can be taken, and everything that is wrong, by cell.

    `texts` maps the id of every unit of the transcript to its text. Rows that are only there to be read are left out.
    """
    finder = _Finder(codes, filled.facts.language)
    faults = list(filled.faults)
    checked: list[CheckedRow] = []
    seen: dict[str, str] = {}
    for row in filled.rows:
        if not row.id:
            places = [cell for cell, _value in row.codes] + ([row.remark_cell] if row.remark else [])
            faults += [Fault(cell, "no_row") for cell in places]
            continue
        original = texts.get(row.id)
        if original is None:
            faults.append(Fault(row.text_cell, "unknown_row"))
            continue
        if row.id in seen:
            faults.append(Fault(row.text_cell, "twice", {"other": seen[row.id]}))
            continue
        seen[row.id] = row.text_cell
        if not same_text(row.text, shown(original)):
            faults.append(Fault(row.text_cell, "text", original=shown(original)))
        found: list[str] = []
        for cell, value in row.codes:
            answer = finder.find(value)
            if isinstance(answer, Fault):
                faults.append(Fault(cell, answer.key, answer.values))
            else:
                found += answer
        checked.append(CheckedRow(row.id, tuple(dict.fromkeys(found)), row.remark))
    return checked, faults


class _Finder:
    """Finds codes however a partner wrote them: id, `id – label`, label or path, in either language and any case."""

    def __init__(self, codes: Sequence[SheetCode], language: str) -> None:
        self.codes, self.language = codes, language
        self.refs: dict[str, list[SheetCode]] = {}
        self.names: dict[str, list[SheetCode]] = {}
        for code in codes:
            self.refs.setdefault(_key(code.ref), []).append(code)
            self.refs.setdefault(_key(code.id), []).append(code)
            names = {_key(name) for name in (code.label.fr, code.label.en, *code.paths)} - {""}
            for name in names:
                self.names.setdefault(name, []).append(code)

    def find(self, value: object) -> list[str] | Fault:
        """Ids of the codes that a cell names, or what is wrong with it (without its place)."""
        if not isinstance(value, str):
            return self._number(value)
        answer = self._one(value)
        if isinstance(answer, SheetCode):
            return [answer.id]
        parts = [part for part in _SEVERAL.split(value) if part.strip()]
        if len(parts) < 2:
            return answer
        found: list[str] = []
        for part in parts:
            each = self._one(part)
            if isinstance(each, Fault):
                return each
            found.append(each.id)
        return found

    def _one(self, value: str) -> SheetCode | Fault:
        key = _key(value)
        found = self.refs.get(key) or self.names.get(key) or self._ref_and_label(value)
        if isinstance(found, Fault):
            return found
        if found is None:
            return self._unknown(value)
        if len(found) > 1:
            usable = [code for code in found if code.codable]
            if len(usable) != 1:
                return Fault("", "several_codes", {"value": _short(value), "codes": self._listed(found)})
            found = usable
        if not found[0].codable:
            return Fault("", "not_codable", {"value": found[0].ref})
        return found[0]

    def _ref_and_label(self, value: str) -> list[SheetCode] | Fault | None:
        for split in _REF_AND_LABEL.finditer(value):
            found = self.refs.get(_key(value[: split.start()]))
            if found:
                named = self.names.get(_key(value[split.end() :]), found)
                if not any(code in found for code in named):
                    return Fault("", "two_codes", {"value": _short(value)})
                return found
        return None

    def _number(self, value: object) -> list[str] | Fault:
        """A spreadsheet makes 1.1 of 1.10; when one code only can be meant, it is that one."""
        fault = Fault("", "number", {"value": _short(str(value))})
        if isinstance(value, bool) or not isinstance(value, int | float):
            return fault
        meant = [code for code in self.codes if code.codable and _as_number(code.ref) == value]
        return [meant[0].id] if len(meant) == 1 else fault

    def _unknown(self, value: str) -> Fault:
        names = {each: code for each, codes in (*self.refs.items(), *self.names.items()) for code in codes}
        near = difflib.get_close_matches(_key(value), names, 1, 0.6)
        if near and names[near[0]].codable:
            values = {"value": _short(value), "near": names[near[0]].choice(self.language)}
            return Fault("", "near", values)
        return Fault("", "unknown_code", {"value": _short(value)})

    def _listed(self, codes: Sequence[SheetCode]) -> str:
        return ", ".join(code.ref for code in codes)


def _key(text: str) -> str:
    return " ".join(_DASHES.sub("-", fold(text)).split()).strip(" .,;")


def _as_number(ref: str) -> float | None:
    try:
        return float(ref.replace(",", "."))
    except ValueError:
        return None


def _short(text: str) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= 40 else line[:39] + "…"
