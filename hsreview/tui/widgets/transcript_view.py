"""The transcript view, in which one text is read and coded. It binds no keys: the screen calls its methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from textual import events
from textual.message import Message

from hsreview.model.text import Span
from hsreview.tui.text.cursor import TranscriptCursor
from hsreview.tui.text.document import ViewCoding, ViewDocument
from hsreview.tui.text.selection import Selection
from hsreview.tui.text.units import Unit
from hsreview.tui.widgets.transcript_paint import Highlight
from hsreview.tui.widgets.transcript_surface import TranscriptSurface


class TranscriptView(TranscriptSurface):
    """One transcript with the codings on it. There is always a selection; every change is painted at once."""

    @dataclass
    class SelectionMoved(Message):
        """The selection, the current coding or the current hit is another one."""

        view: TranscriptView
        selection: Selection | None

        @property
        def control(self) -> TranscriptView:
            """The view, for `@on` with a selector."""
            return self.view

        def can_replace(self, message: Message) -> bool:
            """Only the last of several moves is of interest."""
            return isinstance(message, TranscriptView.SelectionMoved)

    def __init__(
        self,
        *,
        highlight: Highlight = Highlight.TINT,
        name: str | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(highlight, name, id, classes)
        self._drag_origin: int | None = None

    # What is shown

    def load(self, document: ViewDocument, codings: Iterable[ViewCoding] = (), offset: int = 0) -> None:
        """Show a text with its codings and select the unit at `offset`; the kind of unit stays."""
        self.show(TranscriptCursor(document, codings, offset, self.unit))
        self._announce()

    def set_codings(self, codings: Iterable[ViewCoding]) -> None:
        """Show these codings instead of all others."""
        self._cursor.set_codings(codings)
        self.repaint()
        self._announce()

    def add_coding(self, coding: ViewCoding) -> None:
        """Show one more coding, or another state of one that is shown."""
        self.repaint(self._cursor.add_coding(coding))
        self._announce()

    replace_coding = add_coding

    def remove_coding(self, coding_id: str) -> None:
        """Show a coding no more; nothing happens when it was not shown."""
        changed = self._cursor.remove_coding(coding_id)
        if changed is not None:
            self.repaint(changed)
            self._announce()

    def set_highlight(self, highlight: Highlight) -> None:
        """Choose how coded text looks."""
        self._highlight = highlight
        self._painter = None
        self.repaint()

    # What stands where

    @property
    def document(self) -> ViewDocument:
        """The text that is shown; an empty one before `load`."""
        return self._cursor.document

    @property
    def selection(self) -> Span | None:
        """`(start, end)` of the selection in code points; null only where nothing can be coded."""
        return self._cursor.selection.span if self._cursor.selection else None

    @property
    def unit(self) -> Unit:
        """What a step moves by."""
        return self._cursor.selection.unit if self._cursor.selection else Unit.SENTENCE

    @property
    def sticky(self) -> bool:
        """Whether moving extends."""
        return self._cursor.selection is not None and self._cursor.selection.sticky

    @property
    def highlight(self) -> Highlight:
        """How coded text looks."""
        return self._highlight

    @property
    def cursor(self) -> TranscriptCursor:
        """The state behind the view (read it; change it through the view's methods)."""
        return self._cursor

    @property
    def current_coding(self) -> ViewCoding | None:
        """The coding reached by `next_coding` or `go_to_coding`, until the selection moves away."""
        return self._cursor.current

    def codings_here(self) -> list[ViewCoding]:
        """The codings that share a character with the selection, innermost first."""
        return self._cursor.codings_here()

    # Moving and selecting: each says whether something changed

    def move_unit(self, step: int) -> bool:
        """To the next (1) or previous (-1) unit; extends while sticky."""
        return self._do(lambda cursor: cursor.move_unit(step))

    def extend_unit(self, step: int) -> bool:
        """Take one more unit (1) or give one back (-1)."""
        return self._do(lambda cursor: cursor.extend_unit(step))

    def nudge(self, step: int) -> bool:
        """Move the active end to the next (1) or previous (-1) word boundary."""
        return self._do(lambda cursor: cursor.nudge(step))

    def swap_ends(self) -> bool:
        """Make the other end the active one."""
        return self._do(TranscriptCursor.swap_ends)

    def toggle_sticky(self) -> bool:
        """Let moving extend, or stop doing so."""
        return self._do(TranscriptCursor.toggle_sticky)

    def collapse(self) -> bool:
        """Back to the one unit at the active end."""
        return self._do(TranscriptCursor.collapse)

    def set_unit(self, unit: Unit) -> bool:
        """Select the unit of that kind here, and move by it from now on."""
        return self._do(lambda cursor: cursor.set_unit(unit))

    def select(self, start: int, end: int) -> bool:
        """Select exactly `[start, end)` as far as it can be coded."""
        return self._do(lambda cursor: cursor.select(start, end))

    def next_coding(self, step: int, *, same_code: bool = False) -> bool:
        """To the next (1) or previous (-1) coding, of any code or of the one that is here."""
        return self._do(lambda cursor: cursor.next_coding(step, same_code=same_code))

    def go_to_coding(self, coding_id: str) -> bool:
        """To a coding; false when it is not shown."""
        return self._do(lambda cursor: cursor.go_to_coding(coding_id))

    def next_uncoded(self, step: int) -> bool:
        """To the next (1) or previous (-1) unit that no coding of one's own touches."""
        return self._do(lambda cursor: cursor.next_uncoded(step))

    def go_to_turn(self, number: int) -> bool:
        """To the first unit of a turn."""
        return self._do(lambda cursor: cursor.go_to_turn(number))

    def go_to_offset(self, offset: int) -> bool:
        """To the unit at an offset."""
        return self._do(lambda cursor: cursor.go_to_offset(offset))

    def go_top(self) -> bool:
        """To the first unit of the text."""
        return self.go_to_offset(0)

    def go_end(self) -> bool:
        """To the last unit of the text."""
        return self.go_to_offset(len(self.document.text))

    # Finding

    def find(self, query: str) -> int:
        """Mark every hit, go to the first from here on, and return how many there are; an empty query clears."""
        count = self._cursor.find(query)
        self.repaint()
        self.reveal()
        self._announce()
        return count

    def set_hits(self, hits: Iterable[Span]) -> int:
        """Mark these spans as hits, go to the first from here on, and return how many there are."""
        count = self._cursor.set_hits(hits)
        self.repaint()
        self.reveal()
        self._announce()
        return count

    def next_hit(self, step: int) -> bool:
        """To the next (1) or previous (-1) hit, past the last one to the first; false when there is none."""
        return self._do(lambda cursor: cursor.next_hit(step))

    def recentre(self) -> None:
        """Scroll so that the selection stands a third from the top."""
        self.reveal(recentre=True)

    # Mouse

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Select the unit under the pointer; dragging extends by units. The text stays where it is."""
        offset = self.offset_under(*event.get_content_offset_capture(self))
        if event.button == 1 and offset is not None:
            event.stop()
            self.capture_mouse()
            self._drag_origin = offset
            self._do(lambda cursor: cursor.go_to_offset(offset), reveal=False)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """While the button is down, extend to the unit under the pointer; beyond an edge the text follows."""
        column, row = event.get_content_offset_capture(self)
        origin, offset = self._drag_origin, self.offset_under(column, row)
        if origin is None or offset is None:
            return
        self._do(lambda cursor: cursor.drag(origin, offset), reveal=False)
        beyond = min(row, 0) + max(row - self.view_height + 1, 0)
        if beyond:
            self.scroll_to_line(self.scroll_offset.y + beyond)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The drag is over."""
        if self._drag_origin is not None:
            event.stop()
            self._drag_origin = None
            self.release_mouse()

    # After every change

    def _do(self, act: Callable[[TranscriptCursor], bool], *, reveal: bool = True) -> bool:
        cursor = self._cursor
        selection, current, hit = cursor.selection, cursor.current, cursor.hit
        changed = act(cursor)
        if changed:
            self._repaint_selection(selection, cursor.selection)
            for coding in (current, cursor.current):
                if coding is not None and current is not cursor.current:
                    self.repaint((coding.start, coding.end))
            for index in (hit, cursor.hit):
                if index is not None and hit != cursor.hit:
                    self.repaint(cursor.hits[index])
            if reveal:
                self.reveal()
            self._announce()
        return changed

    def _repaint_selection(self, before: Selection | None, after: Selection | None) -> None:
        """Paint the lines on which the selection looks different."""
        if before is None or after is None:
            return
        if before.start == after.start and before.end != after.end:
            self.repaint((min(before.end, after.end) - 1, max(before.end, after.end)))
        elif before.end == after.end and before.start != after.start:
            self.repaint((min(before.start, after.start), max(before.start, after.start) + 1))
        else:
            self.repaint(before.span)
            self.repaint(after.span)

    def _announce(self) -> None:
        self.place_terminal_cursor()
        self.post_message(self.SelectionMoved(self, self._cursor.selection))
