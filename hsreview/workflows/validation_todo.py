"""What is left to do at a validation meeting, each thing with the row and with what to do."""

from __future__ import annotations

from collections.abc import Iterable

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.framework.meetings import PASSED
from hsreview.model.validation import AmendmentDecision, Ballot, Outcome, vote_id
from hsreview.project import validations as stored
from hsreview.project.conflicts import disputed_among
from hsreview.project.project import Project
from hsreview.project.votes_late import late_votes
from hsreview.workflows.validating import Meeting


def left_to_do(project: Project, meeting: Meeting) -> list[Problem]:
    """What is left before the meeting can be closed; when it is, what came too late, from another laptop."""
    late = [*_late(project, meeting), *_unheeded(meeting)]
    if not meeting.is_closed:
        return [*late, *before_close(project, meeting)]
    told = _("Amendment {number} came after the meeting was closed; it can only be refused.")
    amended = [
        Problem(told.format(number=meeting.number(each)), meeting.by_id[each.ballot_id].ref, "late_amendment")
        for each in meeting.open_amendments(meeting.ballots)
    ]
    return [*_ended_otherwise(project, meeting), *late, *amended, *_unanswered(meeting)]


def before_next_round(project: Project, meeting: Meeting, *, incomplete: bool = False) -> list[Problem]:
    """What has to be done before the next round; empty when nothing has to."""
    ballots = meeting.of_round(meeting.round)
    return [
        *_no_tables(meeting), *_ended_otherwise(project, meeting), *_unsettled(project, meeting, ballots),
        *_orphaned(project, meeting, ballots), *_uncounted(meeting, ballots, incomplete=incomplete),
        *_undecided(meeting, ballots), *_taken_twice(meeting, ballots),
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
    told = _("Votes of table {name} came or changed after round {round} was closed; its result was written before.")
    labels, papers = _labels(project, meeting), meeting.by_id
    found = dict.fromkeys(late_votes(project.connection, meeting.validation.id))
    gone = ((each.ballot_id, each.party_id) for each in meeting.orphaned if meeting.is_over(papers[each.ballot_id]))
    return [
        Problem(told.format(name=labels.get(party, "?"), round=papers[ballot].round), papers[ballot].ref, "late")
        for ballot, party in found | dict.fromkeys(gone)
        if ballot in papers
    ]


def _unheeded(meeting: Meeting) -> list[Problem]:
    told = _("Amendment {number} was accepted after round {round} was closed, and its words were not: refuse it.")
    found = [(each, meeting.by_id[each.ballot_id]) for each in meeting.unheeded]
    return [
        Problem(told.format(number=meeting.number(each), round=ballot.round), ballot.ref, "unheeded")
        for each, ballot in found
    ]


def _labels(project: Project, meeting: Meeting) -> dict[str, str]:
    """Id of a table → its label, also of those that were taken out of the room."""
    present = {each.id: each.label for each in meeting.parties}
    return stored.labels(project.connection, meeting.validation.id) | present


def _ended_otherwise(project: Project, meeting: Meeting) -> list[Problem]:
    """Rounds that two laptops closed with other results, or opened with other words."""
    open_ = disputed_among(project.connection, "ballot", meeting.by_id)
    told = _("Two laptops closed or opened round {round} otherwise: decide which counts (hsreview conflicts).")
    return [
        Problem(told.format(round=each.round), each.ref, "ended_otherwise")
        for each in meeting.ballots
        if each.id in open_
    ]


def _orphaned(project: Project, meeting: Meeting, ballots: Iterable[Ballot]) -> list[Problem]:
    """Votes that count no more because their table was taken out of the room elsewhere: a side could fall silent."""
    told = _(
        "Table {name} was taken out of the room on another laptop, though it voted here. Put it back (validation "
        "table), and out again with its votes if it is to stay out (--remove --with-votes)."
    )
    labels, here = _labels(project, meeting), {each.id for each in ballots}
    gone = dict.fromkeys(each.party_id for each in meeting.orphaned if each.ballot_id in here)
    return [Problem(told.format(name=labels.get(each, "?")), labels.get(each, "?"), "orphaned") for each in gone]


def _taken_twice(meeting: Meeting, ballots: Iterable[Ballot]) -> list[Problem]:
    """Rows of which two laptops accepted different words."""
    told = _("Amendments {numbers} were both accepted: refuse one, or take it in part with the words that are meant.")
    found = []
    for ballot in ballots:
        made = [each for each in meeting.taken(ballot) if each.decision is AmendmentDecision.ACCEPTED]
        if len(made) > 1:
            numbers = ", ".join(str(n) for n in sorted(map(meeting.number, made)))
            found.append(Problem(told.format(numbers=numbers), ballot.ref, "taken_twice"))
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
