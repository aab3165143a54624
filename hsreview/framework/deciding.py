"""What a vote decides: the rule of a validation meeting, applied to the tallies of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hsreview.model.validation import Absent, Outcome, Rule, Side, Tally

SIDES = (Side.CSO, Side.OFFICIAL)
"""The sides whose agreement is asked for apart, so that neither silences the other."""
OVERALL = "overall"
"""The whole room, where agreement may fall short too."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What the rule makes of the tallies, with what it rests on."""

    outcome: Outcome | None
    """Null: nobody has voted yet."""
    overall: Tally
    sides: Mapping[Side, Tally]
    """The sides that the rule asks for; a side without a table has an empty tally."""
    cast: int
    missing: tuple[Side, ...]
    """Sides of which nobody cast a vote."""
    short: tuple[str, ...]
    """Where agreement falls short: sides, or `overall`."""


def decide(rule: Rule, tallies: Iterable[tuple[Side, Tally]], round_: int = 1, *, amended: bool = False) -> Decision:
    """What the votes of the tables, each with its side, decide in a round (1 is the first).

    Shares are compared as exact fractions: 7 of 10 reach 70 per cent. When an amendment was taken (`amended`), a row
    that reaches the shares is voted on again in its new words, unless the round is the last one.
    """
    votes = list(tallies)
    overall = _sum(tally for _side, tally in votes)
    sides = {side: _sum(tally for each, tally in votes if each == side) for side in SIDES}
    missing = tuple(side for side, tally in sides.items() if not tally.cast(rule))
    short: list[str] = [] if _reaches(overall, rule, rule.overall) else [OVERALL]
    for side, tally in sides.items():
        if (side in missing and rule.absent is Absent.BLOCK) or (
            side not in missing and not _reaches(tally, rule, rule.each_side)
        ):
            short.append(side)
    last = round_ >= rule.rounds
    outcome = None
    if overall.total:
        outcome = Outcome.ACCEPTED
        if short:
            outcome = Outcome.REJECTED if last else Outcome.AGAIN
        elif amended and not last:
            outcome = Outcome.AGAIN
    return Decision(outcome, overall, sides, overall.cast(rule), missing, tuple(short))


def needed(cast: int, per_cent: int) -> int:
    """How many of the votes cast must agree to reach a share: 7 of 10 for 70 per cent, 3 of 4 for 70."""
    return -(-cast * per_cent // 100)


def _reaches(tally: Tally, rule: Rule, per_cent: int) -> bool:
    cast = tally.cast(rule)
    return bool(cast) and Fraction(tally.agree, cast) >= Fraction(per_cent, 100)


def _sum(tallies: Iterable[Tally]) -> Tally:
    found = Tally()
    for each in tallies:
        found += each
    return found
