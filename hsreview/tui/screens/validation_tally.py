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
from hsreview.tui.screens.validation_speaking import SPEAKING, AtMeeting
from hsreview.tui.tally_lines import TALL, WIDE, Place, result, tables, wording
from hsreview.tui.widgets.bar import Bar, Line, Piece
from hsreview.workflows import validation_acts
from hsreview.workflows.undoing import UndoResult
from hsreview.workflows.validating import Ballot, Party
from hsreview.workflows.validation_words import vote_name

_FRAME = 3
"""Header, what is asked, footer."""


class TallyScreen(AtMeeting):
    """One row of a meeting and the votes of the tables on it."""

    SCOPES = (Scope.TALLY,)
    ABOUT = HelpText(
        N_("Counting hands"),
        N_(
            "Type how many hands go up at the table that is marked: agree, amend, reject, abstain, not understood. "
            "Tab goes on to the next count; Enter says that nobody else votes; a: all agree; r: all others agree. Then "
            "the next table has its turn, then the next row. ← and → go to a count that is to be corrected."
        ),
    )

    def __init__(self, meeting_id: str, ballot_id: str = "") -> None:
        super().__init__(meeting_id)
        self.words, self.room, self.result = Bar(id="wording"), Bar(id="tables"), Bar(id="result")
        self.result.styles.height = "1fr"
        self.notice = Bar(id="notice")
        self.ballot_id, self.party_id = ballot_id, ""
        self.count: Count | None = None
        self.field: int | None = None
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

    # Where one is

    @property
    def ballots(self) -> Sequence[Ballot]:
        """The rows of the round that is shown."""
        return self.open_meeting.of_round(self.ballot.round)

    @property
    def ballot(self) -> Ballot:
        found = self.open_meeting.by_id.get(self.ballot_id)
        if found is None:
            raise InputRefused(_("There is no row here."))
        return found

    @property
    def party(self) -> Party | None:
        return self.open_meeting.tables.get(self.party_id)

    @property
    def table(self) -> Party:
        """The table that is counted. Raises InputRefused when none is in the room."""
        party = self.party
        if party is None:
            raise InputRefused(_("No table is in the room yet. Add one in the list of rows."))
        return party

    def go_to(self, ballot: Ballot, party: Party | None = None) -> None:
        """Count a table on a row."""
        self.count = self.field = None
        self.ballot_id = ballot.id
        self.party_id = party.id if party else self.party_id

    def step_table(self, by: int) -> None:
        """Go to another table of the row."""
        parties = list(self.open_meeting.parties)
        if self.party in parties:
            at = parties.index(self.party) + by
            if 0 <= at < len(parties):
                self.leave_count()
                self.go_to(self.ballot, parties[at])
        self.show_all()

    def step_row(self, by: int) -> None:
        """Go to another row of the round, at its first table that was not counted."""
        ballots = list(self.ballots)
        at = ballots.index(self.ballot) + by
        if 0 <= at < len(ballots):
            self.leave_count()
            waiting = self.open_meeting.uncounted(ballots[at])
            self.go_to(ballots[at], waiting[0] if waiting else self.open_meeting.parties[0] if self.party else None)
        self.show_all()

    def go_on(self) -> bool:
        """Go to the next table that was not counted, on this row, on a later one, then on an earlier one."""
        meeting, ballots = self.open_meeting, list(self.ballots)
        at = ballots.index(self.ballot)
        for ballot in (*ballots[at:], *ballots[:at]):
            waiting = meeting.uncounted(ballot)
            if waiting:
                self.go_to(ballot, waiting[0])
                return True
        return False

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

    @property
    def is_counted(self) -> bool:
        """Whether the table has voted on the row."""
        return self.party is not None and self.open_meeting.tally(self.ballot, self.party) is not None

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

    # What is typed of a table that is not done

    @property
    def _key(self) -> str:
        return f"counting:{self.meeting_id}"

    def keep(self) -> None:
        """Keep what was typed, so that no accident loses it."""
        begun = self.count is not None and self.count.begun and self.field is None
        kept = [self.ballot_id, self.party_id, self.count.kept()] if begun and self.count else None
        if kept or self.session.project.local(self._key, None):
            self.session.project.set_local(self._key, kept)

    def take_up(self) -> None:
        """Go on where counting was left; else at the first table that was not counted."""
        meeting = self.open_meeting
        kept = self.session.project.local(self._key, None)
        match kept:
            case [str(ballot_id), str(party_id), list(counts)] if self.ballot_id in ("", ballot_id):
                ballot, party = meeting.by_id.get(ballot_id), meeting.tables.get(party_id)
                if ballot and party and meeting.tally(ballot, party) is None and ballot.round == meeting.round:
                    self.go_to(ballot, party)
                    self.count = Count(party.label, party.size)
                    self.count.go_on(counts)
                    return
        chosen = meeting.by_id.get(self.ballot_id)
        if chosen is None:
            ballots = meeting.of_round(meeting.round)
            chosen = next((each for each in ballots if meeting.uncounted(each)), ballots[0] if ballots else None)
        if chosen is not None:
            waiting = meeting.uncounted(chosen)
            self.go_to(chosen, waiting[0] if waiting else None)

    def leave_count(self) -> None:
        """What was corrected is stored; what was begun is forgotten, since another table is counted now."""
        if self.count is not None and self.field is not None and self.count.pending:
            self.correct(self.count)
        self.count = self.field = None
        self.keep()

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
        said = show(other=True)
        if len(said) + needed > room:
            said = show(other=False)
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
        done = sum(len(meeting.parties) - len(meeting.uncounted(each)) for each in ballots)
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
