"""A validation meeting in words: votes, sides, what a row came to, and on what that rests."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.messages import N_, _, ngettext
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

VOTES: Mapping[str, str] = {
    "agree": N_("agree"), "amend": N_("amend"), "reject": N_("reject"), "abstain": N_("abstain"),
    "not_understood": N_("not understood"),
}  # fmt: skip
"""What one may vote, in the order in which hands are counted."""


def vote_name(vote: str) -> str:
    """What is voted."""
    return _(VOTES[vote])


def side_name(side: Side) -> str:
    """Whose table it is."""
    return {Side.CSO: _("civil society"), Side.OFFICIAL: _("officials"), Side.OTHER: _("other people")}[side]


def comment_kind_name(kind: CommentKind) -> str:
    """What a comment is about."""
    return {
        CommentKind.WORDING: _("wording"), CommentKind.SUBSTANCE: _("substance"), CommentKind.EVIDENCE: _("evidence"),
        CommentKind.RISK: _("risk"), CommentKind.TRANSFER: _("transfer"),
    }[kind]  # fmt: skip


def decision_name(decision: AmendmentDecision) -> str:
    """What became of an amendment."""
    return {
        AmendmentDecision.OPEN: _("not decided"), AmendmentDecision.ACCEPTED: _("accepted"),
        AmendmentDecision.PARTLY: _("taken in part"), AmendmentDecision.REFUSED: _("refused"),
    }[decision]  # fmt: skip


def outcome_name(outcome: Outcome | None) -> str:
    """What a row came to in a round."""
    if outcome is None:
        return _("not voted yet")
    return {
        Outcome.ACCEPTED: _("agreed"), Outcome.AMENDED: _("agreed in other words"),
        Outcome.AGAIN: _("vote again"), Outcome.REJECTED: _("rejected"),
    }[outcome]  # fmt: skip


def result_words(meeting: Meeting, ballot: Ballot) -> str:
    """`vote again: falls short at officials`: what a row comes to, and where too few agree."""
    found = meeting.result(ballot)
    told = outcome_name(meeting.outcome(ballot))
    if found.outcome is None:
        return told
    if found.short:
        where = ", ".join(_("the whole room") if each == OVERALL else side_name(Side(each)) for each in found.short)
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
    elif found.missing:
        sides = ", ".join(map(side_name, found.missing))
        blocks = _("No votes of {sides}: no row is accepted without them.")
        ignores = _("No votes of {sides}: the others decide.")
        told.append((blocks if rule.absent == "block" else ignores).format(sides=sides))
    return told
