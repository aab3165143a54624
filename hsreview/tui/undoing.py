"""Undo and redo, as every screen that has them offers them: one history for each coder, wherever the act was done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hsreview.base.messages import _
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows.reading import Transcript

if TYPE_CHECKING:
    from hsreview.workflows.undoing import NextUndo, UndoResult

OF_ONE_TRANSCRIPT = frozenset({"reviewed", "speaker", "turn", "respondent"})
"""What is taken back without a question only for the transcript that is open: elsewhere nobody would see it."""


@dataclass(frozen=True)
class Undoing:
    """How one screen undoes. A question is asked by the key of undo only and answered by Enter only, so that no key
    that is held down or struck twice answers what it has asked.
    """

    screen: BaseScreen
    own: Collection[str]
    """What is taken back here without a question: `coding`, `speaker` …"""
    open_here: Transcript | None
    done: Callable[[UndoResult, str], None]
    """Shows what was taken back or done again, and says it."""
    refused: Callable[[str], None]
    """Says why nothing was done."""

    def undo(self) -> None:
        """Take back the last act; one that reaches beyond this screen is asked about first."""
        from hsreview.workflows import undoing as acts

        project, coder = self.screen.session.project, self.screen.workbench.coder()
        found = acts.next_undo(project, coder)
        reason = acts.undo_refusal(project, coder, found.act) if found is not None else ""
        if found is not None and reason:
            self._ask(reason, _("Let it stand and undo what came before"), lambda: self._skip(found))
        elif found is not None and self._is_beyond(found):
            self._ask(_("Undo: {what}?").format(what=found.what), _("Undo it"), lambda: self._undo(found))
        else:
            self._undo(found)

    def redo(self) -> None:
        """Do again what was undone last."""
        from hsreview.workflows import undoing as acts

        result = acts.redo(self.screen.session.project, self.screen.workbench.coder())
        self._tell(result, _("Done again: {what}."))

    def _is_beyond(self, act: NextUndo) -> bool:
        if act.table not in self.own:
            return True
        here = frozenset((self.open_here.id,)) if self.open_here is not None else frozenset()
        return act.table in OF_ONE_TRANSCRIPT and act.transcripts != here

    def _undo(self, act: NextUndo | None) -> None:
        """Take back this act, unless another one came after it."""
        from hsreview.workflows import undoing as acts

        project, coder = self.screen.session.project, self.screen.workbench.coder()
        self._tell(acts.undo(project, coder, act.act if act is not None else None), _("Undone: {what}."))

    def _skip(self, act: NextUndo) -> None:
        """Let this act stand, and take back the one before it where that needs no question."""
        from hsreview.workflows import undoing as acts

        project, coder = self.screen.session.project, self.screen.workbench.coder()
        if not acts.skip_undo(project, coder, act.act):
            self._undo(act)
            return
        before = acts.next_undo(project, coder)
        if before is None or not self._is_beyond(before):
            self._undo(before)
        else:
            self.refused(_("It stands. Before it came: {what}. Undo again to take that back.").format(what=before.what))

    def _tell(self, result: UndoResult, said: str) -> None:
        if result.done:
            self.done(result, said.format(what=result.what))
        else:
            self.refused(result.reason)

    def _ask(self, title: str, label: str, then: Callable[[], None]) -> None:
        entry = Entry(("enter",), label, then)
        self.screen.show_menu(title, [entry], avoid=self.screen.selection_region())
