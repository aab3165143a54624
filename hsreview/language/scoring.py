"""How good proposals were, counted against the codings that people made."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from statistics import fmean

FEW = 20
"""Of fewer there are counts, no shares."""


@dataclass(frozen=True, slots=True)
class Score:
    """Proposals of a code, or of all codes, over units."""

    units: int
    """Units, once for each code."""
    coded: int
    """Those that have the code."""
    proposed: int
    right: int
    """Proposed where the unit has the code."""

    @property
    def precision(self) -> float | None:
        """Share of the proposals that were right; null when fewer than FEW were made."""
        return _share(self.right, self.proposed)

    @property
    def recall(self) -> float | None:
        """Share of the units with the code for which it was proposed; null when there are fewer than FEW."""
        return _share(self.right, self.coded)

    @property
    def base(self) -> float | None:
        """Share of the units that have the code: the precision of a blind guess; null for fewer than FEW units."""
        return _share(self.coded, self.units)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole >= FEW else None


def score(units: Iterable[tuple[Collection[str], Collection[str]]], code: str) -> Score:
    """The score of one code over units, each given as `(codes it has, codes proposed)`."""
    n = coded = proposed = right = 0
    for has, given in units:
        n += 1
        coded += code in has
        proposed += code in given
        right += code in has and code in given
    return Score(n, coded, proposed, right)


def micro(scores: Iterable[Score]) -> Score:
    """All codes taken together: every unit and every proposal weighs the same."""
    every = list(scores)
    return Score(
        sum(s.units for s in every), sum(s.coded for s in every), sum(s.proposed for s in every),
        sum(s.right for s in every),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a share over the codes that have it: every code weighs the same."""

    value: float | None
    """Null when no code has the share."""
    codes: int
    """How many have it."""


def macro(shares: Iterable[float | None]) -> Mean:
    """The mean of those shares that are defined."""
    known = [share for share in shares if share is not None]
    return Mean(fmean(known) if known else None, len(known))
