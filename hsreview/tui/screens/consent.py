"""Consent at a glance: every respondent, what was agreed to, and a form to record it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, labelled
from hsreview.model.people import ATTRIBUTION_LEVELS, CONSENT_SCOPES, Consent, ConsentStatus, Respondent
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.consent_recording import ConsentWish, differing, read_scope, set_consent
from hsreview.workflows.consent_words import attribution_word, records, scope_word, status_word, told
from hsreview.workflows.consents import PersonConsent, TranscriptConsent, people_consents, transcript_consents
from hsreview.workflows.reading import Transcript, find_transcript
from hsreview.workflows.undoing import UndoResult

OWN_ACTS = frozenset({"respondent", "speaker"})
"""What undo takes back here without a question."""

_SCOPE, _EMBARGO = 3, 7
"""Lines of what is told of a person: the scope, which its column cuts, and the embargo, after which the gates stand."""


@dataclass
class Form:
    """What is being recorded, of whom."""

    respondents: Sequence[Respondent] = ()
    transcript: Transcript | None = None
    """With everybody who speaks there and is not known yet."""
    before: Consent = field(default_factory=Consent)
    answers: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Whose consent it is."""
        return self.transcript.name if self.transcript else ", ".join(each.name for each in self.respondents)

    @property
    def wish(self) -> ConsentWish:
        """What is to be recorded: what differs from before."""
        return ConsentWish(**{k: v for k, v in self.answers.items() if v != getattr(self.before, k)})


class ConsentScreen(ListScreen):
    """Everybody, or those who speak in one transcript."""

    SCOPES = (Scope.CONSENT,)
    ABOUT = HelpText(
        N_("Consent"),
        N_(
            "Enter asks for status, scope, attribution, date, language and embargo. Nothing of a newly imported "
            "transcript is coded before the status of all who speak there is recorded; no words leave in a file "
            "without the scope quotes."
        ),
    )

    def __init__(self, transcript: Transcript | None = None) -> None:
        super().__init__()
        self.transcript = transcript
        self.people: dict[str, PersonConsent] = {}
        self.waiting: dict[str, TranscriptConsent] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Respondent"), 21, hued=True, ends=True),
            Column(_("Consent"), 13),
            Column(_("Scope"), 16),
            Column(_("Attribution"), 12),
            Column(_("Embargo"), 10),
            Column(_("Transcripts"), least=100),
        )

    def all_rows(self) -> Sequence[Row]:
        project = self.session.project
        gates = transcript_consents(project)
        here = next((each for each in gates if self.transcript and each.transcript_id == self.transcript.id), None)
        wanted = None if here is None else {person.id for person in here.people}
        self.people = {each.respondent.id: each for each in people_consents(project, wanted)}
        self.waiting = {
            each.transcript_id: each
            for each in ([here] if here else gates)
            if not each.coding.allowed and (each.unnamed or not each.people)
        }
        open_ = [
            Row(key, (_("not named"), _("not recorded"), "", "", "", each.transcript))
            for key, each in self.waiting.items()
        ]
        return [*open_, *(self._row(each) for each in self.people.values())]

    def _row(self, each: PersonConsent) -> Row:
        consent = each.respondent.consent
        return Row(
            each.respondent.id,
            (
                each.respondent.name,
                status_word(consent.status),
                ", ".join(scope_word(part) for part in consent.scope),
                attribution_word(consent.attribution),
                consent.embargo[:10],
                ", ".join(each.transcripts),
            ),
        )

    def title_pieces(self) -> Sequence[Piece]:
        name = self.transcript.name if self.transcript else self.session.name
        return [Piece(f"{name} ▸ ", "quiet"), Piece(_("Consent"), "strong")]

    def detail_of(self, row: Row) -> str:
        if row.key in self.waiting:
            found = self.waiting[row.key]
            labels = ", ".join(found.unnamed)
            who = _("Nobody is known behind {labels}.").format(labels=labels) if labels else _("Nobody is known there.")
            return labelled(found.transcript, f"{who} {_('Enter records the consent of all who speak there.')}")
        found_person = self.people[row.key]
        lines = list(told(found_person, records(self.session.project, row.key)[-1:]))
        who = labelled(found_person.respondent.name, ", ".join(found_person.heard) or "–")
        return " · ".join([who, lines[_SCOPE], *lines[_EMBARGO:]])

    def chosen(self, row: Row) -> None:
        self._ask(self._form(row), _FORM)

    def record_status(self) -> None:
        """Ask for the status of the highlighted row alone."""
        row = self.rows.current
        if row is not None:
            self._ask(self._form(row), _FORM[:1])

    def _form(self, row: Row) -> Form:
        if row.key in self.waiting:
            return Form(transcript=find_transcript(self.session.project, row.key))
        person = self.people[row.key].respondent
        return Form([person], before=person.consent)

    def _ask(self, form: Form, steps: Sequence[tuple[str, Callable[..., None]]]) -> None:
        if not steps:
            self._reason(form)
            return
        (name, ask), rest = steps[0], steps[1:]

        def answered(value: Any) -> None:
            form.answers[name] = value
            self._ask(form, rest)

        ask(self, form, answered)

    def _reason(self, form: Form) -> None:
        if not form.wish.said:
            self.say(_("Nothing was changed."))
        elif any(differing(consent, form.wish) for consent in self._recorded(form)):
            self.ask(_("Why does it change?"), lambda words: self._changed(form, words))
        else:
            self.workbench.guarded(lambda: self._store(form, ""))

    def _recorded(self, form: Form) -> Sequence[Consent]:
        """What is on record of those whose consent it is."""
        if form.transcript is None:
            return [form.before]
        here = form.transcript.name
        return [each.respondent.consent for each in self.people.values() if here in each.transcripts]

    def _changed(self, form: Form, because: str) -> None:
        if not because.strip():
            raise UsageProblem(_("Say in a few words why it changes; nothing was stored."))
        self._store(form, because)

    def _store(self, form: Form, because: str) -> None:
        project, coder = self.session.project, self.workbench.coder()
        everybody = (form.transcript,) if form.transcript else ()
        done = set_consent(project, coder, form.respondents, form.wish, transcripts=everybody, because=because)
        self.workbench.refresh_screens()
        said = "; ".join(labelled(each.name, status_word(each.consent.status)) for each in done)
        self.say(f"{said}.  {self.key('consent.undo')} {_('undo')}")

    def show_everybody(self) -> None:
        """All respondents of the project."""
        self.transcript = None
        self.reread()

    def withdraw(self) -> None:
        """Show what would go with the highlighted respondent."""
        from hsreview.tui.screens.withdrawal import WithdrawalScreen

        row = self.rows.current
        if row is None or row.key not in self.people:
            raise InputRefused(_("Choose a respondent in the list first."))
        self.workbench.push_screen(WithdrawalScreen(self.people[row.key].respondent))

    def undoing(self) -> Undoing:
        """Undo and redo, as this screen shows them."""
        return Undoing(self, OWN_ACTS, self.transcript, self._toggled, lambda reason: self.say(reason, "warn"))

    def _toggled(self, _result: UndoResult, said: str) -> None:
        self.workbench.refresh_screens()
        self.say(said)


def _status(screen: ConsentScreen, form: Form, then: Callable[[Any], None]) -> None:
    words = {each.value: status_word(each) for each in _first(list(ConsentStatus), form.before.status)}
    choose_name(screen, _title(form, _("consent")), words, lambda key: then(ConsentStatus(key)))


def _attribution(screen: ConsentScreen, form: Form, then: Callable[[Any], None]) -> None:
    levels = _first(["", *ATTRIBUTION_LEVELS], form.before.attribution)
    words = {each: attribution_word(each) or _("(not recorded)") for each in levels}
    choose_name(screen, _title(form, _("the finest attribution allowed")), words, then)


def _scope(screen: ConsentScreen, form: Form, then: Callable[[Any], None]) -> None:
    before = form.before.scope or (() if form.before.status is not ConsentStatus.NOT_RECORDED else ("analysis",))
    known = ", ".join(scope_word(part) for part in CONSENT_SCOPES)
    title = _("Scope of {name} ({known}):").format(name=form.name, known=known)
    proposed = ", ".join(scope_word(part) for part in before)
    screen.ask(title, lambda words: then(read_scope(words)), text=proposed, select=False)


def _typed(name: str, words: str) -> Callable[..., None]:
    def ask(screen: ConsentScreen, form: Form, then: Callable[[Any], None]) -> None:
        def answered(text: str) -> None:
            said: dict[str, Any] = {name: text.strip()}
            ConsentWish(**said).check()  # Told at once, while the question is open.
            then(text.strip())

        screen.ask(_(words).format(name=form.name), answered, text=getattr(form.before, name), select=False)

    return ask


def _title(form: Form, about: str) -> str:
    return labelled(form.name, about)


def _first(values: Sequence[Any], chosen: Any) -> list[Any]:
    """What stands already comes first, so that Enter keeps it."""
    return [chosen, *(each for each in values if each != chosen)]


_FORM: tuple[tuple[str, Callable[..., None]], ...] = (
    ("status", _status),
    ("scope", _scope),
    ("attribution", _attribution),
    ("date", _typed("date", N_("Date of the consent of {name} (2026-03-14, or empty):"))),
    ("language", _typed("language", N_("Language in which {name} gave it (or empty):"))),
    ("embargo", _typed("embargo", N_("Nothing of {name} is published before (2027-01-01, or empty):"))),
)

HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "consent.status": lambda screen: screen.record_status(),
    "consent.everybody": lambda screen: screen.show_everybody(),
    "consent.withdraw": lambda screen: screen.withdraw(),
    "consent.undo": lambda screen: screen.undoing().undo(),
    "consent.redo": lambda screen: screen.undoing().redo(),
}
ConsentScreen.HANDLERS = HANDLERS
