"""Queries: an expression, the codings that it picks, and whose they are. Enter jumps to the text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from textual import events
from textual.widget import Widget

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.coding.picker import code_choice
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.floating import wrapped
from hsreview.tui.widgets.query_line import QueryLine
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import querying, reading, saved_queries
from hsreview.workflows.querying import Answer, CodedSegment, Hit, OpenLayer, QueryFault
from hsreview.workflows.saved_queries import SavedQuery
from hsreview.workflows.undoing import UndoResult

LIMIT = 1000
"""Codings that are listed."""
NOTE_LINES = 4
"""Lines of what a reader should know of an answer."""
PARTNERS_SHOWN = 3
"""Partners whose words stand below the list."""


class QueryScreen(ListScreen):
    """What an expression picks in one layer."""

    SCOPES = (Scope.QUERY,)
    ABOUT = HelpText(
        N_("Queries"),
        N_(
            "An expression picks codings of one layer, such as: D1 and not K4 · (P* or O*) within turn M1 · D and "
            "group = cso. The line of numbers counts the interviews reviewed. Enter jumps to the text."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.expression = QueryLine(self.ask_expression, self._line_left, self._pick_code)
        self.who = Bar(id="who")
        self.opened: OpenLayer | None = None
        self.answer: Answer | None = None
        self.refused = False
        """Whether what is being written was refused."""
        self._stands: tuple[int, str | None, str | None] | None = None
        """What the open layer was read from: the newest record, the layer, the coder who looks."""
        self._told: tuple[str, Sequence[str]] = ("", ())
        """The expression of the saved query that was opened, and what has changed since it was saved."""

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 22, place=True),
            Column(_("Code"), 20, hued=True),
            Column(_("Coder"), 8, least=110),
            Column(_("Who"), 14, least=100),
            Column(_("With"), 14, least=90),
            Column(_("Words")),
        )

    def body(self) -> Iterable[Widget]:
        yield self.expression
        yield self.who
        yield from super().body()

    def fill(self) -> None:
        self.expression.asked = self.workbench.last_query
        super().fill()
        if not self.expression.asked:
            self.write_expression()

    # The line

    def write_expression(self) -> None:
        """Let the user write."""
        self.expression.begin()
        self._panel_opened(self.expression)

    def _line_left(self) -> None:
        self._panel_closed(self.expression)
        if self.refused:
            self.refused = False
            super().reread()

    def _refuse(self, error: HsreviewError, column: int) -> None:
        """Say what is wrong; the answer to another expression must not stand below it."""
        self.refused = True
        self.expression.refused(error, column)
        super().reread()

    def _pick_code(self) -> None:
        def choose(code_id: str) -> None:
            self.expression.insert(querying.in_words(self.session.places[code_id].code.ref))

        self.choose(code_choice(self, _("Which code?"), choose))

    def ask_expression(self, expression: str) -> None:
        """Ask; an expression that cannot be read stays, with what is wrong under its column."""
        try:
            notes = self._told[1] if self._told[0] == expression else ()
            answer = self._open_layer().ask(expression, LIMIT, notes=notes)
        except HsreviewError as error:
            self._refuse(error, error.column if isinstance(error, QueryFault) else 0)
            return
        self.workbench.last_query = expression
        self.answer = answer
        self.expression.answered(expression, answer.read)
        super().reread()

    def ask_saved(self, saved: SavedQuery) -> None:
        """Ask a saved query; one that cannot be asked any more is there to be changed."""
        self.expression.asked, self._told = saved.today, (saved.today, saved.notes)
        if saved.fault is None:
            self.reread()
            return
        self.write_expression()
        self._refuse(saved.fault, saved.fault.column)

    def refresh_footer(self) -> None:
        if self.takers and self.takers[-1] is self.expression:
            self.footer.show_line(self.expression.footer())
        else:
            super().refresh_footer()

    def resized(self, event: events.Resize) -> None:
        self.expression.write()
        self._write_who()

    # The list

    def _open_layer(self) -> OpenLayer:
        project, coder = self.session.project, self.session.coder
        wish = self.workbench.last_layer or querying.default_layer(project, coder)
        stands = (querying.newest(project), wish, coder.id if coder else None)
        if self.opened is None or stands != self._stands:
            self.opened = self.answer = None
            self.opened = querying.open_layer(project, wish, viewer=coder)
            self._stands = stands
        return self.opened

    def reread(self) -> None:
        expression = self.expression.asked
        if expression and not self.expression.writing and not self._is_current():
            self.answer = None
            self.ask_expression(expression)
            if self.answer is not None:
                return
        self.expression.write()
        super().reread()

    def _is_current(self) -> bool:
        """Whether the answer is that of the project as it is now."""
        try:
            self._open_layer()
        except HsreviewError:
            return False
        return self.answer is not None and self.answer.expression == self.expression.asked

    def all_rows(self) -> Sequence[Row]:
        self._write_who()
        if self.refused:
            self.rows.empty = _("This expression has no answer.")
            return []
        if self.answer is None:
            keys = self.key("query.expression").split()[0]
            self.rows.empty = _("Press {keys} to write an expression.").format(keys=keys)
            return []
        self.rows.empty = _("No coding meets this expression.")
        return [self._row(str(number), hit) for number, hit in enumerate(self.answer.hits)]

    def _row(self, key: str, hit: Hit) -> Row:
        segment, name = hit.segment, self.session.code_name(hit.segment.coding.code_id)
        assert self.opened is not None
        partners = ", ".join(self._partner(each) for each in hit.partners)
        more = f" +{hit.more_partners}" if hit.more_partners else ""
        cells = (
            f"{self.opened.names[segment.transcript_id]} {segment.place}",
            str(name),
            self._coder(segment),
            self._person(segment),
            partners + more,
            " ".join(segment.text.split()),
        )
        return Row(key, cells, hue=name.hue)

    def _partner(self, segment: CodedSegment) -> str:
        assert self.opened is not None
        return f"{self.opened.refs.get(segment.coding.code_id, '?')} {segment.place}"

    def _person(self, segment: CodedSegment) -> str:
        assert self.opened is not None
        person = self.opened.dataset.respondents.get(segment.respondent_id or "")
        return person.name if person else segment.speaker or "–"

    def _coder(self, segment: CodedSegment) -> str:
        assert self.opened is not None
        coder = self.opened.dataset.coders.get(segment.coding.coder_id)
        return coder.name if coder else ""

    def _write_who(self) -> None:
        answer = self.answer
        if answer is None or self.refused:
            self.who.styles.height = 0
            return
        base, count = answer.who[-1].base, answer.who[-1].count
        numbers = _(
            "{interviews} of {reviewed} interviews · {respondents} of {people} respondents · "
            "{organisations} of {all} organisations"
        ).format(
            interviews=count.interviews, reviewed=base.reviewed, respondents=count.respondents,
            people=base.respondents, organisations=count.organisations, all=base.organisations,
        )  # fmt: skip
        names = self.opened.group_names if self.opened else {}
        groups = " · ".join(
            _("{group} {n} of {base}").format(
                group=names.get(each.base.group or "", each.base.group) or "–",
                n=each.count.interviews,
                base=each.base.reviewed,
            )
            for each in answer.who[:-1]
        )
        notes = list(answer.notes)
        if count.begun_segments:
            told = ngettext("{n} coding not reviewed.", "{n} codings not reviewed.", count.begun_segments)
            notes.insert(0, told.format(n=count.begun_segments))
        by_group = labelled(_("Interviews"), groups)
        lines = wrapped(" ".join(notes), self.size.width - 2, NOTE_LINES)
        self.who.styles.height = 2 + len(lines)
        self.who.show(
            ([Piece(f" {numbers}", "strong")], ()),
            ([Piece(f" {by_group}", "quiet")], ()),
            *(([Piece(f" {line}", "warn")], ()) for line in lines),
        )

    def title_pieces(self) -> Sequence[Piece]:
        pieces = [Piece(_("Queries"), "strong")]
        if self.answer is not None and not self.refused:
            total = self.answer.total
            said = ngettext("{count} coding", "{count} codings", total).format(count=total)
            shown = _(", the first {count} shown").format(count=LIMIT) if total > LIMIT else ""
            pieces.append(Piece(f" · {said}{shown}", "quiet"))
        return pieces

    def right_pieces(self) -> Sequence[Piece]:
        if self.opened is None:
            return []
        basis = self.opened.dataset.basis
        return [Piece(f"{_('layer')} {basis.layer} · {basis.codebook} {basis.codebook_version} ", "key")]

    def detail_of(self, row: Row) -> str:
        if self.answer is None:
            return ""
        hit = self.answer.hits[int(row.key)]
        lines = [f"{self._person(hit.segment)} — {' '.join(hit.segment.text.split())}"]
        details = self.session.details(hit.segment.coding)
        lines += [details] if details else []
        for each in hit.partners[:PARTNERS_SHOWN]:
            lines.append(f"+ {self._partner(each)}  {' '.join(each.text.split())[:200]}")
        return "\n".join(lines)

    def chosen(self, row: Row) -> None:
        if self.answer is not None:
            coding = self.answer.hits[int(row.key)].segment.coding
            transcript = reading.present_transcript(
                self.session.project, self.answer.hits[int(row.key)].segment.transcript_id
            )
            self.workbench.ways.jump(transcript, start=coding.start, end=coding.end, coding_id=coding.id)

    def pick(self, title: str, options: Mapping[str, tuple[str, ...]], then: Callable[[str], None]) -> None:
        """Choose one of a few names."""
        rows = [Row(key, cells) for key, cells in options.items()]

        def search(query: str) -> Sequence[Row]:
            return [row for row in rows if fold(query) in fold(" ".join(row.cells))]

        def choose(row: Row) -> None:
            self.workbench.guarded(lambda: then(row.key))

        self.choose(Choice(title, search, choose, (Column("", 24, hued=True), Column("")), total=len(rows)))


def _layer(screen: QueryScreen) -> None:
    def then(key: str) -> None:
        screen.workbench.last_layer = key
        screen.reread()

    found = querying.layers(screen.session.project, viewer=screen.session.coder)
    options = {each.id or each.name: (each.name, "") for each in found}
    if len(found) > 1:
        options[querying.EVERY_LAYER[0]] = (_("all"), _("every coder apart"))
    screen.pick(_("Whose codings?"), options, then)


def _save(screen: QueryScreen) -> None:
    coder, expression = screen.workbench.coder(), screen.expression.asked
    if not expression:
        raise InputRefused(_("There is no expression to save yet."))

    def done(name: str) -> None:
        new = saved_queries.save_query(screen.session.project, coder, name, expression)
        said = _("Saved as {name}.") if new else _("{name} says this already.")
        screen.say(said.format(name=name.strip()))

    screen.ask(_("Save under which name?"), done)


def _saved(screen: QueryScreen) -> dict[str, tuple[str, ...]]:
    found = saved_queries.saved_queries(screen.session.project)
    if not found:
        raise InputRefused(_("No query is saved yet: {keys} saves one.").format(keys=screen.key("query.save")))
    return {each.id: (each.name, each.today) for each in found}


def _open(screen: QueryScreen) -> None:
    def then(key: str) -> None:
        screen.ask_saved(saved_queries.find_query(screen.session.project, key))

    screen.pick(_("Which query?"), _saved(screen), then)


def _forget(screen: QueryScreen) -> None:
    coder = screen.workbench.coder()

    def then(key: str) -> None:
        found = saved_queries.remove_query(screen.session.project, coder, key)
        screen.say(_("{name} is no longer saved.").format(name=found.name))

    screen.pick(_("Take which query away?"), _saved(screen), then)


def _undoing(screen: QueryScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.workbench.refresh_screens()
        screen.say(said)

    def refused(reason: str) -> None:
        screen.say(reason, "warn")

    return Undoing(screen, frozenset({"saved_search"}), None, done, refused)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "query.expression": lambda screen: screen.write_expression(),
    "query.layer": _layer,
    "query.save": _save,
    "query.open": _open,
    "query.forget": _forget,
    "query.undo": lambda screen: _undoing(screen).undo(),
    "query.redo": lambda screen: _undoing(screen).redo(),
}
QueryScreen.HANDLERS = HANDLERS
