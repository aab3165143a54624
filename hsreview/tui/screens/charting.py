"""One cell of the framework matrix: its segments beside the summary that is written of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.widget import Widget

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.model.dataset import CodedSegment
from hsreview.tui.action import Action, Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.framework import undoing
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.tui.widgets.safe_area import SafeArea
from hsreview.workflows import framework_matrix as charts
from hsreview.workflows import reading
from hsreview.workflows.framework_matrix import Cell, Charted, Edit, Empty

if TYPE_CHECKING:
    from hsreview.tui.screens.framework import FrameworkScreen

KEEP_EVERY = 2.0
"""Seconds after which words that are not stored yet are kept on this computer."""


class ChartingScreen(ListScreen):
    """Segments on the left, the summary on the right. Tab or `e` goes to the summary; leaving it stores it."""

    SCOPES = (Scope.CHARTING,)
    ABOUT = HelpText(
        N_("Charting"),
        N_(
            "Read the segments on the left and sum them up on the right: e writes, Esc stores and goes back to the "
            "segments, Esc again to the matrix. A new summary rests on all segments (•); space takes one out or in. "
            "Enter shows a segment in its text."
        ),
    )

    def __init__(self, grid: FrameworkScreen, cell: Cell) -> None:
        super().__init__()
        self.grid, self.cell = grid, cell
        self.area = SafeArea("", id="summary", show_line_numbers=False, soft_wrap=True)
        self.area.highlight_cursor_line = False
        self.links: set[str] = set()
        self.segments: dict[str, CodedSegment] = {}
        self._stored = ""
        """The summary as it was when it was read."""
        self._kept = ""

    def columns(self) -> Sequence[Column]:
        return (Column("", 1), Column(_("Place"), 17, place=True), Column(_("Code"), 5, least=36), Column(_("Words")))

    def body(self) -> Iterable[Widget]:
        yield Horizontal(self.rows, self.area, id="halves")
        yield self.detail
        yield self.notice

    def fill(self) -> None:
        self.every(KEEP_EVERY, self.keep)
        self.show_cell(self.cell)
        super().fill()

    def show_cell(self, cell: Cell) -> None:
        """Another cell, as it is stored; words that were not stored when the program ended are there again."""
        self.cell = cell
        charting = self.grid.open()
        self.segments = {each.coding.id: each for each in charting.segments(cell)}
        self.links = set(cell.summary.segments) if cell.summary is not None else set(self.segments)
        self._stored = cell.text
        self._kept = str(self.session.project.local(self._key, "") or "")
        self.area.load_text(self._kept or cell.text)
        self.area.read_only = cell.empty is Empty.HIDDEN
        self.area.move_cursor(self.area.document.end)

    @property
    def _key(self) -> str:
        coder = self.session.coder.id if self.session.coder else ""
        return f"summary:{coder}:{self.cell.case.id}:{self.cell.theme.id}"

    def reread(self) -> None:
        matrix = self.grid.open().matrix
        found = matrix.cells.get((self.cell.case.id, self.cell.theme.id))
        if found is None:
            return
        if found is not self.cell and self.area.text == self._stored:
            self.show_cell(found)
        super().reread()

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = charts.empty_name(self.cell) or _("No segment.")
        charting = self.grid.open()
        return [
            Row(
                key, ("•" if key in self.links else " ", charting.place(each),
                      self.session.code_name(each.coding.code_id).ref, " ".join(each.text.split())),
            )
            for key, each in self.segments.items()
        ]  # fmt: skip

    def title_pieces(self) -> Sequence[Piece]:
        theme = f"{self.cell.theme.ref} {self.cell.theme.label.get(current_language())}"
        return [Piece(self.grid.open().called(self.cell.case), "strong"), Piece(f" · {theme}", "key")]

    def right_pieces(self) -> Sequence[Piece]:
        n = len(self.links & self.segments.keys())
        linked = ngettext("rests on {n} segment", "rests on {n} segments", n).format(n=n)
        return [Piece(f" {charts.status_name(self.cell.status)} · {linked} ", "quiet")]

    def detail_of(self, row: Row) -> str:
        segment = self.segments[row.key]
        details = self.session.details(segment.coding)
        return "\n".join(filter(None, (" ".join(segment.text.split()), details, *charts.changes_since(self.cell))))

    def chosen(self, row: Row) -> None:
        if not self.save():
            return
        segment = self.segments[row.key]
        transcript = reading.present_transcript(self.session.project, segment.transcript_id)
        coding = segment.coding
        self.workbench.ways.jump(transcript, start=coding.start, end=coding.end, coding_id=coding.id)

    # Storing

    def keep(self) -> None:
        """Keep words that are not stored yet, so that no accident loses them."""
        text = self.area.text
        wanted = text if text != self._stored else ""
        if wanted != self._kept:
            self.session.project.set_local(self._key, wanted)
            self._kept = wanted

    def save(self) -> bool:
        """Store the words when they differ from what is stored; false when that failed (the user was told)."""
        if self.area.text == self._stored:
            self.keep()
            return True
        return self.workbench.guarded(lambda: self._write(Edit(self.cell.case.id, self.cell.theme.id, self.area.text)))

    def _write(self, edit: Edit) -> None:
        coder = self.workbench.coder()
        now = self.grid.open().matrix.cells[self.cell.case.id, self.cell.theme.id]
        if edit.text is not None and now.text not in (self._stored, edit.text):
            self._stored = now.text
            raise InputRefused(
                _("This summary was changed meanwhile. Leave again to put yours in its place. It says: {text}").format(
                    text=now.text or "–"
                )
            )
        charts.write_cells(
            self.session.project, coder, self.grid.kind,
            [Edit(edit.case_id, edit.theme_id, edit.text, edit.status, tuple(self._all_links()))],
        )  # fmt: skip
        self.cell = self.grid.open().matrix.cells[self.cell.case.id, self.cell.theme.id]
        if self.area.text.replace("\r\n", "\n") == self.cell.text or not self.area.text.strip():
            self._stored = self.area.text
        self.keep()
        self.reread()
        self.say(_("Stored."))

    def _all_links(self) -> list[str]:
        """The segments it rests on, in the order of the texts; then those that the layer does not have."""
        return [key for key in self.segments if key in self.links] + sorted(self.links - self.segments.keys())

    def coder_leaves(self) -> bool:
        return self.save()

    def before_lock(self) -> None:
        self.keep()

    def set_status(self, status: Charted) -> None:
        """Say how far the summary is, with the words as they stand."""
        self._write(Edit(self.cell.case.id, self.cell.theme.id, self.area.text, status))

    def link(self, keys: Iterable[str], on: bool | None = None) -> None:
        """Let the summary rest on segments, or no longer."""
        for key in keys:
            take = key not in self.links if on is None else on
            (self.links.add if take else self.links.discard)(key)
        if self.cell.summary is not None:
            self._write(Edit(self.cell.case.id, self.cell.theme.id))
        else:
            self.reread()

    def live_actions(self) -> list[Action]:
        found = super().live_actions()
        if self.focused is self.area:
            return found
        # Beside the summary nothing is being written that Esc would store.
        return [replace(entry, label=N_("back")) if entry.name == "leave" else entry for entry in found]

    def leave(self) -> None:
        """From the summary back to the segments, from there back to the matrix."""
        if not self.save():
            return
        if self.focused is self.area:
            self.set_focus(self.rows)
        else:
            self.grid.go_to(self.cell)
            self.workbench.perform("everywhere.back")

    def step(self, by: int) -> None:
        """Go to another cell of the case."""
        if self.save():
            matrix = self.grid.open().matrix
            themes = list(matrix.themes)
            at = [theme.id for theme in themes].index(self.cell.theme.id) + by
            if 0 <= at < len(themes):
                self.show_cell(matrix.cells[self.cell.case.id, themes[at].id])
                self.reread()


def _link(screen: ChartingScreen) -> None:
    row = screen.rows.current
    if row is not None:
        screen.link([row.key])


def _finding(screen: ChartingScreen) -> None:
    from hsreview.tui.screens.framework_ways import write_finding

    if screen.save():
        write_finding(screen, [each for key, each in screen.segments.items() if key in screen.links])


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "charting.write": lambda screen: screen.set_focus(screen.area),
    "charting.link": _link,
    "charting.link_all": lambda screen: screen.link(list(screen.segments), on=True),
    "charting.drafted": lambda screen: screen.set_status(Charted.DRAFTED),
    "charting.checked": lambda screen: screen.set_status(Charted.CHECKED),
    "charting.todo": lambda screen: screen.set_status(Charted.TODO),
    "charting.finding": _finding,
    "charting.next": lambda screen: screen.step(1),
    "charting.previous": lambda screen: screen.step(-1),
    "charting.leave": lambda screen: screen.leave(),
    "charting.undo": lambda screen: undoing(screen).undo(),
    "charting.redo": lambda screen: undoing(screen).redo(),
}
ChartingScreen.HANDLERS = HANDLERS
