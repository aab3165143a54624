"""A sheet of the framework matrix that came back: every change is accepted or refused."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.messages import N_, _
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.returned_sheet import CHANGE, ReturnedScreen, handlers
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import framework_sheets as sheets
from hsreview.workflows.framework_matrix import status_name
from hsreview.workflows.framework_sheets import TAKEN, SheetDiff


class FrameworkSheetScreen(ReturnedScreen):
    """One row per cell that says something else than the project; nothing is stored before `s`."""

    SCOPES = (Scope.FRAMEWORK_SHEET,)
    ABOUT = HelpText(
        N_("A sheet that came back"),
        N_(
            "Every cell that says something else than the project. ✓ will be stored, – is left as it is; what would "
            "empty a cell, and what was changed on both sides, is left unless you accept it. ✗ could not be read. "
            "s stores what is accepted as one act."
        ),
    )

    def __init__(self, name: str, diff: SheetDiff) -> None:
        cells = [each.cell for each in diff.changes]
        super().__init__(name, cells, {each.cell for each in diff.changes if each.kind in TAKEN})
        self.diff, self.faults = diff, len(diff.faults)

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("Cell"), 7),
            Column(_("Case"), 20, hued=True),
            Column(_("Kind"), 9),
            Column(_("State"), 9, least=90),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = _("The sheet says what the project says.")
        missing = self.diff.missing
        changes = [
            self.change(
                each.cell,
                (
                    each.cell, f"{each.called} · {each.theme.ref}", sheets.change_name(each.kind),
                    status_name(each.status_after), " ".join(each.after.split()),
                ),
            )
            for each in self.diff.changes
        ]  # fmt: skip
        faults = [
            Row(f"fault:{n}", ("✗", each.cell, "", "", "", each.message), "warn")
            for n, each in enumerate(self.diff.faults)
        ]
        notes = [(each.cell, each.message) for each in self.diff.notices]
        notes += [("", _("{case} is no longer in the sheet; its summaries stay.").format(case=n)) for n in missing]
        told = [Row(f"note:{n}", ("·", cell, "", "", "", note)) for n, (cell, note) in enumerate(notes)]
        # First what somebody has to see to before the changes are accepted.
        return [*faults, *told, *changes]

    def detail_of(self, row: Row) -> str:
        change = next((each for each in self.diff.changes if row.key == f"{CHANGE}{each.cell}"), None)
        if change is None:
            return row.cells[-1]
        lines = [f"- {change.before}" if change.before else "", f"+ {change.after}" if change.after else ""]
        if change.status_before is not change.status_after:
            lines.append(f"{status_name(change.status_before)} → {status_name(change.status_after)}")
        return "\n".join(filter(None, lines))

    def store_chosen(self) -> int:
        chosen = [each for each in self.diff.changes if each.cell in self.taken]
        return sheets.take_changes(self.session.project, self.workbench.coder(), self.diff.kind, chosen)


FrameworkSheetScreen.HANDLERS = handlers("framework_sheet")
