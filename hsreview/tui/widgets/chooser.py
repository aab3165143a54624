"""Choose one line of many by typing a part of it: the code picker, the palette, and every other choice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from hsreview.base.messages import N_, _
from hsreview.tui.action import Scope
from hsreview.tui.actions import find
from hsreview.tui.help import HelpText
from hsreview.tui.keymap import Keymap
from hsreview.tui.line_editor import LineEditor
from hsreview.tui.widgets.bar import fitted
from hsreview.tui.widgets.floating import Floating, beside, wrapped
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench


@dataclass(frozen=True)
class Choice:
    """What is to be chosen, and what follows."""

    title: str
    find: Callable[[str], Sequence[Row]]
    """The rows that match what was typed."""
    choose: Callable[[Row], object]
    columns: Sequence[Column] = (Column(""),)
    rule: Callable[[Row], str] | None = None
    """What is said of the highlighted row, below the list."""
    stay: bool = False
    """Whether Tab applies and leaves the panel open."""
    again: Callable[[], None] | None = None
    """What Enter does while nothing was typed; without it, Enter takes the highlighted row."""
    new: Callable[[str], None] | None = None
    """What `ctrl+n` does with the typed words; Enter makes nothing new of them."""
    total: int = 0
    hint: str = ""
    own_words: bool = False
    """Whether `new` makes something else than a code, as the hint says."""


@dataclass
class _Open:
    choice: Choice
    rows: Sequence[Row]
    line: LineEditor = field(default_factory=LineEditor)
    cursor: int = 0
    top: int = 0
    moved: bool = False


class Chooser(Floating):
    """The panel; `open` shows it, a choice or Esc takes it away."""

    ABOUT = HelpText(
        N_("Choose"),
        N_("Type a part of a name, a number or a cue; the arrows go to another line. Enter takes it, Esc closes."),
    )

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.state: _Open | None = None
        self.on_closed: Callable[[], None] = lambda: None

    def open(
        self, choice: Choice, screen: Size, avoid: Region | None = None, *, width: int = 76, height: int = 14
    ) -> None:
        """Ask for `choice`, without covering the region `avoid`."""
        self.state = _Open(choice, choice.find(""))
        self.entitle(fitted(choice.title, min(width, screen.width) - 8).rstrip(), choice.hint)
        lines = (choice.total or len(self.state.rows)) + 3 + (3 if choice.rule else 0)
        self.place(beside(avoid, screen, Size(width, max(8, min(height, lines)))))
        self.refresh()

    def close(self) -> None:
        """Take the panel away."""
        self.state = None
        self.hide()
        self.on_closed()

    @property
    def current(self) -> Row | None:
        """The highlighted row."""
        state = self.state
        return state.rows[state.cursor] if state and state.cursor < len(state.rows) else None

    def take_key(self, event: events.Key) -> bool:
        state = self.state
        if state is None:
            return False
        entry = self.keymap.action_for(event.key, Scope.CHOOSER)
        if entry is not None:
            COMMANDS[entry.name](self)
        elif state.line.take(event.key, event.character):
            self._search()
        return True

    def take_paste(self, text: str) -> None:
        if self.state is not None:
            self.state.line.insert(text)
            self._search()

    def _search(self) -> None:
        state = self.state
        if state is not None:
            state.rows = state.choice.find(state.line.text)
            state.cursor = state.top = 0
            state.moved = False
            self.refresh()

    def clear(self) -> None:
        """Forget what was typed."""
        if self.state is not None:
            self.state.line.set("")
            self._search()

    def on_click(self, event: events.Click) -> None:
        state = self.state
        index = event.y - 2 + state.top if state else -1
        if state is not None and event.y >= 2 and index < len(state.rows):
            state.cursor, state.moved = index, True
            cast("Workbench", self.app).guarded(self.choose)

    def offers(self, name: str) -> bool:
        """Whether the action of this name means something for what is being chosen."""
        choice = self.state.choice if self.state else None
        wanted = {
            "choose_and_stay": choice is not None and choice.stay,
            "new_code": choice is not None and choice.new and not choice.own_words,
        }
        return bool(wanted.get(name, True))

    def move(self, step: int) -> None:
        """Move the highlight by `step` rows."""
        state = self.state
        if state is not None and state.rows:
            state.cursor = max(0, min(state.cursor + step, len(state.rows) - 1))
            state.moved = True
            room = self._list_height
            state.top = min(max(state.top, state.cursor - room + 1), state.cursor)
            self.refresh()

    def choose(self, *, stay: bool = False) -> None:
        """Take the highlighted row; with nothing typed and nothing moved, what `again` says."""
        state, row = self.state, self.current
        if state is None:
            return
        choice = state.choice
        stay = stay and choice.stay
        again = choice.again if not state.line.text and not state.moved else None
        if again is None and row is None:
            self.app.bell()
            return
        if not stay:
            self.close()
        if again is not None:
            again()
        elif row is not None:
            choice.choose(row)
        if stay and self.state is state:
            state.line.set("")
            self._search()

    def propose(self) -> None:
        """Make something new of the typed words, where that is possible."""
        state = self.state
        if state is not None and state.choice.new is not None:
            typed, new = state.line.text, state.choice.new
            self.close()
            new(typed)

    @property
    def _rule_height(self) -> int:
        if self.state is None or self.state.choice.rule is None:
            return 0
        return 1 if self.content_size.height < 7 else 2 if self.content_size.height < 10 else 3

    @property
    def _list_height(self) -> int:
        return max(1, self.content_size.height - 1 - self._rule_height)

    def render_line(self, y: int) -> Strip:
        state = self.state
        if state is None:
            return self.line()
        if y == 0:
            return self._query_line(state)
        if y <= self._list_height:
            return self._row_line(state, state.top + y - 1)
        return self._rule_line(state, y - 1 - self._list_height)

    def _query_line(self, state: _Open) -> Strip:
        before, under, after = state.line.shown()
        total = state.choice.total or len(state.rows)
        count = _("{shown} of {total}").format(shown=len(state.rows), total=total)
        room = max(0, self.content_size.width - len(count) - 5)
        line = self.line(
            ("> ", self.look("key")),
            (before[-room:], self.look("strong")),
            (under, self.look("caret")),
            (after, self.look("strong")),
        )
        tail = self.line((count, self.look("quiet"))).crop(0, len(count))
        return Strip([*line.crop(0, self.content_size.width - len(count)), *tail])

    def _row_line(self, state: _Open, index: int) -> Strip:
        if index >= len(state.rows):
            return self.line((self._nothing(state) if not state.rows and index == 0 else "", self.look("quiet")))
        row = state.rows[index]
        here = index == state.cursor
        parts = [("▸ " if here else "  ", self.look("key"))]
        for column, cell, room in zip(state.choice.columns, row.cells, self._widths(state), strict=False):
            if room:
                text = fitted(cell, room)
                text = text.rstrip().rjust(room) if column.right else text
                parts.append(
                    (
                        text + " ",
                        self.hue(row.hue)
                        if column.hued and not here
                        else self.look("strong" if column.hued else "quiet"),
                    )
                )
        if here:
            ground = self.look("cursor")
            return self.line(*((text, ground) for text, _style in parts), base=ground)
        return self.line(*parts)

    def _nothing(self, state: _Open) -> str:
        if state.choice.new is not None and state.line.text:
            key = self.keymap.shown(find("chooser.new_code"))
            return "  " + _("No match. {key} makes a new one: “{words}”.").format(key=key, words=state.line.text)
        return "  " + _("No match.")

    def _rule_line(self, state: _Open, y: int) -> Strip:
        row = self.current
        if row is None or state.choice.rule is None:
            return self.line()
        lines = wrapped(state.choice.rule(row), self.content_size.width - 2, self._rule_height)
        return self.line((f" {lines[y]}" if y < len(lines) else "", self.look("rule")))

    def _widths(self, state: _Open) -> list[int]:
        room = self.content_size.width - 2
        columns = [column for column in state.choice.columns]
        shown = [room >= column.least for column in columns]
        fixed = sum((column.width or 0) + 1 for column, show in zip(columns, shown, strict=True) if show)
        flexible = sum(1 for column, show in zip(columns, shown, strict=True) if show and not column.width)
        share = max(4, room - fixed) // flexible if flexible else 0
        return [(column.width or share) if show else 0 for column, show in zip(columns, shown, strict=True)]


COMMANDS: dict[str, Callable[[Chooser], None]] = {
    "down": lambda chooser: chooser.move(1),
    "up": lambda chooser: chooser.move(-1),
    "page_down": lambda chooser: chooser.move(chooser._list_height),
    "page_up": lambda chooser: chooser.move(-chooser._list_height),
    "choose": lambda chooser: chooser.choose(),
    "choose_and_stay": lambda chooser: chooser.choose(stay=True),
    "new_code": lambda chooser: chooser.propose(),
    "cancel": lambda chooser: chooser.close(),
    "clear": lambda chooser: chooser.clear(),
}
