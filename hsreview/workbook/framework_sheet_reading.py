"""Reads the sheet of a framework matrix back: which cell says what, and what cannot be read and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.framework_matrix import Charted
from hsreview.workbook.cells import MAX_UNITS, read_text, units
from hsreview.workbook.framework_sheet import CELL, ID_HEADING, META, STATUS_MARK, Base, FrameworkFacts, plain
from hsreview.workbook.opening import open_workbook
from hsreview.workbook.returned import Fault, Notice, merged_areas, unreadable
from hsreview.workbook.words_framework import says_empty, status_written

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_TOP_ROWS = 60


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """What a cell of the sheet says."""

    cell: str
    """`E7`."""
    row: str
    """Id of the row."""
    theme_id: str
    text: str
    """As it stands there, be it the note of an empty cell."""
    status: Charted | None
    """Null where the sheet says nothing of it."""


@dataclass(slots=True)
class ReturnedSheet:
    """A sheet that came back."""

    facts: FrameworkFacts
    bases: Mapping[tuple[str, str], Base]
    """`(row id, theme id)` → what that cell was."""
    cells: list[WrittenCell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: set[str] = field(default_factory=set)
    """Ids of the rows that are there."""
    beside: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    """Id of a row → its first cell, and what stands in it beside the summaries: the name of its case, attributes."""
    notices: list[Notice] = field(default_factory=list)


def read_framework_sheet(path: Path) -> ReturnedSheet:
    """What the sheet in `path` says; its rows may be sorted and the sheet renamed.

    Raises InputRefused when the file is no workbook, or is not (any more) such a sheet.
    """
    workbook = open_workbook(path)
    name = visible(path.name)
    found = _facts(workbook, name)
    sheets = [(sheet, at) for sheet in workbook.worksheets if (at := _ids_row(sheet))]
    if not sheets:
        raise InputRefused(
            _("The hidden row or column with the ids is no longer in {name}: take a fresh sheet.").format(name=name)
        )
    if len(sheets) > 1:
        titles = ", ".join(visible(sheet.title) for sheet, _row in sheets)
        raise InputRefused(
            _("{name} holds the matrix more than once ({sheets}): delete all but one.").format(name=name, sheets=titles)
        )
    _Reader(sheets[0][0], sheets[0][1], found).read()
    return found


def _facts(workbook: Workbook, name: str) -> ReturnedSheet:
    if META not in workbook.sheetnames:
        raise InputRefused(
            _("{name} is no sheet of a framework matrix, or its hidden sheet was deleted.").format(name=name)
        )
    values: dict[str, str] = {}
    bases: dict[tuple[str, str], Base] = {}
    try:
        for row in workbook[META].iter_rows(max_col=8, values_only=True):
            cells = [read_text(value) for value in row] + [""] * 8
            if cells[0] == CELL:
                bases[cells[1], cells[2]] = Base(
                    cells[3], Charted(cells[4]), cells[5], bool(cells[6]), tuple(cells[7].split())
                )
            elif cells[0]:
                values[cells[0]] = cells[1]
        return ReturnedSheet(FrameworkFacts.of(values), bases)
    except (KeyError, ValueError):
        raise InputRefused(
            _("The hidden sheet of {name} was changed: what it belongs to is not known.").format(name=name)
        ) from None


def _ids_row(sheet: Worksheet) -> int:
    """The number of the hidden row with the ids of the themes; 0 when the sheet has none."""
    for number, row in enumerate(sheet.iter_rows(max_row=_TOP_ROWS, values_only=True), 1):
        if ID_HEADING in row and any(str(value or "").startswith(STATUS_MARK) for value in row):
            return number
    return 0


class _Reader:
    def __init__(self, sheet: Worksheet, ids_row: int, found: ReturnedSheet) -> None:
        self.sheet, self.ids_row, self.found = sheet, ids_row, found
        self.merged = merged_areas(sheet)

    def read(self) -> None:
        heads = {at: read_text(cell.value) for at, cell in enumerate(self.sheet[self.ids_row])}
        self.id_at = next(at for at, head in heads.items() if head == ID_HEADING)
        known = {theme for _row, theme in self.found.bases}
        themes = {at: head for at, head in heads.items() if head in known}
        states = {head.removeprefix(STATUS_MARK): at for at, head in heads.items() if head.startswith(STATUS_MARK)}
        self._check_columns(heads, known, themes)
        ours = {row for row, _theme in self.found.bases}
        rows = list(self._rows())
        times = Counter(row_id for row_id, _cells in rows if row_id)
        for row_id, cells in rows:
            number = cells[self.id_at].row
            filled = [at for at in themes if self._has_words(cells[at])]
            if row_id in ours and times[row_id] == 1:
                self.found.rows.add(row_id)
                self._beside(row_id, cells, {self.id_at, *themes, *states.values()})
                for at, theme in themes.items():
                    self._cell(row_id, theme, cells[at], cells[states[theme]] if theme in states else None)
            elif row_id in ours:
                self.found.rows.add(row_id)
                self._fault(f"A{number}", "twice", _("This row is in the sheet twice: delete one of them."))
            elif filled:
                said = _("The id of this row is not known, so that its case is not: nothing of it was read.")
                self._fault(f"A{number}", "unknown_row", said)

    def _check_columns(self, heads: Mapping[int, str], known: set[str], themes: Mapping[int, str]) -> None:
        twice = [theme for theme, times in Counter(themes.values()).items() if times > 1]
        if twice:
            raise InputRefused(_("A column of the sheet is there twice: delete the copy."))
        for theme in sorted(known - set(themes.values())):
            self._notice("", _("A column is no longer in the sheet; its summaries stay: {id}").format(id=theme))
        strange = [head for head in heads.values() if head and head != ID_HEADING and head not in known]
        for head in strange:
            if not head.startswith(STATUS_MARK):
                said = _("The id of a column is not known; it was not read: {id}")
                self._notice("", said.format(id=visible(head[:40])))

    def _rows(self) -> Iterator[tuple[str, Sequence[Any]]]:
        for cells in self.sheet.iter_rows(min_row=self.ids_row + 1):
            row_id = read_text(cells[self.id_at].value).strip()
            if row_id != ID_HEADING:
                yield row_id, cells

    def _beside(self, row_id: str, cells: Sequence[Any], read: Collection[int]) -> None:
        """Note what stands in a row beside what is read, and tell of words that a partner put on its right."""
        others = [(at, cell) for at, cell in enumerate(cells) if at not in read and self._has_words(cell)]
        self.found.beside[row_id] = (
            cells[0].coordinate,
            frozenset(read_text(cell.value).strip() for _, cell in others),
        )
        for at, cell in others:
            if at > max(read):
                self._notice(cell.coordinate, _("This stands beside the columns of the sheet and was not read."))

    def _has_words(self, cell: Any) -> bool:
        text = read_text(cell.value).strip()
        return bool(text) and not says_empty(text)

    def _cell(self, row_id: str, theme: str, cell: Any, state: Any) -> None:
        for each in (cell, state):
            if each is not None and getattr(each, "comment", None) is not None:
                self._notice(each.coordinate, _("Comment: {text}").format(text=visible(each.comment.text)))
        fault = self._why_not(cell) or (self._why_not(state) if state is not None else None)
        if fault is not None:
            self.found.faults.append(fault)
            return
        text = plain(read_text(cell.value))
        status = None
        if state is not None and read_text(state.value).strip():
            status = status_written(read_text(state.value))
            if status is None:
                shown = visible(read_text(state.value))[:30]
                said = _("“{value}” is no state: write to do, drafted or checked.").format(value=shown)
                self._fault(state.coordinate, "status", said)
        if units(text) == MAX_UNITS:
            self._notice(cell.coordinate, _("It is as long as a cell can be: a spreadsheet may have cut it."))
        self.found.cells.append(WrittenCell(cell.coordinate, row_id, theme, text, status))

    def _why_not(self, cell: Any) -> Fault | None:
        fault = unreadable(cell, cell.coordinate, self.merged)
        if fault is not None:
            return fault
        if cell.value is not None and not isinstance(cell.value, str):
            said = _(
                "This is a number or a date ({value}): the spreadsheet may have changed what was typed. Write text."
            )
            return Fault(cell.coordinate, "number", said.format(value=visible(str(cell.value))))
        return None

    def _fault(self, cell: str, code: str, message: str) -> None:
        self.found.faults.append(Fault(cell, code, message))

    def _notice(self, cell: str, message: str) -> None:
        self.found.notices.append(Notice(cell, message))
