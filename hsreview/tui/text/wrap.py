"""Line layout of a transcript over offsets: no string is stored, three numbers a line at most.

A line breaks at U+0020 (which is skipped) and at `\\n`, at no other character; a word longer than the line is cut, but
never inside a sequence of characters that belong together.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from hsreview.model.text import Span, Turn
from hsreview.tui.text.cells import cell_widths, next_odd


class TextShape:
    """What wrapping needs to know of a text, whatever the width."""

    def __init__(self, text: str, turns: Sequence[Turn]) -> None:
        self.text = text
        self.turns = turns
        self.starts = array("I", (turn.start for turn in turns))
        self.odd = self._odd_turns()
        """One byte per turn: 1 when its characters must be measured one by one."""

    def turn_at(self, offset: int) -> int:
        """The index of the turn that holds `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def _odd_turns(self) -> bytearray:
        flags = bytearray(len(self.turns))
        end = len(self.text)
        position = end if self.text.isascii() else 0
        while position < end and (offset := next_odd(self.text, position, end)) is not None:
            turn = self.turn_at(offset)
            flags[turn] = 1
            position = self.turns[turn].end
        return flags


class Layout:
    """The lines of a text at one width. Every offset of the text belongs to exactly one line."""

    def __init__(self, shape: TextShape, width: int, leads: Sequence[int] = ()) -> None:
        self.shape = shape
        self.width = width
        self.leads = leads
        """For each turn the cells that its first line leaves free at its start; empty: none does."""
        self.starts = array("I")
        self.ends = array("I")
        """Where what is shown of a line ends: the blank or line end after it is not shown."""
        self.first = array("I")
        """For each turn its first line."""

    def __len__(self) -> int:
        return len(self.starts)

    def turn_of(self, line: int) -> int:
        """The index of the turn that the line belongs to."""
        return bisect_right(self.first, line) - 1

    def line_at(self, offset: int) -> int:
        """The line that holds `offset`; a label that is not shown belongs to its turn's first line."""
        line = bisect_right(self.starts, offset) - 1
        return max(line, self.first[self.shape.turn_at(offset)])

    def reach(self, line: int) -> Span:
        """The offsets that belong to the line, with what is not shown of it; lines partition the text."""
        turn = self.turn_of(line)
        start = self.shape.turns[turn].start if self.first[turn] == line else self.starts[line]
        last = line + 1 == len(self) or (turn + 1 < len(self.first) and self.first[turn + 1] == line + 1)
        return start, self.shape.turns[turn].end if last else self.starts[line + 1]

    def is_odd(self, line: int) -> bool:
        """Whether cells and characters may differ on the line."""
        return bool(self.shape.odd[self.turn_of(line)])

    def lead(self, line: int) -> int:
        """The cells that the line leaves free at its start."""
        if not self.leads:
            return 0
        turn = self.turn_of(line)
        return self.leads[turn] if self.first[turn] == line else 0

    def column(self, line: int, offset: int) -> int:
        """The cell, counted from the line's start, at which the sequence that holds `offset` is shown."""
        return self.lead(line) + self._cells_before(line, offset)

    def _cells_before(self, line: int, offset: int) -> int:
        start, end = self.starts[line], self.ends[line]
        offset = min(max(offset, start), end)
        if not self.is_odd(line):
            return offset - start
        widths = cell_widths(self.shape.text[start:end])
        index = offset - start
        while index < len(widths) and widths[index] < 0:
            index -= 1
        return sum(cells for cells in widths[:index] if cells > 0)

    def offset_at(self, line: int, column: int) -> int:
        """The offset of the character shown at the cell; the last one of the line beyond its end."""
        start, end = self.starts[line], self.ends[line]
        column -= self.lead(line)
        last = max(end - 1, start)
        if not self.is_odd(line):
            return min(start + max(column, 0), last)
        passed = 0
        for index, cells in enumerate(cell_widths(self.shape.text[start:end])):
            passed += max(cells, 0)
            if passed > column:
                return start + index
        return last


def wrap(shape: TextShape, width: int, leads: Sequence[int] = ()) -> Layout:
    """Lay the text out in lines of at most `width` cells (a sequence wider than that has a line of its own).

    A turn's first line starts after its label. `leads` gives for each turn the cells (fewer than `width`) that this
    line leaves free at its start, for the speaker's name.
    """
    width = max(width, 1)
    layout = Layout(shape, width, leads)
    text, odd = shape.text, shape.odd
    add_start, add_end, find, rfind = layout.starts.append, layout.ends.append, text.find, text.rfind
    for index, turn in enumerate(shape.turns):
        layout.first.append(len(layout.starts))
        position = turn.label_end
        end = turn.end
        room = width - leads[index] if leads else width
        while end > position and text[end - 1] == "\n":
            end -= 1
        while True:
            stop = find("\n", position, end)
            if stop < 0:
                stop = end
            if odd[index]:
                _wrap_odd(layout, position, stop, width - room)
            else:
                while stop - position > room:
                    cut = rfind(" ", position + 1, position + room + 1)
                    following = cut + 1
                    if cut < 0:
                        cut = following = position + room
                    add_start(position)
                    add_end(cut)
                    position = following
                    room = width
                    if position == stop:
                        break
                else:
                    add_start(position)
                    add_end(stop)
            if stop == end:
                break
            position, room = stop + 1, width
    return layout


def _wrap_odd(layout: Layout, start: int, stop: int, used: int) -> None:
    """Lay out one paragraph whose characters must be measured; `used` cells of its first line are taken."""
    text, width = layout.shape.text, layout.width
    widths = cell_widths(text[start:stop])
    widths.append(0)
    line = start
    space = -1
    used_to_space = 0
    for offset in range(start, stop):
        cells = widths[offset - start]
        if cells < 0:
            continue
        # A blank that carries an accent is no place to break.
        breakable = text[offset] == " " and widths[offset - start + 1] >= 0
        if used + cells > width and offset > line and breakable:
            layout.starts.append(line)
            layout.ends.append(offset)
            line, space, used = offset + 1, -1, 0
            continue
        while used + cells > width and offset > line:
            cut, following, kept = (space, space + 1, used - used_to_space) if space > line else (offset, offset, 0)
            layout.starts.append(line)
            layout.ends.append(cut)
            line, space, used = following, -1, kept
        if breakable:
            space, used_to_space = offset, used + cells
        used += cells
    if line < stop or line == start:
        layout.starts.append(line)
        layout.ends.append(stop)


def lines_of(layout: Layout, start: int, end: int) -> range:
    """The lines that share a character with `[start, end)`."""
    return range(layout.line_at(start), layout.line_at(max(end - 1, start)) + 1)
