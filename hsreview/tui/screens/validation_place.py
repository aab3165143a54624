"""Where one is while hands are counted: a row, a table, and the counts that are being typed."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.tui.counting import Count
from hsreview.tui.screens.validation_speaking import AtMeeting
from hsreview.workflows.validating import Ballot, Party


class AtTable(AtMeeting):
    """A screen that shows a row of a meeting and one of its tables; half-typed counts are kept on this computer."""

    def __init__(self, meeting_id: str, ballot_id: str = "") -> None:
        super().__init__(meeting_id)
        self.ballot_id, self.party_id = ballot_id, ""
        self.count: Count | None = None
        """The counts that are being typed."""
        self.field: int | None = None
        """The count of a counted table that is gone to, to be corrected."""

    def show_all(self) -> None:
        """Write every part of the screen."""

    def correct(self, count: Count) -> None:
        """Store a count that was corrected, and stay."""

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

    @property
    def is_counted(self) -> bool:
        """Whether the table has voted on the row."""
        return self.party is not None and self.open_meeting.tally(self.ballot, self.party) is not None

    # What is typed of a table that is not done

    def keep(self) -> None:
        """Keep what was typed, so that no accident loses it."""
        begun = self.count is not None and self.count.begun and self.field is None
        kept = [self.ballot_id, self.party_id, self.count.kept()] if begun and self.count else None
        if kept or self.session.project.local(self.half_counts, None):
            self.session.project.set_local(self.half_counts, kept)

    def take_up(self) -> None:
        """Go on where counting was left; else at the first table that was not counted."""
        meeting = self.open_meeting
        kept = self.session.project.local(self.half_counts, None)
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
        count = self.count
        if count is not None and self.field is not None and count.pending:
            self.correct(count)
        elif count is not None and self.field is None and count.begun:
            self.say(_("What was typed for table {name} was not stored.").format(name=count.label), "warn")
        self.count = self.field = None
        self.keep()
