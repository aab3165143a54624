"""The acts of the change log as an audit lists them: who, when, what kind; no body of a record is read."""

from __future__ import annotations

import sqlite3

from hsreview.model.material import AuditRow
from hsreview.project.log import ORDER


def acts(connection: sqlite3.Connection, *, coder_id: str | None = None) -> list[AuditRow]:
    """Every act, oldest first; with `coder_id` those of one coder only."""
    where, values = ("where coder = ?", (coder_id,)) if coder_id is not None else ("", ())
    found: dict[str, list[str | int]] = {}
    undoes: dict[str, str] = {}
    redoes: dict[str, str] = {}
    for act, at, coder, replica, kind, undone, redone in connection.execute(
        f"select act, at, coder, replica, kind, undoes, redoes from change {where} order by {ORDER}", values
    ):
        known = found.get(act)
        if known is None:
            found[act] = [at, coder, replica, kind, 1]
            if undone is not None:
                undoes[act] = undone
            if redone is not None:
                redoes[act] = redone
        else:
            known[4] = int(known[4]) + 1
    standing: dict[str, bool] = {}
    for act in found:  # Oldest first: what was done last to an act is what holds.
        if act in undoes:
            standing[undoes[act]] = False
        elif act in redoes:
            standing[redoes[act]] = True
    result = []
    for act, (at, coder, replica, kind, records) in found.items():
        entity, _dot, verb = str(kind).partition(".")
        verb = "undo" if act in undoes else "redo" if act in redoes else verb
        of = undoes.get(act) or redoes.get(act, "")
        stands = standing.get(act, True)
        result.append(AuditRow(act, str(at), str(coder), str(replica), verb, entity, int(records), of, stands))
    return result
