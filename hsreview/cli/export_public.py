"""`export public`: what may be published, and an internal report of what was held back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.values import WholeNumber
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.public import WithheldEntry
    from hsreview.model.people import Coder
    from hsreview.project.project import Project
    from hsreview.workflows.publishing import Published


def tell_unrecorded(project: Project, viewer: Coder | None, path: Path) -> None:
    """Say why a file that was written is not on record, when it is not."""
    from hsreview.workflows.outputs import unrecorded

    why = unrecorded(project, viewer, path)
    if why:
        say(why)


to_whom = option("--to-whom", metavar=N_("NAME"), default="", text=N_("Who gets the file; it is put on record."))


@command(
    "public",
    N_(
        "Write the public workbook of one layer: bands and released quotes only.\n\n"
        "No number rests on fewer than 3 respondents. Small groups and places are counted together, small codes in "
        "their theme; bands (0–2, 3–5, 6+) stand for counts; what would give a small cell away is left out. What was "
        "left out, and why, is told on stderr and with --json; it is internal. The file is put on record, and numbers "
        "that differ from public files on record are warned of. The path is printed."
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
@option(
    "--k", "k", type=WholeNumber(1), default=3, show_default=True, metavar=N_("N"),
    text=N_("Respondents that stand at least behind a number (3 or more)."),
)  # fmt: skip
@option("--by", metavar=N_("ATTRIBUTE"), multiple=True, text=N_("A table by this attribute too; may be repeated."))
@option(
    "--zone", "zones", metavar=N_("NAME=PLACE,PLACE"), multiple=True,
    text=N_("Count these values of attributes together under this name; may be repeated."),
)  # fmt: skip
@to_whom
@option("--partial", is_flag=True, text=N_("Export a consensus in which reviewed transcripts are still missing."))
@as_json
@pass_world
def public(
    world: World, path: Path, layer: str | None, lang: str, k: int, by: tuple[str, ...], zones: tuple[str, ...],
    to_whom: str, partial: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.publishing import export_public, zones_of

    if path.suffix.lower() != ".xlsx":
        raise UsageProblem(_("The name of a workbook ends in .xlsx; {name} does not.").format(name=path.name))
    with world.writing() as (project, coder):
        done = export_public(
            project, coder, path, layer=layer, lang=lang, k=k, by=by, zones=zones_of(zones), recipient=to_whom,
            partial=partial,
        )  # fmt: skip
    if as_json:
        _answer(done)
        return
    say(_("Layer: {name}").format(name=done.layer))
    _report(done)
    emit(str(done.path.resolve()))


def _entries(done: Published) -> list[WithheldEntry]:
    from hsreview.workflows.publishing import REASONS

    return [
        {
            "what": each.what,
            "table": each.table,
            "why": each.why.value,
            "reason": _(REASONS[each.why]) + (f" ({each.detail})" if each.detail else ""),
        }
        for each in done.public.withheld
    ]


def _answer(done: Published) -> None:
    emit_json(
        {
            "path": str(done.path.resolve()),
            "layer": done.layer,
            "k": done.public.k,
            "sheets": list(done.sheets),
            "respondents": done.public.respondents,
            "quotes": len(done.public.quotes),
            "withheld": _entries(done),
            "warnings": list(done.warnings),
        }
    )


def _report(done: Published) -> None:
    from hsreview.workflows.exports import held_back

    for warning in done.warnings:
        say(_("Warning: {warning}").format(warning=warning))
    n = len(done.public.withheld)
    if not n:
        say(_("Nothing was held back."))
        return
    say(
        ngettext(
            "Not in the file ({n} thing; this report is internal):",
            "Not in the file ({n} things; this report is internal):",
            n,
        ).format(n=n)
    )
    for why, what in held_back(done.public):
        say(f"  {why}: {what}")
