"""What partners wrote into the journal's Excel file: compared with the project; what is accepted is one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, current_language, labelled
from hsreview.base.terminal import visible
from hsreview.model.framework import RowKind
from hsreview.model.framework_columns import Column, ValueKind, fits
from hsreview.model.localized import Localized
from hsreview.model.observation_columns import DATE, ENTRY_COLUMNS
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workbook.framework_book import JOURNAL, same, shown
from hsreview.workbook.framework_book_reading import ReturnedBook, WrittenCell, WrittenRow, read_framework_book
from hsreview.workbook.returned import Fault, Notice
from hsreview.workflows.framework_book import Sheets
from hsreview.workflows.framework_cells import check_bases, check_text, equal
from hsreview.workflows.framework_compared import BookChange, BookDiff, ChangeKind
from hsreview.workflows.framework_values import read_value
from hsreview.workflows.journal import (
    NEXT_CHECK,
    Journal,
    Observation,
    add_entries,
    check_entry,
    journal,
    read_entry_value,
)
from hsreview.workflows.journal_book import ENTRY, OF
from hsreview.workflows.journal_remarks import part_names, remarks
from hsreview.workflows.monitoring import show_entry_value


@dataclass(frozen=True)
class JournalDiff:
    """What a file of the journal would bring."""

    found: BookDiff
    entries: Mapping[str, Observation] = field(default_factory=dict)
    """Name of a change → the entry that it is about; new ones are about none."""


def compare_journal(project: Project, path: Path, *, viewer: Coder | None = None) -> JournalDiff:
    """What the file in `path` says that the project does not; nothing is stored.

    Raises InputRefused when it is no such file, or one of another project, and while `viewer` codes blind.
    """
    returned = read_framework_book(path, JOURNAL)
    if returned.facts.project_id != project.id:
        raise InputRefused(_("{name} belongs to another project.").format(name=visible(path.name)))
    check_bases(returned, lambda sheet: _columns(kind) if (kind := _kind(sheet)) else {}, path.name)
    return compared(journal(project, viewer=viewer), returned)


def compared(found: Journal, returned: ReturnedBook) -> JournalDiff:
    """What a file says that the journal does not."""
    return _Comparison(found, returned).diff()


def take_journal(project: Project, coder: Coder, diff: JournalDiff, chosen: Sequence[BookChange]) -> int:
    """Store changes as one act of `coder` (one undo); how many.

    Raises InputRefused, and nothing is stored, when an entry was changed meanwhile.
    """
    if not chosen:
        return 0
    with project.write():
        there = journal(project, viewer=coder)
        now = {each.id: each for each in there.entries}
        edits: dict[str, dict[str, Any]] = {}
        problems = []
        for each in chosen:
            entry = diff.entries.get(each.name)
            if entry is None:
                continue
            held = now.get(entry.id)
            if held is None or (each.key and there.values(held).get(each.key) != each.held):
                problems.append(Problem(_("It was changed meanwhile."), each.name, "meanwhile"))
            elif each.key:
                edits.setdefault(entry.id, {})[each.key] = each.value
        if problems:
            raise InputRefused(_("The project changed. Nothing was stored; read the file again."), problems)
        add_entries(
            project, coder, [(each.row, each.values) for each in chosen if each.kind is ChangeKind.NEW and each.row],
            changed=[(now[identity], values) for identity, values in edits.items()],
            removed=[now[diff.entries[each.name].id] for each in chosen if each.kind is ChangeKind.REMOVED],
        )  # fmt: skip
    return len(chosen)


class _Comparison:
    def __init__(self, found: Journal, returned: ReturnedBook) -> None:
        self.found, self.returned = found, returned
        self.sheets = Sheets(found.framework, returned.facts)
        self.faults, self.notices = list(returned.faults), list(returned.notices)
        self.changes: list[BookChange] = []
        self.entries: dict[str, Observation] = {}
        self.by_id = {each.id: each for each in found.entries}
        self.names = self._names()
        self.new: Counter[str] = Counter()

    def diff(self) -> JournalDiff:
        times = Counter(row.id for row in self.returned.rows if row.id)
        for row in self.returned.rows:
            kind = _kind(row.kind)
            if kind is None:
                continue
            if not row.id:
                self._propose(kind, row)
            elif times[row.id] > 1:
                self._fault(row.cell, "twice", _("This entry is in the file twice: delete one of them."))
            elif row.id not in self.returned.bases:
                told = _("The id of this entry is not known: nothing of it was read. Empty its hidden id to add it.")
                self._fault(row.cell, "unknown_row", told)
            else:
                self._compare(kind, row)
        # In a sheet with a broken id nobody knows whether an entry is gone, or is that line.
        whole = self.returned.kinds - {
            row.kind for row in self.returned.rows if row.id and row.id not in self.returned.bases
        }
        for identity, base in self.returned.bases.items():
            entry = self.by_id.get(identity)
            if identity not in times and base.kind in whole and entry is not None:
                self._add(f"{self.names[identity]}.removed", ChangeKind.REMOVED, entry, now=self._words(entry))
        facts = self.returned.facts
        return JournalDiff(
            BookDiff(facts.made, facts.version, self.changes, self.faults, self.notices), self.entries
        )  # fmt: skip

    def _names(self) -> dict[str, str]:
        """`PM1@2016-02`; of several entries with one date the later ones end on a number."""
        names: dict[str, str] = {}
        taken: Counter[str] = Counter()
        for entry in self.found.entries:
            row = self.found.row(entry)
            name = f"{row.ref if row else '?'}@{entry.date}"
            taken[name] += 1
            names[entry.id] = name if taken[name] == 1 else f"{name}-{taken[name]}"
        return names

    def _compare(self, kind: RowKind, written: WrittenRow) -> None:
        base = self.returned.bases[written.id].values
        entry = self.by_id.get(written.id)
        row = self.found.row(entry) if entry is not None else None
        if entry is None or row is None:
            if any(not self._untouched(kind, key, cell, base.get(key)) for key, cell in written.cells.items()):
                told = _("This entry, or its row, is no longer in the project; what was written cannot be stored.")
                self._fault(written.cell, "gone", told)
            return
        held = self.found.values(entry)
        edits: dict[str, Any] = {}
        for key, cell in written.cells.items():
            was = base.get(key)
            if self._untouched(kind, key, cell, was):
                continue
            try:
                value = self._read(kind, key, cell)
            except InputRefused as error:
                self._fault(cell.cell, "value", error.message)
                continue
            if equal(None, value, was) or equal(None, value, held.get(key)):
                continue
            if key == OF:
                told = _("An entry stays with its row: delete this line, and write a new one.")
                self._fault(cell.cell, "row", told)
                continue
            try:
                check_entry(row, {**held, **edits, key: value})
            except InputRefused as error:
                self._fault(cell.cell, "value", error.message)
                continue
            edits[key] = value
            self._cell(entry, kind, key, cell, was, held.get(key), value)

    def _cell(
        self, entry: Observation, kind: RowKind, key: str, cell: WrittenCell, was: Any, held: Any, value: Any
    ) -> None:  # fmt: skip
        change = ChangeKind.CHANGED
        if not equal(None, held, was):
            change = ChangeKind.CLASH
        elif value is None:
            change = ChangeKind.EMPTIED
        elif held is None:
            change = ChangeKind.FILLED
        column = _columns(kind)[key]
        was_said, now_said, after = (self._said(column, each) for each in (was, held, value))
        label = column.label.get(current_language())
        self._add(
            f"{self.names[entry.id]}.{key}", change, entry, cell=cell.cell, key=key, label=label, was=was_said,
            now=now_said, after=after, held=held, value=value,
        )  # fmt: skip

    def _propose(self, kind: RowKind, written: WrittenRow) -> None:
        values: dict[str, Any] = {}
        for key, cell in written.cells.items():
            try:
                values[key] = self._read(kind, key, cell)
            except InputRefused as error:
                self._fault(cell.cell, "value", error.message)
                return
        values = {key: value for key, value in values.items() if value is not None}
        row = self.found.framework.by_id.get(values.pop(OF, ""))
        if row is None:
            self._fault(written.cell, "row", _("A new entry must say which row it is about: choose it from the list."))
            return
        try:
            check_entry(row, values)
        except InputRefused as error:
            self._fault(written.cell, "value", error.message)
            return
        entries = self.found.of.get(row.id, ())
        # Only the latest entry says when to check next; what others said of it is not known any more.
        known = [{NEXT_CHECK: values.get(NEXT_CHECK), **self.found.values(each)} for each in entries[:-1]]
        known += [self.found.values(each) for each in entries[-1:]]
        known += [dict(each.values) for each in self.changes if each.kind is ChangeKind.NEW and each.row == row]
        if any(all(equal(None, value, each.get(key)) for key, value in values.items()) for each in known):
            told = _("An entry on {ref} says this already; the line was left out.").format(ref=row.ref)
            self.notices.append(Notice(written.cell, told))
            return
        self.new[row.ref] += 1
        columns = _columns(kind)
        told = " · ".join(
            labelled(columns[key].label.get(current_language()), self._said(columns[key], value))
            for key, value in values.items()
        )
        noted = remarks(row, str(values["date"]), entries, part_names(values), values.get("kind") or "")
        self.notices += [Notice(written.cell, each) for each in noted]
        name = f"{row.ref}+{self.new[row.ref]}"
        self.changes.append(
            BookChange(name, ChangeKind.NEW, kind, row, written.cell, after=told, values=values)
        )  # fmt: skip

    def _add(self, name: str, change: ChangeKind, entry: Observation, **told: Any) -> None:
        row = self.found.row(entry)
        assert row is not None
        self.entries[name] = entry
        self.changes.append(BookChange(name, change, row.kind, row, **told))

    def _untouched(self, kind: RowKind, key: str, cell: WrittenCell, base: Any) -> bool:
        """Whether a cell shows what it showed when the file was written."""
        column = _columns(kind).get(key)
        if column is None:
            return True
        held = self.sheets.held(column, base)
        return not cell.text if held is None else isinstance(held, str) and same(
            cell.text, shown(held, self.returned.facts.language)
        )  # fmt: skip

    def _read(self, kind: RowKind, key: str, cell: WrittenCell) -> Any:
        """What a cell is to hold; null for an empty one. Raises InputRefused when it cannot be read."""
        column = _columns(kind).get(key)
        if column is None or not cell.text:
            return None
        number = isinstance(cell.value, int | float)
        if column.kind is ValueKind.NUMBER and number and fits(column, cell.value):
            return cell.value
        if column.kind in (ValueKind.TEXT, ValueKind.TEXTS):
            check_text(cell)
        whole = number and isinstance(cell.value, float) and cell.value.is_integer()
        text = str(int(cell.value)) if whole and isinstance(cell.value, float) else cell.text
        if key == OF:
            return read_value(self.found.framework, column, text)
        return read_entry_value(self.found.framework, column, text)

    def _said(self, column: Column, value: Any) -> str:
        return "" if value is None else show_entry_value(self.found, column, value, current_language())

    def _words(self, entry: Observation) -> str:
        row = self.found.row(entry)
        columns = _columns(row.kind) if row else {}
        held = self.found.values(entry)
        return " · ".join(self._said(column, held[key]) for key, column in columns.items() if key in held)

    def _fault(self, cell: str, code: str, message: str) -> None:
        self.faults.append(Fault(cell, code, message))


def _kind(sheet: str) -> RowKind | None:
    kind = sheet.removeprefix(ENTRY)
    return RowKind(kind) if sheet.startswith(ENTRY) and kind in set(ENTRY_COLUMNS) else None


def _columns(kind: RowKind) -> dict[str, Column]:
    of = Column(OF, ValueKind.ROW, Localized("Ligne", "Row"), of=kind)
    return {each.key: each for each in (of, DATE, *ENTRY_COLUMNS[kind])}
