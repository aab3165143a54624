"""The memos: filtered by what they are on, code and coder, and searched for words. Enter goes to the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.coding.picker import code_choice
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import memos, reading
from hsreview.workflows.coders import coders
from hsreview.workflows.memos import MemoRow
from hsreview.workflows.reading import Transcript


class MemosScreen(ListScreen):
    """Memos by time, the newest first."""

    SCOPES = (Scope.MEMOS,)
    ABOUT = HelpText(
        N_("Memos"),
        N_("Notes on transcripts, codings, places and codes. Enter goes to what a memo is on; s searches their words."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.kind: str | None = None
        self.coder_id: str | None = None
        self.code_id: str | None = None
        self.found: dict[str, MemoRow] = {}
        self.transcripts: dict[str, Transcript] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Date"), 10),
            Column(_("About"), 22, place=True),
            Column(_("Code"), 6),
            Column(_("Coder"), 10, least=90),
            Column(_("Memo")),
        )

    def all_rows(self) -> Sequence[Row]:
        project = self.session.project
        self.transcripts = {t.id: t for t in reading.transcripts(project)}
        ref = self.session.code_name(self.code_id).ref if self.code_id else None
        found = memos.memos(
            project, words=self.words, about=self.kind, coder_id=self.coder_id, code_ref=ref,
            viewer=self.session.coder,
        )  # fmt: skip
        self.found = {memo.memo_id: memo for memo in reversed(found)}
        self.rows.empty = _("No memo here.")
        return [
            Row(
                memo.memo_id,
                (memo.created[:10], self._on(memo), memo.code_ref, memo.coder, " ".join(memo.text.split())),
            )
            for memo in self.found.values()
        ]

    def _on(self, memo: MemoRow) -> str:
        transcript = self.transcripts.get(memo.transcript_id or "")
        name = transcript.name if transcript else _(memos.ABOUT[memo.about])
        return f"{name} {memo.place}".rstrip()

    def search(self, words: str) -> None:
        """Only memos that hold these words; what cannot be searched for changes nothing."""
        before, self.words = self.words, words.strip()
        try:
            self.reread()
        except HsreviewError:
            self.words = before
            raise

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        said = ngettext("{count} memo", "{count} memos", count).format(count=count)
        names = {coder.id: coder.name for coder in coders(self.session.project)}
        filters = [
            self.words,
            _(memos.ABOUT[self.kind]) if self.kind else "",
            str(self.session.code_name(self.code_id)) if self.code_id else "",
            names.get(self.coder_id or "", ""),
        ]
        shown = " · ".join(each for each in filters if each)
        return [Piece(_("Memos"), "strong"), Piece(f" · {said} ", "quiet"), Piece(shown, "key")]

    def detail_of(self, row: Row) -> str:
        memo = self.found[row.key]
        quote = " ".join(memo.quote.split())
        return memo.text + (f"\n▸ {quote}" if quote else "")

    def chosen(self, row: Row) -> None:
        memo = self.found[row.key]
        transcript = self.transcripts.get(memo.transcript_id or "")
        if transcript is None:
            raise InputRefused(_("This memo is not on a place in a transcript."))
        start, end = memos.place_of(self.session.project, transcript, memo) or (0, 0)
        self.workbench.ways.jump(transcript, start=start, end=end)


def _about(screen: MemosScreen) -> None:
    def then(key: str) -> None:
        screen.kind = key or None

    screen.filter_by(_("Memos on what?"), {"": _("all"), **{key: _(name) for key, name in memos.ABOUT.items()}}, then)


def _by_coder(screen: MemosScreen) -> None:
    def then(key: str) -> None:
        screen.coder_id = key or None

    names = {coder.id: coder.name for coder in coders(screen.session.project)}
    screen.filter_by(_("Only which coder?"), {"": _("all coders"), **names}, then)


def _by_code(screen: MemosScreen) -> None:
    def choose(code_id: str) -> None:
        screen.code_id = code_id
        screen.workbench.guarded(screen.reread)

    screen.choose(code_choice(screen, _("Only which code?"), choose))


def _all(screen: MemosScreen) -> None:
    screen.words = screen.wanted = ""
    screen.kind = screen.coder_id = screen.code_id = None
    screen.reread()


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "memos.search": lambda screen: screen.ask(_("Words of memos:"), screen.search, text=screen.words),
    "memos.about": _about,
    "memos.by_code": _by_code,
    "memos.by_coder": _by_coder,
    "memos.all": _all,
}
MemosScreen.HANDLERS = HANDLERS
