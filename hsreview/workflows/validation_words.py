"""A validation meeting in words: votes, sides, what a row came to, and on what that rests."""

from __future__ import annotations

from hsreview.base.messages import _, current_language, ngettext
from hsreview.framework.meeting_words import (
    COMMENT_WORDS,
    DECISION_WORDS,
    OUTCOME_WORDS,
    SIDE_WORDS,
    UNVOTED,
    VOTE_WORDS,
)
from hsreview.framework.meeting_words import WHOLE_ROOM as WHOLE_ROOM
from hsreview.workflows.validating import (
    OVERALL,
    AmendmentDecision,
    Ballot,
    CommentKind,
    Decision,
    Meeting,
    Outcome,
    Rule,
    Side,
    Tally,
    needed,
)

VOTES = tuple(VOTE_WORDS)
"""What one may vote, in the order in which hands are counted."""


def vote_name(vote: str) -> str:
    """What is voted."""
    return VOTE_WORDS[vote].get(current_language())


def side_name(side: Side) -> str:
    """Whose table it is."""
    return SIDE_WORDS[side].get(current_language())


def comment_kind_name(kind: CommentKind) -> str:
    """What a comment is about."""
    return COMMENT_WORDS[kind].get(current_language())


def decision_name(decision: AmendmentDecision) -> str:
    """What became of an amendment."""
    return DECISION_WORDS[decision].get(current_language())


def outcome_name(outcome: Outcome | None) -> str:
    """What a row came to in a round."""
    return (UNVOTED if outcome is None else OUTCOME_WORDS[outcome]).get(current_language())


def result_words(meeting: Meeting, ballot: Ballot) -> str:
    """`vote again: falls short at officials`: what a row comes to, and where too few agree."""
    found = meeting.result(ballot)
    told = outcome_name(meeting.outcome(ballot))
    if found.outcome is None:
        return told
    if found.short:
        where = ", ".join(
            WHOLE_ROOM.get(current_language()) if each == OVERALL else side_name(Side(each)) for each in found.short
        )
        return _("{outcome}: falls short at {where}").format(outcome=told, where=where)
    if found.outcome is Outcome.AGAIN:
        return _("{outcome}, in its new words").format(outcome=told)
    return told


def share_words(tally: Tally, rule: Rule, per_cent: int) -> str:
    """`10 of 14 agree · 10 needed`: votes of those cast, never per cent."""
    cast = tally.cast(rule)
    if not cast:
        return _("nobody cast a vote")
    told = ngettext("{agree} of {cast} agrees", "{agree} of {cast} agree", tally.agree)
    wanted = _("{n} needed").format(n=needed(cast, per_cent))
    return f"{told.format(agree=tally.agree, cast=cast)} · {wanted}"


def basis_words(meeting: Meeting, ballot: Ballot, found: Decision) -> list[str]:
    """Which votes count as cast, which tables are not counted yet, and who decides where a side is missing."""
    rule = meeting.validation.rule
    counted = {"abstain": rule.abstentions_count, "not_understood": rule.not_understood_count}
    cast = [vote_name(each) for each in VOTES if counted.get(each, True)]
    left_out = [vote_name(each) for each in VOTES if not counted.get(each, True)]
    told = [
        _("Votes cast: {votes} (not: {others}).").format(votes=", ".join(cast), others=", ".join(left_out))
        if left_out
        else _("Votes cast: {votes}.").format(votes=", ".join(cast))
    ]
    waiting = meeting.uncounted(ballot)
    if waiting:
        told.append(_("Not counted yet: {tables}.").format(tables=", ".join(each.label for each in waiting)))
    elif meeting.is_voted(ballot) and (without := meeting.left_out(ballot)):
        told.append(_("Without votes: {tables}.").format(tables=", ".join(each.label for each in without)))
    if found.missing and not waiting:
        sides = ", ".join(map(side_name, found.missing))
        blocks = _("No votes of {sides}: no row is accepted without them.")
        ignores = _("No votes of {sides}: the others decide.")
        told.append((blocks if rule.absent == "block" else ignores).format(sides=sides))
    return told
