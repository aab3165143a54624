"""Which questions of the interview guide were asked in the transcript on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.guide import AskedRow, asked_in, mark_asked

if TYPE_CHECKING:
    from hsreview.tui.screens.coding.screen import CodingScreen


def _guide(screen: CodingScreen) -> None:
    """Offer the questions; choosing one goes from no record to asked, to not asked, and back."""
    desk = screen.desk
    if desk is None:
        return
    project, coder, transcript = screen.session.project, screen.coder(), desk.transcript
    found = asked_in(project, transcript)
    if not found:
        screen.say(_("The codebook has no guide."))
        return

    def search(query: str) -> Sequence[Row]:
        rows = [_row(each) for each in asked_in(project, transcript)]
        return [row for row in rows if fold(query) in fold(" ".join(row.cells))]

    def choose(row: Row) -> None:
        before = next(each.asked for each in asked_in(project, transcript) if each.question.ref == row.key)
        after = {None: True, True: False, False: None}[before]

        def store() -> None:
            mark_asked(project, coder, transcript, [row.key], after)
            screen.saved()
            screen.say(f"{row.key} – {_said(after) or _('not on record')}")

        screen.workbench.guarded(store)

    columns = (Column("", 5, hued=True), Column("", 12), Column(""))
    title = _("What was asked in {transcript}? Enter and Tab change it").format(transcript=transcript.name)
    choice = Choice(title, search, choose, columns, stay=True, total=len(found), rule=lambda row: row.cells[2])
    screen.choose(choice, avoid=screen.selection_region(), width=76)


def _row(each: AskedRow) -> Row:
    return Row(each.question.ref, (each.question.ref, _said(each.asked), each.question.text.get(current_language())))


def _said(asked: bool | None) -> str:
    return {True: _("asked"), False: _("not asked"), None: ""}[asked]


HANDLERS: Mapping[str, Callable[[Any], None]] = {"text.asked": _guide}
