"""Comparing coders: agreement with its basis, typed differences, and which code of one meets which of another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hsreview.model.agreement import AgreementBasis as AgreementBasis
from hsreview.model.agreement import AgreementReport as AgreementReport
from hsreview.model.agreement import Estimate as Estimate
from hsreview.model.agreement import Unit as Unit
from hsreview.model.codebook import Codebook
from hsreview.model.coding import CONSENSUS
from hsreview.model.people import Coder
from hsreview.model.review import Decision as Decision
from hsreview.model.review import Difference as Difference
from hsreview.model.review import DifferenceKind as DifferenceKind
from hsreview.model.review import Entry, Mark, Standing, reading_of
from hsreview.model.transcript import Transcript
from hsreview.project import passes, reviews
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.segments import read_text
from hsreview.review.blind import sight
from hsreview.review.consensus import Readings, consensus
from hsreview.workflows.adjudicating import Reviewed, consensus_of, overlap_of, reviewed_readings
from hsreview.workflows.compared import (
    Scene,
    codes_of,
    counted,
    names_of,
    rolled,
    scene_of,
    text_of,
    texts_of,
    turns_of,
)
from hsreview.workflows.compared import Selection as Selection
from hsreview.workflows.primary_measure import primary

if TYPE_CHECKING:
    from hsreview.review.reporting import Batch, CodeName
    from hsreview.review.units import ComparedText


@dataclass(frozen=True, slots=True)
class PlacedDifference:
    """A difference with its words and its place."""

    difference: Difference
    transcript: str
    """Name."""
    turn: int
    place: str
    """`12.3`: turn and sentence in which it starts."""
    quote: str
    """The text from its first to its last character."""
    codes: Mapping[str, tuple[str, ...]]
    """Coder id → refs of the codes that this coder put there; empty for none."""


@dataclass(frozen=True, slots=True)
class ConfusionTable:
    """Which code of one coder meets which code of another. The last row and column are what was left uncoded."""

    coders: tuple[str, str]
    """Ids of the coder of the rows and the coder of the columns; empty texts: pooled over all pairs."""
    refs: tuple[str, ...]
    counts: tuple[tuple[float, ...], ...]
    """`len(refs) + 1` rows and columns; their sum is the text (in characters) or the units compared."""


@dataclass(frozen=True, slots=True)
class Confusion:
    """The matrices of one comparison, and what they rest on."""

    basis: AgreementBasis
    tables: Sequence[ConfusionTable]
    """One for each pair of coders, then (for more than two) the pooled one."""


def compare(project: Project, selection: Selection | None = None, *, viewer: Coder | None = None) -> AgreementReport:
    """All measures of one comparison. `viewer` sees no numbers of transcripts that they still code blind.

    Where no transcript was reviewed by two of the coders, the basis names none, and there are no codes.
    """
    from hsreview.review.reporting import report

    wanted = selection or Selection()
    with project.snapshot():
        book = load_codebook(project.connection)
        scene = scene_of(project, wanted, viewer, book)
        texts = texts_of(project, scene, wanted)
        codes = codes_of(scene, texts, book, wanted)
        basis = _basis(project, scene, wanted, book, texts)
        kinds = [each for reading, found in _differing(project, scene, wanted) for each in found]
        return report(
            basis, texts, names_of(book), codes, _batches(project, scene), _intra(project, scene, wanted, viewer, book),
            _after(project, scene, texts, wanted, codes), kinds,
        )  # fmt: skip


def compare_codes(project: Project, selection: Selection, *, viewer: Coder | None = None) -> AgreementReport:
    """As `compare`, without what is not about codes: differences, passes, batches and the consensus."""
    from hsreview.review.reporting import report

    with project.snapshot():
        book = load_codebook(project.connection)
        scene = scene_of(project, selection, viewer, book)
        texts = texts_of(project, scene, selection)
        basis = _basis(project, scene, selection, book, texts)
        return report(basis, texts, names_of(book), codes_of(scene, texts, book, selection))


def differences(
    project: Project, selection: Selection | None = None, *, kinds: Collection[DifferenceKind] = (),
    viewer: Coder | None = None,
) -> list[PlacedDifference]:  # fmt: skip
    """The differences of the transcripts that at least two of the coders reviewed, by transcript and place.

    Of every turn, because each of them has to be settled before a transcript is in the consensus; `unit` and
    `interviewer` are for numbers.
    """
    wanted = selection or Selection()
    with project.snapshot():
        book = load_codebook(project.connection)
        scene = scene_of(project, wanted, viewer, book)
        names = names_of(book)
        return [
            placed
            for reading, found in _differing(project, scene, wanted)
            for placed in _placed(project, reading.transcript, names, found)
            if not kinds or placed.difference.kind in kinds
        ]


def confusion(project: Project, selection: Selection | None = None, *, viewer: Coder | None = None) -> Confusion:
    """Which code of one coder meets which code of another, for each pair and pooled, in units.

    Segments are counted in characters. The pooled one is the sum of all pairs, each the mean of both ways to read it.
    """
    from hsreview.review.confusing import confusion_tables

    wanted = selection or Selection()
    if wanted.unit is Unit.SPAN:
        wanted = replace(wanted, unit=Unit.CHARACTER)
    with project.snapshot():
        book = load_codebook(project.connection)
        scene = scene_of(project, wanted, viewer, book)
        texts = texts_of(project, scene, wanted)
        codes = codes_of(scene, texts, book, wanted)
        basis = _basis(project, scene, wanted, book, texts)
    names = names_of(book)
    refs = tuple(names[code].ref for code in codes)
    tables = confusion_tables(wanted.unit, texts, [c.id for c in scene.coders], codes)
    found = [ConfusionTable(pair, refs, tuple(map(tuple, table.tolist()))) for pair, table in tables.items()]
    return Confusion(basis, found)


def _batches(project: Project, scene: Scene) -> list[Batch]:
    """The compared transcripts by the day on which the last of their readers finished; repetitions do not count."""
    from hsreview.review.reporting import Batch

    parts = passes.parts(project.connection)
    finished: dict[str, str] = {}
    readers = {reading.transcript.id: reading.marks.keys() for reading in scene.readings}
    for each in reviews.passes(project.connection):
        if each.coder_id in readers.get(each.transcript_id, ()) and not reading_of(each.pass_, parts):
            finished[each.transcript_id] = max(finished.get(each.transcript_id, ""), each.at[:10])
    days: dict[str, list[str]] = {}
    for transcript, day in sorted(finished.items(), key=lambda item: item[1]):
        days.setdefault(day, []).append(transcript)
    edits = reviews.codebook_days(project.connection) if len(days) > 1 else []
    found, before = [], ""
    for day, transcripts in days.items():
        found.append(Batch(day, tuple(transcripts), bool(before) and any(before < edit <= day for edit in edits)))
        before = day
    return found


def _intra(
    project: Project, scene: Scene, wanted: Selection, viewer: Coder | None, book: Codebook
) -> dict[str, Estimate]:
    """Coder id → pooled α of the coder's own readings of the same transcripts."""
    from hsreview.review.reporting import agreement_of

    again = sorted({name for _transcript, _coder, name in passes.finished(project.connection) if name})
    if not again:
        return {}
    seeing = sight(project.connection, viewer)
    texts: dict[str, list[ComparedText]] = {}
    by_reading = {
        name: {r.transcript.id: r for r in reviewed_readings(project, set(wanted.transcripts) or None, name)}
        for name in ("", *again)
    }
    for transcript_id, first in by_reading[""].items():
        for coder in first.codings:
            if (wanted.coders and coder not in wanted.coders) or not seeing.transcript(transcript_id):
                continue
            readings = {
                name: by_reading[name][transcript_id].codings[coder]
                for name in by_reading
                if coder in by_reading[name][transcript_id].codings
            }
            if len(readings) > 1:
                marks = {
                    name: [rolled(c, scene.roll_up) for c in own if counted(c, wanted)]
                    for name, own in readings.items()
                }
                turns = turns_of(project, [first.transcript.version_id], wanted)
                texts.setdefault(coder, []).append(text_of(project, Reviewed(first.transcript, marks), turns, wanted))
    return {
        coder: agreement_of(wanted.unit, own, list(by_reading), codes_of(scene, own, book, wanted))
        for coder, own in texts.items()
    }


def _after(
    project: Project, scene: Scene, texts: Sequence[ComparedText], wanted: Selection, codes: Sequence[str]
) -> dict[str, Estimate]:
    """Coder id → pooled α of the coder's layer with the consensus of the adjudicated transcripts."""
    from hsreview.review.reporting import agreement_of
    from hsreview.review.units import ComparedText

    states = {each.transcript_id: each for each in consensus_of(project, wanted.transcripts or None)}
    settled = []
    for text in texts:
        state = states[text.transcript_id]
        if state.entry is Entry.ADJUDICATED:
            agreed = [
                Mark("", CONSENSUS, scene.roll_up.get(each.code_id, each.code_id), each.start, each.end)
                for each in state.settled
            ]
            settled.append(ComparedText(text.transcript_id, text.units, {**text.marks, CONSENSUS: agreed}))
    if not settled:
        return {}
    if not wanted.codes:  # A decision may give a code that no coder used.
        codes = tuple(dict.fromkeys([*codes, *(mark.code_id for text in settled for mark in text.marks[CONSENSUS])]))
    return {
        coder.id: agreement_of(wanted.unit, settled, (coder.id, CONSENSUS), codes)
        for coder in scene.coders
        if any(coder.id in text.marks for text in settled)
    }


def _basis(
    project: Project, scene: Scene, wanted: Selection, book: Codebook, texts: Sequence[ComparedText]
) -> AgreementBasis:
    fixed, names = primary(project), names_of(book)
    units = sum(
        sum(end - start for start, end in text.units) if wanted.unit in (Unit.CHARACTER, Unit.SPAN) else len(text.units)
        for text in texts
    )
    return AgreementBasis(
        unit=wanted.unit,
        coders=tuple(c.id for c in scene.coders),
        names=tuple(c.name for c in scene.coders),
        transcripts=tuple(text.transcript_id for text in texts),
        units=units,
        codebook_version=book.version,
        interviewer=wanted.interviewer,
        parents=wanted.parents,
        suggested=wanted.suggested,
        overlap=overlap_of(project),
        primary=fixed.measure,
        primary_unit=fixed.unit,
        primary_history=fixed.history,
        codes=tuple(dict.fromkeys(names[scene.roll_up.get(code, code)].ref for code in wanted.codes)),
    )


def _differing(
    project: Project, scene: Scene, wanted: Selection
) -> Iterator[tuple[Reviewed, Sequence[Difference]]]:  # fmt: skip
    """The differences of each transcript, of every turn."""
    if wanted.coders or wanted.parents or not wanted.suggested:
        derived = _derived(project, scene, wanted)
    else:  # Whatever anybody coded: these are the differences from which the consensus is made.
        derived = {each.transcript_id: each.differences for each in consensus_of(project, wanted.transcripts or None)}
    for reading in scene.readings:
        found = derived[reading.transcript.id]
        yield reading, [_as_of(each, wanted) for each in found if _wanted(each, scene, wanted)]


def _derived(project: Project, scene: Scene, wanted: Selection) -> dict[str, Sequence[Difference]]:
    """Transcript id → the differences between those coders, codings and levels that are compared."""
    connection = project.connection
    decided = reviews.decisions(connection, project.state.resolve_code)
    contrary, _unsettled = reviews.contrary(connection, project.state.resolve_code)
    parents, overlap = reviews.parents(connection), overlap_of(project)
    found = {}
    for reading in scene.readings:
        transcript = reading.transcript
        readings = Readings(
            transcript.id, transcript.version_id, reading.marks,
            () if wanted.parents else decided.get(transcript.id, ()),
            contrary=None if wanted.parents else contrary, parents=parents,
        )  # fmt: skip
        found[transcript.id] = consensus(readings, overlap).differences
    return found


def _wanted(difference: Difference, scene: Scene, wanted: Selection) -> bool:
    codes = {scene.roll_up.get(code, code) for code in wanted.codes}
    return not codes or any(mark.code_id in codes for mark in difference.marks)


def _as_of(difference: Difference, wanted: Selection) -> Difference:
    """Of a part of the coders or codings a decision on the whole says nothing: it did not fall, it is about more."""
    part = bool(wanted.coders) or not wanted.suggested
    if part and difference.standing is Standing.REOPENED:
        return replace(difference, standing=Standing.OPEN, decision=None)
    return difference


def _placed(
    project: Project, transcript: Transcript, names: Mapping[str, CodeName], differences: Sequence[Difference]
) -> Iterator[PlacedDifference]:
    text = read_text(project.connection, transcript.version_id)
    for difference in differences:
        turn = text.turn_at(difference.start)
        codes = {
            coder: tuple(dict.fromkeys(names[mark.code_id].ref for mark in difference.marks if mark.coder_id == coder))
            for coder in difference.coders
        }
        yield PlacedDifference(
            difference, transcript.name, turn.number if turn else 0, text.place(difference.start),
            text.text[difference.start : difference.end], codes,
        )  # fmt: skip
