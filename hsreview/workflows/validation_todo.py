"""What is left to do at a validation meeting, each thing with the row and with what to do."""

from __future__ import annotations

from collections.abc import Iterable

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.framework.meetings import PASSED
from hsreview.model.validation import Ballot, Outcome, vote_id
from hsreview.project.conflicts import disputed_among
from hsreview.project.project import Project
from hsreview.project.votes_late import late_votes
from hsreview.workflows.validating import Meeting


def left_to_do(project: Project, meeting: Meeting) -> list[Problem]:
    """What is left before the meeting can be closed; when it is, what came too late, from another laptop."""
    late = _late(project, meeting)
    if not meeting.is_closed:
        return [*late, *before_close(project, meeting)]
    told = _("Amendment {number} came after the meeting was closed; it can only be refused.")
    amended = [
        Problem(told.format(number=meeting.number(each)), meeting.by_id[each.ballot_id].ref, "late_amendment")
        for each in meeting.open_amendments(meeting.ballots)
    ]
    return [*late, *amended, *_unanswered(meeting)]


def before_next_round(project: Project, meeting: Meeting, *, incomplete: bool = False) -> list[Problem]:
    """What has to be done before the next round; empty when nothing has to."""
    ballots = meeting.of_round(meeting.round)
    return [
        *_no_tables(meeting), *_unsettled(project, meeting, ballots),
        *_uncounted(meeting, ballots, incomplete=incomplete), *_undecided(meeting, ballots),
    ]  # fmt: skip


def before_close(
    project: Project, meeting: Meeting, reasons: Iterable[str] = (), *, incomplete: bool = False
) -> list[Problem]:
    """What has to be done before the meeting is closed; `reasons`: ids of rows of which it is said why they fail."""
    ballots = meeting.of_round(meeting.round)
    earlier = [each for each in meeting.ballots if each.round < meeting.round]
    return [
        *before_next_round(project, meeting, incomplete=incomplete),
        *_undecided(meeting, earlier),
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


def _unsettled(project: Project, meeting: Meeting, ballots: Iterable[Ballot]) -> list[Problem]:
    """Votes that two laptops have otherwise, and more votes than people: one of both was corrected apart."""
    found = []
    papers = list(ballots)
    votes = [vote_id(each.id, party.id) for each in papers for party in meeting.parties]
    open_ = disputed_among(project.connection, "vote", votes)
    for each in papers:
        for party in meeting.parties:
            tally = meeting.tally(each, party)
            if vote_id(each.id, party.id) in open_:
                told = _("Two laptops have other votes of table {name}: decide which count (hsreview conflicts).")
                found.append(Problem(told.format(name=party.label), each.ref, "disputed"))
            elif tally is not None and tally.total > party.size:
                told = _("{total} votes of table {name}, at which {size} people sit: count again.")
                told = told.format(total=tally.total, name=party.label, size=party.size)
                found.append(Problem(told, each.ref, "too_many"))
    return found


def _late(project: Project, meeting: Meeting) -> list[Problem]:
    told = _("Votes of table {name} came after round {round} was closed; they did not count.")
    found = []
    for ballot_id, party_id in late_votes(project.connection, meeting.validation.id):
        ballot, party = meeting.by_id.get(ballot_id), meeting.tables.get(party_id)
        if ballot is not None and party is not None:
            found.append(Problem(told.format(name=party.label, round=ballot.round), ballot.ref, "late"))
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
