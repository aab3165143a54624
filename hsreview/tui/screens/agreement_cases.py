"""The cases behind a number: typed differences with their words. Enter opens one in the adjudication."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.help import HelpText
from hsreview.tui.screens.adjudication_says import STANDING_NAMES, kind_name
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import comparing, reading
from hsreview.workflows.coders import coders
from hsreview.workflows.comparing import PlacedDifference, Selection


class CasesScreen(ListScreen):
    """The differences of one selection, by transcript and place."""

    ABOUT = HelpText(
        N_("Differences"),
        N_("Every difference with its kind and words. Enter opens it in the adjudication."),
    )

    def __init__(self, selection: Selection) -> None:
        super().__init__()
        self.selection = selection
        self.found: dict[str, PlacedDifference] = {}
        self.names: dict[str, str] = {}

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready:
            self.workbench.guarded(self.reread)

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 18),
            Column(_("Kind"), 11),
            Column(_("Codes"), 24, hued=True),
            Column(_("State"), 10),
            Column(_("Words"), least=70),
        )

    def all_rows(self) -> Sequence[Row]:
        project = self.session.project
        self.names = {coder.id: coder.name for coder in coders(project)}
        placed = comparing.differences(project, self.selection, viewer=self.session.coder)
        self.found = {each.difference.key: each for each in placed}
        self.rows.empty = _("No differences: everybody agrees.")
        return [self._row(each) for each in placed]

    def _row(self, each: PlacedDifference) -> Row:
        codes = " ≠ ".join(", ".join(refs) or "–" for refs in each.codes.values())
        return Row(
            each.difference.key,
            (
                f"{each.transcript} {each.place}",
                kind_name(each.difference.kind),
                codes,
                _(STANDING_NAMES[each.difference.standing]),
                " ".join(each.quote.split()),
            ),
        )

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        said = ngettext("{count} difference", "{count} differences", count).format(count=count)
        codes = ", ".join(str(self.session.code_name(code)) for code in self.selection.codes)
        return [Piece(said, "strong"), Piece(f" · {codes}" if codes else "", "key")]

    def detail_of(self, row: Row) -> str:
        each = self.found[row.key]
        lines = [" ".join(each.quote.split())]
        for coder, refs in each.codes.items():
            lines.append(f"{self.names.get(coder, '?')}  {', '.join(refs) or _('– nothing')}")
        if each.difference.decision is not None:
            lines.append(f"✓ {each.difference.decision.because}")
        return "\n".join(lines)

    def chosen(self, row: Row) -> None:
        from hsreview.tui.screens.adjudication import AdjudicationScreen

        found = self.found[row.key].difference

        def open_case() -> None:
            transcript = reading.present_transcript(self.session.project, found.transcript_id)
            self.app.push_screen(AdjudicationScreen(transcript, found.key))

        self.workbench.guarded(open_case)
