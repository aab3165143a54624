"""Settling differences between coders: what is open, decisions with their reasons, adopted layers, the consensus."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import derived_id
from hsreview.base.messages import _
from hsreview.model.coding import CONSENSUS, Coding
from hsreview.model.dataset import CodedSegment
from hsreview.model.people import Coder
from hsreview.model.review import Adoption as Adoption
from hsreview.model.review import Decision as Decision
from hsreview.model.review import Difference as Difference
from hsreview.model.review import DifferenceKind as DifferenceKind
from hsreview.model.review import Entry as Entry
from hsreview.model.review import Mark, reading_of
from hsreview.model.review import Outcome as Outcome
from hsreview.model.review import Settled as Settled
from hsreview.model.review import Standing as Standing
from hsreview.model.review import TranscriptConsensus as TranscriptConsensus
from hsreview.model.transcript import Transcript
from hsreview.project import passes, queries, reviews
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.segments import segments
from hsreview.review.blind import check_settles, sight
from hsreview.review.consensus import OVERLAP as OVERLAP
from hsreview.review.consensus import Readings, coding_of, consensus, decided, outcome_of
from hsreview.review.consensus import settled_on as settled_on
from hsreview.review.differences import basis_of
from hsreview.workflows.coding import check_code, check_segment
from hsreview.workflows.consents import check_may_code

OVERLAP_SETTING = "agreement.overlap"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Who read what to the end, and what they coded in that reading."""

    transcript: Transcript
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    """Coder id → codings of the first reading."""
    codings: dict[str, list[Coding]] = field(default_factory=dict)
    """The same, with how they came about."""


def overlap_of(project: Project) -> float:
    """The part of the text of both together that two segments must share to match."""
    return float(queries.setting(project.connection, OVERLAP_SETTING, OVERLAP))


def consensus_of(
    project: Project, transcript_ids: Iterable[str] | None = None, *, viewer: Coder | None = None
) -> list[TranscriptConsensus]:
    """How each transcript stands to the consensus, by name; derived anew from the codings and the decisions.

    Transcripts that `viewer` still codes blind are left out.
    """
    with project.snapshot():
        seeing = sight(project.connection, viewer)
        found = _consensus_of(project, None if transcript_ids is None else set(transcript_ids))
        return [each for each in found if seeing.transcript(each.transcript_id)]


def redecided(project: Project, found: TranscriptConsensus, seen: int) -> TranscriptConsensus:
    """How a transcript stands now that decisions were made or taken back.

    `seen`: the place in the log at which `found` was read; when nothing but decisions came since, the codings are not
    compared again. Raises InputRefused when the transcript is gone.
    """
    with project.snapshot():
        connection, resolve = project.connection, project.state.resolve_code
        if not reviews.disturbed_since(connection, seen):
            contrary, _unsettled = reviews.contrary(connection, resolve)
            own = reviews.decisions(connection, resolve, found.transcript_id).get(found.transcript_id, ())
            return decided(found, own, contrary)
        for each in _consensus_of(project, {found.transcript_id}):
            return each
    raise InputRefused(_("This transcript is no longer in the project."))


def consensus_codings(project: Project, transcript_ids: Iterable[str] | None = None) -> list[Coding]:
    """The consensus layer: the codings of all transcripts that are adjudicated or adopted, by transcript and place."""
    with project.snapshot():
        return [coding for own in _layer(project, transcript_ids).values() for coding in own]


def consensus_segments(
    project: Project, transcript_ids: Iterable[str] | None = None, *, viewer: Coder | None = None
) -> list[CodedSegment]:
    """The consensus layer with words and places; transcripts that `viewer` still codes blind are left out."""
    with project.snapshot():
        seeing = sight(project.connection, viewer)
        found = segments(project.connection, layer=CONSENSUS, derived=_layer(project, transcript_ids))
        return [each for each in found if seeing.transcript(each.transcript_id)]


def layer_of(project: Project, states: Iterable[TranscriptConsensus]) -> dict[str, list[Coding]]:
    """Version id → codings of the consensus layer, by place."""
    versions = {t.id: t.version_id for t in queries.transcripts(project.connection)}
    found = {}
    for each in states:
        version = versions[each.transcript_id]
        adopted = each.adoption.source_coder_id if each.adoption and each.entry is Entry.ADOPTED else ""
        found[version] = [coding_of(version, settled, adopted) for settled in each.settled]
    return found


def _layer(project: Project, transcript_ids: Iterable[str] | None) -> dict[str, list[Coding]]:
    return layer_of(project, _consensus_of(project, None if transcript_ids is None else set(transcript_ids)))


def find_difference(project: Project, key: str) -> Difference:
    """The difference with that key. Raises InputRefused when there is none (any more)."""
    for each in consensus_of(project):
        for difference in each.differences:
            if difference.key == key:
                return difference
    raise InputRefused(_("This difference is no longer there: the codings were changed meanwhile. Look again."))


def decide(
    project: Project, coder: Coder, difference: Difference, outcome: Outcome, *, taken: str = "",
    result: Sequence[Settled] = (), because: str, seen: int | None = None,
) -> Decision:  # fmt: skip
    """Settle a difference, as one act that undo takes back; no coder's layer is altered.

    `seen`: the place in the log (see `log_position`) at which the difference was read; where nothing since then can
    have touched it, it is not derived again.

    `taken` is the id of the coder whose side is taken; `result` says what the consensus gets when the outcome is
    `edited` or `other`. Raises InputRefused when a reason is missing, or when the difference (or the decision on it)
    has changed since it was read: read it again.
    """
    with project.act(coder.id) as act:
        check_settles(project.connection, coder, [difference.transcript_id])
        if seen is None or reviews.disturbed_since(project.connection, seen, difference.key):
            _check_current(project, difference)
        return _decide(project, act, difference, outcome, taken, result, because)


def log_position(project: Project) -> int:
    """The place in the log at which something is read now."""
    return reviews.log_position(project.connection)


def reopen(project: Project, coder: Coder, difference: Difference, *, seen: int | None = None) -> None:
    """Take the decision on a difference away; it waits for another one. `seen` as for `decide`."""
    if difference.decision is None:
        raise InputRefused(_("Nothing was decided on this difference yet."))
    with project.act(coder.id) as act:
        check_settles(project.connection, coder, [difference.transcript_id])
        if seen is None or reviews.disturbed_since(project.connection, seen, difference.key):
            _check_current(project, difference)
        act.remove("decision", difference.decision.id)


def accept_agreed(
    project: Project, coder: Coder, transcript_ids: Iterable[str], because: str
) -> list[TranscriptConsensus]:
    """Settle transcripts with what all coders agree on alone: every open difference is decided `neither`, in one act.

    Raises InputRefused when a transcript was not read by two coders. Returns how the transcripts stand afterwards.
    """
    wanted = list(dict.fromkeys(transcript_ids))
    with project.act(coder.id) as act:
        check_settles(project.connection, coder, wanted)
        for each in _consensus_of(project, set(wanted)):
            if len(each.coders) < 2:
                name = _name(project, each.transcript_id)
                raise InputRefused(
                    _("Fewer than two coders marked {name} as reviewed, so nothing is agreed there.").format(name=name)
                )
            for difference in each.differences:
                if difference.standing is not Standing.DECIDED:
                    _decide(project, act, difference, Outcome.NEITHER, "", (), because)
    return consensus_of(project, wanted)


def adopt(
    project: Project, coder: Coder, transcript_ids: Iterable[str], source: Coder, because: str, *, pass_: str = ""
) -> list[Adoption]:
    """Take one coder's reviewed layer of these transcripts into the consensus as it is, in one act.

    Raises InputRefused when a reason is missing or the coder did not mark one of them reviewed; nothing is stored then.
    """
    _check_reason(because)
    wanted = list(dict.fromkeys(transcript_ids))
    with project.act(coder.id) as act:
        check_settles(project.connection, coder, wanted)
        for transcript_id in wanted:
            _adopt(project, act, transcript_id, source, pass_, because)
    found = reviews.adoptions(project.connection)
    return [found[transcript_id] for transcript_id in wanted]


def unadopt(project: Project, coder: Coder, transcript_ids: Iterable[str]) -> int:
    """Take adoptions back, in one act; how many there were."""
    wanted = list(dict.fromkeys(transcript_ids))
    with project.act(coder.id) as act:
        check_settles(project.connection, coder, wanted)
        return sum(act.remove("adoption", _adoption_id(each)) for each in wanted)


def changed_since_adoption(project: Project, adoption: Adoption) -> int:
    """How many codings of the adopted layer were added, changed or removed after it was adopted."""
    parts = passes.parts(project.connection)
    clock = reviews.clock_of(project.connection, adoption.id)
    touched = reviews.changed_after(project.connection, adoption.transcript_id, adoption.source_coder_id, clock)
    return sum(reading_of(each, parts) == adoption.pass_ for each in touched)


def reviewed_readings(
    project: Project, transcript_ids: Collection[str] | None = None, reading: str = ""
) -> list[Reviewed]:
    """The transcripts by name with what each coder coded in the reading that they finished.

    `reading` is empty for first readings, else the name of a repetition.
    """
    if transcript_ids is None:
        return project.remembered(("readings", reading), lambda: _readings(project, None, reading))
    return _readings(project, transcript_ids, reading)


def _readings(project: Project, transcript_ids: Collection[str] | None, reading: str) -> list[Reviewed]:
    connection = project.connection
    parts = passes.parts(connection)
    done: dict[str, list[str]] = {}
    for transcript_id, coder_id, name in sorted(passes.finished(connection)):
        if name == reading:
            done.setdefault(transcript_id, []).append(coder_id)
    wanted = [t for t in queries.transcripts(connection) if transcript_ids is None or t.id in transcript_ids]
    codings = reviews.codings_by_version(connection, {t.version_id for t in wanted if t.id in done})
    found = []
    for transcript in wanted:
        own: dict[str, list[Coding]] = {coder_id: [] for coder_id in done.get(transcript.id, ())}
        for coding in codings.get(transcript.version_id, ()):
            if coding.coder_id in own and reading_of(coding.pass_, parts) == reading:
                own[coding.coder_id].append(coding)
        marks = {coder_id: [mark_of(coding) for coding in each] for coder_id, each in own.items()}
        found.append(Reviewed(transcript, marks, own))
    return found


def mark_of(coding: Coding) -> Mark:
    """A coding as the comparison sees it."""
    return Mark(
        coding.id, coding.coder_id, coding.code_id, coding.start, coding.end, coding.modifiers, coding.flags
    )  # fmt: skip


def _consensus_of(project: Project, transcript_ids: Collection[str] | None) -> list[TranscriptConsensus]:
    if transcript_ids is None:
        return project.remembered("consensus", lambda: _derived(project, None))
    return _derived(project, transcript_ids)


def _derived(project: Project, transcript_ids: Collection[str] | None) -> list[TranscriptConsensus]:
    connection = project.connection
    overlap = overlap_of(project)
    decisions = reviews.decisions(connection, project.state.resolve_code)
    adopted = reviews.adoptions(connection)
    contrary, unsettled = reviews.contrary(connection, project.state.resolve_code)
    parents = reviews.parents(connection)
    found = []
    for reading in reviewed_readings(project, transcript_ids):
        transcript = reading.transcript
        adoption = adopted.get(transcript.id)
        readings = Readings(
            transcript.id, transcript.version_id, reading.marks, decisions.get(transcript.id, ()), adoption,
            _adopted_marks(project, reading, adoption) if adoption and adoption.id not in unsettled else None,
            contrary, parents,
        )  # fmt: skip
        found.append(consensus(readings, overlap))
    return found


def _adopted_marks(project: Project, reading: Reviewed, adoption: Adoption) -> list[Mark] | None:
    """The codings of the adopted reading; null when it is no longer marked reviewed."""
    if adoption.pass_:
        (reading,) = reviewed_readings(project, {adoption.transcript_id}, adoption.pass_)
    return reading.marks.get(adoption.source_coder_id)


def _decide(
    project: Project, act: Act, difference: Difference, outcome: Outcome, taken: str, result: Sequence[Settled],
    because: str,
) -> Decision:  # fmt: skip
    _check_reason(because)
    if outcome is Outcome.TAKE and taken not in difference.coders:
        raise UsageProblem(_("Say whose codings are taken: one of the coders who reviewed the transcript."))
    if outcome in (Outcome.EDITED, Outcome.OTHER):
        if not result:
            raise UsageProblem(_("Say what the consensus gets: a place and a code."))
        check_may_code(project.connection, [difference.version_id])
        for each in result:
            check_segment(project, difference.version_id, each.start, each.end)
            check_code(project, each.code_id)
        sources = tuple(sorted(mark.coding_id for mark in difference.marks))
        settled = tuple(
            Settled(each.code_id, each.start, each.end, dict(each.modifiers), each.flags, each.sources or sources)
            for each in result
        )
    else:
        settled = outcome_of(difference, outcome, taken)
    decision = Decision(
        difference.key, difference.version_id, basis_of(difference.marks), outcome,
        taken if outcome is Outcome.TAKE else "", settled, because.strip(), act.coder_id, act.at,
    )  # fmt: skip
    act.put(
        "decision", decision.id, version_id=decision.version_id, outcome=str(outcome), taken=decision.taken,
        because=decision.because, coder_id=act.coder_id, at=act.at, basis=[list(pair) for pair in decision.basis],
        result=[reviews.settled_to_json(each) for each in settled],
    )  # fmt: skip
    return decision


def _check_current(project: Project, difference: Difference) -> None:
    """Raise InputRefused unless the difference, and the decision on it, are what the decider saw."""
    for each in _consensus_of(project, {difference.transcript_id}):
        for current in each.differences:
            same = current.key == difference.key and basis_of(current.marks) == basis_of(difference.marks)
            if same and current.decision == difference.decision:
                return
    raise InputRefused(_("This difference has changed since you read it. Nothing was stored; look at it again."))


def _check_reason(because: str) -> None:
    if not because.strip():
        raise InputRefused(_("Give a reason: it stays with what was decided."))


def _adopt(project: Project, act: Act, transcript_id: str, source: Coder, pass_: str, because: str) -> None:
    connection = project.connection
    transcript = queries.transcript_with(connection, transcript_id)
    if transcript is None:
        raise InputRefused(_("This transcript is no longer in the project."))
    if (transcript_id, source.id, pass_) not in passes.finished(connection):
        raise InputRefused(
            _("{coder} has not marked {name} as reviewed, so it cannot be adopted.").format(
                coder=source.name, name=transcript.name
            )
        )
    act.put(
        "adoption", _adoption_id(transcript_id), transcript_id=transcript_id, version_id=transcript.version_id,
        source_coder_id=source.id, because=because.strip(), coder_id=act.coder_id, at=act.at, **{"pass": pass_},
    )  # fmt: skip


def _adoption_id(transcript_id: str) -> str:
    """One for each transcript, so that two that were made without knowledge of each other are a conflict."""
    return derived_id("adoption", transcript_id)


def _name(project: Project, transcript_id: str) -> str:
    found = queries.transcript_with(project.connection, transcript_id)
    return found.name if found else transcript_id
