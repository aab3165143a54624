"""Practice: what a coder did with a text against an answer key, difference by difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.agreement.typing import OVERLAP, Differing, differences
from hsreview.model.review import DifferenceKind, Mark

KEY, OWN = "key", "own"
_ONE_SIDED = (DifferenceKind.MISSED, DifferenceKind.EXTRA)


@dataclass(frozen=True, slots=True)
class Deviation:
    """A place where the coder and the key differ."""

    kind: DifferenceKind
    start: int
    end: int
    key: tuple[Mark, ...]
    """What the key has there; empty when it has nothing."""
    own: tuple[Mark, ...]
    """What the coder put there; empty when nothing."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Ids of the codes concerned, those of the key first."""
        return tuple(dict.fromkeys(mark.code_id for mark in (*self.key, *self.own)))


@dataclass(frozen=True, slots=True)
class Feedback:
    """The whole comparison."""

    agreed: int
    """Places where both have the same code on matching text."""
    key: int
    """Codings of the key."""
    own: int
    """Codings of the coder."""
    deviations: Sequence[Deviation]

    @property
    def counts(self) -> Mapping[DifferenceKind, int]:
        """Kind → how many differences."""
        found = Counter(each.kind for each in self.deviations)
        return {kind: found[kind] for kind in DifferenceKind}


def feedback(key: Sequence[Mark], own: Sequence[Mark], overlap: float = OVERLAP) -> Feedback:
    """Compare a coder's codings of one text with those of the key, by the rules of adjudication."""
    compared = differences({KEY: key, OWN: own}, overlap)
    return Feedback(len(compared.agreed), len(key), len(own), [_deviation(each, key) for each in compared.differing])


def _deviation(each: Differing, key: Sequence[Mark]) -> Deviation:
    ids = {mark.coding_id for mark in key}
    of_key = tuple(mark for mark in each.marks if mark.coding_id in ids)
    own = tuple(mark for mark in each.marks if mark.coding_id not in ids)
    kind = each.kind
    if kind in _ONE_SIDED and not (of_key and own):  # Measured by the key: what only the coder has was not missed.
        kind = DifferenceKind.MISSED if of_key else DifferenceKind.EXTRA
    return Deviation(kind, each.start, each.end, of_key, own)
