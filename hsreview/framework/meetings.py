"""A validation meeting as one reads it: who sits in the room, what was voted and said, and what that decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from hsreview.framework.deciding import Decision, decide
from hsreview.model.framework import FrameworkVersion
from hsreview.model.localized import Localized
from hsreview.model.validation import (
    Amendment,
    AmendmentDecision,
    Ballot,
    Comment,
    Outcome,
    Party,
    Tally,
    Validation,
    Vote,
)

TAKEN = (AmendmentDecision.ACCEPTED, AmendmentDecision.PARTLY)
"""Decisions that give a row other words."""
PASSED = (Outcome.ACCEPTED, Outcome.AMENDED)
"""What became of a row that the meeting signs off."""
_ENDED = (*PASSED, Outcome.REJECTED)
"""What became of a row that is not voted on again."""
_T = TypeVar("_T", Comment, Amendment)


@dataclass(frozen=True)
class Meeting:
    """A validation meeting with all that was written down at it."""

    validation: Validation
    version: FrameworkVersion | None
    """What is put to the vote; null when it is not in this copy of the project."""
    parties: Sequence[Party]
    ballots: Sequence[Ballot]
    """By round, in the order of the outcome map."""
    votes: Sequence[Vote]
    comments: Sequence[Comment]
    """In the order in which they were written down; the number of a comment is its place here, from 1."""
    amendments: Sequence[Amendment]
    """As `comments`."""

    @property
    def is_closed(self) -> bool:
        """Whether nothing is voted on any more."""
        return bool(self.validation.closed)

    @cached_property
    def round(self) -> int:
        """The round that is being voted on; the last one when the meeting is closed, 0 without ballots."""
        return max((each.round for each in self.ballots), default=0)

    @property
    def is_last_round(self) -> bool:
        """Whether no row can be voted on again."""
        return self.round >= self.validation.rule.rounds

    def of_round(self, round_: int) -> list[Ballot]:
        """The ballots of a round."""
        return [each for each in self.ballots if each.round == round_]

    @cached_property
    def by_id(self) -> Mapping[str, Ballot]:
        """Id → ballot."""
        return {each.id: each for each in self.ballots}

    @cached_property
    def tables(self) -> Mapping[str, Party]:
        """Id → table."""
        return {each.id: each for each in self.parties}

    @cached_property
    def last(self) -> Mapping[str, Ballot]:
        """Id of a row → its ballot in the last round in which it was voted on, in the order of the ballots.

        Ballots of a round that one laptop opened while another one closed the meeting are left out.
        """
        found: dict[str, Ballot] = {}
        for each in self.ballots:
            before = found.get(each.row_id)
            if not (self.is_closed and each.outcome is None and before is not None and before.outcome in _ENDED):
                found[each.row_id] = each
        return dict(sorted(found.items(), key=lambda pair: pair[1].position))

    @cached_property
    def first(self) -> Mapping[str, Ballot]:
        """Id of a row → its first ballot, in the words of the version that was brought."""
        found: dict[str, Ballot] = {}
        for each in self.ballots:
            found.setdefault(each.row_id, each)
        return found

    @cached_property
    def tallies(self) -> Mapping[str, Mapping[str, Tally]]:
        """Id of a ballot → id of a table → what it voted; tables that were not counted are left out."""
        found: dict[str, dict[str, Tally]] = {}
        for each in self.votes:
            if each.party_id in self.tables:
                found.setdefault(each.ballot_id, {})[each.party_id] = each.tally
        return found

    def tally(self, ballot: Ballot, party: Party) -> Tally | None:
        """What a table voted; null when it was not counted."""
        return self.tallies.get(ballot.id, {}).get(party.id)

    def uncounted(self, ballot: Ballot) -> list[Party]:
        """The tables that are still to be counted on a ballot; none when its round is over."""
        return [] if self.is_over(ballot) else self.left_out(ballot)

    def left_out(self, ballot: Ballot) -> list[Party]:
        """The tables without votes on a ballot; they may have come to the meeting later."""
        return [each for each in self.parties if self.tally(ballot, each) is None]

    def is_over(self, ballot: Ballot) -> bool:
        """Whether nobody votes on a ballot any more."""
        return self.is_closed or ballot.round < self.round

    @cached_property
    def orphaned(self) -> Sequence[Vote]:
        """Votes of tables that were taken out of the room on a laptop that did not know of them."""
        return [each for each in self.votes if each.party_id not in self.tables and each.ballot_id in self.by_id]

    def is_voted(self, ballot: Ballot) -> bool:
        """Whether anybody voted on a ballot."""
        return any(each.total for each in self.tallies.get(ballot.id, {}).values())

    def comments_on(self, ballot: Ballot) -> list[Comment]:
        """What was said about a row in the round of the ballot."""
        return [each for each in self.comments if each.ballot_id == ballot.id]

    def amendments_of(self, ballot: Ballot) -> list[Amendment]:
        """What was proposed for a row in the round of the ballot."""
        return [each for each in self.amendments if each.ballot_id == ballot.id]

    def number(self, what: _T) -> int:
        """The number of a comment or an amendment of the meeting."""
        those: Sequence[Comment | Amendment] = self.comments if isinstance(what, Comment) else self.amendments
        return next(n for n, each in enumerate(those, 1) if each.id == what.id)

    def taken(self, ballot: Ballot) -> list[Amendment]:
        """The amendments of a ballot that were taken, the one that was decided last at the end."""
        return sorted(
            (each for each in self.amendments_of(ballot) if each.decision in TAKEN), key=lambda each: (each.at, each.id)
        )

    def words_after(self, ballot: Ballot) -> Localized:
        """The words with which a row goes on: those of the amendment that was taken last, else those of the ballot."""
        taken = self.taken(ballot)
        return taken[-1].result if taken else ballot.text

    @cached_property
    def unheeded(self) -> Sequence[Amendment]:
        """Amendments that were taken on another laptop after the round was closed: the row goes on without them."""
        following = {(each.row_id, each.round): each for each in self.ballots}
        found: list[Amendment] = []
        for ballot in filter(self.is_over, self.ballots):
            after = following.get((ballot.row_id, ballot.round + 1))
            heeded = after.text == self.words_after(ballot) if after else ballot.outcome not in PASSED
            found += [] if heeded else self.taken(ballot)
        return found

    def result(self, ballot: Ballot) -> Decision:
        """What the votes on a ballot decide now, whatever was written down when its round was closed."""
        votes = self.tallies.get(ballot.id, {})
        return decide(
            self.validation.rule, ((self.tables[party].side, tally) for party, tally in votes.items()), ballot.round,
            amended=bool(self.taken(ballot)),
        )  # fmt: skip

    def is_reworded(self, ballot: Ballot) -> bool:
        """Whether a ballot has other words than the version that was brought."""
        return ballot.text != self.first[ballot.row_id].text

    def outcome(self, ballot: Ballot) -> Outcome | None:
        """What became of a row in a round: as it was written down, or as the votes are now while it is voted on.

        Null where nobody voted.
        """
        if ballot.outcome is not None or self.is_over(ballot):
            return ballot.outcome
        found = self.result(ballot).outcome
        return Outcome.AMENDED if found is Outcome.ACCEPTED and self.is_reworded(ballot) else found

    def open_amendments(self, ballots: Iterable[Ballot]) -> list[Amendment]:
        """The amendments of these ballots of which nobody decided."""
        wanted = {each.id for each in ballots}
        return [each for each in self.amendments if each.ballot_id in wanted and _is_open(each)]

    def unanswered(self) -> list[Comment]:
        """The comments that have no answer yet."""
        return [each for each in self.comments if not each.answer]


def _is_open(amendment: Amendment) -> bool:
    return amendment.decision is AmendmentDecision.OPEN
