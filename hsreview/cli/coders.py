"""`coders`: the team."""

from __future__ import annotations

import click

from hsreview.base.messages import N_, _
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.values import CODER
from hsreview.cli.world import World, pass_world
from hsreview.model.people import CoderRole

_ROLES = click.Choice([role.value for role in CoderRole])

coders = group(
    "coders",
    N_(
        "List, add, rename and remove coders, and give roles.\n\n"
        "A coder is named by name or by id. The first coder of a project is its lead. Roles guide and leave a trace; "
        "they do not stop whoever owns the computer. Without a further word, the coders are listed."
    ),
    default="list",
)


@sub(coders, "list", N_("List the coders."))
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.coders import ROLE_WORDS
    from hsreview.workflows.coders import coders as read

    with world.reading() as project:
        team = read(project)
    if as_json:
        emit_json({"coders": [{"id": each.id, "name": each.name, "role": each.role.value} for each in team]})
    else:
        emit_table([_("name"), _("role"), _("id")], [(c.name, _(ROLE_WORDS[c.role]), c.id) for c in team])


@sub(coders, "add", N_("Add a coder to the team; the new id is printed."))
@argument("name", N_("NAME"))
@option("--role", type=_ROLES, default=CoderRole.CODER.value, show_default=True, text=N_("What the coder may do."))
@pass_world
def add(world: World, name: str, role: str) -> None:
    from hsreview.workflows.coders import ROLE_WORDS, add_coder

    with world.reading() as project:
        world.warn_of_place(project)
        by = world.reader(project)
        coder = add_coder(project, by.id if by else None, name, CoderRole(role))
    say(_("{name} joined the team as {role}.").format(name=coder.name, role=_(ROLE_WORDS[coder.role])))
    emit(coder.id)


@sub(coders, "rename", N_("Give a coder another name; the id stays."))
@argument("name", N_("CODER"), type=CODER)
@argument("new_name", N_("NEW_NAME"))
@pass_world
def rename(world: World, name: str, new_name: str) -> None:
    from hsreview.workflows.coders import known_coder, rename_coder

    with world.writing() as (project, by):
        rename_coder(project, by.id, known_coder(project, name), new_name)
    say(_("{name} is now called {new_name}.").format(name=name, new_name=new_name))


@sub(
    coders,
    "remove",
    N_(
        "Take somebody out of the team who did nothing yet, and for whom nothing was done.\n\n"
        "For a name that joined by mistake. Whoever has work in the project stays. Undo brings the coder back."
    ),
)
@argument("name", N_("CODER"), type=CODER)
@pass_world
def remove(world: World, name: str) -> None:
    from hsreview.workflows.coders import known_coder, remove_coder

    with world.writing() as (project, by):
        coder = known_coder(project, name)
        remove_coder(project, by.id, coder)
    say(_("{name} is no longer in the team.").format(name=coder.name))


@sub(coders, "role", N_("Say what a coder may do.\n\nOnly a lead does; a project always keeps a lead."))
@argument("name", N_("CODER"), type=CODER)
@argument("role", "|".join(CoderRole), type=_ROLES)
@pass_world
def role(world: World, name: str, role: str) -> None:
    from hsreview.workflows.coders import ROLE_WORDS, known_coder, set_role

    with world.writing() as (project, by):
        coder = set_role(project, by.id, known_coder(project, name), CoderRole(role))
    say(_("{name} is now {role}.").format(name=coder.name, role=_(ROLE_WORDS[coder.role])))
