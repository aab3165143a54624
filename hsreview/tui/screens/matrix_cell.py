"""The quotes behind one cell of a matrix. Enter jumps to the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.widget import Widget

from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.tui.widgets.floating import wrapped
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import matrix_words as words
from hsreview.workflows import reading
from hsreview.workflows.matrices import CodedSegment, OpenMatrices, Table, Wish
from hsreview.workflows.translations import credit

TITLE_LINES = 3


class CellScreen(ListScreen):
    """Codings in the order of transcripts and offsets; of two codes on the same words, those words."""

    SCOPES = (Scope.CELL,)
    ABOUT = HelpText(
        N_("Behind a cell"),
        N_(
            "The codings behind one number. Enter jumps to the place in the transcript, Esc goes back to the matrix. n "
            "writes a finding on all that are listed, or on those that space marked (•)."
        ),
    )

    def __init__(self, opened: OpenMatrices, wish: Wish, table: Table, row: int, column: int) -> None:
        super().__init__()
        self.opened, self.table, self.cell = opened, table, (row, column)
        self.found = opened.segments(table.behind(row, column))
        self.whole = Bar(id="whole")
        self.marked: set[str] = set()
        """The keys of the rows on which a finding is to stand; none: on all."""
        self.under: dict[str, list[str]] = {}
        """Coding id → the words that it shares with the other code."""
        if table.kind == "co-occurrence" and table.detail == "overlap" and row != column:
            for each in opened.meetings(wish, row, column):
                first, second = opened.segments([each.first, each.second])
                self._note(first, second, each.start, each.end)

    def _note(self, first: CodedSegment, second: CodedSegment, start: int, end: int) -> None:
        begin = first.coding.start
        shared = first.text[start - begin : end - begin]
        for one, other in ((first, second), (second, first)):
            self.under.setdefault(one.coding.id, []).append(f"{self._code(other)}: {' '.join(shared.split())}")

    def _code(self, segment: CodedSegment) -> str:
        return self.opened.refs.get(segment.coding.code_id, "?")

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("Place"), 22, place=True),
            Column(_("Code"), 20, hued=True),
            Column(_("Who"), 14, least=90),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = _("No coding here.")
        return [self._row(number, segment) for number, segment in enumerate(self.found)]

    def _row(self, number: int, segment: CodedSegment) -> Row:
        name = self.session.code_name(segment.coding.code_id)
        place = f"{self.opened.names[segment.transcript_id]} {segment.place}"
        mark, words = "•" if str(number) in self.marked else " ", " ".join(segment.text.split())
        return Row(str(number), (mark, place, str(name), self._person(segment), words), hue=name.hue)

    def _person(self, segment: CodedSegment) -> str:
        person = self.opened.dataset.respondents.get(segment.respondent_id or "")
        return person.name if person else segment.speaker or "–"

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece(words.behind_title(self.table, *self.cell), "strong")]

    def right_pieces(self) -> Sequence[Piece]:
        n = len(self.found)
        said = ngettext("{count} coding", "{count} codings", n).format(count=n)
        return [Piece(f" {said} · ", "quiet"), Piece(f"{_('layer')} {self.table.basis.layer} ", "key")]

    def body(self) -> Iterable[Widget]:
        yield self.whole
        yield from super().body()

    def refresh_header(self) -> None:
        """Write the header, and below it what it has no room for: which row and column these codings are of."""
        super().refresh_header()
        pieces = [*self.title_pieces(), *self.right_pieces()]
        title, width = pieces[0].text, self.size.width
        cut = sum(cell_len(piece.text) for piece in pieces) + 1 > width
        lines = wrapped(title, width - 2, TITLE_LINES) if cut else ()
        self.whole.styles.height = len(lines)
        self.whole.show(*(([Piece(f" {line}", "strong")], ()) for line in lines))

    def detail_of(self, row: Row) -> str:
        segment = self.found[int(row.key)]
        lines = [f"{self._person(segment)} — {' '.join(segment.text.split())}"]
        lines += [f"⇄ {t.language}: {t.text} ({credit(t.translator, t.checker)})" for t in segment.translated]
        details = self.session.details(segment.coding)
        lines += [details] if details else []
        shared = self.under.get(segment.coding.id, [])
        lines += [labelled(_("Words under both"), "")] if shared else []
        return "\n".join([*lines, *(f"  {each}" for each in shared)])

    def mark(self, row: Row) -> None:
        """Mark a row, or take its mark away, and go on to the next one."""
        self.marked ^= {row.key}
        at = self.rows.cursor
        self.reread()
        self.rows.go_to(min(at + 1, len(self.rows.rows) - 1))

    def meant(self) -> list[CodedSegment]:
        """The segments that are marked, else those that are listed."""
        listed = [row.key for row in self.rows.rows]
        return [self.found[int(key)] for key in (sorted(self.marked, key=int) or listed)]

    def chosen(self, row: Row) -> None:
        segment = self.found[int(row.key)]
        coding = segment.coding
        transcript = reading.present_transcript(self.session.project, segment.transcript_id)
        self.workbench.ways.jump(transcript, start=coding.start, end=coding.end, coding_id=coding.id)


def _framework(screen: CellScreen) -> None:
    from hsreview.tui.screens.framework_ways import link_segment

    row = screen.rows.current
    if row is not None:
        link_segment(screen, screen.found[int(row.key)].coding.id)


def _mark(screen: CellScreen) -> None:
    if screen.rows.current is not None:
        screen.mark(screen.rows.current)


def _finding(screen: CellScreen) -> None:
    from hsreview.tui.screens.framework_ways import write_finding

    write_finding(screen, screen.meant())


CellScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    "cell.framework": _framework,
    "cell.mark": _mark,
    "cell.finding": _finding,
}
