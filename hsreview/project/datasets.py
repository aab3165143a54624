"""Everything of one layer, memos and progress included: what lists and exports are made of."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from hsreview.model.codebook import OUTSIDE_REF, Code, Codebook, Theme
from hsreview.model.coding import CONSENSUS, OWN, Coding, Memo
from hsreview.model.dataset import Basis, CodedSegment, CodeFacts, Dataset, MemoRow, ProgressRow
from hsreview.model.localized import Localized
from hsreview.model.people import Respondent
from hsreview.project import counts, passes, queries
from hsreview.project.codebooks import OUTSIDE
from hsreview.project.consents import gated_transcripts
from hsreview.project.log import changes
from hsreview.project.segments import nameless, read_text, respondents_of, segments
from hsreview.project.translations import translated


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


def progress(connection: sqlite3.Connection, may: queries.May | None = None) -> list[ProgressRow]:
    """How far every coder is with every transcript they were given, coded or marked.

    With `may`, how much they coded is left out where the reader may not see it.
    """
    names = {c.id: c.name for c in queries.coders(connection)}
    sizes = counts.sizes(connection)
    work = counts.work(connection)
    assigned, reviewed = queries.assigned(connection), queries.reviewed(connection)
    earlier = passes.on_earlier_text(connection)
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
            seen = may is None or may(transcript.id, coder, pass_)
            rows.append(
                ProgressRow(
                    transcript.id, coder, names.get(coder, coder), pass_,
                    assigned=(transcript.id, coder, pass_) in assigned, started=own.codings > 0,
                    reviewed=(transcript.id, coder, pass_) in reviewed, codings=own.codings if seen else None,
                    coded_turns=own.coded_turns if seen else None, turns=size.respondent_turns,
                    corrected_since=(transcript.id, coder, pass_) in earlier,
                )
            )  # fmt: skip
    return rows


def dataset(
    connection: sqlite3.Connection, basis: Basis, codebook: Codebook, *,
    derived: Mapping[str, Sequence[Coding]] | None = None, settled: frozenset[str] = frozenset(),
    unsettled: frozenset[str] = frozenset(), may: queries.May | None = None,
) -> Dataset:  # fmt: skip
    """Everything of the layer named by `basis`.

    Of the consensus, `derived` are its codings by version, `settled` the transcripts that are in it, and `unsettled`
    those that were reviewed and are not. With `may`, what stands beside the layer (memos, progress, use of codes) is
    what the reader may see.
    """
    layer = OWN if basis.layer_coder else CONSENSUS
    transcripts = queries.transcripts(connection)
    reading = basis.layer_pass if basis.layer_coder else None
    found = segments(connection, coder_id=basis.layer_coder, layer=layer, reading=reading, derived=derived, may=may)
    codebook = _with_withheld(codebook, found)
    found = _with_translations(connection, found, may)
    coders = {c.id: c for c in queries.coders(connection)}
    coded = frozenset(s.transcript_id for s in found)
    if basis.layer_coder:
        present = {t.id for t in transcripts}
        own = (basis.layer_coder, basis.layer_pass)
        reviewed = frozenset(t for t, *whose in passes.finished(connection) if tuple(whose) == own and t in present)
    else:
        reviewed = settled
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
        nameless=nameless(connection),
        gated=gated_transcripts(connection),
        respondent_words=starts.counts,
        segment_words=_segment_words(connection, found),
        word_starts=starts,
        code_facts=code_facts(connection, may),
        reviewed=reviewed,
        begun=coded - reviewed,
        unsettled=unsettled,
        memos=memo_rows(connection, codebook, basis.layer_coder, reading, may),
        progress=progress(connection, may),
    )


def _with_translations(
    connection: sqlite3.Connection, found: list[CodedSegment], may: queries.May | None
) -> list[CodedSegment]:
    known = translated(connection, may)
    if not known:
        return found
    places = ((each.coding.version_id, each.coding.start, each.coding.end) for each in found)
    return [
        replace(each, translated=tuple(known[place])) if place in known else each
        for each, place in zip(found, places, strict=True)
    ]


def uncoded(connection: sqlite3.Connection, basis: Basis, codebook: Codebook) -> Dataset:
    """The interviews and the people who speak in them, without anybody's codings."""
    return Dataset(
        basis=basis, codebook=codebook, transcripts=queries.transcripts(connection), segments=(),
        respondents=_respondents(connection), organisations={o.id: o for o in queries.organisations(connection)},
        respondents_of=respondents_of(connection), nameless=nameless(connection), gated=gated_transcripts(connection),
    )  # fmt: skip


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
    starts = queries.word_starts(connection, version_id)
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


def code_facts(connection: sqlite3.Connection, may: queries.May | None = None) -> dict[str, CodeFacts]:
    """Code id → the codebook version in which it appeared and last changed, and how many coders use it.

    With `may`, those of whom the reader may see it are counted.
    """
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
    coders: dict[str, set[str]] = {}
    for code, coder, transcript, pass_ in connection.execute(
        "select distinct c.code_id, c.coder_id, v.transcript_id, c.pass from coding c join text_version v"
        f" on v.id = c.version_id where c.removed = 0 and c.layer = 'own' and c.version_id in ({queries.LIVE})"
    ):
        if may is None or may(transcript, coder, pass_):
            coders.setdefault(code, set()).add(coder)
    return {code: CodeFacts(added[code], changed[code], len(coders.get(code, ()))) for code in added}


def memo_rows(
    connection: sqlite3.Connection, codebook: Codebook, coder_id: str | None = None, reading: str | None = None,
    may: queries.May | None = None,
) -> list[MemoRow]:  # fmt: skip
    """Memos (of one coder, or all) with what they are about; one on a coding that was taken away keeps its place.

    With `reading` those on codings of other readings are left out; with `may`, those that the reader may not see.
    """
    names = {c.id: c.name for c in queries.coders(connection)}
    refs = {place.code.id: place.code.ref for place in codebook.codes()}
    of_version = dict(connection.execute("select id, transcript_id from text_version").fetchall())
    found = queries.memos(connection, coder_id=coder_id)
    if reading is not None:
        column = passes.reading_column(connection)
        others = connection.execute(f"select id from coding where layer = 'own' and {column} <> ?", (reading,))
        elsewhere = {row[0] for row in others}
        found = [memo for memo in found if memo.coding_id not in elsewhere]
    memos = [_anchored(connection, memo) for memo in found]
    places = _places(connection, memos)
    of_pass = dict(connection.execute("select id, pass from coding where pass <> ''").fetchall())
    rows = [
        MemoRow(
            memo.id, names.get(memo.coder_id, ""), memo.created, _about(memo),
            memo.transcript_id or of_version.get(memo.version_id or ""), refs.get(memo.code_id or "", ""),
            *places.get(memo.id, ("", "")), memo.text, memo.coder_id, of_pass.get(memo.coding_id or "", ""),
            _span(memo),
        )
        for memo in memos
    ]  # fmt: skip
    return [row for row in rows if may is None or may(row.transcript_id, row.coder_id, row.pass_)]


def _anchored(connection: sqlite3.Connection, memo: Memo) -> Memo:
    """`memo` with the code and the segment of its coding."""
    row = connection.execute(
        'select code_id, version_id, start, "end" from coding where id = ?', (memo.coding_id,)
    ).fetchone()
    return replace(memo, code_id=row[0], version_id=row[1], start=row[2], end=row[3]) if row else memo


def _span(memo: Memo) -> tuple[str, int, int] | None:
    if memo.version_id is None or memo.start is None or memo.end is None:
        return None
    return memo.version_id, memo.start, memo.end


def _about(memo: Memo) -> str:
    targets = (("coding", memo.coding_id), ("segment", memo.version_id), ("code", memo.code_id),
               ("transcript", memo.transcript_id))  # fmt: skip
    return next((name for name, target in targets if target is not None), "project")


def _places(connection: sqlite3.Connection, memos: Iterable[Memo]) -> dict[str, tuple[str, str]]:
    """Memo id → place and words; each text is read once."""
    found: dict[str, tuple[str, str]] = {}
    anchored = sorted((m for m in memos if m.version_id), key=lambda m: m.version_id or "")
    for version_id, there in groupby(anchored, key=lambda m: m.version_id or ""):
        text = read_text(connection, version_id)
        for memo in there:
            if memo.start is not None and memo.end is not None:
                found[memo.id] = (text.place(memo.start), text.text[memo.start : memo.end])
    return found
