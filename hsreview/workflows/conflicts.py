"""Conflicts as people read them: which thing, which field, who wrote what and when; and how one is decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language
from hsreview.framework.chain import Framework
from hsreview.model import thresholds
from hsreview.model.exchange import Conflict as Conflict
from hsreview.model.framework import BUILDING_CODES, RowStatus
from hsreview.model.framework import TABLES as FRAMEWORK_TABLES
from hsreview.model.framework_columns import COLUMNS, Column, fits
from hsreview.model.people import Coder
from hsreview.model.settings import KEY_DESTROYED, KEY_SETTING, RETENTION
from hsreview.model.transfer import DROPPED, Dropped
from hsreview.model.validation import vote_id
from hsreview.privacy.roles import Duty, check
from hsreview.project import conflicts as rules
from hsreview.project import framework, framework_versions, queries, validations
from hsreview.project.observations import observations
from hsreview.project.project import Project
from hsreview.project.summaries import summaries
from hsreview.project.texts_apart import TEXT
from hsreview.project.texts_compared import differing_turns
from hsreview.project.versions import VERSION_NAME
from hsreview.review import blind
from hsreview.workflows.framework_rows import Row, status_name
from hsreview.workflows.framework_values import heading, show_value
from hsreview.workflows.grade_thresholds import thresholds_written
from hsreview.workflows.reading import codebook, transcripts
from hsreview.workflows.saved_queries import expression_of
from hsreview.workflows.validation_words import VOTES, vote_name

_THINGS = {
    "setting": N_("setting"), "coder": N_("coder"), "organisation": N_("organisation"), "respondent": N_("respondent"),
    "transcript": N_("transcript"), "text_version": N_("text version"), "speaker": N_("speaker"), "turn": N_("turn"),
    "codebook": N_("codebook"), "code": N_("code"), "assignment": N_("assignment"), "reviewed": N_("review mark"),
    "asked": N_("guide question"), "quote": N_("quote"), "saved_search": N_("saved search"),
    "decision": N_("decision on a difference"), "adoption": N_("adoption"),
    "summary": N_("summary"), "framework_row": N_("row of the framework"), "evidence": N_("evidence of"),
    "framework_version": N_("version of the framework"), "validation": N_("validation meeting"),
    "party": N_("table at a meeting"), "ballot": N_("ballot of"), "vote": N_("votes of"), "comment": N_("comment on"),
    "amendment": N_("amendment of"), "observation": N_("entry on"),
    "masking": N_("replaced names"), "translation": N_("translation"),
}  # fmt: skip

_FIELDS = {
    "removed": N_("removed"), "status": N_("status"), "parent_id": N_("under"), "stance": N_("stance"),
    "role": N_("role"), "note": N_("note"), "name": N_("name"), "value": N_("value"), "text": N_("text"),
}  # fmt: skip
"""Fields of several tables; those that are not here are told by their names."""

_ABOUT_WORK = {
    "adoption": "adoption",
    "decision": "(select d.id, v.transcript_id from decision d join text_version v on v.id = d.version_id)",
    "quote": "(select q.id, v.transcript_id from quote q join text_version v on v.id = q.version_id)",
}
"""Tables that tell what was coded → where the transcript of each row stands."""


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One of the contradicting records, in words."""

    record: str
    coder_id: str
    coder: str
    at: str
    value: Any
    said: str
    """The value as people read it; names instead of ids."""
    turns: Sequence[str] = ()
    """Of a text: its turns that another one of them does not have, each with its number and label."""


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A conflict, in words."""

    conflict: Conflict
    thing: str
    """`code K4`, in the user's language."""
    field: str
    """Which part of it, in the user's language: the heading of a cell of the framework, or the name of the field."""
    values: Sequence[ShownValue]


def open_conflicts(project: Project, *, viewer: Coder | None = None) -> list[ShownConflict]:
    """The conflicts that wait for a decision; without those about work that `viewer` may not see yet."""
    found = rules.conflicts(project.connection)
    return shown(project, found, viewer=viewer) if found else []


def texts_in_conflict(project: Project) -> set[str]:
    """Ids of the transcripts of which several texts wait for a decision."""
    return {each.entity for each in rules.conflicts(project.connection) if _of_texts(each)}


def shown(project: Project, found: Iterable[Conflict], *, viewer: Coder | None = None) -> list[ShownConflict]:
    """Conflicts in words; without those about work that `viewer`, who codes blind, may not see yet."""
    seen = blind.sight(project.connection, viewer)
    names = _names(project)
    found_rows = Framework(framework.rows(project.connection), ())
    coders = {coder.id: coder.name for coder in queries.coders(project.connection)}
    listed = []
    for each in found:
        if _is_seen(project, seen, each, viewer):
            versions = [str(v.value) for v in each.values] if _of_texts(each) else []
            texts = differing_turns(project.connection, versions)
            names |= {version: _version_name(project, version) for version in versions}
            values = tuple(
                ShownValue(
                    v.record, v.coder_id, coders.get(v.coder_id, v.coder_id), v.at, v.value,
                    _said_of(found_rows, each, v.value) or _said(each.field, v.value, names),
                    texts.get(v.value, ()) if versions else (),
                )
                for v in each.values
            )  # fmt: skip
            listed.append(ShownConflict(each, _thing(each, names), _field(found_rows, each), values))
    return listed


def _of_texts(each: Conflict) -> bool:
    """Whether it is about the text of a transcript; a summary has a text too."""
    return (each.table, each.field) == ("transcript", TEXT)


def _version_name(project: Project, version_id: str) -> str:
    found = queries.version(project.connection, version_id)
    return _("text no. {number}").format(number=found.number if found else "?")


def _is_seen(project: Project, seen: blind.Sight, conflict: Conflict, viewer: Coder | None) -> bool:
    if conflict.table in FRAMEWORK_TABLES or conflict.entity.startswith(DROPPED):
        return not blind.anywhere(project.connection, viewer)
    if conflict.table == "summary":  # It may rest on any interview of its case.
        return all(seen.transcript(each.id) for each in transcripts(project))
    return conflict.table not in _ABOUT_WORK or seen.transcript(_transcript_of(project, conflict))


def _transcript_of(project: Project, conflict: Conflict) -> str | None:
    row = project.connection.execute(
        f"select transcript_id from {_ABOUT_WORK[conflict.table]} where id = ?", (conflict.entity,)
    ).fetchone()
    return row[0] if row else None


def _thing(conflict: Conflict, names: Mapping[str, str]) -> str:
    if conflict.table == "setting" and conflict.entity.startswith(KEY_SETTING):
        owner = conflict.entity.removeprefix(KEY_SETTING)
        return _("public keys of {name}").format(name=names.get(owner, owner))
    if conflict.table == "setting" and conflict.entity.startswith(VERSION_NAME):
        return _("name of a version of the codebook")
    if conflict.table == "setting" and conflict.entity.startswith(DROPPED):
        return _("rows of another state that were dropped")
    if (conflict.table, conflict.entity) == ("setting", thresholds.SETTING):
        return _("thresholds of the grades of evidence")
    if (conflict.table, conflict.entity) == ("setting", BUILDING_CODES):
        return _("codes from which the framework is built")
    if (conflict.table, conflict.entity) == ("setting", RETENTION):
        return _("day until which the material is kept")
    if (conflict.table, conflict.entity) == ("setting", KEY_DESTROYED):
        return _("end of the key file")
    return f"{_(_THINGS.get(conflict.table, conflict.table))} {names.get(conflict.entity, conflict.name)}"


def decide_conflict(project: Project, by: Coder, wish: str, take: str, because: str) -> ShownConflict:
    """Settle a conflict for what one of its records says; both may be named by the beginning of their ids.

    Raises UsageProblem when they name none or several, there is no reason or `by` does not lead; InputRefused when the
    conflict was settled meanwhile.
    """
    check(Duty.CONFLICTS, by, queries.coders(project.connection))
    found = rules.conflicts(project.connection)
    conflict = found[_only(wish, [each.id for each in found], _("There is no open conflict {id}."))]
    records = [value.record for value in conflict.values]
    record = records[_only(take, records, _("The conflict has no record {id}."))]
    [told] = shown(project, [conflict])
    rules.decide(project, by, conflict.id, record, because)
    return told


def _only(wish: str, ids: Sequence[str], none: str) -> int:
    found = [i for i, each in enumerate(ids) if each == wish] or [
        i for i, each in enumerate(ids) if each.startswith(wish)
    ]
    if len(found) > 1:
        raise UsageProblem(_("Several ids begin with {id}; give more of it.").format(id=wish))
    if not found:
        raise UsageProblem(none.format(id=wish))
    return found[0]


def _names(project: Project) -> dict[str, str]:
    """Id → name, of everything that a value may point at."""
    connection = project.connection
    book = codebook(project)
    named: dict[str, str] = {place.code.id: place.code.ref for place in book.codes()}
    named |= {each.id: each.ref for each in book.questions} | {each.id: each.ref for each in book.themes}
    for things in (
        queries.coders(connection), queries.respondents(connection), queries.organisations(connection),
        transcripts(project),
    ):  # fmt: skip
        named |= {each.id: each.name for each in things}
    named |= {
        each.id: f"{named.get(each.case_id, each.case_id)} × {named.get(each.theme_id, '?')}"
        for each in summaries(connection)
    }
    rows = {each.id: each.ref for each in framework.rows(connection)}
    entries = {each.id: rows.get(each.row_id, "?") for each in observations(connection)}
    of = rows | entries
    named |= of | {each.id: of.get(each.row_id, "?") for each in framework.evidence(connection)}
    named |= {each.id: each.number for each in framework_versions.versions(connection)}
    for meeting in validations.validations(connection):
        named[meeting.id] = meeting.name
        tables = {each.id: each.label for each in validations.parties(connection, meeting.id)}
        refs = {each.id: each.ref for each in validations.ballots(connection, meeting.id)}
        named |= tables | refs
        for vote in validations.votes(connection, meeting.id):
            ref, table = refs.get(vote.ballot_id, "?"), tables.get(vote.party_id, "?")
            named[vote_id(vote.ballot_id, vote.party_id)] = f"{ref} · {table}"
        named |= {each.id: refs.get(each.ballot_id, "?") for each in validations.comments(connection, meeting.id)}
        named |= {each.id: refs.get(each.ballot_id, "?") for each in validations.amendments(connection, meeting.id)}
    return named | {each.id: each.label for each in queries.speakers(connection)}


def _said_of(found: Framework, conflict: Conflict, value: Any) -> str:
    """What the thresholds, or a cell or the status of a row of the framework say; else an empty text."""
    if (conflict.table, conflict.entity) == ("setting", thresholds.SETTING):
        limits = thresholds.read(value or {})
        return thresholds_written(limits) if limits else ""
    if (conflict.table, conflict.entity) in (("setting", RETENTION), ("setting", KEY_DESTROYED)):
        kept = value if isinstance(value, Mapping) else {}
        return " · ".join(str(kept[key]) for key in ("date", "at", "because") if kept.get(key)) or "–"
    if conflict.entity.startswith(DROPPED):
        dropped = Dropped.read(value)
        return f"{dropped.ref} ({dropped.project}): {dropped.reason}" if dropped else _("not dropped")
    row = found.by_id.get(conflict.entity)
    if row is None:
        return ""
    if conflict.field == "status":
        return status_name(RowStatus(value))
    column = _column(row, conflict.field)
    return show_value(found, column, value, current_language()) if column and fits(column, value) else ""


def _column(row: Row, field: str) -> Column | None:
    key = field.removeprefix("data.")
    return next((each for each in COLUMNS[row.kind] if key in each.keys and key != field), None)


def _field(found: Framework, conflict: Conflict) -> str:
    row = found.by_id.get(conflict.entity)
    column = _column(row, conflict.field) if row else None
    if column is not None:
        return heading(column, conflict.field, current_language())
    return _(_FIELDS.get(conflict.field, conflict.field))


def _said(field: str, value: Any, names: Mapping[str, str]) -> str:
    if field == "removed":
        return _("removed") if value else _("kept")
    if value is None or value == "":
        return "–"
    if field == "vote" and isinstance(value, Mapping):
        return ", ".join(f"{n} {vote_name(each)}" for each in VOTES if (n := value.get(each))) or "0"
    if isinstance(value, str):
        return expression_of(value) if field == "query" else names.get(value, value)
    if isinstance(value, Mapping) and value and value.keys() <= {"fr", "en"}:
        return str(value.get(current_language()) or next(iter(value.values())))
    if isinstance(value, list) and value and all(each in names for each in value):
        return ", ".join(names[each] for each in value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
