"""`keys`: the user's own key, and the public keys of the team."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.messages import N_, _
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.passphrases import asker, passphrase_file
from hsreview.cli.values import CODER
from hsreview.cli.world import World, pass_world

keys = group(
    "keys",
    N_(
        "Make your key, and keep the public keys of the team.\n\n"
        "A package that is encrypted to a coder's public key can only be opened with that coder's private key. The "
        "private key stays on this computer, outside of the project; the public one (age1…) may go anywhere. Without a "
        "further word, the keys of the team are listed."
    ),
    default="list",
)


@sub(
    keys,
    "new",
    N_(
        "Make your key on this computer; the public key is printed.\n\n"
        "Send that to your lead, or note it in the project: hsreview keys add YOUR_NAME age1…"
    ),
)
@option("--passphrase", "protected", is_flag=True, text=N_("Protect the private key with a passphrase."))
@passphrase_file
def new(protected: bool, secret_file: Path | None) -> None:
    from hsreview.workflows.keys import key_path, new_key

    passphrase = None
    if protected or secret_file is not None:
        passphrase = asker(secret_file, confirm=True)(_("Passphrase of your new key"))
    public = new_key(passphrase)
    say(_("Your private key lies in {path}. Keep a copy of that file in a safe place.").format(path=key_path()))
    emit(public)


@sub(keys, "show", N_("Print your own public key."))
@as_json
def show(as_json: bool) -> None:
    from hsreview.workflows.keys import key_path, own_public_key

    public = own_public_key()
    if as_json:
        emit_json({"key": public, "path": str(key_path())})
    else:
        emit(public)


@sub(keys, "list", N_("List the public keys of the team."))
@as_json
@pass_world
def list_(world: World, as_json: bool) -> None:
    from hsreview.workflows.keys import team_keys

    with world.reading() as project:
        found = team_keys(project)
    if as_json:
        entries = [{"coder_id": k.coder.id, "coder": k.coder.name, "key": k.key, "own": k.own} for k in found]
        emit_json({"keys": entries})
    else:
        emit_table([_("coder"), _("public key"), _("yours")], [(k.coder.name, k.key, "×" * k.own) for k in found])


@sub(keys, "add", N_("Note a public key of a coder in the project.\n\nA coder with two computers has two keys."))
@argument("name", N_("CODER"), type=CODER)
@argument("key", N_("KEY"))
@pass_world
def add(world: World, name: str, key: str) -> None:
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.keys import add_key, keys_of

    with world.writing() as (project, by):
        coder = known_coder(project, name)
        added = add_key(project, by, coder, key)
        n = len(keys_of(project, coder.id))
    said = (
        _("Packages for {name} can be encrypted to this key from now on.")
        if added
        else _("{name} has this key already.")
    )
    say(said.format(name=coder.name))
    if added and n > 1:
        said = _(
            "{name} has {n} keys now, and each of them opens packages for {name}. If the older one is no longer in "
            "use: hsreview keys forget"
        )
        say(said.format(name=coder.name, n=n))


@sub(keys, "forget", N_("Take a coder's public key, or all of them, out of the project."))
@argument("name", N_("CODER"), type=CODER)
@argument("key", N_("[KEY]"), required=False)
@pass_world
def forget(world: World, name: str, key: str | None) -> None:
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.keys import forget_key

    with world.writing() as (project, by):
        coder = known_coder(project, name)
        forget_key(project, by, coder, key)
    say(_("No package will be encrypted to that key of {name} any more.").format(name=coder.name))
