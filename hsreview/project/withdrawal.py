"""A withdrawal: what of the project is one person's, and the act that erases it.

A transcript of one respondent goes as a whole. One that others share stays with their words: a new text of it is
stored, in which each turn of the person is a mark, and the older ones are erased.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hsreview.base.ids import new_id
from hsreview.model.confidentiality import Withdrawal
from hsreview.model.text import CueTime, Role, Span, Turn
from hsreview.project import content, queries
from hsreview.project.carried import newest_version
from hsreview.project.connection import connect, explained
from hsreview.project.erasing import BODY, CONTENT, Erased, erased
from hsreview.project.formats import check_is_ours
from hsreview.project.log import Act, rebuild
from hsreview.project.reach import CONTENTS, reach, take_away
from hsreview.project.rewriting import Rewritten, compared, store_text
from hsreview.project.scrubbing import begin_erasing
from hsreview.project.state import speaker_id
from hsreview.project.text_versions import stored_labels

MARKS = {"en": "[withdrawn]"}
MARK = "[retrait]"
"""What stands where somebody spoke who withdrew, in a text that others share."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What is one respondent's, by ids and places."""

    respondent_id: str
    whole: tuple[str, ...]
    """Transcripts in which nobody else is a respondent."""
    shared: tuple[Rewritten, ...]
    missing: tuple[str, ...]
    """Transcripts of which the text is not here, so that nobody can say what in it is theirs."""
    versions: tuple[str, ...]
    """All texts of these transcripts."""
    stretches: Mapping[str, list[Span]]
    """Shared text → what the person said in it."""
    things: frozenset[str]
    contents: frozenset[str]

    @property
    def transcripts(self) -> tuple[str, ...]:
        """Ids of all transcripts in which they speak."""
        return (*self.whole, *(each.transcript_id for each in self.shared), *self.missing)


@dataclass(frozen=True, slots=True)
class Remade:
    """A thing that stays, without the words that its records told."""

    table: str
    id: str
    fields: Mapping[str, Any]
    """All fields with which it is told anew."""
    live: bool = True
    """Whether it is in use (else it stays removed)."""


@dataclass(frozen=True, slots=True)
class Also:
    """What a person decides to erase beside what is theirs, and what is told anew after it."""

    things: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    remade: Sequence[Remade] = field(default_factory=tuple)
    local: frozenset[str] = frozenset()
    """Keys of values of this copy."""


def withdrawals(connection: sqlite3.Connection) -> list[Withdrawal]:
    """The traces of all withdrawals, the oldest first."""
    rows = connection.execute(
        "select id, respondent_id, reason, things, stretches, contents, records, coder_id, at from withdrawal"
        " where removed = 0 and respondent_id is not null order by at, id"
    )
    return [
        Withdrawal(
            key, respondent, reason or "", tuple(json.loads(things)),
            {version: tuple((a, b) for a, b in spans) for version, spans in json.loads(stretches).items()},
            tuple(json.loads(contents)), tuple(json.loads(records)), coder or "", at or "",
        )
        for key, respondent, reason, things, stretches, contents, records, coder, at in rows
    ]  # fmt: skip


def is_carried_out(connection: sqlite3.Connection, trace: Withdrawal) -> bool:
    """Whether all that a withdrawal names is erased here, by whichever records: one person may withdraw twice."""
    wanted = Erased(
        contents=set(trace.contents), named=set(trace.things), single=set(trace.records),
        stretches={version: [list(span) for span in spans] for version, spans in trace.stretches.items()},
    )  # fmt: skip
    return erased(connection).covers(wanted)


def came_since(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Respondent who withdrew → names of their interviews that are here all the same: who brought them did not know."""
    found: dict[str, list[str]] = {}
    for respondent, name in connection.execute(
        "select distinct s.respondent_id, t.name from speaker s join transcript t on t.id = s.transcript_id"
        " where s.removed = 0 and t.removed = 0 and t.name is not null"
        " and s.respondent_id in (select respondent_id from withdrawal) order by 1, 2"
    ):
        found.setdefault(respondent, []).append(name)
    return found


def traces_in(path: Path) -> tuple[str, list[Withdrawal], bool]:
    """The id of the project in a file, who withdrew from it, and whether single records erase something in it.

    Raises the errors of a file that cannot be read.
    """
    check_is_ours(path)
    with explained(path), closing(connect(path, read_only=True)) as connection:
        (project_id,) = connection.execute("select value from meta where key = 'project_id'").fetchone()
        known = connection.execute("select 1 from sqlite_master where name = 'withdrawal'").fetchone()
        single = connection.execute("select 1 from change where kind in (?, ?) limit 1", (CONTENT, BODY)).fetchone()
        return project_id, withdrawals(connection) if known else [], single is not None


def theirs(connection: sqlite3.Connection, respondent_id: str) -> Theirs:
    """What is this respondent's in the project as it is; removed transcripts count as well."""
    own: dict[str, set[str]] = {}
    for speaker, transcript in connection.execute(
        "select id, transcript_id from speaker where respondent_id = ? and transcript_id is not null order by id",
        (respondent_id,),
    ):
        own.setdefault(transcript, set()).add(speaker)
    whole = [each for each in own if not others_answering(connection, each, own[each])]
    shared, missing = [], []
    stretches: dict[str, list[Span]] = {}
    versions: list[str] = []
    for transcript, speakers in own.items():
        texts = texts_of(connection, transcript)
        if transcript in whole:
            versions += texts
            continue
        made = rewritten(connection, transcript, texts, speakers)
        if made is None:
            versions += texts
            missing.append(transcript)
            continue
        if is_told(connection, made):
            texts.remove(made.base)  # Nothing in it is theirs.
        else:
            shared.append(made)
        versions += texts
        stretches |= {version: said_by(connection, version, speakers) for version in texts}
    gone = {version for transcript in whole for version in texts_of(connection, transcript)}
    things = {respondent_id, *whole, *gone, *(s for t, mine in own.items() if t not in missing for s in mine)}
    erased = gone | stretches.keys()
    return Theirs(
        respondent_id, tuple(whole), tuple(shared), tuple(missing), tuple(versions), stretches, frozenset(things),
        frozenset(contents_of(connection, erased)) - reused(connection, shared),
    )  # fmt: skip


def reused(connection: sqlite3.Connection, shared: Iterable[Rewritten]) -> set[str]:
    """Hashes of what stays of older texts, since the new ones read alike: who spoke was corrected, nothing was said."""
    same = [made.base for made in shared if made.text == queries.text_of(connection, made.base)]
    rows = (queries.unit_hashes(connection, base) for base in same)
    texts = (connection.execute("select text_hash from text_version where id = ?", (base,)).fetchone() for base in same)
    return {key for row in (*rows, *texts) for key in row if key}


def is_told(connection: sqlite3.Connection, made: Rewritten) -> bool:
    """Whether the newest text of the transcript reads so already."""
    return made.text == queries.text_of(connection, made.base) and made.labels == stored_labels(connection, made.base)


def texts_of(connection: sqlite3.Connection, transcript: str) -> list[str]:
    """Ids of the texts of a transcript, the oldest first."""
    rows = connection.execute("select id from text_version where transcript_id = ? order by number, id", (transcript,))
    return [row[0] for row in rows]


def others_answering(connection: sqlite3.Connection, transcript: str, own: AbstractSet[str]) -> int:
    """How many labels but one's `own` answer in a transcript: other respondents, known or not, who speak in a text."""
    rows = connection.execute(
        "select s.id from speaker s where s.transcript_id = ? and s.removed = 0 and s.role is not null"
        " and (s.role = ? or s.respondent_id is not null) and exists (select 1 from turn t"
        " join text_version v on v.id = t.version_id where t.speaker_id = s.id and v.removed = 0)",
        (transcript, str(Role.RESPONDENT)),
    )
    return sum(row[0] not in own for row in rows)


def said_by(connection: sqlite3.Connection, version: str, speakers: set[str]) -> list[Span]:
    """The turns of these speakers in a text."""
    rows = connection.execute(
        'select start, "end", speaker_id from turn where version_id = ? order by number', (version,)
    )
    return [(start, end) for start, end, speaker in rows if speaker in speakers]


def contents_of(connection: sqlite3.Connection, versions: Iterable[str]) -> Iterator[str]:
    """Hashes of what these texts are made of, but not of what another text is made of as well."""
    chosen = set(versions)
    rows = connection.execute(f"select id, {', '.join(CONTENTS)} from text_version").fetchall()
    kept = {key for version, *keys in rows if version not in chosen for key in keys}
    yield from {key for version, *keys in rows if version in chosen for key in keys if key} - kept


def rewritten(
    connection: sqlite3.Connection, transcript: str, texts: Sequence[str], own: set[str]
) -> Rewritten | None:  # fmt: skip
    """The newest text without what these speakers say; null when it is not here."""
    base = newest_version(connection, texts[-1]) if texts else ""
    old = queries.text_of(connection, base)
    if not old:
        return None
    language = connection.execute("select language from transcript where id = ?", (transcript,)).fetchone()[0]
    labels = [
        f"{MARK} {index}" if speaker_id(transcript, index) in own else label
        for index, label in enumerate(stored_labels(connection, base))
    ]
    by_place = {speaker_id(transcript, index): label for index, label in enumerate(labels)}
    made = _Pieces(old, MARKS.get(language or "", MARK))
    turns, speakers = [], {}
    for number, speaker, start, label_end, end, time, time_end in connection.execute(
        'select number, speaker_id, start, label_end, "end", time, time_end from turn where version_id = ?'
        " order by number",
        (base,),
    ):
        at = len(made.text)
        if speaker in own:
            made.replace(start, end)
            turns.append(Turn(number, None, at, at, len(made.text)))
            continue
        made.keep(start, end)
        turns.append(Turn(number, by_place.get(speaker), at, at + label_end - start, len(made.text), time, time_end))
        if speaker is not None and speaker not in by_place:
            speakers[number] = speaker
    units = queries.unit_hashes(connection, base)
    cues = tuple(
        CueTime(place, cue.time, cue.time_end)
        for cue in content.cues(connection, units[2])
        if (place := made.there(cue.offset)) is not None
    )
    sentences = made.moved(queries.sentences(connection, base))
    return Rewritten(
        transcript, base, made.text, tuple(turns), speakers, tuple(labels), sentences,
        made.moved(queries.words(connection, base)), cues, {
            base: {"blocks": [list(each) for each in made.blocks], "replaced": [list(each) for each in made.replaced]},
            **{
                version: compared(before, made.text)
                for version in texts
                if version != base and (before := queries.text_of(connection, version))
            },
        },
    )  # fmt: skip


class _Pieces:
    """A text that is made of the pieces of another one."""

    def __init__(self, old: str, mark: str) -> None:
        self._old = old
        self._mark = mark
        self.text = ""
        self.blocks: list[tuple[int, int, int]] = []
        self.replaced: list[tuple[int, int, int, int]] = []

    def keep(self, start: int, end: int) -> None:
        """Take over a stretch."""
        if self.blocks and sum(self.blocks[-1][::2]) == start:
            at, there, length = self.blocks.pop()
            self.blocks.append((at, there, length + end - start))
        else:
            self.blocks.append((start, len(self.text), end - start))
        self.text += self._old[start:end]

    def replace(self, start: int, end: int) -> None:
        """Put the mark in the place of a stretch; the line ends behind it stay."""
        said = self._old[start:end]
        at = len(self.text)
        self.text += self._mark + said[len(said.rstrip("\n")) :]
        self.replaced.append((start, end, at, len(self.text)))

    def there(self, offset: int) -> int | None:
        """Where an offset of the old text stands in the new one; null where it was replaced."""
        return next((there + offset - at for at, there, length in self.blocks if at <= offset < at + length), None)

    def moved(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        """Those of the ascending spans that are still there."""
        found: list[Span] = []
        blocks = iter(self.blocks)
        at, there, length = next(blocks, (0, 0, 0))
        for start, end in spans:
            while length and start >= at + length:
                at, there, length = next(blocks, (0, 0, 0))
            if length and at <= start:
                found.append((there + start - at, there + end - at))
        return tuple(found)


def withdraw(act: Act, mine: Theirs, reason: str, also: Also) -> str:
    """Erase what is one person's, inside an open transaction; returns the id of the withdrawal.

    The file itself is cleared of it by `finish_erasing`, once the transaction is committed.
    """
    key = new_id()
    act.put(
        "withdrawal", key, respondent_id=mine.respondent_id, reason=reason, coder_id=act.coder_id, at=act.at,
        things=sorted(mine.things | also.things), contents=sorted(mine.contents), records=sorted(also.records),
        stretches={version: [list(span) for span in spans] for version, spans in mine.stretches.items()},
    )  # fmt: skip
    for made in mine.shared:
        store_text(act, made)
    for each in also.remade:
        if each.live:
            act.record(f"{each.table}.restore", each.id, {})
        act.record(f"{each.table}.put", each.id, {"set": dict(each.fields)})
    if also.remade:  # What told of these things goes only now that they are told anew.
        take_away(act.connection, reach(act.connection, erased(act.connection)))
    rebuild(act.connection)
    act.connection.execute(
        "delete from local where key in (select value from json_each(?))", (json.dumps(sorted(also.local)),)
    )
    begin_erasing(act.connection)
    return key
