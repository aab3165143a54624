"""Coded segments with their places and words: turn, sentence, whose words they are."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hsreview.model.coding import OWN, Coding
from hsreview.model.dataset import CodedSegment
from hsreview.model.people import Speaker
from hsreview.model.review import reading_of
from hsreview.model.text import Role, Span, Turn
from hsreview.model.transcript import Transcript
from hsreview.project import passes, queries


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text as far as it is there: withheld or erased words, turns and sentences are empty. Turns may be a part."""

    text: str
    turns: list[Turn]
    turn_starts: list[int]
    sentences: tuple[Span, ...]
    sentence_starts: list[int]
    labelled: bool
    """Whether any turn bears a label."""

    def turn_at(self, offset: int) -> Turn | None:
        """The turn at an offset; null when the text is not there."""
        return self.turns[max(0, bisect_right(self.turn_starts, offset) - 1)] if self.turns else None

    def sentence_at(self, offset: int, turn: Turn) -> int:
        """1 for the first sentence of the turn; 0 before it."""
        first = bisect_right(self.sentence_starts, turn.start - 1)
        return max(0, bisect_right(self.sentence_starts, offset) - first)

    def place(self, offset: int) -> str:
        """`12.3`: turn and sentence at an offset; empty when the text is not there."""
        turn = self.turn_at(offset)
        return f"{turn.number}.{self.sentence_at(offset, turn)}" if turn else ""


def read_text(connection: sqlite3.Connection, version_id: str, within: Span | None = None) -> PlacedText:
    """The text of a version with its sentences and turns, of which only those that touch `within` where it is given."""
    turns = queries.turns(connection, version_id, within)
    sentences = queries.sentences(connection, version_id)
    labelled = any(t.speaker is not None for t in turns) or (
        within is not None and queries.has_labels(connection, version_id)
    )
    return PlacedText(
        queries.text_of(connection, version_id), turns, [t.start for t in turns], sentences, [s for s, _ in sentences],
        labelled,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Voices:
    """Who speaks in the transcripts."""

    speakers: Mapping[tuple[str, str], Speaker]
    """`(transcript, label)` → speaker; in a text without labels, the person behind it has the empty label."""
    alone: Mapping[str, str]
    """Transcript → its only respondent."""


def segments(
    connection: sqlite3.Connection, *, code_ids: Iterable[str] = (), coder_id: str | None = None,
    layer: str | None = OWN, transcript_ids: Collection[str] | None = None, limit: int | None = None,
    reading: str | None = None, derived: Mapping[str, Sequence[Coding]] | None = None, may: queries.May | None = None,
    lost: bool = False,
) -> list[CodedSegment]:  # fmt: skip
    """Coded segments of one layer by transcript name and offset; numbered within each transcript.

    `reading` is empty for first readings, else the name of a repetition; null: all, each apart.
    A passage that one coder gave one code twice is one segment. Where the text is withheld or erased, words are
    empty and the turn is 0. A `limit` reads no more than it must. `derived` (version id → codings by place) are the
    codings of a layer that is not stored, the consensus. With `may`, codings and memos that the reader may not see are
    left out. With `lost`, those of earlier texts whose words the present one no longer has, and no others.
    """
    wanted = set(code_ids)
    earlier = _earlier_texts(connection) if lost else {}
    voices = _voices(connection)
    memos = _memos(connection, may)
    parts = passes.parts(connection)
    found: list[CodedSegment] = []
    for transcript in queries.transcripts(connection):
        if transcript_ids is not None and transcript.id not in transcript_ids:
            continue
        for version in earlier.get(transcript.id, ()) if lost else (transcript.version_id,):
            if derived is not None:
                codings = list(derived.get(version, ()))
            else:
                codings = queries.codings(
                    connection, version_id=version, coder_id=coder_id, layer=layer, reading=reading
                )
                codings = [c for c in codings if may is None or may(transcript.id, c.coder_id, c.pass_)]
            text: PlacedText | None = None
            for number, (coding, twins) in enumerate(_passages(codings, parts), 1):
                if wanted and coding.code_id not in wanted:
                    continue
                if len(found) == limit:
                    return found
                text = text or read_text(connection, version)
                memo = "\n".join(each for twin in twins for each in memos.get(twin, ()))
                found.append(_segment(coding, number, transcript, text, voices, memo))
    return found


def segments_by_id(
    connection: sqlite3.Connection, coding_ids: Iterable[str], derived: Iterable[Coding] = ()
) -> dict[str, CodedSegment]:
    """Id of a coding → its segment in the present text; codings that are removed, lost or unknown are left out.

    `derived`: codings of a layer that is not stored, of which some may be meant. Their number in the transcript is 0.
    """
    wanted = set(coding_ids)
    stored = queries.codings_by_id(connection, wanted)
    there = {coding.id: coding for coding in (*derived, *stored) if coding.id in wanted}
    return {each.coding.id: each for each in _placed(connection, there.values())}


def segments_of_codes(
    connection: sqlite3.Connection, code_ids: Collection[str], *, coder_id: str | None = None,
    may: queries.May | None = None,
) -> list[CodedSegment]:  # fmt: skip
    """Coded segments of these codes in first readings, by transcript name and offset; no other codings are read.

    A passage that one coder gave one code twice is one segment. Their number in the transcript is 0.
    """
    found = queries.codings(connection, coder_id=coder_id, code_ids=code_ids, reading="") if code_ids else []
    once = {(each.version_id, each.start, each.end, each.code_id, each.coder_id): each for each in reversed(found)}
    segments = _placed(connection, reversed(once.values()))
    return [s for s in segments if may is None or may(s.transcript_id, s.coding.coder_id, s.coding.pass_)]


def _placed(connection: sqlite3.Connection, codings: Iterable[Coding]) -> list[CodedSegment]:
    """Codings with their places and words, by transcript name; those on earlier texts are left out."""
    by_version: dict[str, list[Coding]] = {}
    for coding in codings:
        by_version.setdefault(coding.version_id, []).append(coding)
    voices = _voices(connection)
    found: list[CodedSegment] = []
    for transcript in queries.transcripts(connection):
        here = by_version.get(transcript.version_id)
        if here:
            within = min(coding.start for coding in here), max(coding.end for coding in here)
            text = read_text(connection, transcript.version_id, within)
            found += [_segment(each, 0, transcript, text, voices, "") for each in here]
    return found


def _voices(connection: sqlite3.Connection) -> _Voices:
    return _Voices(
        {(s.transcript_id, s.label): s for s in queries.speakers(connection)},
        {t: people[0] for t, people in respondents_of(connection).items() if len(people) == 1},
    )


def _earlier_texts(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Transcript id → its texts but the newest; a coding that stands on one of them has lost its words."""
    newest = {transcript.version_id for transcript in queries.transcripts(connection)}
    found: dict[str, list[str]] = {}
    for version, transcript in connection.execute(
        "select id, transcript_id from text_version where removed = 0 order by number, id"
    ):
        if version not in newest:
            found.setdefault(transcript, []).append(version)
    return found


def _memos(connection: sqlite3.Connection, may: queries.May | None) -> dict[str, list[str]]:
    """Coding id → what is noted on it, by time."""
    found: dict[str, list[str]] = {}
    for coding_id, words, coder, transcript, pass_ in connection.execute(
        "select m.coding_id, m.text, m.coder_id, v.transcript_id, c.pass from memo m"
        " join coding c on c.id = m.coding_id"
        " join text_version v on v.id = c.version_id where m.removed = 0 order by m.created, m.id"
    ):
        if may is None or may(transcript, coder, pass_):
            found.setdefault(coding_id, []).append(words)
    return found


def _passages(codings: Iterable[Coding], parts: Collection[str]) -> list[tuple[Coding, list[str]]]:
    """Every passage once, with the ids of all codings that say the same of it; their flags and modifiers add up."""
    found: dict[tuple[object, ...], tuple[Coding, list[str]]] = {}
    for coding in codings:
        key = (coding.start, coding.end, coding.code_id, coding.coder_id, reading_of(coding.pass_, parts), coding.layer)
        if key not in found:
            found[key] = (coding, [coding.id])
            continue
        first, twins = found[key]
        flags = tuple(dict.fromkeys((*first.flags, *coding.flags)))
        both = replace(first, flags=flags, modifiers={**coding.modifiers, **first.modifiers})
        found[key] = (both, [*twins, coding.id])
    return list(found.values())


def _segment(
    coding: Coding, number: int, transcript: Transcript, text: PlacedText, voices: _Voices, memo: str
) -> CodedSegment:
    turn = text.turn_at(coding.start)
    if turn is None:
        return CodedSegment(coding, transcript.id, number, 0, 0, None, "", None, "", memo)
    speaker = _heard(coding, turn, text, transcript.id, voices.speakers)
    alone = None if text.labelled else voices.alone.get(transcript.id)
    last = text.turn_at(coding.end - 1)
    return CodedSegment(
        coding=coding,
        transcript_id=transcript.id,
        number=number,
        turn=turn.number,
        sentence=text.sentence_at(coding.start, turn),
        speaker=speaker.label if speaker else turn.speaker,
        role=str(speaker.role) if speaker else "",
        respondent_id=speaker.respondent_id if speaker else alone,
        text=text.text[coding.start : coding.end],
        memo=memo,
        last_turn=last.number if last is not None else turn.number,
    )


def _heard(
    coding: Coding, turn: Turn, text: PlacedText, transcript_id: str, speakers: Mapping[tuple[str, str], Speaker]
) -> Speaker | None:
    """Whose words a coding holds: the first respondent's whom it touches, else the speaker with whom it starts.

    A turn without a label in a text that has labels (a heading, a stage direction) is nobody's.
    """

    def behind(turn: Turn) -> Speaker | None:
        return None if turn.speaker is None and text.labelled else speakers.get((transcript_id, turn.speaker or ""))

    first = behind(turn)
    for other in text.turns[bisect_right(text.turn_starts, turn.start) - 1 :]:
        if other.start >= coding.end:
            break
        speaker = behind(other)
        if speaker is not None and speaker.role is Role.RESPONDENT:
            return speaker
    return first


def nameless(connection: sqlite3.Connection) -> dict[str, int]:
    """Transcript id → how many labels speak in its newest text as respondents with nobody known behind them."""
    return dict(
        connection.execute(
            "select s.transcript_id, count(*) from speaker s join transcript t on t.id = s.transcript_id"
            " where s.removed = 0 and t.removed = 0 and s.respondent_id is null and s.role = 'respondent'"
            " and exists (select 1 from turn u where u.speaker_id = s.id and u.version_id = (select v.id from"
            " text_version v where v.transcript_id = t.id and v.removed = 0 and v.number is not null"
            " order by v.number desc, v.id desc limit 1)) group by 1"
        ).fetchall()
    )


def respondents_of(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Transcript id → ids of the respondents who speak in it."""
    found: dict[str, tuple[str, ...]] = {}
    for transcript_id, respondent_id in connection.execute(
        "select distinct transcript_id, respondent_id from speaker where removed = 0 and respondent_id is not null"
        " and transcript_id in (select id from transcript where removed = 0) order by 1, 2"
    ):
        found[transcript_id] = (*found.get(transcript_id, ()), respondent_id)
    return found
