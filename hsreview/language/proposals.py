"""Codes that are proposed for a unit of text, few and ranked, each with its reasons. A person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsreview.language.cues import CueHit
from hsreview.language.typical import TypicalHit
from hsreview.model.text import Span

MOST = 5
"""Codes proposed for one unit."""
LEAST_WEIGHT = 4.0
"""Typical phrases alone propose a code when their log-odds add up to so much."""
REASONS = 4
"""Typical phrases that are named."""


class Source(StrEnum):
    """What a proposal comes from."""

    CUE = "cue"
    """A cue phrase of the codebook."""
    TYPICAL = "typical"
    """A phrase that is typical of the code in the team's own codings."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a code is proposed."""

    source: Source
    phrase: str
    """The cue as the codebook has it; the typical phrase in small letters without accents."""
    places: tuple[Span, ...]
    """Where it stands in the text that was looked at, in code points."""
    language: str = ""
    """Of the cue."""
    other_form: bool = False
    """Whether the text has the cue in other forms of its words only."""
    segments: int = 0
    """In how many segments with the code the typical phrase stands."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code that is proposed."""

    code_id: str
    reasons: tuple[Reason, ...]
    """Cues first."""
    weight: float = 0.0
    """Log-odds of the typical phrases, added up."""

    @property
    def cues(self) -> int:
        """How many different cues."""
        return sum(reason.source is Source.CUE for reason in self.reasons)


def propose(
    cues: Iterable[CueHit], typical: Mapping[str, Sequence[TypicalHit]], known: Collection[str], most: int = MOST
) -> list[Proposal]:
    """Of the codes `known`, those with a cue or with typical phrases of enough weight, at most `most`.

    First those with both, then those with cues (the more different ones the earlier), then by weight.
    """
    reasons = _cue_reasons(cues)
    found = []
    for code in {*reasons, *typical} & set(known):
        hits = typical.get(code, ())
        weight = sum(hit.weight for hit in hits)
        own = reasons.get(code, [])
        if own or weight >= LEAST_WEIGHT:
            found.append(Proposal(code, (*own, *_typical_reasons(hits)), weight))
    order = {code: number for number, code in enumerate(known)}
    found.sort(key=lambda each: (not (each.cues and each.weight >= LEAST_WEIGHT), -each.cues, -each.weight,
                                 order[each.code_id]))  # fmt: skip
    return found[:most]


def _cue_reasons(hits: Iterable[CueHit]) -> dict[str, list[Reason]]:
    """Code → a reason for each of its cues, with every place."""
    places: dict[str, dict[tuple[str, str], list[CueHit]]] = {}
    for hit in hits:
        places.setdefault(hit.cue.code_id, {}).setdefault((hit.cue.phrase, hit.cue.language), []).append(hit)
    return {
        code: [
            Reason(
                Source.CUE, phrase, tuple((hit.start, hit.end) for hit in own), language,
                all(hit.other_form for hit in own),
            )
            for (phrase, language), own in cues.items()
        ]
        for code, cues in places.items()
    }  # fmt: skip


def _typical_reasons(hits: Sequence[TypicalHit]) -> list[Reason]:
    return [
        Reason(Source.TYPICAL, hit.phrase.words, ((hit.phrase.start, hit.phrase.end),), segments=hit.segments)
        for hit in hits[:REASONS]
    ]
