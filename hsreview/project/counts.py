"""How much there is, and how much of it is done: sizes of texts, passages coded, turns reached."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from hsreview.model.text import Span
from hsreview.project import passes
from hsreview.project.queries import LIVE


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of a transcript."""

    words: int
    turns: int
    speakers: int
    respondent_turns: int


NOTHING = Size(0, 0, 0, 0)


@dataclass(slots=True)
class Work:
    """What a coder did in a text."""

    codings: int = 0
    """Passages: a code put twice on one segment in one pass counts once."""
    coded_turns: int = 0
    """Respondents' turns that the codings touch."""


# A text without any label (a document, a monologue) is the respondent's throughout.
_ANSWERS = (
    "(s.role = 'respondent' or not exists"
    " (select 1 from turn l where l.version_id = t.version_id and l.speaker_id is not null))"
)


def sizes(connection: sqlite3.Connection) -> dict[str, Size]:
    """Version id → its size."""
    rows = connection.execute(
        "select v.id, v.words, count(t.rowid), count(distinct t.speaker_id),"
        f" sum(t.rowid is not null and {_ANSWERS}) from text_version v left join turn t on t.version_id = v.id"
        " left join speaker s on s.id = t.speaker_id where v.removed = 0 group by v.id"
    )
    return {row[0]: Size(row[1], row[2], row[3], row[4] or 0) for row in rows}


def work(connection: sqlite3.Connection) -> dict[str, dict[tuple[str, str], Work]]:
    """Version id → `(coder, pass)` → what they did there."""
    return _work(connection, joined=False)


def work_of_readings(connection: sqlite3.Connection) -> dict[str, dict[tuple[str, str], Work]]:
    """Version id → `(coder, reading)` → what they did there; a turn reached in two passes of it counts once."""
    return _work(connection, joined=True)


def _work(connection: sqlite3.Connection, *, joined: bool) -> dict[str, dict[tuple[str, str], Work]]:
    turns = answers(connection)
    column = passes.reading_column(connection) if joined else "pass"
    rows = connection.execute(
        f'select version_id, start, "end", code_id, coder_id, {column} from coding'
        f" where removed = 0 and layer = 'own' and version_id in ({LIVE}) order by version_id, start"
    )
    return {version: _work_in(there, turns.get(version, [])) for version, there in groupby(rows, key=itemgetter(0))}


def _work_in(rows: Iterable[tuple[str, int, int, str, str, str]], turns: Sequence[Span]) -> dict[tuple[str, str], Work]:
    """What was done in one text; both the rows and the turns come by start."""
    found: dict[tuple[str, str], Work] = {}
    reached: dict[tuple[str, str], int] = {}
    seen: set[tuple[int, int, str, str, str]] = set()
    at = 0
    for _version, start, end, code, coder, pass_ in rows:
        passage = (start, end, code, coder, pass_)
        if passage in seen:
            continue
        seen.add(passage)
        key = (coder, pass_)
        work = found.get(key)
        if work is None:
            work = found[key] = Work()
        work.codings += 1
        while at < len(turns) and turns[at][1] <= start:
            at += 1
        turn = max(at, reached.get(key, 0))
        while turn < len(turns) and turns[turn][0] < end:
            work.coded_turns += 1
            turn += 1
        reached[key] = turn
    return found


def answers(connection: sqlite3.Connection, version_id: str | None = None) -> dict[str, list[Span]]:
    """Version id → respondents' turns, by start; of one version, or of all."""
    found: dict[str, list[Span]] = {}
    one = "" if version_id is None else " and t.version_id = ?"
    for version, start, end in connection.execute(
        'select t.version_id, t.start, t."end" from turn t left join speaker s on s.id = t.speaker_id'
        f" where {_ANSWERS}{one} order by t.version_id, t.number",
        () if version_id is None else (version_id,),
    ):
        found.setdefault(version, []).append((start, end))
    return found
