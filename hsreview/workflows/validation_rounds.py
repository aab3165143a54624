"""What is left to do at a validation meeting, and the next round of its votes."""

from __future__ import annotations

from collections.abc import Iterable

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.framework.meetings import PASSED
from hsreview.model.people import Coder
from hsreview.model.validation import Ballot, Outcome
from hsreview.project import validations as stored
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.validating import Meeting, again
from hsreview.workflows.validation_acts import writing


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
        refuse_while(before_next_round(now, incomplete=incomplete))
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


def before_next_round(meeting: Meeting, *, incomplete: bool = False) -> list[Problem]:
    """What has to be done before the next round; empty when nothing has to."""
    ballots = meeting.of_round(meeting.round)
    return [*_no_tables(meeting), *_uncounted(meeting, ballots, incomplete=incomplete), *_undecided(meeting, ballots)]


def before_close(meeting: Meeting, reasons: Iterable[str] = (), *, incomplete: bool = False) -> list[Problem]:
    """What has to be done before the meeting is closed; `reasons`: ids of rows of which it is said why they fail."""
    ballots = meeting.of_round(meeting.round)
    return [
        *_no_tables(meeting),
        *_uncounted(meeting, ballots, incomplete=incomplete),
        *_undecided(meeting, ballots),
        *_unanswered(meeting),
        *_without_reason(meeting, ballots, set(reasons)),
    ]


def refuse_while(problems: list[Problem]) -> None:
    """Raises InputRefused with what has to be done first."""
    if problems:
        raise InputRefused(
            ngettext(
                "{count} thing has to be done first. Nothing was stored.",
                "{count} things have to be done first. Nothing was stored.",
                len(problems),
            ).format(count=len(problems)),
            problems,
        )


def _no_tables(meeting: Meeting) -> list[Problem]:
    if meeting.parties:
        return []
    return [Problem(_("No table is in the room (validation table)."), meeting.validation.name, "no_tables")]


def _uncounted(meeting: Meeting, ballots: Iterable[Ballot], *, incomplete: bool) -> list[Problem]:
    if incomplete or not meeting.parties:
        return []
    found = []
    for each in ballots:
        missing = meeting.uncounted(each)
        if not meeting.is_voted(each):
            told = _("Nobody has voted. Count hands, or go on without it (--incomplete).")
            found.append(Problem(told, each.ref, "unvoted"))
        elif missing:
            told = _("Not counted yet: {tables}. Count hands (0 0 0 0 0 for nobody), or go on without (--incomplete).")
            labels = ", ".join(party.label for party in missing)
            found.append(Problem(told.format(tables=labels), each.ref, "uncounted"))
    return found


def _undecided(meeting: Meeting, ballots: Iterable[Ballot]) -> list[Problem]:
    told = _("Amendment {number} is not decided (validation decide-amendment).")
    return [
        Problem(told.format(number=meeting.number(each)), meeting.by_id[each.ballot_id].ref, "undecided")
        for each in meeting.open_amendments(ballots)
    ]


def _unanswered(meeting: Meeting) -> list[Problem]:
    told = _("Comment {number} has no answer (validation answer).")
    return [
        Problem(told.format(number=meeting.number(each)), meeting.by_id[each.ballot_id].ref, "unanswered")
        for each in meeting.unanswered()
    ]


def _without_reason(meeting: Meeting, ballots: Iterable[Ballot], reasons: set[str]) -> list[Problem]:
    found = []
    for each in ballots:
        outcome = meeting.outcome(each)
        if outcome in (*PASSED, None) or each.reason or each.row_id in reasons:
            continue
        if outcome is Outcome.AGAIN:
            told = _("It is to be voted on again (validation round), or rejected with a reason (--because {ref}=…).")
        else:
            told = _("It is rejected: say why (--because {ref}=…).")
        found.append(Problem(told.format(ref=each.ref), each.ref, "no_reason"))
    return found
