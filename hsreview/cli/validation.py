"""`validation`: partners vote on a version of the framework; what they accept, amend and reject is signed off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from hsreview.base.errors import EXIT_DONE, Problem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.framework_print import KINDS
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.validation_ballots import ballots
from hsreview.cli.validation_kit import kit
from hsreview.cli.validation_print import (
    amendment_entry,
    ballot_entry,
    comment_entry,
    emit_ballot,
    emit_meeting,
    emit_meetings,
    emit_results,
    emit_said,
    meeting_entry,
    spoken_in,
    table_entries,
    to_do_entries,
)
from hsreview.cli.validation_report import report
from hsreview.cli.validation_room import amend, answer, comment, decide_amendment, reason, table, vote, votes
from hsreview.cli.world import World, pass_world

validation = group(
    "validation",
    N_(
        "Validate the framework with partners: tables vote on its rows, and a version is signed off.\n\n"
        "At a meeting, tables in a room vote on a version of the framework, in one round or several; they are counted, "
        "nobody is named. Both sides, civil society and officials, must agree. Every comment gets an answer. Without a "
        "further word, the meetings are listed."
    ),
    default="list",
)
_take = option(
    "--take", type=click.Choice(["meeting", "project"]), default=None,
    text=N_("Whose words stand in rows that were changed in the project meanwhile."),
)  # fmt: skip
_incomplete = option(
    "--incomplete", is_flag=True,
    text=N_("Go on although votes are missing: what was not counted does not count."),
)  # fmt: skip


@sub(validation, "list", N_("List the validation meetings."))
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.validating import meetings
    from hsreview.workflows.validation_closing import signed_versions

    with world.reading() as project:
        found = meetings(project, world.reader(project))
        entries = [
            meeting_entry(each, [version.number for version in signed_versions(project, each)]) for each in found
        ]
    if as_json:
        emit_json({"meetings": entries})
        return
    emit_meetings(entries)
    say(ngettext("{n} meeting.", "{n} meetings.", len(entries)).format(n=len(entries)))


@sub(
    validation,
    "open",
    N_(
        "Open a meeting on a version of the framework, with the ballots of its first round.\n\n"
        "The rule says when a row is accepted: overall=70 (per cent of the votes cast that must agree in the whole "
        "room), each_side=50 (and in each side), rounds=2, abstentions=no (whether they are votes cast), "
        "not_understood=yes (it is then a vote that does not agree), absent=ignore or block (when nobody of a side "
        "votes: the other side decides, or nothing is accepted)."
    ),
)
@argument("name", N_("NAME"))
@option("--version", "version", metavar="N", default="last", text=N_("Number or name of the version (else the last)."))
@option("--date", metavar=N_("DATE"), required=True, text=N_("When: 2016-05-12, 12/05/2016 or 12 May 2016."))
@option("--place", metavar=N_("TEXT"), default="", text=N_("Where."))
@option("--state", metavar=N_("STATE"), default="", text=N_("The state, such as ML."))
@option(
    "--language", type=click.Choice(["fr", "en", "both"]), default="fr", show_default=True,
    text=N_("Language of the ballots."),
)  # fmt: skip
@option("--rule", "wishes", metavar=N_("NAME=VALUE[,…]"), multiple=True, text=N_("Change parts of the rule."))
@option("--rows", "refs", metavar=N_("ROW[,…]"), multiple=True, text=N_("Only these rows."))
@option("--kind", "kinds", type=click.Choice(KINDS), multiple=True, text=N_("Only rows of this kind."))
@pass_world
def open_(
    world: World, name: str, version: str, date: str, place: str, state: str, language: str, wishes: tuple[str, ...],
    refs: tuple[str, ...], kinds: tuple[str, ...],
) -> None:  # fmt: skip
    from hsreview.workflows.framework_versions import find_version
    from hsreview.workflows.validating import RowKind, open_meeting, rule_in_words
    from hsreview.workflows.validation_reading import read_day, read_rule

    rule = read_rule(wishes)
    day = read_day(date)
    wanted = [ref.strip() for each in refs for ref in each.split(",") if ref.strip()]
    with world.writing() as (project, coder):
        made = open_meeting(
            project, coder, name=name, version=find_version(project, version, coder), date=day, place=place,
            state=state, language=language, rule=rule, refs=wanted, kinds=[RowKind(each) for each in kinds],
        )  # fmt: skip
    emit(made.validation.name)
    told = ngettext("{n} row is put to the vote: {refs}", "{n} rows are put to the vote: {refs}", len(made.ballots))
    say(told.format(n=len(made.ballots), refs=", ".join(each.ref for each in made.ballots)))
    say(rule_in_words(rule).get(current_language()))


@sub(
    validation,
    "show",
    N_(
        "Show a meeting: tables, the result of every row by side, what was said, and what is left to do.\n\n"
        "With the refs of rows, these are shown whole, with what their result rests on. A result is that of the votes "
        "as they are now."
    ),
)
@argument("name", N_("[MEETING]"), default="", required=False)
@argument("refs", N_("[ROW]..."), nargs=-1)
@option(
    "--round", "round_", type=int, default=None, metavar="N", text=N_("Only this round (else the last of each row).")
)
@as_json
@pass_world
def show(world: World, name: str, refs: tuple[str, ...], round_: int | None, as_json: bool) -> None:
    from hsreview.workflows.validating import find_ballot, find_meeting, rule_in_words
    from hsreview.workflows.validation_closing import changed_meanwhile, signed_versions
    from hsreview.workflows.validation_todo import left_to_do

    with world.reading() as project, project.snapshot():
        viewer = world.reader(project)
        meeting = find_meeting(project, name, viewer)
        changed = changed_meanwhile(project, meeting, viewer)
        signed = [each.number for each in signed_versions(project, meeting)]
        to_do = left_to_do(project, meeting)
    rows = {find_ballot(meeting, ref).row_id for ref in refs}
    chosen = [each for each in meeting.ballots if not rows or each.row_id in rows]
    if round_ is not None:
        chosen = [each for each in chosen if each.round == round_]
    elif not (rows or as_json):
        chosen = list(meeting.last.values())
    entry, tables = meeting_entry(meeting, signed), table_entries(meeting)
    rule = rule_in_words(meeting.validation.rule).get(current_language())
    papers = [ballot_entry(meeting, each) for each in chosen]
    ids = {each.id for each in meeting.ballots if not rows or each.row_id in rows}
    said = [comment_entry(meeting, each) for each in meeting.comments if each.ballot_id in ids]
    amended = [amendment_entry(meeting, each) for each in meeting.amendments if each.ballot_id in ids]
    if as_json:
        emit_json(
            {
                "meeting": entry, "rule": rule, "tables": tables, "ballots": papers, "comments": said,
                "amendments": amended, "to_do": to_do_entries(to_do), "changed_meanwhile": to_do_entries(changed),
            }
        )  # fmt: skip
        return
    language = spoken_in(meeting)
    if rows:
        for each in papers:
            emit_ballot(each, language)
    else:
        emit_meeting(entry, rule, tables)
        emit_results(papers, language)
    emit_said(said, amended, language)
    late = _("Came too late, or left to do:") if entry["closed"] else _("Left to do:")
    for title, problems in ((_("Changed in the project meanwhile:"), changed), (late, to_do)):
        if problems and not rows:
            say(title)
            for problem in problems:
                say(f"  {problem}")


@sub(
    validation,
    "round",
    N_(
        "Close the round and open the next one, with ballots for the rows that are to be voted on again.\n\n"
        "A row goes on in the words of the amendment that was taken. Undo opens the round again."
    ),
)
@argument("name", N_("MEETING"))
@_incomplete
@pass_world
def round_(world: World, name: str, incomplete: bool) -> None:
    from hsreview.workflows.validating import find_meeting
    from hsreview.workflows.validation_closing import untranslated
    from hsreview.workflows.validation_rounds import next_round

    with world.writing() as (project, coder):
        made = next_round(project, coder, find_meeting(project, name, coder), incomplete=incomplete)
    onwards = made.of_round(made.round)
    told = ngettext(
        "Round {round}: {n} row is voted on again: {refs}", "Round {round}: {n} rows are voted on again: {refs}",
        len(onwards),
    )  # fmt: skip
    say(told.format(round=made.round, n=len(onwards), refs=", ".join(each.ref for each in onwards)))
    _tell_untranslated(untranslated(made))


@sub(
    validation,
    "close",
    N_(
        "Close a meeting: what it accepted, amended and rejected becomes a signed version of the framework.\n\n"
        "First every comment has its answer, every amendment its decision, and every row that is not accepted a "
        "reason. The rows of the project follow: validated, amended in new words, or rejected. Undo takes it all back."
    ),
)
@argument("name", N_("MEETING"))
@option(
    "--because", "reasons", metavar=N_("ROW=TEXT"), multiple=True, text=N_("Why a row is rejected."),
)  # fmt: skip
@_incomplete
@_take
@as_json
@pass_world
def close(world: World, name: str, reasons: tuple[str, ...], incomplete: bool, take: str | None, as_json: bool) -> int:
    from hsreview.workflows.validating import find_meeting
    from hsreview.workflows.validation_closing import Take, close, definitions_to_look_at, told_words, untranslated
    from hsreview.workflows.validation_reading import read_reasons

    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        done = close(
            project, coder, meeting, read_reasons(meeting, reasons), incomplete=incomplete,
            take=Take(take) if take else None,
        )  # fmt: skip
        telling = told_words(project, done.meeting)
    old = untranslated(done.meeting)
    applied = done.applied
    if as_json:
        emit_json(
            {
                "meeting": meeting_entry(done.meeting, [done.version.number]), "version": done.version.number,
                "changed": list(applied.changed), "kept": list(applied.kept), "gone": list(applied.gone),
                "untranslated": old,
            }
        )  # fmt: skip
        return EXIT_DONE
    emit(done.version.number)
    say(_("Signed off: version {number} of the framework.").format(number=done.version.number))
    _tell_applied(applied.changed, applied.kept, applied.gone)
    _tell_untranslated(old)
    if refs := definitions_to_look_at(done.meeting):
        say(_("Amended, with a definition that says what it said before; look at it: {refs}").format(
            refs=", ".join(refs)
        ))  # fmt: skip
    _tell_words(telling)
    return EXIT_DONE


def _tell_words(telling: Sequence[Problem]) -> None:
    for each in telling:
        say(str(each))


def _tell_untranslated(old: Mapping[str, str]) -> None:
    for ref, language in old.items():
        named = {"fr": _("French"), "en": _("English")}[language]
        say(_("{ref} was amended in one language: translate it; in {language} it has its old words.").format(
            ref=ref, language=named
        ))  # fmt: skip


@sub(
    validation,
    "apply",
    N_(
        "Let the rows of the project follow a meeting that was closed on another laptop, after merging its file.\n\n"
        "A second time it changes nothing."
    ),
)
@argument("name", N_("MEETING"))
@_take
@as_json
@pass_world
def apply(world: World, name: str, take: str | None, as_json: bool) -> None:
    from hsreview.workflows.validating import find_meeting
    from hsreview.workflows.validation_closing import Take, apply, told_words

    with world.writing() as (project, coder):
        meeting = find_meeting(project, name, coder)
        done = apply(project, coder, meeting, take=Take(take) if take else None)
        telling = told_words(project, meeting)
    if as_json:
        emit_json({"changed": list(done.changed), "kept": list(done.kept), "gone": list(done.gone)})
        return
    if not (done.changed or done.kept or done.gone):
        say(_("The rows follow the meeting already."))
    _tell_applied(done.changed, done.kept, done.gone)
    _tell_words(telling)


def _tell_applied(changed: tuple[str, ...], kept: tuple[str, ...], gone: tuple[str, ...]) -> None:
    if changed:
        say(_("Rows that follow the meeting: {refs}").format(refs=", ".join(changed)))
    if kept:
        say(_("Rows that stay as the project has them: {refs}").format(refs=", ".join(kept)))
    if gone:
        say(_("Rows that are not in this copy of the project: {refs}").format(refs=", ".join(gone)))
    if gone and not (changed or kept):
        say(_("Where they are, “validation apply” lets them follow the meeting when this copy has been merged."))


for _each in (table, vote, votes, comment, answer, amend, decide_amendment, reason, ballots, report, kit):
    validation.add_command(_each)
