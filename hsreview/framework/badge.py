"""What of the strength of a row may leave the team: words and bands, in French and English.

Fewer than k people are never told from nobody. So whatever could say more than their band (the grade, both sides, what
others contradict) is said only where k people or more stand behind it; no other group and no place is named, and there
is no percentage.
"""

from __future__ import annotations

from collections.abc import Iterable

from hsreview.framework.strength import Grade, Strength
from hsreview.model.localized import Localized
from hsreview.model.public import LEAST_K, Band, band_of

_GRADES = {
    # Very low is told from low by one person.
    Grade.VERY_LOW: Localized("faible", "low"), Grade.LOW: Localized("faible", "low"),
    Grade.MODERATE: Localized("moyenne", "moderate"), Grade.HIGH: Localized("forte", "high"),
}  # fmt: skip
_STRENGTH = Localized("force des preuves\u00a0: {grade}", "strength of evidence: {grade}")
_CHOSEN = Localized(
    "force des preuves selon l’équipe\u00a0: {grade}", "strength of evidence as the team sees it: {grade}"
)
_HEARD = {
    Band.FEW: Localized(
        "entendu auprès de moins de {k} des {total} personnes interrogées",
        "heard from fewer than {k} of the {total} people interviewed",
    ),
    Band.SOME: Localized(
        "entendu auprès de {k} à {most} des {total} personnes interrogées",
        "heard from {k} to {most} of the {total} people interviewed",
    ),
    Band.MANY: Localized(
        "entendu auprès d’au moins {many} des {total} personnes interrogées",
        "heard from {many} or more of the {total} people interviewed",
    ),
}  # fmt: skip
_FEW_PEOPLE = Localized("peu de personnes ont été interrogées", "few people were interviewed")
_SIDES = Localized("société civile et décideurs", "civil society and policymakers")
_AGAINST = Localized("d’autres disent le contraire", "others say the opposite")
_DOCUMENTS = Localized("aussi dans des documents", "also in documents")


def badge(found: Strength, total: int, chosen: Grade | None = None, k: int = LEAST_K) -> Localized:
    """The badge of a row: `heard from 3 to 5 of the 16 people interviewed · strength of evidence: moderate`.

    `total`: respondents of the project; `chosen`: the grade that a person set, with a reason. Of two rows behind which
    fewer than `k` people stand, with the same documents and the same grade set, nobody can tell which has more. Where
    fewer than 2`k` were interviewed, nothing is told of them: `k` of them would be nearly all.
    """
    band = _band(found, total, k)
    parts = [_filled(_HEARD[band], k=k, most=2 * k - 1, many=2 * k, total=total) if total >= 2 * k else _FEW_PEOPLE]
    if min(found.sides) >= k:
        parts.append(_SIDES)
    if found.against >= k and total >= 2 * k:
        parts.append(_AGAINST)
    if found.documents:
        parts.append(_DOCUMENTS)
    parts.append(_filled(_STRENGTH, public(found, total, k)) if chosen is None else _filled(_CHOSEN, chosen))
    return _joined(parts)


def public(found: Strength, total: int, k: int = LEAST_K) -> Grade:
    """The grade that the counts may tell: a high one says that both sides are heard, so each must be `k` people."""
    if _band(found, total, k) is Band.FEW:
        return Grade.LOW
    return Grade.MODERATE if found.grade is Grade.HIGH and min(found.sides) < k else found.grade


def _band(found: Strength, total: int, k: int) -> Band:
    return band_of(found.respondents, k) if total >= 2 * k else Band.FEW


def _filled(text: Localized, grade: Grade | None = None, **numbers: int) -> Localized:
    words = _GRADES[grade] if grade is not None else Localized()
    return Localized(text.fr.format(grade=words.fr, **numbers), text.en.format(grade=words.en, **numbers))


def _joined(parts: Iterable[Localized]) -> Localized:
    told = list(parts)
    return Localized(" · ".join(each.fr for each in told), " · ".join(each.en for each in told))
