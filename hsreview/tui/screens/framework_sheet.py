"""A sheet of the framework matrix that came back: every change is accepted or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import framework_sheets as sheets
from hsreview.workflows.framework_matrix import status_name
from hsreview.workflows.framework_sheets import TAKEN, SheetDiff


class FrameworkSheetScreen(ListScreen):
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
        super().__init__()
        self.file_name, self.diff = name, diff
        self.taken = {each.cell for each in diff.changes if each.kind in TAKEN}

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
            Row(
                f"change:{each.cell}",
                (
                    "✓" if each.cell in self.taken else "–", each.cell, f"{each.called} · {each.theme.ref}",
                    sheets.change_name(each.kind), status_name(each.status_after), " ".join(each.after.split()),
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

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.diff.changes)
        said = ngettext("{n} change, {taken} accepted", "{n} changes, {taken} accepted", n)
        pieces = [
            Piece(self.file_name, "strong"), Piece(f" · {said.format(n=n, taken=len(self.taken))}", "key"),
        ]  # fmt: skip
        if self.diff.faults:
            n = len(self.diff.faults)
            pieces.append(Piece(" · " + ngettext("{n} not read", "{n} not read", n).format(n=n), "warn"))
        return pieces

    def detail_of(self, row: Row) -> str:
        change = next((each for each in self.diff.changes if row.key == f"change:{each.cell}"), None)
        if change is None:
            return row.cells[-1]
        lines = [f"- {change.before}" if change.before else "", f"+ {change.after}" if change.after else ""]
        if change.status_before is not change.status_after:
            lines.append(f"{status_name(change.status_before)} → {status_name(change.status_after)}")
        return "\n".join(filter(None, lines))

    def take(self, cells: Sequence[str], on: bool | None = None) -> None:
        """Accept changes, or refuse them."""
        for cell in cells:
            take = cell not in self.taken if on is None else on
            (self.taken.add if take else self.taken.discard)(cell)
        self.reread()

    def take_all(self) -> None:
        """Accept every change; when all are, none."""
        cells = [each.cell for each in self.diff.changes]
        self.take(cells, on=not self.taken.issuperset(cells))

    def store(self) -> None:
        """Store what is accepted, and go back to the matrix."""
        coder = self.workbench.coder()
        chosen = [each for each in self.diff.changes if each.cell in self.taken]
        n = sheets.take_changes(self.session.project, coder, self.diff.kind, chosen)
        self.app.pop_screen()
        self.workbench.refresh_screens()
        screen = self.workbench.screen
        if isinstance(screen, ListScreen):
            screen.say(ngettext("{n} cell stored.", "{n} cells stored.", n).format(n=n))


def _take(screen: FrameworkSheetScreen) -> None:
    row = screen.rows.current
    if row is not None and row.key.startswith("change:"):
        screen.take([row.key.removeprefix("change:")])
        screen.rows.move(1)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "framework_sheet.take": _take,
    "framework_sheet.take_all": lambda screen: screen.take_all(),
    "framework_sheet.store": lambda screen: screen.store(),
}
FrameworkSheetScreen.HANDLERS = HANDLERS
