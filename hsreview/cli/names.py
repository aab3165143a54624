"""`names`: decide about the names that were found in texts, in the key file outside of the project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.asking import insist
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.names_files import contacts, join, table
from hsreview.cli.names_kit import (
    KIND,
    KeyPlace,
    alike_option,
    capital_only,
    deciding,
    entries,
    key_options,
    print_names,
)
from hsreview.cli.names_risk import check, report
from hsreview.cli.output import emit_json, say
from hsreview.cli.passphrases import choose_new, new_passphrase_file
from hsreview.cli.world import World, pass_world
from hsreview.model.naming import NAME_STATES, NameClass

if TYPE_CHECKING:
    from hsreview.workflows.names import Name

names = group(
    "names",
    N_(
        "Decide which names are replaced, and by what.\n\n"
        "Names that import --pseudonymise found, and what stands in their place, are in the key file: encrypted, "
        "outside of the project. A name is given by its number in the list, or as it is written (which the history of "
        "your shell may keep). Texts with replacements are not anonymous. Without a further word, names are listed."
    ),
    default="list",
)
for command in (table, contacts, join, check, report):
    names.add_command(command)


@sub(names, "list", N_("List the names with what is decided about them; open ones first."))
@option("--state", type=click.Choice(list(NAME_STATES)), text=N_("Only names in this state."))
@option("--class", "kind", type=KIND, text=N_("Only names of this class."))
@key_options
@as_json
@pass_world
def list_(
    world: World, state: str | None, kind: str | None, key_file: Path | None, secret_file: Path | None, as_json: bool
) -> None:
    with deciding(world, KeyPlace(key_file, secret_file), writes=False) as (_project, acts):
        order = list(NAME_STATES)
        found = [n for n in acts.register.names if state in (None, n.state) and kind in (None, n.kind)]
        found.sort(key=lambda name: (order.index(name.state), name.number))
        listed, open_ = entries(found, acts), acts.register.counts()
    undecided = next(n for each, n in open_.items() if each == "open")
    if as_json:
        emit_json({"names": listed, "undecided": undecided})
    else:
        print_names(listed)
        say(ngettext("{n} name is not decided.", "{n} names are not decided.", undecided).format(n=undecided))


@sub(
    names,
    "accept",
    N_(
        "Put a pseudonym in the place of names: the proposed one, or --as.\n\n"
        "It stands for every spelling: capitals, accents, hyphens, a line end inside. With --class, a name that is not "
        "in the list is added."
    ),
)
@argument("words", N_("NAME..."), nargs=-1, required=True)
@option("--as", "replacement", metavar=N_("TEXT"), default="", text=N_("The pseudonym, for a single name."))
@option("--class", "kind", type=KIND, text=N_("What kind of name it is, when the list is wrong."))
@option("--codes", is_flag=True, text=N_("Propose codes such as P12 in place of invented names."))
@alike_option
@capital_only
@key_options
@pass_world
def accept(
    world: World, words: tuple[str, ...], replacement: str, kind: str | None, codes: bool, alike: bool,
    cased: bool | None, key_file: Path | None, secret_file: Path | None,
) -> None:  # fmt: skip
    from hsreview.workflows.names import Style

    if replacement and len(words) != 1:
        raise UsageProblem(_("--as names the pseudonym of one name; {n} were given.").format(n=len(words)))
    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        acts.style = Style.CODES if codes else Style.NAMES
        as_kind = NameClass(kind) if kind else None
        numbers = [acts.number_of(word, as_kind) for word in words]
        if replacement or kind or cased is not None:
            made = [acts.accept(number, replacement, as_kind, cased, alike=alike) for number in numbers]
        else:
            made = acts.accept_proposed(numbers)
    for name in made:
        _say_replaced(name)


@sub(names, "generalise", N_("Put words in brackets in the place of a name: those proposed for its class, or TEXT."))
@argument("word", N_("NAME"))
@argument("text", N_("[TEXT]"), default="")
@option("--class", "kind", type=KIND, text=N_("What kind of name it is, when the list is wrong."))
@key_options
@pass_world
def generalise(
    world: World, word: str, text: str, kind: str | None, key_file: Path | None, secret_file: Path | None
) -> None:
    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        number = acts.number_of(word, NameClass(kind) if kind else None)
        if kind:
            acts.classify(number, NameClass(kind))
        others = acts.generalisations(number)[1:]
        name = acts.generalise(number, text)
    _say_replaced(name)
    if not text and others:
        say(_("Others that are proposed: {others}").format(others=", ".join(others)))


@sub(names, "refuse", N_("Leave names as they are: they are none, or may be read."))
@argument("words", N_("NAME..."), nargs=-1, required=True)
@key_options
@pass_world
def refuse(world: World, words: tuple[str, ...], key_file: Path | None, secret_file: Path | None) -> None:
    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        left = [acts.keep(acts.number_of(word)) for word in words]
    n = len(left)
    say(ngettext("{n} name stays as it is.", "{n} names stay as they are.", n).format(n=n))


@sub(
    names,
    "merge",
    N_(
        "Make one name a variant of another: both get the same replacement.\n\n"
        "Where the first one also stands in files without the second, both may be two people: it is told where each "
        "stands, and asked. With --class, a first name that is not in the list is added, such as a pseudonym that "
        "somebody had before."
    ),
)
@argument("word", N_("NAME"))
@argument("into", N_("INTO"))
@option("--class", "kind", type=KIND, text=N_("What kind of name the first one is, when it is not in the list."))
@option("--yes", is_flag=True, text=N_("Do not ask."))
@key_options
@pass_world
def merge(
    world: World, word: str, into: str, kind: str | None, yes: bool, key_file: Path | None, secret_file: Path | None
) -> None:
    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        number, other = acts.number_of(word, NameClass(kind) if kind else None), acts.number_of(into)
        told = acts.elsewhere(number, other)
        if told:
            say(_("One also stands where the other does not: {places}.").format(places=told))
            if not yes:
                _insist()
        name = acts.merge(number, other)
    say(_("Number {number} has both forms now.").format(number=name.number))
    if name.capital:
        say(_("Only with a capital: {forms}").format(forms=visible(", ".join(name.capital))))


@sub(
    names,
    "forget",
    N_(
        "Take names out of the key file for good: forms, contacts, and what undo knows of them.\n\n"
        "For somebody who withdrew. Their pseudonym is not given to anybody else; texts that are stored stay as they "
        "are (hsreview withdraw). This cannot be undone; copies of the key file are for you to replace."
    ),
)
@argument("words", N_("NAME..."), nargs=-1, required=True)
@key_options
@pass_world
def forget(world: World, words: tuple[str, ...], key_file: Path | None, secret_file: Path | None) -> None:
    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        numbers = {acts.number_of(word) for word in words}
        acts.forget(numbers)
    n = len(numbers)
    say(ngettext("{n} name is forgotten.", "{n} names are forgotten.", n).format(n=n))


@sub(names, "undo", N_("Take back the last act on names."))
@key_options
@pass_world
def undo(world: World, key_file: Path | None, secret_file: Path | None) -> None:
    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        acts.undo()
    say(_("The last act on names is taken back. Texts that are stored stay as they are."))


@sub(
    names,
    "new",
    N_(
        "Make the key file of the project.\n\n"
        "With a passphrase, or with --to for people's public keys (yours is added), so that each opens it with their "
        "own. import --pseudonymise makes one with a passphrase when there is none. Nobody can open a key file whose "
        "passphrase is lost; keep a copy of the file in a safe place."
    ),
)
@option("--to", "recipients", metavar=N_("KEY"), multiple=True, text=N_("A public key (age1…); may be repeated."))
@key_options
@pass_world
def new(world: World, recipients: tuple[str, ...], key_file: Path | None, secret_file: Path | None) -> None:
    from hsreview.workflows.key_files import new as make

    place = KeyPlace(key_file, secret_file)
    with world.reading() as project:
        made = make(project, place.ask(confirm=True), key_file, recipients)
    say_new(made.path)


@sub(
    names,
    "relock",
    N_(
        "Encrypt the key file anew: with another passphrase, or with --to for the keys of all who may open it.\n\n"
        "What is in it stays. Copies that were made before still open with what opened them then."
    ),
)
@option("--to", "recipients", metavar=N_("KEY"), multiple=True, text=N_("A public key (age1…); may be repeated."))
@new_passphrase_file
@key_options
@pass_world
def relock(
    world: World, recipients: tuple[str, ...], new_file: int | None, key_file: Path | None, secret_file: Path | None
) -> None:
    from hsreview.workflows.key_files import relock as lock_anew

    with deciding(world, KeyPlace(key_file, secret_file)) as (_project, acts):
        lock_anew(acts.key_file, lambda question: choose_new(new_file, question), recipients)
    say(_("The key file is encrypted anew. Copies that were made before still open as they did."))


def say_new(path: Path) -> None:
    """Tell where a new key file lies, and what follows from that."""
    say(
        _(
            "The key file is {path}. It alone says who is who: keep a copy of it in a safe place, never in the project."
        ).format(path=path)
    )


def _insist() -> None:
    """Raise UsageProblem or click.Abort unless somebody says that two names are one person."""
    if not sys.stdin.isatty():
        raise UsageProblem(_("If both are the same wherever they stand, add --yes; nothing was changed."))
    insist(_("Is it the same everywhere?"))


def _say_replaced(name: Name) -> None:
    say(_("Number {number}: {replacement}").format(number=name.number, replacement=name.replacement))
    if name.used:
        say(
            _(
                "Texts that are stored already keep what stands in them; from now on number {number} is {replacement}."
            ).format(number=name.number, replacement=name.replacement)
        )
