"""What partners wrote into a framework's Excel file: compared with the project; what is accepted is one act."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.framework.chain import Framework
from hsreview.model.framework import STATUSES, Row, RowStatus
from hsreview.model.framework_columns import main_column
from hsreview.model.people import Coder
from hsreview.project import framework as stored
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workbook.framework_book_reading import read_framework_book
from hsreview.workbook.returned import Fault as Fault
from hsreview.workbook.returned import Notice as Notice
from hsreview.workflows.framework_book import STATUS, UNDER
from hsreview.workflows.framework_cells import NEW, check_bases, columns_of
from hsreview.workflows.framework_compared import ORDER, compared, held_by
from hsreview.workflows.framework_compared import BookChange as BookChange
from hsreview.workflows.framework_compared import BookDiff as BookDiff
from hsreview.workflows.framework_compared import ChangeKind as ChangeKind
from hsreview.workflows.framework_rows import framework, take_away

TAKEN = (ChangeKind.NEW, ChangeKind.FILLED, ChangeKind.CHANGED)
"""What is stored when all is accepted: nothing that takes words away or overrules somebody."""


def compare_book(
    project: Project, path: Path, *, viewer: Coder | None = None, as_new: bool = False
) -> BookDiff:  # fmt: skip
    """What the file in `path` says that the project does not; nothing is stored.

    With `as_new`, rows whose id is not known, or is there a second time, are proposed as new ones. Raises InputRefused
    when it is no such file, or one of another project, and while `viewer` codes blind.
    """
    found = framework(project, viewer=viewer)
    returned = read_framework_book(path)
    if returned.facts.project_id != project.id:
        raise InputRefused(_("{name} belongs to another project.").format(name=visible(path.name)))
    check_bases(returned, columns_of, path.name)
    return compared(found, returned, as_new=as_new)


def choose_changes(
    diff: BookDiff, *, accept: Collection[str] = (), without: Collection[str] = (), kinds: Collection[ChangeKind] = ()
) -> list[BookChange]:
    """The changes of these `kinds` and those named in `accept` (a ref stands for all cells of its row), but never those
    named in `without`. Raises UsageProblem when nothing is called so."""
    strange = [name for name in (*accept, *without) if not any(_is_called(each, name) for each in diff.changes)]
    if strange:
        there = ", ".join(each.name for each in diff.changes[:20])
        raise UsageProblem(
            _("No change is called {name}. Changes: {names}").format(name=visible(strange[0]), names=there or "–")
        )
    return [
        each
        for each in diff.changes
        if (each.kind in kinds or any(_is_called(each, name) for name in accept))
        and not any(_is_called(each, name) for name in without)
    ]


def _is_called(change: BookChange, name: str) -> bool:
    if change.name.casefold() == name.casefold():
        return True
    whole = change.row is not None and change.row.ref.casefold() == name.casefold()
    return whole and change.kind is not ChangeKind.REMOVED


def take_changes(project: Project, coder: Coder, chosen: Sequence[BookChange]) -> int:
    """Store changes as one act of `coder` (one undo); how many.

    Raises InputRefused, and nothing is stored, when a cell was changed meanwhile, a new row stands under one that is
    not accepted, a row would say nothing, or others need a row that is to go.
    """
    if not chosen:
        return 0
    with project.write():
        found = framework(project, viewer=coder)
        _check_meanwhile(found.by_id, chosen)
        with project.act(coder.id) as act:
            made: dict[str, str] = {}
            new = [each for each in chosen if each.kind is ChangeKind.NEW]
            for each in sorted(new, key=lambda change: ORDER[change.of]):
                values = {key: _resolved(made, each, value) for key, value in each.values.items()}
                status = RowStatus(values.pop(STATUS, STATUSES[each.of][0]))
                made[each.name] = stored.add_row(
                    project.connection, act, each.of, values, status=status, parent_id=values.pop(UNDER, None)
                )
            for row, changes in _by_row(chosen):
                values = {each.key: _resolved(made, each, each.value) for each in changes}
                fields: dict[str, Any] = {}
                if STATUS in values:
                    fields["status"] = values.pop(STATUS)
                if UNDER in values:
                    fields["parent_id"] = values.pop(UNDER)
                if values:
                    now = {**(stored.data_of(project.connection, row.id) or {}), **values}
                    fields["data"] = {key: value for key, value in now.items() if value is not None}
                    if not any(str(fields["data"].get(key) or "").strip() for key in main_column(row.kind).keys):
                        raise InputRefused(_("{ref} would say nothing then. Nothing was stored.").format(ref=row.ref))
                act.put("framework_row", row.id, **fields)
            gone = [each.row for each in chosen if each.kind is ChangeKind.REMOVED and each.row is not None]
            if gone:
                _remove(project, act, framework(project, viewer=coder), gone)
    return len(chosen)


def _remove(project: Project, act: Act, found: Framework, gone: Sequence[Row]) -> None:
    try:
        take_away(project, act, found, gone)
    except InputRefused as error:
        kept = ",".join(dict.fromkeys(f"{each.place}.removed" for each in error.problems))
        told = _("{why} Nothing was stored; to store the rest, leave out: {names}.")
        raise InputRefused(told.format(why=error.message, names=f"--except {kept}"), error.problems) from error


def _check_meanwhile(rows: Mapping[str, Row], chosen: Sequence[BookChange]) -> None:
    problems = []
    for each in chosen:
        if each.row is not None:
            now = rows.get(each.row.id)
            if now is None or (each.key and held_by(now, each.key) != each.held):
                problems.append(Problem(_("It was changed meanwhile."), each.name, "meanwhile"))
    if problems:
        raise InputRefused(_("The project changed. Nothing was stored; read the file again."), problems)


def _resolved(made: Mapping[str, str], change: BookChange, value: Any) -> Any:
    """`value` with the id of a new row in place of its name."""
    if not (isinstance(value, str) and value.startswith(NEW)):
        return value
    name = value.removeprefix(NEW)
    if name not in made:
        raise InputRefused(
            _("{name} belongs to {other}, which is not accepted. Nothing was stored.").format(
                name=change.name, other=name
            )
        )
    return made[name]


def _by_row(chosen: Sequence[BookChange]) -> list[tuple[Row, list[BookChange]]]:
    rows: dict[str, tuple[Row, list[BookChange]]] = {}
    for each in chosen:
        if each.row is not None and each.key:
            rows.setdefault(each.row.id, (each.row, []))[1].append(each)
    return list(rows.values())


def change_name(kind: ChangeKind) -> str:
    """What a change is, in the user's language."""
    return {
        ChangeKind.NEW: _("new row"), ChangeKind.FILLED: _("filled in"), ChangeKind.CHANGED: _("changed"),
        ChangeKind.EMPTIED: _("emptied"), ChangeKind.CLASH: _("changed on both sides"),
        ChangeKind.REMOVED: _("no longer there"),
    }[kind]  # fmt: skip


def told(diff: BookDiff) -> str:
    """How much a file says that the project does not, in a sentence."""
    n = len(diff.changes)
    if not n:
        return _("The file says what the project says.")
    return ngettext("The file differs in {n} place.", "The file differs in {n} places.", n).format(n=n)
