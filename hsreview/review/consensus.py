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
    differences = [_difference(readings, coders, each) for each in compared.differing]
    entry = _entry(readings, coders, differences)
    return TranscriptConsensus(
        transcript_id=readings.transcript_id,
        entry=entry,
        coders=coders,
        agreed=len(compared.agreed),
        differences=tuple(differences),
        settled=_settled(readings, entry, compared.agreed, differences),
        adoption=readings.adoption,
    )


def _entry(readings: Readings, coders: Sequence[str], differences: Sequence[Difference]) -> Entry:
    if readings.adoption is not None and readings.adopted is not None:
        return Entry.ADOPTED
    if not coders:
        return Entry.UNREAD
    if len(coders) == 1:
        return Entry.SINGLE
    settled = all(each.standing is Standing.DECIDED for each in differences)
    return Entry.ADJUDICATED if settled else Entry.OPEN


def _settled(
    readings: Readings, entry: Entry, agreed: Sequence[Agreed], differences: Sequence[Difference]
) -> tuple[Settled, ...]:
    if entry is Entry.ADOPTED:
        found = [taken_over(mark) for mark in readings.adopted or ()]
    elif entry is Entry.ADJUDICATED:
        found = [shared_by_all(each) for each in agreed]
        found += [each for difference in differences if difference.decision for each in difference.decision.result]
    else:
        return ()
    return tuple(sorted(once(found), key=lambda s: (s.start, -s.end, s.code_id, s.sources)))


def once(found: Sequence[Settled]) -> list[Settled]:
    """Each code on each segment once; flags and sources add up, modifiers stay where all agree."""
    kept: dict[tuple[str, int, int], Settled] = {}
    for each in found:
        key = each.code_id, each.start, each.end
        first = kept.get(key)
        if first is None:
            kept[key] = each
            continue
        same = {name: value for name, value in first.modifiers.items() if each.modifiers.get(name) == value}
        kept[key] = replace(
            first,
            modifiers=same,
            flags=tuple(sorted({*first.flags, *each.flags})),
            sources=tuple(sorted({*first.sources, *each.sources})),
        )
    return list(kept.values())


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


def outcome_of(difference: Difference, outcome: Outcome, taken: str = "") -> tuple[Settled, ...]:
    """The codings that follow from taking one coder's side, everybody's or nobody's."""
    if outcome is Outcome.TAKE:
        return tuple(once([taken_over(mark) for mark in difference.marks if mark.coder_id == taken]))
    if outcome is Outcome.BOTH:
        return tuple(_joined(difference.marks))
    return ()


def _joined(marks: Sequence[Mark]) -> list[Settled]:
    """Everybody's codings; overlapping ones of a code become one segment, so that no passage counts twice."""
    found: list[Settled] = []
    runs: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=lambda m: (m.code_id, m.start, m.end, m.coding_id)):
        run = runs.get(mark.code_id)
        if run and mark.start < max(each.end for each in run):
            run.append(mark)
            continue
        if run:
            found.append(_hull(run))
        runs[mark.code_id] = [mark]
    found.extend(_hull(run) for run in runs.values())
    return sorted(found, key=lambda s: (s.start, -s.end, s.code_id))


def _hull(marks: Sequence[Mark]) -> Settled:
    return Settled(
        marks[0].code_id,
        min(mark.start for mark in marks),
        max(mark.end for mark in marks),
        common_modifiers(marks),
        all_flags(marks),
        tuple(sorted(mark.coding_id for mark in marks)),
    )


def _difference(readings: Readings, coders: tuple[str, ...], group: Differing) -> Difference:
    key = key_of(readings.version_id, group.marks)
    ids = {mark.coding_id for mark in group.marks}
    touching = [d for d in readings.decisions if d.id == key or any(coding in ids for coding, _digest in d.basis)]
    held = next((d for d in touching if d.id == key and d.basis == basis_of(group.marks)), None)
    contrary = tuple((readings.contrary or {}).get(key, ()))
    standing = Standing.DECIDED if held is not None else Standing.REOPENED if touching else Standing.OPEN
    if contrary:
        standing = Standing.REOPENED
    last = max(touching, key=lambda d: (d.at, d.id), default=None)
    return Difference(
        key=key,
        transcript_id=readings.transcript_id,
        version_id=readings.version_id,
        kind=group.kind,
        start=group.start,
        end=group.end,
        marks=group.marks,
        coders=coders,
        same_parent=_same_parent(group.marks, readings.parents or {}),
        standing=standing,
        decision=held or last,
        contrary=contrary,
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
