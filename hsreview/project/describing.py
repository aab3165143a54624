"""What an act was about, in words: one description for each kind of record with which an act can begin."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from hsreview.base.messages import _, ngettext
from hsreview.model.change import Change
from hsreview.model.framework import BUILDING_CODES
from hsreview.model.settings import FILE_ACT, KEY_DESTROYED, RETENTION, file_act
from hsreview.model.thresholds import SETTING as THRESHOLDS
from hsreview.model.transfer import DROPPED
from hsreview.project.describing_framework import DESCRIPTIONS

_FEW = 4
"""Names that are listed; more are counted."""
_Describe = Callable[[sqlite3.Connection, Sequence[Change]], str]


def describe(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    """An act in a few words of the user's language, by its records: `code H1 on turn 12 of cso-01`.

    Empty when nothing more can be said of it than its kind, as for what is withheld. Words of respondents (labels
    taken from a text, memos) are not in it.
    """
    found = _DESCRIPTIONS.get(_table(changes[0]))
    return found(connection, changes) if found else ""


def _table(change: Change) -> str:
    return change.kind.partition(".")[0]


def _is_new(change: Change) -> bool:
    return change.kind.endswith(".restore") or (change.body is not None and "set" in change.body and not _was(change))


def _was(change: Change) -> bool:
    return change.body is not None and "was" in change.body


def _of(changes: Sequence[Change], table: str) -> list[str]:
    """The things of one kind that an act is about."""
    return list(dict.fromkeys(change.entity for change in changes if _table(change) == table))


def _one(connection: sqlite3.Connection, sql: str, *values: object) -> str:
    """The first value that is found, as text; empty when there is none."""
    row = connection.execute(sql, values).fetchone()
    return str(row[0]) if row is not None and row[0] is not None else ""


def _transcript(connection: sqlite3.Connection, transcript_id: object) -> str:
    return _one(connection, "select name from transcript where id = ?", transcript_id)


def _place(connection: sqlite3.Connection, version_id: object, start: object) -> str:
    """`turn 12 of cso-01`; without the turn where the text is withheld."""
    name = _one(
        connection, "select name from transcript where id = (select transcript_id from text_version where id = ?)",
        version_id,
    )  # fmt: skip
    turn = _one(connection, "select max(number) from turn where version_id = ? and start <= ?", version_id, start)
    return _("turn {turn} of {transcript}").format(turn=turn, transcript=name) if turn and name else name


def _coding(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "coding")
    if len(ids) > 1:
        return _codings(connection, ids)
    code, version_id, start = connection.execute(
        "select d.ref, c.version_id, c.start from coding c left join code d on d.id = c.code_id where c.id = ?",
        (ids[0],),
    ).fetchone()
    place = _place(connection, version_id, start)
    if not (code and place):
        return ""
    if changes[0].kind == "coding.remove":
        said = _("removal of code {code} on {place}")
    elif _is_new(changes[0]):
        said = _("code {code} on {place}")
    else:
        said = _("change to code {code} on {place}")
    return said.format(code=code, place=place)


def _codings(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    names = connection.execute(
        "select distinct t.id, t.name from transcript t join text_version v on v.transcript_id = t.id where v.id in"
        " (select version_id from coding where id in (select value from json_each(?)))",
        (json.dumps(ids),),
    ).fetchall()
    if len(names) == 1 and names[0][1]:
        return _("{count} codings in {transcript}").format(count=len(ids), transcript=names[0][1])
    return _("{count} codings in {total} transcripts").format(count=len(ids), total=len(names)) if names else ""


def _memo(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    transcript_id, coding_id, code_id, version_id, start = connection.execute(
        "select transcript_id, coding_id, code_id, version_id, start from memo where id = ?", (changes[0].entity,)
    ).fetchone()
    if coding_id is not None:
        row = connection.execute("select version_id, start from coding where id = ?", (coding_id,)).fetchone()
        version_id, start = row or (None, None)
    about = _place(connection, version_id, start) if version_id else _transcript(connection, transcript_id)
    about = about or _one(connection, "select ref from code where id = ?", code_id)
    if not about:
        return ""
    if changes[0].kind == "memo.remove":
        said = _("removal of a memo on {place}")
    else:
        said = _("memo on {place}") if _is_new(changes[0]) else _("change to a memo on {place}")
    return said.format(place=about)


def _code(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ref = _one(connection, "select ref from code where id = ?", changes[0].entity)
    changed = _changed(connection, ref, changes[0]) if ref else ""
    if changed or not ref or len(_of(changes, "code")) > 1:
        return changed
    if not _is_new(changes[0]):
        return _("edit of {code} in the codebook").format(code=ref)
    coded = _of(changes, "coding")
    if not coded:
        return _("proposed code {code}").format(code=ref)
    row = connection.execute("select version_id, start from coding where id = ?", (coded[0],)).fetchone()
    return _("new code {code} on {place}").format(code=ref, place=_place(connection, *row))


def _changed(connection: sqlite3.Connection, ref: str, change: Change) -> str:
    """What happened to a code that stays the code it is; empty for an edit of its words, and for a new code."""
    fields, was = (change.body or {}).get("set", {}), (change.body or {}).get("was", {})
    if not was:
        return ""
    if fields.get("merged_into"):
        into = _one(connection, "select ref from code where id = ?", fields["merged_into"])
        return _("merge of {code} into {target}").format(code=ref, target=into)
    if "ref" in fields:
        return _("{code} renamed to {ref}").format(code=was["ref"], ref=fields["ref"])
    if fields.get("status") == "retired":
        return _("retirement of {code}").format(code=ref)
    if fields.get("codable") == 0:
        return _("deactivation of {code}").format(code=ref)
    if fields.get("codable") == 1 or (fields.get("status") == "active" and was.get("status") != "proposed"):
        return _("reactivation of {code}").format(code=ref)
    if fields.keys() & {"parent_id", "position"} and "status" not in fields:
        return _("move of {code}").format(code=ref)
    return ""


def _setting(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    change = changes[0]
    said = (change.body or {}).get("set", {}).get("value")
    if change.entity.startswith("codebook.split.") and isinstance(said, dict):
        refs = [_one(connection, "select ref from code where id = ?", said.get(key)) for key in ("code", "into")]
        return _("split of {code} into {code} and {new}").format(code=refs[0], new=refs[1]) if all(refs) else ""
    if change.entity == THRESHOLDS:
        return _("thresholds of the grades of evidence")
    if change.entity == BUILDING_CODES:
        return _("codes from which the framework is built")
    if change.entity == RETENTION:
        return _("day until which the material is kept")
    if change.entity == KEY_DESTROYED:
        return _("end of the key file")
    if change.entity.startswith(FILE_ACT):
        return {
            "encrypted": _("encrypting of the project file"), "decrypted": _("decrypting of the project file"),
            "passphrase": _("change of the passphrase"), "originals_removed": _("removal of originals"),
        }.get(file_act(change.entity), "")  # fmt: skip
    if change.entity.startswith(DROPPED):
        return _("rows of another state that were dropped")
    return _("name of a version of the codebook") if change.entity.startswith("codebook.version.") else ""


def _team(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    change = changes[0]
    name = _one(connection, "select name from coder where id = ?", change.entity)
    if not name:
        return ""
    if change.kind == "coder.remove":
        return _("removal of {coder} from the team").format(coder=name)
    if not _was(change):
        return _("{coder} in the team").format(coder=name)
    said = _("role of {coder}") if "role" in (change.body or {})["set"] else _("name of {coder}")
    return said.format(coder=name)


def _codebook(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    fields = (changes[0].body or {}).get("set", {})
    version = fields.get("version")
    return _("codebook, version {version}").format(version=version) if version else ""


def _transcripts(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "transcript")
    name = _transcript(connection, ids[0])
    if len(ids) > 1 or not name:
        return ngettext("{count} transcript", "{count} transcripts", len(ids)).format(count=len(ids))
    if changes[0].kind == "transcript.remove":
        return _("removal of {transcript}").format(transcript=name)
    said = _("import of {transcript}") if _of(changes, "text_version") else _("details of {transcript}")
    return said.format(transcript=name)


def _text(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    name = _one(
        connection, "select name from transcript where id = (select transcript_id from text_version where id = ?)",
        changes[0].entity,
    )  # fmt: skip
    return _("corrected text of {transcript}").format(transcript=name) if name else ""


def _speaker(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    turn = next((change.body["set"] for change in changes if _table(change) == "turn" and change.body), None)
    if turn is not None:
        row = connection.execute("select transcript_id from text_version where id = ?", (turn["version_id"],))
        place = _("turn {turn} of {transcript}").format(
            turn=turn["number"], transcript=_transcript(connection, row.fetchone()[0])
        )
        return _("speaker of {place}").format(place=place)
    speakers = _of(changes, "speaker")
    if not speakers:
        return ""
    transcript_id = _one(connection, "select transcript_id from speaker where id = ?", speakers[0])
    return _("speakers of {transcript}").format(transcript=_transcript(connection, transcript_id))


def _reviewed(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    name = _one(
        connection, "select name from transcript where id = (select transcript_id from reviewed where id = ?)",
        changes[0].entity,
    )  # fmt: skip
    if not name:
        return ""
    taken = changes[0].kind == "reviewed.remove"
    said = _("{transcript} no longer reviewed") if taken else _("{transcript} reviewed")
    return said.format(transcript=name)


def _decision(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "decision")
    row = connection.execute("select version_id, basis from decision where id = ?", (ids[0],)).fetchone()
    if row is None or row[0] is None:
        return ""
    codings = json.dumps([coding for coding, _digest in json.loads(row[1] or "[]") or ()])
    start = _one(
        connection, "select min(start) from coding where id in (select value from json_each(?))", codings
    )  # fmt: skip
    place = _place(connection, row[0], int(start) if start else None)
    if not place:
        return ""
    if len(ids) > 1:
        return ngettext(
            "{count} decision, the first on {place}", "{count} decisions, the first on {place}", len(ids)
        ).format(count=len(ids), place=place)
    if changes[0].kind == "decision.remove":
        return _("reopening of the difference on {place}").format(place=place)
    return _("decision on {place}").format(place=place)


def _adoption(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "adoption")
    row = connection.execute("select transcript_id, source_coder_id from adoption where id = ?", (ids[0],)).fetchone()
    name = _transcript(connection, row[0]) if row else ""
    if len(ids) > 1 or not name:
        return ngettext("adoption of {count} transcript", "adoption of {count} transcripts", len(ids)).format(
            count=len(ids)
        )
    coder = _one(connection, "select name from coder where id = ?", row[1])
    taken = changes[0].kind == "adoption.remove"
    said = _("{transcript} no longer adopted from {coder}") if taken else _("{transcript} adopted from {coder}")
    return said.format(transcript=name, coder=coder)


def _assignment(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    rows = connection.execute(
        "select t.name, c.name from assignment a join transcript t on t.id = a.transcript_id"
        " join coder c on c.id = a.coder_id where a.id in (select value from json_each(?))"
        " and t.name is not null and c.name is not null order by 1, 2",
        (json.dumps(_of(changes, "assignment")),),
    ).fetchall()
    names = list(dict.fromkeys(row[0] for row in rows))
    if not names:
        return ""
    which = ", ".join(names)
    if len(names) > _FEW:
        which = ngettext("{count} transcript", "{count} transcripts", len(names)).format(count=len(names))
    taken = changes[0].kind == "assignment.remove"
    said = _("{transcripts} no longer assigned to {coders}") if taken else _("{transcripts} assigned to {coders}")
    return said.format(transcripts=which, coders=", ".join(dict.fromkeys(row[1] for row in rows)))


def _saved(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    name = _one(connection, "select name from saved_search where id = ?", changes[0].entity)
    if not name:
        return ""
    taken = changes[0].kind == "saved_search.remove"
    said = _("removal of what was saved as {name}") if taken else _("what was saved as {name}")
    return said.format(name=name)


def _quote(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "quote")
    row = connection.execute("select version_id, start from quote where id = ?", (ids[0],)).fetchone()
    if len(ids) > 1:
        return ngettext("{count} quote", "{count} quotes", len(ids)).format(count=len(ids))
    place = _place(connection, *row) if row else ""
    return _("quote on {place}").format(place=place) if place else ""


def _translation(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "translation")
    row = connection.execute("select version_id, start, language from translation where id = ?", (ids[0],)).fetchone()
    place = _place(connection, *row[:2]) if row else ""
    if len(ids) > 1:
        return ngettext("{count} translation", "{count} translations", len(ids)).format(count=len(ids))
    return _("translation ({language}) on {place}").format(language=row[2], place=place) if place else ""


def _asked(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "asked")
    row = connection.execute("select transcript_id, guide_ref from asked where id = ?", (ids[0],)).fetchone()
    name = _transcript(connection, row[0]) if row else ""
    if not name:
        return ""
    refs = row[1] if len(ids) == 1 else str(len(ids))
    said = _("record of what was asked in {transcript}: {questions}")
    return said.format(transcript=name, questions=refs)


def _summary(connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    ids = _of(changes, "summary")
    row = connection.execute("select case_kind, case_id, theme_id from summary where id = ?", (ids[0],)).fetchone()
    if row is None or row[0] is None:
        return ""
    if len(ids) > 1:
        return ngettext("{count} summary", "{count} summaries", len(ids)).format(count=len(ids))
    name = row[1] if row[0] == "group" else _one(connection, f"select name from {row[0]} where id = ?", row[1])
    theme = _one(connection, "select ref from code where id = ?", row[2])
    return _("summary of {case} under {theme}").format(case=name or "?", theme=theme or "?")


def _of_framework(table: str, connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
    return DESCRIPTIONS[table](connection, _of(changes, table))


_DESCRIPTIONS: dict[str, _Describe] = {
    "asked": _asked,
    "assignment": _assignment,
    "coding": _coding,
    "memo": _memo,
    "code": _code,
    "codebook": _codebook,
    "coder": _team,
    "setting": _setting,
    "transcript": _transcripts,
    "speaker": _speaker,
    "text_version": _text,
    "turn": _speaker,
    "respondent": _speaker,
    "reviewed": _reviewed,
    "decision": _decision,
    "adoption": _adoption,
    "saved_search": _saved,
    "quote": _quote,
    "summary": _summary,
    "translation": _translation,
    **{table: partial(_of_framework, table) for table in DESCRIPTIONS},
}
"""Table of an act's first record → its description."""
