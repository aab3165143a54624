"""The names that the codebook had and has no more: of what was renamed, and of codes that went."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from hsreview.model.former import Former
from hsreview.model.localized import Localized
from hsreview.project.log import ORDER

_EDITED = (
    "select entity, substr(at, 1, 10), json_extract(body, '$.was.ref'), json_extract(body, '$.set.status') from change"
    " where entity in (select id from code) and kind = 'code.put' and body is not null"
    " and json_extract(body, '$.was') is not null"
    f" and coalesce(json_extract(body, '$.set.ref'), json_extract(body, '$.set.status')) is not null order by {ORDER}"
)


def former_names(connection: sqlite3.Connection, present: Collection[str]) -> tuple[Former, ...]:
    """What the codebook no longer has, and the old refs of what it has, by time.

    `present` are the ids of what stands in it or is still on codings.
    """
    nodes = {
        each[0]: each[1:]
        for each in connection.execute(
            "select id, ref, status, merged_into, data from code where kind is not null"
            " and (removed = 0 or id in (select code_id from coding where removed = 0))"
        )
    }
    labels = {each: Localized.from_json(json.loads(row[3]).get("label")) for each, row in nodes.items()}
    found, gone_at = [], {}
    for node_id, at, old_ref, status in connection.execute(_EDITED):
        if status is not None:
            gone_at[node_id] = at
        if node_id in present and old_ref not in (None, nodes[node_id][0]):
            found.append(Former(node_id, old_ref, Localized(), at, "renamed", node_id, nodes[node_id][0]))
    for node_id, (ref, status, merged_into, _data) in nodes.items():
        if node_id in present:
            continue
        seen = {node_id}
        while merged_into in nodes and merged_into not in seen and nodes[merged_into][1] == "merged":
            seen.add(merged_into)
            merged_into = nodes[merged_into][2]
        into = merged_into if status == "merged" and merged_into in nodes else ""
        now = nodes[into][0] if into else ""
        found.append(Former(node_id, ref, labels[node_id], gone_at.get(node_id, ""), status, into, now))
    return tuple(sorted(found, key=lambda each: each.at))
