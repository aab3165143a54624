"""Hands are counted: one row in plain words, its tables, and at once what the votes come to.

A rapporteur types the five counts of a table one after the other; then the next table that was not counted has its
turn, then the next row. What was typed of a table that is not done is kept on this computer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from textual import events
from textual.widget import Widget

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.tui.action import Scope
from hsreview.tui.counting import COUNTS, Count
from hsreview.tui.help import HelpText
from hsreview.tui.screens.validation_place import AtTable
from hsreview.tui.screens.validation_speaking import SPEAKING
from hsreview.tui.tally_lines import TALL, WIDE, Place, result, tables, wording
from hsreview.tui.widgets.bar import Bar, Line, Piece
from hsreview.workflows import validation_acts
from hsreview.workflows.undoing import UndoResult
from hsreview.workflows.validation_words import vote_name

_FRAME = 3
"""Header, what is asked, footer."""


class TallyScreen(AtTable):
    """One row of a meeting and the votes of the tables on it."""

    SCOPES = (Scope.TALLY,)
    ABOUT = HelpText(
        N_("Counting hands"),
        N_(
            "Type the five counts of the table that is marked: agree, amend, reject, abstain, not understood. Enter: "
            "nobody else votes; a: all agree; r: the others agree. Then comes the next table, then the next row. "
            "← and → go to a count that is to be corrected."
        ),
    )

    def __init__(self, meeting_id: str, ballot_id: str = "") -> None:
        super().__init__(meeting_id, ballot_id)
        self.words, self.room, self.result = Bar(id="wording"), Bar(id="tables"), Bar(id="result")
        self.result.styles.height = "1fr"
        self.notice = Bar(id="notice")
        self.after_digit = self._digit = False
        """Whether the key before was a digit that ended a count: whoever presses Tab by habit skips none."""
        self.said: tuple[str, str] | None = None
        """What was said last, and how it looks."""

    def body(self) -> Iterable[Widget]:
        yield self.words
        yield self.room
        yield self.result
        yield self.notice

    def fill(self) -> None:
        self.read_meeting()
        self.take_up()
        self.reread()

    def reread(self) -> None:
        if self.meeting is None:
            return
        meeting = self.read_meeting()
        self.party_id = self.party_id if self.party_id in meeting.tables else next(iter(meeting.tables), "")
        if self.ballot_id not in meeting.by_id:
            self.ballot_id = next((each.id for each in meeting.of_round(meeting.round)), "")
        self.show_all()

    # Counting

    def counted(self) -> Count:
        """The counts that are being typed; they are begun when there are none yet."""
        if self.count is None:
            table = self.table
            stored = self.open_meeting.tally(self.ballot, table)
            self.count = Count(table.label, table.size)
            if self.field is not None and stored is not None:
                self.count.counts = [getattr(stored, each) for each in COUNTS]
                self.count.at = self.field
        return self.count

    def digit(self, digit: int) -> None:
        """Take a digit of a count."""
        correcting, count = self.field, self.counted()
        try:
            count.digit(digit)
        except InputRefused as refused:
            self.count = None if correcting is not None else count
            self.keep()
            self.say(refused.message, "warn")
            self.show_all()
            return
        if correcting is not None and not count.pending:
            self.correct(count)
        elif correcting is not None:  # A digit may follow, but what is shown is there after any accident.
            self.write(count)
            self.count = count
        elif count.done:
            self.store(count)
        else:
            self.keep()
        self._digit = not count.pending
        self.show_all()

    def next(self) -> None:
        """Go on to the next count; after a digit that went on by itself, there is nothing to do."""
        if self.after_digit:
            self.show_all()
            return
        if self.corrects:
            self.go_to_field(0 if self.field is None else self.field + 1)
            return
        count = self.counted()
        count.next()
        if count.done:
            self.store(count)
        else:
            self.keep()
        self.show_all()

    def previous(self) -> None:
        """Go back to the count before, to type it anew."""
        if self.corrects:
            self.go_to_field((len(COUNTS) if self.field is None else self.field) - 1)
        elif self.count is not None:
            self.count.back()
            self.keep()
            self.show_all()

    @property
    def corrects(self) -> bool:
        """Whether single counts of a table that was counted are gone to, not those that are being typed."""
        return self.field is not None or (self.count is None and self.is_counted)

    def go_to_field(self, field: int) -> None:
        """Go to one count of a table that was counted; what was typed in another one is stored."""
        if self.count is not None:
            self.correct(self.count)
        self.field = max(0, min(field, len(COUNTS) - 1))
        self.show_all()

    def finish(self) -> None:
        """Nobody else votes: the counts that were not typed are 0."""
        count = self.count
        if count is None or not count.begun:
            if self.is_counted:
                self.settle()
            else:
                self.say(_("Type the counts of table {name} first; 0 and Enter when nobody votes.").format(
                    name=self.table.label
                ))  # fmt: skip
        elif self.field is not None:
            self.correct(count)
            self.settle()
        else:
            count.finish()
            self.store(count)
        self.show_all()

    def all_agree(self, *, others: bool = False) -> None:
        """The whole table agrees, or (`others`) all of it that did not vote otherwise."""
        count = self.counted()
        if not others:
            count.counts = [None] * len(COUNTS)
        count.rest_agree()
        self.store(count)
        self.show_all()

    def settle(self) -> None:
        """Go to what is to be counted next, when anything is."""
        self.field = self.count = None
        if not self.go_on():
            self.say(_("All tables of this round are counted."))

    def correct(self, count: Count) -> None:
        """Store a count that was corrected, and stay."""
        self.write(count)
        self.field = min(count.at, len(COUNTS) - 1)

    def store(self, count: Count) -> None:
        """Store the counts of a table, and go on to the next one."""
        again = self.is_counted
        self.write(count)
        if again:
            self.go_to(self.ballot, self.table)
        elif not self.go_on():
            self.go_to(self.ballot, self.table)
            self.say(_("All tables of this round are counted."))

    def write(self, count: Count) -> None:
        """Store counts as an act."""
        self.count = None
        coder, ballot, table = self.workbench.coder(), self.ballot, self.table
        try:
            validation_acts.cast(self.session.project, coder, self.open_meeting, ballot, table, count.tally)
        finally:
            self.keep()
        self.read_meeting()

    def uncast(self) -> None:
        """The table is as if it had not been counted."""
        self.count = self.field = None
        coder = self.workbench.coder()
        gone = validation_acts.uncast(self.session.project, coder, self.open_meeting, self.ballot, self.table)
        self.keep()
        self.reread()
        told = _("The votes of table {name} are taken away.") if gone else _("Table {name} is not counted yet.")
        self.say(told.format(name=self.table.label))

    def _undone(self, result: UndoResult, told: str) -> None:
        self.count = self.field = None
        super()._undone(result, told)

    # Showing

    def show_all(self) -> None:
        """Write every part of the screen."""
        self.refresh_header()
        meeting, width, height = self.meeting, self.size.width, self.size.height
        if meeting is None or self.ballot_id not in meeting.by_id or width == 0:
            return
        tall, needed = height >= TALL, len(meeting.parties) + 1
        live = result(meeting, self.ballot, width, large=width >= WIDE and tall)
        room = height - _FRAME - len(live)
        show = partial(wording, meeting, self.ballot, current_language(), width, 3 if tall else 1)
        for other, evidence in ((True, 2), (True, 1), (False, 1)):
            said = show(other=other, evidence=evidence)
            if len(said) + needed <= room:
                break
        blank: list[Line] = [((), ())] if room - len(said) - needed > 1 else []
        place = Place(self.ballot, self.party, self.count, self.field)
        shown = tables(meeting, place, width, max(2, room - len(said)))
        _show(self.words, said)
        _show(self.room, [*blank, *shown, *blank])
        self.result.show(*live)
        self.show_notice()

    def show_notice(self) -> None:
        """What was said last, else what is typed next."""
        words, look = self.said or (self._next_asked(), "quiet")
        self.notice.show_line([Piece(f" {words}", look)])

    def _next_asked(self) -> str:
        party = self.party
        if party is None:
            return _("No table is in the room yet. Add one in the list of rows.")
        count = self.count
        if count is None and self.is_counted:
            return _("Table {name} is counted. Digits count it anew; → corrects one count.").format(name=party.label)
        asked = vote_name(COUNTS[min(count.at, len(COUNTS) - 1) if count else 0])
        told = labelled(_("Table {name}, {vote}").format(name=party.label, vote=asked), "?")
        if count is None or not count.begun:
            return told
        left = _("{left} of {size} are left").format(left=party.size - count.total, size=party.size)
        return f"{told} · {left}"

    def say(self, message: str, look: str = "strong") -> None:
        self.said = (message, look)
        self.show_notice()

    def before_action(self) -> None:
        self.said = None
        self.after_digit, self._digit = self._digit, False

    def refresh_header(self) -> None:
        if self.meeting is None or self.ballot_id not in self.meeting.by_id:
            self.show_header([Piece(f" {_('Validation meeting')}", "strong")])
            return
        meeting, ballots = self.meeting, self.ballots
        done = sum(len(meeting.tallies.get(each.id, {})) for each in ballots)
        at = _("row {n} of {count}").format(n=list(ballots).index(self.ballot) + 1, count=len(ballots))
        round_ = _("round {round}").format(round=self.ballot.round)
        counted = _("{done} of {all} counted").format(done=done, all=len(ballots) * len(meeting.parties))
        left = [Piece(f" {self.ballot.ref} ", "strong"), Piece(f"· {at} · {round_} · ", "quiet")]
        self.show_header([*left, Piece(meeting.validation.name, "quiet")], [Piece(f" {counted} ", "key")])

    def resized(self, event: events.Resize) -> None:
        self.call_after_refresh(self.show_all)


def _show(part: Bar, lines: Sequence[Line]) -> None:
    part.styles.height = len(lines)
    part.show(*lines)


def _typed(digit: int, screen: TallyScreen) -> None:
    screen.digit(digit)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **{f"tally.digit_{digit}": partial(_typed, digit) for digit in range(10)},
    "tally.next": lambda screen: screen.next(),
    "tally.previous": lambda screen: screen.previous(),
    "tally.finish": lambda screen: screen.finish(),
    "tally.all": lambda screen: screen.all_agree(),
    "tally.rest": lambda screen: screen.all_agree(others=True),
    "tally.down": lambda screen: screen.step_table(1),
    "tally.up": lambda screen: screen.step_table(-1),
    "tally.row_next": lambda screen: screen.step_row(1),
    "tally.row_previous": lambda screen: screen.step_row(-1),
    "tally.uncast": lambda screen: screen.uncast(),
    **{f"tally.{name}": act for name, act in SPEAKING.items()},
}
TallyScreen.HANDLERS = HANDLERS
