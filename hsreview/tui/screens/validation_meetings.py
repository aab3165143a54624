"""The validation meetings of a project: opened on a version of the framework, then held."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.model.people import Coder
from hsreview.tui.action import Scope
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.validation_meeting import MeetingScreen
from hsreview.tui.screens.validation_opening import open_meeting
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import validating
from hsreview.workflows.framework_versions import version_name
from hsreview.workflows.projects import Project
from hsreview.workflows.validating import Meeting


class MeetingsScreen(ListScreen):
    """Every meeting, the oldest first."""

    SCOPES = (Scope.MEETINGS,)
    ABOUT = HelpText(
        N_("Validation meetings"),
        N_(
            "Meetings at which tables in a room vote on a version of the framework. Enter shows the rows of a meeting "
            "and counts hands; n opens a meeting on the newest version."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Meeting] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Meeting"), 24, hued=True), Column(_("Date"), 10), Column(_("Place"), 14, least=76),
            Column(_("Round"), 6, right=True), Column(_("Rows"), 5, right=True), Column(_("State")),
        )  # fmt: skip

    def all_rows(self) -> Sequence[Line]:
        self.found = {}
        self.rows.empty = _("No meeting yet. Open one with {key}.").format(key=self.key("meetings.new"))
        project = self.session.project
        self.found = {each.validation.id: each for each in validating.meetings(project, self.session.coder)}
        return [self._line(each) for each in self.found.values()]

    def _line(self, meeting: Meeting) -> Line:
        shown = meeting.validation
        closed = _("closed on {date}").format(date=shown.closed[:10])
        rows = len(meeting.of_round(meeting.round))
        cells = (
            shown.name, shown.date, shown.place, str(meeting.round or ""), str(rows or ""),
            closed if shown.closed else _("still open"),
        )  # fmt: skip
        return Line(shown.id, cells)

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.found)
        count = ngettext("{n} meeting", "{n} meetings", n).format(n=n)
        return [Piece(_("Validation meetings"), "strong"), Piece(f" · {count}", "quiet")]

    def detail_of(self, line: Line) -> str:
        meeting = self.found[line.key]
        told = [validating.rule_in_words(meeting.validation.rule).get(current_language())]
        if meeting.version is not None:
            told.insert(0, labelled(_("Version of the framework"), version_name(meeting.version)))
        return "\n".join(told)

    def chosen(self, line: Line) -> None:
        self.workbench.push_screen(MeetingScreen(line.key))


def first_screen(project: Project, viewer: Coder | None) -> BaseScreen:
    """The rows of the only meeting, else the list. Raises InputRefused while `viewer` codes blind somewhere."""
    found = validating.meetings(project, viewer)
    return MeetingScreen(found[0].validation.id) if len(found) == 1 else MeetingsScreen()


def _new(screen: MeetingsScreen) -> None:
    def opened(made: Meeting) -> None:
        screen.reread()
        screen.workbench.push_screen(MeetingScreen(made.validation.id))

    open_meeting(screen, opened)


MeetingsScreen.HANDLERS = {**ListScreen.HANDLERS, "meetings.new": _new}
