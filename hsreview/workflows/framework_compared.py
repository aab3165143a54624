"""A framework's Excel file that came back beside the project as it is now: what it would change, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language, labelled
from hsreview.base.terminal import visible
from hsreview.framework.chain import Framework
from hsreview.framework.lint import against_itself
from hsreview.model.framework import PREFIXES, STATUSES, Row, RowKind
from hsreview.model.framework_columns import main_column
from hsreview.workbook.framework_book_reading import BaseRow, ReturnedBook, WrittenCell, WrittenRow
from hsreview.workbook.returned import Fault, Notice
from hsreview.workflows.framework_book import STATUS, UNDER
from hsreview.workflows.framework_cells import NEW, Cells, equal
from hsreview.workflows.framework_rows import said

ORDER = {kind: number for number, kind in enumerate(RowKind)}
"""What a row stands under or names comes before it."""


class ChangeKind(StrEnum):
    """What a cell or a row of a file would do to the project."""

    NEW = "new"
    """A whole row."""
    FILLED = "filled"
    CHANGED = "changed"
    EMPTIED = "emptied"
    CLASH = "clash"
    """The project's cell was changed since the file was written, too."""
    REMOVED = "removed"
    """A whole row that is no longer in the file."""


@dataclass(frozen=True, slots=True)
class BookChange:
    """A cell, or a whole row, of a file that says something else than the project."""

    name: str
    """By which it is accepted: `IN1.unit`, `IN+1` for a new row, `IN1.removed`."""
    kind: ChangeKind
    of: RowKind
    row: Row | None
    """Null for a new row."""
    cell: str = ""
    """Of the file: `Indicateurs!F7`; empty for a row that is gone."""
    key: str = ""
    """Of the column, `status` or `under`; empty for a whole row."""
    label: str = ""
    """Of the column, in the user's language."""
    was: str = ""
    """What the file said when it was written, in words."""
    now: str = ""
    """What the project says."""
    after: str = ""
    """What the file says."""
    held: Any = None
    """What the project holds: it must be so still when the change is stored."""
    value: Any = None
    """What is to be stored; the name of a new row stands for its id."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What a new row is to hold, by key."""


@dataclass(frozen=True, slots=True)
class BookDiff:
    """What a file would bring."""

    made: str
    """When it was written."""
    version: str
    """Of the framework that it holds; empty: as it stood."""
    changes: Sequence[BookChange]
    faults: Sequence[Fault]
    """What could not be read, and so is left as the project has it."""
    notices: Sequence[Notice]


def compared(found: Framework, returned: ReturnedBook, *, as_new: bool = False) -> BookDiff:
    """What a file says that the framework does not. With `as_new`, rows whose id is not known, or is there a second
    time, are proposed as new ones; else nothing of them is read."""
    return _Comparison(found, returned, as_new).diff()


class _Comparison:
    def __init__(self, found: Framework, returned: ReturnedBook, as_new: bool) -> None:
        self.found, self.returned, self.as_new = found, returned, as_new
        self.faults, self.notices = list(returned.faults), list(returned.notices)
        self.changes: list[BookChange] = []
        self.new: list[tuple[WrittenRow, str]] = []
        """New rows with the names by which they are accepted."""
        self.present: set[str] = set()
        self.taken: dict[str, str] = {}
        """New rows of the file that the project has by now, as others name them → id."""

    def diff(self) -> BookDiff:
        known = self._sorted()
        numbers = {fold(row.ref): (RowKind(row.kind), name) for row, name in self.new if row.ref}
        self.cells = Cells(self.found, self.returned, numbers)
        for written, base in known:
            self._compare(written, base)
        for written, name in sorted(self.new, key=lambda each: ORDER[RowKind(each[0].kind)]):
            self._propose(written, name)
        for identity, base in self.returned.bases.items():
            row = self.found.by_id.get(identity)
            if identity not in self.present and base.kind in self.returned.kinds and row is not None:
                told = said(row, current_language())
                self.changes.append(
                    BookChange(f"{row.ref}.removed", ChangeKind.REMOVED, row.kind, row, was=told, now=told)
                )
        facts = self.returned.facts
        return BookDiff(facts.made, facts.version, self.changes, self.faults, self.notices)

    def _sorted(self) -> list[tuple[WrittenRow, BaseRow]]:
        """The rows whose id is known; the new ones are put aside, the others told."""
        bases = self.returned.bases
        numbers: Counter[str] = Counter()
        times = Counter(row.id for row in self.returned.rows if row.id)
        refs = {fold(base.ref): identity for identity, base in bases.items()}
        known: list[tuple[WrittenRow, BaseRow]] = []
        seen: set[str] = set()

        def new(row: WrittenRow) -> None:
            numbers[row.kind] += 1
            self.new.append((row, f"{PREFIXES[RowKind(row.kind)]}+{numbers[row.kind]}"))

        for row in self.returned.rows:
            if row.kind not in set(RowKind):
                continue
            base = bases.get(row.id)
            other = refs.get(fold(row.ref)) if row.ref else None
            if row.id:
                self.present.add(row.id)
            if base is None and other is not None:
                self.present.add(other)  # Its line is there, though its id is not.
            if not row.id and other is not None and not self.as_new:
                told = _(
                    "This row bears the number {ref}, but its hidden id is gone: nothing of it was read. It can be "
                    "taken as a new row."
                )
                self._fault(row.cell, "no_id", told.format(ref=visible(row.ref)))
            elif not row.id:
                new(row)
            elif base is None or base.kind != row.kind:
                told = _(
                    "The id of this row ({ref}) is not known: nothing of it was read. It can be taken as a new row."
                )
                told = told.format(ref=visible(row.ref) or "–")
                new(row) if self.as_new else self._fault(row.cell, "unknown_row", told)
            elif times[row.id] > 1 and (row.id in seen or not self.as_new):
                told = _("This row is in the file twice: delete one of them, or take the second as a new row.")
                new(row) if self.as_new else self._fault(row.cell, "twice", told)
            elif other is not None and other != row.id:
                told = _(
                    "This row bears the number {ref}, but the id of {other}: it was sorted without the hidden column. "
                    "Nothing of it was read."
                )
                self._fault(row.cell, "mixed_up", told.format(ref=visible(row.ref), other=base.ref))
            else:
                known.append((row, base))
            seen.add(row.id)
        return known

    def _compare(self, written: WrittenRow, base: BaseRow) -> None:
        row = self.found.by_id.get(written.id)
        kind = RowKind(written.kind)
        if written.ref and row is not None and fold(written.ref) not in (fold(base.ref), fold(row.ref)):
            told = _("The program gives numbers: {ref} stays what it is.").format(ref=row.ref)
            self.notices.append(Notice(written.cell, told))
        mine = len(self.changes)
        for key, cell in written.cells.items():
            if self.cells.known(kind, key):
                self._cell(kind, row, base, key, cell)
        self._check_says(row, mine)
        if row is not None:
            cells = {each.key: each.value for each in self.changes[mine:] if each.key not in (STATUS, UNDER)}
            self._tell_contradictions(written, row.ref, row, replace(row, data={**row.data, **cells}))

    def _tell_contradictions(self, written: WrittenRow, name: str, before: Row | None, after: Row) -> None:
        """What a row would say against itself, that it does not say now."""
        known = against_itself(before) if before is not None else []
        for rule in against_itself(after):
            if rule not in known:
                self.notices.append(Notice(written.cell, labelled(name, _(rule.says))))

    def _cell(self, kind: RowKind, row: Row | None, base: BaseRow, key: str, cell: WrittenCell) -> None:
        was = base.values.get(key)
        if self.cells.untouched(kind, key, cell, was):
            return
        if self.cells.is_cut(was):
            told = _("This text is longer than a cell, and the file shows it cut: change it in hsreview.")
            self._fault(cell.cell, "cut", told)
            return
        try:
            value = self.cells.read(kind, key, cell)
        except InputRefused as error:
            self._fault(cell.cell, "value", error.message)
            return
        column = None if key in (STATUS, UNDER) else self.cells.column(kind, key)
        if equal(column, value, was):
            return
        if row is None:
            told = _("{ref} is no longer in the project; what was written here cannot be stored.")
            self._fault(cell.cell, "gone", told.format(ref=base.ref))
            return
        held = held_by(row, key)
        if equal(column, value, held):
            return
        if key == STATUS and value is None:
            self._fault(cell.cell, "status", _("Every row has a status: choose one from the list."))
            return
        change = ChangeKind.CHANGED
        if not equal(column, held, was):
            change = ChangeKind.CLASH
        elif value is None:
            change = ChangeKind.EMPTIED
        elif held is None:
            change = ChangeKind.FILLED
        was_said, now_said, after = (self.cells.words(kind, key, each) for each in (was, held, value))
        label = self.cells.label(kind, key)
        self.changes.append(
            BookChange(
                f"{row.ref}.{key}", change, kind, row, cell.cell, key, label, was_said, now_said, after, held, value
            )
        )

    def _check_says(self, row: Row | None, first: int) -> None:
        """A row whose words are all emptied would say nothing: that is told, and the words stay."""
        if row is None:
            return
        keys = main_column(row.kind).keys
        mine = self.changes[first:]
        after = {key: row.data.get(key) for key in keys} | {each.key: each.value for each in mine if each.key in keys}
        if not any(str(value or "").strip() for value in after.values()):
            for each in [each for each in mine if each.key in keys]:
                self.changes.remove(each)
                told = _("{ref} would say nothing then: to take a row away, delete it whole.").format(ref=row.ref)
                self._fault(each.cell, "says_nothing", told)

    def _propose(self, written: WrittenRow, name: str) -> None:
        kind = RowKind(written.kind)
        values: dict[str, Any] = {}
        for key, cell in written.cells.items():
            if self.cells.known(kind, key):
                try:
                    values[key] = self.cells.read(kind, key, cell)
                except InputRefused as error:
                    self._fault(cell.cell, "value", error.message)
        values = {key: self._known_by_now(value) for key, value in values.items() if value is not None}
        if not any(key in values for key in main_column(kind).keys):
            self._fault(written.cell, "says_nothing", _("A new row must say something: write its first column."))
            return
        if (twin := self._added_since(kind, values)) is not None:
            self.taken[NEW + name] = twin.id
            again = _("{ref}, which was added since the file was written, says this already; the line was left out.")
            self.notices.append(Notice(written.cell, again.format(ref=twin.ref)))
            return
        self._tell_contradictions(written, name, None, Row("", kind, "", STATUSES[kind][0], data=values))
        told = [labelled(self.cells.label(kind, key), self.cells.words(kind, key, v)) for key, v in values.items()]
        self.changes.append(
            BookChange(name, ChangeKind.NEW, kind, None, written.cell, after=" · ".join(told), values=values)
        )

    def _known_by_now(self, value: Any) -> Any:
        return self.taken.get(value, value) if isinstance(value, str) else value

    def _added_since(self, kind: RowKind, values: Mapping[str, Any]) -> Row | None:
        """A row that holds all this, and that the file did not have: the same file was read before, or another."""

        def same(row: Row, key: str) -> bool:
            column = None if key in (STATUS, UNDER) else self.cells.column(kind, key)
            return equal(column, values[key], held_by(row, key))

        since = (row for row in self.found.of(kind) if row.id not in self.returned.bases)
        return next((row for row in since if all(same(row, key) for key in values)), None)

    def _fault(self, cell: str, code: str, message: str) -> None:
        self.faults.append(Fault(cell, code, message))


def held_by(row: Row, key: str) -> Any:
    """What a row holds in a column, or as its status or parent."""
    if key == STATUS:
        return str(row.status)
    return row.parent_id if key == UNDER else row.data.get(key)
