"""Segments, memos and progress with their places in words: what lists and exports are made of."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from hsreview.model.codebook import Codebook
from hsreview.model.coding import OWN, Coding
from hsreview.model.dataset import Basis, CodedSegment, CodeFacts, Dataset, MemoRow, ProgressRow
from hsreview.model.people import Speaker
from hsreview.model.text import Role, Span, Turn
from hsreview.model.transcript import Transcript
from hsreview.project import content, queries
from hsreview.project.log import changes


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    turns: list[Turn]
    turn_starts: list[int]
    sentences: tuple[Span, ...]
    sentence_starts: list[int]

    @property
    def labelled(self) -> bool:
        return any(turn.speaker is not None for turn in self.turns)

    def turn_at(self, offset: int) -> Turn | None:
        """Null when the text is withheld or erased."""
        return self.turns[max(0, bisect_right(self.turn_starts, offset) - 1)] if self.turns else None

    def sentence_at(self, offset: int, turn: Turn) -> int:
        """1 for the first sentence of the turn; 0 before it."""
        first = bisect_right(self.sentence_starts, turn.start - 1)
        return max(0, bisect_right(self.sentence_starts, offset) - first)


class Texts:
    """The texts of a project's versions, read one at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._version = ""
        self._text = _Text("", [], [], (), [])

    def get(self, version_id: str) -> _Text:
        """Text, turns and sentences of a version; the last one asked for is kept."""
        if version_id != self._version:
            turns = queries.turns(self._connection, version_id)
            sentences = content.spans(self._connection, queries.unit_hashes(self._connection, version_id)[0])
            text = queries.text_of(self._connection, version_id)
            self._text = _Text(text, turns, [t.start for t in turns], sentences, [s for s, _ in sentences])
            self._version = version_id
        return self._text


def coding_counts(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """`(version, coder, codings)` of the coders' own layers."""
    return connection.execute(
        f"select version_id, coder_id, count(*) from {queries.DISTINCT} where layer = 'own' group by 1, 2"
    ).fetchall()


def place_of(connection: sqlite3.Connection, version_id: str, offset: int, texts: Texts | None = None) -> str:
    """`12.3`: turn and sentence at an offset."""
    text = (texts or Texts(connection)).get(version_id)
    turn = text.turn_at(offset)
    if turn is None:
        return ""
    return f"{turn.number}.{text.sentence_at(offset, turn)}"


def segments(
    connection: sqlite3.Connection,
    *,
    code_ids: Iterable[str] = (),
    coder_id: str | None = None,
    layer: str | None = OWN,
) -> list[CodedSegment]:
    """Coded segments of one layer by transcript name and offset; numbered within each transcript.

    One passage under one code counts once for a coder (two codings may be left after their codes were merged); the
    words of a text that is withheld or erased are empty.
    """
    transcripts = {t.version_id: t for t in queries.transcripts(connection)}
    order = {version: position for position, version in enumerate(transcripts)}
    everything = queries.codings(connection, coder_id=coder_id, layer=layer)
    codings = [c for c in everything if c.version_id in order]
    codings.sort(key=lambda c: (order[c.version_id], c.start, -c.end, c.id))
    wanted = set(code_ids)
    memos: dict[str, list[str]] = {}
    for coding_id, text in connection.execute(
        "select coding_id, text from memo where removed = 0 and coding_id is not null order by created, id"
    ):
        memos.setdefault(coding_id, []).append(text)
    speakers = {(s.transcript_id, s.label): s for s in queries.speakers(connection)}
    alone = {t: people[0] for t, people in respondents_of(connection).items() if len(people) == 1}
    texts = Texts(connection)
    found: list[CodedSegment] = []
    number, version = 0, ""
    seen: set[tuple[object, ...]] = set()
    for coding in codings:
        place = (
            coding.version_id,
            coding.start,
            coding.end,
            coding.code_id,
            coding.coder_id,
            coding.layer,
            coding.pass_,
        )
        if place in seen:
            continue
        seen.add(place)
        number = 1 if coding.version_id != version else number + 1
        version = coding.version_id
        if wanted and coding.code_id not in wanted:
            continue
        transcript = transcripts[version]
        found.append(_segment(coding, number, transcript, texts.get(version), speakers, alone, memos))
    return found


def _segment(
    coding: Coding, number: int, transcript: Transcript, text: _Text, speakers: Mapping[tuple[str, str], Speaker],
    alone: Mapping[str, str], memos: Mapping[str, list[str]],
) -> CodedSegment:  # fmt: skip
    turn = text.turn_at(coding.start)
    speaker = _heard(coding, turn, text, transcript.id, speakers) if turn else None
    person = speaker.respondent_id if speaker else None
    if turn is not None and not text.labelled:
        person = alone.get(transcript.id)
    return CodedSegment(
        coding=coding,
        transcript_id=transcript.id,
        number=number,
        turn=turn.number if turn else 0,
        sentence=text.sentence_at(coding.start, turn) if turn else 0,
        speaker=turn.speaker if turn else None,
        role=str(speaker.role) if speaker else "",
        respondent_id=person,
        text=text.text[coding.start : coding.end],
        memo="\n".join(memos.get(coding.id, ())),
    )


def _heard(
    coding: Coding, turn: Turn, text: _Text, transcript_id: str, speakers: Mapping[tuple[str, str], Speaker]
) -> Speaker | None:
    """Whose words a coding holds: the first respondent's whom it touches, else the speaker with whom it starts."""
    first = speakers.get((transcript_id, turn.speaker)) if turn.speaker is not None else None
    for other in text.turns[turn.number - 1 :]:
        if other.start >= coding.end:
            break
        speaker = speakers.get((transcript_id, other.speaker)) if other.speaker is not None else None
        if speaker is not None and speaker.role is Role.RESPONDENT:
            return speaker
    return first


def respondents_of(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Transcript id → ids of the respondents who speak in it."""
    found: dict[str, tuple[str, ...]] = {}
    for transcript_id, respondent_id in connection.execute(
        "select distinct transcript_id, respondent_id from speaker"
        " where removed = 0 and respondent_id is not null order by 1, 2"
    ):
        found[transcript_id] = (*found.get(transcript_id, ()), respondent_id)
    return found


def progress(connection: sqlite3.Connection) -> list[ProgressRow]:
    """How far every coder is with every transcript they were given, coded or marked."""
    names = {c.id: c.name for c in queries.coders(connection)}
    sizes = queries.sizes(connection)
    coded = queries.coded_turns(connection)
    counts: dict[tuple[str, str, str], int] = {}
    for version, coder, pass_, n in connection.execute(
        f"select version_id, coder_id, pass, count(*) from {queries.DISTINCT} where layer = 'own' group by 1, 2, 3"
    ):
        counts[version, coder, pass_] = n
    assigned, reviewed = queries.assigned(connection), queries.reviewed(connection)
    rows = []
    for transcript in queries.transcripts(connection):
        size = sizes.get(transcript.version_id, queries.Size(0, 0, 0, 0))
        keys = {(c, p) for t, c, p in assigned | reviewed if t == transcript.id}
        keys |= {(c, p) for v, c, p in counts if v == transcript.version_id}
        for coder, pass_ in sorted(keys, key=lambda key: (names.get(key[0], ""), key)):
            n = counts.get((transcript.version_id, coder, pass_), 0)
            rows.append(
                ProgressRow(
                    transcript.id, coder, names.get(coder, coder), pass_,
                    assigned=(transcript.id, coder, pass_) in assigned, started=n > 0,
                    reviewed=(transcript.id, coder, pass_) in reviewed, codings=n,
                    coded_turns=coded.get((transcript.version_id, coder, pass_), 0), turns=size.respondent_turns,
                )
            )  # fmt: skip
    return rows


def dataset(connection: sqlite3.Connection, basis: Basis, codebook: Codebook) -> Dataset:
    """Everything of the layer named by `basis`."""
    layer = OWN if basis.layer_coder else "consensus"
    transcripts = queries.transcripts(connection)
    found = segments(connection, coder_id=basis.layer_coder, layer=layer)
    coders = {c.id: c for c in queries.coders(connection)}
    read = {s.transcript_id for s in found}
    if basis.layer_coder:
        read |= {t for t, c, _p in queries.reviewed(connection) if c == basis.layer_coder}
    starts = _WordStarts(connection, {t.id: t.version_id for t in transcripts if t.version_id})
    return Dataset(
        basis=basis,
        codebook=codebook,
        transcripts=transcripts,
        segments=found,
        coders=coders,
        respondents={r.id: r for r in queries.respondents(connection)},
        organisations={o.id: o for o in queries.organisations(connection)},
        respondents_of=respondents_of(connection),
        respondent_words=starts.counts,
        segment_words=_segment_words(connection, found),
        word_starts=starts,
        code_facts=code_facts(connection),
        read=frozenset(read),
        memos=memo_rows(connection, codebook, basis.layer_coder),
        progress=progress(connection),
    )


class _WordStarts(Mapping[str, Sequence[int]]):
    """Transcript → where the words of respondents' turns start; read from the file when they are asked for."""

    def __init__(self, connection: sqlite3.Connection, versions: Mapping[str, str]) -> None:
        self._connection = connection
        self._versions = versions
        self.counts = {transcript_id: len(self[transcript_id]) for transcript_id in versions}

    def __getitem__(self, transcript_id: str) -> Sequence[int]:
        version = self._versions[transcript_id]
        starts = word_starts(self._connection, version)
        roles = {s.label: s.role for s in queries.speakers(self._connection, transcript_id)}
        turns = queries.turns(self._connection, version)
        unlabelled = all(turn.speaker is None for turn in turns)
        found = array("I")
        for turn in turns:
            if unlabelled or roles.get(turn.speaker or "") is Role.RESPONDENT:
                found.extend(starts[bisect_left(starts, turn.label_end) : bisect_left(starts, turn.end)])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._versions)

    def __len__(self) -> int:
        return len(self._versions)


def word_starts(connection: sqlite3.Connection, version_id: str) -> array[int]:
    """Where the words of a text start, ascending."""
    return array("I", (s for s, _ in content.spans(connection, queries.unit_hashes(connection, version_id)[1])))


def _segment_words(connection: sqlite3.Connection, found: Iterable[CodedSegment]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for version, segments_there in groupby(found, key=lambda s: s.coding.version_id):
        starts = word_starts(connection, version)
        for segment in segments_there:
            coding = segment.coding
            counts[coding.id] = bisect_left(starts, coding.end) - bisect_left(starts, coding.start)
    return counts


def code_facts(connection: sqlite3.Connection) -> dict[str, CodeFacts]:
    """Code id → the codebook version in which it appeared and last changed, and how many coders use it."""
    base, edits, act = "", 0, ""
    added: dict[str, str] = {}
    changed: dict[str, str] = {}
    for change in changes(connection, "kind glob 'code.*' or kind glob 'codebook.*'"):
        if change.act != act:
            act, edits = change.act, edits + 1
        if change.kind == "codebook.put" and change.body is not None:
            base, edits = change.body["set"].get("version", base), 0
        version = f"{base}+{edits}" if edits else base
        added.setdefault(change.entity, version)
        changed[change.entity] = version
    coders = dict(
        connection.execute(
            "select code_id, count(distinct coder_id) from coding where removed = 0 and layer = 'own' group by code_id"
        ).fetchall()
    )
    return {code: CodeFacts(added[code], changed[code], coders.get(code, 0)) for code in added}


def memo_rows(connection: sqlite3.Connection, codebook: Codebook, coder_id: str | None = None) -> list[MemoRow]:
    """Memos (of one coder, or all) with what they are about."""
    names = {c.id: c.name for c in queries.coders(connection)}
    refs = {place.code.id: place.code.ref for place in codebook.codes()}
    codings = {c.id: c for c in queries.codings(connection, layer=None)}
    of_version = {t.version_id: t.id for t in queries.transcripts(connection)}
    present = set(of_version.values())
    texts = Texts(connection)
    rows = []
    for memo in queries.memos(connection, coder_id=coder_id):
        coding = codings.get(memo.coding_id or "")
        version = coding.version_id if coding else memo.version_id
        start, end = (coding.start, coding.end) if coding else (memo.start, memo.end)
        place = quote = ""
        if (version and version not in of_version) or (memo.transcript_id and memo.transcript_id not in present):
            continue
        if version and start is not None and end is not None:
            place = place_of(connection, version, start, texts)
            quote = texts.get(version).text[start:end]
        about = next(
            (name for name, here in (("coding", memo.coding_id), ("segment", start is not None), ("code", memo.code_id),
                                     ("transcript", memo.transcript_id)) if here), "project",
        )  # fmt: skip
        code = refs.get(coding.code_id if coding else memo.code_id or "", "")
        transcript = memo.transcript_id or of_version.get(version or "")
        rows.append(
            MemoRow(
                memo.id, names.get(memo.coder_id, ""), memo.created, about, transcript, code, place, quote, memo.text
            )
        )
    return rows
