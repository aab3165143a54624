"""The consensus layer of one transcript, derived from what coders coded and what was decided; nothing of it is stored.

Everything here is a function of its arguments, so that every replica that holds the same records derives the same
consensus, with the same ids.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hsreview.agreement.typing import OVERLAP as OVERLAP
from hsreview.agreement.typing import Agreed, Compared, Differing
from hsreview.agreement.typing import differences as compare
from hsreview.base.ids import derived_id
from hsreview.model.coding import CONSENSUS, Coding
from hsreview.model.review import (
    Adoption,
    Decision,
    Difference,
    Entry,
    Mark,
    Outcome,
    Settled,
    Standing,
    TranscriptConsensus,
)
from hsreview.review.differences import all_flags, basis_of, common_modifiers, key_of


@dataclass(frozen=True, slots=True)
class Readings:
    """What is known of one text."""

    transcript_id: str
    version_id: str
    marks: Mapping[str, Sequence[Mark]]
    """Coder id → the codings of the reading that this coder marked reviewed; empty: coded nothing."""
    decisions: Sequence[Decision] = ()
    adoption: Adoption | None = None
    adopted: Sequence[Mark] | None = None
    """The codings of the adopted pass; null when that pass is not (or no longer) marked reviewed."""
    contrary: Mapping[str, Sequence[Decision]] | None = None
    """Difference key → decisions made without knowledge of each other."""
    parents: Mapping[str, str] | None = None
    """Code id → id of the code or theme above it."""


def consensus(readings: Readings, overlap: float = OVERLAP) -> TranscriptConsensus:
    """How one transcript stands, and its codings of the consensus layer when it has any."""
    coders = tuple(sorted(readings.marks))
    compared = compare(readings.marks, overlap) if len(coders) > 1 else Compared((), ())
    adopted = readings.adoption is not None and readings.adopted is not None
    found = TranscriptConsensus(
        transcript_id=readings.transcript_id,
        entry=Entry.ADOPTED if adopted else Entry.OPEN,
        coders=coders,
        agreed=len(compared.agreed),
        differences=tuple(_difference(readings, coders, each) for each in compared.differing),
        settled=_in_order(once([taken_over(mark) for mark in readings.adopted or ()])) if adopted else (),
        adoption=readings.adoption,
        shared=tuple(shared_by_all(each) for each in compared.agreed),
    )
    return decided(found, readings.decisions, readings.contrary or {})


def decided(
    found: TranscriptConsensus, decisions: Sequence[Decision], contrary: Mapping[str, Sequence[Decision]]
) -> TranscriptConsensus:
    """The same codings of the same coders under these decisions: what is settled, what waits, what lapsed."""
    on = _by_coding(decisions)
    held = {each.id: each for each in decisions}
    differences = tuple(_under(each, held.get(each.key), on, contrary.get(each.key, ())) for each in found.differences)
    differing = {mark.coding_id for each in differences for mark in each.marks}
    now = replace(
        found,
        differences=differences,
        lapsed=tuple(each for each in decisions if not any(coding in differing for coding, _digest in each.basis)),
    )
    if found.entry is Entry.ADOPTED:
        return now
    entry = _entry(found.coders, differences)
    return replace(now, entry=entry, settled=_settled(now) if entry is Entry.ADJUDICATED else ())


def _by_coding(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """Coding id → the decisions that rest on it."""
    found: dict[str, list[Decision]] = {}
    for each in decisions:
        for coding, _digest in each.basis:
            found.setdefault(coding, []).append(each)
    return found


def _under(
    difference: Difference, own: Decision | None, on: Mapping[str, Sequence[Decision]], contrary: Sequence[Decision]
) -> Difference:
    """The difference as it stands; `own` has its key, `on` gives the decisions that rest on a coding."""
    if own is not None and own.basis == basis_of(difference.marks):
        standing = Standing.REOPENED if contrary else Standing.DECIDED
        return replace(difference, standing=standing, decision=own, contrary=tuple(contrary))
    touching = [each for mark in difference.marks for each in on.get(mark.coding_id, ())]
    standing = Standing.REOPENED if touching or contrary else Standing.OPEN
    last = max(touching, key=lambda d: (d.at, d.id), default=None)
    return replace(difference, standing=standing, decision=last, contrary=tuple(contrary))


def _entry(coders: Sequence[str], differences: Sequence[Difference]) -> Entry:
    if not coders:
        return Entry.UNREAD
    if len(coders) == 1:
        return Entry.SINGLE
    settled = all(each.standing is Standing.DECIDED for each in differences)
    return Entry.ADJUDICATED if settled else Entry.OPEN


def _settled(found: TranscriptConsensus) -> tuple[Settled, ...]:
    """What all agree on and what the decisions give; where these overlap under one code they are one segment."""
    given = [each for d in found.differences if d.decision for each in d.decision.result]
    return _in_order(joined([*found.shared, *given]))


def _in_order(found: Sequence[Settled]) -> tuple[Settled, ...]:
    return tuple(sorted(found, key=lambda s: (s.start, -s.end, s.code_id, s.sources)))


def once(found: Sequence[Settled]) -> list[Settled]:
    """Each code on each segment once."""
    same: dict[tuple[str, int, int], list[Settled]] = {}
    for each in found:
        same.setdefault((each.code_id, each.start, each.end), []).append(each)
    return [_one(group) for group in same.values()]


def joined(found: Sequence[Settled]) -> list[Settled]:
    """Overlapping segments of a code as one, so that no passage counts twice; adjacent ones stay apart."""
    runs: list[list[Settled]] = []
    reach = 0
    for each in sorted(found, key=lambda s: (s.code_id, s.start, s.end, s.sources)):
        if runs and runs[-1][0].code_id == each.code_id and each.start < reach:
            runs[-1].append(each)
            reach = max(reach, each.end)
        else:
            runs.append([each])
            reach = each.end
    return [_one(run) for run in runs]


def _one(group: Sequence[Settled]) -> Settled:
    """Their whole stretch; flags and sources add up, modifiers stay where all agree."""
    if len(group) == 1:
        return group[0]
    return Settled(
        group[0].code_id,
        min(each.start for each in group),
        max(each.end for each in group),
        common_modifiers(group),
        all_flags(group),
        tuple(sorted({source for each in group for source in each.sources})),
    )


def taken_over(mark: Mark) -> Settled:
    """One coder's coding as it is."""
    return Settled(
        mark.code_id, mark.start, mark.end, dict(mark.modifiers), tuple(sorted(mark.flags)), (mark.coding_id,)
    )  # fmt: skip


def shared_by_all(agreed: Agreed) -> Settled:
    """What agreed codings say together: the text that all of them coded, every flag, the modifiers of all."""
    marks = agreed.marks
    sources = tuple(sorted(mark.coding_id for mark in marks))
    return Settled(agreed.code_id, agreed.start, agreed.end, common_modifiers(marks), all_flags(marks), sources)


def settled_on(marks: Sequence[Mark], start: int, end: int) -> Settled:
    """What these codings of one code say, on another segment."""
    return replace(_one([taken_over(mark) for mark in marks]), start=start, end=end)


def outcome_of(difference: Difference, outcome: Outcome, taken: str = "") -> tuple[Settled, ...]:
    """The codings that follow from taking one coder's side, everybody's or nobody's."""
    if outcome is Outcome.TAKE:
        return _in_order(joined([taken_over(mark) for mark in difference.marks if mark.coder_id == taken]))
    if outcome is Outcome.BOTH:
        return _in_order(joined([taken_over(mark) for mark in difference.marks]))
    return ()


def _difference(readings: Readings, coders: tuple[str, ...], group: Differing) -> Difference:
    return Difference(
        key=key_of(readings.version_id, group.marks),
        transcript_id=readings.transcript_id,
        version_id=readings.version_id,
        kind=group.kind,
        start=group.start,
        end=group.end,
        marks=group.marks,
        coders=coders,
        same_parent=_same_parent(group.marks, readings.parents or {}),
    )


def _same_parent(marks: Sequence[Mark], parents: Mapping[str, str]) -> bool:
    codes = {mark.code_id for mark in marks}
    above = {parents.get(code) for code in codes}
    return len(codes) > 1 and len(above) == 1 and None not in above


def coding_of(version_id: str, settled: Settled, coder_id: str = "") -> Coding:
    """A coding of the consensus layer; its id follows from what it says and rests on.

    `coder_id` is whose layer was adopted; what was adjudicated is everybody's, and nobody's own.
    """
    return Coding(
        id=derived_id(
            CONSENSUS, version_id, settled.code_id, str(settled.start), str(settled.end), *sorted(settled.sources)
        ),
        version_id=version_id,
        start=settled.start,
        end=settled.end,
        code_id=settled.code_id,
        coder_id=coder_id,
        layer=CONSENSUS,
        modifiers=dict(settled.modifiers),
        flags=settled.flags,
    )
