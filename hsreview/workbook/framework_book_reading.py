"""Reads the framework's Excel file back: which cell says what, and what cannot be read and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.workbook.cells import MAX_UNITS, read_text, units
from hsreview.workbook.framework_book import FIXED, FORMAT, ID_HEADING, JOURNAL, META, REF, ROW, BookFacts, plain
from hsreview.workbook.opening import open_workbook
from hsreview.workbook.returned import Fault, Notice, merged_areas, unreadable
from hsreview.workbook.words import Words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TOP_ROWS = 60

Written = str | int | float | date
"""What stands in a cell; nothing is an empty text."""


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """What a cell says."""

    cell: str
    """`Indicateurs!F7`."""
    value: Written

    @property
    def text(self) -> str:
        """As text, without what spreadsheets change by themselves."""
        return plain(self.value.isoformat() if isinstance(self.value, date) else str(self.value))


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row that holds something."""

    kind: str
    cell: str
    """Its first cell, by which it is told."""
    id: str
    ref: str
    """As it stands there."""
    cells: Mapping[str, WrittenCell]
    """Key → what the cell says, also an empty one; cells that cannot be read are left out."""


@dataclass(frozen=True, slots=True)
class BaseRow:
    """What a row was when the file was written."""

    kind: str
    ref: str
    values: Mapping[str, Any]


@dataclass(slots=True)
class ReturnedBook:
    """A file that came back."""

    facts: BookFacts
    bases: Mapping[str, BaseRow]
    rows: list[WrittenRow] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    """The kinds whose sheet is there, and was read."""
    faults: list[Fault] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_framework_book(path: Path, meta: str = META) -> ReturnedBook:
    """What the file in `path` says; sheets may be renamed, rows sorted, columns moved. `meta`: META or JOURNAL.

    Raises InputRefused when it is no workbook, or not (any more) the file of a framework.
    """
    workbook = open_workbook(path)
    found = _facts(workbook, visible(path.name), meta)
    all_heads = [(sheet, head) for sheet in workbook.worksheets if (head := _head(sheet))]
    heads = [(sheet, head) for sheet, head in all_heads if head.kind]
    if not heads:
        raise InputRefused(
            _("The hidden rows with the keys of the columns are no longer in {name}: take a fresh file.").format(
                name=visible(path.name)
            )
        )
    for sheet, head in all_heads:
        if not head.kind:
            said = _("The hidden row with the keys of the columns is no longer in this sheet: nothing of it was read.")
            found.faults.append(Fault(visible(sheet.title), "no_keys", said))
    times = Counter(head.kind for _sheet, head in heads)
    for sheet, head in heads:
        if times[head.kind] > 1:
            titles = ", ".join(visible(each.title) for each, other in heads if other.kind == head.kind)
            said = _("These sheets are one sheet twice: delete all but one. Nothing of them was read: {sheets}")
            if not any(fault.code == "sheet_twice" and fault.cell == titles for fault in found.faults):
                found.faults.append(Fault(titles, "sheet_twice", said.format(sheets=titles)))
        else:
            _Reader(sheet, head, found).read()
    return found


@dataclass(frozen=True, slots=True)
class _Head:
    """The hidden row of a sheet."""

    number: int
    kind: str
    """Empty when the keys are gone, and only the header that people see is there."""
    keys: Sequence[str]
    """By column: `hsreview_id`, the key of a column of the kind, or empty."""


def _facts(workbook: Workbook, name: str, meta: str) -> ReturnedBook:
    if meta not in workbook.sheetnames:
        told = _("{name} is no file of a framework, or its hidden sheet was deleted.")
        if meta == JOURNAL:
            told = _("{name} is no file of the journal, or its hidden sheet was deleted.")
        raise InputRefused(told.format(name=name))
    values: dict[str, str] = {}
    bases: dict[str, BaseRow] = {}
    try:
        for row in workbook[meta].iter_rows(values_only=True):
            cells = [read_text(value) for value in row]
            if cells[0] == ROW:
                bases[cells[1]] = BaseRow(cells[2], cells[3], dict(json.loads("".join(cells[4:]))))
            elif cells[0]:
                values[cells[0]] = cells[1]
        if int(values["format"]) > FORMAT:
            raise InputRefused(
                _("{name} was written by a newer hsreview: read it with that one.").format(name=name)
            )  # fmt: skip
        facts = BookFacts.of(values)
        Words(facts.language)
        return ReturnedBook(facts, bases)
    except (KeyError, ValueError, IndexError, TypeError, RecursionError):
        raise InputRefused(
            _("The hidden sheet of {name} was changed: what it belongs to is not known.").format(name=name)
        ) from None


def _head(sheet: Worksheet) -> _Head | None:
    for number, row in enumerate(sheet.iter_rows(max_row=_TOP_ROWS, values_only=True), 1):
        texts = [read_text(value).strip() for value in row]
        kinds = Counter(kind for text in texts if (kind := text.partition(".")[0]) and "." in text)
        if ID_HEADING in texts or (kinds and f"{next(iter(kinds))}.status" in texts):
            kind = kinds.most_common(1)[0][0] if kinds else ""
            keys = [
                t if t == ID_HEADING else t.removeprefix(f"{kind}.") if t.startswith(f"{kind}.") else "" for t in texts
            ]
            return _Head(number, kind, keys)
    return None


class _Reader:
    def __init__(self, sheet: Worksheet, head: _Head, found: ReturnedBook) -> None:
        self.sheet, self.head, self.found = sheet, head, found
        self.title = visible(sheet.title)
        self.merged = merged_areas(sheet)
        self.beside: set[int] = set()
        """Columns of somebody else's, which were told."""

    def read(self) -> None:
        keys = self.head.keys
        twice = [key for key, times in Counter(filter(None, keys)).items() if times > 1]
        if ID_HEADING not in keys or twice:
            said = _("The hidden column with the ids is no longer in this sheet: nothing of it was read.")
            if twice:
                said = _("A column of this sheet is there twice: delete the copy. Nothing of the sheet was read.")
            self.found.faults.append(Fault(self.title, "column_twice" if twice else "no_ids", said))
            return
        self.found.kinds.add(self.head.kind)
        places = {key: at for at, key in enumerate(keys) if key and key != ID_HEADING and not key.endswith(FIXED)}
        self._tell_missing(places)
        id_at = keys.index(ID_HEADING)
        for cells in self._rows(id_at):
            row_id = read_text(cells[id_at].value).strip()
            there = {key: cells[at] for key, at in places.items() if at < len(cells)}
            if row_id or any(cell.value is not None and read_text(cell.value).strip() for cell in there.values()):
                self._row(row_id, cells, there)

    def _rows(self, id_at: int) -> Iterator[Sequence[Any]]:
        """All but the header that people see; it stands below the keys, unless somebody deleted or moved it."""
        first = self.head.number + 1
        for number, cells in enumerate(self.sheet.iter_rows(min_row=first), first):
            row_id = read_text(cells[id_at].value).strip()
            if row_id != ID_HEADING and (number > first or row_id in self.found.bases):
                yield cells

    def _tell_missing(self, places: Mapping[str, int]) -> None:
        known = {key for base in self.found.bases.values() if base.kind == self.head.kind for key in base.values}
        for key in sorted(known - places.keys()):
            told = _("A column is no longer in this sheet; its cells stay as they are: {column}").format(column=key)
            self.found.notices.append(Notice(self.title, told))

    def _row(self, row_id: str, cells: Sequence[Any], said: Mapping[str, Any]) -> None:
        first = next((cell for cell in said.values()), cells[0])
        read: dict[str, WrittenCell] = {}
        for key, cell in said.items():
            name = f"{self.title}!{cell.coordinate}"
            if getattr(cell, "comment", None) is not None:
                told = _("Comment: {text}").format(text=visible(cell.comment.text))
                self.found.notices.append(Notice(name, told))
            fault = unreadable(cell, name, self.merged)
            if fault is not None:
                self.found.faults.append(fault)
            elif isinstance(cell.value, bool):
                told = _("This is a logical value ({value}), not a text. Write a word.").format(value=cell.value)
                self.found.faults.append(Fault(name, "logical", told))
            else:
                read[key] = WrittenCell(name, _value(cell.value))
                if units(read[key].text) >= MAX_UNITS:
                    told = _("It is as long as a cell can be: a spreadsheet may have cut it.")
                    self.found.notices.append(Notice(name, told))
        self._tell_beside(cells)
        ref = read_text(cells[self._ref_at()].value).strip() if self._ref_at() < len(cells) else ""
        self.found.rows.append(
            WrittenRow(self.head.kind, f"{self.title}!{first.coordinate}", row_id, ref, read)
        )  # fmt: skip

    def _ref_at(self) -> int:
        return self.head.keys.index(REF + FIXED) if REF + FIXED in self.head.keys else len(self.head.keys)

    def _tell_beside(self, cells: Sequence[Any]) -> None:
        """Words in columns that the sheet did not have, each column once."""
        for at, cell in enumerate(cells):
            ours = at < len(self.head.keys) and self.head.keys[at]
            if not ours and at not in self.beside and cell.value is not None and read_text(cell.value).strip():
                self.beside.add(at)
                told = _("This column is none of the sheet's own and was not read.")
                self.found.notices.append(Notice(f"{self.title}!{cell.column_letter}", told))


def _value(value: Any) -> Written:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float | date):
        return value
    return read_text(value)
