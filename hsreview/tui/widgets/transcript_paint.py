"""How one line of the transcript is drawn: number, speaker, text, stripes, code names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from hsreview.base.messages import labelled
from hsreview.base.terminal import visible
from hsreview.model.text import Span
from hsreview.tui.text.cells import cell_widths, shown
from hsreview.tui.text.cursor import TranscriptCursor
from hsreview.tui.text.document import ViewCoding
from hsreview.tui.text.find import hits_between
from hsreview.tui.text.index import LANES_SHOWN
from hsreview.tui.text.wrap import Layout

TEXT_CELLS = 96
STRIPE_CELLS = LANES_SHOWN + 1
_TINTED_AT_MOST = 40
"""Codings looked at for the highlight of one line; a line that has more is a wall of colour anyway."""
_PLAIN, _HIT, _CURRENT_HIT = range(3)
_UNDERLINE = Style(underline=True)


class Highlight(StrEnum):
    """How coded text looks."""

    TINT = "tint"
    UNDERLINE = "underline"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the parts of a line stand, in cells."""

    number: int
    speaker: int
    """0: names stand before the words, in the column of the text."""
    text: int
    names: int
    """0: stripes without names."""

    @property
    def text_x(self) -> int:
        """The first cell of the text; the cell before it belongs to the selection's mark."""
        return self.number + (self.speaker + 2 if self.speaker else 0) + 1

    @property
    def stripes_x(self) -> int:
        """The first stripe; the cell before it belongs to the selection's mark."""
        return self.text_x + self.text + 1


def columns(width: int, turns: int, longest_label: int, wide: bool) -> Columns:
    """The columns of a view `width` cells wide; without `wide` only number, text and stripes."""
    number = max(len(str(turns)), 3) + 1
    speaker = min(max(longest_label, 4), max(width // 8, 12)) if wide else 0
    names = min(max(width // 6, 14), 32) if wide else 0
    frame = Columns(number, speaker, 0, names)
    text = width - frame.stripes_x - STRIPE_CELLS - (names + 1 if names else 0)
    return Columns(number, speaker, max(min(text, TEXT_CELLS), 10), names)


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of the parts of a line under the current theme."""

    base: Style
    number: Style
    speaker: Style
    interviewer: Style
    mark: Style
    mark_colour: Style
    """Only the colour of the mark, for one that stands on tinted text."""
    selection: Style
    hit: Style
    current_hit: Style
    current: Style
    hues: dict[str, Style]
    tints: dict[str, Style]
    other_tint: Style
    """For a coding whose hue is unknown."""


class LinePainter:
    """Draws the lines of one cursor's text in one layout."""

    def __init__(self, cursor: TranscriptCursor, layout: Layout, place: Columns, look: Look, mode: Highlight) -> None:
        self.cursor = cursor
        self.layout = layout
        self.columns = place
        self.look = look
        self.mode = mode
        self._mixed: dict[tuple[str | None, bool, int], Style] = {}

    def strip(self, line: int) -> Strip:
        """The line as it is now."""
        place, base = self.columns, self.look.base
        reach = self.layout.reach(line)
        codings = self.cursor.index.touching(*reach)
        segments = [*self._gutter(line), *self._text(line, codings)]
        if codings:
            used = sum(cell_len(segment.text) for segment in segments)
            segments.append(Segment(" " * (place.stripes_x - used), base))
            segments += self._stripes(reach, codings)
            if place.names:
                segments += self._names([coding for coding in codings if coding.start >= reach[0]])
        return Strip(segments)

    def _gutter(self, line: int) -> Iterator[Segment]:
        place, look = self.columns, self.look
        turn_index = self.layout.turn_of(line)
        if self.layout.first[turn_index] != line:
            yield Segment(" " * (place.text_x - 1), look.base)
            return
        turn = self.cursor.document.turns[turn_index]
        yield Segment(f"{turn.number:>{place.number}}", look.number)
        if place.speaker:
            label = fit(visible(turn.speaker or ""), place.speaker)
            yield Segment(f" {label} ", self._speaker_look(turn.speaker))

    def _speaker_look(self, speaker: str | None) -> Style:
        return self.look.interviewer if speaker in self.cursor.document.interviewers else self.look.speaker

    def _lead(self, line: int) -> Iterator[Segment]:
        """The speaker's name before the words of a turn, where it has no column of its own."""
        cells = self.layout.lead(line)
        if not cells:
            return
        speaker = self.cursor.document.turns[self.layout.turn_of(line)].speaker
        yield Segment(" ", self.look.base)
        name = lead(speaker or "", self.columns.text).rstrip(" ")
        yield Segment(fit(name, cells - 1), self._speaker_look(speaker))

    def _text(self, line: int, codings: list[ViewCoding]) -> Iterator[Segment]:
        """The cell before the text, the text, and the mark after it."""
        text, look = self.cursor.document.text, self.look
        start, end = self.layout.starts[line], self.layout.ends[line]
        first, last = self._selected(start, end)
        yield from self._lead(line)
        yield Segment(self._opening(first) if first == start < last else " ", look.mark)
        # A line has too few codings to search: the shortest that holds a piece gives it its colour.
        tinted = [] if self.mode is Highlight.MARGIN else codings[:_TINTED_AT_MOST]
        tinted.sort(key=lambda coding: coding.end - coding.start)
        hits = hits_between(self.cursor.hits, start, end)
        for a, b in pairwise(self._cuts(line, tinted, hits, (first, last))):
            hue = next((coding.hue for coding in tinted if coding.start <= a and coding.end >= b), None)
            kind = next((self._kind(hit) for hit in hits if hit[0] <= a and hit[1] >= b), _PLAIN)
            piece, style = shown(text[a:b]), self._mix(hue, first <= a < last, kind)
            if piece == " " and first < last and (b == first or a == last):
                piece, style = self._opening(first) if b == first else self._closing(last), style + look.mark_colour
            yield Segment(piece, style)
        if first < last == end:
            yield Segment(self._closing(last), look.mark)

    def _selected(self, start: int, end: int) -> Span:
        selection = self.cursor.selection
        return (max(selection.start, start), min(selection.end, end)) if selection else (end, end)

    def _opening(self, first: int) -> str:
        selection = self.cursor.selection
        return "█" if selection and not selection.forward and selection.start == first else "▐"

    def _closing(self, last: int) -> str:
        selection = self.cursor.selection
        return "█" if selection and selection.sticky and selection.forward and selection.end == last else "▌"

    def _cuts(self, line: int, codings: list[ViewCoding], hits: list[Span], selected: Span) -> list[int]:
        """Where the look may change within the line, its start and end included."""
        start, end = self.layout.starts[line], self.layout.ends[line]
        first, last = selected
        edges = {first - 1, first, last, last + 1} if first < last else set()
        for coding in codings:
            edges.update((coding.start, coding.end))
        for hit in hits:
            edges.update(hit)
        inside = {edge for edge in edges if start < edge < end}
        if inside and self.layout.is_odd(line):
            widths = cell_widths(self.cursor.document.text[start:end])
            inside = {_sequence_start(widths, edge - start) + start for edge in inside} - {start}
        return [start, *sorted(inside), end] if start < end else []

    def _kind(self, hit: Span) -> int:
        reached = self.cursor.hit
        return _CURRENT_HIT if reached is not None and self.cursor.hits[reached] == hit else _HIT

    def _mix(self, hue: str | None, selected: bool, hit: int) -> Style:
        key = (hue, selected, hit)
        style = self._mixed.get(key)
        if style is None:
            look = self.look
            style = look.base
            if hue is not None:
                style += look.tints.get(hue, look.other_tint) if self.mode is Highlight.TINT else _UNDERLINE
            if selected:
                style += look.selection
            if hit:
                style += look.current_hit if hit == _CURRENT_HIT else look.hit
            self._mixed[key] = style
        return style

    def _stripes(self, reach: Span, codings: list[ViewCoding]) -> Iterator[Segment]:
        lanes: list[list[ViewCoding]] = [[] for _ in range(LANES_SHOWN)]
        more = " "
        for coding in codings:
            lane = self.cursor.index.lane(coding.id)
            if lane < LANES_SHOWN:
                lanes[lane].append(coding)
            else:
                more = "…"
        for held in lanes:
            if held:
                shown_first = next((coding for coding in held if coding is self.cursor.current), held[-1])
                yield Segment(_glyph(held, reach), self._hue(shown_first))
            else:
                yield Segment(" ", self.look.base)
        yield Segment(more, self.look.number)

    def _hue(self, coding: ViewCoding) -> Style:
        style = self.look.hues.get(coding.hue, self.look.base)
        return style + self.look.current if coding is self.cursor.current else style

    def _names(self, codings: list[ViewCoding]) -> Iterator[Segment]:
        """The names of the codings that start on the line, the current one first, `+n` for those without room."""
        codings.sort(key=lambda coding: coding is not self.cursor.current)
        room = self.columns.names
        yield Segment(" ", self.look.base)
        for index, coding in enumerate(codings):
            rest = len(codings) - index - 1
            # Room for "+12", should the following names not fit.
            keep = len(f" +{rest}") if rest else 0
            name = visible(coding.name if coding.mine or not coding.coder else f"{coding.name} ({coding.coder})")
            marks = f" {visible(coding.marks)}" if coding.marks else ""
            if index and cell_len(name) + cell_len(marks) + 2 + keep > room:
                yield Segment(fit(f" +{rest + 1}", room).rstrip(), self.look.number)
                return
            if index:
                yield Segment(", ", self.look.number)
                room -= 2
            label = fit(name, max(0, min(cell_len(name), room - keep - cell_len(marks)))) + marks
            yield Segment(label, self._hue(coding))
            room -= cell_len(label)


def lead(speaker: str, width: int) -> str:
    """What stands before the words of a turn in a text column of `width` cells, the mark's cell included."""
    name = labelled(visible(speaker), "").rstrip(" ")
    return fit(name, min(cell_len(name), max(width // 2 - 1, 1))) + " "


def fit(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells, cut with `…` or filled with blanks."""
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(text, max(cells - 1, 0)) + "…" if cells > 0 else ""


def _glyph(held: list[ViewCoding], reach: Span) -> str:
    """The stripe of one lane: own codings heavy, those of others light."""
    glyphs = "╺┏┗┃┣" if held[-1].mine else "╶┌└│├"
    from_above, to_below = held[0].start < reach[0], held[-1].end > reach[1]
    if len(held) > 1 and (from_above or to_below):
        return glyphs[4]
    return glyphs[2 * from_above + to_below]


def _sequence_start(widths: list[int], index: int) -> int:
    while widths[index] < 0:
        index -= 1
    return index
