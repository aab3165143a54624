"""What would go with a respondent who withdraws, and the erasing once the pseudonym is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, labelled
from hsreview.model.people import Respondent
from hsreview.tui.help import HelpText
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.tui.screens.lines import LinesScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Row
from hsreview.workflows.projects import Project
from hsreview.workflows.withdrawal_told import done_lines, plan_lines
from hsreview.workflows.withdrawing import Plan, Summaries, check_may, plan, same_name, withdraw
from hsreview.workflows.withdrawn import REASONS


class WithdrawalScreen(LinesScreen):
    """The lines of what goes; afterwards, of what was done and what is left."""

    ABOUT = HelpText(
        N_("Withdrawal"),
        N_(
            "What would be erased with a respondent, in the project file, its search index and its backups. Enter asks "
            "why and for the pseudonym, and erases it. Nothing undoes that; what left the project is listed."
        ),
    )

    def __init__(self, person: Respondent) -> None:
        super().__init__()
        self.person = person
        self.planned: Plan | None = None
        self.rows.empty = _("Looking at what would go …")

    def fill(self) -> None:
        super().fill()
        check_may(self.session.project, self.workbench.coder())
        self._plan(Summaries.ASK, self._show)

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(f"{_('Withdrawal')} ▸ ", "quiet"), Piece(self.person.name, "strong")]

    def chosen(self, row: Row) -> None:
        if self.planned is None:
            return
        if self.planned.beside.summaries:
            kinds = {"keep": _("keep the summaries of other cases"), "erase": _("erase them too")}
            choose_name(self, _("Summaries of other cases"), kinds, self._decided)
        else:
            self._ask_why()

    def _decided(self, choice: str) -> None:
        def planned(found: Plan) -> None:
            self.planned = found
            self._ask_why()

        self._plan(Summaries(choice), planned)

    def _ask_why(self) -> None:
        choose_name(self, _("Why, in one word"), {key: _(words) for key, words in REASONS.items()}, self._ask_name)

    def _ask_name(self, reason: str) -> None:
        def typed(words: str) -> None:
            if not same_name(self.person, words):
                raise UsageProblem(_("That is not the pseudonym. Nothing was erased."))
            self._erase(reason)

        question = _("This cannot be undone. Type the pseudonym to erase all of this")
        self.ask(labelled(question, "").rstrip(" "), typed)

    def _plan(self, summaries: Summaries, then: Callable[[Plan], None]) -> None:
        root, coder, person = self.session.project.root, self.workbench.coder(), self.person

        def work() -> Plan:
            with Project.open(root) as project:
                return plan(project, coder, person, summaries=summaries)

        self.workbench.in_background(work, then)

    def _show(self, found: Plan) -> None:
        self.planned = found
        self.put(list(plan_lines(self.session.project, found)))
        self.say(_("Enter erases all of this, after two questions; nothing is changed yet."))

    def _erase(self, reason: str) -> None:
        planned, root, coder = self.planned, self.session.project.root, self.workbench.coder()
        assert planned is not None
        self.planned = None
        self.say(_("Erasing …"))

        def work() -> list[str]:
            with Project.open(root) as project:
                return list(done_lines(project, withdraw(project, coder, planned, reason)))

        self.workbench.in_background(work, self._done)

    def _done(self, lines: Sequence[str]) -> None:
        self.person = Respondent(self.person.id, _("withdrawn"))
        self.put(lines)
        self.say("")
        self.workbench.look_elsewhere()
