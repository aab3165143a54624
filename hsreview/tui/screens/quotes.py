"""The starred quotes: a second person checks them, somebody releases them. Enter jumps to the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens import chores
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import quotes as acts
from hsreview.workflows.quotes import CHANGED, STATES, Quote, State
from hsreview.workflows.reading import hidden_transcripts, present_transcript
from hsreview.workflows.undoing import UndoResult

SIGNS: Mapping[State, str] = {State.DRAFT: "○", State.CHECKED: "◐", State.RELEASED: "●"}
ROUND: tuple[State | None, ...] = (None, State.DRAFT, State.CHECKED, State.RELEASED)


class QuotesScreen(ListScreen):
    """Quotes in the order of transcripts and offsets, each with what speaks for and against publishing it."""

    SCOPES = (Scope.QUOTES,)
    ABOUT = HelpText(
        N_("Quotes"),
        N_(
            "Passages with the flag quote. A second person checks them, then they are released; what changes later "
            "makes a draft again. Only released quotes stand in public files."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Quote] = {}
        self.state: State | None = None

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("State"), 12),
            Column(_("Place"), 18, place=True),
            Column(_("Who"), 14, least=90),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        found = acts.quotes(self.session.project, viewer=self.session.coder, state=self.state)
        self.found = {each.id: each for each in found}
        self.rows.empty = _("No quote here. In a transcript, star a coding first.")
        return [self._row(each) for each in found]

    @staticmethod
    def _row(each: Quote) -> Row:
        who = each.respondent.name if each.respondent else "–"
        state = f"{SIGNS[each.state]} {_(STATES[each.state])}" + ("!" if each.changed else "")
        words = " ".join(each.text.split())
        return Row(each.id, (state, f"{each.transcript} {each.place}", who, words), "warn" if each.changed else "")

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.found)
        said = ngettext("{n} quote", "{n} quotes", n).format(n=n)
        hidden = hidden_transcripts(self.session.project, self.session.coder)
        blind = [Piece(f" · {_('those of others hidden')}", "quiet")] if hidden else []
        only = [Piece(f" · {_(STATES[self.state])}", "key")] if self.state else []
        return [Piece(_("Quotes"), "strong"), Piece(f" · {said}", "quiet"), *only, *blind]

    def detail_of(self, row: Row) -> str:
        each = self.found[row.key]
        allowed = {True: _("yes"), False: _("no"), None: _("not recorded")}[each.allowed]
        lines = [" ".join(each.text.split())]
        lines += [labelled(language, said["text"]) for language, said in sorted(each.translations.items())]
        proposals = acts.proposed_translations(self.session.project, each, viewer=self.session.coder)
        lines += [labelled(_("proposed ({language})").format(language=t.language), t.text) for t in proposals]
        lines.append(labelled(_("quotes allowed"), allowed))
        lines += [_(CHANGED[name]) for name in each.changed]
        if each.reason:
            lines.append(labelled(_("reason"), each.reason))
        others = acts.released_with(self.session.project, each, viewer=self.session.coder)
        if others:
            lines.append(labelled(_("released of the same person"), str(len(others))))
        lines += [f"  {other.place} {' '.join(other.text.split())}" for other in others]
        return "\n".join(lines)

    def quote(self) -> Quote:
        """The quote under the cursor. Raises InputRefused when there is none."""
        row = self.rows.current
        if row is None:
            raise InputRefused(_("No quote here. In a transcript, star a coding first."))
        return self.found[row.key]

    def chosen(self, row: Row) -> None:
        each = self.found[row.key]
        transcript = present_transcript(self.session.project, each.transcript_id)
        self.workbench.ways.jump(transcript, start=each.start, end=each.end, coding_id=each.id)

    def done(self, each: Quote, became: str = "") -> None:
        """Show what became of a quote: its state, unless `became` says more."""
        self.reread()
        place = f"{each.transcript} {each.place}"
        undo = _("{key} undo").format(key=self.key("quotes.undo"))
        self.say(f"{labelled(place, became or _(STATES[each.state]))}  ·  {undo}")


def _check(screen: QuotesScreen) -> None:
    quote = screen.quote()
    [done] = _decided(lambda: acts.check(screen.session.project, screen.workbench.coder(), [quote.id]))
    screen.done(done)


def _release(screen: QuotesScreen) -> None:
    quote, project, coder = screen.quote(), screen.session.project, screen.workbench.coder()

    def release(because: str) -> None:
        [done] = _decided(lambda: acts.release(project, coder, [quote.id], because=because))
        screen.done(done)

    if quote.state is State.DRAFT:
        screen.ask(_("No second person checked it. Release it alone, because:"), release)
    else:
        release("")


def _withdraw(screen: QuotesScreen) -> None:
    quote, project, coder = screen.quote(), screen.session.project, screen.workbench.coder()

    def withdraw(because: str) -> None:
        [done] = _decided(lambda: acts.withdraw(project, coder, [quote.id], because=because))
        screen.done(done)

    if quote.state is State.DRAFT:
        raise InputRefused(_("It is a draft."))
    screen.ask(_("A draft again, because:"), withdraw)


def _translate(screen: QuotesScreen) -> None:
    quote, project, coder = screen.quote(), screen.session.project, screen.workbench.coder()
    other = "en" if present_transcript(project, quote.transcript_id).language == "fr" else "fr"

    def ask(language: str) -> None:
        def store(text: str) -> None:
            reopened = acts.would_reopen(quote, language, text)
            done = acts.translate(project, coder, quote.id, language, text)
            screen.done(done, _("a draft again: check and release it anew") if reopened else "")

        proposals = acts.proposed_translations(project, quote, viewer=coder)
        proposed = next((each.text for each in proposals if each.language == language.strip().lower()), "")
        known = quote.translations.get(language.strip().lower(), {}).get("text", "") or proposed
        question = _("In “{language}”:") if quote.state is State.DRAFT else _("In “{language}” (a draft again):")
        screen.ask(question.format(language=language.strip()), store, text=known)

    screen.ask(_("Translate to which language (fr, en …):"), ask, text=other)


def _decided(act: Callable[[], list[Quote]]) -> list[Quote]:
    """Do it; a refusal says its reason in one sentence."""
    try:
        return act()
    except InputRefused as refused:
        if len(refused.problems) == 1:
            problem = refused.problems[0]
            raise InputRefused(f"{problem}.") from None
        raise


def _state(screen: QuotesScreen) -> None:
    screen.state = ROUND[(ROUND.index(screen.state) + 1) % len(ROUND)]
    screen.reread()


def _undoing(screen: QuotesScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.workbench.refresh_screens()
        screen.say(said)

    return Undoing(screen, frozenset({"quote"}), None, done, lambda reason: screen.say(reason, "warn"))


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "quotes.check": _check,
    "quotes.release": _release,
    "quotes.withdraw": _withdraw,
    "quotes.translate": _translate,
    "quotes.state": _state,
    "quotes.publish": chores.export_public,
    "quotes.undo": lambda screen: _undoing(screen).undo(),
    "quotes.redo": lambda screen: _undoing(screen).redo(),
}
QuotesScreen.HANDLERS = HANDLERS
