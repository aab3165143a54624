"""What the screen of framework rows tells of rows that lack something, and of what the grades of evidence ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _, labelled, ngettext
from hsreview.tui.widgets.floating import wrapped
from hsreview.workflows.framework_lint import Level, in_numbers, level_name, row_problems
from hsreview.workflows.framework_rows import Row
from hsreview.workflows.grade_thresholds import read_thresholds, set_thresholds, thresholds, thresholds_written

if TYPE_CHECKING:
    from hsreview.tui.screens.framework_rows import FrameworkRowsScreen

_LINES, _MARGINS = 9, 2
"""Lines below a list for what is told of a row, and the cells beside them that stay empty (list_screen.tcss)."""


def lacking(screen: FrameworkRowsScreen, rows: Iterable[Row]) -> set[str]:
    """Ids of the rows that lack something."""
    return {each.row.id for each in row_problems(screen.behind, rows)}


def lacks_of(screen: FrameworkRowsScreen, row: Row) -> list[str]:
    """What a row lacks, in numbers; where only such rows are shown with what to do, errors first."""
    problems = row_problems(screen.behind, [row])
    told = [labelled(_("Lacking"), in_numbers(problems))] if problems else []
    if screen.lacking:
        problems.sort(key=lambda each: each.level is not Level.ERROR)
        each_told = [labelled(level_name(each.level), f"{each.message} {each.remedy}") for each in problems]
        told += _fitting(each_told, row, screen.size.width - _MARGINS, _LINES - len(told))
    return told


def _fitting(told: Sequence[str], row: Row, width: int, room: int) -> list[str]:
    """The first ones, as many as fit whole into `room` lines; of more, how many there are and where they are told."""
    lines = [len(wrapped(each, width, room + 1)) for each in told]
    if sum(lines) <= room:
        return list(told)
    shown = max(n for n in range(len(told)) if sum(lines[:n]) < room)
    left = len(told) - shown
    more = ngettext("… {n} more: hsreview framework check {ref}", "… {n} more: hsreview framework check {ref}", left)
    return [*told[:shown], more.format(n=left, ref=row.ref)]


def _only_lacking(screen: FrameworkRowsScreen) -> None:
    screen.lacking = not screen.lacking
    screen.lay_out()


def _thresholds(screen: FrameworkRowsScreen) -> None:
    project = screen.session.project

    def write(text: str) -> None:
        changed = set_thresholds(project, screen.workbench.coder(), read_thresholds(text.replace(",", " ").split()))
        screen.reread()
        screen.say(_("The thresholds were changed.") if changed else _("The thresholds are these already."))

    screen.ask(labelled(_("Grades"), "").rstrip(), write, text=thresholds_written(thresholds(project)))


HANDLERS: Mapping[str, Callable[[Any], None]] = {"rows.lacking": _only_lacking, "rows.thresholds": _thresholds}
