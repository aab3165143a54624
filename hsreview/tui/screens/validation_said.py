"""What was said at a meeting: comments that get an answer, and amendments that are decided."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, labelled
from hsreview.model.localized import Localized
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.validation_speaking import AtMeeting
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import validation_acts
from hsreview.workflows.validating import Amendment, AmendmentDecision, Comment
from hsreview.workflows.validation_words import comment_kind_name, decision_name


class SaidScreen(AtMeeting, ListScreen):
    """Comments and amendments of every round; Enter answers or decides."""

    SCOPES = (Scope.SAID,)
    ABOUT = HelpText(
        N_("What was said"),
        N_("Every comment gets an answer, every amendment a decision with its reason. Enter writes it."),
    )

    def __init__(self, meeting_id: str) -> None:
        super().__init__(meeting_id)
        self.said: dict[str, Comment | Amendment] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column("N°", 3, right=True), Column(_("Row"), 5, hued=True), Column(_("Table"), 8),
            Column(_("Kind"), 12), Column(_("State"), 16), Column(_("Words")),
        )  # fmt: skip

    def fill(self) -> None:
        self.set_focus(self.rows, scroll_visible=False)
        self.read_meeting()
        self.reread()
        self.go_to_waiting()

    def go_to_waiting(self) -> None:
        """Go to what has no answer or decision yet: the next one below, else the first one."""
        waiting = [n for n, row in enumerate(self.rows.rows) if row.look]
        if waiting:
            self.rows.go_to(next((n for n in waiting if n >= self.rows.cursor), waiting[0]))

    def all_rows(self) -> Sequence[Line]:
        self.rows.empty = _("Nothing was said yet. Comments and other words are written down beside a row.")
        self.said = {}
        if self.meeting is None:
            return []
        meeting = self.read_meeting()
        order = {each.id: n for n, each in enumerate(meeting.ballots)}
        found: list[Comment | Amendment] = [*meeting.comments, *meeting.amendments]
        found.sort(key=lambda each: order.get(each.ballot_id, 0))
        self.said = {each.id: each for each in found}
        return [self._line(each) for each in found]

    def _line(self, each: Comment | Amendment) -> Line:
        meeting = self.open_meeting
        party = meeting.tables.get(each.party_id)
        if isinstance(each, Comment):
            number, kind, words = meeting.number(each), comment_kind_name(each.kind), each.text
            state, waits = (_("answered"), False) if each.answer else (_("no answer yet"), True)
        else:
            number, kind, words = meeting.number(each), _("other words"), each.after.get(self.spoken())
            state, waits = decision_name(each.decision), each.decision is AmendmentDecision.OPEN
        ref = meeting.by_id[each.ballot_id].ref
        cells = (str(number), ref, party.label if party else "", kind, state, " ".join(words.split()))
        return Line(each.id, cells, "warn" if waits else "")

    def title_pieces(self) -> Sequence[Piece]:
        name = f" · {self.meeting.validation.name}" if self.meeting else ""
        return [Piece(_("What was said"), "strong"), Piece(name, "quiet")]

    def detail_of(self, line: Line) -> str:
        each = self.said[line.key]
        if isinstance(each, Comment):
            return "\n".join(filter(None, (each.text, labelled(_("Answer"), each.answer) if each.answer else "")))
        told = [
            labelled(_("Before"), self._in_all(each.before)), labelled(_("Proposed"), self._in_all(each.after)),
            labelled(_("Taken"), self._in_all(each.taken)) if each.taken else "",
            labelled(_("Reason"), each.reason) if each.reason else "",
        ]  # fmt: skip
        return "\n".join(filter(None, told))

    def _in_all(self, text: Localized) -> str:
        """Words in every language of the ballots in which they were written."""
        return " / ".join(filter(None, map(text.own, self.languages()))) or text.get(self.spoken())

    def chosen(self, line: Line) -> None:
        each = self.said[line.key]
        if isinstance(each, Comment):
            self._answer(each)
        else:
            self._decide(each)

    def _answer(self, comment: Comment) -> None:
        def write(text: str) -> None:
            validation_acts.answer(
                self.session.project, self.workbench.coder(), self.open_meeting, comment, text
            )  # fmt: skip
            self.reread()
            self.go_to_waiting()
            self.say(_("The answer is written down."))

        number = self.open_meeting.number(comment)
        told = labelled(_("Answer to comment {number}").format(number=number), "").rstrip()
        self.ask(told, write, text=comment.answer, select=False)

    def _decide(self, amendment: Amendment) -> None:
        def decide(decision: AmendmentDecision, taken: Localized | None = None) -> None:
            def because(reason: str) -> None:
                validation_acts.decide_amendment(
                    self.session.project, self.workbench.coder(), self.open_meeting, amendment, decision, reason, taken
                )
                self.reread()
                self.go_to_waiting()
                self.say(labelled(number, decision_name(decision)))

            self.ask(labelled(_("Why"), "").rstrip(), because, text=amendment.reason, select=False)

        def partly() -> None:
            def words(taken: Localized) -> None:
                if not taken:
                    raise InputRefused(_("Write some words."))
                decide(AmendmentDecision.PARTLY, taken)

            self.ask_words(_("Words that are taken"), amendment.taken or amendment.after, words)

        number = _("Amendment {number}").format(number=self.open_meeting.number(amendment))
        entries = [
            Entry(("t",), _("take these words"), lambda: decide(AmendmentDecision.ACCEPTED)),
            Entry(("p",), _("take a part of them"), partly),
            Entry(("r",), _("refuse them"), lambda: decide(AmendmentDecision.REFUSED)),
        ]
        self.show_menu(number, entries)

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready:
            self.workbench.guarded(self.reread)


SaidScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    "said.undo": lambda screen: screen.undoing.undo(),
    "said.redo": lambda screen: screen.undoing.redo(),
}
