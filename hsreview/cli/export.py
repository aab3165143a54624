"""`export`: the theme workbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language
from hsreview.cli.export_archive import archive
from hsreview.cli.export_public import public, tell_unrecorded, to_whom
from hsreview.cli.export_report import report
from hsreview.cli.export_tables import document, tables
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.values import TRANSCRIPT
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.project.project import Project

export = group("export", N_("Write the theme workbook."))


@sub(
    export,
    "excel",
    N_(
        "Write the theme workbook of one layer.\n\n"
        "Provenance, codebook, segments, themes by interview and by group, quotes, memos and progress. The layer is "
        "the consensus where there is one. Codings of several coders are never added up: when more than one coder "
        "coded and nothing is settled, name a layer. A workbook that is there already is replaced. The path is "
        "printed.\n\nWith --sheets it holds the sheets that you name, with the provenance: codebook, segments, "
        "segments_wide, theme_interview, theme_group, quotes … A wrong name lists them all."
    ),
)
@argument("path", N_("FILE.xlsx"), type=PATH)
@option("--layer", metavar=N_("NAME"), text=N_("Whose codings: the name of a coder, or consensus."))
@option(
    "--lang",
    type=click.Choice(["fr", "en", "both"]),
    default="both",
    show_default=True,
    text=N_("Language of the workbook."),
)
@option("--partial", is_flag=True, text=N_("Export a consensus in which reviewed transcripts are still missing."))
@option("--sheets", metavar=N_("NAMES"), text=N_("Only these sheets, by name, with commas between them."))
@option("--profile", metavar=N_("NAME"), text=N_("Only the sheets of this saved profile."))
@option("--save-profile", "save_as", metavar=N_("NAME"), text=N_("Save what --sheets names as a profile."))
@option("--since", metavar=N_("EXPORT.xlsx"), type=PATH, text=N_("Tell what changed since this earlier workbook."))
@to_whom
@as_json
@pass_world
def excel(
    world: World, path: Path, layer: str | None, lang: str, partial: bool, sheets: str | None, profile: str | None,
    save_as: str | None, since: Path | None, to_whom: str, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.exporting import choose_layer, export_excel

    if path.suffix.lower() != ".xlsx":
        raise UsageProblem(_("The name of a workbook ends in .xlsx; {name} does not.").format(name=path.name))
    if sheets is not None and profile is not None:
        raise UsageProblem(_("Choose one of --sheets and --profile."))
    if save_as is not None and sheets is None:
        raise UsageProblem(_("--save-profile saves what --sheets names: give both."))
    if save_as is not None and sheets is not None:
        _save_profile(world, save_as, sheets.split(","))
    with world.reading() as project:
        viewer = world.reader(project)
        wanted = _wanted(project, sheets, profile)
        name = choose_layer(project, layer, viewer=viewer).name
        report = export_excel(
            project, path, layer=layer, lang=lang, viewer=viewer, partial=partial, sheets=wanted, since=since,
            recipient=to_whom, progress=_progress,
        )  # fmt: skip
        tell_unrecorded(project, viewer, report.path)
    written = str(report.path.resolve())
    say(_("Layer: {name}").format(name=name))
    for notice in report.notices():
        say(notice)
    if as_json:
        emit_json({"path": written, "layer": name, "sheets": list(report.sheets), "left_out": list(report.left_out)})
    else:
        emit(written)


def _save_profile(world: World, name: str, sheets: Sequence[str]) -> None:
    from hsreview.workflows.profiles import save_profile

    with world.writing() as (project, coder):
        new = save_profile(project, coder, name, sheets)
    said = _("The profile is saved as {name}.") if new else _("{name} says this already.")
    say(said.format(name=name))


def _wanted(project: Project, sheets: str | None, profile: str | None) -> Sequence[str] | None:
    from hsreview.workflows.profiles import profile as saved

    if profile is not None:
        return saved(project, profile)
    return None if sheets is None else sheets.split(",")


def _progress(number: int, count: int, name: str) -> None:
    if sys.stderr.isatty():
        say(f"{number}/{count} {name}")


@sub(
    export,
    "transcript",
    N_(
        "Write a coded transcript as a Word document, with the codes in the margin.\n\n"
        "For partners who read. Without --layer it is the consensus, when the transcript is in it, else the only "
        "coder's layer there is. The path is printed."
    ),
)
@argument("name", N_("TRANSCRIPT"), type=TRANSCRIPT)
@option("--to", "form", type=click.Choice(["docx"]), default="docx", show_default=True, text=N_("The kind of file."))
@option("--layer", metavar=N_("NAME"), text=N_("Whose codings: the name of a coder, or consensus."))
@option("--lang", type=click.Choice(["fr", "en"]), text=N_("Language of labels (else that of the interface)."))
@option("-o", "--output", "path", metavar=N_("FILE.docx"), type=PATH, text=N_("Where to write it."))
@to_whom
@as_json
@pass_world
def transcript(
    world: World, name: str, form: str, layer: str | None, lang: str | None, path: Path | None, to_whom: str,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.coding_sheets import file_name
    from hsreview.workflows.reading import find_transcript
    from hsreview.workflows.transcript_out import export_transcript

    if path is not None and path.suffix.lower() != f".{form}":
        raise UsageProblem(_("The name of the document ends in .docx; {name} does not.").format(name=path.name))
    with world.reading() as project:
        found = find_transcript(project, name)
        target = path or Path(file_name(found.name) + f".{form}")
        viewer = world.reader(project)
        done = export_transcript(
            project, found, target, layer=layer, lang=lang or current_language(), viewer=viewer, recipient=to_whom
        )
        tell_unrecorded(project, viewer, done.path)
    written = str(done.path.resolve())
    say(_("Layer: {name}").format(name=done.layer))
    if as_json:
        emit_json({"path": written, "transcript_id": found.id, "layer": done.layer, "codings": done.codings})
    else:
        emit(written)


export.add_command(public)
export.add_command(report)
export.add_command(tables)
export.add_command(document)
export.add_command(archive)
