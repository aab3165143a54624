"""What is made by one record and stands: nobody makes it a second time, with other words under the same id."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hsreview.base.errors import Problem
from hsreview.model.change import Change
from hsreview.project.candidates import Candidate, Here
from hsreview.project.received import sentence

_KINDS = ("framework_version.put", "ruling.put")


def made_again(here: Here, candidate: Candidate) -> Iterable[Problem]:
    """Why the package is refused when it makes a version of the framework, or a ruling, that was made already."""
    records: dict[str, set[str]] = {}
    for change in _makings(each.change for each in candidate.rows):
        records.setdefault(change.entity, set()).add(change.id)
    if not records:
        return
    stored = here.connection.execute(
        "select entity, id from change where entity in (select value from json_each(?)) and kind in (?, ?)"
        " and body is not null and json_type(body, '$.was') is null",
        (json.dumps(list(records)), *_KINDS),
    )
    for entity, record in stored:
        records[entity].add(record)
    for change in _makings(change for entity in records for change in here.arrived.get(entity, ())):
        records[change.entity].add(change.id)
    if any(len(ids) > 1 for ids in records.values()):
        yield candidate.problem(sentence("fixed_field"), "fixed_field")


def _makings(changes: Iterable[Change]) -> Iterable[Change]:
    return (each for each in changes if each.kind in _KINDS and each.body is not None and "was" not in each.body)
