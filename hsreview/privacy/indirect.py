"""What can tell who is meant although no name stands there: an office or a rank beside a place, the only one of a kind.

These are rules for a person to look at, in French and English; they find little and prove nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hsreview.base.folding import fold_with_map
from hsreview.model.text import Span

_ROLES = (
    r"maires?|adjointe? au maire|prefete?|sous[- ]prefete?|gouverneur|gouverneure|deputee?|senateur|senatrice|ministre|"
    r"ambassadeur|ambassadrice|chef (?:de|du) (?:village|quartier|canton|fraction|cercle|poste)|imam|cadi|pasteur|"
    r"eveque|president|presidente|vice[- ]presidente?|secretaire general|secretaire generale|directeur|directrice|"
    r"proviseur|coordinateur|coordinatrice|coordonnateur|coordonnatrice|colonel|commandant|commandante|capitaine|"
    r"medecin[- ]chef|juge|procureur|tresorier|tresoriere|porte[- ]parole|"
    r"mayor|deputy mayor|prefect|sub-prefect|governor|minister|ambassador|(?:village|paramount|traditional|area) chief|"
    r"bishop|pastor|chairman|chairwoman|chairperson|president|director|headmaster|headmistress|coordinator|commander|"
    r"colonel|captain|judge|prosecutor|treasurer|spokesperson|spokesman|spokeswoman|assemblyman|assemblywoman"
)
_ROLE = re.compile(rf"(?<!\w)(?:{_ROLES})(?!\w)")
_ONLY = re.compile(
    r"(?<!\w)(?:la seule|le seul|l'unique|la premiere|le premier) (?:femme|homme|personne|fille|garcon|jeune|"
    r"survivante?|infirmiere?|enseignante?|medecin|temoin|veuve|eluee?)(?!\w)|"
    r"(?<!\w)the (?:only|first) (?:woman|man|person|girl|boy|survivor|nurse|teacher|doctor|witness|widow)(?!\w)"
)


def indirect(text: str, sentences: Iterable[Span], places: Sequence[Span]) -> list[Span]:
    """The sentences in which somebody could be recognised: an office with one of the `places`, or the only one.

    `places` are stretches that stand for a place or an organisation, their generalisations included.
    """
    found = []
    for start, end in sentences:
        folded, _offsets = fold_with_map(text[start:end])
        near = any(start <= first < end for first, _last in places)
        if _ONLY.search(folded) or (near and _ROLE.search(folded)):
            found.append((start, end))
    return found
