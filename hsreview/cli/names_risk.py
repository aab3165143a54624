"""`names check` and `names report`: what remains of names, in the project and in its texts."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.kit import PATH, as_json, command, option
from hsreview.cli.names_kit import KeyPlace, deciding, key_options
from hsreview.cli.output import emit_json, emit_table, say
from hsreview.cli.world import World, pass_world


@command(
    "check",
    N_(
        "Look for original names in the whole project folder.\n\n"
        "In texts, memos, labels, codes, summaries, findings, the log, backups, exports, archives and names of files: "
        "every name of the register that is replaced, in every spelling. Places are told, not the names. Exit code 1 "
        "when there are some. What left the folder is out of reach."
    ),
)
@key_options
@as_json
@pass_world
def check(world: World, key_file: Path | None, secret_file: Path | None, as_json: bool) -> int:
    from hsreview.workflows.names_check import check as look
    from hsreview.workflows.shipped_words import told

    with deciding(world, KeyPlace(key_file, secret_file), writes=False) as (project, acts):
        found = look(project, acts.register, world.reader(project))
    if as_json:
        listed = [
            {"kind": each.kind, "where": each.where, "names": list(each.names), "count": each.count}
            for each in found.places
        ]
        emit_json(
            {
                "places": listed, "unread": list(found.unread), "partial": found.partial, "codebook": found.codebook,
                "shipped": list(found.authors), "team": list(found.team),
            }
        )  # fmt: skip
    elif found.places:
        emit_table(
            [_("what"), _("where"), _("names"), _("how often")],
            [(each.label, each.where, _numbers(each.names, found.team), each.count) for each in found.places],
        )
    if found.unread:
        names = ", ".join(map(visible, found.unread))
        say(_("These files could not be looked into: {names}").format(names=names))
    for line in told(found.authors):
        say(line)
    for number in found.team:
        said = _(
            "Name {number}: a member of the team is called so too. Where it is told above, above all in exports that "
            "say who coded, it may be that member; look there before you change anything."
        )
        say(said.format(number=number))
    if found.partial:
        say(_("The work of others that you may not see yet was left out; a lead sees all."))
    n = len(found.places)
    if not n:
        say(_("No original name of the register stands in the project folder."))
    else:
        text = ngettext("Original names stand in {n} place.", "Original names stand in {n} places.", n)
        say(text.format(n=n) + " " + _("A text that is stored is masked with: hsreview mask"))
    return EXIT_FOUND if n else EXIT_DONE


def _numbers(names: Iterable[int], team: Collection[int]) -> str:
    return ", ".join(_("{n} (team)").format(n=each) if each in team else str(each) for each in names)


@command(
    "report",
    N_(
        "Tell what remains recognisable in the stored texts, as far as rules see it.\n\n"
        "For each transcript: what was replaced, what was not decided, what still looks like a name, and turns in "
        "which an office beside a place could tell who is meant. No name stands in it. The report proves nothing; a "
        "person has to read."
    ),
)
@option("--out", "file", type=PATH, metavar=N_("FILE.md"), text=N_("Write it as Markdown; - is stdout."))
@option(
    "--refused", is_flag=True, text=N_("Also tell how many were left as they are on purpose (opens the key file).")
)  # fmt: skip
@option("--no-model", is_flag=True, text=N_("Look for names with rules and lists alone, without a language model."))
@key_options
@as_json
@pass_world
def report(
    world: World, file: Path | None, refused: bool, no_model: bool, key_file: Path | None, secret_file: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.key_files import opened
    from hsreview.workflows.residual_risk import residual_risk
    from hsreview.workflows.residual_words import STATEMENT, document, in_classes, in_turns, write_document

    place = KeyPlace(key_file, secret_file)
    with world.reading() as project:
        register = opened(project, place.ask(), key_file).register if refused or key_file else None
        risk = residual_risk(project, register, with_model=not no_model)
        if file is not None and str(file) != "-":
            said = write_document(project, world.reader(project), risk, file)
            say(_("Written: {path}").format(path=file))
            if said:
                say(said)
        elif file is not None:
            sys.stdout.write(document(project, risk))
    if as_json:
        listed = [
            {
                "transcript_id": t.transcript_id, "transcript": t.name, "pseudonymised": t.pseudonymised,
                "replaced": dict(t.replaced), "undecided": dict(t.undecided), "left": dict(t.left),
                "found_by": dict(t.found_by), "refused": t.refused, "indirect_turns": list(t.indirect),
                "left_out": dict(t.left_out), "engines": list(t.engines),
            }
            for t in risk.texts
        ]  # fmt: skip
        emit_json({"texts": listed, "engines": list(risk.engines)})
    elif file is None:
        emit_table(
            [_("transcript"), _("replaced"), _("not decided"), _("looks like a name"), _("turns to read again")],
            [
                (
                    t.name, sum(t.replaced.values()) if t.pseudonymised else _("not looked for"),
                    in_classes(t.undecided), in_classes(t.left), in_turns(t),
                )
                for t in risk.texts
            ],
        )  # fmt: skip
    say(_(STATEMENT))
