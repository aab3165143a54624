"""The next round of votes at a validation meeting."""

from __future__ import annotations

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.model.people import Coder
from hsreview.model.validation import Ballot, Outcome
from hsreview.project import validations as stored
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.validating import Meeting, again
from hsreview.workflows.validation_acts import writing
from hsreview.workflows.validation_todo import before_next_round, refuse_while


def next_round(project: Project, coder: Coder, meeting: Meeting, *, incomplete: bool = False) -> Meeting:
    """Close a round and open the next one, as one act: ballots for the rows that are to be voted on again.

    A row goes on in the words of the amendment that was taken. With `incomplete`, tables that were not counted do not
    count, and rows on which nobody voted come again. Raises InputRefused with what is to be done first, in the last
    round, and when no row is left to vote on.
    """
    with writing(project, coder, meeting) as (act, now):
        if now.is_last_round:
            raise InputRefused(
                _("Round {round} is the last one: close the meeting (validation close).").format(round=now.round)
            )
        refuse_while(before_next_round(project, now, incomplete=incomplete))
        ballots = now.of_round(now.round)
        onwards = [each for each in ballots if now.outcome(each) in (Outcome.AGAIN, None)]
        if not onwards:
            raise InputRefused(
                _("Every row of round {round} is accepted: close the meeting (validation close).").format(
                    round=now.round
                )
            )
        for each in ballots:
            write_outcome(act, now, each)
        for each in onwards:
            stored.add_ballot(
                act, now.validation.id, row_id=each.row_id, round_=now.round + 1, position=each.position, ref=each.ref,
                kind=each.kind, text=now.words_after(each), badge=each.badge,
            )  # fmt: skip
        return again(project, now)


def write_outcome(act: Act, meeting: Meeting, ballot: Ballot) -> None:
    """Write down what became of a row; nothing where nobody voted."""
    outcome = meeting.outcome(ballot)
    if outcome is not None:
        act.put("ballot", ballot.id, outcome=str(outcome))
