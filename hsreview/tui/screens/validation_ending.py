"""The next round of a meeting, and its end; what has to be done first is listed, and Enter goes there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.folding import fold
from hsreview.base.messages import _, ngettext
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import validation_closing, validation_rounds
from hsreview.workflows.validation_closing import Take
from hsreview.workflows.validation_todo import before_close, before_next_round

if TYPE_CHECKING:
    from hsreview.tui.screens.validation_meeting import MeetingScreen

_GO_ON = "go on"
_TITLE = 30
"""Characters of a title for what it is about; more would push its question out of 80 columns."""
UNCOUNTED = frozenset({"unvoted", "uncounted"})
"""What one may go on without."""
_COMMANDS = re.compile(r" \((?:hsreview|validation|--)[^()]*\)")
"""What is told in brackets of commands and their options."""


def next_round(screen: MeetingScreen) -> None:
    """Close the round and vote again, when nothing has to be done first."""
    meeting, project = screen.open_meeting, screen.session.project

    def go_on(incomplete: bool) -> None:
        made = validation_rounds.next_round(
            project, screen.workbench.coder(), screen.open_meeting, incomplete=incomplete
        )  # fmt: skip
        screen.round = 0
        screen.reread()
        n = len(made.of_round(made.round))
        told = ngettext("Round {round}: {n} row is voted on again.", "Round {round}: {n} rows are voted on again.", n)
        screen.say(told.format(round=made.round, n=n))

    if meeting.is_last_round or meeting.is_closed:
        go_on(False)  # It says why there is none.
        return
    title = _("Close round {round} and vote again?").format(round=meeting.round)
    _after(screen, before_next_round(project, meeting), title, _("Open the next round"), go_on)


def close_meeting(screen: MeetingScreen) -> None:
    """Close the meeting, when nothing has to be done first."""
    meeting, project = screen.open_meeting, screen.session.project

    def close(incomplete: bool, take: Take | None = None) -> None:
        done = validation_closing.close(
            project, screen.workbench.coder(), screen.open_meeting, incomplete=incomplete, take=take
        )
        screen.reread()
        screen.say(_("Signed off: version {number} of the framework.").format(number=done.version.number))

    def ask_whose(incomplete: bool) -> None:
        found = validation_closing.open_clashes(project, screen.open_meeting, screen.session.coder)
        if not found:
            close(incomplete)
            return
        cells: dict[str, list[str]] = {}
        for each in found:
            cells.setdefault(each.row.ref, []).append(validation_closing.cell_name(each.row, each.key))
        named = "; ".join(f"{ref} ({', '.join(names)})" for ref, names in cells.items())
        title = _("{cells}: changed in the project meanwhile. What stands?").format(
            cells=named if len(named) <= _TITLE else ", ".join(cells)
        )
        entries = [
            Entry(
                ("m",),
                _("what was brought to the meeting, and what it changed"),
                lambda: close(incomplete, Take.MEETING),
            ),
            Entry(
                ("p",),
                _("what the project says: these rows are not marked as validated"),
                lambda: close(incomplete, Take.PROJECT),
            ),
        ]
        screen.show_menu(title, entries)

    if meeting.is_closed:
        close(False)  # It says since when.
        return
    title = _("Close the meeting {name}?").format(name=meeting.validation.name)
    _after(screen, before_close(project, meeting), title, _("Close it and sign off a version"), ask_whose)


def _after(
    screen: MeetingScreen, problems: Sequence[Problem], title: str, label: str, then: Callable[[bool], None]
) -> None:
    """Ask once and do it; when things have to be done first, list them."""
    if not problems:
        screen.show_menu(title, [Entry(("enter",), label, lambda: then(False))])
        return
    rows = [Row(str(n), (each.place, _plain(each)), "warn") for n, each in enumerate(problems)]
    if all(each.code in UNCOUNTED for each in problems):
        rows.append(Row(_GO_ON, ("", _("Go on: what was not counted does not count"))))

    def search(query: str) -> Sequence[Row]:
        return [row for row in rows if fold(query) in fold(" ".join(row.cells))]

    def choose(row: Row) -> None:
        if row.key == _GO_ON:
            then(True)
        else:
            _go_to(screen, problems[int(row.key)])

    n = len(problems)
    first = ngettext("{n} thing has to be done first", "{n} things have to be done first", n).format(n=n)
    columns = (Column("", 8, hued=True), Column(""))
    screen.choose(Choice(first, search, choose, columns, rule=lambda row: row.cells[1], total=len(rows)), height=18)


def _plain(problem: Problem) -> str:
    """What is to be done, without what is meant for the command line."""
    told = problem.message.rpartition(". ")[0] + "." if problem.code in UNCOUNTED else problem.message
    return _COMMANDS.sub("", told)


def _go_to(screen: MeetingScreen, problem: Problem) -> None:
    """Go to the row, and to where it can be done."""
    from hsreview.tui.screens.validation_room import arrange_tables
    from hsreview.tui.screens.validation_said import SaidScreen
    from hsreview.tui.screens.validation_speaking import write_reason

    if problem.code in ("no_tables", "orphaned"):
        arrange_tables(screen)
        return
    ballot = next((each for each in screen.open_meeting.last.values() if each.ref == problem.place), None)
    if ballot is None:
        raise InputRefused(str(problem))
    screen.rows.go_to(next((n for n, row in enumerate(screen.rows.rows) if row.key == ballot.id), 0))
    if problem.code in UNCOUNTED | {"disputed", "too_many"}:
        screen.rows.choose()
    elif problem.code in ("undecided", "unanswered", "taken_twice", "unheeded"):
        screen.workbench.push_screen(SaidScreen(screen.meeting_id))
    elif problem.code == "no_reason":
        write_reason(screen)
