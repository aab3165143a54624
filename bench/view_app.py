"""The transcript view alone, with an invented text: to measure keys and to look at it.

    python -m bench.view_app --words 200000 --codings 5000

`1` codes the selection and commits a row (WAL, synchronous=FULL) to a scratch database first, as the workbench does.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from bench.make_text import make_corpus
from hsreview.base.ids import new_id
from hsreview.model.codebook import HUES
from hsreview.tui.text.document import ViewCoding, ViewDocument
from hsreview.tui.text.units import Unit
from hsreview.tui.widgets.transcript_paint import Highlight
from hsreview.tui.widgets.transcript_view import TranscriptView

SHORT = [
    "ownership",
    "participation",
    "women",
    "indicators",
    "funding",
    "trust",
    "youth",
    "justice",
    "security",
    "information",
]


class ViewApp(App[None]):
    """One view, one status line, one key per method."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down,j", "do('move_unit', 1)"),
        ("up,k", "do('move_unit', -1)"),
        ("e", "do('extend_unit', 1)"),
        ("E", "do('extend_unit', -1)"),
        ("right", "do('nudge', 1)"),
        ("left", "do('nudge', -1)"),
        ("o", "do('swap_ends')"),
        ("v", "do('toggle_sticky')"),
        ("escape", "do('collapse')"),
        ("n", "do('next_coding', 1)"),
        ("p", "do('next_coding', -1)"),
        ("a", "do('next_uncoded', 1)"),
        ("A", "do('next_uncoded', -1)"),
        ("w", "unit('word')"),
        ("s", "unit('sentence')"),
        ("t", "unit('turn')"),
        ("f", "do('find', 'coeur')"),
        ("semicolon", "do('next_hit', 1)"),
        ("pagedown", "do('action_page_down')"),
        ("pageup", "do('action_page_up')"),
        ("home", "do('action_scroll_home')"),
        ("end", "do('action_scroll_end')"),
        ("z", "do('recentre')"),
        ("G", "do('go_end')"),
        ("y", "highlight"),
        ("1", "code"),
        ("d", "remove"),
        ("q", "quit"),
    ]

    def __init__(self, words: int, codings: int) -> None:
        super().__init__()
        corpus = make_corpus(words, codings)
        self.document = ViewDocument(
            corpus.text, corpus.turns, corpus.sentences, corpus.words, frozenset({"Enquêteur"})
        )
        self.codings = [
            ViewCoding(
                f"{index:06}", start, end, code, SHORT[int(code[-1])], HUES[int(code[-2:]) % 8], index % 3 > 0, "MD"
            )
            for index, (start, end, code) in enumerate(corpus.codings)
        ]
        folder = tempfile.mkdtemp(prefix="hsreview-bench-")
        self.database = sqlite3.connect(Path(folder) / "bench.db", isolation_level=None)
        self.database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE coding (id, a, b)")

    def compose(self) -> ComposeResult:
        yield TranscriptView()
        yield Static("status")

    def on_mount(self) -> None:
        self.query_one(TranscriptView).load(self.document, self.codings)

    def on_transcript_view_selection_moved(self, event: TranscriptView.SelectionMoved) -> None:
        self.query_one(Static).update(f" {event.selection and event.selection.span}", layout=False)

    def action_do(self, method: str, *arguments: object) -> None:
        getattr(self.query_one(TranscriptView), method)(*arguments)

    def action_unit(self, unit: str) -> None:
        self.query_one(TranscriptView).set_unit(Unit(unit))

    def action_highlight(self) -> None:
        view = self.query_one(TranscriptView)
        modes = list(Highlight)
        view.set_highlight(modes[(modes.index(view.highlight) + 1) % len(modes)])

    def action_code(self) -> None:
        view = self.query_one(TranscriptView)
        if view.selection is not None:
            coding = ViewCoding(new_id(), *view.selection, "code-01", "ownership", "blue")
            self.database.execute("INSERT INTO coding VALUES (?, ?, ?)", (coding.id, coding.start, coding.end))
            view.add_coding(coding)

    def action_remove(self) -> None:
        view = self.query_one(TranscriptView)
        for coding in view.codings_here()[:1]:
            view.remove_coding(coding.id)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--codings", type=int, default=5_000)
    chosen = parser.parse_args()
    ViewApp(chosen.words, chosen.codings).run()
