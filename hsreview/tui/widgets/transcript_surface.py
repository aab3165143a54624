"""A transcript drawn line by line, without a will of its own: layout, painting, scrolling, what lies under a cell."""

from __future__ import annotations

from array import array
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.geometry import Offset, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from hsreview.base.terminal import visible
from hsreview.model.text import Span
from hsreview.tui.text.cursor import TranscriptCursor
from hsreview.tui.text.document import ViewDocument
from hsreview.tui.text.wrap import Layout, TextShape, lines_of, wrap
from hsreview.tui.widgets.palette import TINT_DARK, TINT_LIGHT, hue_colours
from hsreview.tui.widgets.transcript_paint import Columns, Highlight, LinePainter, Look, columns, lead

LINES_KEPT = 1000
"""Painted lines kept; beyond that all are dropped."""
WIDE_TERMINAL = 95
"""Columns of the terminal from which speakers and code names have columns of their own."""
WIDE_VIEW = 64
"""Columns of the view that this takes at least."""


class TranscriptSurface(ScrollView, can_focus=True, inherit_bindings=False):
    """The text, its selection and its codings as they stand in a `TranscriptCursor`."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "transcript--number",
        "transcript--speaker",
        "transcript--interviewer",
        "transcript--mark",
        "transcript--selection",
        "transcript--hit",
        "transcript--current-hit",
        "transcript--current",
    }
    DEFAULT_CSS = """
    TranscriptSurface {
        width: 1fr;
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        background: $background;
        color: $foreground;

        & .transcript--number { color: $foreground 60%; }
        & .transcript--speaker { color: $foreground; text-style: bold; }
        & .transcript--interviewer { color: $foreground 60%; text-style: italic; }
        & .transcript--mark { color: $primary; }
        & .transcript--selection {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & .transcript--hit { background: $warning; color: auto; text-style: underline; }
        & .transcript--current-hit { background: $warning; color: auto; text-style: bold reverse; }
        & .transcript--current { text-style: bold reverse; }

        &:nocolor {
            & .transcript--mark { color: $foreground; }
            & .transcript--selection { background: $background; color: $foreground; text-style: reverse; }
            & .transcript--hit { background: $background; color: $foreground; text-style: bold underline; }
            & .transcript--current-hit { text-style: bold underline reverse; }
        }
    }
    """

    def __init__(self, highlight: Highlight, name: str | None, id: str | None, classes: str | None) -> None:  # noqa: A002
        super().__init__(name=name, id=id, classes=classes)
        self._highlight = highlight
        self._cursor = TranscriptCursor(ViewDocument("", (), ()))
        self._shape = TextShape("", ())
        self._layout: Layout | None = None
        self._columns = Columns(0, 0, 0, 0)
        self._speakers: set[str] = set()
        self._painter: LinePainter | None = None
        self._strips: dict[int, Strip] = {}

    def show(self, cursor: TranscriptCursor) -> None:
        """Draw another text, its selection a third from the top."""
        document = cursor.document
        self._cursor = cursor
        self._shape = TextShape(document.text, document.turns)
        self._speakers = {turn.speaker for turn in document.turns if turn.speaker}
        self._layout = None
        self.lay_out()

    def lay_out(self) -> None:
        """Wrap the text when it or the width is new. The character at the top of the view stays there."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        wide = self.app.size.width >= WIDE_TERMINAL and width >= WIDE_VIEW
        longest = max((cell_len(visible(name)) for name in self._speakers), default=0)
        place = columns(width, len(self._shape.turns), longest, wide)
        old, top = self._layout, self.scroll_offset.y
        if old is not None and place == self._columns and self.virtual_size.width == width:
            return
        self._columns = place
        self._layout = layout = wrap(self._shape, place.text, () if wide else self._leads(place.text))
        self._painter = None
        self.virtual_size = Size(width, len(layout))
        self.repaint()
        if old is None or not len(old):
            self.reveal(recentre=True)
        else:
            self.scroll_to_line(layout.line_at(old.starts[min(top, len(old) - 1)]))

    def _leads(self, width: int) -> array[int]:
        """For each turn the cells that the name of its speaker takes before the words."""
        cells = {name: cell_len(lead(name, width)) for name in self._speakers}
        return array("I", (cells.get(turn.speaker or "", 0) for turn in self._shape.turns))

    def on_resize(self) -> None:
        """Lay the text out for the new width."""
        self.lay_out()

    def on_focus(self) -> None:
        """Bring the terminal's cursor back to the selection."""
        self.place_terminal_cursor()

    @property
    def view_height(self) -> int:
        """Rows of text that can be seen."""
        return self.scrollable_content_region.height

    @property
    def selection_rows(self) -> range:
        """The rows of this widget that the selection takes now (some may lie outside the view)."""
        if self._layout is None or self._cursor.selection is None:
            return range(0)
        lines, top = lines_of(self._layout, *self._cursor.selection.span), self.scroll_offset.y
        return range(lines.start - top, lines.stop - top)

    # Painting

    def render_line(self, y: int) -> Strip:
        """The line of the text that stands on row `y`."""
        line = y + self.scroll_offset.y
        if self._layout is None or line >= len(self._layout):
            return Strip.blank(self.size.width, self.rich_style)
        strip = self._strips.get(line)
        if strip is None:
            if self._painter is None:
                self._painter = self.make_painter(self._layout)
            if len(self._strips) >= LINES_KEPT:
                self._strips.clear()
            strip = self._strips[line] = self._painter.strip(line)
        return strip

    def make_painter(self, layout: Layout) -> LinePainter:
        """What draws the lines of this layout."""
        plain = self.app.no_color and self._highlight is Highlight.TINT
        mode = Highlight.UNDERLINE if plain else self._highlight
        return LinePainter(self._cursor, layout, self._columns, self._look(), mode)

    def repaint(self, span: Span | None = None) -> None:
        """Paint the lines that hold `span` again, or all of them."""
        if span is None:
            self._strips.clear()
            self.refresh()
        elif self._layout is not None and len(self._layout):
            lines, top = lines_of(self._layout, *span), self.scroll_offset.y
            for line in lines if len(lines) < len(self._strips) else [*self._strips]:
                if line in lines:
                    self._strips.pop(line, None)
            first, stop = max(lines.start, top), min(lines.stop, top + self.view_height)
            if first < stop:
                self.refresh_lines(first, stop - first)

    def notify_style_update(self) -> None:
        """The theme or a style changed: paint everything anew."""
        super().notify_style_update()
        self._painter = None
        self._strips.clear()

    def _look(self) -> Look:
        base = self.rich_style
        background = self.background_colors[1]
        dark = self.app.current_theme.dark
        hues = hue_colours(dark, self.app.theme_variables)
        tint = TINT_DARK if dark else TINT_LIGHT
        mark = self._part("mark")
        return Look(
            base=base,
            number=base + self._part("number"),
            speaker=base + self._part("speaker"),
            interviewer=base + self._part("interviewer"),
            mark=base + mark,
            mark_colour=Style(color=mark.color),
            selection=self._part("selection"),
            hit=self._part("hit"),
            current_hit=self._part("current-hit"),
            current=self._part("current"),
            hues={name: base + Style(color=colour.rich_color) for name, colour in hues.items()},
            tints={name: Style(bgcolor=background.blend(colour, tint).rich_color) for name, colour in hues.items()},
            other_tint=Style(bgcolor=background.blend(self.styles.color, tint / 2).rich_color),
        )

    def _part(self, name: str) -> Style:
        """One component's own style, its colour mixed with what is behind it, which Textual leaves out."""
        style = self.get_component_rich_style(f"transcript--{name}", partial=True)
        styles = self.get_component_styles(f"transcript--{name}")
        if not (styles.has_rule("color") or styles.has_rule("auto_color")):
            return style
        behind = styles.background if styles.background.a else self.background_colors[1]
        colour = behind.get_contrast_text(1.0) if styles.auto_color else styles.color
        return style + Style(color=(behind + colour).rich_color)

    # Scrolling: the selection stays where it is

    def reveal(self, *, recentre: bool = False) -> None:
        """Scroll so that the selection stands a third from the top; only when it left the view, or always."""
        selection = self._cursor.selection
        height = self.view_height
        if self._layout is None or selection is None or height <= 0:
            return
        lines = lines_of(self._layout, *selection.span)
        if selection.span != selection.home:
            active = self._layout.line_at(selection.active)
            lines = range(active, active + 1)
        elif len(lines) > height:
            lines = lines[:1]
        top = self.scroll_offset.y
        if recentre or lines.start < top or lines.stop > top + height:
            self.scroll_to_line(lines.start - min(height // 3, height - len(lines)))

    def scroll_to_line(self, line: int) -> None:
        """Put a line at the top of the view, as far as the text allows it."""
        self.scroll_to(y=line, animate=False, force=True)
        self.place_terminal_cursor()

    def action_page_down(self) -> None:
        """One page on."""
        self.scroll_to_line(self.scroll_offset.y + max(self.view_height - 1, 1))

    def action_page_up(self) -> None:
        """One page back."""
        self.scroll_to_line(self.scroll_offset.y - max(self.view_height - 1, 1))

    def action_scroll_down(self) -> None:
        """One line on."""
        self.scroll_to_line(self.scroll_offset.y + 1)

    def action_scroll_up(self) -> None:
        """One line back."""
        self.scroll_to_line(self.scroll_offset.y - 1)

    def action_scroll_home(self) -> None:
        """To the top of the text."""
        self.scroll_to_line(0)

    def action_scroll_end(self) -> None:
        """To the end of the text."""
        self.scroll_to_line(self.virtual_size.height)

    def place_terminal_cursor(self) -> None:
        """Put the hidden hardware cursor on the selection: screen readers and magnifiers follow it."""
        selection = self._cursor.selection
        if self._layout is None or selection is None or not self.has_focus:
            return
        offset = selection.start if selection.span == selection.home else selection.active
        line = self._layout.line_at(offset)
        row = line - self.scroll_offset.y
        if 0 <= row < self.view_height:
            column = self._columns.text_x + self._layout.column(line, offset)
            self.app.cursor_position = self.content_region.offset + Offset(column, row)

    def offset_under(self, column: int, row: int) -> int | None:
        """The offset of the character shown at a cell of the content, or nearest to it; null without a text."""
        if self._layout is None or not len(self._layout):
            return None
        line = min(max(row + self.scroll_offset.y, 0), len(self._layout) - 1)
        return self._layout.offset_at(line, column - self._columns.text_x)
