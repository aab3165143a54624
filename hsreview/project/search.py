"""Search over turns, where case, accents and ligatures do not count.

The index knows which turns hold the words; where they stand in a turn is found in its text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from hsreview.model.text import Span
from hsreview.project import wording
from hsreview.project.queries import text_of
from hsreview.project.scopes import Filter
from hsreview.project.wording import Clause

_FROM = (
    " join text_version v on v.id = t.version_id"
    " join transcript r on r.id = v.transcript_id left join speaker s on s.id = t.speaker_id"
    " where v.removed = 0 and r.removed = 0 and not exists"
    " (select 1 from text_version w where w.transcript_id = v.transcript_id and w.removed = 0"
    " and (w.number, w.id) > (v.number, v.id))"
)
_COLUMNS = 'r.id, r.name, v.id, t.number, s.id, s.label, t.label_end, t."end"'
_TEXTS_AT_ONCE = 200
Watch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Hit:
    """One turn that matches."""

    transcript_id: str
    transcript: str
    version_id: str
    turn: int
    speaker: str | None
    start: int
    """Of the turn's spoken part, in code points of the text."""
    end: int
    text: str
    """What was said in that turn."""
    marks: tuple[Span, ...]
    """Matches inside `text`."""


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits in the order in which transcripts came in, and of their turns; and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


_Row = tuple[str, str, str, int, str | None, str | None, int, int]


def search(
    connection: sqlite3.Connection, query: str | Sequence[Clause], *, limit: int | None = 50, count: bool = True,
    within: Filter | None = None,
) -> Found:  # fmt: skip
    """Turns of the newest texts that match `query`, of those `within` a scope.

    `limit` bounds the hits; `count=False` leaves the total at their number. Raises InputRefused for a query without
    words.
    """
    clauses = wording.read(query) if isinstance(query, str) else query
    match = wording.fts_query(clauses)
    source = f" from turn_fts f join turn t on t.rowid = f.rowid{_FROM} and turn_fts match ?"
    bound = "" if limit is None or within is not None else f" limit {limit}"
    rows: Iterator[_Row] = iter(connection.execute(f"select {_COLUMNS}{source}{bound}", (match,)))
    marker = wording.marker(clauses)

    def of(said: str) -> tuple[Span, ...]:
        return wording.marks(marker(said))

    if within is None:
        hits = tuple(_hits(connection, rows, of))
        total = len(hits)
        if count and total == limit:
            total = connection.execute(f"select count(*){source}", (match,)).fetchone()[0]
        return Found(hits, total)
    return _bounded(
        _within(_hits(connection, (row for row in rows if within.turn(row[0], row[4])), of), within), limit, count
    )


def search_with(
    connection: sqlite3.Connection, find: Callable[[Iterable[str]], Iterable[tuple[Span, ...]]], within: Filter, *,
    limit: int | None = 50, count: bool = True, watch: Watch | None = None,
) -> Found:  # fmt: skip
    """As `search`, for what no index knows: `find` is handed what was said in each turn and answers with its marks.

    `watch` is told how many turns were searched so far; what it raises ends the search.
    """
    rows: Iterable[_Row] = connection.execute(f"select {_COLUMNS} from turn t{_FROM} order by v.rowid, t.number")
    turns = _hits(connection, (row for row in rows if within.turn(row[0], row[4])), lambda _said: ())
    return _bounded(_within(_marked(turns, find, watch), within), limit, count)


def _marked(
    turns: Iterator[Hit], find: Callable[[Iterable[str]], Iterable[tuple[Span, ...]]], watch: Watch | None
) -> Iterator[Hit]:
    done = 0
    while some := list(islice(turns, _TEXTS_AT_ONCE)):
        done += len(some)
        if watch is not None:
            watch(done)
        for turn, marks in zip(some, find([turn.text for turn in some]), strict=True):
            yield _with_marks(turn, marks)


def _hits(connection: sqlite3.Connection, rows: Iterable[_Row], of: Callable[[str], tuple[Span, ...]]) -> Iterator[Hit]:
    version, text = "", ""
    for transcript_id, name, version_id, number, _speaker, label, start, end in rows:
        if version_id != version:
            version, text = version_id, text_of(connection, version_id)
        said = text[start:end].rstrip("\n")
        yield Hit(transcript_id, name, version_id, number, label, start, start + len(said), said, of(said))


def _within(hits: Iterable[Hit], within: Filter) -> Iterator[Hit]:
    """The hits that keep a mark in the scope."""
    for hit in hits:
        marks = within.marks(hit.version_id, hit.start, hit.marks)
        if marks:
            yield hit if marks == hit.marks else _with_marks(hit, marks)


def _with_marks(hit: Hit, marks: tuple[Span, ...]) -> Hit:
    return Hit(
        hit.transcript_id, hit.transcript, hit.version_id, hit.turn, hit.speaker, hit.start, hit.end, hit.text, marks
    )


def _bounded(hits: Iterator[Hit], limit: int | None, count: bool) -> Found:
    first = tuple(islice(hits, limit))
    return Found(first, len(first) + (sum(1 for _hit in hits) if count else 0))
