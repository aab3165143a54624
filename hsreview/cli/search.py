"""`search`: find words in all transcripts, show them in context, and code what was found."""

from __future__ import annotations

from collections.abc import Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import cells, emit, emit_json, emit_lines, first_printed, say, shortened
from hsreview.cli.values import AT_LEAST_ONE, CODE, CODER, ROLE, TRANSCRIPT, pairs
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.texts import FoundTurn
    from hsreview.model.people import Coder
    from hsreview.model.text import Role
    from hsreview.project.project import Project
    from hsreview.workflows.searching import Answer, Hit, Scope

AROUND = 60
"""Characters of the turn that are printed before and after the first match."""
LEAST_CONTEXT, LONGEST_KEYWORD = 16, 40
"""Cells of context on each side of a keyword, and of a keyword."""


@command(
    "search",
    N_(
        "Search the words of all transcripts.\n\n"
        'Finds turns that hold all the words; accents and capitals do not matter, œ is oe. "Words in quotation '
        'marks" stand together; secu* finds words that begin so; NEAR(peace budget, 5) finds words with at most 5 '
        "others between them. Matches stand in [brackets].\n\n"
        "With --code the matches are coded, all in one act, marked as autocoded; undo takes it back. Look at them "
        "first without it."
    ),
)
@argument("words", N_("QUERY..."), nargs=-1, required=True)
@option("--regex", is_flag=True, text=N_("The query is a regular expression; it does not go beyond a turn."))
@option("--lemma", is_flag=True, text=N_("Words in all their forms; needs a spaCy model of their language."))
@option("--transcript", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("Only this transcript."))
@option("--group", metavar=N_("GROUP"), text=N_("Only this respondent group."))
@option(
    "--attribute", "attributes", metavar=N_("NAME=VALUE"), multiple=True,
    text=N_("Only where whoever speaks, their organisation or the transcript has this attribute; may be repeated."),
)  # fmt: skip
@option("--role", type=ROLE, text=N_("Only what speakers of this role say."))
@option("--language", metavar=N_("LANGUAGE"), text=N_("Only transcripts in this language, such as fr."))
@option("--coded", metavar=N_("CODE"), type=CODE, text=N_("Only matches coded with this code, or with any."))
@option("--uncoded", metavar=N_("CODE"), type=CODE, text=N_("Only matches not coded with this code, or with any."))
@option("--by", "coder", metavar=N_("CODER"), type=CODER, text=N_("Coded by whom; else by anybody you may see."))
@option("--kwic", is_flag=True, text=N_("Print every match on a line of its own, between its contexts."))
@option(
    "--sort", type=click.Choice(["text", "left", "right"]),
    text=N_("Sort the lines by the words to the left or to the right of the match."),
)  # fmt: skip
@option("--code", "code", metavar=N_("CODE"), type=CODE, text=N_("Code every match with this code."))
@option(
    "--unit", type=click.Choice(["match", "sentence", "turn"]),
    text=N_("What is coded around a match; without it, the sentence."),
)  # fmt: skip
@option(
    "--limit",
    metavar=N_("N"),
    type=AT_LEAST_ONE,
    default=50,
    show_default=True,
    text=N_("How many turns to print."),
)
@as_json
@pass_world
def search(
    world: World, words: tuple[str, ...], regex: bool, lemma: bool, transcript: str | None, group: str | None,
    attributes: tuple[str, ...], role: Role | None, language: str | None, coded: str | None, uncoded: str | None,
    coder: str | None, kwic: bool, sort: str | None, code: str | None, unit: str | None, limit: int, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.search_scopes import scope_of
    from hsreview.workflows.searching import How
    from hsreview.workflows.searching import search as find

    query = " ".join(words)
    _check(regex and lemma, _("Choose one of --regex and --lemma."))
    _check(bool(sort) and not kwic, _("--sort sorts lines: it needs --kwic."))
    _check(bool(unit) and code is None, _("--unit says what is coded: it needs --code."))
    limited = click.get_current_context().get_parameter_source("limit") is ParameterSource.COMMANDLINE
    _check(limited and code is not None, _("--limit says how many turns to print: --code codes every match."))
    _check(kwic and code is not None, _("Choose one of --kwic and --code: look at the matches first, then code them."))
    how = How.REGEX if regex else How.LEMMA if lemma else How.WORDS

    def scope(project: Project) -> Scope:
        return scope_of(
            project, transcript=transcript, group=group, attributes=pairs(attributes, "--attribute"),
            role=str(role) if role else "", language=language, coded=coded, uncoded=uncoded, coder=coder,
        )  # fmt: skip

    if code is not None:
        with world.writing() as (project, me):
            world.warn_of_consent(project)
            found = find(project, query, None, how=how, scope=scope(project), viewer=me)
            _code(project, me, found, code, unit or "sentence", as_json=as_json)
        return
    with world.reading() as project:
        found = find(
            project, query, None if kwic else limit, how=how, scope=scope(project), viewer=world.reader(project)
        )
    if kwic:
        _print_kwic(query, found, sort or "text", limit, as_json=as_json)
    else:
        _print(query, found, as_json=as_json)
    for note in found.notes:
        say(note)


def _check(wrong: bool, told: str) -> None:
    if wrong:
        raise UsageProblem(told)


def _code(project: Project, me: Coder, found: Answer, wish: str, unit: str, *, as_json: bool) -> None:
    from hsreview.workflows.autocoding import Unit, code_places
    from hsreview.workflows.reading import codebook, find_code
    from hsreview.workflows.searching import kwic

    code = find_code(codebook(project), wish)
    places = [(line.hit.version_id, line.start, line.end) for line in kwic(found.hits)]
    done = code_places(project, me, places, code.id, Unit(unit))
    if as_json:
        emit_json(
            {
                "code_id": code.id,
                "code": code.ref,
                "unit": unit,
                "matches": len(places),
                "made": done.made,
                "present": done.present,
                "transcripts": done.transcripts,
            }
        )
        return
    said = ngettext("{n} coding made with {code}.", "{n} codings made with {code}.", done.made)
    say(said.format(n=done.made, code=code.ref))
    if done.present:
        told = ngettext("{n} stood there already.", "{n} stood there already.", done.present)
        say(told.format(n=done.present))
    if done.made:
        say(_("To take all of it back: hsreview undo"))


def _print(query: str, found: Answer, *, as_json: bool) -> None:
    if as_json:
        entries = [{**found_turn(hit), "marks": [list(mark) for mark in hit.marks]} for hit in found.hits]
        emit_json({"query": query, "total": found.total, "hits": entries, "notes": list(found.notes)})
        return
    for hit in found.hits:
        emit(f"{hit.transcript} {hit.turn}{f' {hit.speaker}' if hit.speaker else ''}: {_snippet(hit)}")
    _say_total(found.total, len(found.hits))


def found_turn(hit: Hit) -> FoundTurn:
    """A turn that was found, as it is answered in JSON."""
    return {
        "transcript_id": hit.transcript_id, "transcript": hit.transcript, "version_id": hit.version_id,
        "turn": hit.turn, "speaker": hit.speaker, "start": hit.start, "end": hit.end, "text": hit.text,
    }  # fmt: skip


def _print_kwic(query: str, found: Answer, sort: str, limit: int, *, as_json: bool) -> None:
    from hsreview.workflows.searching import Order, kwic

    every = kwic(found.hits, Order(sort))
    lines = every[:limit]
    if as_json:
        entries = [
            {
                "transcript_id": line.hit.transcript_id,
                "transcript": line.hit.transcript,
                "version_id": line.hit.version_id,
                "turn": line.hit.turn,
                "speaker": line.hit.speaker,
                "start": line.start,
                "end": line.end,
                "left": line.left,
                "keyword": line.keyword,
                "right": line.right,
            }
            for line in lines
        ]
        emit_json(
            {"query": query, "turns": found.total, "total": len(every), "lines": entries, "notes": list(found.notes)}
        )
        return
    emit_lines(
        _aligned([(f"{line.hit.transcript}:{line.hit.turn}", line.left, line.keyword, line.right) for line in lines])
    )
    said = ngettext("{n} match", "{n} matches", len(every)).format(n=len(every))
    turns = ngettext("in {n} turn.", "in {n} turns.", found.total).format(n=found.total)
    say(f"{said} {turns}")
    if len(lines) < len(every):
        say(first_printed(len(lines)))


def _aligned(lines: Sequence[tuple[str, str, str, str]]) -> list[str]:
    """Places, left contexts that end at one column, keywords, right contexts; as wide as the terminal."""
    places = max((cells(visible(place)) for place, *_rest in lines), default=0)
    keys = min(LONGEST_KEYWORD, max((cells(visible(keyword)) for _p, _l, keyword, _r in lines), default=0))
    room = max(LEAST_CONTEXT, (get_terminal_size((100, 24)).columns - places - keys - 8) // 2)
    found = []
    for place, left, keyword, right in lines:
        before, shown = _ending(visible(left), room), shortened(keyword, keys)
        context = f"{' ' * (room - cells(before))}{before} │ {shown}{' ' * (keys - cells(shown))} │"
        place_shown = visible(place)
        found.append(f"{place_shown}{' ' * (places - cells(place_shown))}  {context} {shortened(right, room)}".rstrip())
    return found


def _ending(text: str, width: int) -> str:
    """The end of `text` in at most `width` cells; `…` says that it was cut."""
    text = text.strip()
    if cells(text) <= width:
        return text
    kept = text[-width:]
    while cells(kept) >= width:
        kept = kept[1:]
    return "…" + kept.lstrip()


def _say_total(total: int, printed: int) -> None:
    said = ngettext("{n} turn found.", "{n} turns found.", total).format(n=total)
    if total > printed:
        said += " " + first_printed(printed)
    say(said)


def _snippet(hit: Hit) -> str:
    first = hit.marks[0][0] if hit.marks else 0
    start, end = max(0, first - AROUND), min(len(hit.text), first + 2 * AROUND)
    pieces, at = ["…" if start else ""], start
    for mark_start, mark_end in hit.marks:
        if at <= mark_start and mark_end <= end:
            pieces += [hit.text[at:mark_start], "[", hit.text[mark_start:mark_end], "]"]
            at = mark_end
    return " ".join("".join([*pieces, hit.text[at:end], "…" if end < len(hit.text) else ""]).split())
