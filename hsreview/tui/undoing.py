"""Undo and redo, as every screen that has them offers them: one history for each coder, wherever the act was done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from hsreview.base.messages import _
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows import reading
from hsreview.workflows import undoing as acts
from hsreview.workflows.reading import Transcript
from hsreview.workflows.undoing import UndoResult


@dataclass(frozen=True)
class Undoing:
    """How one screen undoes."""

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
        project, coder = self.screen.session.project, self.screen.workbench.coder()
        what = acts.next_undo(project, coder)
        elsewhere = self._review_elsewhere()
        if (not what or what in self.own) and not elsewhere:
            self._toggle(redo=False)
            return
        label = acts.next_undo_words(project, coder)
        entry = Entry(("u",), _("Undo it"), lambda: self._toggle(redo=False))
        self._ask(_("Undo: {what}?").format(what=label), entry)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._toggle(redo=True)

    def _review_elsewhere(self) -> str:
        """The name of the transcript whose review mark undo would change, when it is not the open one."""
        project = self.screen.session.project
        transcript_id = acts.next_undo_reviewed(project, self.screen.workbench.coder())
        if transcript_id is None or (self.open_here is not None and self.open_here.id == transcript_id):
            return ""
        found = next((t for t in reading.transcripts(project) if t.id == transcript_id), None)
        return found.name if found else ""

    def _toggle(self, *, redo: bool) -> None:
        project, coder = self.screen.session.project, self.screen.workbench.coder()
        result = (acts.redo if redo else acts.undo)(project, coder)
        if result.done:
            said = _("Done again: {what}.") if redo else _("Undone: {what}.")
            self.done(result, said.format(what=result.what))
        elif result.label and not redo:
            self._ask(result.reason, Entry(("u",), _("Let it stand and undo what came before"), self._skip))
        else:
            self.refused(result.reason)

    def _skip(self) -> None:
        acts.skip_undo(self.screen.session.project, self.screen.workbench.coder())
        self.undo()

    def _ask(self, title: str, entry: Entry) -> None:
        self.screen.show_menu(title, [entry], avoid=self.screen.selection_region())
