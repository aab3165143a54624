"""Codings from a CSV file: every row is checked before anything is stored, and one bad row refuses the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.ids import new_id
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.coding import Coding
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.coders import find_coder, store_coder
from hsreview.workflows.coding import put_codings
from hsreview.workflows.codings_rows import Checked, Checker, Row, read_rows


@dataclass(frozen=True, slots=True)
class CodingsImported:
    """What a file of codings brought."""

    stored: int
    present: int
    """Rows that brought nothing new: their coding was there already."""
    by_coder: Mapping[str, int]
    """Coder's name → codings stored."""
    new_coders: tuple[str, ...] = ()
    added_to: int = 0
    """Rows whose coding was there already, and got a memo, flags or modifiers."""
    left: tuple[str, ...] = ()
    """Sentences about what was not taken: flags and modifiers for codings that only their coder may change."""


def import_codings(
    project: Project,
    coder: Coder,
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    delimiter: str | None = None,
) -> CodingsImported:
    """Store the codings of a CSV file: columns transcript, start, end, code and optionally quote, coder, memo, created,
    flags (`quote;unsure`) and modifiers (`stance=negative;voice=first_hand`).

    `mapping` names the file's columns (`{"doc": "transcript"}`); the delimiter is detected unless given. A quote must
    equal the text at its offsets. A coder column may name people who are not in the team yet: they are added. All is
    one act of `coder`, whoever coded; one undo takes the file back. A coding that is there already is not stored
    twice, but gets the memo and (when it is the importer's own) the flags and modifiers that it lacks.
    Raises InputRefused with every bad row, UsageProblem for columns or a delimiter that cannot be; nothing is stored
    then.
    """
    seen = _data_version(project)
    checked = _check(project, coder, path, read_rows(path, mapping or {}, delimiter))
    if not checked:
        return CodingsImported(0, 0, {})
    if queries.any_coding(project.connection):
        project.backup("before-codings")
    with project.write():
        if _data_version(project) != seen:  # Another program wrote meanwhile.
            checked = _check(project, coder, path, read_rows(path, mapping or {}, delimiter))
        return _Storing(project, coder).store(checked)


def _data_version(project: Project) -> int:
    return int(project.connection.execute("pragma data_version").fetchone()[0])


def _check(project: Project, coder: Coder, path: Path, rows: Iterable[Row]) -> list[Checked]:
    checker = Checker(project, load_codebook(project.connection))
    problems: list[Problem] = []
    checked: list[Checked] = []
    for row in rows:
        found = checker.check(row, coder)
        if isinstance(found, Checked):
            checked.append(found)
        else:
            problems.extend(Problem(message, _("line {n}").format(n=row.line), "bad_row") for message in found)
    if problems:
        text = ngettext(
            "{name} was refused: {n} problem. Nothing was stored.",
            "{name} was refused: {n} problems. Nothing was stored.",
            len(problems),
        )
        raise InputRefused(text.format(name=visible(path.name), n=len(problems)), problems)
    return checked


class _Storing:
    """Stores the checked rows of one file, inside a transaction."""

    def __init__(self, project: Project, coder: Coder) -> None:
        self._project = project
        self._coder = coder
        self._by_coder: dict[str, int] = {}
        self._new: list[str] = []
        self._left: list[str] = []
        self._present = self._added_to = 0
        self._codings: list[Coding] = []
        self._memos: list[tuple[Coding, str, str]] = []

    def store(self, checked: Sequence[Checked]) -> CodingsImported:
        """All rows as one act of the importer."""
        owners = {wish: self._owner(wish) for wish in dict.fromkeys(row.coder for row in checked)}
        there = {
            owner.id: {_passage(c): c for c in queries.codings(self._project.connection, coder_id=owner.id)}
            for owner in owners.values()
        }
        with self._project.act(self._coder.id, on_behalf=True) as act:
            for row in checked:
                owner = owners[row.coder]
                coding = row.coding(owner.id, act.at)
                old = there[owner.id].get(_passage(coding))
                if old is None:
                    there[owner.id][_passage(coding)] = coding
                    self._codings.append(coding)
                    self._put_memo(coding, row.memo, coding.created)
                    self._by_coder[owner.name] = self._by_coder.get(owner.name, 0) + 1
                else:
                    self._write(act)  # What the file says of it further up counts as well.
                    there[owner.id][_passage(coding)] = self._add(act, row, old, coding, owner)
            self._write(act)
        stored = sum(self._by_coder.values())
        return CodingsImported(
            stored, self._present, self._by_coder, tuple(self._new), self._added_to, tuple(self._left)
        )

    def _owner(self, wish: str) -> Coder:
        found = find_coder(self._project, wish)
        if found is None:
            found = store_coder(self._project, Coder(new_id(), wish), by=self._coder.id)
            self._new.append(found.name)
        return found

    def _add(self, act: Act, row: Checked, old: Coding, coding: Coding, owner: Coder) -> Coding:
        """What the row says beyond a coding that is there; returns that coding as it is then."""
        memos = {m.text for m in queries.memos(self._project.connection, coding_id=old.id) if m.coder_id == owner.id}
        new_memo = bool(row.memo.strip()) and row.memo not in memos
        if new_memo:
            self._put_memo(old, row.memo, coding.created)
        flags = tuple(dict.fromkeys((*old.flags, *coding.flags)))
        modifiers = {**coding.modifiers, **old.modifiers}
        more = flags != old.flags or modifiers != dict(old.modifiers)
        if more and owner.id == self._coder.id:
            act.put("coding", old.id, flags=list(flags), modifiers=modifiers)
            old = replace(old, flags=flags, modifiers=modifiers)
        elif more:
            self._left.append(
                _(
                    "Line {n}: {name} coded this already, with other flags or modifiers; only they may change it."
                ).format(n=row.line, name=owner.name)
            )
            more = False
        if new_memo or more:
            self._added_to += 1
        else:
            self._present += 1
        return old

    def _put_memo(self, coding: Coding, text: str, created: str) -> None:
        if text.strip():
            self._memos.append((coding, text, created))

    def _write(self, act: Act) -> None:
        """Write the codings and memos that wait, codings first: an act is called after its first record."""
        put_codings(act, self._codings)
        act.make("memo", ((new_id(), _memo(*memo)) for memo in self._memos))
        self._codings, self._memos = [], []


def _memo(coding: Coding, text: str, created: str) -> dict[str, object]:
    return {
        "coder_id": coding.coder_id, "text": text, "transcript_id": None, "coding_id": coding.id, "code_id": None,
        "version_id": None, "start": None, "end": None, "created": created,
    }  # fmt: skip


def _passage(coding: Coding) -> tuple[object, ...]:
    return coding.version_id, coding.start, coding.end, coding.code_id, coding.pass_
