"""The selection: always there, never empty, never outside what can be coded.

A `Selection` is a value; a `Selector` makes the next one from it. All offsets are code points, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from hsreview.model.text import Span
from hsreview.tui.text.units import Spans, Unit, Units


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of the text and how it will move next."""

    start: int
    end: int
    unit: Unit
    home: Span
    """The unit or range from which it was extended."""
    forward: bool = True
    """The active end is the end; after a swap it is the start."""
    sticky: bool = False
    """Moving extends."""

    @property
    def span(self) -> Span:
        """`(start, end)`."""
        return self.start, self.end

    @property
    def active(self) -> int:
        """The offset of the character at the active end."""
        return self.end - 1 if self.forward else self.start


class Selector:
    """Makes selections in one document."""

    def __init__(self, units: Units) -> None:
        self.units = units

    def first(self, unit: Unit = Unit.SENTENCE) -> Selection | None:
        """The first unit of the text; null when the text has nothing that can be coded."""
        return self.at(0, unit) if len(self.units.said) else None

    def last(self, unit: Unit) -> Selection:
        """The last unit of the text."""
        return self.at(self.units.length, unit)

    def at(self, offset: int, unit: Unit) -> Selection:
        """The unit that holds `offset`, else the nearest one after it, else the last one."""
        spans = self.units.of(unit)
        return self._make(spans[spans.at(offset)], unit)

    def range(self, start: int, end: int, unit: Unit) -> Selection:
        """Exactly `[start, end)` as far as it can be coded; the unit nearest to it when nothing of it can be."""
        clipped = self.units.clip(start, end)
        if clipped is None:
            return self.at(start, unit)
        return Selection(*clipped, unit, clipped)

    def drag(self, origin: int, offset: int, unit: Unit) -> Selection:
        """The units from the one at `origin` to the one at `offset`, the active end at `offset`."""
        home = self.at(origin, unit)
        here = self.at(offset, unit)
        start, end = min(home.start, here.start), max(home.end, here.end)
        return replace(home, start=start, end=end, forward=here.start >= home.start)

    def move(self, selection: Selection, step: int) -> Selection:
        """The next (`step` 1) or previous (-1) unit; a sticky selection extends that way instead."""
        if selection.sticky:
            return self._carry(selection, step)
        spans = self.units.of(selection.unit)
        beside = spans.after(*selection.span) if step > 0 else spans.before(*selection.span)
        return selection if beside is None else self._make(beside, selection.unit)

    def extend(self, selection: Selection, step: int) -> Selection:
        """Take one more unit at the active end (`step` 1), or give one back (-1); the last unit stays."""
        spans = self.units.of(selection.unit)
        toward_end = (step > 0) == selection.forward
        if selection.forward:
            end = spans.next_end(selection.end) if toward_end else spans.previous_end(selection.end)
            return self._resize(selection, selection.start, end)
        start = spans.next_start(selection.start) if toward_end else spans.previous_start(selection.start)
        return self._resize(selection, start, selection.end)

    def nudge(self, selection: Selection, step: int) -> Selection:
        """Move the active end to the next (1) or previous (-1) word boundary; one word always stays."""
        words = self.units.of(Unit.WORD)
        if selection.forward:
            end = words.next_end(selection.end) if step > 0 else words.previous_end(selection.end)
            return self._resize(selection, selection.start, end)
        start = words.next_start(selection.start) if step > 0 else words.previous_start(selection.start)
        return self._resize(selection, start, selection.end)

    def swap(self, selection: Selection) -> Selection:
        """Make the other end the active one."""
        return replace(selection, forward=not selection.forward)

    def toggle_sticky(self, selection: Selection) -> Selection:
        """Let moving extend, or stop doing so."""
        return replace(selection, sticky=not selection.sticky)

    def collapse(self, selection: Selection) -> Selection:
        """The one unit at the active end, no longer sticky."""
        return self.at(selection.active, selection.unit)

    def with_unit(self, selection: Selection, unit: Unit) -> Selection:
        """The unit of that kind where the selection starts."""
        return self.at(selection.start, unit)

    def _make(self, span: Span, unit: Unit) -> Selection:
        clipped = self.units.clip(*span) or self._nearest(span[0])
        return Selection(*clipped, unit, clipped)

    def _nearest(self, offset: int) -> Span:
        said: Spans = self.units.said
        return said[said.at(offset)]

    def _resize(self, selection: Selection, start: int | None, end: int | None) -> Selection:
        if start is None or end is None or start >= end:
            return selection
        clipped = self.units.clip(start, end)
        return selection if clipped is None else replace(selection, start=clipped[0], end=clipped[1])

    def _carry(self, selection: Selection, step: int) -> Selection:
        """Move the active end by a unit in the direction of the text; at the home unit the other end takes over."""
        outward = 1 if selection.forward else -1
        if step == outward:
            return self.extend(selection, 1)
        start, end = selection.home
        at_home = selection.end <= end if selection.forward else selection.start >= start
        return self.extend(self.swap(selection), 1) if at_home else self.extend(selection, -1)
