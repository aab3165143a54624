"""Full-text search over turns: words, "phrases", prefixes; case, accents and ligatures do not count."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold, fold_with_map
from hsreview.base.messages import _
from hsreview.model.text import Span
from hsreview.project.queries import text_of
from hsreview.project.state import search_text

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_WORD = re.compile("\\w[\\w\u0300-\u036f]*")
"""A word, with the accents that have no composed form."""


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


def fts_query(query: str) -> str:
    """What the user typed as an FTS5 query: every term must occur; `"…"` is a phrase, `abc*` a prefix.

    Raises InputRefused when there is nothing to search for.
    """
    terms = [
        '"' + " ".join(search_text(word) for word in words) + '"' + "*" * prefix for words, prefix in _terms(query)
    ]
    if not terms:
        raise InputRefused(_("Nothing to search for: give at least one word."))
    return " ".join(terms)


def _terms(query: str) -> Iterator[tuple[list[str], bool]]:
    """The words of each term, and whether the last one is a prefix. Accents are composed, as people mean them."""
    for phrase, word in _TERM.findall(unicodedata.normalize("NFC", query)):
        words = _WORD.findall(phrase or word)
        if words:
            yield words, not phrase and word.endswith("*")


def search(connection: sqlite3.Connection, query: str, *, limit: int = 50, count: bool = True) -> Found:
    """Turns of the newest texts that match `query`.

    `limit` bounds the hits; `count=False` leaves the total at their number.
    """
    match = fts_query(query)
    source = (
        " from turn_fts f join turn t on t.rowid = f.rowid join text_version v on v.id = t.version_id"
        " join transcript r on r.id = v.transcript_id left join speaker s on s.id = t.speaker_id"
        " where turn_fts match ? and v.removed = 0 and r.removed = 0 and not exists"
        " (select 1 from text_version w where w.transcript_id = v.transcript_id and w.removed = 0"
        " and (w.number, w.id) > (v.number, v.id))"
    )
    rows = connection.execute(
        'select r.id, r.name, v.id, t.number, s.label, t.label_end, t."end"' + source + " limit ?", (match, limit)
    ).fetchall()
    texts: dict[str, str] = {}
    patterns = _patterns(query)
    hits = []
    for transcript_id, name, version_id, number, label, start, end in rows:
        if version_id not in texts:
            texts[version_id] = text_of(connection, version_id)
        said = texts[version_id][start:end].rstrip("\n")
        hits.append(
            Hit(transcript_id, name, version_id, number, label, start, start + len(said), said, _marks(said, patterns))
        )
    total = len(hits)
    if count and total == limit:
        total = connection.execute("select count(*)" + source, (match,)).fetchone()[0]
    return Found(tuple(hits), total)


def _patterns(query: str) -> list[re.Pattern[str]]:
    patterns = []
    for words, prefix in _terms(query):
        folded = [re.escape(fold(word)) for word in words]
        patterns.append(re.compile(r"(?<!\w)" + r"\W+".join(folded) + ("" if prefix else r"(?!\w)")))
    return patterns


def _marks(text: str, patterns: Sequence[re.Pattern[str]]) -> tuple[Span, ...]:
    folded, offsets = fold_with_map(text)
    found = {
        (offsets[m.start()], _whole(text, offsets[m.end() - 1] + 1))
        for pattern in patterns
        for m in pattern.finditer(folded)
    }
    return tuple(sorted(found))


def _whole(text: str, end: int) -> int:
    """`end`, past the accents that belong to the character before it."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
