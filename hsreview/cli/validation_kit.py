"""`validation kit`: a project file for the laptop in the room."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.answers.validation_kit import KitMadeAnswer
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.passphrases import choose_new, new_passphrase_file
from hsreview.cli.world import World, pass_world


@command(
    "kit",
    N_(
        "Write a project file for the laptop in the room: a version of the framework, its meetings, no interviews.\n\n"
        "FOLDER is made; its path is printed. In it `validation` works as here, under the name Rapporteur, without a "
        "transcript, coding, memo, respondent or name on the disk. It is refused while a text in it repeats five words "
        "of an interview or a memo, or names a coder, a respondent or a speaker. What was done in it comes back with "
        "`package make --mine` there and `merge` here. The kit of an encrypted project gets a passphrase of its own."
    ),
)
@argument("folder", N_("FOLDER"), type=PATH)
@option(
    "--version", metavar=N_("VERSION"), default=None,
    text=N_("Which version (else that of the meeting that is open, or the newest one)."),
)  # fmt: skip
@option(
    "--no-name", "no_names", metavar=N_("WORDS"), multiple=True,
    text=N_("Words that look like the name of a person and are none, such as a place; this is put on record."),
)  # fmt: skip
@new_passphrase_file
@as_json
@pass_world
def kit(
    world: World, folder: Path, version: str | None, no_names: tuple[str, ...], new_file: int | None, as_json: bool
) -> None:
    from hsreview.workflows.projects import place_warnings
    from hsreview.workflows.validation_kit import kit_folder, make_kit, version_for_kit

    root = kit_folder(folder)
    with world.writing() as (project, coder):
        brought = version_for_kit(project, version, coder)
        made = make_kit(
            project, coder, root, brought, no_names, lambda: choose_new(new_file, _("Passphrase of the kit"))
        )
    for warning in place_warnings(root):
        say(_("Warning: {warning}").format(warning=warning))
    target = str(made.root.resolve())
    say(
        ngettext("Version {number}: {n} row.", "Version {number}: {n} rows.", len(made.version.rows)).format(
            number=made.version.number, n=len(made.version.rows)
        )
    )
    say(_("Meetings: {names}").format(names=", ".join(made.meetings) or "–"))
    if as_json:
        answer: KitMadeAnswer = {
            "path": target, "version": made.version.number, "version_id": made.version.id,
            "rows": len(made.version.rows), "meetings": list(made.meetings), "records": made.records,
            "withheld": made.withheld, "bytes": made.size,
        }  # fmt: skip
        emit_json({**answer})
    else:
        emit(target)
