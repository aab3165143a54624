"""`import --pseudonymise`: names are looked for in all files before any is stored, and decided names are replaced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hsreview.base.messages import _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.names import say_new
from hsreview.cli.names_kit import KeyPlace, entries, print_names, say_how_to_decide
from hsreview.cli.output import say

if TYPE_CHECKING:
    from hsreview.cli.answers.names import RegisterName
    from hsreview.model.people import Coder
    from hsreview.model.staging import StagedRespondent
    from hsreview.project.project import Project
    from hsreview.workflows.importing import ImportOptions, ImportReport, Staged
    from hsreview.workflows.pseudonymising import Pseudonymising


_SOME = 5
"""So many of the words that would stand in a file are told."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of an import with pseudonyms."""

    place: KeyPlace
    accept_undecided: str = ""
    """Why texts may be stored although names in them are not decided."""
    codes: bool = False
    with_model: bool = True
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of it; without a report nothing was stored."""

    report: ImportReport | None
    waiting: Sequence[RegisterName]
    engines: tuple[str, ...]


def import_with_pseudonyms(
    project: Project, coder: Coder, staged: Sequence[Staged], options: ImportOptions,
    respondents: Sequence[StagedRespondent], wish: Wish, cancelled: Callable[[], bool],
) -> Outcome | None:  # fmt: skip
    """Store staged files with replacements, unless names are not decided; null when it was cancelled."""
    from hsreview.workflows.key_files import open_or_new
    from hsreview.workflows.pseudonymising import Style, begin, store_with_pseudonyms
    from hsreview.workflows.standing import Status, standings

    key_file, is_new = open_or_new(project, wish.place.ask(), wish.place.ask(confirm=True), wish.place.file)
    if is_new:
        say_new(key_file.path)
    standing = standings(project)
    known: list[Staged] = []
    fresh: list[Staged] = []
    for each in staged:
        is_known = standing(each.transcript).status is Status.KNOWN
        (known if is_known else fresh).append(each if is_known else replace(each, name=options.name))
    style = Style.CODES if wish.codes else Style.NAMES
    session = begin(
        project, key_file, coder.id, fresh, respondents, style=style, with_model=wish.with_model, cancelled=cancelled
    )
    if session is None:
        return None
    _say_engines(session)
    session.settled()
    for line in session.moved_in_words():
        say(line)
    waiting = entries(session.undecided, session)
    if wish.dry_run:
        _say_would(session)
        _say_called(project, session)
    if wish.dry_run or (waiting and not wish.accept_undecided):
        if not wish.dry_run:
            session.save()
        return Outcome(None, waiting, session.engines)
    _say_called(project, session)
    nameless = replace(options, name="")
    report = store_with_pseudonyms(project, coder, session, known, wish.accept_undecided, nameless)
    return Outcome(report, waiting, session.engines)


def tell_waiting(outcome: Outcome, *, listed: bool) -> None:
    """The names that wait for a decision, on stdout where they are to be `listed`, and how to decide."""
    if outcome.waiting and listed:
        print_names(outcome.waiting)
    if outcome.waiting:
        say_how_to_decide(len(outcome.waiting))


def say_stored() -> None:
    """What pseudonyms are not."""
    say(
        _(
            "Names may remain, and what is said around them can tell who is meant: the texts are pseudonymised, "
            "which does not make them anonymous. What was not decided: hsreview names report"
        )
    )


def _say_would(session: Pseudonymising) -> None:
    """What an import would replace: places in each file, and the words that would stand there."""
    for entry in session.files:
        items = (session.staged_with(entry).masking or {})["items"]
        count = Counter(replacement for *_place, replacement in items)
        some = [f"{each} ({n})" for each, n in count.most_common(_SOME)]
        more = ["…"] if len(count) > _SOME else []
        said = ngettext("{n} place would be replaced", "{n} places would be replaced", len(items))
        told = said.format(n=len(items))
        say(visible(labelled(entry.file.name, labelled(told, ", ".join([*some, *more])) if some else told)))


def _say_called(project: Project, session: Pseudonymising) -> None:
    """What respondents and files will be called."""
    from hsreview.workflows.pseudonymising import called_in_words

    told = called_in_words(project, session)
    if told:
        say(told)


def _say_engines(session: Pseudonymising) -> None:
    say(_("Names were looked for by: {engines}").format(engines=", ".join(session.engines)))
    for language in session.without_model:
        say(
            _(
                "No language model for {language} is installed (hsreview models list); rules and lists alone looked."
            ).format(language=language or _("unknown language"))
        )
