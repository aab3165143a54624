"""What the new records of a merge bring of each coder's work, counted as people count it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from hsreview.model.change import Change
from hsreview.model.exchange import Work
from hsreview.project.candidates import Here


def works_of(here: Here) -> Mapping[str, Work]:
    """Coder id → what came of that coder's work and stands; what is withheld is not counted.

    Call it when the accepted records are stored.
    """
    new = [each.change for key, each in here.rows.items() if here.records[key].stored is None]
    made = _made(new, "coding")
    removed = {change.entity for change in new if change.kind == "coding.remove"} - made
    codings: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    transcripts: dict[str, set[str]] = {}
    rows = here.connection.execute(
        "select c.id, c.coder_id, c.removed, v.transcript_id from coding c join text_version v on v.id = c.version_id"
        " where c.id in (select value from json_each(?))",
        (json.dumps([*made, *removed]),),
    )
    for coding, who, is_gone, transcript in rows:
        if coding in removed and is_gone:
            gone[who] += 1
        elif coding in made and not is_gone:
            codings[who] += 1
            transcripts.setdefault(who, set()).add(transcript)
    reviewed = Counter(
        dict(
            here.connection.execute(
                "select coder_id, count(distinct transcript_id) from reviewed"
                " where removed = 0 and id in (select value from json_each(?)) group by coder_id",
                (json.dumps([*_made(new, "reviewed")]),),
            ).fetchall()
        )
    )
    return {
        who: Work(len(transcripts.get(who, ())), codings[who], gone[who], reviewed[who])
        for who in sorted({*codings, *gone, *reviewed})
    }


def _made(new: Iterable[Change], table: str) -> set[str]:
    """Ids of what new records make or bring back."""
    kinds = (f"{table}.put", f"{table}.restore")
    return {each.entity for each in new if each.kind in kinds and each.body is not None and "was" not in each.body}
