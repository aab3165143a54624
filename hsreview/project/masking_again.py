"""What a backup still tells that was masked since: worked out of the project that it is put in the place of.

The key file stays closed: the masked texts of that project, and its records as they are told now, take the place of
those of the backup which it has erased.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsreview.model.carrying import Recorded, composed
from hsreview.project import content, queries
from hsreview.project.carried import newest_version
from hsreview.project.entities import ENTITIES
from hsreview.project.erasing import BODY, CONTENT, erased
from hsreview.project.masking import Earlier, MaskedText, Masking, stored_file_name, stored_turns
from hsreview.project.maskings import maskings
from hsreview.project.reach import CONTENTS
from hsreview.project.rewriting import Rewritten, compared
from hsreview.project.state import State, speaker_id
from hsreview.project.text_versions import stored_labels
from hsreview.project.withdrawal import Remade


def masked_since(backup: sqlite3.Connection, present: sqlite3.Connection) -> Masking | None:
    """What has to be masked in a backup as it is in the present project; null when nothing has.

    Interviews of whom withdrew are left to the withdrawal, which has to follow.
    """
    contents = _still_there(backup, present, CONTENT, "content", "hash")
    records = sorted(_still_there(backup, present, BODY, "change", "id"))
    if not contents and not records:
        return None
    texts, missing = [], []
    withdrawn = erased(present).named
    for (transcript,) in backup.execute("select id from transcript order by id").fetchall():
        rows = backup.execute(
            f"select id, {', '.join(CONTENTS)} from text_version where transcript_id = ? order by number, id",
            (transcript,),
        ).fetchall()
        older = {version: key for version, *keys in rows for key in keys if key in contents}
        if not older or transcript in withdrawn:
            continue
        instead = newer_text(backup, present, transcript)
        if instead is None:
            missing.append(transcript)
        else:
            new = as_told(backup, present, transcript, instead)
            told = _replaced_in(present, instead)
            now = [item for item in told.items if _is_replaced_now(item, new)]
            earlier = replace(told, items=[item for item in told.items if item not in now])
            texts.append(MaskedText(new, now, earlier, tuple(older), next(iter(older.values()))))
    things: dict[tuple[str, str], None] = {}
    for kind, entity in backup.execute(
        "select kind, entity from change where kind glob '*.put' and id in (select value from json_each(?))"
        " order by clock, id",
        (json.dumps(records),),
    ):
        things[kind.partition(".")[0], entity] = None
    remade = [each for thing in things for each in _remade(backup, present, *thing)]
    return Masking(tuple(texts), tuple(records), tuple(remade), tuple(_local(backup, present)), tuple(missing))


def last_masker(present: sqlite3.Connection) -> str:
    """Id of the coder who masked last."""
    row = present.execute(
        "select coder from change where kind in (?, ?) order by rowid desc limit 1", (CONTENT, BODY)
    ).fetchone()
    return str(row[0])


def _still_there(
    backup: sqlite3.Connection, present: sqlite3.Connection, kind: str, table: str, column: str
) -> set[str]:  # fmt: skip
    """What single records of the present project erase and the backup still holds."""
    gone = [row[0] for row in present.execute("select entity from change where kind = ?", (kind,))]
    rows = backup.execute(
        f"select {column} from {table} where state = 'present' and {column} in (select value from json_each(?))",
        (json.dumps(gone),),
    )
    return {row[0] for row in rows}


def newer_text(backup: sqlite3.Connection, present: sqlite3.Connection, transcript: str) -> str | None:
    """The first text of the transcript that the present project has beyond the backup, and that can be read."""
    known = {row[0] for row in backup.execute("select id from text_version where transcript_id = ?", (transcript,))}
    rows = present.execute(
        "select id from text_version where transcript_id = ? and removed = 0 and carries is not null"
        " order by number, id",
        (transcript,),
    ).fetchall()
    return next((key for (key,) in rows if key not in known and queries.text_of(present, key)), None)


def as_told(backup: sqlite3.Connection, present: sqlite3.Connection, transcript: str, instead: str) -> Rewritten:
    """That text, as it takes the place of the newest one of the backup."""
    text = queries.text_of(present, instead)
    labels = stored_labels(present, instead)
    by_place = {speaker_id(transcript, index): label for index, label in enumerate(labels)}
    rows = stored_turns(present, instead)
    people = {row[0] for row in backup.execute("select id from speaker where transcript_id = ?", (transcript,))}
    known = _carries(present, instead)
    versions = [
        row[0]
        for row in backup.execute(
            "select id from text_version where transcript_id = ? order by number, id", (transcript,)
        )
    ]
    return Rewritten(
        transcript, newest_version(backup, versions[-1]), text,
        tuple(replace(turn, speaker=by_place.get(speaker or "")) for turn, speaker in rows),
        {turn.number: who for turn, who in rows if who is not None and who not in by_place and who in people},
        labels, tuple(queries.sentences(present, instead)), tuple(queries.words(present, instead)),
        tuple(content.cues(present, queries.unit_hashes(present, instead)[2])),
        {
            each: known.get(each) or compared(before, text)
            for each in versions
            if (before := queries.text_of(backup, each)) or each in known
        },
        stored_file_name(present, instead),
    )  # fmt: skip


def _carries(present: sqlite3.Connection, version: str) -> dict[str, Recorded]:
    """Each older text → where its stretches stand in this one, also by way of texts between that are erased."""
    row = present.execute("select carries from text_version where id = ?", (version,)).fetchone()
    known: dict[str, Recorded] = json.loads(row[0]) if row and row[0] else {}
    for between, last in list(known.items()):
        for older, first in _carries(present, between).items():
            known.setdefault(older, composed(first, last))
    return known


def _is_replaced_now(item: Sequence[int | str], new: Rewritten) -> bool:
    """Whether a name still stands in the text of the backup where `item` is in the new one."""
    spans = new.carries.get(new.base, {}).get("replaced", ())
    return any(int(item[0]) < end and there < int(item[1]) for _at, _end, there, end in spans)


def _replaced_in(present: sqlite3.Connection, version: str) -> Earlier:
    rows = [each for each in maskings(present) if each.version_id == version]
    items: list[list[int | str]] = [
        [item.start, item.end, item.kind, item.replacement] for each in rows for item in each.items
    ]
    return Earlier(
        items, {kind: n for each in rows for kind, n in each.undecided.items()},
        [engine for each in rows for engine in each.engines],
    )  # fmt: skip


def _remade(backup: sqlite3.Connection, present: sqlite3.Connection, table: str, thing: str) -> Iterator[Remade]:
    """A thing as the present project tells it; nothing where that knows none."""
    found = State(present).row(ENTITIES[table], thing)
    if found is not None:
        _fields, removed = State(backup).row(ENTITIES[table], thing) or ({}, True)
        told = {name: value for name, value in found[0].items() if value is not None}
        if told:
            yield Remade(table, thing, told, not removed)


def _local(backup: sqlite3.Connection, present: sqlite3.Connection) -> Iterator[str]:
    """Values of the backup's own, such as drafts, that the present project has not alike: they may hold a name."""
    known = dict(present.execute("select key, value from local"))
    for key, value in backup.execute("select key, value from local"):
        if known.get(key) != value:
            yield key
