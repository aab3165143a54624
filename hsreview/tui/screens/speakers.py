"""The speakers of a transcript: roles, the person behind a label, and who speaks in one turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.model.text import Role
from hsreview.project import queries
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_number
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.staging_files import ROLE_NAMES
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import people
from hsreview.workflows.consent_recording import proposed_pseudonym
from hsreview.workflows.reading import Transcript
from hsreview.workflows.undoing import UndoResult

OWN_ACTS = frozenset({"speaker", "turn", "respondent"})
"""What undo takes back here without a question."""


class SpeakersScreen(ListScreen):
    """Everyone who speaks in one transcript."""

    SCOPES = (Scope.SPEAKERS,)
    ABOUT = HelpText(
        N_("Speakers"),
        N_("Give each label its role; Enter names the respondent behind it by a pseudonym. The text never changes."),
    )

    def __init__(self, transcript: Transcript | None = None) -> None:
        super().__init__()
        self.transcript = transcript
        self.found: dict[str, people.SpeakerRow] = {}

    def fill(self) -> None:
        if self.transcript is None:
            self.transcript = self.workbench.current_transcript()
        super().fill()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Speaker"), 18, hued=True),
            Column(_("Role"), 13),
            Column(_("Respondent"), 18),
            Column(_("Turns"), 6, right=True),
            Column(_("First words"), least=70),
        )

    def here(self) -> Transcript:
        """The transcript of this list. Raises InputRefused when none is open."""
        if self.transcript is None:
            raise InputRefused(_("Open a transcript first."))
        return self.transcript

    def all_rows(self) -> Sequence[Row]:
        rows = people.speaker_rows(self.session.project, self.here().id)
        self.found = {row.speaker.label: row for row in rows}
        return [
            Row(
                row.speaker.label,
                (
                    row.speaker.label,
                    _(ROLE_NAMES[row.speaker.role]),
                    row.respondent or "–",
                    str(row.turns),
                    " ".join(row.sample.split()),
                ),
            )
            for row in rows
        ]

    def title_pieces(self) -> Sequence[Piece]:
        name = self.transcript.name if self.transcript else ""
        return [Piece(f"{name} ▸ ", "quiet"), Piece(_("Speakers"), "strong")]

    def detail_of(self, row: Row) -> str:
        return self.found[row.key].sample

    def set_role(self, role: Role) -> None:
        """Give the highlighted speaker a role."""
        row = self.rows.current
        if row is not None:
            before = self.found[row.key].speaker.role
            self._change(row.key, _(ROLE_NAMES[before]), _(ROLE_NAMES[role]), role=role)

    def _change(self, label: str, before: str, after: str, **fields: Any) -> None:
        if before == after:
            self.say(_("Nothing was changed."))
            return
        people.set_speaker(self.session.project, self.workbench.coder(), self.here().id, label, **fields)
        self.changed(label, before, after)

    def changed(self, what: str, before: str, after: str) -> None:
        """Something was stored: show it everywhere, and say what it was and what it is now."""
        self.workbench.refresh_screens()
        said = _("{what}: {before} → {after}.").format(what=what, before=before, after=after)
        self.say(f"{said}  {self.key('speakers.undo')} {_('undo')}")

    def undoing(self) -> Undoing:
        """Undo and redo, as this screen shows them."""
        return Undoing(self, OWN_ACTS, self.transcript, self._toggled, lambda reason: self.say(reason, "warn"))

    def _toggled(self, _result: UndoResult, said: str) -> None:
        self.session.read_codebook()
        self.workbench.refresh_screens()
        self.say(said)

    def chosen(self, row: Row) -> None:
        def done(answer: str) -> None:
            before, after = self.found[row.key].respondent or _("nobody"), answer.strip() or _("nobody")
            self._change(row.key, before, after, respondent=answer.strip())

        question = _("Pseudonym of {label} (empty: nobody):").format(label=row.key)
        proposed = proposed_pseudonym(self.session.project, self.here().id, row.key)
        self.ask(question, done, text=self.found[row.key].respondent or proposed)


def _role(role: Role) -> Callable[[SpeakersScreen], None]:
    return lambda screen: screen.set_role(role)


NOBODY = ("-", "nobody", "personne")
"""What is typed for a turn of nobody, in either language."""


def _relabel(screen: SpeakersScreen) -> None:
    transcript = screen.here()
    example = next((row.key for row in screen.rows.rows), "R1")

    def done(answer: str) -> None:
        written, _blank, label = answer.strip().partition(" ")
        number = typed_number(written)
        if number is None or not label:
            raise InputRefused(
                _("Write the number of the turn, a blank, and the label: 8 {label}. For nobody: 8 {nobody}").format(
                    label=example, nobody=_("nobody")
                )
            )
        project = screen.session.project
        turns = queries.turns(project.connection, transcript.version_id)
        before = next((turn.speaker or "" for turn in turns if turn.number == number), None)
        known = people.known_label(project, transcript.id, label)
        wanted = None if known is None and label.casefold() in NOBODY else known or label
        if before == (wanted or ""):
            screen.say(_("Nothing was changed."))
            return
        now = people.relabel_turn(project, screen.workbench.coder(), transcript.version_id, number, wanted)
        what = _("Turn {number}").format(number=number)
        after = _("{label} (a new speaker)").format(label=now.label) if now.created else now.label
        screen.changed(what, before or _("nobody"), after or _("nobody"))

    asked = _("Turn and who speaks in it, such as 8 {label} or 8 {nobody}:")
    screen.ask(asked.format(label=example, nobody=_("nobody")), done)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "speakers.interviewer": _role(Role.INTERVIEWER),
    "speakers.respondent": _role(Role.RESPONDENT),
    "speakers.other": _role(Role.OTHER),
    "speakers.relabel": _relabel,
    "speakers.undo": lambda screen: screen.undoing().undo(),
    "speakers.redo": lambda screen: screen.undoing().redo(),
}
SpeakersScreen.HANDLERS = HANDLERS
