"""What a project loses by a withdrawal: codings, cells of matrices, the strength of rows; before and after."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.model.codebook import Codebook
from hsreview.model.people import Respondent
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.segments import segments
from hsreview.project.withdrawal import Theirs, others_answering
from hsreview.workflows.evidence import Grade, grounds
from hsreview.workflows.framework_rows import Row, framework

COUNTED = (
    "coding", "memo", "quote", "translation", "decision", "adoption", "summary", "evidence", "assignment", "reviewed",
    "asked",
)  # fmt: skip
"""Tables of whose rows it is told how many go."""


@dataclass(frozen=True, slots=True)
class TextLost:
    """An interview in which the person speaks."""

    id: str
    name: str
    whole: bool
    """Whether it goes as a whole; else only what they say."""
    turns: int
    """Theirs."""
    of: int
    words: int
    """In what goes."""
    others: int
    """Other people who answer in it."""


@dataclass(frozen=True, slots=True)
class CellLost:
    """A cell of themes by groups: of how many respondents anybody coded words under the theme."""

    theme: str
    group: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class RowLost:
    """A row of the framework that loses evidence."""

    row: Row
    links: tuple[int, int]
    """Direct links to codings, before and after."""
    respondents: tuple[int, int]
    grades: tuple[Grade, Grade]


@dataclass(frozen=True, slots=True)
class Losses:
    """What goes."""

    texts: Sequence[TextLost]
    counts: Mapping[str, int]
    """Table → rows that go."""
    released: int
    """Quotes among them that were released."""
    themes: Sequence[str]
    """Refs of the themes under which somebody coded their words: cells of theme by case that are emptied."""
    cells: Sequence[CellLost]
    rows: Sequence[RowLost]


def losses(project: Project, after: Project, mine: Theirs, person: Respondent) -> Losses:
    """What `after`, the same project without this person, lacks."""
    before = project.connection
    gone = {table: _count(before, table) - _count(after.connection, table) for table in COUNTED}
    released = [
        connection.execute("select count(*) from quote where removed = 0 and state = 'released'").fetchone()[0]
        for connection in (before, after.connection)
    ]
    themes, cells = _cells(before, person)
    return Losses(
        [_text(before, mine, each) for each in queries.transcripts(before) if each.id in mine.transcripts],
        {table: n for table, n in gone.items() if n > 0}, released[0] - released[1], themes, cells,
        _rows(project, after),
    )  # fmt: skip


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table} where removed = 0").fetchone()[0])


def _text(connection: sqlite3.Connection, mine: Theirs, transcript: Transcript) -> TextLost:
    turns = queries.turns(connection, transcript.version_id)
    starts = queries.word_starts(connection, transcript.version_id)
    if transcript.id in mine.whole:
        return TextLost(transcript.id, transcript.name, True, len(turns), len(turns), len(starts), 0)
    spans = mine.stretches.get(transcript.version_id, [])
    others = others_answering(connection, transcript.id, mine.things)
    words = sum(any(start <= at < end for start, end in spans) for at in starts)
    return TextLost(transcript.id, transcript.name, False, len(spans), len(turns), words, others)


def _cells(connection: sqlite3.Connection, person: Respondent) -> tuple[list[str], list[CellLost]]:
    """Refs of the themes coded in their words, and the cells of theme by group that they were counted in."""
    book = load_codebook(connection, whole=True)
    theme_of = _themes(book)
    heard: dict[str, set[str]] = {}
    for segment in segments(connection):
        if segment.respondent_id is not None:
            heard.setdefault(theme_of.get(segment.coding.code_id, "?"), set()).add(segment.respondent_id)
    people = {each.id: each for each in queries.respondents(connection)}
    cells = []
    for theme in sorted(theme for theme, who in heard.items() if person.id in who):
        same = {who for who in heard[theme] if who in people and people[who].group == person.group}
        cells.append(CellLost(theme, person.group, len(same), len(same - {person.id})))
    return [each.theme for each in cells], cells


def _themes(book: Codebook) -> Mapping[str, str]:
    return {place.code.id: place.theme.ref for place in book.codes()}


def _rows(project: Project, after: Project) -> list[RowLost]:
    old, new = framework(project), framework(after)
    if not old.rows:
        return []
    was, now = grounds(project, old), grounds(after, new)
    remaining = {row.id: row for row in new.rows}
    found = []
    for row in old.rows:
        if row.id not in remaining:
            continue
        links = len(old.codings(row.id)), len(new.codings(row.id))
        one, other = was.strength(row), now.strength(remaining[row.id])
        if links[0] != links[1] or one != other:
            found.append(RowLost(row, links, (one.respondents, other.respondents), (one.grade, other.grade)))
    return found
