"""`names table`, `names join`, `names contacts`: the register beside a spreadsheet, a colleague's, and its people."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.kit import PATH, argument, as_json, command, group, option, sub
from hsreview.cli.names_kit import KeyPlace, alike_option, deciding, key_options
from hsreview.cli.output import emit_json, emit_table, say
from hsreview.cli.passphrases import asker
from hsreview.cli.world import World, pass_world

table = group(
    "table",
    N_(
        "Decide many names in a spreadsheet.\n\n"
        "The table holds original names in plain text: it may not lie in a project folder, and should be deleted when "
        "it was read back."
    ),
)


@sub(table, "out", N_("Write all names with what is decided, and what is proposed for open ones, into FILE.csv."))
@argument("file", N_("FILE.csv"), type=PATH)
@key_options
@pass_world
def out(world: World, file: Path, key_file: Path | None, secret_file: Path | None) -> None:
    from hsreview.workflows.key_files import check_place
    from hsreview.workflows.names_table import hand_out

    with deciding(world, KeyPlace(key_file, secret_file), writes=False) as (project, acts):
        check_place(project, file)
        n, unrecorded = hand_out(project, world.reader(project), acts, file)
    say(ngettext("{n} name written to {path}.", "{n} names written to {path}.", n).format(n=n, path=file))
    say(_("The file holds original names in plain text. Delete it when it was read back."))
    if unrecorded:
        say(unrecorded)


@sub(
    table,
    "in",
    N_(
        "Do what a table says, as one act.\n\n"
        "A row whose decision is replace (or accepted, generalised) or keep (or refused) is decided so, in English or "
        "French; a row without one stays as it is. A name that is new is added. Bad rows refuse the whole table."
    ),
)
@argument("file", N_("FILE"), type=PATH)
@alike_option
@key_options
@pass_world
def in_(world: World, file: Path, alike: bool, key_file: Path | None, secret_file: Path | None) -> None:
    from hsreview.workflows.names_table import read_table

    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        n = read_table(acts, file, alike=alike)
    say(ngettext("{n} name changed.", "{n} names changed.", n).format(n=n))
    say(_("{path} still holds original names in plain text; delete it.").format(path=file))


@command(
    "join",
    N_(
        "Join a colleague's key file of the same project to yours.\n\n"
        "What agrees, and what is open here, is taken. Contradictions are listed and left as they are here (exit code "
        "1). The colleague's file is not changed."
    ),
)
@argument("file", N_("FILE"), type=PATH)
@option(
    "--their-passphrase-file", "their_secret", type=PATH, metavar=N_("FILE"),
    text=N_("The passphrase of the colleague's file is the first line of FILE."),
)  # fmt: skip
@key_options
@as_json
@pass_world
def join(
    world: World, file: Path, their_secret: Path | None, key_file: Path | None, secret_file: Path | None, as_json: bool
) -> int:
    from hsreview.workflows.key_files import open_at
    from hsreview.workflows.name_holders import note_holder
    from hsreview.workflows.names_joining import join as take_in

    place = KeyPlace(key_file, secret_file)
    with deciding(world, place) as (project, acts):
        other = open_at(project, file, asker(their_secret) if their_secret else place.ask())
        found = take_in(acts, other.register)
        note_holder(project, file, "joined")
    if as_json:
        listed = [{"number": c.number, "form": c.form, "message": c.message} for c in found.contradictions]
        emit_json({"contradictions": listed, "added": found.added, "decided": found.decided})
    elif found.contradictions:
        emit_table(
            [_("no."), _("name"), _("contradiction")],
            [(each.number or "", each.form, each.message) for each in found.contradictions],
        )
    say(_("{added} names added, {decided} decided.").format(added=found.added, decided=found.decided))
    return EXIT_FOUND if found.contradictions else EXIT_DONE


@command(
    "contacts",
    N_(
        "List how people are reached and where their consent forms are, or note it of one.\n\n"
        "Contacts stand in the key file alone, never in the project."
    ),
)
@argument("word", N_("[NAME]"), default="")
@option("--contact", metavar=N_("TEXT"), text=N_("How the person is reached."))
@option("--consent", metavar=N_("REFERENCE"), text=N_("Reference of the consent form."))
@key_options
@as_json
@pass_world
def contacts(
    world: World, word: str, contact: str | None, consent: str | None, key_file: Path | None,
    secret_file: Path | None, as_json: bool,
) -> None:  # fmt: skip
    notes = contact is not None or consent is not None
    with deciding(world, KeyPlace(key_file, secret_file), writes=notes) as (_project, acts):
        if word and notes:
            acts.note_person(acts.number_of(word), contact, consent)
        wanted = acts.number_of(word) if word else None
        found = [
            name
            for name in acts.register.names
            if name.number == wanted or (wanted is None and (name.contact or name.consent))
        ]
    if as_json:
        keys = ("number", "form", "replacement", "contact", "consent")
        emit_json({"contacts": [{key: getattr(name, key) for key in keys} for name in found]})
    else:
        emit_table(
            [_("no."), _("name"), _("in its place"), _("contact"), _("consent form")],
            [(n.number, n.form, n.replacement, visible(n.contact), visible(n.consent)) for n in found],
        )
