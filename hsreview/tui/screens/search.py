"""Keywords in context: every match of a search between what was said before and after it.

Enter jumps to the text; matches are marked, and coded in one act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from textual import events
from textual.widget import Widget

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.base.terminal import visible_block
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.coding.bars import slot_lines
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.search_acts import HANDLERS as ACTS
from hsreview.tui.screens.search_acts import HOW_CHOICES
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import reading, searching
from hsreview.workflows.autocoding import Unit
from hsreview.workflows.in_context import around
from hsreview.workflows.projects import Project
from hsreview.workflows.querying import newest
from hsreview.workflows.search_scopes import scope_of
from hsreview.workflows.searching import Answer, How, KwicLine, Order

LIMIT = 1000
"""Turns whose matches are listed."""
AROUND = 160
"""Characters that are shown below the list before and after a match."""
CONTEXT = 200
"""Characters of context that a line can show."""
ORDER_NAMES: Mapping[Order, str] = {
    Order.TEXT: N_("as in the texts"),
    Order.LEFT: N_("by the words before"),
    Order.RIGHT: N_("by the words after"),
}
UNIT_NAMES: Mapping[Unit, str] = {Unit.MATCH: N_("match"), Unit.SENTENCE: N_("sentence"), Unit.TURN: N_("turn")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for, where, and how it is listed."""

    words: str = ""
    how: How = How.WORDS
    limits: Mapping[str, Any] = field(default_factory=dict)
    """The arguments of `search_scopes.scope_of`."""
    order: Order = Order.TEXT
    unit: Unit = Unit.SENTENCE


@dataclass(slots=True)
class Run:
    """A search that runs beside the screen."""

    stands: tuple[object, ...]
    """What its answer is made from."""
    stopped: bool = False


class SearchScreen(ListScreen):
    """The matches of a search, a line for each."""

    SCOPES = (Scope.SEARCH,)
    ABOUT = HelpText(
        N_("Search"),
        N_(
            'Words, "phrases in quotes", beginnings (secur*), NEAR(peace budget, 5); accents and capitals do not '
            "count. Enter jumps. Marked matches (●) are coded together by a digit or the picker, as one act."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.slots = Bar(id="slots")
        self.asked = Asked()
        self.answer = Answer((), 0)
        self.lines: dict[str, KwicLine] = {}
        self.marked: set[str] = set()
        self.coded: dict[frozenset[str], frozenset[str]] = {}
        """The codings of an act → the marks that it used up, which come back when it is undone."""
        self._stands: tuple[object, ...] = ()
        """What the answer was made from: the newest record, what was asked, the coder who looks."""
        self.run: Run | None = None
        """The search that runs beside the screen."""
        self.ended = ""
        """Why the last one found nothing: it was stopped, or refused."""

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 15, place=True),
            Column("", 1),
            Column(_("Speaker"), 10, least=110),
            Column(_("Before"), tail=True),
            Column(f"│ {_('Match')}", 16),
            Column(f"│ {_('After')}"),
        )

    def body(self) -> Iterable[Widget]:
        yield self.rows
        yield self.detail
        yield self.slots
        yield self.notice

    def fill(self) -> None:
        self.asked = self.workbench.last_search or Asked()
        super().fill()
        if not self.asked.words:
            self.ask_words()

    def search(self, **changes: Any) -> None:
        """Search again with other words, limits, order or unit; what cannot be searched for changes nothing."""
        asked = replace(self.asked, **changes)
        if self.ended:
            self.ended, self._stands = "", ()
        self._find(asked)
        self.asked = self.workbench.last_search = asked
        self.reread()

    def _find(self, asked: Asked) -> None:
        """Answer what is asked, unless that is the answer there is."""
        project, coder = self.session.project, self.session.coder
        stands = (newest(project), asked.words, asked.how, asked.limits, coder.id if coder else None)
        if not asked.words or stands == self._stands or (self.run is not None and stands == self.run.stands):
            return
        scope = scope_of(project, **asked.limits)
        if asked.how is How.WORDS:
            if self.run is not None:
                self.stop()
                self.say("")
            self.answer = searching.search(project, asked.words, LIMIT, scope=scope, viewer=coder)
            self._stands, self.ended = stands, ""
        else:
            searching.check(project, asked.words, asked.how)
            self._find_beside(asked, stands, scope)

    def _find_beside(self, asked: Asked, stands: tuple[object, ...], limits: searching.Scope) -> None:
        """Search beside the screen, which goes on taking keys; Esc ends it, and so does another question."""
        self.stop()
        run = self.run = Run(stands)
        if asked != self.asked:
            self.answer = Answer((), 0)
        self.ended = ""
        self.say(_("Searching …  ·  Esc stops"))
        root, coder = self.session.project.root, self.session.coder

        def watch(turns: int) -> None:
            if run.stopped:
                raise InputRefused("")
            if turns:
                self.app.call_from_thread(self._progress, run, turns)

        def work() -> Answer | InputRefused:
            try:
                with Project.open(root) as own:
                    return searching.search(
                        own, asked.words, LIMIT, how=asked.how, scope=limits, viewer=coder, watch=watch
                    )
            except InputRefused as refused:
                return refused

        self.workbench.in_background(work, lambda answer: self._found(run, answer))

    def _progress(self, run: Run, turns: int) -> None:
        if run is self.run:
            told = ngettext("{n} turn searched", "{n} turns searched", turns).format(n=turns)
            self.say(_("Searching …  ·  Esc stops") + f"  ·  {told}")

    def _found(self, run: Run, answer: Answer | InputRefused) -> None:
        if run is not self.run:
            return
        self.run, self._stands = None, run.stands
        self.say("")
        if isinstance(answer, InputRefused):
            self.answer, self.ended = Answer((), 0), answer.message
        else:
            self.answer = answer
        self.reread()

    def stop(self) -> None:
        """End the search that runs beside the screen."""
        if self.run is not None:
            self.run.stopped = True
            self.run = None

    def back(self) -> None:
        """Stop the search that runs, else leave."""
        if self.run is None:
            self.app.pop_screen()
            return
        self._stands, self.answer, self.ended = self.run.stands, Answer((), 0), _("The search was stopped.")
        self.stop()
        self.reread()

    def on_unmount(self) -> None:
        self.stop()

    def reread(self) -> None:
        super().reread()
        self.slots.show(*slot_lines(self.session, self.size.width, two=False, scope="search"))

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = self.ended or (_("Nothing found.") if self.asked.words else "")
        try:
            self._find(self.asked)
        except HsreviewError as error:  # What it was limited to is gone, for example.
            self.answer, self._stands, self.rows.empty = Answer((), 0), (), error.message
        if self.run is not None:
            self.rows.empty = _("Searching …")
        lines = searching.kwic(self.answer.hits, self.asked.order)
        self.lines = {f"{line.hit.version_id} {line.start} {line.end}": line for line in lines}
        self.marked &= self.lines.keys()
        return [self._row(key, line) for key, line in self.lines.items()]

    def _row(self, key: str, line: KwicLine) -> Row:
        cells = (
            f"{line.hit.transcript} {line.hit.turn}",
            "●" if key in self.marked else "",
            line.hit.speaker or "–",
            line.left[-CONTEXT:].rstrip(),
            f"│ {line.keyword}",
            f"│ {line.right[:CONTEXT].lstrip()}",
        )
        return Row(key, cells)

    def show_marks(self) -> None:
        """Write the marks of the list as they are now."""
        marked = self.marked
        self.rows.show(
            [
                replace(row, cells=(row.cells[0], "●" if row.key in marked else "", *row.cells[2:]))
                for row in self.rows.rows
            ]
        )
        self.refresh_header()

    def meant(self) -> list[KwicLine]:
        """The marked matches, else the highlighted one."""
        current = self.rows.current
        keys = [key for key in self.lines if key in self.marked] or ([current.key] if current else [])
        return [self.lines[key] for key in keys]

    def title_pieces(self) -> Sequence[Piece]:
        asked = self.asked
        if not asked.words:
            return [Piece(_("Search"), "strong")]
        matches, total = len(self.lines), self.answer.total
        said = ngettext("{count} match", "{count} matches", matches).format(count=matches)
        turns = ngettext("in {count} turn", "in {count} turns", min(total, LIMIT)).format(count=min(total, LIMIT))
        more = _(" of {count}").format(count=total) if total > LIMIT else ""
        pieces = [
            Piece(_("Search"), "strong"),
            Piece(f" {asked.words} ", "key"),
            Piece(f"{said} {turns}{more}", "quiet"),
        ]
        if asked.how is not How.WORDS:
            pieces.append(Piece(f" · {_(HOW_CHOICES[asked.how][0])}", "warn"))
        if asked.limits:
            pieces.append(Piece(f" · {limits_said(self, asked.limits)}", "warn"))
        if asked.order is not Order.TEXT:
            pieces.append(Piece(f" · {_(ORDER_NAMES[asked.order])}", "quiet"))
        return pieces

    def right_pieces(self) -> Sequence[Piece]:
        n = len(self.marked)
        marked = [Piece(ngettext("{n} marked", "{n} marked", n).format(n=n) + " · ", "warn")] if n else []
        return [*marked, Piece(_(UNIT_NAMES[self.asked.unit]) + " ", "key")]

    def detail_of(self, row: Row) -> str:
        line = self.lines[row.key]
        before, after = around(self.session.project, line.hit.version_id, line.start, line.end, AROUND)
        lines = [f"{line.hit.speaker or '–'} — {before}[{line.keyword}]{after}"]
        found = reading.visible_codings(self.session.project, line.hit.version_id, self.session.coder)
        here = [c for c in found if c.start < line.end and c.end > line.start]
        if here:
            names = dict.fromkeys(str(self.session.code_name(coding.code_id)) for coding in here)
            lines.append(f"▸ {', '.join(names)}")
        return "\n".join([*lines, *self.answer.notes])

    def show_detail(self) -> None:
        super().show_detail()
        if self.rows.current is None:
            self.detail.update(visible_block("\n".join(self.answer.notes)))

    def chosen(self, row: Row) -> None:
        line = self.lines[row.key]
        transcript = reading.find_transcript(self.session.project, line.hit.transcript_id)
        hits = [(each.start, each.end) for each in self.lines.values() if each.hit.version_id == line.hit.version_id]
        self.workbench.ways.jump(transcript, start=line.start, end=line.end, hits=sorted(hits))

    def ask_words(self) -> None:
        """Ask what to search for; what cannot be searched for leaves the question open."""
        asks = {How.REGEX: _("Search for a pattern:"), How.CUES: _("Cues of which code?")}
        question = asks.get(self.asked.how, _("Search for:"))
        self.ask(question, lambda words: self.search(words=words.strip()), text=self.asked.words)

    def resized(self, event: events.Resize) -> None:
        if self.ready:
            self.slots.show(*slot_lines(self.session, event.size.width, two=False, scope="search"))


def limits_said(screen: SearchScreen, limits: Mapping[str, Any]) -> str:
    """The limits of a search in few words: `cso, uncoded`."""
    said = []
    for name, value in limits.items():
        if name == "attributes":
            said += [f"{key} = {each}" for key, each in value.items()]
        elif name in ("coded", "uncoded"):
            word = _("coded") if name == "coded" else _("not coded")
            code = "" if value == "any" else str(screen.session.code_name(value).ref)
            said.append(f"{word} {code}".rstrip())
        elif name == "group":
            labels = {each.ref: each.label.get(current_language()) for each in screen.session.codebook.groups}
            said.append(labels.get(value) or value)
        else:
            said.append(str(value))
    return ", ".join(said)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    **ACTS,
    "search.query": lambda screen: screen.ask_words(),
    "everywhere.back": lambda screen: screen.back(),
}
SearchScreen.HANDLERS = HANDLERS
