"""What a project file for a validation meeting holds: one version of the framework, and the meetings about it.

All records are there, because an actor numbers its records without gaps, but all other bodies are withheld, and there
are no contents. So what is done in that file is merged back like any other work, and nothing else can be read in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

from hsreview.model.change import Change
from hsreview.project.log import changes
from hsreview.project.selecting import Selected, selected, withheld

_MEETINGS = "select id from validation where version_id = :version"
_BALLOTS = f"select id from ballot where validation_id in ({_MEETINGS})"
_KEPT = {
    "framework_version": f"select id from framework_version where id = :version or validation_id in ({_MEETINGS})",
    "validation": _MEETINGS,
    "party": f"select id from party where validation_id in ({_MEETINGS})",
    "ballot": _BALLOTS,
    "vote": f"select id from vote where ballot_id in ({_BALLOTS})",
    "comment": f"select id from comment where ballot_id in ({_BALLOTS})",
    "amendment": f"select id from amendment where ballot_id in ({_BALLOTS})",
    "coder": "select :coder",
}
"""Table → the ids of what a file for a meeting holds of it."""
BEHIND = "behind"
"""The field of a version that stays in the team."""


def select_kit(connection: sqlite3.Connection, version_id: str, coder_id: str) -> Selected:
    """All records, readable only what a meeting about that version needs and the coder who writes there."""
    kept = {
        table: {row[0] for row in connection.execute(query, {"version": version_id, "coder": coder_id})}
        for table, query in _KEPT.items()
    }
    chosen = [change if _is_kept(change, kept) else withheld(change) for change in changes(connection)]
    return selected(connection, chosen, ())


def _is_kept(change: Change, kept: Mapping[str, set[str]]) -> bool:
    table = change.kind.partition(".")[0]
    fields = (change.body or {}).get("set", {})
    if table == "ruling":
        return change.body is not None and fields.get("entity") in kept.get(str(fields.get("subject")), ())
    return change.entity in kept.get(table, ()) and not (table == "framework_version" and BEHIND in fields)


def readable_values(selection: Selected) -> Iterator[tuple[Change, str, Any]]:
    """What can be read in the records: each record with the name of a field and what it holds, or held before."""
    for change in selection.changes:
        for part in ("set", "was"):
            for name, value in (change.body or {}).get(part, {}).items():
                yield change, name, value


def names_of_people(connection: sqlite3.Connection, but: str) -> set[str]:
    """What coders and respondents are or were called, except the coder `but`."""
    found = connection.execute(
        "select distinct json_extract(body, '$.set.name') from change where body is not null"
        " and kind in ('coder.put', 'respondent.put') and entity <> ?",
        (but,),
    )
    return {str(name) for (name,) in found if name}


def labels_of_speakers(connection: sqlite3.Connection) -> set[str]:
    """What speakers are called in the transcripts."""
    return {str(row[0]) for row in connection.execute("select distinct label from speaker where label is not null")}


def names_of_transcripts(connection: sqlite3.Connection) -> set[str]:
    """What transcripts are called."""
    return {str(row[0]) for row in connection.execute("select distinct name from transcript where name is not null")}


def words_of_people(connection: sqlite3.Connection) -> Iterator[str]:
    """Every text of every transcript, older ones too, every memo, and every translation of a quote."""
    for query in (
        "select data from content where kind = 'text' and state = 'present'",
        "select text from memo where removed = 0 and text is not null",
        "select value from quote, json_each(quote.translation) where quote.removed = 0 and json_each.type = 'text'",
    ):
        yield from (str(row[0]) for row in connection.execute(query))
