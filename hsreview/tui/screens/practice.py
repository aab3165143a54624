"""Feedback on practice: each difference from the answer key, with the rules of its codes. Enter goes to the text."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.model.review import DifferenceKind
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import practising
from hsreview.workflows.practising import Lesson, Practice

KINDS = {
    DifferenceKind.SPLIT: N_("split"),
    DifferenceKind.BOUNDARY: N_("boundary"),
    DifferenceKind.EXTRA: N_("extra"),
    DifferenceKind.DIFFERENT: N_("different code"),
    DifferenceKind.MISSED: N_("missed"),
}


class PracticeScreen(ListScreen):
    """The differences in the order of the text."""

    ABOUT = HelpText(
        N_("Feedback on practice"),
        N_("What you coded against the key. Below stands the rule of each code concerned; Enter goes to the text."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.practice: Practice | None = None
        self.lessons: dict[str, Lesson] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 7),
            Column(_("Difference"), 14),
            Column(_("Answer key"), 10),
            Column(_("You"), 10),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        found = self.practice = practising.check(self.session.project, self.session.coder)
        self.lessons = {str(number): each for number, each in enumerate(found.lessons)}
        self.rows.empty = _("No difference from the key.")
        return [self._row(key, each, found) for key, each in self.lessons.items()]

    @staticmethod
    def _row(key: str, each: Lesson, found: Practice) -> Row:
        sides = (
            ", ".join(dict.fromkeys(found.refs.get(mark.code_id, "?") for mark in marks)) or "–"
            for marks in (each.deviation.key, each.deviation.own)
        )
        return Row(key, (each.place, _(KINDS[each.deviation.kind]), *sides, " ".join(each.quote.split())))

    def title_pieces(self) -> Sequence[Piece]:
        if self.practice is None:
            return [Piece(_("Feedback on practice"), "strong")]
        agreed, differing = self.practice.feedback.agreed, len(self.lessons)
        same = ngettext("{n} place as in the key", "{n} places as in the key", agreed).format(n=agreed)
        other = ngettext("{n} difference", "{n} differences", differing).format(n=differing)
        return [Piece(_("Feedback on practice"), "strong"), Piece(f" · {same} · {other}", "quiet")]

    def detail_of(self, row: Row) -> str:
        each = self.lessons[row.key]
        language = current_language()
        lines = [practising.said(each, self.practice.refs if self.practice else {})]
        for code in each.codes:
            texts = (
                ("", code.definition),
                (_("use when"), code.use),
                (_("do not use when"), code.not_use),
            )
            rules = [
                labelled(name, text.get(language)) if name else text.get(language)
                for name, text in texts
                if text.get(language)
            ]
            lines.append(" · ".join([f"{code.ref} {code.label.get(language)}", *rules]))
        return "\n".join(lines)

    def chosen(self, row: Row) -> None:
        each = self.lessons[row.key].deviation
        if self.practice is not None:
            self.workbench.open_transcript(self.practice.transcript, start=each.start, end=each.end)
