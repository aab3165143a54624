"""Comparing coders: agreement with its basis, typed differences, and the measure that the project fixed beforehand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.model.agreement import AgreementBasis as AgreementBasis
from hsreview.model.agreement import AgreementReport as AgreementReport
from hsreview.model.agreement import Estimate as Estimate
from hsreview.model.agreement import Unit as Unit
from hsreview.model.codebook import Codebook
from hsreview.model.coding import CONSENSUS, Coding, Origin
from hsreview.model.people import Coder
from hsreview.model.review import Decision as Decision
from hsreview.model.review import Difference as Difference
from hsreview.model.review import DifferenceKind as DifferenceKind
from hsreview.model.review import Entry, Mark, Standing
from hsreview.model.text import Span
from hsreview.model.transcript import Transcript
from hsreview.project import counts, passes, queries, reviews
from hsreview.project.codebooks import load_codebook
from hsreview.project.log import changes
from hsreview.project.project import Project
from hsreview.project.segments import PlacedText, read_text
from hsreview.review.blind import sight
from hsreview.review.consensus import Readings, consensus
from hsreview.workflows.adjudicating import Reviewed, consensus_of, mark_of, overlap_of, reviewed_readings

if TYPE_CHECKING:
    from hsreview.review.reporting import Batch, CodeName
    from hsreview.review.units import ComparedText

PRIMARY_SETTING = "agreement.primary"
MEASURES = (
    "percent_agreement", "krippendorff_alpha_nominal", "gwet_ac1", "cohen_kappa_mean_pairwise", "brennan_prediger",
    "fleiss_kappa_gwet", "alpha_set_jaccard", "alpha_set_masi", "u_alpha_binary", "f1_0.5",
)  # fmt: skip
"""What a project may fix as its primary measure, by the names of the field."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is compared; an empty tuple does not restrict."""

    unit: Unit = Unit.TURN
    coders: tuple[str, ...] = ()
    """Ids."""
    codes: tuple[str, ...] = ()
    """Ids of codes; those below a code count with `parents` only."""
    transcripts: tuple[str, ...] = ()
    """Ids."""
    parents: bool = False
    """Roll codes up to the codes above them."""
    interviewer: bool = False
    """Count interviewers' turns and unlabelled blocks too."""
    suggested: bool = True
    """Count codings that began as suggestions or were made automatically."""


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
class Primary:
    """The measure that the project fixed beforehand, and each time it was set."""

    measure: str = ""
    unit: str = ""
    history: tuple[str, ...] = ()
    """When, by whom, to what: oldest first."""


def compare(project: Project, selection: Selection | None = None, *, viewer: Coder | None = None) -> AgreementReport:
    """All measures of one comparison. `viewer` sees no numbers of transcripts that they still code blind.

    Where no transcript was reviewed by two of the coders, the basis names none, and there are no codes.
    """
    from hsreview.review.reporting import report

    wanted = selection or Selection()
    with project.snapshot():
        book = load_codebook(project.connection)
        scene = _scene(project, wanted, viewer, book)
        texts = _texts(project, scene, wanted)
        codes = _codes(scene, texts, book, wanted)
        basis = _basis(project, scene, wanted, book, texts)
        return report(
            basis, texts, _names(book), codes, _batches(project, scene), _intra(project, scene, wanted, viewer, book),
            _after(project, scene, texts, wanted, codes),
        )  # fmt: skip


def differences(
    project: Project, selection: Selection | None = None, *, kinds: Collection[DifferenceKind] = (),
    viewer: Coder | None = None,
) -> list[PlacedDifference]:  # fmt: skip
    """The differences of the transcripts that at least two of the coders reviewed, by transcript and place."""
    wanted = selection or Selection()
    with project.snapshot():
        book = load_codebook(project.connection)
        scene = _scene(project, wanted, viewer, book)
        decided = reviews.decisions(project.connection, project.state.resolve_code)
        contrary, _unsettled = reviews.contrary(project.connection, project.state.resolve_code)
        return [
            placed
            for reading in scene.readings
            for placed in _differences(project, scene, reading, wanted, book, decided, contrary)
            if not kinds or placed.difference.kind in kinds
        ]


def confusion(
    project: Project, selection: Selection | None = None, *, viewer: Coder | None = None
) -> list[ConfusionTable]:
    """The confusion matrix of each pair of coders, then (for more than two) the pooled one, in units.

    Segments are counted in characters. The pooled one is the sum of all pairs, each the mean of both ways to read it.
    """
    from hsreview.review.confusing import confusion_tables

    wanted = selection or Selection()
    with project.snapshot():
        book = load_codebook(project.connection)
        scene = _scene(project, wanted, viewer, book)
        texts = _texts(project, scene, wanted)
        codes = _codes(scene, texts, book, wanted)
    names = _names(book)
    refs = tuple(names[code].ref for code in codes)
    tables = confusion_tables(wanted.unit, texts, [c.id for c in scene.coders], codes)
    return [ConfusionTable(pair, refs, tuple(map(tuple, table.tolist()))) for pair, table in tables.items()]


def primary(project: Project) -> Primary:
    """The primary measure with its history."""
    stored = queries.setting(project.connection, PRIMARY_SETTING) or {}
    return Primary(stored.get("measure", ""), stored.get("unit", ""), tuple(_history(project)))


def set_primary(project: Project, coder: Coder, measure: str, unit: Unit) -> Primary:
    """Fix the primary measure and unit; each change is recorded and printed. Raises InputRefused for other names."""
    if measure not in MEASURES:
        raise InputRefused(
            _("There is no measure {name}. Measures: {known}").format(name=measure, known=", ".join(MEASURES))
        )
    with project.act(coder.id) as act:
        act.put("setting", PRIMARY_SETTING, value={"measure": measure, "unit": str(unit)})
    return primary(project)


def _history(project: Project) -> list[str]:
    names = {c.id: c.name for c in queries.coders(project.connection)}
    lines = []
    for change in changes(project.connection, "entity = ? and kind glob 'setting.*'", (PRIMARY_SETTING,)):
        value = (change.body or {}).get("set", {}).get("value")
        if value:
            lines.append(
                f"{change.at[:10]} {names.get(change.coder, change.coder)}: {value['measure']}, {value['unit']}"
            )
    return lines


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is compared with what."""

    readings: Sequence[Reviewed]
    coders: Sequence[Coder]
    roll_up: Mapping[str, str]
    """Code id → the id that it counts as."""
    units: Mapping[str, Sequence[Span]]
    """Version id → turns that count."""


def _scene(project: Project, wanted: Selection, viewer: Coder | None, book: Codebook) -> _Scene:
    connection = project.connection
    seeing = sight(connection, viewer)
    everyone = queries.coders(connection)
    chosen = {c.id for c in everyone if not wanted.coders or c.id in wanted.coders}
    roll_up = _roll_up(book) if wanted.parents else {}
    readings = []
    for reading in reviewed_readings(project, set(wanted.transcripts) or None):
        if not seeing.transcript(reading.transcript.id):
            continue
        own = {
            coder: [c for c in codings if _counted(c, wanted)]
            for coder, codings in reading.codings.items()
            if coder in chosen
        }
        if len(own) > 1:
            marks = {coder: [_rolled(coding, roll_up) for coding in codings] for coder, codings in own.items()}
            readings.append(Reviewed(reading.transcript, marks, own))
    present = {coder for reading in readings for coder in reading.marks}
    versions = {reading.transcript.version_id for reading in readings}
    team = [c for c in everyone if c.id in present]
    return _Scene(readings, team, roll_up, _turns(project, versions, wanted))


def _batches(project: Project, scene: _Scene) -> list[Batch]:
    """The compared transcripts by the day on which the last of their readers finished."""
    from hsreview.review.reporting import Batch

    finished: dict[str, str] = {}
    readers = {reading.transcript.id: reading.marks.keys() for reading in scene.readings}
    for each in reviews.passes(project.connection):
        if each.coder_id in readers.get(each.transcript_id, ()):
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
    project: Project, scene: _Scene, wanted: Selection, viewer: Coder | None, book: Codebook
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
                    name: [_rolled(c, scene.roll_up) for c in own if _counted(c, wanted)]
                    for name, own in readings.items()
                }
                turns = _turns(project, [first.transcript.version_id], wanted)
                texts.setdefault(coder, []).append(_text(project, Reviewed(first.transcript, marks), turns, wanted))
    return {
        coder: agreement_of(wanted.unit, own, list(by_reading), _codes(scene, own, book, wanted))
        for coder, own in texts.items()
    }


def _after(
    project: Project, scene: _Scene, texts: Sequence[ComparedText], wanted: Selection, codes: Sequence[str]
) -> dict[str, Estimate]:
    """Coder id → pooled α of the coder's layer with the consensus of the adjudicated transcripts."""
    from hsreview.review.reporting import agreement_of
    from hsreview.review.units import ComparedText

    states = {each.transcript_id: each for each in consensus_of(project, [text.transcript_id for text in texts])}
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


def _counted(coding: Coding, wanted: Selection) -> bool:
    return wanted.suggested or coding.origin in (Origin.TYPED, Origin.IMPORTED)


def _turns(project: Project, versions: Collection[str], wanted: Selection) -> dict[str, list[Span]]:
    """Version id → the turns that count."""
    connection = project.connection
    if wanted.interviewer:
        return {v: [(t.start, t.end) for t in queries.turns(connection, v)] for v in versions}
    answers = counts.answers(connection)
    return {v: answers.get(v, []) for v in versions}


def _rolled(coding: Coding, roll_up: Mapping[str, str]) -> Mark:
    mark = mark_of(coding)
    return replace(mark, code_id=roll_up.get(mark.code_id, mark.code_id)) if roll_up else mark


def _roll_up(book: Codebook) -> dict[str, str]:
    """Code id → the first-level code above it; in a theme without codes below codes, the theme."""
    nested = {place.theme.id for place in book.codes() if place.parents}
    return {
        place.code.id: (place.parents[0].id if place.parents else place.code.id)
        if place.theme.id in nested
        else place.theme.id
        for place in book.codes()
    }


def _texts(project: Project, scene: _Scene, wanted: Selection) -> list[ComparedText]:
    return [_text(project, reading, scene.units, wanted) for reading in scene.readings]


def _text(
    project: Project, reading: Reviewed, turns_of: Mapping[str, Sequence[Span]], wanted: Selection
) -> ComparedText:
    from hsreview.review.units import ComparedText, touches

    version = reading.transcript.version_id
    turns = turns_of[version]
    marks = {coder: [m for m in own if touches(turns, m.start, m.end)] for coder, own in reading.marks.items()}
    return ComparedText(reading.transcript.id, _units(project, version, turns, wanted), marks)


def _units(project: Project, version: str, turns: Sequence[Span], wanted: Selection) -> Sequence[Span]:
    if wanted.unit is Unit.TURN:
        return turns
    if wanted.unit is Unit.DOCUMENT:
        return [(turns[0][0], turns[-1][1])] if turns else []
    if wanted.unit is Unit.SENTENCE:
        return _inside(queries.sentences(project.connection, version), turns)
    if wanted.unit is Unit.WORD:
        return _inside(queries.words(project.connection, version), turns)
    said = {t.start: (t.label_end, t.end) for t in queries.turns(project.connection, version)}
    return [said[start] for start, _end in turns if said[start][0] < said[start][1]]


def _inside(units: Sequence[Span], turns: Sequence[Span]) -> list[Span]:
    from hsreview.review.units import touches

    return [unit for unit in units if touches(turns, *unit)]


def _codes(scene: _Scene, texts: Sequence[ComparedText], book: Codebook, wanted: Selection) -> list[str]:
    """The codes that somebody used, or that were asked for, in the order of the codebook."""
    asked = {scene.roll_up.get(code, code) for code in wanted.codes}
    used = {mark.code_id for text in texts for own in text.marks.values() for mark in own}
    order = list(dict.fromkeys(scene.roll_up.get(place.code.id, place.code.id) for place in book.codes()))
    chosen = asked or used
    return [code for code in order if code in chosen] + sorted(chosen - set(order))


def _names(book: Codebook) -> Mapping[str, CodeName]:
    from hsreview.base.messages import current_language
    from hsreview.review.reporting import CodeName

    class Names(dict[str, CodeName]):
        def __missing__(self, code: str) -> CodeName:
            return CodeName("?", "", "")

    language = current_language()
    found = Names()
    for theme in book.themes:
        found[theme.id] = CodeName(theme.ref, theme.label.get(language), "")
    for place in book.codes():
        found[place.code.id] = CodeName(place.code.ref, place.code.label.get(language), place.theme.ref)
    return found


def _basis(
    project: Project, scene: _Scene, wanted: Selection, book: Codebook, texts: Sequence[ComparedText]
) -> AgreementBasis:
    fixed = primary(project)
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
    )


def _differences(
    project: Project, scene: _Scene, reading: Reviewed, wanted: Selection, book: Codebook,
    decided: Mapping[str, Sequence[Decision]], contrary: Mapping[str, Sequence[Decision]],
) -> list[PlacedDifference]:  # fmt: skip
    from hsreview.review.units import touches

    connection = project.connection
    transcript = reading.transcript
    found = consensus(
        Readings(
            transcript.id, transcript.version_id, reading.marks,
            () if wanted.parents else decided.get(transcript.version_id, ()),
            contrary=None if wanted.parents else contrary,
            parents=reviews.parents(connection),
        ),
        overlap_of(project),
    )  # fmt: skip
    part = bool(wanted.coders) or not wanted.suggested
    turns = scene.units[transcript.version_id]
    codes = {scene.roll_up.get(code, code) for code in wanted.codes}
    text = read_text(connection, transcript.version_id)
    names = _names(book)
    placed = []
    for difference in found.differences:
        if not any(touches(turns, mark.start, mark.end) for mark in difference.marks):
            continue
        if codes and not any(mark.code_id in codes for mark in difference.marks):
            continue
        if part and difference.standing is Standing.REOPENED:
            difference = replace(difference, standing=Standing.OPEN, decision=None)
        placed.append(_placed(difference, transcript, text, names))
    return placed


def _placed(
    difference: Difference, transcript: Transcript, text: PlacedText, names: Mapping[str, CodeName]
) -> PlacedDifference:
    turn = text.turn_at(difference.start)
    codes = {
        coder: tuple(dict.fromkeys(names[mark.code_id].ref for mark in difference.marks if mark.coder_id == coder))
        for coder in difference.coders
    }
    return PlacedDifference(
        difference, transcript.name, turn.number if turn else 0, text.place(difference.start),
        text.text[difference.start : difference.end], codes,
    )  # fmt: skip
