"""Acts of weight among the records that come: what a team wants to know of beside their number."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from hsreview.model.change import Change
from hsreview.model.exchange import FIRST, Weight, Weighty
from hsreview.model.people import CoderRole
from hsreview.model.settings import FILE_ACT, KEY_SETTING
from hsreview.project.belonging import OWN
from hsreview.project.candidates import Here
from hsreview.project.erasing import BODY, CONTENT, WITHDRAWAL
from hsreview.project.state import OF_THE_CODEBOOK


def names_of(connection: sqlite3.Connection) -> dict[str, str]:
    """Id → name of those whom acts of weight are by or about: coders, transcripts, respondents, removed ones too."""
    rows = connection.execute(
        "select id, name from coder union all select id, name from transcript union all select id, name from respondent"
    )
    return {key: name for key, name in rows if name}


_ABOUT_WHOM = {
    "assignment": ("coder_id", Weight.ASSIGNED, Weight.UNASSIGNED),
    "adoption": ("source_coder_id", Weight.ADOPTED, Weight.UNADOPTED),
}
"""Table → the column that says whose work it is about, and what making and removing a row is."""

_Told = tuple[Weight, str, str]
"""What, about whom or what, and the value."""


def weighty_acts(here: Here) -> list[Weighty]:
    """What the accepted records that are new here do that weighs, in the order of replay; like acts are counted."""
    new = [each.change for key, each in here.rows.items() if here.records[key].stored is None]
    leads = _leads(here.connection)
    made = _made(here.connection, new)
    masks = {change.act for change in new if _masks(change, made)}
    found: dict[tuple[str, _Told], int] = {}
    for change in sorted(new, key=lambda each: (each.clock, each.coder, each.replica, each.seq)):
        for told in _told(here, change, made):
            if change.act in masks and told[0] in _OF_A_MASK:
                continue
            found[change.coder, told] = found.get((change.coder, told), 0) + 1
    return [Weighty(coder, *told, count, by_lead=coder in leads) for (coder, told), count in found.items()]


_OF_A_MASK = frozenset({Weight.NEW_TEXT, Weight.ERASED_TEXT, Weight.ERASED_RECORD})
"""What a mask consists of; it is told as a whole."""


def _masks(change: Change, made: set[str]) -> bool:
    """Whether names were replaced in a transcript that was there already."""
    said = (change.body or {}).get("set", {})
    return change.kind == "masking.put" and said.get("transcript_id") not in (None, *made)


def _made(connection: sqlite3.Connection, new: Sequence[Change]) -> set[str]:
    """Transcripts that are new themselves; one that is told anew is not."""
    found = [change for change in new if change.kind == "transcript.put" and "was" not in (change.body or {})]
    before = connection.execute(
        "select entity from change where kind = 'transcript.put' and id not in (select value from json_each(?))",
        (json.dumps([change.id for change in found]),),
    )
    return {change.entity for change in found} - {row[0] for row in before}


def _leads(connection: sqlite3.Connection) -> set[str]:
    """Who leads the project, or led it once."""
    rows = connection.execute(
        "select entity from change where kind = 'coder.put' and json_extract(body, '$.set.role') = ?",
        (str(CoderRole.LEAD),),
    )
    return {row[0] for row in rows}


def _told(here: Here, change: Change, made: set[str]) -> Iterator[_Told]:
    """What one new record does that weighs; `made` are the transcripts that are new themselves."""
    table, _dot, verb = change.kind.partition(".")
    said = (change.body or {}).get("set", {})
    edits = "was" in (change.body or {})
    if change.kind == WITHDRAWAL:
        yield Weight.WITHDRAWN, "", ""
    elif _masks(change, made):
        yield Weight.MASKED, "", ""
    elif change.kind == CONTENT:
        yield Weight.ERASED_TEXT, "", ""
    elif change.kind == BODY:
        yield Weight.ERASED_RECORD, "", ""
    elif table == "coder":
        yield from _about_coder(change, said, edits=edits)
    elif table == "setting" and change.entity.startswith(KEY_SETTING):
        yield Weight.KEY, change.entity.removeprefix(KEY_SETTING), ""
    elif table == "setting" and not change.entity.startswith((OF_THE_CODEBOOK, FILE_ACT)):
        yield Weight.SETTING, "", change.entity
    elif table in OWN and verb == "put" and not edits and said.get("coder_id", change.coder) != change.coder:
        yield Weight.ON_BEHALF, str(said["coder_id"]), ""
    elif table == "transcript" and verb == "remove":
        yield Weight.TRANSCRIPT_REMOVED, change.entity, ""
    elif table == "text_version" and verb == "put" and said.get("transcript_id") not in (None, *made):
        yield Weight.NEW_TEXT, str(said["transcript_id"]), ""
    elif table == "respondent" and edits and any(name.startswith("consent.") for name in said):
        first = not any((change.body or {})["was"].get(name) for name in said if name.startswith("consent."))
        yield Weight.CONSENT, change.entity, FIRST if first else ""
    elif table == "ruling" and verb == "put":
        yield Weight.RULING, "", ""
    elif table == "decision" and verb == "put":
        yield Weight.SETTLED, "", ""
    elif table in _ABOUT_WHOM:
        yield from _about_work_of(here, table, verb, change.entity)


def _about_work_of(here: Here, table: str, verb: str, entity: str) -> Iterator[_Told]:
    """An assignment or an adoption, of whose work."""
    column, made, undone = _ABOUT_WHOM[table]
    row = here.connection.execute(f"select {column} from {table} where id = ?", (entity,)).fetchone()
    if row is not None and row[0] is not None:
        yield (undone if verb == "remove" else made), row[0], ""


def _about_coder(change: Change, said: dict[str, str], *, edits: bool) -> Iterator[_Told]:
    if change.kind == "coder.remove":
        yield Weight.CODER_REMOVED, change.entity, ""
    elif said.get("role") is not None and (edits or said["role"] != "coder"):
        yield Weight.ROLE, change.entity, said["role"]
    elif said.get("name") is not None and edits and change.entity != change.coder:
        yield Weight.RENAMED, change.entity, said["name"]
