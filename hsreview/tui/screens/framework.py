"""The framework matrix: cases × themes. Enter charts the cell under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from textual import events

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_path
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece, fitted
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import framework_matrix as charts
from hsreview.workflows import framework_sheets as sheets
from hsreview.workflows.framework_matrix import CaseKind, Cell, Charted, Charting, Edit
from hsreview.workflows.querying import default_layer, layers, newest
from hsreview.workflows.undoing import UndoResult

CASE, MARK = 20, 5
"""Cells of the names of cases, and of a column of marks."""
SHOWN = 400
"""Characters of a summary that stand below the grid."""


class FrameworkScreen(ListScreen):
    """One cell is under the cursor: up and down go through the cases, left and right through the themes."""

    SCOPES = (Scope.FRAMEWORK,)
    ABOUT = HelpText(
        N_("Framework matrix"),
        N_(
            "Rows are cases, columns themes. ✓ checked, ✎ drafted, ○ to do, with the number of segments; ! says that "
            "segments came or went since. An empty cell says why: ∅ asked and nothing said, × not asked, ? on no "
            "record, … not coded to the end, ≠ not settled, – not read, · no interview, # not shown. Enter opens the "
            "segments beside the summary."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.kind = CaseKind.RESPONDENT
        self.charting: Charting | None = None
        self.column = self.first = 0
        """The theme under the cursor, and the first one that is shown."""
        self._stands: object = None
        """Layer, coder who looks and kind of cases of the matrix that is shown."""
        self._newest = 0
        """The newest record that it knows."""
        self._marked: int | None = None
        self._shown = range(0)
        """The themes that there is room for."""

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready:
            self.workbench.guarded(self.reread)

    # What is shown

    def open(self) -> Charting:
        """The matrix as the project is now."""
        project, coder, last = self.session.project, self.session.coder, self.workbench.last_layer
        wish = last if last and last != "all" else default_layer(project, coder)
        now, stands = newest(project), (wish, coder, self.kind)
        before = self.charting if stands == self._stands else None
        if before is None or now != self._newest:
            self.charting = None
            again = charts.recharted(project, before, self._newest, viewer=coder) if before is not None else None
            before = again or charts.charting(project, self.kind, wish, viewer=coder)
            self.charting, self._stands, self._newest = before, stands, now
        return before

    def reread(self) -> None:
        self.open()
        self._show_again()

    def _show_again(self) -> None:
        self._marked = None
        super().reread()
        self._mark()

    def all_rows(self) -> Sequence[Row]:
        if self.charting is None:
            return ()
        matrix = self.charting.matrix
        self.rows.empty = self._why_empty(self.charting)
        self.column = min(self.column, max(0, len(matrix.themes) - 1))
        room = max((self.size.width - CASE - 4) // (MARK + 1), 1)
        self.first = max(min(self.first, self.column, len(matrix.themes) - room), self.column - room + 1, 0)
        self._shown = range(self.first, min(self.first + room, len(matrix.themes)))
        heads = [
            Column(fitted(("›" if at == self.column else "") + matrix.themes[at].ref, MARK), MARK) for at in self._shown
        ]
        self.rows.columns = [Column("", CASE), *heads]
        return [self._row(number) for number in range(len(matrix.cases))]

    def _why_empty(self, charting: Charting) -> str:
        people = f"{self.key('everywhere.go')} {self.key('go.speakers')}"
        link = _("{keys} links the speakers of a transcript.").format(keys=people)
        other = _("{key} chooses other rows.").format(key=self.key("framework.by"))
        first = charting.matrix.kind is CaseKind.RESPONDENT
        return " ".join([charting.why_empty(), *([link] if first else []), other])

    def _row(self, number: int) -> Row:
        assert self.charting is not None
        matrix = self.charting.matrix
        case = matrix.cases[number]
        marks = (charts.mark(matrix.cell(case, matrix.themes[at])) for at in self._shown)
        return Row(str(number), (self.charting.called(case), *marks))

    def moved(self) -> None:
        self._mark()
        super().moved()

    def _mark(self) -> None:
        """Put a sign before the cell under the cursor, and take it from the one before."""
        rows = self.rows
        if self.charting is None or not rows.rows:
            return
        listed = list(rows.rows)
        for at in {self._marked, rows.cursor}:
            if at is not None and at < len(listed):
                row = self._row(int(listed[at].key))
                if at == rows.cursor and self.column in self._shown:
                    place = 1 + self._shown.index(self.column)
                    cells = (*row.cells[:place], "›" + row.cells[place], *row.cells[place + 1 :])
                    row = replace(row, cells=cells)
                listed[at] = row
        self._marked = rows.cursor
        rows.rows = listed
        rows.refresh()

    def step(self, by: int) -> None:
        """Go to another theme."""
        if self.charting is not None:
            self.column = max(0, min(self.column + by, len(self.charting.matrix.themes) - 1))
            self._show_again()

    def resized(self, event: events.Resize) -> None:
        if self.ready:
            self.call_after_refresh(self._show_again)

    @property
    def cell(self) -> Cell:
        """The cell under the cursor. Raises InputRefused when there is none."""
        row = self.rows.current
        if self.charting is None or row is None or not self.charting.matrix.themes:
            raise InputRefused(_("There is no cell here."))
        matrix = self.charting.matrix
        return matrix.cell(matrix.cases[int(row.key)], matrix.themes[self.column])

    # Words

    def title_pieces(self) -> Sequence[Piece]:
        pieces = [Piece(_("Framework matrix"), "strong"), Piece(f" · {charts.kind_name(self.kind)}", "key")]
        if self.charting is not None:
            counts = " ".join(
                f"{sign}{self.charting.matrix.count(status)}"
                for status, sign in ((Charted.TODO, "○"), (Charted.DRAFTED, "✎"), (Charted.CHECKED, "✓"))
            )
            pieces.append(Piece(f" · {counts}", "quiet"))
        return pieces

    def right_pieces(self) -> Sequence[Piece]:
        if self.charting is None:
            return ()
        layer = Piece(f" {_('layer')} {self.charting.matrix.basis.layer} ", "key")
        themes = len(self.charting.matrix.themes)
        if len(self._shown) == themes:
            return [layer]
        told = _("themes {first}–{last} of {count}")
        place = told.format(first=self._shown.start + 1, last=self._shown.stop, count=themes)
        return [Piece(f" {place} ", "quiet"), layer]

    def detail_of(self, row: Row) -> str:
        if self.charting is None or not self.charting.matrix.themes:
            return ""
        cell, matrix = self.cell, self.charting.matrix
        theme = f"{cell.theme.ref} {cell.theme.label.get(current_language())}"
        lines = [
            labelled(
                f"{self.charting.called(cell.case)} · {theme}",
                charts.empty_name(cell) or charts.status_name(cell.status),
            )
        ]
        known = ", ".join(f"{name} {value}" for name, value in cell.case.attributes.items() if value not in (None, ""))
        lines += [part for part in (" · ".join(filter(None, (self.charting.groups(cell.case), known))),) if part]
        text = " ".join(cell.text.split())
        lines += [text[:SHOWN] + ("…" if len(text) > SHOWN else "")] if text else []
        lines += charts.changes_since(cell)
        lines.append(
            _("{codebook} {version} · {reviewed} of {n} interviews reviewed").format(
                codebook=matrix.basis.codebook, version=matrix.basis.codebook_version, reviewed=matrix.reviewed,
                n=matrix.interviews,
            )
        )  # fmt: skip
        return "\n".join(lines)

    def chosen(self, row: Row) -> None:
        from hsreview.tui.screens.charting import ChartingScreen

        self.workbench.guarded(lambda: self.workbench.push_screen(ChartingScreen(self, self.cell)))

    def go_to(self, cell: Cell) -> None:
        """Put the cursor on a cell."""
        if self.charting is not None:
            self.column = self.charting.matrix.themes.index(cell.theme)

    def set_status(self, status: Charted) -> None:
        """Say how far the summary under the cursor is."""
        coder, cell = self.workbench.coder(), self.cell
        edit = Edit(cell.case.id, cell.theme.id, status=status)
        charts.write_cells(self.session.project, coder, self.kind, [edit])
        self.reread()
        self.say(charts.status_name(status))


def _finding(screen: FrameworkScreen) -> None:
    from hsreview.tui.screens.framework_ways import write_finding

    write_finding(screen, screen.open().segments(screen.cell))


def _by(screen: FrameworkScreen) -> None:
    def then(kind: CaseKind) -> None:
        screen.kind = kind
        screen.reread()

    entries = [
        Entry(
            screen.digit_keys(number), charts.kind_name(kind), partial(screen.workbench.guarded, partial(then, kind)),
            on=kind is screen.kind,
        )
        for number, kind in enumerate(CaseKind)
    ]  # fmt: skip
    screen.show_menu(_("What is a row?"), entries)


def _layer(screen: FrameworkScreen) -> None:
    def then(key: str) -> None:
        screen.workbench.last_layer = key
        screen.reread()

    found = layers(screen.session.project, viewer=screen.session.coder)
    entries = [
        Entry(
            screen.digit_keys(number), each.name,
            partial(screen.workbench.guarded, partial(then, each.id or each.name)),
        )
        for number, each in enumerate(found[:10])
    ]  # fmt: skip
    screen.show_menu(_("Whose codings?"), entries)


def _export(screen: FrameworkScreen) -> None:
    charting = screen.open()
    layer = charting.matrix.basis.layer_coder
    wish = f"{layer}/{charting.matrix.basis.layer_pass}" if charting.matrix.basis.layer_pass else layer

    def done(answer: str) -> None:
        if not answer.strip():
            return
        made = sheets.make_framework_sheet(
            screen.session.project, screen.kind, typed_path(answer), layer=wish or charting.matrix.basis.layer,
            lang=current_language(), viewer=screen.session.coder,
        )  # fmt: skip
        screen.say(_("Written: {path}").format(path=made.path))

    path = screen.session.project.root / "exports" / f"framework-{screen.kind}.xlsx"
    screen.ask(_("Write the sheet to:"), done, text=str(path))


def _read(screen: FrameworkScreen) -> None:
    def done(answer: str) -> None:
        from hsreview.tui.screens.framework_sheet import FrameworkSheetScreen

        if not answer.strip():
            return
        path: Path = typed_path(answer)
        diff = sheets.compare_sheet(screen.session.project, path, viewer=screen.session.coder)
        screen.workbench.push_screen(FrameworkSheetScreen(path.name, diff))

    screen.ask(_("Which sheet came back?"), done, text=str(screen.session.project.root / "exports") + "/", select=False)


def undoing(screen: ListScreen) -> Undoing:
    """Undo and redo on the screens of the framework matrix."""

    def done(_result: UndoResult, said: str) -> None:
        screen.workbench.refresh_screens()
        screen.say(said)

    def refused(reason: str) -> None:
        screen.say(reason, "warn")

    return Undoing(screen, frozenset({"summary"}), None, done, refused)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "framework.left": lambda screen: screen.step(-1),
    "framework.right": lambda screen: screen.step(1),
    "framework.drafted": lambda screen: screen.set_status(Charted.DRAFTED),
    "framework.checked": lambda screen: screen.set_status(Charted.CHECKED),
    "framework.todo": lambda screen: screen.set_status(Charted.TODO),
    "framework.finding": _finding,
    "framework.by": _by,
    "framework.layer": _layer,
    "framework.export": _export,
    "framework.read": _read,
    "framework.undo": lambda screen: undoing(screen).undo(),
    "framework.redo": lambda screen: undoing(screen).redo(),
}
FrameworkScreen.HANDLERS = HANDLERS
