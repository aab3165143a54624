"""The flag that asks for a mask: whoever masks the words takes it off, also on codings of others."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hsreview.project.log import Act

MASK = "mask"
"""The flag of a coding in whose words a name is to be masked."""


def take_off(act: Act, version_id: str, items: Sequence[Sequence[Any]]) -> None:
    """Take the flag off the codings on a text in whose words one of `items` (`[start, end, …]`) was replaced now."""
    rows = act.connection.execute(
        "select id, start, \"end\", flags from coding where version_id = ? and layer = 'own' and removed = 0"
        " and exists (select 1 from json_each(flags) where value = ?)",
        (version_id, MASK),
    ).fetchall()
    for coding, start, end, stored in rows:
        if any(item[0] < end and start < item[1] for item in items):
            was = json.loads(stored)
            flags = [each for each in was if each != MASK]
            act.record("coding.put", coding, {"set": {"flags": flags}, "was": {"flags": was}})


def takes_off(kind: str, body: Mapping[str, Any] | None) -> bool:
    """Whether a record does nothing but take the flag off a coding."""
    said, was = (body or {}).get("set", {}), (body or {}).get("was") or {}
    if kind != "coding.put" or said.keys() != {"flags"} or MASK not in (was.get("flags") or ()):
        return False
    return bool(said["flags"] == [each for each in was["flags"] if each != MASK])
