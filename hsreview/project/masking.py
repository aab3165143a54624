"""A name that is masked late: new texts without it, its records told anew, and everything that holds it erased.

Nothing here knows what a name looks like: `Mask` finds and replaces. The older texts go; the new ones say where codings
on them stand. A record that holds the name is erased, and what it was about is told again without it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any, Protocol

from hsreview.base.ids import new_id
from hsreview.model.carrying import Carried, Recorded, RecordedAlignment, composed
from hsreview.model.text import CueTime, Turn
from hsreview.project import content, queries
from hsreview.project.carried import newest_version
from hsreview.project.entities import ENTITIES
from hsreview.project.erasing import BODY, CONTENT
from hsreview.project.headings import kept_apart
from hsreview.project.log import Act, rebuild
from hsreview.project.masked_words import Words
from hsreview.project.reach import CONTENTS
from hsreview.project.rewriting import Rewritten, compared, store_text
from hsreview.project.scrubbing import begin_erasing
from hsreview.project.state import State, speaker_id
from hsreview.project.text_versions import stored_labels
from hsreview.project.unflagging import take_off
from hsreview.project.withdrawal import Remade

_TEAM = frozenset({"coder", "turn", "coding", "text_version"})
"""Tables without words of their own; the team is called by its names."""

_CODEBOOK = ("codebook", "code")
"""Tables whose texts may be those of the codebook that comes with hsreview."""

_CALLED = ("respondent", "organisation", "transcript")
"""Tables whose things are called by their names: two that become alike get a number."""


class Masked(Protocol):
    """A text with names replaced, and where everything went."""

    @property
    def text(self) -> str: ...
    @property
    def turns(self) -> tuple[Turn, ...]: ...
    @property
    def cues(self) -> tuple[CueTime, ...]: ...
    @property
    def items(self) -> list[list[int | str]]: ...
    @property
    def blocks(self) -> list[list[int]]: ...
    @property
    def replaced(self) -> list[list[int]]: ...


class Mask(Protocol):
    """What finds names in texts, and replaces them."""

    def replace(self, text: str, turns: Sequence[Turn], cues: Sequence[CueTime], language: str) -> Masked:
        """A text with names replaced; turns and cues follow."""

    def short(self, text: str, language: str = "") -> str:
        """A short text, such as a label, a memo or the name of a file, with names replaced; else as it is."""

    def is_shipped(self, part: str, text: str) -> bool:
        """Whether a text of a part of the codebook (by id) stays, since the codebook of hsreview itself says it."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What is on record about replacements in the text before, as far as it holds for the next one."""

    items: list[list[int | str]]
    """`[start, end, class, replacement]` in the new text."""
    undecided: dict[str, int]
    engines: list[str]


@dataclass(frozen=True, slots=True)
class MaskedText:
    """One transcript as it is stored without the name."""

    new: Rewritten
    items: list[list[int | str]]
    """`[start, end, class, replacement]` in the new text."""
    earlier: Earlier
    """What was replaced before."""
    older: tuple[str, ...]
    """The texts that hold the name, and go."""
    telling: str
    """Hash of one content that holds it."""


@dataclass(frozen=True, slots=True)
class Masking:
    """All that a mask does to the records and contents of a project."""

    texts: tuple[MaskedText, ...]
    records: tuple[str, ...]
    """Records that hold the name."""
    remade: tuple[Remade, ...]
    """What they were about, as it is told anew."""
    local: tuple[str, ...]
    """Keys of values of this copy that hold it."""
    missing: tuple[str, ...]
    """Transcripts of which the newest text is not here."""


MakeUnits = Callable[[str, Sequence[Turn]], Any]
"""Gives the sentence and word units of a text."""


def masking(
    connection: sqlite3.Connection,
    mask: Mask,
    make_units: MakeUnits,
    progress: Callable[[int, int], None] | None = None,
) -> Masking:
    """What a mask changes in a project; nothing is changed yet. `progress` hears of transcripts done and all."""
    texts, missing = [], []
    transcripts = connection.execute("select id from transcript order by id").fetchall()
    tell = progress or (lambda _done, _count: None)
    for done, (transcript,) in enumerate(transcripts):
        tell(done, len(transcripts))
        versions = [
            row[0]
            for row in connection.execute(
                "select id from text_version where transcript_id = ? order by number, id", (transcript,)
            )
        ]
        holding = {each: key for each in versions if (key := _telling(connection, each, mask))}
        if not holding:
            continue
        base = newest_version(connection, versions[-1])
        if queries.text_of(connection, base):
            texts.append(_masked(connection, transcript, base, versions, holding, mask, make_units))
        else:
            missing.append(transcript)
    tell(len(transcripts), len(transcripts))
    words = Words(connection, mask.short, mask.is_shipped)
    labels = {
        speaker_id(each.new.transcript_id, index): label
        for each in texts
        for index, label in enumerate(each.new.labels)
    }
    records, remade = _records(connection, words, labels)
    rows = connection.execute("select key, value from local")
    local = [key for key, value in rows if words.replaced(json.loads(value)) is not None]
    return Masking(tuple(texts), tuple(records), tuple(remade), tuple(local), tuple(missing))


def _is_hit(mask: Mask, text: str) -> bool:
    return mask.short(text) != text


def _telling(connection: sqlite3.Connection, version: str, mask: Mask) -> str:
    """Hash of the text, the labels or the file's name, whichever holds the name; empty when none does."""
    text_hash, turns_hash, name_hash = connection.execute(
        "select text_hash, turns_hash, file_name_hash from text_version where id = ?", (version,)
    ).fetchone()
    text = queries.text_of(connection, version)
    if text and mask.replace(text, [turn for turn, _speaker in stored_turns(connection, version)], (), "").items:
        return str(text_hash)
    if any(_is_hit(mask, label) for label in stored_labels(connection, version)):
        return str(turns_hash)
    return str(name_hash) if _is_hit(mask, stored_file_name(connection, version)) else ""


def stored_file_name(connection: sqlite3.Connection, version: str) -> str:
    row = connection.execute("select file_name_hash from text_version where id = ?", (version,)).fetchone()
    stored = content.text(connection, row[0]) if row and row[0] else None
    return stored.partition("\n")[2] if stored else ""


def stored_turns(connection: sqlite3.Connection, version: str) -> list[tuple[Turn, str | None]]:
    """The turns of a text without labels, each with its speaker."""
    rows = connection.execute(
        'select number, speaker_id, start, label_end, "end", time, time_end from turn where version_id = ?'
        " order by number",
        (version,),
    )
    return [(Turn(number, None, *place), speaker) for number, speaker, *place in rows]


def _masked(
    connection: sqlite3.Connection, transcript: str, base: str, versions: Sequence[str], holding: Mapping[str, str],
    mask: Mask, make_units: MakeUnits,
) -> MaskedText:  # fmt: skip
    old = queries.text_of(connection, base)
    language = connection.execute("select language from transcript where id = ?", (transcript,)).fetchone()[0] or ""
    labels = kept_apart(stored_labels(connection, base), lambda label: mask.short(label, language)).values()
    by_place = {speaker_id(transcript, index): label for index, label in enumerate(labels)}
    rows = stored_turns(connection, base)
    made = mask.replace(
        old,
        [turn for turn, _speaker in rows],
        content.cues(connection, queries.unit_hashes(connection, base)[2]),
        language,
    )
    said = [
        replace(turn, speaker=by_place.get(speaker or ""))
        for turn, (_old, speaker) in zip(made.turns, rows, strict=True)
    ]
    speakers = {turn.number: speaker for turn, speaker in rows if speaker is not None and speaker not in by_place}
    units = make_units(made.text, said)
    last: Recorded = {"blocks": made.blocks, "replaced": made.replaced}
    carries = {base: last} | {
        version: composed(compared(before, old), last)
        for version in versions
        if version != base and (before := queries.text_of(connection, version))
    }
    name = mask.short(stored_file_name(connection, base), language)
    new = Rewritten(
        transcript, base, made.text, tuple(said), speakers, tuple(labels), units.sentences, units.words, made.cues,
        carries, name,
    )  # fmt: skip
    return MaskedText(new, made.items, _earlier(connection, base, last), tuple(holding), next(iter(holding.values())))


def _earlier(connection: sqlite3.Connection, version: str, carries: Recorded) -> Earlier:
    """What was replaced in a text already, where it stands in the next one."""
    alignment = RecordedAlignment(carries["blocks"], carries["replaced"])
    found = Earlier([], {}, [])
    for items, undecided, engines in connection.execute(
        "select items, undecided, engines from masking where version_id = ? and removed = 0 and items is not null"
        " order by at, id",
        (version,),
    ):
        for start, end, kind, text in json.loads(items):
            at, until, became = alignment.place(start, end)
            if became in (Carried.UNCHANGED, Carried.MOVED):
                found.items.append([at, until, kind, text])
        found.undecided.update(json.loads(undecided or "{}"))
        found.engines.extend(json.loads(engines or "[]"))
    return found


def _records(
    connection: sqlite3.Connection, words: Words, labels: Mapping[str, str]
) -> tuple[list[str], Iterator[Remade]]:  # fmt: skip
    """Records whose body holds the name, and what they are about, as it is told without it; `labels` of speakers."""
    found: list[str] = []
    things: dict[tuple[str, str], None] = {}
    for key, kind, entity, body in connection.execute(
        "select id, kind, entity, body from change where body is not null and kind glob '*.put' order by clock, id"
    ):
        table = kind.partition(".")[0]
        if table not in ENTITIES or table in _TEAM:
            continue
        if words.replaced(json.loads(body), part=_part(table, entity)) is not None:
            found.append(key)
            things[table, entity] = None
    taken = {
        table: {row[0] for row in connection.execute(f"select name from {table} where removed = 0")}
        for table in _CALLED
    }
    made = (_remade(connection, words, *thing, taken) for thing in things)
    return found, (
        replace(each, fields={**each.fields, "label": labels[each.id]}) if each.id in labels else each for each in made
    )


def _part(table: str, thing: str) -> str | None:
    """The id of what is a part of the codebook; null for all else."""
    return thing if table in _CODEBOOK else None


def _remade(
    connection: sqlite3.Connection, words: Words, table: str, thing: str, taken: Mapping[str, set[str]]
) -> Remade:  # fmt: skip
    fields, removed = State(connection).row(ENTITIES[table], thing) or ({}, True)
    told = {
        name: value
        for name, value in (words.replaced(fields, part=_part(table, thing)) or fields).items()
        if value is not None
    }
    if table in _CALLED and not removed and told.get("name") != fields.get("name"):
        plain = str(told["name"])
        names = chain([plain], (f"{plain}-{n}" for n in count(2)))
        told["name"] = next(each for each in names if each not in taken[table])
        taken[table].add(told["name"])
    return Remade(table, thing, told, not removed)


def carry_out(act: Act, said: Masking, engines: Sequence[str]) -> None:
    """Erase and tell anew, inside an open transaction; `finish_erasing` has to follow once it is committed."""
    connection = act.connection
    replaced = []
    act.record_all((BODY, record, {}) for record in said.records)
    for each in said.texts:
        act.record(CONTENT, each.telling, {})  # An act that begins with an erasing is one that lasts.
        version = store_text(act, each.new)
        kept = set(_hashes(connection, version))
        act.put(
            "masking", new_id(), transcript_id=each.new.transcript_id, version_id=version,
            items=sorted(each.earlier.items + each.items), undecided=each.earlier.undecided,
            engines=list(dict.fromkeys([*each.earlier.engines, *engines])), coder_id=act.coder_id, at=act.at,
        )  # fmt: skip
        for key in _only_theirs(connection, each.older) - kept:
            act.record(CONTENT, key, {})
        replaced.append((version, each.items))
    rebuild(connection)
    for version, items in replaced:
        take_off(act, version, items)
    for thing in said.remade:
        _tell(act, thing)
    connection.execute(
        "delete from local where key in (select value from json_each(?))", (json.dumps(list(said.local)),)
    )
    begin_erasing(connection)


def _tell(act: Act, thing: Remade) -> None:
    if thing.live:
        act.record(f"{thing.table}.restore", thing.id, {})
    fields = dict(thing.fields)
    behind = fields.pop("behind", None) if thing.table == "framework_version" else None
    act.record(f"{thing.table}.put", thing.id, {"set": fields})
    if behind is not None:  # It stays in the team, and is told by a record of its own.
        act.record(f"{thing.table}.put", thing.id, {"set": {"behind": behind}, "was": {"behind": None}})


def _hashes(connection: sqlite3.Connection, version: str) -> list[str]:
    row = connection.execute(f"select {', '.join(CONTENTS)} from text_version where id = ?", (version,)).fetchone()
    return [key for key in row if key]


def _only_theirs(connection: sqlite3.Connection, versions: Sequence[str]) -> set[str]:
    """Hashes of what these texts are made of and no other is, as far as it is there."""
    rows = connection.execute(f"select id, {', '.join(CONTENTS)} from text_version").fetchall()
    kept = {key for version, *keys in rows if version not in versions for key in keys}
    mine = {key for version, *keys in rows if version in versions for key in keys if key} - kept
    return {
        row[0]
        for row in connection.execute(
            "select hash from content where state <> 'erased' and hash in (select value from json_each(?))",
            (json.dumps(sorted(mine)),),
        )
    }
