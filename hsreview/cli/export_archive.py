"""`export archive`: what may go into a data repository, by two people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.export_public import to_whom
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.names_kit import KeyPlace, key_options
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.project.project import Project
    from hsreview.workflows.archiving import Archived, Register


@command(
    "archive",
    N_(
        "Write an archive for a data repository: a folder, or a file that ends in .zip.\n\n"
        "Transcripts whose names were replaced and whose people all agreed to an archive, with no embargo, as plain "
        "text; the codebook's versions, all codings with their places, agreement, the audit, the COREQ table, a README "
        "in both languages, a dictionary of all columns and checksums. What is left out, and why, is told on stderr. "
        "Where the key file is on this computer, original names are looked for, and refused. "
        "The same project gives the same files.\n\n"
        "It is for an archivist or a lead, and a draft until a second person writes it again with --confirm. The path "
        "is printed."
    ),
)
@argument("path", N_("FOLDER|FILE.zip"), type=PATH)
@option("--confirm", is_flag=True, text=N_("Release what somebody else prepared: the same content, or it is refused."))
@option("--alone", default="", metavar=N_("REASON"), text=N_("Release it without a second person, because of this."))
@option("--layer", default="", metavar=N_("NAME"), text=N_("The layer that the COREQ table tells of."))
@option("--licence", default="", metavar=N_("TEXT"), text=N_("The licence; else it is left to be filled in."))
@option("--coder-names", is_flag=True, text=N_("Call coders by their names, not coder-1, coder-2 and so on."))
@option(
    "--names-replaced-before", "before", default="", metavar=N_("REASON"),
    text=N_("Take texts too of which the project does not know that names were replaced, because of this."),
)  # fmt: skip
@option("--without-key", is_flag=True, text=N_("Do not open the key file to look for original names."))
@key_options
@to_whom
@as_json
@pass_world
def archive(
    world: World, path: Path, confirm: bool, alone: str, layer: str, licence: str, coder_names: bool, before: str,
    without_key: bool, key_file: Path | None, secret_file: Path | None, to_whom: str, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.archiving import ArchiveWish, confirm_archive, export_archive, told

    wish = ArchiveWish(layer, licence.strip(), coder_names, before.strip())
    if confirm and (alone or wish != ArchiveWish()):
        raise UsageProblem(_("With --confirm, everything is as it was prepared: give no other option."))
    with world.writing() as (project, coder):
        register = None if without_key else _register(project, KeyPlace(key_file, secret_file))
        if confirm:
            done = confirm_archive(project, coder, path, recipient=to_whom, register=register)
        else:
            done = export_archive(project, coder, path, wish, alone=alone, recipient=to_whom, register=register)
    if as_json:
        _answer(done)
        return
    _report(done)
    for sentence in told(done):
        say(sentence)
    emit(str(done.path.resolve()))


def _register(project: Project, place: KeyPlace) -> Register | None:
    """The names of the key file, where there is one on this computer."""
    from hsreview.workflows.key_files import opened, place_of

    if not place_of(project, place.file).exists():
        say(_("There is no key file on this computer: nobody looked for original names."))
        return None
    return opened(project, place.ask(), place.file).register


def _report(done: Archived) -> None:
    from hsreview.workflows.archiving import problems

    n = done.counts["transcripts"]
    say(ngettext("{n} transcript is in the archive.", "{n} transcripts are in the archive.", n).format(n=n))
    left = problems(done.chosen)
    if left:
        n = len(left)
        said = ngettext(
            "Left out ({n} transcript; this report is internal):",
            "Left out ({n} transcripts; this report is internal):",
            n,
        )
        say(said.format(n=n))
        for problem in left:
            say(f"  {problem}")


def _answer(done: Archived) -> None:
    emit_json(
        {
            "path": str(done.path.resolve()),
            "released": done.released,
            "counts": dict(done.counts),
            "to_be_masked": done.masks,
            "labels": list(done.labels),
            "left_out": [
                {
                    "transcript_id": each.transcript.id,
                    "transcript": each.transcript.name,
                    "reason": each.reason,
                    "why": each.why,
                }
                for each in done.chosen.left_out
            ],
        }
    )
