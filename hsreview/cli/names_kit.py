"""What commands about names have in common: the options of the key file, opening it, and lists of names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import PATH, option
from hsreview.cli.output import emit_table, say, shortened
from hsreview.cli.passphrases import asker
from hsreview.cli.world import World
from hsreview.model.naming import NAME_CLASSES, NAME_STATES, NameClass

if TYPE_CHECKING:
    from hsreview.cli.answers.names import RegisterName
    from hsreview.model.staging import StagedTranscript
    from hsreview.project.project import Project
    from hsreview.workflows.importing import Staged
    from hsreview.workflows.names import Deciding, Name

F = TypeVar("F", bound=Callable[..., Any])
KIND = click.Choice([kind.value for kind in NameClass])
_FORM = 32
_CONTEXT = 44
_CONTEXTS = 3


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """What the options of the key file say."""

    file: Path | None
    secret: Path | None

    def ask(self, *, confirm: bool = False) -> Callable[[str], str]:
        """Gives the passphrase that a question asks for."""
        return asker(self.secret, confirm=confirm)


def capital_only(function: F) -> F:
    """Whether a name is a common word too; the command gets `cased`, null when nothing is said."""
    return option(
        "--capital-only/--any-case", "cased", default=None,
        text=N_("Whether only forms with a capital are meant, since it is a common word too."),
    )(function)  # fmt: skip


def alike_option(function: F) -> F:
    """Whether a pseudonym that begins or sounds like the name is meant; the command gets `alike`."""
    return option(
        "--alike", is_flag=True, text=N_("Take a pseudonym although it begins or sounds like the name.")
    )(function)  # fmt: skip


def key_options(function: F) -> F:
    """Where the key file lies and what opens it; the command gets `key_file` and `secret_file`."""
    place = option(
        "--key-file", "key_file", type=PATH, metavar=N_("FILE"),
        text=N_("The key file of this project (else where it was last on this computer)."),
    )  # fmt: skip
    secret = option(
        "--passphrase-file", "secret_file", type=PATH, metavar=N_("FILE"),
        text=N_("The passphrase of the key file is the first line of FILE (else HSREVIEW_PASSPHRASE, else asked for)."),
    )  # fmt: skip
    return place(secret(function))


@contextmanager
def deciding(world: World, place: KeyPlace, *, writes: bool = True) -> Iterator[tuple[Project, Deciding]]:
    """The open register of the project; what was decided is one act, saved at the end unless something went wrong.

    With `writes`, a place that cannot be written is told before anything is asked.
    """
    from hsreview.workflows.key_files import check_writable, opened, place_of
    from hsreview.workflows.names import Deciding, occurs_in

    with world.reading() as project:
        by = world.reader(project)
        if writes:
            check_writable(place_of(project, place.file))
        acts = Deciding(opened(project, place.ask(), place.file), by.id if by else "", occurs=occurs_in(project))
        acts.settled()
        for line in acts.moved_in_words():
            say(line)
        with acts.as_one():
            yield project, acts
        if writes:
            acts.save()


def replacing(world: World, project: Project, place: KeyPlace) -> Callable[[StagedTranscript], Staged]:
    """Replaces the names in a corrected file by what is decided in the key file."""
    from hsreview.workflows.key_files import check_writable, opened, place_of
    from hsreview.workflows.pseudonymising import for_correction

    check_writable(place_of(project, place.file))
    by = world.reader(project)
    return for_correction(project, opened(project, place.ask(), place.file), by.id if by else "")


def entry(name: Name, proposal: str) -> RegisterName:
    """A name as it is answered in JSON."""
    seen = name.places
    return {
        "number": name.number, "form": name.form, "variants": list(name.variants), "kind": NameClass(name.kind).value,
        "state": name.state.value, "replacement": name.replacement, "proposal": proposal, "capital_only": name.cased,
        "capital_forms": list(name.capital_forms),
        "used": name.used, "count": seen.count, "files": list(seen.files), "engines": list(seen.engines),
        "contexts": [{"before": b, "form": f, "after": a} for b, f, a in seen.contexts[:_CONTEXTS]],
    }  # fmt: skip


def entries(names: Sequence[Name], acts: Deciding) -> list[RegisterName]:
    """Names as they are answered, the open ones with what is proposed."""
    proposals = acts.proposals()
    return [entry(name, proposals.get(name.number, "")) for name in names]


def print_names(names: Sequence[RegisterName]) -> None:
    """A list of names for people: what is proposed stands after an arrow."""
    from hsreview.workflows.name_finding import engine_words

    emit_table(
        [_("no."), _("name"), _("class"), _("state"), _("in its place"), _("how often"), _("found by"), _("context")],
        [
            (
                each["number"], shortened(each["form"], _FORM), _(NAME_CLASSES[NameClass(each["kind"])]),
                _(NAME_STATES[each["state"]]),
                each["replacement"] or (f"→ {each['proposal']}" if each["proposal"] else ""),
                each["count"], ", ".join(map(engine_words, each["engines"])), _context(each),
            )
            for each in names
        ],
    )  # fmt: skip


def _context(each: RegisterName) -> str:
    if not each["contexts"]:
        return ""
    first = each["contexts"][0]
    side = max(0, (_CONTEXT - len(first["form"])) // 2)
    return shortened(first["before"][-side:] + first["form"] + first["after"][:side], _CONTEXT)


def say_how_to_decide(n: int) -> None:
    """Tell how many names wait, and which commands decide."""
    waiting = ngettext("{n} name is not decided.", "{n} names are not decided.", n).format(n=n)
    say(
        _(
            "{waiting} Decide with: hsreview names accept NUMBER (the pseudonym that is proposed, or --as TEXT), "
            "generalise NUMBER [TEXT], refuse NUMBER, merge NUMBER INTO"
        ).format(waiting=waiting)
    )
