"""The summaries of the framework matrix, as they are stored."""

from __future__ import annotations

import json
import sqlite3

from hsreview.model.framework_matrix import CaseKind, Charted, Summary, summary_id
from hsreview.project.log import Act

_SELECT = "select id, case_kind, case_id, theme_id, text, status, segments, coder_id, at from summary where removed = 0"


def summaries(connection: sqlite3.Connection, kind: CaseKind | None = None) -> list[Summary]:
    """The summaries of cases of a kind (or of all); those whose records are withheld or erased are left out."""
    rows = connection.execute(
        f"{_SELECT} and case_kind is not null and case_id is not null and theme_id is not null"
        " and (?1 is null or case_kind = ?1) order by id",
        (kind,),
    )
    return [
        Summary(
            row[0], CaseKind(row[1]), row[2], row[3], row[4] or "", Charted(row[5] or Charted.TODO),
            tuple(json.loads(row[6] or "[]")), row[7] or "", row[8] or "",
        )
        for row in rows
    ]  # fmt: skip


def others_than_summaries(connection: sqlite3.Connection, since: int) -> bool:
    """Whether the log has other records than summaries after the record with the number `since` (its row)."""
    found = connection.execute(
        "select exists (select 1 from change where rowid > ? and kind not glob 'summary.*')", (since,)
    ).fetchone()
    return bool(found[0])


def withheld(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of summaries of which something was withheld when this copy was made: what they say is not known here."""
    rows = connection.execute("select distinct entity from change where kind = 'summary.put' and state = 'withheld'")
    return frozenset(row[0] for row in rows)


def put_summary(
    act: Act, before: Summary | None, kind: CaseKind, case_id: str, theme_id: str, *, text: str, status: Charted,
    segments: tuple[str, ...],
) -> bool:  # fmt: skip
    """Write the summary of a cell, which was `before`; false when it says this already.

    Who wrote it, and when, is that of the act.
    """
    if before is not None and (before.text, before.status, before.segments) == (text, status, segments):
        return False
    return act.put(
        "summary", summary_id(kind, case_id, theme_id), case_kind=str(kind), case_id=case_id, theme_id=theme_id,
        text=text, status=str(status), segments=list(segments), coder_id=act.coder_id, at=act.at,
    )  # fmt: skip
