"""The agreement of coders: codes and coefficients, the worst first. Enter opens the cases of a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import combinations
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.model.agreement import UNIT_WORDS, AgreementReport, Unit
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens import agreement_rows, chores
from hsreview.tui.screens.agreement_rows import ALPHA, POOLED
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import comparing, reading
from hsreview.workflows.coders import coders
from hsreview.workflows.comparing import Selection
from hsreview.workflows.projects import Project


class AgreementScreen(ListScreen):
    """One comparison; it is computed beside the screen, so that no key ever waits."""

    SCOPES = (Scope.AGREEMENT,)
    ABOUT = HelpText(
        N_("Agreement"),
        N_(
            "Only transcripts that at least two coders marked reviewed count. Share is the part of all disagreement "
            "that is this code's. Enter opens its cases; v shows every coefficient with the reason where there is none."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.selection = Selection()
        self.report: AgreementReport | None = None
        self.every_value = False
        """Whether every value is listed."""
        self.team: dict[str, str] = {}
        self.transcripts: dict[str, str] = {}
        self._asked = 0

    def columns(self) -> Sequence[Column]:
        return _titled(agreement_rows.USUAL)

    def fill(self) -> None:
        super().fill()
        self.compute()

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready:
            # Differences may have been settled meanwhile.
            self.workbench.guarded(self.compute)

    def compute(self) -> None:
        """Compare anew, beside the screen; an answer to an older question is dropped."""
        project, viewer, selection = self.session.project, self.session.coder, self.selection
        self.team = {coder.id: coder.name for coder in coders(project)}
        self.transcripts = {each.id: each.name for each in reading.transcripts(project)}
        self._asked += 1
        asked, root = self._asked, project.root
        self.rows.empty = _("Comparing …")
        self.rows.refresh()
        self.say(_("Comparing …"))

        def work() -> AgreementReport | InputRefused:
            with Project.open(root) as own:
                try:
                    return comparing.compare(own, selection, viewer=viewer)
                except InputRefused as refused:
                    return refused

        def done(answer: AgreementReport | InputRefused) -> None:
            if asked == self._asked and self.is_attached:
                self._show(answer)

        self.workbench.in_background(work, done)

    def _show(self, answer: AgreementReport | InputRefused) -> None:
        told = ""
        if isinstance(answer, InputRefused):
            told = answer.message
        elif not answer.basis.transcripts:
            told = _("No transcript that you may compare was marked reviewed by two coders.")
        self.report = answer if isinstance(answer, AgreementReport) and not told else None
        self.rows.empty = told
        self.say("")
        self.reread()

    def all_rows(self) -> Sequence[Row]:
        report = self.report
        if report is None:
            return ()
        if self.every_value:
            return list(agreement_rows.every_row(report, self.team, self.transcripts))
        hues = {code_id: name.hue for code_id, name in self.session.names.items()}
        return list(agreement_rows.usual_rows(report, hues))

    def title_pieces(self) -> Sequence[Piece]:
        names = [self.team.get(coder, "?") for coder in self.selection.coders] or (
            list(self.report.basis.names) if self.report else []
        )
        unit = _(UNIT_WORDS[self.selection.unit])
        more = f" · {_('themes')}" if self.selection.parents else ""
        return [
            Piece(" – ".join(names) or _("Agreement"), "strong"),
            Piece(f" · {_('unit: {unit}').format(unit=unit)}{more}", "quiet"),
        ]

    def right_pieces(self) -> Sequence[Piece]:
        if self.report is None:
            return ()
        alpha = self.report.overall.get(ALPHA)
        return [Piece(f" α {agreement_rows.value(alpha)} {agreement_rows.interval(alpha)} ", "strong")]

    def detail_of(self, row: Row) -> str:
        report = self.report
        if report is None:
            return ""
        code = next((each for each in report.codes if each.code_id == row.key), None)
        basis = agreement_rows.basis_words(report.basis)
        if row.key.startswith(agreement_rows.SCALE):
            return agreement_rows.scale_detail(row.key)
        if code is None:
            why = "" if self.every_value else agreement_rows.reason(report.overall.get(ALPHA))
            said = row.cells[3] if self.every_value and len(row.cells) > 3 else why
            return "\n".join([line for line in (said, basis, *report.basis.primary_history) if line])
        unit = f"{_(UNIT_WORDS[report.basis.unit])} "
        return f"{agreement_rows.code_detail(code, report.basis.names, unit)}\n{basis}"

    def chosen(self, row: Row) -> None:
        from hsreview.tui.screens.agreement_cases import CasesScreen

        if row.key and self.report is not None and not (self.every_value and row.key.startswith(POOLED)):
            codes = () if row.key == POOLED else (row.key,)
            self.app.push_screen(CasesScreen(replace(self.selection, codes=codes)))

    def compare_anew(self, **changed: Any) -> None:
        """Compare something else."""
        self.selection = replace(self.selection, **changed)
        self.refresh_header()
        self.compute()

    def need_report(self) -> AgreementReport:
        """The report. Raises InputRefused while there is none."""
        if self.report is None:
            raise InputRefused(self.rows.empty or _("Comparing …"))
        return self.report


def _titled(found: Sequence[Column]) -> list[Column]:
    return [replace(column, title=_(column.title) if column.title else "") for column in found]


def _unit(screen: AgreementScreen) -> None:
    entries = [
        Entry(screen.digit_keys(index), _(UNIT_WORDS[unit]), partial(screen.compare_anew, unit=unit),
              on=unit is screen.selection.unit)
        for index, unit in enumerate(Unit)
    ]  # fmt: skip
    screen.show_menu(_("Count what?"), entries)


def _pair(screen: AgreementScreen) -> None:
    present = [coder for coder in screen.team if screen.report is None or coder in _everybody(screen)]
    entries = [Entry(screen.digit_keys(0), _("all coders"), partial(screen.compare_anew, coders=()))]
    for index, pair in enumerate(combinations(present, 2), 1):
        names = " – ".join(screen.team[coder] for coder in pair)
        on = set(pair) == set(screen.selection.coders)
        entries.append(Entry(screen.digit_keys(index), names, partial(screen.compare_anew, coders=pair), on=on))
    screen.show_menu(_("Compare whom?"), entries)


def _everybody(screen: AgreementScreen) -> set[str]:
    """Those who marked something reviewed."""
    marked = {row.coder_id for row in reading.progress(screen.session.project) if row.reviewed}
    return marked or set(screen.team)


def _more(screen: AgreementScreen) -> None:
    screen.every_value = not screen.every_value
    screen.rows.columns = _titled(agreement_rows.EVERY if screen.every_value else agreement_rows.USUAL)
    screen.reread()


def _drift(screen: AgreementScreen) -> None:
    from hsreview.tui.screens.agreement_drift import DriftScreen

    points = screen.need_report().drift
    if not points:
        raise InputRefused(_("There is nothing to plot: the review marks are of one day only."))
    screen.app.push_screen(DriftScreen(points))


def _confusion(screen: AgreementScreen) -> None:
    from hsreview.tui.screens.agreement_confusion import ConfusionScreen

    screen.need_report()
    screen.app.push_screen(ConfusionScreen(screen.selection))


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "agreement.unit": _unit,
    "agreement.pair": _pair,
    "agreement.more": _more,
    "agreement.parents": lambda screen: screen.compare_anew(parents=not screen.selection.parents),
    "agreement.interviewer": lambda screen: screen.compare_anew(interviewer=not screen.selection.interviewer),
    "agreement.drift": _drift,
    "agreement.confusion": _confusion,
    "agreement.workbook": chores.export_workbook,
}
AgreementScreen.HANDLERS = HANDLERS
