"""What the comparison of coders rests on: reviewed passes, the codings in them, decisions and adoptions."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from hsreview.model.coding import Coding
from hsreview.model.review import Adoption, Decision, Outcome, Settled
from hsreview.project import queries
from hsreview.project.conflicts import conflicts


@dataclass(frozen=True, slots=True)
class Pass:
    """One reading that a coder marked reviewed."""

    transcript_id: str
    coder_id: str
    pass_: str
    at: str
    """When it was marked, ISO time."""


def passes(connection: sqlite3.Connection) -> list[Pass]:
    """All passes that are marked reviewed, of transcripts that are there."""
    rows = connection.execute(
        "select r.transcript_id, r.coder_id, r.pass, coalesce(r.at, '') from reviewed r"
        " join transcript t on t.id = r.transcript_id where r.removed = 0 and t.removed = 0 order by 1, 2, 3"
    )
    return [Pass(*row) for row in rows]


def settled_to_json(settled: Settled) -> dict[str, Any]:
    """One coding of a decision as it stands in the log."""
    return {
        "code": settled.code_id, "start": settled.start, "end": settled.end, "modifiers": dict(settled.modifiers),
        "flags": list(settled.flags), "sources": list(settled.sources),
    }  # fmt: skip


def _settled(value: dict[str, Any], resolve: Callable[[str], str]) -> Settled:
    return Settled(
        resolve(value["code"]), value["start"], value["end"], value["modifiers"], tuple(value["flags"]),
        tuple(value["sources"]),
    )  # fmt: skip


def decisions(
    connection: sqlite3.Connection, resolve: Callable[[str], str], transcript_id: str = ""
) -> dict[str, list[Decision]]:
    """Transcript id → the decisions on its differences, those on its earlier texts too, by time.

    `resolve` gives the code that stands for a merged one. Of one transcript, or of all.
    """
    found: dict[str, list[Decision]] = {}
    for row in connection.execute(
        "select d.id, d.version_id, d.basis, d.outcome, coalesce(d.taken, ''), d.result, coalesce(d.because, ''),"
        " d.coder_id, coalesce(d.at, ''), v.transcript_id from decision d join text_version v on v.id = d.version_id"
        " where d.removed = 0 and json_type(d.basis) = 'array' and d.outcome is not null and ? in ('', v.transcript_id)"
        " order by d.at, d.id",
        (transcript_id,),
    ):
        basis = tuple((coding, digest) for coding, digest in json.loads(row[2]))
        result = tuple(_settled(value, resolve) for value in json.loads(row[5] or "[]") or ())
        decision = Decision(row[0], row[1], basis, Outcome(row[3]), row[4], result, row[6], row[7], row[8])
        found.setdefault(row[9], []).append(decision)
    return found


def contrary(
    connection: sqlite3.Connection, resolve: Callable[[str], str]
) -> tuple[dict[str, list[Decision]], set[str]]:
    """What was settled in contrary ways by people who did not know of each other, and is not ruled on.

    Difference key → the decisions, and the ids of adoptions.
    """
    several = (
        "select 1 from {table} t join change c on c.entity = t.id group by t.id"
        " having count(distinct c.coder || '/' || c.replica) > 1 limit 1"
    )
    if not any(connection.execute(several.format(table=table)).fetchone() for table in ("decision", "adoption")):
        return {}, set()
    decided: dict[str, list[Decision]] = {}
    adopted: set[str] = set()
    for conflict in conflicts(connection):
        if conflict.table == "adoption":
            adopted.add(conflict.entity)
        elif conflict.table == "decision":
            (row,) = connection.execute(
                "select json_object('version_id', version_id, 'basis', json(basis), 'outcome', outcome, 'taken', taken,"
                " 'result', json(result), 'because', because) from decision where id = ?",
                (conflict.entity,),
            ).fetchone()
            for each in conflict.values:
                value = {**json.loads(row), **(each.value if isinstance(each.value, dict) else {})}
                decided.setdefault(conflict.entity, []).append(
                    Decision(
                        conflict.entity, value["version_id"], tuple((c, d) for c, d in value["basis"]),
                        Outcome(value["outcome"]), value["taken"] or "",
                        tuple(_settled(part, resolve) for part in value["result"] or ()), value["because"] or "",
                        each.coder_id, each.at,
                    )
                )  # fmt: skip
    return decided, adopted


def adoptions(connection: sqlite3.Connection) -> dict[str, Adoption]:
    """Transcript id → the adoption that stands."""
    rows = connection.execute(
        "select id, transcript_id, coalesce(version_id, ''), source_coder_id, coalesce(pass, ''),"
        " coalesce(because, ''), coder_id, coalesce(at, '') from adoption"
        " where removed = 0 and transcript_id is not null and source_coder_id is not null order by at, id"
    )
    return {row[1]: Adoption(*row) for row in rows}


def parents(connection: sqlite3.Connection) -> dict[str, str]:
    """Code id → id of the code or theme above it."""
    return dict(
        connection.execute("select id, parent_id from code where kind = 'code' and parent_id is not null").fetchall()
    )


def codebook_days(connection: sqlite3.Connection) -> list[str]:
    """The days (ISO, UTC) on which the codebook was changed."""
    rows = connection.execute(
        "select distinct substr(at, 1, 10) from change where kind glob 'code.*' or kind glob 'codebook.*' order by 1"
    )
    return [row[0] for row in rows]


def clock_of(connection: sqlite3.Connection, entity_id: str) -> int:
    """The place in the log of the newest record about something; 0 when there is none."""
    return int(
        connection.execute("select coalesce(max(clock), 0) from change where entity = ?", (entity_id,)).fetchone()[0]
    )


def log_position(connection: sqlite3.Connection) -> int:
    """How far the log of this file goes, in the order in which records arrived here."""
    return int(connection.execute("select coalesce(max(rowid), 0) from change").fetchone()[0])


def disturbed_since(connection: sqlite3.Connection, position: int, decision: str = "") -> bool:
    """Whether anything arrived since that could touch this decision: decisions on other differences cannot.

    Without a decision: whether anything but decisions arrived.
    """
    row = connection.execute(
        "select 1 from change where rowid > ? and (kind not glob 'decision.*' or entity = ?) limit 1",
        (position, decision),
    ).fetchone()
    return row is not None


def changed_after(connection: sqlite3.Connection, transcript_id: str, coder_id: str, clock: int) -> list[str]:
    """The passes of a coder's codings that were added, changed or removed after that place in the log.

    Those that a later corrected text changed or lost are among them.
    """
    (corrected,) = connection.execute(
        "select exists (select 1 from text_version v join change g on g.entity = v.id"
        " where v.transcript_id = ? and g.kind glob 'text_version.*' and g.clock > ?)",
        (transcript_id, clock),
    ).fetchone()
    rows = connection.execute(
        "select c.pass from coding c join text_version v on v.id = c.version_id join change g on g.entity = c.id"
        " where v.transcript_id = ? and c.coder_id = ? and c.layer = 'own' group by c.id"
        " having max(g.clock) > ? or (? and c.removed = 0 and c.carried in ('changed', 'lost'))",
        (transcript_id, coder_id, clock, corrected),
    )
    return [row[0] or "" for row in rows]


def codings_by_version(connection: sqlite3.Connection, version_ids: Collection[str]) -> dict[str, list[Coding]]:
    """Version id → the codings of all coders' own layers."""
    found: dict[str, list[Coding]] = {version: [] for version in version_ids}
    if len(version_ids) == 1:
        (only,) = version_ids
        found[only] = queries.codings(connection, version_id=only)
        return found
    for coding in queries.codings(connection):
        if coding.version_id in found:
            found[coding.version_id].append(coding)
    return found
