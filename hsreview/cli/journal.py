"""`journal`: dated entries on the rows of the framework."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.framework import STANCES
from hsreview.cli.journal_book import export, import_
from hsreview.cli.journal_print import emit_entries, entry_answer
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.monitoring import due
from hsreview.cli.output import emit, emit_json, say
from hsreview.cli.values import parts_of
from hsreview.cli.world import World, pass_world

F = TypeVar("F", bound="Callable[..., Any]")

journal = group(
    "journal",
    N_(
        "Write down what is seen after validation, and follow recommendations up.\n\n"
        "An entry is about one progress marker, indicator, actor or recommendation and has a date. Without a further "
        "word, the entries are listed."
    ),
    default="list",
)
_FROM = N_("A coding on which the entry rests: its id, or “TRANSCRIPT PLACE CODE”.")
_OPTIONS = (
    option("--date", metavar=N_("DATE"), text=N_("2017-03-31, 31/03/2017, 2017-03, 2017-Q1 or 2017.")),
    option("--level", metavar="0..3", text=N_("How far a marker is reached: 0 not at all, 3 fully.")),
    option("--value", metavar=N_("NUMBER"), text=N_("The value of an indicator.")),
    option("--part", "parts", metavar=N_("NAME=NUMBER"), multiple=True, text=N_("Part of the value: women=7.")),
    option("--kind", metavar=N_("KIND"), text=N_("Engagement: visit, letter, meeting, joint_work or media.")),
    option("--quality", metavar="0..3", text=N_("Engagement: 0 bad, 3 very good.")),
    option("--frequency", metavar=N_("WORD"), text=N_("Engagement: once, rarely, sometimes or often.")),
    option("--who", metavar=N_("ROLE"), text=N_("By whom, as a role; never a name.")),
    option("--status", metavar=N_("STATUS"), text=N_("How far a recommendation is; the row takes it over.")),
    option("--next-check", metavar=N_("DATE"), text=N_("When a recommendation is looked at again.")),
    option("--source", metavar=N_("TEXT"), text=N_("Where it is known from.")),
    option("--verified-by", metavar=N_("ROLE"), text=N_("Who checked it, as a role; never a name.")),
    option("--from", "codings", metavar=N_("CODING"), multiple=True, text=_FROM),
)


def _stance(function: F) -> F:
    return option(
        "--stance", type=click.Choice(STANCES), default="supports", show_default=True,
        text=N_("What the codings do to what the entry says."),
    )(function)  # fmt: skip


def _holds(function: F) -> F:
    """Let a command take what an entry may hold; empty texts empty it."""
    for each in reversed(_OPTIONS):
        function = each(function)
    return _stance(function)


@sub(journal, "list", N_("List the entries, or those on the rows that are named."))
@argument("refs", N_("[ROW]..."), nargs=-1)
@option("--since", metavar=N_("DATE"), text=N_("Only entries from this day on."))
@option("--until", metavar=N_("DATE"), text=N_("Only entries up to this day."))
@as_json
@pass_world
def list_(world: World, refs: tuple[str, ...], since: str | None, until: str | None, as_json: bool) -> None:
    from hsreview.workflows.framework_rows import find_row
    from hsreview.workflows.journal import between
    from hsreview.workflows.journal import journal as read

    with world.reading() as project:
        found = read(project, viewer=world.reader(project))
    rows = {find_row(found.framework, each).id for each in refs}
    entries = [each for each in between(found, since, until) if not refs or each.row_id in rows]
    if as_json:
        emit_json({"entries": [entry_answer(found, each) for each in entries]})
    else:
        emit_entries(found, entries)


@sub(
    journal,
    "add",
    N_(
        "Write an entry; its id is printed.\n\n"
        "A marker takes --level, an indicator --value and --part, an actor --kind, --quality, --frequency and --who, a "
        "recommendation --status and --next-check, which the row takes over. Undo takes it away again."
    ),
)
@argument("ref", N_("ROW"))
@argument("text", N_("[TEXT]"), default="")
@_holds
@pass_world
def add(world: World, /, ref: str, text: str, codings: tuple[str, ...], stance: str, **cells: Any) -> None:
    from hsreview.workflows.framework_rows import Stance, find_row
    from hsreview.workflows.journal import add_entry, read_entry
    from hsreview.workflows.journal import journal as read
    from hsreview.workflows.journal_remarks import remarks

    with world.writing() as (project, coder):
        found = read(project, viewer=coder)
        row = find_row(found.framework, ref)
        values = read_entry(found.framework, row, [*_cells(cells), *([("description", text)] if text else [])])
        made = add_entry(project, coder, row, values, parts_of(codings), Stance(stance))
    for each in remarks(row, made.date, found.of.get(row.id, ()), made.parts, made.kind or ""):
        say(each)
    emit(made.id)


@sub(journal, "set", N_("Change an entry; an empty text empties it. Undo brings back what was there."))
@argument("entry", N_("ENTRY"))
@argument("text", N_("[TEXT]"), default="")
@_holds
@pass_world
def set_(world: World, /, entry: str, text: str, codings: tuple[str, ...], stance: str, **cells: Any) -> None:
    from hsreview.workflows.framework_rows import Stance
    from hsreview.workflows.journal import change_entry, find_entry, read_entry
    from hsreview.workflows.journal import journal as read
    from hsreview.workflows.journal_remarks import part_names, remarks

    wishes = [*_cells(cells), *([("description", text)] if text else [])]
    if not (wishes or codings):
        raise UsageProblem(_("Say what is to change, such as --date or --source; `journal set --help` lists it."))
    with world.writing() as (project, coder):
        found = read(project, viewer=coder)
        there = find_entry(found, entry)
        row = found.row(there)
        values = read_entry(found.framework, row, wishes) if row is not None else {}
        changed = change_entry(project, coder, there, values, parts_of(codings), Stance(stance))
    others = [each for each in found.of.get(there.row_id, ()) if each.id != there.id]
    held = {**found.values(there), **values}
    for each in remarks(row, values.get("date") or "", others, part_names(values), held.get("kind") or ""):
        say(each)
    say(_("The entry was changed.") if changed else _("The entry says this already."))


@sub(journal, "remove", N_("Take entries away, with what they rest on; undo brings them back."))
@argument("ids", N_("ENTRY..."), nargs=-1, required=True)
@pass_world
def remove(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.journal import find_entry, remove_entries
    from hsreview.workflows.journal import journal as read

    with world.writing() as (project, coder):
        found = read(project, viewer=coder)
        gone = list({each.id: each for each in (find_entry(found, wish) for wish in ids)}.values())
        remove_entries(project, coder, gone)
    n = len(gone)
    say(ngettext("{n} entry taken away.", "{n} entries taken away.", n).format(n=n))


for _each in (due, export, import_):
    journal.add_command(_each)


def _cells(cells: dict[str, Any]) -> list[tuple[str, str]]:
    """Key and text of what was given."""
    parts: Sequence[str] = cells.pop("parts")
    given = [(key, text) for key, text in cells.items() if text is not None]
    return [*given, *([("parts", ";".join(parts))] if parts else [])]
