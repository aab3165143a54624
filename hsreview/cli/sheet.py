"""`sheet`: coding sheets for partners without the tool."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.asking import insist
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.passes import pass_of
from hsreview.cli.values import CODER, TRANSCRIPT
from hsreview.cli.world import World, pass_world

sheet = group("sheet", N_("Make Excel coding sheets for partners, and read them back."))


@sub(
    sheet,
    "make",
    N_(
        "Write an Excel coding sheet of a transcript for a coder.\n\n"
        "One row for each sentence of the respondents, with lists to choose codes from; the codes of the pass come "
        "first, and a second sheet has their definitions. Nobody's codings are in it. The path is printed."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@option(
    "--coder",
    metavar=N_("CODER"),
    type=CODER,
    required=True,
    text=N_("Who will fill it in: somebody of the team (hsreview coders add)."),
)
@option("--pass", "pass_", metavar=N_("PASS"), text=N_("The pass (else that of the open assignment)."))
@option(
    "--unit",
    type=click.Choice(["sentence", "turn"]),
    default="sentence",
    show_default=True,
    text=N_("What a row is."),
)
@option("--lang", type=click.Choice(["fr", "en"]), text=N_("Language of the sheet (else that of the interface)."))
@option("--include-interviewer", is_flag=True, text=N_("Rows for interviewers' turns as well."))
@option("-o", "--output", "path", metavar=N_("FILE.xlsx"), type=PATH, text=N_("Where to write it."))
@as_json
@pass_world
def make(
    world: World, name: str, coder: str, pass_: str | None, unit: str, lang: str | None, include_interviewer: bool,
    path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.coders import member
    from hsreview.workflows.coding_sheets import make_sheet, sheet_path
    from hsreview.workflows.reading import find_transcript

    if path is not None and path.suffix.lower() != ".xlsx":
        raise UsageProblem(_("The name of a workbook ends in .xlsx; {name} does not.").format(name=path.name))
    with world.reading() as project:
        transcript = find_transcript(project, name)
        who = member(project, coder)
        pass_ = pass_of(project, pass_, transcript.id, who.id)
        target = path or sheet_path(transcript, who, pass_)
        made = make_sheet(
            project, transcript, who, target, pass_=pass_, unit=unit, lang=lang or current_language(),
            interviewer=include_interviewer, viewer=world.reader(project),
        )  # fmt: skip
    written = str(made.path.resolve())
    n = made.rows
    say(ngettext("{n} row to code.", "{n} rows to code.", n).format(n=n))
    say(_("It contains testimony: send it by a safe way. Read it back with: hsreview sheet read FILE"))
    if as_json:
        emit_json(
            {
                "path": written,
                "transcript_id": transcript.id,
                "transcript": transcript.name,
                "coder_id": who.id,
                "coder": who.name,
                "pass": pass_,
                "unit": unit,
                "rows": made.rows,
                "codes": made.codes,
            }
        )
    else:
        emit(written)


@sub(
    sheet,
    "read",
    N_(
        "Read a coding sheet that came back, as the codings and memos of its coder.\n\n"
        "Rows are known by their hidden ids: sorting and filtering do no harm. When a text was changed or a code is "
        "not known, nothing is stored, every such cell is listed, and a copy with those cells marked is written "
        "beside the sheet. Reading a sheet again takes away what an earlier reading of it put and it no longer has, "
        "except what was changed or got a memo since; rows that were deleted, codings made in another way, and those "
        "of another sheet are left as they are. When that is much (ten or more, most of them, or all), you are asked "
        "first, or have to say --yes. Undo takes back what was read."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Refuse the sheet unless it is this coder's."))
@option("--reviewed", is_flag=True, text=N_("Mark the transcript as reviewed by its coder."))
@option("--dry-run", is_flag=True, text=N_("Only say what it would bring."))
@option("--yes", is_flag=True, text=N_("Do not ask when it takes much away of what an earlier reading put."))
@as_json
@pass_world
def read(world: World, path: Path, coder: str | None, reviewed: bool, dry_run: bool, yes: bool, as_json: bool) -> None:
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.returned_sheets import TakesMuchAway, read_sheet

    with world.reading() as project:
        if not dry_run:
            world.warn_of_place(project)
        whose = known_coder(project, coder) if coder else None
        by = world.reader(project)
        try:
            done = read_sheet(project, path, coder=whose, dry_run=dry_run, reviewed=reviewed, by=by, take_away=yes)
        except TakesMuchAway as much:
            if not sys.stdin.isatty():
                raise InputRefused(" ".join((much.message, _("If it is right, add --yes.")))) from None
            say(much.message)
            insist(_("Take them away?"))
            done = read_sheet(project, path, coder=whose, reviewed=reviewed, by=by, take_away=True)
    facts = done.facts
    if as_json:
        emit_json(
            {
                "dry_run": dry_run,
                "transcript_id": facts.transcript_id,
                "transcript": facts.transcript,
                "coder_id": facts.coder_id,
                "coder": facts.coder,
                "pass": facts.pass_,
                "rows": done.rows,
                "missing_rows": done.missing,
                "added": done.added,
                "present": done.present,
                "removed": done.removed,
                "memos": done.memos,
                "memos_removed": done.memos_removed,
                "kept": [{"id": each.id, "place": each.place, "code": each.code or None} for each in done.kept],
                "reviewed": done.reviewed,
            }
        )
    say(_("{transcript}, coded by {coder}:").format(transcript=facts.transcript, coder=facts.coder))
    for line in _counts(done.added, done.present, done.removed, done.memos, done.memos_removed):
        say(line)
    if done.kept:
        n = len(done.kept)
        text = ngettext(
            "{n} coding or memo is no longer in the sheet; it was worked on since, and stays: {places}",
            "{n} codings or memos are no longer in the sheet; they were worked on since, and stay: {places}",
            n,
        )
        places = ", ".join(f"{each.place} {each.code or _('memo')}" for each in done.kept)
        say(text.format(n=n, places=places))
    if done.missing:
        n = done.missing
        text = ngettext(
            "{n} row is no longer in the sheet; what it had stays.",
            "{n} rows are no longer in the sheet; what they had stays.",
            n,
        )
        say(text.format(n=n))
    if done.reviewed and not dry_run:
        say(_("Marked as reviewed."))
    if dry_run and done.takes_much:
        say(_("It takes much away: to store it, add --yes."))
    if dry_run:
        say(_("Nothing was stored."))
    elif not done.reviewed:
        say(_("Not marked as reviewed: when the sheet is finished, read it with --reviewed."))


def _counts(added: int, present: int, removed: int, memos: int, memos_removed: int) -> list[str]:
    said = [ngettext("{n} coding added.", "{n} codings added.", added).format(n=added)]
    if present:
        text = ngettext("{n} coding was there already.", "{n} codings were there already.", present)
        said.append(text.format(n=present))
    if removed:
        said.append(ngettext("{n} coding removed.", "{n} codings removed.", removed).format(n=removed))
    if memos:
        said.append(ngettext("{n} memo written.", "{n} memos written.", memos).format(n=memos))
    if memos_removed:
        said.append(ngettext("{n} memo removed.", "{n} memos removed.", memos_removed).format(n=memos_removed))
    return said
