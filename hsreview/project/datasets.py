"""Segments, memos and progress with their places in words: what lists and exports are made of."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from hsreview.model.codebook import OUTSIDE_REF, Code, Codebook, Theme
from hsreview.model.coding import CONSENSUS, OWN, Coding, Memo
from hsreview.model.dataset import Basis, CodedSegment, CodeFacts, Dataset, MemoRow, ProgressRow
from hsreview.model.localized import Localized
from hsreview.model.people import Respondent, Speaker
from hsreview.model.text import Role, Span, Turn
from hsreview.model.transcript import Transcript
from hsreview.project import counts, queries
from hsreview.project.codebooks import OUTSIDE
from hsreview.project.log import changes


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as far as it is there: withheld or erased words, turns and sentences are empty."""

    text: str
    turns: list[Turn]
    turn_starts: list[int]
    sentences: tuple[Span, ...]
    sentence_starts: list[int]
    labelled: bool
    """Whether any turn bears a label."""

    def turn_at(self, offset: int) -> Turn | None:
        return self.turns[max(0, bisect_right(self.turn_starts, offset) - 1)] if self.turns else None

    def sentence_at(self, offset: int, turn: Turn) -> int:
        """1 for the first sentence of the turn; 0 before it."""
        first = bisect_right(self.sentence_starts, turn.start - 1)
        return max(0, bisect_right(self.sentence_starts, offset) - first)

    def place(self, offset: int) -> str:
        """`12.3`: turn and sentence at an offset; empty when the text is not there."""
        turn = self.turn_at(offset)
        return f"{turn.number}.{self.sentence_at(offset, turn)}" if turn else ""


def _read_text(connection: sqlite3.Connection, version_id: str) -> _Text:
    turns = queries.turns(connection, version_id)
    sentences = queries.sentences(connection, version_id)
    return _Text(
        queries.text_of(connection, version_id), turns, [t.start for t in turns], sentences, [s for s, _ in sentences],
        any(t.speaker is not None for t in turns),
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
) -> list[CodedSegment]:  # fmt: skip
    """Coded segments of one layer by transcript name and offset; numbered within each transcript.

    A passage that one coder gave one code twice is one segment. Where the text is withheld or erased, words are
    empty and the turn is 0. A `limit` reads no more than it must.
    """
    wanted = set(code_ids)
    voices = _Voices(
        {(s.transcript_id, s.label): s for s in queries.speakers(connection)},
        {t: people[0] for t, people in respondents_of(connection).items() if len(people) == 1},
    )
    memos: dict[str, list[str]] = {}
    for coding_id, words in connection.execute(
        "select coding_id, text from memo where removed = 0 and coding_id is not null order by created, id"
    ):
        memos.setdefault(coding_id, []).append(words)
    found: list[CodedSegment] = []
    for transcript in queries.transcripts(connection):
        if transcript_ids is not None and transcript.id not in transcript_ids:
            continue
        codings = queries.codings(connection, version_id=transcript.version_id, coder_id=coder_id, layer=layer)
        text: _Text | None = None
        for number, (coding, twins) in enumerate(_passages(codings), 1):
            if wanted and coding.code_id not in wanted:
                continue
            if len(found) == limit:
                return found
            text = text or _read_text(connection, transcript.version_id)
            memo = "\n".join(each for twin in twins for each in memos.get(twin, ()))
            found.append(_segment(coding, number, transcript, text, voices, memo))
    return found


def _passages(codings: Iterable[Coding]) -> list[tuple[Coding, list[str]]]:
    """Every passage once, with the ids of all codings that say the same of it; their flags and modifiers add up."""
    found: dict[tuple[object, ...], tuple[Coding, list[str]]] = {}
    for coding in codings:
        key = (coding.start, coding.end, coding.code_id, coding.coder_id, coding.pass_, coding.layer)
        if key not in found:
            found[key] = (coding, [coding.id])
            continue
        first, twins = found[key]
        flags = tuple(dict.fromkeys((*first.flags, *coding.flags)))
        both = replace(first, flags=flags, modifiers={**coding.modifiers, **first.modifiers})
        found[key] = (both, [*twins, coding.id])
    return list(found.values())


def _segment(
    coding: Coding, number: int, transcript: Transcript, text: _Text, voices: _Voices, memo: str
) -> CodedSegment:
    turn = text.turn_at(coding.start)
    if turn is None:
        return CodedSegment(coding, transcript.id, number, 0, 0, None, "", None, "", memo)
    speaker = _heard(coding, turn, text, transcript.id, voices.speakers)
    alone = None if text.labelled else voices.alone.get(transcript.id)
    return CodedSegment(
        coding=coding,
        transcript_id=transcript.id,
        number=number,
        turn=turn.number,
        sentence=text.sentence_at(coding.start, turn),
        speaker=turn.speaker,
        role=str(speaker.role) if speaker else "",
        respondent_id=speaker.respondent_id if speaker else alone,
        text=text.text[coding.start : coding.end],
        memo=memo,
    )


def _heard(
    coding: Coding, turn: Turn, text: _Text, transcript_id: str, speakers: Mapping[tuple[str, str], Speaker]
) -> Speaker | None:
    """Whose words a coding holds: the first respondent's whom it touches, else the speaker with whom it starts.

    A turn without a label in a text that has labels (a heading, a stage direction) is nobody's.
    """

    def behind(turn: Turn) -> Speaker | None:
        return None if turn.speaker is None and text.labelled else speakers.get((transcript_id, turn.speaker or ""))

    first = behind(turn)
    for other in text.turns[turn.number - 1 :]:
        if other.start >= coding.end:
            break
        speaker = behind(other)
        if speaker is not None and speaker.role is Role.RESPONDENT:
            return speaker
    return first


def respondents_of(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Transcript id → ids of the respondents who speak in it."""
    found: dict[str, tuple[str, ...]] = {}
    for transcript_id, respondent_id in connection.execute(
        "select distinct transcript_id, respondent_id from speaker where removed = 0 and respondent_id is not null"
        " and transcript_id in (select id from transcript where removed = 0) order by 1, 2"
    ):
        found[transcript_id] = (*found.get(transcript_id, ()), respondent_id)
    return found


def _respondents(connection: sqlite3.Connection) -> dict[str, Respondent]:
    """Everyone but those who speak in removed transcripts only."""
    silent = {
        row[0]
        for row in connection.execute(
            "select s.respondent_id from speaker s join transcript t on t.id = s.transcript_id where s.removed = 0"
            " and s.respondent_id is not null group by s.respondent_id having min(t.removed) = 1"
        )
    }
    return {r.id: r for r in queries.respondents(connection) if r.id not in silent}


def progress(connection: sqlite3.Connection) -> list[ProgressRow]:
    """How far every coder is with every transcript they were given, coded or marked."""
    names = {c.id: c.name for c in queries.coders(connection)}
    sizes = counts.sizes(connection)
    work = counts.work(connection)
    assigned, reviewed = queries.assigned(connection), queries.reviewed(connection)
    marked: dict[str, set[tuple[str, str]]] = {}
    for transcript_id, coder, pass_ in assigned | reviewed:
        marked.setdefault(transcript_id, set()).add((coder, pass_))
    rows = []
    for transcript in queries.transcripts(connection):
        size = sizes.get(transcript.version_id, counts.NOTHING)
        done = work.get(transcript.version_id, {})
        keys = marked.get(transcript.id, set()) | done.keys()
        for coder, pass_ in sorted(keys, key=lambda key: (names.get(key[0], ""), key)):
            own = done.get((coder, pass_)) or counts.Work()
            rows.append(
                ProgressRow(
                    transcript.id, coder, names.get(coder, coder), pass_,
                    assigned=(transcript.id, coder, pass_) in assigned, started=own.codings > 0,
                    reviewed=(transcript.id, coder, pass_) in reviewed, codings=own.codings,
                    coded_turns=own.coded_turns, turns=size.respondent_turns,
                )
            )  # fmt: skip
    return rows


def dataset(connection: sqlite3.Connection, basis: Basis, codebook: Codebook) -> Dataset:
    """Everything of the layer named by `basis`."""
    layer = OWN if basis.layer_coder else CONSENSUS
    transcripts = queries.transcripts(connection)
    found = segments(connection, coder_id=basis.layer_coder, layer=layer)
    codebook = _with_withheld(codebook, found)
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
        respondents=_respondents(connection),
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


def _with_withheld(codebook: Codebook, found: Iterable[CodedSegment]) -> Codebook:
    """`codebook` with a place for each code that codings bear, but whose making is withheld or erased."""
    known = {place.code.id for place in codebook.codes()}
    missing = dict.fromkeys(s.coding.code_id for s in found if s.coding.code_id not in known)
    if not missing:
        return codebook
    label = Localized(fr="Code retenu ou effacé", en="Withheld or erased code")
    codes = tuple(Code(code_id, f"?{n}", label, codable=False) for n, code_id in enumerate(missing, 1))
    themes = [theme for theme in codebook.themes if theme.id != OUTSIDE]
    outside = next((theme for theme in codebook.themes if theme.id == OUTSIDE), None)
    outside = outside or Theme(OUTSIDE, OUTSIDE_REF, Localized(fr="Hors grille", en="Outside the codebook"))
    return replace(codebook, themes=(*themes, replace(outside, codes=(*outside.codes, *codes))))


class _WordStarts(Mapping[str, Sequence[int]]):
    """Transcript → where the words of respondents' turns start; read from the file when they are asked for.

    A transcript whose text or words are withheld or erased is not in it: it has no numbers, which is not zero words.
    """

    def __init__(self, connection: sqlite3.Connection, versions: Mapping[str, str]) -> None:
        self._connection = connection
        self._versions = versions
        found = ((transcript_id, self._read(version)) for transcript_id, version in versions.items())
        self.counts = {transcript_id: len(starts) for transcript_id, starts in found if starts is not None}

    def __getitem__(self, transcript_id: str) -> Sequence[int]:
        starts = self._read(self._versions[transcript_id]) if transcript_id in self.counts else None
        if starts is None:
            raise KeyError(transcript_id)
        return starts

    def _read(self, version: str) -> array[int] | None:
        starts = word_starts(self._connection, version)
        if starts is None:
            return None
        answers = counts.answers(self._connection, version).get(version, [])
        found = array("I")
        for start, end in answers:
            found.extend(starts[bisect_left(starts, start) : bisect_left(starts, end)])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)


def word_starts(connection: sqlite3.Connection, version_id: str) -> array[int] | None:
    """Where the words of a text start, ascending; null when the text or its words are withheld or erased."""
    starts = array("I", (s for s, _ in queries.words(connection, version_id)))
    row = connection.execute(
        "select v.words, exists (select 1 from turn t where t.version_id = v.id) from text_version v where v.id = ?",
        (version_id,),
    ).fetchone()
    return starts if row is not None and row[1] and len(starts) == row[0] else None


def _segment_words(connection: sqlite3.Connection, found: Iterable[CodedSegment]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for version, segments_there in groupby(found, key=lambda s: s.coding.version_id):
        starts = word_starts(connection, version)
        if starts is None:
            continue
        for segment in segments_there:
            coding = segment.coding
            sizes[coding.id] = bisect_left(starts, coding.end) - bisect_left(starts, coding.start)
    return sizes


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
            "select code_id, count(distinct coder_id) from coding where removed = 0 and layer = 'own'"
            f" and version_id in ({queries.LIVE}) group by code_id"
        ).fetchall()
    )
    return {code: CodeFacts(added[code], changed[code], coders.get(code, 0)) for code in added}


def memo_rows(connection: sqlite3.Connection, codebook: Codebook, coder_id: str | None = None) -> list[MemoRow]:
    """Memos (of one coder, or all) with what they are about; one on a coding that was taken away keeps its place."""
    names = {c.id: c.name for c in queries.coders(connection)}
    refs = {place.code.id: place.code.ref for place in codebook.codes()}
    of_version = {t.version_id: t.id for t in queries.transcripts(connection)}
    memos = [_anchored(connection, memo) for memo in queries.memos(connection, coder_id=coder_id)]
    places = _places(connection, memos)
    return [
        MemoRow(
            memo.id, names.get(memo.coder_id, ""), memo.created, _about(memo),
            memo.transcript_id or of_version.get(memo.version_id or ""), refs.get(memo.code_id or "", ""),
            *places.get(memo.id, ("", "")), memo.text,
        )
        for memo in memos
    ]  # fmt: skip


def _anchored(connection: sqlite3.Connection, memo: Memo) -> Memo:
    """`memo` with the code and the segment of its coding."""
    row = connection.execute(
        'select code_id, version_id, start, "end" from coding where id = ?', (memo.coding_id,)
    ).fetchone()
    return replace(memo, code_id=row[0], version_id=row[1], start=row[2], end=row[3]) if row else memo


def _about(memo: Memo) -> str:
    targets = (("coding", memo.coding_id), ("segment", memo.version_id), ("code", memo.code_id),
               ("transcript", memo.transcript_id))  # fmt: skip
    return next((name for name, target in targets if target is not None), "project")


def _places(connection: sqlite3.Connection, memos: Iterable[Memo]) -> dict[str, tuple[str, str]]:
    """Memo id → place and words; each text is read once."""
    found: dict[str, tuple[str, str]] = {}
    anchored = sorted((m for m in memos if m.version_id), key=lambda m: m.version_id or "")
    for version_id, there in groupby(anchored, key=lambda m: m.version_id or ""):
        text = _read_text(connection, version_id)
        for memo in there:
            if memo.start is not None and memo.end is not None:
                found[memo.id] = (text.place(memo.start), text.text[memo.start : memo.end])
    return found
