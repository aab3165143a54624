"""The rows of a validation meeting with what they came to on both sides; tables, rounds, and the end of the meeting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.validation_ending import close_meeting, next_round
from hsreview.tui.screens.validation_printing import print_ballots, write_meeting_report
from hsreview.tui.screens.validation_room import arrange_tables
from hsreview.tui.screens.validation_speaking import SPEAKING, AtMeeting
from hsreview.tui.screens.validation_tally import TallyScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows.validating import SIDES, Ballot, Meeting, Tally
from hsreview.workflows.validation_todo import left_to_do
from hsreview.workflows.validation_words import (
    basis_words,
    outcome_name,
    result_words,
    share_words,
    side_name,
)


class MeetingScreen(AtMeeting, ListScreen):
    """Every row of a round; Enter counts hands."""

    SCOPES = (Scope.MEETING,)
    ABOUT = HelpText(
        N_("Validation meeting"),
        N_(
            "The rows that are voted on, with what they came to in the whole room and on both sides: who agrees, of "
            "the votes cast. Enter counts hands on a row. Put the tables into the room first."
        ),
    )

    def __init__(self, meeting_id: str) -> None:
        super().__init__(meeting_id)
        self.round = 0
        """The round that is shown; 0 is the last one."""
        self.to_do: Sequence[Problem] = ()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Row"), 5, hued=True), Column(_("Result"), 16), Column(_("Room"), 6, right=True),
            Column(_("Civil s."), 9, right=True), Column(_("Officials"), 9, right=True),
            Column(_("Tables"), 6, right=True), Column(_("Notes"), 5, right=True, least=76), Column(_("Says")),
        )  # fmt: skip

    def fill(self) -> None:
        self.set_focus(self.rows, scroll_visible=False)
        self.read_meeting()
        self.reread()

    def all_rows(self) -> Sequence[Line]:
        self.rows.empty = ""
        if self.meeting is None:
            return []
        meeting = self.read_meeting()
        self.to_do = left_to_do(self.session.project, meeting)
        return [self._line(meeting, each) for each in meeting.of_round(self.round or meeting.round)]

    def _line(self, meeting: Meeting, ballot: Ballot) -> Line:
        found = meeting.result(ballot)
        rule = meeting.validation.rule

        def figures(tally: Tally) -> str:
            cast = tally.cast(rule)
            return f"{tally.agree}/{cast}" if cast else "–"

        counted = len(meeting.tallies.get(ballot.id, {}))
        said = len(meeting.comments_on(ballot)) + len(meeting.amendments_of(ballot))
        so_far = " …" if found.outcome is not None and meeting.uncounted(ballot) else ""
        cells = (
            ballot.ref, outcome_name(meeting.outcome(ballot)) + so_far, figures(found.overall),
            *(figures(found.sides[side]) for side in SIDES),
            f"{counted}/{len(meeting.parties)}" + ("…" if self.half_counted(ballot) else ""), str(said or ""),
            " ".join(ballot.text.get(current_language()).split()),
        )  # fmt: skip
        return Line(ballot.id, cells)

    def title_pieces(self) -> Sequence[Piece]:
        if self.meeting is None:
            return [Piece(_("Validation meeting"), "strong")]
        round_ = _("round {round}").format(round=self.round or self.meeting.round)
        n = len(self.meeting.parties)
        room = ngettext("{n} table", "{n} tables", n).format(n=n)
        return [Piece(self.meeting.validation.name, "strong"), Piece(f" · {round_} · {room}", "quiet")]

    def right_pieces(self) -> Sequence[Piece]:
        if self.meeting is None:
            return []
        if self.meeting.is_closed:
            return [Piece(f" {_('closed on {date}').format(date=self.meeting.validation.closed[:10])} ", "key")]
        n = len(self.to_do)
        left = ngettext("{n} thing left to do", "{n} things left to do", n).format(n=n) if n else _("ready to close")
        return [Piece(f" {left} ", "quiet" if n else "key")]

    def detail_of(self, line: Line) -> str:
        meeting = self.open_meeting
        ballot = meeting.by_id[line.key]
        found, rule = meeting.result(ballot), meeting.validation.rule
        sides = [labelled(side_name(each), share_words(found.sides[each], rule, rule.each_side)) for each in SIDES]
        half = self.half_counted(ballot)
        told = [
            _("Table {name} is half counted, and not stored. Enter goes on.").format(name=half.label) if half else "",
            " ".join(ballot.text.get(current_language()).split()),
            labelled(ballot.ref, result_words(meeting, ballot)),
            labelled(_("The whole room"), share_words(found.overall, rule, rule.overall)), *sides,
            " ".join(basis_words(meeting, ballot, found)),
        ]  # fmt: skip
        return "\n".join([*filter(None, told), *([labelled(_("Reason"), ballot.reason)] if ballot.reason else [])])

    @property
    def ballot(self) -> Ballot:
        line = self.rows.current
        if line is None:
            raise InputRefused(_("There is no row here."))
        return self.open_meeting.by_id[line.key]

    def chosen(self, line: Line) -> None:
        self.workbench.push_screen(TallyScreen(self.meeting_id, line.key))

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready:
            self.workbench.guarded(self.reread)


def _round(screen: MeetingScreen) -> None:
    rounds = sorted({each.round for each in screen.open_meeting.ballots})

    def then(key: str) -> None:
        screen.round = int(key)

    options = {str(each): _("round {round}").format(round=each) for each in rounds}
    screen.filter_by(_("Which round?"), options, then)


def _meetings(screen: MeetingScreen) -> None:
    from hsreview.tui.screens.validation_meetings import MeetingsScreen

    screen.workbench.push_screen(MeetingsScreen())


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "meeting.table": arrange_tables,
    "meeting.round": _round,
    "meeting.next_round": next_round,
    "meeting.close": close_meeting,
    "meeting.meetings": _meetings,
    "meeting.ballots": print_ballots,
    "meeting.report": write_meeting_report,
    **{f"meeting.{name}": act for name, act in SPEAKING.items()},
}
MeetingScreen.HANDLERS = HANDLERS
