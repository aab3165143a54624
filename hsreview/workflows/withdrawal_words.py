"""Where else a person's words and names stand in a project: in labels, examples, summaries, queries, names of files."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import cached_property
from typing import Any

from hsreview.base.folding import fold
from hsreview.model.text import Span
from hsreview.privacy.repeating import Names, runs
from hsreview.privacy.telephones import numbers_in
from hsreview.project import queries
from hsreview.project.state import search_text
from hsreview.project.withdrawal import MARK, Theirs

_WORD = re.compile(r"\w+")
_LEAST = 5
"""Letters from which on a word that nobody else said says whose it is."""
_SHORTEST = 3
"""Letters of a name; a shorter one stands in too many texts by chance."""
_LONG_LABEL = 4
"""Letters from which on the label of a speaker is a name."""


class Why(StrEnum):
    """By what a text tells of a person."""

    NAME = "name"
    """It names them or their interview."""
    WORDS = "words"
    """It repeats several words in a row that they said."""
    WORD = "word"
    """It has a word, or a telephone number, that nobody else said."""


class PersonWords:
    """What one respondent said in the texts of a project as it is, and what they and their interviews are called."""

    def __init__(self, connection: sqlite3.Connection, mine: Theirs) -> None:
        self._connection = connection
        self._mine = mine
        self._said = list(_said(connection, mine))
        self._known: dict[str, bool] = {}
        self.names = Names(_names(connection, mine), parts=False)

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(run for text in self._said for run in runs(text))

    def _is_theirs(self, words: str) -> bool:
        """Whether nobody else says these words in a row."""
        if words not in self._known:
            self._known[words] = not _others_say(self._connection, words, self._rows)
        return self._known[words]

    @cached_property
    def _rows(self) -> frozenset[int]:
        return frozenset(_rows(self._connection, self._mine))

    @cached_property
    def _folded(self) -> list[str]:
        return [" ".join(_WORD.findall(fold(text))) for text in self._said]

    @cached_property
    def rare(self) -> frozenset[str]:
        """Folded words that stand in their words and in nobody else's."""
        words = {word for text in self._folded for word in text.split(" ") if len(word) >= _LEAST and word.isalpha()}
        return frozenset(filter(self._is_theirs, words))

    @cached_property
    def written(self) -> frozenset[str]:
        """The same words as they are written in the texts, and folded."""
        return self.rare | {word for text in self._said for word in _WORD.findall(text) if fold(word) in self.rare}

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """Telephone numbers that they said and nobody else."""
        said = (pair for text in self._said for pair in numbers_in(text).items())
        return frozenset(digits for digits, written in said if self._is_theirs(written))

    def told(self, text: str) -> Why | None:
        """By what a text tells of the person; null when it does not."""
        if self.names.within(text):
            return Why.NAME
        if self._repeats(text):
            return Why.WORDS
        if not self.rare.isdisjoint(_WORD.findall(fold(text))) or not self._numbers.isdisjoint(numbers_in(text)):
            return Why.WORD
        return None

    def _repeats(self, text: str) -> bool:
        return any(run in self._runs and self._is_theirs(" ".join(run)) for run in runs(text))

    def repeated_in(self, value: Any) -> bool:
        """Whether a text in a JSON value repeats several words in a row that they said."""
        return any(map(self._repeats, texts_in(value)))

    def told_in(self, value: Any) -> Why | None:
        """The same, of all texts in a JSON value: what tells most."""
        return min((why for text in texts_in(value) if (why := self.told(text))), key=list(Why).index, default=None)

    def without_names(self, value: Any) -> Any:
        """A JSON value with a mark in the place of the names."""
        if isinstance(value, str):
            for written in sorted(self.names.within(value), key=len, reverse=True):
                value = value.replace(written, MARK)
            return value
        if isinstance(value, Mapping):
            return {key: self.without_names(part) for key, part in value.items()}
        return [self.without_names(part) for part in value] if isinstance(value, list) else value


def texts_in(value: Any) -> Iterator[str]:
    """The texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def _said(connection: sqlite3.Connection, mine: Theirs) -> Iterator[str]:
    for version in mine.versions:
        text = queries.text_of(connection, version)
        spans: Iterable[Span] = mine.stretches.get(version, [(0, len(text))])
        yield from (text[start:end] for start, end in spans)


def _rows(connection: sqlite3.Connection, mine: Theirs) -> Iterator[int]:
    """The rows of the search index that hold their words."""
    for version in mine.versions:
        spans = mine.stretches.get(version)
        starts = {start for start, _end in spans} if spans is not None else None
        for row, start in connection.execute("select rowid, start from turn where version_id = ?", (version,)):
            if starts is None or start in starts:
                yield row


def _others_say(connection: sqlite3.Connection, word: str, rows: AbstractSet[int]) -> bool:
    found = connection.execute("select rowid from turn_fts where turn_fts match ?", (f'"{search_text(word)}"',))
    return any(row[0] not in rows for row in found)


def _names(connection: sqlite3.Connection, mine: Theirs) -> Iterator[str]:
    """What they and their interviews are or were called; labels that others bear too are no names."""
    bodies = connection.execute(
        "select kind, entity, body from change where body is not null and (entity in (select value from json_each(?)))"
        " and kind in ('respondent.put', 'transcript.put', 'speaker.put')",
        (json.dumps(sorted(mine.things)),),
    )
    for kind, entity, body in bodies:
        said = json.loads(body)["set"]
        if kind == "speaker.put":
            yield from _label(connection, mine, entity, said.get("label"))
        elif len(said.get("name") or "") >= _SHORTEST:
            yield said["name"]


def _label(connection: sqlite3.Connection, mine: Theirs, speaker: str, label: object) -> Iterator[str]:
    """The label of one of their speakers, where it names a person and not a role."""
    if not isinstance(label, str) or sum(map(str.isalpha, label)) < _LONG_LABEL:
        return
    rows = connection.execute("select id, label, respondent_id from speaker where removed = 0").fetchall()
    own = next((row for row in rows if row[0] == speaker), None)
    if own is None or own[2] != mine.respondent_id:
        return  # An interviewer.
    if all(fold(other or "") != fold(label) for key, other, _who in rows if key not in mine.things):
        yield label
