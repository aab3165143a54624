"""`export report`: what the layer says on the review questions, as a document."""

from __future__ import annotations

from pathlib import Path

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.world import World, pass_world


@command(
    "report",
    N_(
        "Write a report: review questions, themes, summaries, quotes, and who speaks of them.\n\n"
        "With a paragraph on methods and the list of the segments behind the numbers. It is one file that fetches "
        "nothing and can be printed. Quotes are those marked ★ that the consent allows to show; those that are "
        "not released are marked. The report is internal.\n\n"
        "With --public it holds bands in place of counts (as export public does) and released quotes only, no "
        "summaries and no segments."
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
@option("--public", is_flag=True, text=N_("Bands and released quotes only, to be published."))
@to_whom
@as_json
@pass_world
def report(
    world: World, path: Path, form: str | None, question: str | None, layer: str | None, lang: str | None,
    partial: bool, public: bool, to_whom: str, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.public_report import export_public_report
    from hsreview.workflows.reporting import FORMS, ReportExported, export_report

    ending = path.suffix.lower().removeprefix(".")
    if (form or ending) not in FORMS or (form is not None and ending != form):
        kinds = ", ".join(f".{each}" for each in FORMS) if form is None else f".{form}"
        raise UsageProblem(
            _("The name of the report ends in {kinds}; {name} does not.").format(kinds=kinds, name=path.name)
        )
    language = lang or current_language()
    done: ReportExported
    if public:
        with world.writing() as (project, coder):
            published = export_public_report(
                project, coder, path, ending, layer=layer, lang=language, question=question, partial=partial,
                recipient=to_whom,
            )  # fmt: skip
        for warning in published.warnings:
            say(_("Warning: {warning}").format(warning=warning))
        done = published
    else:
        with world.reading() as project:
            viewer = world.reader(project)
            done = export_report(
                project, path, ending, layer=layer, lang=language, question=question, viewer=viewer, partial=partial,
                recipient=to_whom,
            )  # fmt: skip
            tell_unrecorded(project, viewer, path)
    written = str(done.path.resolve())
    say(_("Layer: {name}").format(name=done.layer))
    say(ngettext("{n} quote is shown.", "{n} quotes are shown.", done.quotes).format(n=done.quotes))
    if as_json:
        emit_json({"path": written, "layer": done.layer, "themes": done.themes, "quotes": done.quotes})
    else:
        emit(written)
