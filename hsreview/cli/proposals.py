"""`codebook proposals|propose|decide`: codes that coders propose, and the lead's decisions."""

from __future__ import annotations

import click

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.values import CODE
from hsreview.cli.world import World, pass_world


@command("proposals", N_("List the proposed codes that wait for a decision."))
@as_json
@pass_world
def proposals(world: World, as_json: bool) -> None:
    from hsreview.workflows.codebooks import proposals as read

    with world.reading() as project:
        found = read(project, viewer=world.reader(project))
    if as_json:
        entries = [
            {
                "id": each.code.id,
                "ref": each.code.ref,
                "label": each.code.label.to_json(),
                "by": each.by,
                "created": each.created,
                "reason": each.reason,
                "codings": each.uses,
            }
            for each in found
        ]
        emit_json({"proposals": entries})
        return
    emit_table(
        [_("code"), _("label"), _("by"), _("codings"), _("reason")],
        [(p.code.ref, p.code.label.get(current_language()), p.by, p.uses, p.reason) for p in found],
    )


@command(
    "propose",
    N_("Propose a new code; its reference is printed.\n\nIt can be used at once and waits for the lead's decision."),
)
@argument("label", N_("NAME"))
@option("--theme", metavar=N_("THEME"), text=N_("Reference of the theme or code to put it under."))
@option("--reason", metavar=N_("TEXT"), default="", text=N_("Why it is needed."))
@pass_world
def propose(world: World, label: str, theme: str | None, reason: str) -> None:
    from hsreview.model.localized import Localized
    from hsreview.workflows.coding import propose_code

    with world.writing() as (project, coder):
        code = propose_code(project, coder, Localized(fr=label, en=label), theme_ref=theme, reason=reason)
    say(_("Proposed: {ref} {label}").format(ref=code.ref, label=label))
    emit(code.ref)


@command(
    "decide",
    N_(
        "Decide on a proposed code, as the lead and with a reason.\n\n"
        "accept gives it a place (--ref, --theme); merge lets its codings count for another code (--into); refuse "
        "leaves its codings with their coders, who should recode them."
    ),
)
@argument("name", N_("CODE"), type=CODE)
@argument("decision", "accept|merge|refuse", type=click.Choice(["accept", "merge", "refuse"]))
@option("--reason", metavar=N_("TEXT"), required=True, text=N_("Why; it is stored with the decision."))
@option("--into", metavar=N_("CODE"), type=CODE, text=N_("The code that takes over the codings."))
@option("--ref", metavar=N_("REF"), text=N_("Reference that an accepted code gets."))
@option("--theme", metavar=N_("THEME"), text=N_("Reference of the theme that an accepted code goes to."))
@pass_world
def decide(
    world: World, name: str, decision: str, reason: str, into: str | None, ref: str | None, theme: str | None
) -> None:
    from hsreview.workflows.codebooks import decide_proposal
    from hsreview.workflows.reading import codebook, find_code

    with world.writing() as (project, coder):
        book = codebook(project)
        themes = {each.ref: each.id for each in book.themes}
        if theme is not None and theme not in themes:
            raise InputRefused(
                _("There is no theme {name}. Themes: {themes}").format(name=theme, themes=", ".join(themes))
            )
        decide_proposal(
            project, coder, find_code(book, name).id, decision, reason=reason, ref=ref,
            into=find_code(book, into).id if into else None, theme_id=themes[theme] if theme else None,
        )  # fmt: skip
    sentence = {"accept": _("{code}: accepted."), "merge": _("{code}: merged."), "refuse": _("{code}: refused.")}
    say(sentence[decision].format(code=name))
