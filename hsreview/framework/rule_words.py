"""The rule of a validation meeting in plain words, in French and English: it is read out and printed for the room."""

from __future__ import annotations

from hsreview.model.localized import Localized
from hsreview.model.validation import Absent, Rule

_ACCEPTED = Localized(
    "Une ligne est acceptée quand au moins {overall}\u00a0% des votes exprimés de toute la salle sont d’accord, et au "
    "moins {each}\u00a0% de ceux de chaque côté, la société civile et les autorités.",
    "A row is accepted when at least {overall} % of the votes cast in the whole room agree, and at least {each} % of "
    "those of each side, civil society and officials.",
)
_NOT_UNDERSTOOD = {
    True: Localized(
        "«\u202fPas compris\u202f» compte comme un vote exprimé qui n’est pas d’accord",
        "“Not understood” counts as a vote cast that does not agree",
    ),
    False: Localized("«\u202fPas compris\u202f» n’est pas un vote exprimé", "“Not understood” is not a vote cast"),
}
_ABSTENTION = {
    True: Localized("une abstention aussi.", "an abstention does too."),
    False: Localized("une abstention ne compte pas.", "an abstention does not count."),
}
_ABSTENTION_APART = {
    True: Localized("une abstention en est un, qui n’est pas d’accord.", "an abstention is one that does not agree."),
    False: Localized("une abstention non plus.", "nor is an abstention."),
}
_LAST = Localized("Une ligne qui n’est pas acceptée est rejetée.", "A row that is not accepted is rejected.")
_ROUNDS = Localized(
    "Une ligne qui n’est pas acceptée, ou dont les mots changent, est soumise à un nouveau vote\u202f; après le tour "
    "{rounds}, une ligne qui n’est pas acceptée est rejetée.",
    "A row that is not accepted, or whose words change, is voted on again; after round {rounds} a row that is not "
    "accepted is rejected.",
)
_ABSENT = {
    Absent.IGNORE: Localized(
        "Si personne d’un côté ne vote, l’autre décide seul.", "If nobody of one side votes, the other side decides."
    ),
    Absent.BLOCK: Localized(
        "Aucune ligne n’est acceptée si personne d’un côté ne vote.",
        "No row is accepted if nobody of one side votes.",
    ),
}


def rule_in_words(rule: Rule) -> Localized:
    """When a row is accepted, which votes count, and what follows when it is not: four sentences."""
    shares = _filled(_ACCEPTED, overall=rule.overall, each=rule.each_side)
    counting = _ABSTENTION if rule.not_understood_count else _ABSTENTION_APART
    first, second = _NOT_UNDERSTOOD[rule.not_understood_count], counting[rule.abstentions_count]
    counted = Localized(f"{first.fr}\u202f; {second.fr}", f"{first.en}; {second.en}")
    after = _LAST if rule.rounds < 2 else _filled(_ROUNDS, rounds=rule.rounds)
    parts = (shares, counted, after, _ABSENT[rule.absent])
    return Localized(" ".join(each.fr for each in parts), " ".join(each.en for each in parts))


def _filled(text: Localized, **numbers: int) -> Localized:
    return Localized(text.fr.format(**numbers), text.en.format(**numbers))
