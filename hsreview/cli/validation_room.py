"""`validation table`, `vote`, `comment` …: what happens in the room."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.kit import PATH, argument, command, option
from hsreview.cli.output import emit, say
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.validating import Localized, Meeting

_of_table = option("--table", "label", metavar=N_("TABLE"), default=None, text=N_("Which table says it."))
_in = option(
    "--in", "language", type=click.Choice(["fr", "en"]), default=None,
    text=N_("The language of TEXT (else that of the ballots)."),
)  # fmt: skip
_other = option("--other", metavar=N_("TEXT"), default="", text=N_("The same in the other language."))


@command(
    "table",
    N_(
        "Put a table into the room, or change or remove one.\n\n"
        "LABEL is a letter or a word, such as A: never the name of a person. A new table needs --side and --size."
    ),
)
@argument("name", N_("MEETING"))
@argument("label", N_("LABEL"))
@option("--side", metavar="[cso|official|other]", default=None, text=N_("Whose table it is."))
@option("--size", type=int, default=None, metavar="N", text=N_("How many people sit at it."))
@option(
    "--with", "counts", metavar=N_("NAME=N[,…]"), multiple=True,
    text=N_("What the table says of itself in counts, such as women=5."),
)  # fmt: skip
@option("--rename", metavar=N_("LABEL"), default=None, text=N_("Give it another label."))
@option("--remove", is_flag=True, text=N_("Take it out of the room."))
@option("--with-votes", is_flag=True, text=N_("With --remove: also what it voted in this round."))
@pass_world
def table(
    world: World, name: str, label: str, side: str | None, size: int | None, counts: tuple[str, ...],
    rename: str | None, remove: bool, with_votes: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.validating import find_meeting, find_table, table_called
    from hsreview.workflows.validation_acts import add_table, change_table, remove_table
    from hsreview.workflows.validation_reading import read_counts, read_side

    whose = read_side(side) if side else None
    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        if remove:
            remove_table(project, coder, meeting, find_table(meeting, label), votes=with_votes)
            say(_("Table {name} was removed.").format(name=label))
            return
        made_of = read_counts(counts) if counts else None
        if table_called(meeting, label) or rename is not None:
            changed = change_table(
                project, coder, meeting, find_table(meeting, label), label=rename, side=whose,
                size=size, composition=made_of,
            )  # fmt: skip
            told = _("Table {name} was changed.") if changed else _("Table {name} is like this already.")
            say(told.format(name=label))
            return
        if whose is None or size is None:
            raise UsageProblem(_("There is no table {name} yet; a new one needs --side and --size.").format(name=label))
        add_table(project, coder, meeting, label, whose, size, made_of)
        say(_("Table {name} sits in the room.").format(name=label))


@command(
    "vote",
    N_(
        "Write down what a table votes on a row: hands counted, in this order.\n\n"
        "Numbers that are left out are 0. What stood there is replaced; 0 alone says that nobody voted."
    ),
    context_settings={"ignore_unknown_options": True},  # So that -1 is refused as a count, not as an option.
)
@argument("name", N_("MEETING"))
@argument("ref", N_("ROW"))
@argument("label", N_("TABLE"))
@argument("counts", N_("[AGREE [AMEND [REJECT [ABSTAIN [NOT_UNDERSTOOD]]]]]"), nargs=-1)
@option("--clear", is_flag=True, text=N_("Take the votes away, as if the table had not been counted."))
@pass_world
def vote(world: World, name: str, ref: str, label: str, counts: tuple[str, ...], clear: bool) -> None:
    from hsreview.workflows.validating import again, find_ballot, find_meeting, find_table
    from hsreview.workflows.validation_acts import cast, uncast
    from hsreview.workflows.validation_reading import read_tally

    if clear == bool(counts):
        raise UsageProblem(_("Give the votes: agree, amend, reject, abstain, not understood; or --clear."))
    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        ballot, party = find_ballot(meeting, ref), find_table(meeting, label)
        if clear:
            changed = uncast(project, coder, meeting, ballot, party)
        else:
            changed = cast(project, coder, meeting, ballot, party, read_tally(counts))
        meeting = again(project, meeting)
    if not changed:
        say(_("The votes of table {name} on {ref} are these already.").format(name=party.label, ref=ballot.ref))
    _tell_result(meeting, ref)


@command(
    "votes",
    N_(
        "Write down the votes of a file (.csv, .xlsx) as one act: a line for each row and table.\n\n"
        "Its columns are row, table, agree, amend, reject, abstain and not_understood, in English or French; lines "
        "without a number are left out. When one line cannot be taken, nothing is."
    ),
)
@argument("name", N_("MEETING"))
@argument("path", N_("FILE"), type=PATH)
@pass_world
def votes(world: World, name: str, path: Path) -> None:
    from hsreview.workflows.validating import find_meeting
    from hsreview.workflows.validation_votes_file import cast_file

    with world.writing() as (project, coder):
        n, new = cast_file(project, coder, find_meeting(project, name, coder), path)
    told = ngettext("{n} tally was read, {new} new.", "{n} tallies were read, {new} new.", n)
    say(told.format(n=n, new=new))


@command("comment", N_("Write down what was said about a row; its number is printed. Every comment gets an answer."))
@argument("name", N_("MEETING"))
@argument("ref", N_("ROW"))
@argument("text", N_("TEXT"))
@option(
    "--kind", type=click.Choice(["wording", "substance", "evidence", "risk", "transfer"]), default="substance",
    show_default=True, text=N_("What it is about; transfer: what other states would need."),
)  # fmt: skip
@_of_table
@pass_world
def comment(world: World, name: str, ref: str, text: str, kind: str, label: str | None) -> None:
    from hsreview.workflows.validating import CommentKind, again, find_ballot, find_meeting, find_table
    from hsreview.workflows.validation_acts import comment

    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        party = find_table(meeting, label) if label else None
        made = comment(project, coder, meeting, find_ballot(meeting, ref), CommentKind(kind), text, party)
        emit(str(again(project, meeting).number(made)))


@command("answer", N_("Answer a comment, by its number."))
@argument("name", N_("MEETING"))
@argument("number", N_("NUMBER"), type=int)
@argument("text", N_("TEXT"))
@pass_world
def answer(world: World, name: str, number: int, text: str) -> None:
    from hsreview.workflows.validating import find_comment, find_meeting
    from hsreview.workflows.validation_acts import answer

    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        changed = answer(project, coder, meeting, find_comment(meeting, number), text)
    told = _("Comment {number} is answered.") if changed else _("The answer to comment {number} is this already.")
    say(told.format(number=number))


@command("amend", N_("Write down other words for a row; the number of the amendment is printed."))
@argument("name", N_("MEETING"))
@argument("ref", N_("ROW"))
@argument("text", N_("TEXT"))
@_in
@_other
@_of_table
@pass_world
def amend(world: World, name: str, ref: str, text: str, language: str | None, other: str, label: str | None) -> None:
    from hsreview.workflows.validating import again, find_ballot, find_meeting, find_table
    from hsreview.workflows.validation_acts import amend

    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        party = find_table(meeting, label) if label else None
        words = _words(meeting, text, language, other)
        made = amend(project, coder, meeting, find_ballot(meeting, ref), words, party)
        emit(str(again(project, meeting).number(made)))


@command(
    "decide-amendment",
    N_(
        "Decide on an amendment, by its number.\n\n"
        "Words that are accepted, or accepted in part (--text says which), are voted on in the next round."
    ),
)
@argument("name", N_("MEETING"))
@argument("number", N_("NUMBER"), type=int)
@argument("decision", N_("accepted|partly|refused"), type=click.Choice(["accepted", "partly", "refused"]))
@option("--because", metavar=N_("TEXT"), default="", text=N_("The reason."))
@option("--text", metavar=N_("TEXT"), default="", text=N_("The words that were taken."))
@_in
@_other
@pass_world
def decide_amendment(
    world: World, name: str, number: int, decision: str, because: str, text: str, language: str | None, other: str
) -> None:
    from hsreview.workflows.validating import AmendmentDecision, again, find_amendment, find_meeting
    from hsreview.workflows.validation_acts import decide_amendment

    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        old = find_amendment(meeting, number)
        words = _words(meeting, text, language, other) if text or other else None
        changed = decide_amendment(project, coder, meeting, old, AmendmentDecision(decision), because, words)
        meeting = again(project, meeting)
    if not changed:
        say(_("Amendment {number} is decided like this already.").format(number=number))
    _tell_result(meeting, meeting.by_id[old.ballot_id].ref)


@command("reason", N_("Write down why a row is rejected, or what the meeting said to its result."))
@argument("name", N_("MEETING"))
@argument("ref", N_("ROW"))
@argument("text", N_("TEXT"))
@pass_world
def reason(world: World, name: str, ref: str, text: str) -> None:
    from hsreview.workflows.validating import find_ballot, find_meeting
    from hsreview.workflows.validation_acts import give_reason

    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        changed = give_reason(project, coder, meeting, find_ballot(meeting, ref), text)
    told = _("The reason for {ref} was written down.") if changed else _("The reason for {ref} is this already.")
    say(told.format(ref=ref))


def _words(meeting: Meeting, text: str, language: str | None, other: str) -> Localized:
    from hsreview.workflows.validating import Localized

    own = meeting.validation.language
    spoken = language or (own if own in ("fr", "en") else current_language())
    return Localized(text, other) if spoken == "fr" else Localized(other, text)


def _tell_result(meeting: Meeting, ref: str) -> None:
    """Say what the votes on a row decide now, and on what that rests."""
    from hsreview.cli.validation_print import basis
    from hsreview.workflows.validating import find_ballot
    from hsreview.workflows.validation_words import result_words

    ballot = find_ballot(meeting, ref)
    say(" · ".join([labelled(ballot.ref, result_words(meeting, ballot)), *basis(meeting, ballot)]))
