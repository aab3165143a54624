"""Agreement over time: a plot that needs no colour, and its numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.widget import Widget
from textual.widgets import Static

from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible_block
from hsreview.model.agreement import DriftPoint
from hsreview.tui.help import HelpText
from hsreview.tui.screens import agreement_rows
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row


class DriftScreen(ListScreen):
    """One batch after the other, by the day on which the transcripts were marked reviewed."""

    ABOUT = HelpText(
        N_("Drift"),
        N_(
            "● is α of a batch, │ its interval, · α of all batches so far, ▲ a change of the codebook before the batch."
        ),
    )

    def __init__(self, points: Sequence[DriftPoint]) -> None:
        super().__init__()
        self.points = points
        self.plot = Static(id="plot", markup=False)

    def body(self) -> Iterable[Widget]:
        yield self.plot
        yield from super().body()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Batch"), 14),
            Column(_("Transcripts"), 11, right=True),
            Column(_("Units"), 7, right=True),
            Column("α", 6, right=True),
            Column(_("95 %"), 13),
            Column(_("So far"), 7, right=True),
            Column(_("Why there is none"), least=90),
        )

    def all_rows(self) -> Sequence[Row]:
        return agreement_rows.drift_rows(self.points)

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(_("Drift: α over time"), "strong"), Piece("  ● α  │ 95 %  · " + _("so far"), "quiet")]

    def resized(self, event: events.Resize) -> None:
        height = max(5, min(16, event.size.height - 10))
        self.plot.update(visible_block("\n".join(agreement_rows.plot(self.points, event.size.width - 1, height))))

    def on_mount(self) -> None:
        self.plot.styles.height = "auto"
        super().on_mount()
