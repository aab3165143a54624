"""`export report`: what the layer says on the review questions, as a document."""

from __future__ import annotations

from pathlib import Path

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world


@command(
    "report",
    N_(
        "Write a report: review questions, themes, summaries, quotes, and who speaks of them.\n\n"
        "With a paragraph on methods and the list of the segments behind the numbers. It is one file that fetches "
        "nothing and can be printed. Quotes are those marked ★ that the consent allows to show; those that are "
        "not released are marked. The report is internal."
    ),
)
@argument("path", N_("FILE"), type=PATH)
@option(
    "--to", "form", type=click.Choice(["docx", "html", "md"]),
    text=N_("The kind of file; without it the ending of the name tells."),
)  # fmt: skip
@option("--question", metavar=N_("REF"), text=N_("Only this review question, such as Q1."))
@option("--layer", metavar=N_("NAME"), text=N_("Whose codings: the name of a coder, or consensus."))
@option("--lang", type=click.Choice(["fr", "en"]), text=N_("Language of the report (else that of the interface)."))
@option("--partial", is_flag=True, text=N_("Export a consensus in which reviewed transcripts are still missing."))
@as_json
@pass_world
def report(
    world: World, path: Path, form: str | None, question: str | None, layer: str | None, lang: str | None,
    partial: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.reporting import FORMS, export_report

    ending = path.suffix.lower().removeprefix(".")
    if (form or ending) not in FORMS or (form is not None and ending != form):
        kinds = ", ".join(f".{each}" for each in FORMS) if form is None else f".{form}"
        raise UsageProblem(
            _("The name of the report ends in {kinds}; {name} does not.").format(kinds=kinds, name=path.name)
        )
    with world.reading() as project:
        done = export_report(
            project, path, ending, layer=layer, lang=lang or current_language(), question=question,
            viewer=world.reader(project), partial=partial,
        )  # fmt: skip
    written = str(done.path.resolve())
    say(_("Layer: {name}").format(name=done.layer))
    say(ngettext("{n} quote is shown.", "{n} quotes are shown.", done.quotes).format(n=done.quotes))
    if as_json:
        emit_json({"path": written, "layer": done.layer, "themes": done.themes, "quotes": done.quotes})
    else:
        emit(written)
