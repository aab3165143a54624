"""A text before and after: the turns in which names are replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.workflows.importing import Staged
    from hsreview.workflows.pseudonymising import Pseudonymising, TurnPreview


class PreviewScreen(ListScreen):
    """One row for each turn that would be stored with other words."""

    ABOUT = HelpText(
        N_("Before and after"),
        N_("The turns of a file in which names are replaced, as they are in the file and as they would be stored."),
    )

    def __init__(self, names: Pseudonymising, entry: Staged) -> None:
        super().__init__()
        self.names = names
        self.entry = entry
        self.turns: dict[str, TurnPreview] = {}
        self.rows.empty = _("Nothing in this file is replaced yet.")

    def columns(self) -> Sequence[Column]:
        return (Column(_("Turn"), 5, right=True), Column(_("Before"), least=70), Column(_("After")))

    def all_rows(self) -> Sequence[Row]:
        self.turns = {str(turn.number): turn for turn in self.names.preview(self.entry)}
        return [Row(key, (key, *map(_line, (turn.before, turn.after)))) for key, turn in self.turns.items()]

    def detail_of(self, row: Row) -> str:
        turn = self.turns[row.key]
        return "\n".join([labelled(_("before"), _line(turn.before)), labelled(_("after"), _line(turn.after))])

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(f"{_('Names')} ▸ ", "quiet"), Piece(self.entry.file.name, "strong")]

    def right_pieces(self) -> Sequence[Piece]:
        n = len(self.turns)
        return [Piece(f" {ngettext('{n} turn changes', '{n} turns change', n).format(n=n)} ", "quiet")]


def _line(text: str) -> str:
    return " ".join(text.split())
