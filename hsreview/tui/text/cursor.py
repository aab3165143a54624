"""Where the coder is in one text: the selection, the coding reached, the hits of the last search. No drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hsreview.model.text import Span
from hsreview.tui.text.document import ViewCoding, ViewDocument
from hsreview.tui.text.find import NO_HITS, FoldedText
from hsreview.tui.text.index import CodingIndex, Key, order_of
from hsreview.tui.text.selection import Selection, Selector
from hsreview.tui.text.units import Spans, Unit, Units


class TranscriptCursor:
    """The state of one open transcript. Every moving method says whether something changed."""

    def __init__(
        self,
        document: ViewDocument,
        codings: Iterable[ViewCoding] = (),
        offset: int = 0,
        unit: Unit = Unit.SENTENCE,
    ) -> None:
        self.document = document
        self.units = Units(document)
        self.selector = Selector(self.units)
        self.index = CodingIndex(codings)
        self.selection: Selection | None = self.selector.at(offset, unit) if len(self.units.said) else None
        """Null only where the text has nothing that can be coded."""
        self.current: ViewCoding | None = None
        """The coding last reached by `next_coding` or `go_to_coding`, until the selection moves away."""
        self.hits: Spans = NO_HITS
        self.hit: int | None = None
        """The hit last reached, until the selection moves away."""
        self._folded: FoldedText | None = None

    def move_unit(self, step: int) -> bool:
        """To the next (1) or previous (-1) unit."""
        return self._leave(self.selector.move(self.selection, step) if self.selection else None)

    def extend_unit(self, step: int) -> bool:
        """Take one more unit (1) or give one back (-1)."""
        return self._change(self.selector.extend(self.selection, step) if self.selection else None)

    def nudge(self, step: int) -> bool:
        """Move the active end by a word boundary."""
        return self._change(self.selector.nudge(self.selection, step) if self.selection else None)

    def swap_ends(self) -> bool:
        """Make the other end the active one."""
        return self._change(self.selector.swap(self.selection) if self.selection else None)

    def toggle_sticky(self) -> bool:
        """Let moving extend, or stop doing so."""
        return self._change(self.selector.toggle_sticky(self.selection) if self.selection else None)

    def collapse(self) -> bool:
        """Back to the one unit at the active end."""
        return self._leave(self.selector.collapse(self.selection) if self.selection else None)

    def set_unit(self, unit: Unit) -> bool:
        """Select the unit of that kind here, and move by it from now on."""
        return self._leave(self.selector.with_unit(self.selection, unit) if self.selection else None)

    def select(self, start: int, end: int) -> bool:
        """Select exactly `[start, end)`, as far as it can be coded."""
        return self._leave(self.selector.range(start, end, self.selection.unit) if self.selection else None)

    def drag(self, origin: int, offset: int) -> bool:
        """Select the units from the one at `origin` to the one at `offset`."""
        return self._leave(self.selector.drag(origin, offset, self.selection.unit) if self.selection else None)

    def go_to_offset(self, offset: int) -> bool:
        """Select the unit at `offset`."""
        return self._leave(self.selector.at(offset, self.selection.unit) if self.selection else None)

    def go_to_turn(self, number: int) -> bool:
        """Select the first unit of a turn (1 is the first; beyond the last: the last)."""
        turns = self.document.turns
        return bool(turns) and self.go_to_offset(turns[min(max(number, 1), len(turns)) - 1].label_end)

    def go_to_coding(self, coding_id: str) -> bool:
        """Select the stretch of a coding and make it the current one; false when it is not there."""
        coding = self.index.get(coding_id)
        if coding is None or self.selection is None:
            return False
        self.select(coding.start, coding.end)
        self.current = coding
        return True

    def next_coding(self, step: int, *, same_code: bool = False) -> bool:
        """To the next or previous coding, also of those that share a start; `same_code`: of the code that is here."""
        if self.selection is None:
            return False
        place: Key = (self.selection.start, -len(self.document.text) - 1, "")
        base, code_id = self.current, None
        if same_code:
            base = base or next(iter(self.codings_here()), None)
            if base is None:
                return False
            code_id = base.code_id
        coding = self.index.step(order_of(base) if base else place, step, code_id)
        return coding is not None and self.go_to_coding(coding.id)

    def next_uncoded(self, step: int) -> bool:
        """To the next or previous unit that no coding of one's own touches."""
        if self.selection is None:
            return False
        span = self.index.uncoded(self.units.of(self.selection.unit), *self.selection.span, step)
        return span is not None and self.go_to_offset(span[0])

    def codings_here(self) -> list[ViewCoding]:
        """The codings that share a character with the selection, innermost first."""
        return self.index.here(*self.selection.span) if self.selection else []

    def find(self, query: str) -> int:
        """Search the text and go to the first hit from here on; returns how many there are."""
        if self._folded is None:
            self._folded = FoldedText(self.document.text)
        return self.set_hits(self._folded.find(query))

    def set_hits(self, hits: Iterable[Span]) -> int:
        """Take these spans as hits and go to the first one from here on; returns how many there are."""
        self.hits = Spans.of(hits)
        self.hit = None
        if self.selection and len(self.hits):
            index = self.hits.at(self.selection.start)
            self._go_to_hit(0 if self.hits.ends[index] <= self.selection.start else index)
        return len(self.hits)

    def next_hit(self, step: int) -> bool:
        """To the next or previous hit, past the last one to the first; false when there is none."""
        if self.selection is None or not len(self.hits):
            return False
        if self.hit is not None:
            index = self.hit + step
        elif step > 0:
            index = self.hits.at(self.selection.end)
            index += self.hits.ends[index] <= self.selection.end
        else:
            index = self.hits.at(self.selection.start)
            index -= self.hits.ends[index] > self.selection.start
        self._go_to_hit(index % len(self.hits))
        return True

    def add_coding(self, coding: ViewCoding) -> Span:
        """Show a coding (in place of one with the same id); returns the stretch that looks different now."""
        changed = self.index.add(coding)
        if self.current and self.current.id == coding.id:
            self.current = coding
        return changed

    def remove_coding(self, coding_id: str) -> Span | None:
        """Take a coding away; returns the stretch that looks different now, null when it was not there."""
        if self.index.get(coding_id) is None:
            return None
        if self.current and self.current.id == coding_id:
            self.current = None
        return self.index.remove(coding_id)

    def set_codings(self, codings: Iterable[ViewCoding]) -> None:
        """Show these codings instead of all others."""
        self.index = CodingIndex(codings)
        self.current = self.index.get(self.current.id) if self.current else None

    def _go_to_hit(self, index: int) -> None:
        start, end = self.hits[index]
        self.drag(start, max(end - 1, start))
        if self.selection and not self.selection.forward:
            self.selection = replace(self.selection, forward=True)
        self.hit = index

    def _change(self, selection: Selection | None) -> bool:
        """Adjust the selection where it is."""
        changed = selection is not None and selection != self.selection
        if changed:
            self.selection = selection
        return changed

    def _leave(self, selection: Selection | None) -> bool:
        """Go to another place: no coding and no hit is the current one there."""
        if selection is None:
            return False
        changed = selection != self.selection or self.current is not None or self.hit is not None
        self.selection, self.current, self.hit = selection, None, None
        return changed
