"""What an act on the framework was about, in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from hsreview.base.messages import _, ngettext
from hsreview.project.framework import ref_of


def rows(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`row IN1 of the framework`."""
    if len(ids) > 1:
        return ngettext("{count} row of the framework", "{count} rows of the framework", len(ids)).format(
            count=len(ids)
        )
    ref = ref_of(connection, ids[0])
    return _("row {ref} of the framework").format(ref=ref) if ref else ""


def evidence(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`2 links of IN1`."""
    of_row = "select coalesce(o.row_id, e.row_id) from evidence e left join observation o on o.id = e.row_id"
    ref = ref_of(connection, _one(connection, f"{of_row} where e.id = ?", ids[0]))
    said = ngettext("{count} link of {ref}", "{count} links of {ref}", len(ids))
    return said.format(count=len(ids), ref=ref) if ref else ""


def version(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`version 2 of the framework`."""
    number = _one(connection, "select number from framework_version where id = ?", ids[0])
    return _("version {number} of the framework").format(number=number) if number else ""


def meeting(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`meeting “Bamako”`."""
    name = _one(connection, "select name from validation where id = ?", ids[0])
    return _("meeting “{name}”").format(name=name) if name else ""


def table(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`table “A”`."""
    label = _one(connection, "select label from party where id = ?", ids[0])
    return _("table “{name}”").format(name=label) if label else ""


def ballots(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`ballot of IN1`."""
    if len(ids) > 1:
        return ngettext("{count} ballot", "{count} ballots", len(ids)).format(count=len(ids))
    ref = _one(connection, "select ref from ballot where id = ?", ids[0])
    return _("ballot of {ref}").format(ref=ref) if ref else ""


def votes(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`votes of A on IN1`."""
    if len(ids) > 1:
        return ngettext("votes of {count} table on a row", "{count} tallies of votes", len(ids)).format(count=len(ids))
    row = connection.execute(
        "select p.label, b.ref from vote v join party p on p.id = v.party_id join ballot b on b.id = v.ballot_id"
        " where v.id = ?",
        (ids[0],),
    ).fetchone()
    return _("votes of {party} on {ref}").format(party=row[0] or "?", ref=row[1] or "?") if row else ""


def comment(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`comment on IN1`."""
    ref = _of_ballot(connection, "comment", ids[0])
    return _("comment on {ref}").format(ref=ref) if ref else ""


def amendment(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`amendment of IN1`."""
    ref = _of_ballot(connection, "amendment", ids[0])
    return _("amendment of {ref}").format(ref=ref) if ref else ""


def observations(connection: sqlite3.Connection, ids: Sequence[str]) -> str:
    """`entry on PM1`."""
    if len(ids) > 1:
        return ngettext("{count} entry of the journal", "{count} entries of the journal", len(ids)).format(
            count=len(ids)
        )
    ref = ref_of(connection, _one(connection, "select row_id from observation where id = ?", ids[0]))
    return _("entry on {ref}").format(ref=ref) if ref else ""


def _of_ballot(connection: sqlite3.Connection, name: str, identity: str) -> str:
    return _one(connection, f"select b.ref from {name} x join ballot b on b.id = x.ballot_id where x.id = ?", identity)


def _one(connection: sqlite3.Connection, sql: str, *values: object) -> str:
    row = connection.execute(sql, values).fetchone()
    return str(row[0]) if row is not None and row[0] is not None else ""


DESCRIPTIONS: dict[str, Callable[[sqlite3.Connection, Sequence[str]], str]] = {
    "framework_row": rows,
    "evidence": evidence,
    "framework_version": version,
    "validation": meeting,
    "party": table,
    "ballot": ballots,
    "vote": votes,
    "comment": comment,
    "amendment": amendment,
    "observation": observations,
}
"""Table of an act's first record → its description, by the ids of that table's things in the act."""
