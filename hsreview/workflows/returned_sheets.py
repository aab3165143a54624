"""Reads coding sheets that came back, as codings and memos of the coder they were made for.

What a sheet puts has ids that follow from the sheet's own random id, the segment, and the code or the remark. So
reading a sheet (or a copy of it) again adds nothing; what an earlier reading of it put and it no longer says is taken
away, unless somebody worked on it since; and what was made in another way, or by another sheet, is left alone. Who sees
the ids alone, as in a blind package, cannot test which code was put where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.ids import derived_id
from hsreview.base.messages import _, current_language, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import Codebook, Status
from hsreview.model.coding import Coding, Memo, Origin
from hsreview.model.people import Coder
from hsreview.model.review import reading_of
from hsreview.model.text import Span
from hsreview.project import passes, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.log import Act, made_as
from hsreview.project.project import Project
from hsreview.workbook.coding_sheet import SheetCode, SheetFacts
from hsreview.workbook.coding_sheet_reading import CheckedRow, Fault, FilledSheet, check_sheet, read_coding_sheet
from hsreview.workflows.coders import find_coder
from hsreview.workflows.coding import put_codings, put_mark
from hsreview.workflows.coding_sheets import codes_of, rows_of, units_of
from hsreview.workflows.consents import check_may_code
from hsreview.workflows.files import written
from hsreview.workflows.places import place_name
from hsreview.workflows.reading import OpenText, open_text
from hsreview.workflows.undoing import note_for_other

_MUCH = 10
"""From so many codings and memos on, reading a sheet does not take them away without a question."""
_FEW = 3
"""So many may go where the sheet brings fewer; none where it is empty."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A coding or memo of an earlier reading that a sheet no longer has, and that is kept for what was done on it."""

    id: str
    place: str
    """Such as `12.3`."""
    code: str
    """Ref of the code; empty for a memo."""


@dataclass(frozen=True, slots=True)
class SheetRead:
    """What a coding sheet brought (or, in a dry run, would bring)."""

    facts: SheetFacts
    added: int
    present: int
    removed: int
    """Codings of an earlier reading that the sheet no longer has."""
    memos: int
    """Memos written or changed."""
    memos_removed: int
    rows: int
    """Rows of the sheet that could be coded."""
    missing: int
    """Rows of the transcript that the sheet no longer has; what they had stays."""
    reviewed: bool = False
    kept: tuple[Kept, ...] = ()
    """What an earlier reading put, the sheet no longer has, and work was done on since."""

    @property
    def takes_much(self) -> bool:
        """Whether it takes away so much that it may be an older copy of the sheet, or an empty one."""
        gone, left = self.removed + self.memos_removed, self.added + self.present + self.memos
        return gone >= _MUCH or gone > max(left, _FEW if left else 0)


class TakesMuchAway(InputRefused):
    """A sheet that takes much away and was not stored: may be an older copy."""

    def __init__(self, path: Path, read: SheetRead) -> None:
        counts = {"codings": read.removed, "memos": read.memos_removed}
        said = _(
            "{name} would take away {codings} codings and {memos} memos that an earlier reading of it put. Is it an "
            "older copy of the sheet? Nothing was stored."
        )
        super().__init__(said.format(name=visible(path.name), **counts))


class SheetRefused(InputRefused):
    """A sheet that was refused; `copy` is where the partner's entries stand with the cells to mend marked."""

    copy: Path | None = None


def read_sheet(
    project: Project, path: Path, *, coder: Coder | None = None, dry_run: bool = False, reviewed: bool = False,
    by: Coder | None = None, take_away: bool = False,
) -> SheetRead:  # fmt: skip
    """Bring a filled-in sheet back as the codings (origin imported) and memos of the coder it was made for; one act.

    `reviewed` marks the pass as finished in the same act. With `dry_run` nothing is stored. Undo of `by`, who reads
    it in, takes it back. Raises SheetRefused with every bad cell, having written a copy with those cells marked (not
    in a dry run), TakesMuchAway unless `take_away` says that this is meant, and InputRefused when the file is no sheet
    of this project, transcript, text version or `coder`. Nothing is stored of a refused sheet.
    """
    filled = read_coding_sheet(path)
    owner = _owner(project, filled.facts, coder)
    try:
        if dry_run:
            with project.snapshot():
                return _Reading(project, filled, owner).read(None, reviewed=reviewed)
        with project.write():
            with project.act(owner.id) as act:
                done = _Reading(project, filled, owner).read(act, reviewed=reviewed)
            if done.takes_much and not take_away:
                raise TakesMuchAway(path, done)
            if by is None or by.id != owner.id:
                note_for_other(project, by, act.id)
            return done
    except _Faulty as faulty:
        raise _refused(path, filled, faulty.faults, copy=not dry_run) from None


class _Faulty(Exception):
    """Cells of the sheet that cannot be taken."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = faults


def _owner(project: Project, facts: SheetFacts, wished: Coder | None) -> Coder:
    """Whose sheet it is; raises InputRefused when it is not for this project or for `wished`."""
    if facts.project_id != project.id:
        raise InputRefused(_("This coding sheet was made in another project."))
    owner = find_coder(project, facts.coder_id)
    if owner is None:
        raise InputRefused(
            _("This coding sheet was made for {name}, who is no longer in the team.").format(name=visible(facts.coder))
        )
    if wished is not None and wished.id != owner.id:
        raise InputRefused(
            _("This coding sheet was made for {name}, not for {other}. Nothing was stored.").format(
                name=visible(owner.name), other=visible(wished.name)
            )
        )
    return owner


def _refused(path: Path, filled: FilledSheet, faults: Sequence[Fault], *, copy: bool) -> SheetRefused:
    from hsreview.workbook.coding_sheet_mending import mend_path, write_mended_copy

    problems = [Problem(each.sentence(current_language()), each.cell, each.key) for each in faults]
    text = ngettext(
        "{name} was refused: {n} cell has to be mended. Nothing was stored.",
        "{name} was refused: {n} cells have to be mended. Nothing was stored.",
        len(problems),
    ).format(name=visible(path.name), n=len(problems))
    target = None
    if copy:
        target = mend_path(path, filled.facts.language)
        try:
            with written(target) as spare:
                write_mended_copy(path, spare, filled.title, filled.facts, faults)
            text += " " + _("A copy with these cells marked: {path}").format(path=visible(str(target)))
        except InputRefused as error:
            target = None
            text += " " + error.message
    refused = SheetRefused(text, problems)
    refused.copy = target
    return refused


class _Reading:
    """Takes one sheet: checks it against the project as it is now, then writes what is new or gone."""

    def __init__(self, project: Project, filled: FilledSheet, owner: Coder) -> None:
        self.project, self.filled, self.facts, self.owner = project, filled, filled.facts, owner
        self.connection = project.connection
        self.book = load_codebook(self.connection)
        self.text = self._open()
        self.units = units_of(self.text, self.facts.unit)
        self.rows = self._check()
        self.said = {self.units[row.id]: row for row in self.rows}

    def read(self, act: Act | None, *, reviewed: bool) -> SheetRead:
        """All of the sheet as part of `act`, or (without an act) only the counts. Raises _Faulty."""
        expected = {row.id for row in rows_of(self.text, self.facts.unit, interviewer=False) if row.id}
        codings, memos = self._codings(), self._memos()
        added, present = self._add(act, codings)
        removed, kept = self._remove(act, codings)
        written, memos_removed, memos_kept = self._write(act, memos)
        if reviewed and act is not None:
            self._mark(act)
        missing = len(expected - {row.id for row in self.rows})
        return SheetRead(
            self.facts, added, present, removed, written, memos_removed, len(self.rows), missing, reviewed,
            (*kept, *memos_kept),
        )  # fmt: skip

    def _open(self) -> OpenText:
        transcript = queries.transcript_with(self.connection, self.facts.transcript_id)
        name = visible(self.facts.transcript)
        if transcript is None:
            raise InputRefused(_("The transcript {name} is no longer in the project.").format(name=name))
        if transcript.version_id != self.facts.version_id:
            raise InputRefused(
                _("The text of {name} was corrected after this sheet was made. Make a new sheet.").format(name=name)
            )
        return open_text(self.project, transcript)

    def _check(self) -> list[CheckedRow]:
        texts = {key: self.text.text[start:end] for key, (start, end) in self.units.items()}
        rows, faults = check_sheet(self.filled, texts, _known_codes(self.project, self.book))
        if faults:
            raise _Faulty(faults)
        return rows

    def _codings(self) -> list[Coding]:
        """The coder's codings of the text, in the reading that the pass of the sheet belongs to."""
        reading = reading_of(self.facts.pass_, passes.parts(self.connection))
        return queries.codings(
            self.connection, version_id=self.facts.version_id, coder_id=self.owner.id, reading=reading
        )

    def _memos(self) -> list[Memo]:
        """The coder's memos on segments of the text."""
        found = queries.memos(self.connection, coder_id=self.owner.id)
        return [memo for memo in found if memo.version_id == self.facts.version_id]

    def _coding_id(self, start: int, end: int, code_id: str) -> str:
        return derived_id("sheet", self.facts.sheet_id, str(start), str(end), code_id)

    def _memo_id(self, start: int, end: int, remark: str) -> str:
        return derived_id("sheet memo", self.facts.sheet_id, str(start), str(end), remark)

    def _state(self, table: str, entity: str) -> int | None:
        """1 for a removed row, 0 for one that is there, null for none."""
        row = self.connection.execute(f"select removed from {table} where id = ?", (entity,)).fetchone()
        return None if row is None else int(row[0])

    def _add(self, act: Act | None, codings: Sequence[Coding]) -> tuple[int, int]:
        there = {(coding.start, coding.end, coding.code_id) for coding in codings}
        new: list[Coding] = []
        again: list[tuple[str, Span, str]] = []
        present = 0
        for span, row in self.said.items():
            for code in row.codes:
                entity = self._coding_id(*span, code)
                state = None if (*span, code) in there else self._state("coding", entity)
                if (*span, code) in there or state == 0:  # Or its coder has moved it since: theirs counts.
                    present += 1
                elif state is None:
                    new.append(self._coding(entity, span, code))
                else:
                    again.append((entity, span, code))
        if act is not None:
            put_codings(act, [replace(coding, created=act.at) for coding in new])
            if again:
                check_may_code(self.connection, [self.facts.version_id])
            for entity, (start, end), code in again:
                act.put("coding", entity, start=start, end=end, given_code_id=code)
        return len(new) + len(again), present

    def _coding(self, entity: str, span: Span, code: str) -> Coding:
        return Coding(
            entity, self.facts.version_id, *span, code, self.owner.id, pass_=self.facts.pass_, origin=Origin.IMPORTED
        )

    def _remove(self, act: Act | None, codings: Sequence[Coding]) -> tuple[int, list[Kept]]:
        """Take away what an earlier reading put on the rows of this sheet and it no longer says; or keep it."""
        first = made_as(self.connection, (coding.id for coding in codings))
        resolve = self.project.state.resolve_code
        removed = 0
        kept: list[Kept] = []
        for coding in codings:
            was = first.get(coding.id, {})
            span = (was.get("start", 0), was.get("end", 0))
            given = was.get("given_code_id", "")
            row = self.said.get(span)
            if row is None or coding.id != self._coding_id(*span, given) or resolve(given) in row.codes:
                continue
            same = (coding.start, coding.end, coding.code_id) == (*span, resolve(given))
            plain = same and not coding.modifiers and not coding.flags
            if not plain or queries.memos(self.connection, coding_id=coding.id):
                kept.append(self._kept(coding.id, (coding.start, coding.end), coding.code_id))
                continue
            removed += 1
            if act is not None:
                act.remove("coding", coding.id)
        return removed, kept

    def _kept(self, entity: str, span: Span, code_id: str = "") -> Kept:
        refs = {place.code.id: place.code.ref for place in self.book.codes()}
        return Kept(entity, place_name(self.text, *span), refs.get(code_id, ""))

    def _write(self, act: Act | None, memos: Sequence[Memo]) -> tuple[int, int, list[Kept]]:
        """Remarks as memos on their rows: how many were written, how many are gone, and what is kept."""
        there = {((memo.start, memo.end), memo.text) for memo in memos}
        known = {memo.id for memo in memos}
        new = {
            span: row.remark
            for span, row in self.said.items()
            if row.remark and (span, row.remark) not in there and self._memo_id(*span, row.remark) not in known
        }
        gone = [each for each in self._remarks(memos) if each[1] in self.said and self.said[each[1]].remark != each[2]]
        taken = [(memo, span) for memo, span, text in gone if memo.text == text]
        kept = [self._kept(memo.id, (memo.start or 0, memo.end or 0)) for memo, _s, text in gone if memo.text != text]
        if act is not None:
            for span, remark in new.items():
                self._put_memo(act, span, remark)
            for memo, _span in taken:
                act.remove("memo", memo.id)
        return len(new), sum(span not in new for _memo, span in taken), kept

    def _put_memo(self, act: Act, span: Span, remark: str) -> None:
        start, end = span
        act.put(
            "memo", self._memo_id(start, end, remark), coder_id=self.owner.id, text=remark, transcript_id=None,
            coding_id=None, code_id=None, version_id=self.facts.version_id, start=start, end=end, created=act.at,
        )  # fmt: skip

    def _remarks(self, memos: Sequence[Memo]) -> Iterator[tuple[Memo, Span, str]]:
        """The memos that came from this sheet, each with its row and the remark that it was."""
        first = made_as(self.connection, (memo.id for memo in memos))
        for memo in memos:
            was = first.get(memo.id, {})
            span, text = (was.get("start") or 0, was.get("end") or 0), was.get("text", "")
            if memo.id == self._memo_id(*span, text):
                yield memo, span, text

    def _mark(self, act: Act) -> None:
        mark = (self.facts.transcript_id, self.owner.id, self.facts.pass_)
        connection = self.connection
        if mark not in queries.reviewed(connection) or mark in passes.on_earlier_text(connection):
            put_mark(act, self.owner, self.text.transcript, self.facts.pass_)


def _known_codes(project: Project, book: Codebook) -> list[SheetCode]:
    """All codes that a sheet may name; one that was merged since stands for the one that took it over."""
    codes = codes_of(book, "")
    by_id = {code.id: code for code in codes}
    merged = {place.code.id for place in book.codes() if place.code.status is Status.MERGED}
    known = []
    for code in codes:
        target = by_id.get(project.state.resolve_code(code.id)) if code.id in merged else None
        known.append(replace(code, id=target.id, codable=target.codable) if target else code)
    return known
