"""How strong the evidence of a row is, in clauses: counts of people, never percentages of a few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hsreview.base.messages import _, labelled, ngettext
from hsreview.framework.badge import public
from hsreview.framework.strength import Grade, Strength
from hsreview.model.agreement import UNIT_WORDS
from hsreview.model.framework import Row
from hsreview.workflows.evidence import Grounds, grade_name
from hsreview.workflows.reasons import measure_name

if TYPE_CHECKING:
    from hsreview.workflows.evidence_agreement import CodeAgreed, EvidenceAgreement


def in_words(behind: Grounds, row: Row, agreement: EvidenceAgreement | None = None) -> list[str]:
    """The parts of the strength of a row, a clause each; with how far coders agree on its codes where that is given."""
    found = behind.strength(row)
    parts = [*_people(behind, found), *_sources(found), *_doubts(found)]
    if not row.data.get("strength_set") and (told := public(found, len(behind.people))) is not found.grade:
        parts.append(_outside(told))
    return parts if agreement is None else [*parts, *agreement_in_words(agreement)]


def in_brief(behind: Grounds, row: Row) -> str:
    """`3 of 12 cso, 1 of 4 policymaker`: of how many of each group a row was heard; of all where no group is known."""
    found, everyone = behind.strength(row), _everyone(behind)
    groups = [_("{n} of {total} {group}").format(n=n, total=everyone[of], group=of) for of, n in found.by_group.items()]
    return ", ".join(groups) or _("{n} of {total}").format(n=found.respondents, total=len(behind.people))


def _people(behind: Grounds, found: Strength) -> Iterator[str]:
    everyone = _everyone(behind)
    yield _("heard from {n} of {total} respondents").format(n=found.respondents, total=len(behind.people))
    for group, n in found.by_group.items():
        yield _("heard from {n} of {total} interviewed in group {group}").format(
            n=n, total=everyone[group], group=group
        )
    yield ngettext("{n} organisation", "{n} organisations", found.organisations).format(n=found.organisations)
    yield _sides(*found.sides)
    yield _("places: {names}").format(names=", ".join(found.places) or "–")
    if any(person.sex for person in behind.people.values()):
        yield _("sexes heard: {names}").format(names=", ".join(found.sexes) or "–")
    if any(transcript.wave for transcript in behind.interviews.values()):
        yield _("rounds of interviews: {names}").format(names=", ".join(found.waves) or "–")


def _everyone(behind: Grounds) -> Counter[str]:
    """Group → people of it who were interviewed."""
    return Counter(person.group for person in behind.people.values())


def _sides(cso: int, policymaker: int) -> str:
    if cso and policymaker:
        return _("both sides: civil society and policymakers")
    if cso:
        return _("one side only: civil society")
    if policymaker:
        return _("one side only: policymakers")
    return _("neither side: no civil society, no policymakers")


def _sources(found: Strength) -> Iterator[str]:
    yield ngettext("{n} supporting segment", "{n} supporting segments", found.segments).format(n=found.segments)
    if found.voiced:
        yield _("first hand: {n} of {total}").format(n=found.firsthand, total=found.voiced)
    if found.documents:
        yield ngettext("{n} document", "{n} documents", found.documents).format(n=found.documents)


def _doubts(found: Strength) -> Iterator[str]:
    if found.contradicting:
        said = ngettext("{n} segment contradicts", "{n} segments contradict", found.contradicting)
        yield said.format(n=found.contradicting) + (_(" (answered)") if found.answered else "")
    if found.unaffiliated:
        said = ngettext("{n} person without organisation", "{n} people without organisation", found.unaffiliated)
        yield said.format(n=found.unaffiliated)
    if found.unlinked:
        said = ngettext("{n} segment of nobody known", "{n} segments of nobody known", found.unlinked)
        yield said.format(n=found.unlinked)
    if found.missing:
        said = ngettext("{n} linked segment is gone", "{n} linked segments are gone", found.missing)
        yield said.format(n=found.missing)


def _outside(told: Grade) -> str:
    return _("outside the team “{grade}”, so that a few people cannot be told from nobody").format(
        grade=grade_name(told)
    )


def agreement_in_words(found: EvidenceAgreement) -> list[str]:
    """How far coders agree on the codes behind a row, a clause for each, and how much of it two of them read."""
    if found.why:
        return [labelled(_("agreement"), found.why)]
    told = [labelled(_("agreement on {code}").format(code=each.ref), _of_code(found, each)) for each in found.codes]
    read = _("double-coded: {n} of {total} segments").format(n=found.double_coded, total=found.segments)
    return [*told, read]


def _of_code(found: EvidenceAgreement, code: CodeAgreed) -> str:
    from hsreview.workflows.matrix_words import decimal  # With all that matrices need: not for lists.

    measure, unit = measure_name(found.measure), _(UNIT_WORDS[found.unit])
    if code.value is None:
        return _("{measure} not defined: {why}").format(measure=measure, why=code.why)
    return _("{measure} {value} ({n} {unit})").format(
        measure=measure, value=decimal(code.value), n=code.units, unit=unit
    )
