"""Coding sheets for partners without the tool: made for one coder and one transcript, and read back as their codings.

What a sheet puts has ids that follow from coder, pass, segment and code. So reading a sheet again adds nothing; and
what an earlier reading put and the sheet no longer says is taken away, while codings that were made or moved in
another way are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import derived_id, now
from hsreview.base.messages import _, current_language, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import Codebook, CodePlace, Status
from hsreview.model.coding import OWN, Coding, Origin
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.text import Role, Span, Turn
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workbook.coding_sheet import CodingSheet, SheetCode, SheetFacts, SheetRow, row_id
from hsreview.workbook.coding_sheet_reading import (
    CheckedRow,
    Fault,
    FilledSheet,
    check_sheet,
    read_coding_sheet,
)
from hsreview.workflows.coders import find_coder
from hsreview.workflows.coding import put_codings
from hsreview.workflows.files import written
from hsreview.workflows.places import sentences_of
from hsreview.workflows.reading import OpenText, open_text

UNITS = ("sentence", "turn")
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class SheetMade:
    """A coding sheet that was written."""

    path: Path
    transcript: Transcript
    rows: int
    """Rows to code."""
    codes: int


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


class SheetRefused(InputRefused):
    """A sheet that was refused; `copy` is where the partner's entries stand with the cells to mend marked."""

    copy: Path | None = None


def sheet_path(transcript: Transcript, coder: Coder, pass_: str = "") -> Path:
    """The name that a sheet gets when none is given, in the current folder."""
    parts = filter(None, (transcript.name, coder.name, pass_))
    return Path(file_name(" – ".join(parts)) + ".xlsx")


def file_name(text: str) -> str:
    """`text` as every system takes it for the name of a file."""
    return _UNSAFE.sub("-", text).strip(". ") or "-"


def make_sheet(
    project: Project, transcript: Transcript, coder: Coder, path: Path, *, pass_: str = "", unit: str = "sentence",
    lang: str = "fr", interviewer: bool = False,
) -> SheetMade:  # fmt: skip
    """Write an Excel coding sheet of `transcript` for `coder` (their codings are not in it).

    One row for each sentence (`unit="turn"`: turn) of the respondents; with `interviewer` of everybody who has a
    label. Raises InputRefused when nothing can be coded or the file cannot be written.
    """
    from hsreview.workbook.coding_sheet_writing import write_coding_sheet

    if unit not in UNITS:
        raise UsageProblem(_("The rows of a coding sheet are sentences or turns."))
    with project.snapshot():
        book = load_codebook(project.connection)
        text = open_text(project, transcript)
        rows = list(_rows(text, unit, interviewer))
        facts = SheetFacts(
            project.id, transcript.id, transcript.name, text.version.id, coder.id, coder.name, pass_, unit, lang,
            book.ref, book.version, now(),
        )  # fmt: skip
    codes = _codes(book, pass_)
    codable = sum(code.codable for code in codes)
    count = sum(bool(row.id) for row in rows)
    if not codable:
        raise InputRefused(_("The codebook has no codes to code with yet."))
    if not count:
        message = _("{name} has no turns of respondents to code. Say who is a respondent: hsreview speakers.")
        raise InputRefused(message.format(name=visible(transcript.name)))
    label = next((each.label for each in book.passes if each.ref == pass_), Localized(fr=pass_, en=pass_))
    with written(path) as spare:
        write_coding_sheet(CodingSheet(facts, label, rows, codes), spare)
    return SheetMade(path, transcript, count, codable)


def _rows(text: OpenText, unit: str, interviewer: bool) -> Iterator[SheetRow]:
    labelled = any(turn.speaker is not None for turn in text.turns)
    for turn in text.turns:
        said = turn.said(text.text)
        if not said.strip():
            continue
        speaker = text.speakers.get(turn.speaker or "")
        role = speaker.role if speaker else None
        wanted = not labelled or role is Role.RESPONDENT or (interviewer and role is not None)
        spans = _spans(text, turn, unit) if wanted else []
        if not spans:
            yield SheetRow("", str(turn.number), turn.speaker or "", said.strip())
        for number, (start, end) in enumerate(spans, 1):
            place = str(turn.number) if unit == "turn" else f"{turn.number}.{number}"
            yield SheetRow(row_id(unit, start, end), place, turn.speaker or "", text.text[start:end])


def _spans(text: OpenText, turn: Turn, unit: str) -> Sequence[tuple[int, int]]:
    whole = [(turn.label_end, turn.label_end + len(turn.said(text.text)))]
    return whole if unit == "turn" else (sentences_of(text, turn) or whole)


def _units(text: OpenText, unit: str) -> dict[str, tuple[int, int]]:
    """Row id → segment of everything in the text that a row may stand for, whoever says it."""
    spoken = [turn for turn in text.turns if turn.said(text.text).strip()]
    return {row_id(unit, *span): span for turn in spoken for span in _spans(text, turn, unit)}


def _codes(book: Codebook, pass_: str) -> list[SheetCode]:
    """All codes: those that can be used first, and among them those of the pass."""
    plan = next((each for each in book.passes if each.ref == pass_), None)
    order = {ref: number for number, ref in enumerate((*plan.themes, *plan.then) if plan else ())}
    places = sorted(book.codes(), key=lambda place: (not _codable(place), order.get(place.theme.ref, len(order))))
    return [
        SheetCode(
            place.code.id, place.code.ref, place.code.label, place.theme.label,
            tuple({path for lang in ("fr", "en") for path in (place.path(lang), place.code_path(lang))}),
            place.code.definition, place.code.use, place.code.not_use, place.code.example, book.hue_of(place),
            _codable(place),
        )
        for place in places
    ]  # fmt: skip


def _codable(place: CodePlace) -> bool:
    return place.code.codable and place.code.status in (Status.ACTIVE, Status.PROPOSED)


def read_sheet(
    project: Project, path: Path, *, coder: Coder | None = None, dry_run: bool = False, reviewed: bool = False
) -> SheetRead:
    """Bring a filled-in sheet back as the codings (origin imported) and memos of the coder it was made for; one act.

    `reviewed` marks the pass as finished in the same act. With `dry_run` nothing is stored. Raises SheetRefused with
    every bad cell, having written a copy with those cells marked (not in a dry run), and InputRefused when the file
    is no sheet of this project, transcript, text version or `coder`. Nothing is stored of a refused sheet.
    """
    filled = read_coding_sheet(path)
    owner = _owner(project, filled.facts, coder)
    try:
        if dry_run:
            with project.snapshot():
                return _Reading(project, filled, owner).read(None, reviewed=reviewed)
        with project.act(owner.id) as act:
            return _Reading(project, filled, owner).read(act, reviewed=reviewed)
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

    def read(self, act: Act | None, *, reviewed: bool) -> SheetRead:
        """All of the sheet as part of `act`, or (without an act) only the counts. Raises _Faulty."""
        units, rows = self._check()
        added, present = self._add(act, units, rows)
        removed = self._remove(act, units, rows)
        memos, memos_removed = self._memos(act, units, rows)
        if reviewed and act is not None:
            self._mark(act)
        return SheetRead(
            self.facts, added, present, removed, memos, memos_removed, len(rows), len(units) - len(rows), reviewed
        )

    def _check(self) -> tuple[Mapping[str, Span], list[CheckedRow]]:
        transcript = queries.transcript_with(self.connection, self.facts.transcript_id)
        name = visible(self.facts.transcript)
        if transcript is None:
            raise InputRefused(_("The transcript {name} is no longer in the project.").format(name=name))
        if transcript.version_id != self.facts.version_id:
            raise InputRefused(
                _("The text of {name} was corrected after this sheet was made. Make a new sheet.").format(name=name)
            )
        text = open_text(self.project, transcript)
        units = _units(text, self.facts.unit)
        texts = {key: text.text[start:end] for key, (start, end) in units.items()}
        rows, faults = check_sheet(self.filled, texts, _known_codes(self.project, load_codebook(self.connection)))
        if faults:
            raise _Faulty(faults)
        expected = {row.id for row in _rows(text, self.facts.unit, interviewer=False) if row.id}
        kept = expected | {row.id for row in rows}
        return {key: span for key, span in units.items() if key in kept}, rows

    def _there(self) -> dict[tuple[int, int, str], tuple[str, bool]]:
        """(start, end, code) → id of the coder's coding there, and whether a sheet put it."""
        rows = self.connection.execute(
            'select id, start, "end", code_id, given_code_id from coding where version_id = ? and coder_id = ?'
            " and layer = ? and pass = ? and removed = 0",
            (self.facts.version_id, self.owner.id, OWN, self.facts.pass_),
        ).fetchall()
        return {
            (start, end, code): (coding, coding == self._coding_id(start, end, given))
            for coding, start, end, code, given in rows
        }

    def _coding_id(self, start: int, end: int, code_id: str) -> str:
        facts = self.facts
        return derived_id("sheet", facts.version_id, self.owner.id, facts.pass_, str(start), str(end), code_id)

    def _state(self, table: str, entity: str) -> int | None:
        """1 for a removed row, 0 for one that is there, null for none."""
        row = self.connection.execute(f"select removed from {table} where id = ?", (entity,)).fetchone()
        return None if row is None else int(row[0])

    def _add(self, act: Act | None, units: Mapping[str, Span], rows: Sequence[CheckedRow]) -> tuple[int, int]:
        there = self._there()
        new: list[Coding] = []
        again: list[tuple[str, Span, str]] = []
        present = 0
        for row in rows:
            start, end = units[row.id]
            for code in row.codes:
                entity = self._coding_id(start, end, code)
                state = None if (start, end, code) in there else self._state("coding", entity)
                if (start, end, code) in there or state == 0:  # Or its coder has moved it since: theirs counts.
                    present += 1
                elif state is None:
                    new.append(self._coding(entity, (start, end), code))
                else:
                    again.append((entity, (start, end), code))
        if act is not None:
            put_codings(act, [replace(coding, created=act.at) for coding in new])
            for entity, (start, end), code in again:
                act.put("coding", entity, start=start, end=end, given_code_id=code)
        return len(new) + len(again), present

    def _coding(self, entity: str, span: Span, code: str) -> Coding:
        return Coding(
            entity, self.facts.version_id, *span, code, self.owner.id, pass_=self.facts.pass_, origin=Origin.IMPORTED
        )

    def _remove(self, act: Act | None, units: Mapping[str, Span], rows: Sequence[CheckedRow]) -> int:
        """Take away what an earlier reading put on the rows of this sheet and this one no longer says."""
        said = {units[row.id]: set(row.codes) for row in rows}
        gone = [
            entity
            for (start, end, code), (entity, by_sheet) in self._there().items()
            if by_sheet and (start, end) in said and code not in said[start, end]
        ]
        for entity in gone:
            if act is not None:
                act.remove("coding", entity)
                for memo in queries.memos(self.connection, coding_id=entity, coder_id=self.owner.id):
                    act.remove("memo", memo.id)
        return len(gone)

    def _memos(self, act: Act | None, units: Mapping[str, Span], rows: Sequence[CheckedRow]) -> tuple[int, int]:
        facts = self.facts
        put = removed = 0
        for row in rows:
            start, end = units[row.id]
            entity = derived_id("sheet memo", facts.version_id, self.owner.id, facts.pass_, str(start), str(end))
            old = queries.memos(self.connection, memo_id=entity)
            if row.remark and (not old or old[0].text != row.remark):
                put += 1
                if act is not None and self._state("memo", entity) is None:
                    act.put(
                        "memo", entity, coder_id=self.owner.id, text=row.remark, transcript_id=None, coding_id=None,
                        code_id=None, version_id=facts.version_id, start=start, end=end, created=act.at,
                    )  # fmt: skip
                elif act is not None:
                    act.put("memo", entity, text=row.remark)
            elif old and not row.remark:
                removed += 1
                if act is not None:
                    act.remove("memo", entity)
        return put, removed

    def _mark(self, act: Act) -> None:
        facts = self.facts
        if (facts.transcript_id, self.owner.id, facts.pass_) in set(queries.reviewed(self.connection)):
            return
        entity = derived_id("reviewed", facts.transcript_id, self.owner.id, facts.pass_)
        act.put(
            "reviewed", entity, transcript_id=facts.transcript_id, version_id=facts.version_id,
            coder_id=self.owner.id, at=now(), **{"pass": facts.pass_},
        )  # fmt: skip


def _known_codes(project: Project, book: Codebook) -> list[SheetCode]:
    """All codes that a sheet may name; one that was merged since stands for the one that took it over."""
    codes = _codes(book, "")
    by_id = {code.id: code for code in codes}
    merged = {place.code.id for place in book.codes() if place.code.status is Status.MERGED}
    known = []
    for code in codes:
        target = by_id.get(project.state.resolve_code(code.id)) if code.id in merged else None
        known.append(replace(code, id=target.id, codable=target.codable) if target else code)
    return known
