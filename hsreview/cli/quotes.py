"""`quotes`: starred passages on their way to being published."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.asking import insist
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, say, shortened
from hsreview.cli.texts import tell_hidden
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.public import QuoteEntry
    from hsreview.model.people import Coder
    from hsreview.project.project import Project
    from hsreview.workflows.quotes import Quote

quotes = group(
    "quotes",
    N_(
        "Check and release quotes: draft → checked by a second person → released.\n\n"
        "A passage with the flag quote is a draft. What changes after a decision (the words, a mask, a translation, "
        "the consent) makes a draft of it again. Only released quotes are published. Without a further word, they are "
        "listed."
    ),
    default="list",
)
_because = option("--because", metavar=N_("TEXT"), default="", text=N_("Why; it is stored with the quote."))


@sub(
    quotes,
    "list",
    N_(
        "List the starred passages with their state, or those of one state.\n\n"
        "Words that somebody flagged to be masked stand as [...]; labels of speakers are left out."
    ),
)
@option("--state", type=click.Choice(["draft", "checked", "released"]), text=N_("Only these."))
@as_json
@pass_world
def list_(world: World, state: str | None, as_json: bool) -> None:
    from hsreview.workflows.quotes import State
    from hsreview.workflows.quotes import quotes as read
    from hsreview.workflows.reading import hidden_transcripts

    with world.reading() as project:
        viewer = world.reader(project)
        found = read(project, viewer=viewer, state=State(state) if state else None)
        entries, hidden = _entries(project, found), hidden_transcripts(project, viewer)
    if as_json:
        emit_json({"quotes": entries})
    else:
        for entry in entries:
            _show(entry)
        n = len(entries)
        say(ngettext("{n} quote.", "{n} quotes.", n).format(n=n))
    tell_hidden(hidden)


@sub(
    quotes,
    "show",
    N_(
        "Show quotes whole, each with all released quotes of the same person.\n\n"
        "Together they must not tell who it is. An id may be shortened to its beginning."
    ),
)
@argument("ids", N_("ID..."), nargs=-1, required=True)
@as_json
@pass_world
def show(world: World, ids: tuple[str, ...], as_json: bool) -> None:
    from hsreview.workflows.quotes import find_quotes

    with world.reading() as project:
        viewer = world.reader(project)
        found = find_quotes(project, ids, viewer=viewer)
        entries = _entries(project, found)
        if not as_json:
            for quote, entry in zip(found, entries, strict=True):
                _show(entry, whole=True)
                _others(project, quote, viewer)
    if as_json:
        emit_json({"quotes": entries})


@sub(
    quotes,
    "check",
    N_(
        "Confirm that drafts may be published, as a second person: not the one who starred them.\n\n"
        "Each one is judged alone: those that are refused are told with the reason (exit code 3), the others are "
        "stored. The other released quotes of the same person are shown. undo takes it back."
    ),
)
@argument("ids", N_("ID..."), nargs=-1, required=True)
@as_json
@pass_world
def check(world: World, ids: tuple[str, ...], as_json: bool) -> None:
    from hsreview.workflows.quotes import check as act

    with world.writing() as (project, coder):
        _decided(project, coder, lambda: act(project, coder, ids), as_json)


@sub(
    quotes,
    "release",
    N_(
        "Release checked quotes for publication; undo takes it back.\n\n"
        "A draft that no second person checked is released with --because only. The consent must allow quotes; it is "
        "asked again at each export."
    ),
)
@argument("ids", N_("ID..."), nargs=-1, required=True)
@_because
@as_json
@pass_world
def release(world: World, ids: tuple[str, ...], because: str, as_json: bool) -> None:
    from hsreview.workflows.quotes import release as act

    with world.writing() as (project, coder):
        _decided(project, coder, lambda: act(project, coder, ids, because=because), as_json)


@sub(quotes, "withdraw", N_("Make checked or released quotes drafts again; undo takes it back."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@_because
@as_json
@pass_world
def withdraw(world: World, ids: tuple[str, ...], because: str, as_json: bool) -> None:
    from hsreview.workflows.quotes import withdraw as act

    with world.writing() as (project, coder):
        _decided(project, coder, lambda: act(project, coder, ids, because=because), as_json)


@sub(
    quotes,
    "translate",
    N_(
        "Store a quote in another language, with you as translator.\n\n"
        "Without a text, what the segment says in that language is taken over (see: hsreview translations). "
        "A quote that was checked or released is a draft again, which is asked first (or say --yes). "
        'An empty text ("") takes the translation away.'
    ),
)
@argument("quote", N_("ID"))
@argument("text", N_("[TEXT]"), required=False)
@option("--to", "language", metavar=N_("LANGUAGE"), required=True, text=N_("Its language, such as fr or en."))
@option("--yes", is_flag=True, text=N_("Do not ask whether the quote may become a draft again."))
@as_json
@pass_world
def translate(world: World, quote: str, text: str | None, language: str, yes: bool, as_json: bool) -> None:
    from hsreview.workflows.quotes import find_quotes, proposed_translations, would_reopen
    from hsreview.workflows.quotes import translate as act

    with world.writing() as (project, coder):
        [before] = find_quotes(project, [quote], viewer=coder)
        if text is None:
            known = proposed_translations(project, before, viewer=coder)
            text = next((each.text for each in known if each.language == language.strip().lower()), "")
            if not text:
                raise InputRefused(_("The segment has no translation into {name}; type one.").format(name=language))
        reopened = would_reopen(before, language, text)
        if reopened and not yes:
            _insist(before)
        _done(project, coder, [act(project, coder, before.id, language, text)], as_json)
    if reopened:
        say(_("The quote is a draft again: check and release it anew."))


def _insist(quote: Quote) -> None:
    """Ask whether a decision may be taken back. Raises InputRefused where nobody can answer."""
    from hsreview.workflows.quotes import STATES

    said = _("The quote is {state}; with another translation it is a draft again.").format(state=_(STATES[quote.state]))
    if not sys.stdin.isatty():
        raise InputRefused(" ".join((said, _("If it is right, add --yes."))))
    insist(" ".join((said, _("Store the translation?"))))


def _decided(project: Project, coder: Coder, act: Callable[[], list[Quote]], as_json: bool) -> None:
    """Do it and show what is stored, also where some quotes were refused."""
    from hsreview.workflows.quotes import PartlyRefused

    try:
        _done(project, coder, act(), as_json)
    except PartlyRefused as partly:
        _done(project, coder, partly.done, as_json)
        raise


def _done(project: Project, coder: Coder, found: Sequence[Quote], as_json: bool) -> None:
    entries = _entries(project, found)
    if as_json:
        emit_json({"quotes": entries})
        return
    for quote, entry in zip(found, entries, strict=True):
        _show(entry)
        _others(project, quote, coder)


def _others(project: Project, quote: Quote, viewer: Coder | None) -> None:
    from hsreview.workflows.quotes import released_with

    others = released_with(project, quote, viewer=viewer)
    if others:
        n = len(others)
        say(
            ngettext(
                "{n} other quote of the same person is released:",
                "{n} other quotes of the same person are released:",
                n,
            ).format(n=n)
        )
    for each in others:
        say(f"    {each.transcript} {each.place}  {shortened(each.text, 90)}")


def _show(entry: QuoteEntry, *, whole: bool = False) -> None:
    from hsreview.workflows.quotes import CHANGED, STATES, State

    state = _(STATES[State(entry["state"])])
    if entry["changed"]:
        state += f" ({', '.join(_(CHANGED[each]) for each in entry['changed'])})"
    who = entry["respondent"] or "–"
    emit(f"{entry['transcript']} {entry['place']}  {who}  {' '.join(entry['codes'])}  {state}  [{entry['id']}]")
    if not whole:
        emit(f"    {shortened(entry['text'], 90)}")
        return
    for line in entry["text"].split("\n"):
        emit(f"    {visible(line)}")
    for each in entry["translations"]:
        emit(f"    {each['language']} ({each['by']}): {visible(each['text'])}")
    allowed = {True: _("yes"), False: _("no"), None: _("not recorded")}[entry["allowed"]]
    emit("    " + _("quotes allowed: {answer}").format(answer=allowed))


def _entries(project: Project, found: Sequence[Quote]) -> list[QuoteEntry]:
    from hsreview.workflows.coders import coders
    from hsreview.workflows.reading import codebook

    names = {coder.id: coder.name for coder in coders(project)}
    refs = {place.code.id: place.code.ref for place in codebook(project).codes()}
    return [
        {
            "id": each.id,
            "transcript_id": each.transcript_id,
            "transcript": each.transcript,
            "version_id": each.version_id,
            "start": each.start,
            "end": each.end,
            "place": each.place,
            "text": each.text,
            "codes": [refs.get(code, "?") for code in each.codes],
            "state": each.state.value,
            "changed": list(each.changed),
            "starred_by_id": each.starred_by,
            "starred_by": names.get(each.starred_by, ""),
            "checked_by_id": each.checked_by,
            "checked_by": names.get(each.checked_by, ""),
            "released_by_id": each.released_by,
            "released_by": names.get(each.released_by, ""),
            "reason": each.reason,
            "respondent_id": each.respondent.id if each.respondent else None,
            "respondent": each.respondent.name if each.respondent else "",
            "allowed": each.allowed,
            "attribution": each.respondent.consent.attribution if each.respondent else "",
            "translations": [
                {"language": language, "text": said["text"], "by_id": said["by"], "by": names.get(said["by"], "")}
                for language, said in sorted(each.translations.items())
            ],
        }
        for each in found
    ]
