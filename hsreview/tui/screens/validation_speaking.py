"""What is written down at a validation meeting besides votes: comments, other words for a row, and reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, current_language, labelled
from hsreview.model.localized import Localized
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows import validating, validation_acts
from hsreview.workflows.undoing import UndoResult
from hsreview.workflows.validating import Ballot, CommentKind, Meeting, Party
from hsreview.workflows.validation_words import comment_kind_name

OWN = frozenset({"validation", "party", "ballot", "vote", "comment", "amendment"})
"""What is taken back on the screens of a meeting without a question."""


class AtMeeting(BaseScreen):
    """A screen of one meeting: it reads it anew after every act."""

    meeting: Meeting | None = None
    """Null while the coder may not see it."""

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self.meeting_id = meeting_id

    if TYPE_CHECKING:

        def say(self, message: str, look: str = "strong") -> None:
            """Say something at the foot of the screen until the next action."""

    @property
    def ballot(self) -> Ballot:
        """The row that is meant. Raises InputRefused when there is none."""
        raise InputRefused(_("There is no row here."))

    @property
    def party(self) -> Party | None:
        """The table that speaks; null for none in particular."""
        return None

    def read_meeting(self) -> Meeting:
        """The meeting as it stands now."""
        project, coder = self.session.project, self.session.coder
        self.meeting = None
        self.meeting = validating.find_meeting(project, self.meeting_id, coder)
        return self.meeting

    @property
    def open_meeting(self) -> Meeting:
        """The meeting. Raises InputRefused when it cannot be seen."""
        if self.meeting is None:
            raise InputRefused(_("There is no meeting here."))
        return self.meeting

    @property
    def undoing(self) -> Undoing:
        return Undoing(self, OWN, None, self._undone, self.say)

    def _undone(self, _result: UndoResult, told: str) -> None:
        self.reread()
        self.say(told)

    @property
    def half_counts(self) -> str:
        """What the counts of a table that are being typed are kept under on this computer."""
        return f"counting:{self.meeting_id}"

    def half_counted(self, ballot: Ballot) -> Party | None:
        """The table of which only some counts were typed on a ballot; they are not stored."""
        match self.session.project.local(self.half_counts, None):
            case [ballot.id, str(party_id), list()] if not self.open_meeting.is_over(ballot):
                party = self.open_meeting.tables.get(party_id)
                return party if party and self.open_meeting.tally(ballot, party) is None else None
        return None

    def spoken(self) -> str:
        """The language in which words are shown: that of the meeting, else that of the interface."""
        return self.languages()[0]

    def languages(self) -> Sequence[str]:
        """The languages of the ballots, that of the interface first."""
        language = self.open_meeting.validation.language
        return (language,) if language in ("fr", "en") else ("fr", "en") if current_language() == "fr" else ("en", "fr")

    def ask_words(self, title: str, before: Localized, then: Callable[[Localized], None]) -> None:
        """Ask for the words of a row in each language of the ballots; `before` stands there to be changed."""
        languages, typed = self.languages(), {"fr": "", "en": ""}

        def ask(number: int) -> None:
            language = languages[number]

            def write(text: str) -> None:
                typed[language] = text
                if number + 1 < len(languages):
                    ask(number + 1)
                else:
                    then(Localized(typed["fr"], typed["en"]))

            name = {"fr": _("French"), "en": _("English")}[language] if len(languages) > 1 else ""
            told = " · ".join(filter(None, (title, name)))
            self.ask(labelled(told, "").rstrip(), write, text=before.own(language), select=False)

        ask(0)


def write_comment(screen: AtMeeting) -> None:
    """Write down what was said about a row; the kind is chosen by one key."""
    ballot, party = screen.ballot, screen.party

    def of_kind(kind: CommentKind) -> Callable[[], None]:
        def ask() -> None:
            def write(text: str) -> None:
                meeting = screen.open_meeting
                made = validation_acts.comment(
                    screen.session.project, screen.workbench.coder(), meeting, ballot, kind, text, party
                )
                screen.reread()
                number = screen.open_meeting.number(made)
                screen.say(_("Comment {number} is written down.").format(number=number))

            whose = " · ".join(filter(None, (ballot.ref, party.label if party else "", comment_kind_name(kind))))
            screen.ask(labelled(whose, "").rstrip(), write)

        return ask

    entries = [
        Entry(screen.digit_keys(number), comment_kind_name(kind), of_kind(kind))
        for number, kind in enumerate(CommentKind)
    ]
    screen.show_menu(_("What is the comment on {ref} about?").format(ref=ballot.ref), entries)


def write_amendment(screen: AtMeeting) -> None:
    """Write down other words for a row: what the room was shown is changed where it is typed."""
    ballot, party = screen.ballot, screen.party

    def write(after: Localized) -> None:
        made = validation_acts.amend(
            screen.session.project, screen.workbench.coder(), screen.open_meeting, ballot, after, party
        )
        screen.reread()
        number = screen.open_meeting.number(made)
        screen.say(_("Amendment {number} of {ref} is written down.").format(number=number, ref=ballot.ref))

    whose = " · ".join(filter(None, (ballot.ref, party.label if party else "", _("other words"))))
    screen.ask_words(whose, ballot.text, write)


def write_reason(screen: AtMeeting) -> None:
    """Write down why a row is rejected, or what was said to its decision."""
    ballot = screen.ballot

    def write(text: str) -> None:
        validation_acts.give_reason(
            screen.session.project, screen.workbench.coder(), screen.open_meeting, ballot, text
        )  # fmt: skip
        screen.reread()
        screen.say(_("The reason for {ref} is written down.").format(ref=ballot.ref))

    screen.ask(labelled(_("Why {ref}").format(ref=ballot.ref), "").rstrip(), write, text=ballot.reason, select=False)


def show_said(screen: AtMeeting) -> None:
    """List what was said about the rows, to be answered and decided."""
    from hsreview.tui.screens.validation_said import SaidScreen

    screen.workbench.push_screen(SaidScreen(screen.open_meeting.validation.id))


SPEAKING: Mapping[str, Callable[[Any], None]] = {
    "comment": write_comment,
    "amend": write_amendment,
    "reason": write_reason,
    "said": show_said,
    "undo": lambda screen: screen.undoing.undo(),
    "redo": lambda screen: screen.undoing.redo(),
}
"""What can be done on every screen on which a row of a meeting is shown."""
