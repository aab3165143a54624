"""A validation meeting: the tables in the room, what they vote on, what they say, and what is amended.

People in the room are counted, never named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from hsreview.base.ids import derived_id
from hsreview.model.framework import RowKind
from hsreview.model.localized import Localized


class Side(StrEnum):
    """Whose table it is."""

    CSO = "cso"
    OFFICIAL = "official"
    OTHER = "other"
    """Counts in the whole, but for neither side."""


class Outcome(StrEnum):
    """What became of a row that was voted on."""

    ACCEPTED = "accepted"
    AMENDED = "amended"
    """Accepted with other words than those of the version that was brought to the meeting."""
    AGAIN = "again"
    """Not enough agreed, and the round was not the last one: amend it and vote again."""
    REJECTED = "rejected"


class Absent(StrEnum):
    """What happens when nobody of a side cast a vote."""

    IGNORE = "ignore"
    """The sides that are there decide."""
    BLOCK = "block"
    """No row is accepted without each side."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a row is accepted; shares are of the votes cast."""

    overall: int = 70
    """Per cent that must agree over all tables."""
    each_side: int = 50
    """Per cent that must agree in each side."""
    abstentions_count: bool = False
    """Whether abstentions are votes cast."""
    not_understood_count: bool = True
    """Whether “not understood” is a vote cast: it is then one that does not agree."""
    rounds: int = 2
    """After the last round a row that is not accepted is rejected."""
    absent: Absent = Absent.IGNORE

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Rule:
        """From what is stored; what is not there, or is of another kind, is that of a new rule."""
        usual = cls()
        given = {
            each.name: value[each.name]
            for each in fields(cls)
            if each.name != "absent" and type(value.get(each.name)) is type(getattr(usual, each.name))
        }
        absent = Absent(value["absent"]) if value.get("absent") in list(Absent) else usual.absent
        return cls(**given, absent=absent)


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of one table, or of several."""

    agree: int = 0
    amend: int = 0
    reject: int = 0
    abstain: int = 0
    not_understood: int = 0

    @property
    def total(self) -> int:
        """Hands counted."""
        return self.agree + self.amend + self.reject + self.abstain + self.not_understood

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.agree + other.agree, self.amend + other.amend, self.reject + other.reject,
            self.abstain + other.abstain, self.not_understood + other.not_understood,
        )  # fmt: skip

    def cast(self, rule: Rule) -> int:
        """The votes that count as cast under the rule."""
        counted = self.agree + self.amend + self.reject
        return (
            counted
            + (self.abstain if rule.abstentions_count else 0)
            + (self.not_understood if rule.not_understood_count else 0)
        )


@dataclass(frozen=True, slots=True)
class Validation:
    """One meeting at which a version of the framework is put to the vote."""

    id: str
    name: str
    date: str
    place: str
    state: str
    """Country, in two letters or in words."""
    language: str
    """Of the ballots: `fr`, `en` or `both`."""
    version_id: str
    """The version of the framework that is put to the vote."""
    rule: Rule
    closed: str = ""
    """When it was closed; empty while it is open."""
    coder_id: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """One table in the room. No names: a label, a side and how many people sit at it."""

    id: str
    validation_id: str
    label: str
    side: Side
    size: int
    composition: Mapping[str, int] = field(default_factory=dict)
    """Counts that the table gives of itself, such as women or organisations."""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Ballot:
    """One row put to the vote in one round, in the words that the room was shown."""

    id: str
    validation_id: str
    row_id: str
    round: int
    """1 for the first."""
    position: int
    ref: str
    kind: RowKind
    text: Localized
    badge: Localized
    """How strong the evidence is, in words that may leave the team."""
    outcome: Outcome | None = None
    """Null until the round is closed."""
    reason: str = ""
    """Why a row was rejected, or what the meeting said to its decision."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one table voted on one ballot."""

    ballot_id: str
    party_id: str
    tally: Tally


def vote_id(ballot_id: str, party_id: str) -> str:
    """A table votes once on a ballot, on whatever laptop it is entered."""
    return derived_id("vote", ballot_id, party_id)


class CommentKind(StrEnum):
    """What a comment is about."""

    WORDING = "wording"
    SUBSTANCE = "substance"
    EVIDENCE = "evidence"
    RISK = "risk"
    TRANSFER = "transfer"
    """What other states would need."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a table said about a row; every comment gets an answer."""

    id: str
    ballot_id: str
    party_id: str
    """Empty: of no table in particular."""
    kind: CommentKind
    text: str
    answer: str = ""
    answered: str = ""
    """When it was answered."""
    position: int = 0


class AmendmentDecision(StrEnum):
    """What became of an amendment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Amendment:
    """Other words for a row."""

    id: str
    ballot_id: str
    party_id: str
    before: Localized
    after: Localized
    """As it was proposed."""
    taken: Localized
    """As it was decided; empty unless it was taken in part."""
    decision: AmendmentDecision
    reason: str = ""
    coder_id: str = ""
    at: str = ""

    @property
    def result(self) -> Localized:
        """The words that the row has after the decision."""
        match self.decision:
            case AmendmentDecision.ACCEPTED:
                return self.after
            case AmendmentDecision.PARTLY:
                return self.taken
            case _:
                return self.before
