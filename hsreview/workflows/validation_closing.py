"""How a validation meeting ends: a version is signed off, and the rows of the project follow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, current_language
from hsreview.framework.chain import Framework
from hsreview.framework.signing import STATUS, Clash, Verdict, changed_cells, clashes, signed_rows, verdicts
from hsreview.model.framework import FrameworkVersion, Row, RowStatus, VersionState
from hsreview.model.framework_columns import Column, main_column
from hsreview.model.people import Coder
from hsreview.model.validation import Outcome
from hsreview.project import framework as rows_stored
from hsreview.project import framework_versions
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.framework_rows import COLUMNS, check_sees, status_name
from hsreview.workflows.framework_values import heading, show_value
from hsreview.workflows.kit_check import Text, telling
from hsreview.workflows.validating import Meeting, again
from hsreview.workflows.validation_acts import writing
from hsreview.workflows.validation_todo import before_close, refuse_while


class Take(StrEnum):
    """What stands in a row that was changed in the project while it was voted on."""

    MEETING = "meeting"
    """What the meeting says."""
    PROJECT = "project"
    """What the project says: the row stays as it is, and is not marked as validated."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What followed for the rows of the project."""

    changed: tuple[str, ...] = ()
    """Refs of the rows whose status or words changed."""
    kept: tuple[str, ...] = ()
    """Refs of the rows that stay as the project has them."""
    gone: tuple[str, ...] = ()
    """Refs of the rows that are not in the project: in a file for a meeting that is all of them."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A meeting that was closed, with the version that it signed off."""

    meeting: Meeting
    version: FrameworkVersion
    applied: Applied


def close(
    project: Project, coder: Coder, meeting: Meeting, reasons: Mapping[str, str] | None = None, *,
    incomplete: bool = False, take: Take | None = None,
) -> Closed:  # fmt: skip
    """Close a meeting as one act: outcomes, the signed version, and the rows where they are in the project.

    `reasons`: id of a row → why it is rejected (or what was said to it). With `incomplete`, tables that were not
    counted do not count, and rows on which nobody voted stay as they are. Raises InputRefused when it is closed
    already, with what is to be done first, or with the cells that were changed in the project meanwhile.
    """
    given = {row_id: text.strip() for row_id, text in (reasons or {}).items() if text.strip()}
    with writing(project, coder, meeting) as (act, now):
        version = _version(now)
        refuse_while(before_close(project, now, given, incomplete=incomplete))
        found = verdicts(now)
        rows = _rows(project)
        clashing = clashes(version, found, rows.values(), closed=False)
        _check_clashes(project, clashing, take)
        act.put("validation", now.validation.id, closed=act.at)  # An act is called after its first record.
        for each in now.of_round(now.round):
            if each.row_id in found:
                act.put("ballot", each.id, outcome=str(found[each.row_id].outcome))
        for row_id, text in given.items():
            if row_id in now.last:
                act.put("ballot", now.last[row_id].id, reason=text)
        applied = _apply(project, act, found, rows, clashing, take)
        signed = framework_versions.add_version(
            project.connection, act, signed_rows(version, found), name=now.validation.name,
            state=VersionState.SIGNED, validation_id=now.validation.id, from_id=version.id,
        )  # fmt: skip
        made = next(each for each in framework_versions.versions(project.connection) if each.id == signed)
        return Closed(again(project, now), made, applied)


def apply(project: Project, coder: Coder, meeting: Meeting, *, take: Take | None = None) -> Applied:
    """Let the rows of the project follow what a meeting decided that was closed elsewhere; one act.

    A second time it changes nothing. Raises InputRefused when the meeting is not closed, and as `close` for cells that
    were changed in the project meanwhile.
    """
    with writing(project, coder, meeting, closed=True) as (act, now):
        if not now.is_closed:
            raise InputRefused(
                _("The meeting {name} is not closed yet: validation close.").format(name=now.validation.name)
            )
        version, found, rows = _version(now), verdicts(now), _rows(project)
        clashing = clashes(version, found, rows.values(), closed=True)
        _check_clashes(project, clashing, take)
        return _apply(project, act, found, rows, clashing, take)


def open_clashes(project: Project, meeting: Meeting, viewer: Coder | None = None) -> list[Clash]:
    """The cells that were changed in the project since the version was frozen, and that the meeting has otherwise."""
    check_sees(project, viewer)
    if meeting.version is None:
        return []
    return clashes(meeting.version, verdicts(meeting), _rows(project).values(), closed=meeting.is_closed)


def changed_meanwhile(project: Project, meeting: Meeting, viewer: Coder | None = None) -> list[Problem]:
    """The cells that were changed in the project since the version was set aside, with what the room has."""
    if meeting.is_closed:
        return told_clashes(project, open_clashes(project, meeting, viewer))
    check_sees(project, viewer)
    rows, told = _rows(project), _("{column} was “{brought}”, on which the room votes; the project now says “{here}”.")
    frozen = {each.row.id: each.row for each in meeting.version.rows} if meeting.version else {}
    shown = Framework([*rows.values()], ())
    problems = []
    for row_id, ballot in meeting.first.items():
        if (here := rows.get(row_id)) is None:
            continue
        cells: dict[str, Any] = dict(zip(main_column(here.kind).keys, (ballot.text.fr, ballot.text.en), strict=True))
        cells = {key: words for key, words in cells.items() if (here.data.get(key) or "") != words}
        cells |= changed_cells(frozen[row_id], here) if row_id in frozen else {}
        problems += [
            Problem(
                told.format(
                    column=cell_name(here, key), brought=_said(shown, here, key, brought),
                    here=_said(shown, here, key, here.data.get(key)),
                ), here.ref, key,
            )
            for key, brought in cells.items()
        ]  # fmt: skip
    return problems


def signed_versions(project: Project, meeting: Meeting) -> list[FrameworkVersion]:
    """What the meeting signed off: one version, or several when it was closed on two laptops."""
    return [
        each
        for each in framework_versions.versions(project.connection)
        if each.validation_id == meeting.validation.id and each.state is VersionState.SIGNED
    ]


def untranslated(meeting: Meeting) -> dict[str, str]:
    """Ref of a row that was amended in one language → the other language, in which its old words still stand.

    Also of rows that are voted on in such words now.
    """
    found = {}
    for row_id, ballot in meeting.last.items():
        old = meeting.first[row_id].text
        for language, other in (("fr", "en"), ("en", "fr")):
            same = ballot.text.own(other) == old.own(other) != ""
            counts = meeting.outcome(ballot) is Outcome.AMENDED or not meeting.is_over(ballot)
            if counts and same and ballot.text.own(language) != old.own(language):
                found[ballot.ref] = other
    return found


def definitions_to_look_at(meeting: Meeting) -> list[str]:
    """Refs of the rows that were amended and have a definition, which still says what it said before."""
    defined = {each.row.id for each in meeting.version.rows if _defined(each.row)} if meeting.version else set()
    return [
        ballot.ref
        for row_id, ballot in meeting.last.items()
        if row_id in defined and meeting.outcome(ballot) is Outcome.AMENDED
    ]


def _defined(row: Row) -> bool:
    return any(row.data.get(key) for key in ("definition_fr", "definition_en"))


def told_words(project: Project, meeting: Meeting) -> list[Problem]:
    """Amended words that repeat five words of an interview or a memo or name somebody, as far as those are here."""
    texts = [
        Text(f"{ballot.ref} · {language}", words)
        for ballot in meeting.last.values()
        if meeting.is_reworded(ballot)
        for language, words in ballot.text.to_json().items()
        if words != meeting.first[ballot.row_id].text.own(language)
    ]
    return telling(project, texts) if texts else []


def told_clashes(project: Project, found: Iterable[Clash]) -> list[Problem]:
    """Cells that were changed meanwhile, with all three values."""
    shown = Framework([*_rows(project).values()], ())
    told = _("{column} was “{brought}”; the project now says “{here}”, the meeting “{meeting}”.")
    return [
        Problem(
            told.format(
                column=cell_name(each.row, each.key), brought=_said(shown, each.row, each.key, each.brought),
                here=_said(shown, each.row, each.key, each.here),
                meeting=_said(shown, each.row, each.key, each.meeting),
            ), each.row.ref, "clash",
        )
        for each in found
    ]  # fmt: skip


def cell_name(row: Row, key: str) -> str:
    """What a cell of a row is called; `status` is its status."""
    column = _column(row, key)
    return heading(column, key, current_language()) if column else _("status")


def _column(row: Row, key: str) -> Column | None:
    return next((each for each in COLUMNS[row.kind] if key in each.keys), None)


def _said(shown: Framework, row: Row, key: str, value: Any) -> str:
    column = _column(row, key)
    told = show_value(shown, column, value, current_language()) if column else status_name(RowStatus(str(value)))
    return told or "–"


def _version(meeting: Meeting) -> FrameworkVersion:
    if meeting.version is None:
        raise InputRefused(
            _("The version that was put to the vote is not in this copy of the project; close the meeting where it is.")
        )
    return meeting.version


def _rows(project: Project) -> dict[str, Row]:
    return {row.id: row for row in rows_stored.rows(project.connection)}


def _check_clashes(project: Project, found: list[Clash], take: Take | None) -> None:
    if found and take is None:
        raise InputRefused(
            _(
                "Rows were changed in the project after they were set aside for the meeting. Say what stands: "
                "--take meeting (what was brought to it is put back), or --take project (these rows stay as they are, "
                "and are not marked as validated). Nothing was stored."
            ),
            told_clashes(project, found),
        )


def _apply(
    project: Project, act: Act, found: Mapping[str, Verdict], rows: Mapping[str, Row], clashing: Iterable[Clash],
    take: Take | None,
) -> Applied:  # fmt: skip
    left: dict[str, dict[str, Any]] = {}
    for each in clashing:
        left.setdefault(each.row.id, {}).update({} if each.key == STATUS else {each.key: each.meeting})
    kept = [row_id for row_id in found if row_id in left and take is Take.PROJECT]
    changed = []
    for row_id, wanted in found.items():
        row = rows.get(row_id)
        if row is None or row_id in kept:
            continue
        now = rows_stored.data_of(project.connection, row_id) or {}
        data = {
            key: value for key, value in {**now, **wanted.words, **left.get(row_id, {})}.items() if value is not None
        }
        if act.put("framework_row", row_id, status=str(wanted.status or row.status), data=data):
            changed.append(row.ref)
    gone = tuple(wanted.ballot.ref for row_id, wanted in found.items() if row_id not in rows)
    return Applied(tuple(changed), tuple(rows[row_id].ref for row_id in kept), gone)
