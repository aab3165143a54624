"""What happens at a validation meeting: tables sit down, vote and speak, and amendments are decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.framework.meetings import TAKEN
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.validation import (
    Amendment,
    AmendmentDecision,
    Ballot,
    Comment,
    CommentKind,
    Party,
    Side,
    Tally,
    vote_id,
)
from hsreview.project import validations as stored
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.framework_rows import check_sees
from hsreview.workflows.validating import Meeting, again

MOST = 10_000
"""People at one table; more is a slip of the keys."""
LONGEST = 40
"""Characters of the label of a table: it stands above every page of its ballots."""


@contextmanager
def writing(project: Project, coder: Coder, meeting: Meeting, *, closed: bool = False) -> Iterator[tuple[Act, Meeting]]:
    """An act on a meeting, and the meeting as it stands now.

    Raises InputRefused when it is closed (unless `closed` meetings will do too) or `coder` codes blind somewhere.
    """
    check_sees(project, coder)
    with project.act(coder.id) as act:
        now = again(project, meeting)
        if now.is_closed and not closed:
            raise already_closed(now)
        yield act, now


def already_closed(meeting: Meeting) -> InputRefused:
    """The error for an act on a meeting that was closed."""
    return InputRefused(
        _("The meeting {name} was closed on {date}. Nothing was changed; undo opens it again.").format(
            name=meeting.validation.name, date=meeting.validation.closed[:10]
        )
    )


def add_table(
    project: Project, coder: Coder, meeting: Meeting, label: str, side: Side, size: int,
    composition: Mapping[str, int] | None = None,
) -> Party:  # fmt: skip
    """Put a table into the room; one that was taken out elsewhere though it had voted comes back with its votes.

    Raises UsageProblem for a label that is taken, InputRefused for impossible counts.
    """
    _check_counts(size, composition or {})
    with writing(project, coder, meeting) as (act, now):
        _check_label(now, label)
        labels = stored.labels(project.connection, now.validation.id)
        voted = [each.party_id for each in now.orphaned]
        back = next((each for each in voted if fold(labels.get(each, "")) == fold(label.strip())), None)
        if back is not None:
            act.put("party", back, label=label.strip(), side=str(side), size=size, composition=dict(composition or {}))
            return again(project, now).tables[back]
        position = max((each.position for each in now.parties), default=0) + 1
        identity = stored.add_party(
            act, now.validation.id, label=label.strip(), side=side, size=size, position=position,
            composition=composition,
        )  # fmt: skip
        return again(project, now).tables[identity]


def change_table(
    project: Project, coder: Coder, meeting: Meeting, table: Party, *, label: str | None = None,
    side: Side | None = None, size: int | None = None, composition: Mapping[str, int] | None = None,
) -> bool:  # fmt: skip
    """Change what is said of a table; false when it says this already.

    Raises InputRefused when the table cast more votes than `size`, or voted with another side in a round that is over.
    """
    with writing(project, coder, meeting) as (act, now):
        old = _there(now, table)
        _check_counts(
            old.size if size is None else size, old.composition if composition is None else composition
        )  # fmt: skip
        wanted: dict[str, object] = {}
        if label is not None and label.strip() != old.label:
            _check_label(now, label, old)
            wanted["label"] = label.strip()
        if side is not None:
            _check_side(now, old, side)
            wanted["side"] = str(side)
        if size is not None:
            _check_size(now, old, size)
            wanted["size"] = size
        if composition is not None:
            wanted["composition"] = dict(composition)
        return bool(wanted) and act.put("party", old.id, **wanted)


def remove_table(project: Project, coder: Coder, meeting: Meeting, table: Party, *, votes: bool = False) -> None:
    """Take a table out of the room, with `votes` also what it voted in this round.

    Raises InputRefused when it has voted (and `votes` is false, or a round is over), or said something.
    """
    with writing(project, coder, meeting) as (act, now):
        old = _there(now, table)
        cast = [ballot for ballot in now.ballots if now.tally(ballot, old) is not None]
        over = [ballot for ballot in cast if ballot.round < now.round]
        spoke = old.id in {*(each.party_id for each in now.comments), *(each.party_id for each in now.amendments)}
        if over or spoke:
            told = (
                _("Table {name} voted in a round that is over; it stays.")
                if over
                else _("Table {name} made comments or amendments; it stays.")
            )
            raise InputRefused(told.format(name=old.label))
        if cast and not votes:
            raise InputRefused(
                _("Table {name} has voted on {refs}. Remove its votes too (--with-votes), or leave it.").format(
                    name=old.label, refs=", ".join(each.ref for each in cast)
                )
            )
        act.remove("party", old.id)
        for ballot in cast:
            act.remove("vote", vote_id(ballot.id, old.id))


def cast(project: Project, coder: Coder, meeting: Meeting, ballot: Ballot, table: Party, tally: Tally) -> bool:
    """Write down what a table voted on a ballot, over what stood there; false when it says this already.

    Raises InputRefused for more votes than people, negative counts, a round that is over, or a meeting that is closed.
    """
    with writing(project, coder, meeting) as (act, now):
        _check_round(now, ballot)
        check_tally(_there(now, table), tally)
        return stored.put_vote(act, ballot.id, table.id, tally)


def cast_all(project: Project, coder: Coder, meeting: Meeting, votes: Iterable[tuple[Ballot, Party, Tally]]) -> int:
    """Write down many votes as one act; how many of them say something new. Raises as `cast`, for the first of them."""
    with writing(project, coder, meeting) as (act, now):
        given = list(votes)
        for ballot, table, tally in given:
            _check_round(now, ballot)
            check_tally(_there(now, table), tally)
        return sum(stored.put_vote(act, ballot.id, table.id, tally) for ballot, table, tally in given)


def check_tally(table: Party, tally: Tally) -> None:
    """Raises InputRefused for more votes than people, or fewer than none."""
    if min(stored.counts_of(tally).values()) < 0:
        raise InputRefused(_("Votes are counted from 0 up. Nothing was stored."))
    if tally.total > table.size:
        raise InputRefused(
            _("{total} votes, but {size} people sit at table {name}. Nothing was stored.").format(
                total=tally.total, size=table.size, name=table.label
            )
        )


def uncast(project: Project, coder: Coder, meeting: Meeting, ballot: Ballot, table: Party) -> bool:
    """Take the votes of a table on a ballot away, as if it had not been counted; false when it was not."""
    with writing(project, coder, meeting) as (act, now):
        _check_round(now, ballot)
        return act.remove("vote", vote_id(ballot.id, table.id))


def comment(
    project: Project, coder: Coder, meeting: Meeting, ballot: Ballot, kind: CommentKind, text: str,
    table: Party | None = None,
) -> Comment:  # fmt: skip
    """Write down what was said about a row, by a table or by nobody in particular."""
    _check_text(text)
    with writing(project, coder, meeting) as (act, now):
        position = max((each.position for each in now.comments), default=0) + 1
        party = _there(now, table).id if table else ""
        identity = stored.add_comment(act, ballot.id, party, kind, text.strip(), position)
        return next(each for each in again(project, now).comments if each.id == identity)


def answer(project: Project, coder: Coder, meeting: Meeting, to: Comment, text: str) -> bool:
    """Answer a comment, or answer it otherwise; false when it says this already.

    At a meeting that is closed only a comment without an answer (it came later, from another laptop) can be answered.
    """
    _check_text(text)
    with writing(project, coder, meeting, closed=True) as (act, now):
        old = next((each for each in now.comments if each.id == to.id), None)
        if old is None:
            raise InputRefused(_("This comment was removed meanwhile. Nothing was changed."))
        if now.is_closed and old.answer:
            raise already_closed(now)
        if old.answer == text.strip():
            return False
        return act.put("comment", old.id, answer=text.strip(), answered=act.at)


def amend(
    project: Project, coder: Coder, meeting: Meeting, ballot: Ballot, after: Localized, table: Party | None = None
) -> Amendment:
    """Write down other words for a row; what `after` leaves empty stays as it is.

    Raises InputRefused when they are the words that the room was shown, or the round of the ballot is over.
    """
    words = _filled(after, ballot.text)
    if words == ballot.text:
        raise InputRefused(_("{ref} says this already; nothing was stored.").format(ref=ballot.ref))
    with writing(project, coder, meeting) as (act, now):
        _check_round(now, ballot)
        party = _there(now, table).id if table else ""
        identity = stored.add_amendment(act, ballot.id, party, ballot.text, words)
        return next(each for each in again(project, now).amendments if each.id == identity)


def decide_amendment(
    project: Project, coder: Coder, meeting: Meeting, amendment: Amendment, decision: AmendmentDecision, because: str,
    taken: Localized | None = None,
) -> bool:  # fmt: skip
    """Decide on an amendment of this round; false when this is decided already.

    Words that were taken are voted on in the next round. `taken`: the words of one that is taken in part. One that came
    too late, from another laptop, can only be refused. Raises UsageProblem without a reason or without those words;
    InputRefused in the last round, after which nobody could vote on other words, and when another amendment of the row
    was accepted already.
    """
    if not because.strip():
        raise UsageProblem(_("A decision needs a reason."))
    partly = decision is AmendmentDecision.PARTLY
    if partly != bool(taken):
        told = (
            _("Say which words were taken (--text).")
            if partly
            else _("--text is for an amendment that is taken in part: it says which words.")
        )
        raise UsageProblem(told)
    with writing(project, coder, meeting, closed=True) as (act, now):
        old = next((each for each in now.amendments if each.id == amendment.id), None)
        if old is None:
            raise InputRefused(_("This amendment was removed meanwhile. Nothing was changed."))
        ballot = now.by_id[old.ballot_id]
        late = old.decision is AmendmentDecision.OPEN or old in now.unheeded
        if not late or decision is not AmendmentDecision.REFUSED:
            if now.is_closed:
                raise already_closed(now)
            _check_round(now, ballot)
        if decision in TAKEN and now.is_last_round:
            raise InputRefused(
                _(
                    "Round {round} is the last one: nobody could vote on other words for {ref}. Refuse the amendment "
                    "with a reason; a meeting that is opened with more rounds can take it."
                ).format(round=now.round, ref=ballot.ref)
            )
        others = [each for each in now.taken(ballot) if each.id != old.id]
        if decision is AmendmentDecision.ACCEPTED and others:
            raise InputRefused(
                _(
                    "Amendment {number} of {ref} was taken already. Take this one in part, with the words that the row "
                    "is to have (partly --text), or refuse one of them."
                ).format(number=now.number(others[-1]), ref=ballot.ref)
            )
        words = _filled(taken, ballot.text) if taken else Localized()
        if (old.decision, old.reason, old.taken) == (decision, because.strip(), words):
            return False
        return act.put(
            "amendment", old.id, decision=str(decision), reason=because.strip(), taken=words.to_json(),
            coder_id=act.coder_id, at=act.at,
        )  # fmt: skip


def give_reason(project: Project, coder: Coder, meeting: Meeting, ballot: Ballot, because: str) -> bool:
    """Say why a row is rejected, or what the meeting said to its decision; false when it says this already."""
    _check_text(because)
    with writing(project, coder, meeting) as (act, now):
        _check_round(now, ballot)
        return act.put("ballot", ballot.id, reason=because.strip())


def _filled(words: Localized, otherwise: Localized) -> Localized:
    return Localized(words.fr.strip() or otherwise.fr, words.en.strip() or otherwise.en)


def _there(meeting: Meeting, table: Party) -> Party:
    if table.id not in meeting.tables:
        raise InputRefused(
            _("Table {name} was removed meanwhile. Nothing was changed.").format(name=table.label)
        )  # fmt: skip
    return meeting.tables[table.id]


def _check_round(meeting: Meeting, ballot: Ballot) -> None:
    """Refuse what would change a round that is over, or a row that is not voted on any more."""
    if ballot.id not in meeting.by_id:
        raise InputRefused(
            _("The ballot of {ref} was removed meanwhile. Nothing was changed.").format(ref=ballot.ref)
        )  # fmt: skip
    if ballot.round != meeting.round:
        raise InputRefused(
            _(
                "{ref} was voted on in round {old}, which is over; now round {round} is voted on. Nothing was changed."
            ).format(ref=ballot.ref, old=ballot.round, round=meeting.round)
        )


def _check_text(text: str) -> None:
    if not text.strip():
        raise UsageProblem(_("Write some words."))


def _check_label(meeting: Meeting, label: str, own: Party | None = None) -> None:
    if not label.strip():
        raise UsageProblem(_("Give the table a label, such as A."))
    if len(label.strip()) > LONGEST or not label.strip().isprintable():
        raise UsageProblem(
            _("The label of a table is short, such as A: at most {n} characters on one line.").format(n=LONGEST)
        )
    if any(fold(each.label) == fold(label.strip()) and each != own for each in meeting.parties):
        raise UsageProblem(_("There is a table {name} already.").format(name=label.strip()))


def _check_counts(size: int, composition: Mapping[str, int]) -> None:
    if not 1 <= size <= MOST:
        raise InputRefused(
            _("At a table sit from 1 to {most} people; not {size}.").format(most=MOST, size=size)
        )  # fmt: skip
    problems = [
        Problem(_("{n} is not from 0 to {size}, the people at the table.").format(n=n, size=size), name, "composition")
        for name, n in composition.items()
        if not 0 <= n <= size
    ]
    if problems:
        raise InputRefused(_("The counts of the table do not fit. Nothing was stored."), problems)


def _check_size(meeting: Meeting, table: Party, size: int) -> None:
    more = [
        _("{ref} ({n} votes)").format(ref=ballot.ref, n=tally.total)
        for ballot in meeting.ballots
        if (tally := meeting.tally(ballot, table)) is not None and tally.total > size
    ]
    if more:
        raise InputRefused(
            _("Table {name} cast more votes than {size}: {rows}. Correct them first.").format(
                name=table.label, size=size, rows=", ".join(more)
            )
        )


def _check_side(meeting: Meeting, table: Party, side: Side) -> None:
    over = [each for each in meeting.ballots if each.round < meeting.round and meeting.tally(each, table) is not None]
    if over and side is not table.side:
        raise InputRefused(
            _(
                "Table {name} voted in a round that is over, and its side was counted there. Nothing was changed."
            ).format(name=table.label)
        )
