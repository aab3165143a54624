"""Search the words of all transcripts. Enter jumps to the turn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import reading
from hsreview.workflows.searching import Found, Hit, search

LIMIT = 200
BEFORE = 30
"""Characters shown before the first match."""


class SearchScreen(ListScreen):
    """Turns that hold the words."""

    SCOPES = (Scope.SEARCH,)
    ABOUT = HelpText(
        N_("Search"),
        N_('Words, "phrases in quotes" and beginnings (secur*); accents and capitals do not count. Enter jumps.'),
    )

    def __init__(self) -> None:
        super().__init__()
        self.query_words = ""
        self.answer = Found((), 0)

    def columns(self) -> Sequence[Column]:
        return (Column(_("Place"), 24, place=True), Column(_("Speaker"), 12, least=80), Column(_("Words")))

    def fill(self) -> None:
        self.query_words = self.workbench.last_search
        super().fill()
        if not self.query_words:
            self.ask_words()

    def all_rows(self) -> Sequence[Row]:
        if self.query_words:
            self.answer = search(self.session.project, self.query_words, LIMIT)
        self.rows.empty = _("Nothing found.") if self.query_words else ""
        return [
            Row(str(index), (f"{hit.transcript} {hit.turn}", hit.speaker or "–", excerpt(hit)))
            for index, hit in enumerate(self.answer.hits)
        ]

    def title_pieces(self) -> Sequence[Piece]:
        if not self.query_words:
            return [Piece(_("Search"), "strong")]
        total = self.answer.total
        said = ngettext("{count} turn", "{count} turns", total).format(count=total)
        shown = _(", the first {count} shown").format(count=LIMIT) if total > LIMIT else ""
        return [Piece(_("Search"), "strong"), Piece(f" {self.query_words} ", "key"), Piece(f"{said}{shown}", "quiet")]

    def detail_of(self, row: Row) -> str:
        return " ".join(self.answer.hits[int(row.key)].text.split())

    def chosen(self, row: Row) -> None:
        hit = self.answer.hits[int(row.key)]
        transcript = reading.find_transcript(self.session.project, hit.transcript_id)
        hits = [(hit.start + start, hit.start + end) for start, end in hit.marks] or [(hit.start, hit.start + 1)]
        self.workbench.open_transcript(transcript, start=hits[0][0], end=hits[0][1], hits=hits)

    def ask_words(self) -> None:
        """Ask what to search for."""

        def done(words: str) -> None:
            self.query_words = self.workbench.last_search = words.strip()
            self.reread()

        self.ask(_("Search for:"), done, text=self.query_words)


def excerpt(hit: Hit) -> str:
    """The words around the first match."""
    start = max(0, (hit.marks[0][0] if hit.marks else 0) - BEFORE)
    words = " ".join(hit.text[start : start + 400].split())
    return f"…{words}" if start else words


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "search.query": lambda screen: screen.ask_words(),
}
SearchScreen.HANDLERS = HANDLERS
