"""Where the framework stands: what is due, levels and values with small charts. Enter goes to what a row stands on."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.framework_evidence import UNDO, EvidenceScreen
from hsreview.tui.screens.journal_entries import EntriesScreen, JournalBase
from hsreview.tui.screens.journal_form import write_entry
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import journal as acts
from hsreview.workflows import monitoring
from hsreview.workflows.framework_rows import Row, RowKind, kind_name, said, status_name
from hsreview.workflows.monitoring import (
    EngagementTable,
    IndicatorStatus,
    MarkerStatus,
    RecommendationStatus,
    Status,
)

SIGNS = 12
"""Quarters of a chart."""
LATEST = 3
"""Entries that are told below the list."""


class MonitoringScreen(JournalBase):
    """What is due first; then markers, indicators, recommendations and actors."""

    SCOPES = (Scope.MONITORING,)
    ABOUT = HelpText(
        N_("Journal"),
        N_(
            "Where every marker, indicator, recommendation and actor stands, from the entries of the journal. A chart "
            "has a sign for each quarter: ▁ not at all, █ fully; · nothing was entered. a writes an entry, e lists the "
            "entries on a row, Enter goes to what the row stands on."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.status: Status | None = None
        """Null while the coder may not see it."""

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Row"), 5, hued=True),
            Column(_("Stands at"), 18),
            Column(_("Since"), 10),
            Column(_("Quarters"), SIGNS),
            Column(_("Says")),
        )

    def all_rows(self) -> Sequence[Line]:
        self.status = None
        self.journal = acts.journal(self.session.project, viewer=self.session.coder)
        self.rows.empty = _(
            "No row yet on which something could be entered: markers, indicators, recommendations, actors."
        )
        found = self.status = monitoring.status(self.journal)
        waiting = {each.row.id for each in found.due}
        parts: Sequence[tuple[str, Sequence[Line]]] = (
            (_("To follow up"), [self._recommendation(each) for each in found.due]),
            (_("Progress markers"), [self._marker(each) for each in found.markers]),
            (_("Indicators"), [self._indicator(each) for each in found.indicators]),
            (
                _("Recommendations"),
                [self._recommendation(each) for each in found.recommendations if each.row.id not in waiting],
            ),
            (_("Actors"), self._actors()),
            (_("Retired or rejected, with entries"), [self._out(row, n) for row, n in found.out]),
        )
        return [
            line
            for title, lines in parts if lines
            for line in (Line(title, (title,), "heading"), *lines)
        ]  # fmt: skip

    def _marker(self, each: MarkerStatus) -> Line:
        level = monitoring.level_words(each.level, current_language())
        return self._line(each.row, level, each.since, monitoring.level_chart(each)[-SIGNS:])

    def _indicator(self, each: IndicatorStatus) -> Line:
        value = monitoring.number(each.latest, current_language())
        chart = monitoring.chart(each.trend)[-SIGNS:]
        if each.latest is None:
            return self._line(each.row, monitoring.progress_name(each.progress), "", chart)
        return self._line(each.row, f"{value} {monitoring.progress_name(each.progress)}", each.date, chart)

    def _recommendation(self, each: RecommendationStatus) -> Line:
        status = status_name(each.status) if each.status else "–"
        due = monitoring.due_name(each.due) if each.due else ""
        look = "warn" if due == monitoring.due_name(monitoring.Due.OVERDUE) else ""
        return self._line(each.row, status, each.next_check or each.since, due, look)

    def _actors(self) -> list[Line]:
        actors = self.journal.framework.of(RowKind.ACTOR)
        return [self._actor(row) for row in actors if row.status not in monitoring.OUT]

    def _actor(self, row: Row) -> Line:
        entries = self.journal.of.get(row.id, ())
        since = entries[-1].date if entries else ""
        return self._line(row, acts.told(len(entries)) if entries else "–", since, "")

    def _out(self, row: Row, n: int) -> Line:
        return self._line(row, f"{status_name(row.status)}, {n}", "", "")

    def _line(self, row: Row, stands: str, since: str, signs: str, look: str = "") -> Line:
        text = " ".join(said(row, current_language()).split())
        return Line(row.id, (row.ref, stands, since, signs, text), look)

    def title_pieces(self) -> Sequence[Piece]:
        pieces = [Piece(_("Journal"), "strong")]
        if self.status is not None:
            pieces.append(Piece(f" · {acts.told(len(self.journal.entries))}", "quiet"))
            if self.status.quarters:
                shown = self.status.quarters[-SIGNS:]
                pieces.append(Piece(f" · {shown[0]} – {shown[-1]}", "quiet"))
        return pieces

    def right_pieces(self) -> Sequence[Piece]:
        n = sum(each.due is monitoring.Due.OVERDUE for each in self.status.due) if self.status else 0
        return [Piece(f" {_('overdue: {n}').format(n=n)} ", "warn")] if n else []

    def detail_of(self, line: Line) -> str:
        row = self.journal.framework.by_id.get(line.key)
        if row is None:
            return ""
        language = current_language()
        told = [labelled(f"{row.ref} · {kind_name(row.kind)}", " ".join(said(row, language).split()))]
        if row.kind is RowKind.INDICATOR:
            baseline = monitoring.measured(self.journal, row, "baseline", language) or "–"
            target = monitoring.measured(self.journal, row, "target", language) or "–"
            told.append(_("Baseline {baseline} → target {target}").format(baseline=baseline, target=target))
        for entry in reversed(self.journal.of.get(row.id, ())[-LATEST:]):
            words = (words for _label, words in monitoring.entry_words(self.journal, entry, language))
            told.append(labelled(entry.date, " · ".join(words)))
        return "\n".join(told)

    def row(self) -> Row:
        """The row under the cursor. Raises InputRefused when there is none."""
        line = self.rows.current
        row = self.journal.framework.by_id.get(line.key) if line is not None else None
        if row is None:
            raise InputRefused(_("There is no row here."))
        return row

    def chosen(self, line: Line) -> None:
        self.workbench.push_screen(EvidenceScreen(line.key))


class EngagementScreen(ListScreen):
    """Engagement with each actor beside change in it, by quarter."""

    ABOUT = HelpText(
        N_("Engagement and change"),
        N_(
            "Engagement with each actor (entries, mean quality with its number, frequency) beside what its markers "
            "gained less what they lost since the quarter before. That one brought about the other does not follow."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.table: EngagementTable | None = None

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Quarter"), 7),
            Column(_("Entries"), 7, right=True),
            Column(_("Quality"), 19),
            Column(_("Frequency"), 12),
            Column(_("Change")),
        )

    def all_rows(self) -> Sequence[Line]:
        self.table = None
        journal = acts.journal(self.session.project, viewer=self.session.coder)
        self.rows.empty = _("No entry yet on an actor or on a marker of one.")
        self.table, language = monitoring.engagement(journal), current_language()
        lines = []
        for each in self.table.actors:
            title = f"{each.actor.ref} · {' '.join(said(each.actor, language).split())}"
            lines.append(Line(each.actor.id, (title,), "heading"))
            lines += [
                Line(
                    f"{each.actor.id} {quarter.quarter}",
                    (
                        quarter.quarter, str(quarter.contacts), monitoring.quality_words(quarter, language),
                        monitoring.frequency_words(quarter, language) or "–", monitoring.change_words(quarter),
                    ),
                )
                for quarter in each.quarters
            ]  # fmt: skip
        return lines

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(_("Engagement and change"), "strong")]

    def detail_of(self, line: Line) -> str:
        # Whole, because a narrow screen cuts the columns.
        told = " · ".join(cell for cell in line.cells[2:] if cell != "–")
        remarks = monitoring.engagement_remarks(self.table) if self.table else []
        return "\n".join([*([labelled(line.cells[0], told)] if told else []), *remarks])


def _add(screen: MonitoringScreen) -> None:
    write_entry(screen, screen.journal, screen.row(), screen.show_again)


MonitoringScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    **{f"monitoring.{name}": act for name, act in UNDO.items()},
    "monitoring.add": _add,
    "monitoring.entries": lambda screen: screen.workbench.push_screen(EntriesScreen(screen.row().id)),
    "monitoring.engagement": lambda screen: screen.workbench.push_screen(EngagementScreen()),
}
