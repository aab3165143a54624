"""Where a thing that others wrote is seen: what people call it, and the command that shows it."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Mapping

_ROW = "coalesce((select ref from framework_row r where r.id = t.row_id), '')"
_MEETING = (
    "coalesce((select v.name from ballot b join validation v on v.id = b.validation_id where b.id = t.ballot_id), '')"
)
_TEXT = (
    "coalesce((select name from transcript x where x.id = {transcript}), (select x.name from text_version v"
    " join transcript x on x.id = v.transcript_id where v.id = {version}), '')"
)
_TRANSCRIPT = _TEXT.format(transcript="t.transcript_id", version="t.version_id")
_OF_VERSION = _TEXT.format(transcript="null", version="t.version_id")
_OF_CODING = (
    "coalesce((select x.name from coding g join text_version v on v.id = g.version_id join transcript x"
    " on x.id = v.transcript_id where g.id = t.coding_id), '')"
)
_PLACES: Mapping[str, tuple[str, str]] = {
    "memo": (f"coalesce(nullif({_TRANSCRIPT}, ''), {_OF_CODING}, '')", "memos list --transcript"),
    "code": ("t.ref", "codebook show"),
    "codebook": ("''", "codebook show"),
    "framework_row": ("t.ref", "framework show"),
    "evidence": (_ROW, "framework show"),
    "observation": (_ROW, "journal list"),
    "framework_version": ("t.number", "framework versions"),
    "validation": ("t.name", "validation show"),
    "comment": (_MEETING, "validation show"),
    "amendment": (_MEETING, "validation show"),
    "ballot": ("coalesce((select name from validation v where v.id = t.validation_id), '')", "validation show"),
    "translation": (_OF_VERSION, "translations list"),
    "quote": ("''", "quotes list"),
    "decision": (_OF_VERSION, "disagreements list"),
    "adoption": (_TRANSCRIPT, "consensus status"),
    "transcript": ("t.name", "transcripts"),
    "respondent": ("t.name", "consent show"),
    "output": ("t.name", "outputs"),
    "saved_search": ("t.name", "queries show"),
}
"""Table → what its things are called (SQL, of the row `t`), and the command that shows them."""
_NAMED = frozenset(
    {
        "memos list --transcript", "codebook show", "framework show", "journal list", "validation show",
        "consent show", "queries show",
    }
)  # fmt: skip
"""Commands that take the name."""
_IS_NAMED: Mapping[str, str] = {"code": "t.kind = 'code'"}
"""Table → which of its things they take (SQL), where it is not all: a theme is seen in the whole codebook."""


def place(connection: sqlite3.Connection, table: str, entity: str) -> tuple[str, str]:
    """What a thing is called, and the command that shows it; each is empty where there is none."""
    if table not in _PLACES:
        return "", ""
    called, command = _PLACES[table]
    asked = f"select {called}, {_IS_NAMED.get(table, '1')} from {table} t where t.id = ?"
    found, is_named = connection.execute(asked, (entity,)).fetchone() or ("", True)
    name = str(found or "")
    if command not in _NAMED or not is_named:
        return name, f"hsreview {command}"
    if name:
        return name, f"hsreview {command} {shlex.quote(name)}"
    return "", f"hsreview {command.removesuffix(' --transcript')}"


def author(connection: sqlite3.Connection, table: str, entity: str) -> str:
    """The name of who made a thing, as the log says; empty where it does not."""
    row = connection.execute(
        "select c.name from change h join coder c on c.id = h.coder where h.entity = ? and h.kind = ?"
        " order by h.clock, h.id limit 1",
        (entity, f"{table}.put"),
    ).fetchone()
    return str(row[0] or "") if row else ""
