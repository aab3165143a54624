"""The lead's inbox: proposed codes wait here to be accepted, merged or refused, always with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.model.codebook import Status, Theme
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.coding.picker import code_choice
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import codebooks
from hsreview.workflows.codebooks import Proposal


class InboxScreen(ListScreen):
    """Proposals, the oldest first."""

    SCOPES = (Scope.INBOX,)
    ABOUT = HelpText(
        N_("Proposed codes"),
        N_("A lead accepts a code under a theme, merges it into another code, or refuses it, and says why."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Proposal] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Proposed code"), hued=True),
            Column(_("By"), 12),
            Column(_("On"), 11, least=70),
            Column(_("Codings"), 8, right=True),
        )

    def all_rows(self) -> Sequence[Row]:
        waiting = codebooks.proposals(self.session.project, viewer=self.session.coder)
        self.found = {proposal.code.id: proposal for proposal in waiting}
        self.rows.empty = _("No proposal waits for a decision.")
        return [
            Row(
                proposal.code.id,
                (str(self.session.code_name(proposal.code.id)), proposal.by, proposal.created[:10], str(proposal.uses)),
            )
            for proposal in waiting
        ]

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        return [Piece(ngettext("{count} proposed code", "{count} proposed codes", count).format(count=count), "strong")]

    def detail_of(self, row: Row) -> str:
        proposal = self.found[row.key]
        words = _("In vivo: the label is in the respondent's words.") if proposal.code.origin == "in_vivo" else ""
        return " ".join(part for part in (words, proposal.reason) if part)

    def proposal(self) -> Proposal:
        """The proposal under the cursor. Raises InputRefused when there is none."""
        row = self.rows.current
        if row is None:
            raise InputRefused(_("No proposal waits for a decision."))
        return self.found[row.key]

    def decide(self, proposal: Proposal, decision: str, **how: Any) -> None:
        """Ask for the reason, then store the decision."""
        coder = self.workbench.coder()

        def done(reason: str) -> None:
            codebooks.decide_proposal(
                self.session.project, coder, proposal.code.id, decision, reason=reason.strip(), **how
            )
            self.session.read_codebook()
            self.workbench.refresh_screens()

        self.ask(_("Reason:"), done)


def _accept(screen: InboxScreen) -> None:
    proposal, language = screen.proposal(), current_language()
    themes = {theme.id: theme for theme in screen.session.codebook.themes if theme.id != "proposals"}
    rows = [Row(theme.id, (f"{theme.ref} {theme.label.get(language)}",)) for theme in themes.values()]

    def search(query: str) -> Sequence[Row]:
        return [row for row in rows if query.casefold() in row.cells[0].casefold()]

    def ask_ref(theme: Theme) -> None:
        def done(ref: str) -> None:
            screen.decide(proposal, "accept", theme_id=theme.id, ref=ref.strip() or None)

        screen.ask(_("Number of the code:"), done, text=_free_ref(screen, theme))

    choice = Choice(
        _("Accept under which theme?"),
        search,
        lambda row: ask_ref(themes[row.key]),
        (Column("", hued=True),),
        total=len(rows),
    )
    screen.choose(choice, width=64)


def _free_ref(screen: InboxScreen, theme: Theme) -> str:
    taken = {place.code.ref for place in screen.session.places.values()}
    return next(f"{theme.ref}{number}" for number in range(1, len(taken) + 2) if f"{theme.ref}{number}" not in taken)


def _merge(screen: InboxScreen) -> None:
    proposal = screen.proposal()

    def choose(code_id: str) -> None:
        place = screen.session.places.get(code_id)
        if place is None or place.code.status is not Status.ACTIVE:
            screen.say(_("Merge into an accepted code."), "warn")
            return
        screen.decide(proposal, "merge", into=code_id)

    screen.choose(code_choice(screen, _("Merge into which code?"), choose))


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "inbox.accept": _accept,
    "inbox.merge": _merge,
    "inbox.refuse": lambda screen: screen.decide(screen.proposal(), "refuse"),
}
InboxScreen.HANDLERS = HANDLERS
