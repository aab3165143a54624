"""What the screen of framework rows tells of rows that lack something, and of what the grades of evidence ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _, labelled
from hsreview.workflows.framework_lint import Level, in_numbers, level_name, row_problems
from hsreview.workflows.framework_rows import Row
from hsreview.workflows.grade_thresholds import read_thresholds, set_thresholds, thresholds, thresholds_written

if TYPE_CHECKING:
    from hsreview.tui.screens.framework_rows import FrameworkRowsScreen


def lacking(screen: FrameworkRowsScreen, rows: Iterable[Row]) -> set[str]:
    """Ids of the rows that lack something."""
    return {each.row.id for each in row_problems(screen.behind, rows)}


def lacks_of(screen: FrameworkRowsScreen, row: Row) -> list[str]:
    """What a row lacks, in numbers; where only such rows are shown with what to do, errors first."""
    problems = row_problems(screen.behind, [row])
    told = [labelled(_("Lacking"), in_numbers(problems))] if problems else []
    if screen.lacking:
        problems.sort(key=lambda each: each.level is not Level.ERROR)
        told += [labelled(level_name(each.level), f"{each.message} {each.remedy}") for each in problems]
    return told


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
