"""A change of the codebook before it is stored: the counts, and every coding that it touches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.codebook_changes import CodebookChanged, CodeCount, Tally, Touched

COUNT = "count:"
"""What the key of a row that counts begins with; the code's id follows."""


def becomes(each: Touched) -> str:
    """Which code a coding counts for, before and after: `D1 → D2`."""
    if each.waits:
        return f"{each.before} ?"
    return each.before if each.after == (each.before,) else f"{each.before} → {', '.join(each.after)}"


def told(done: CodebookChanged) -> str:
    """The counts of a change in a line: `D1 3 → 0, D2 7 → 10`."""
    return ", ".join(f"{each.ref} {each.before.codings} → {each.after.codings}" for each in done.counts)


class ChangeScreen(ListScreen):
    """What would change. It is stored by a key; Esc leaves everything as it was."""

    SCOPES = (Scope.CHANGE,)
    ABOUT = HelpText(
        N_("Before the codebook is changed"),
        N_(
            "First the codes with their counts before and after, then every coding that is touched. Nothing is stored "
            "before you store it, as one act that undo takes back; Esc leaves everything as it was."
        ),
    )

    def __init__(
        self, what: str, seen: CodebookChanged, store: Callable[[], CodebookChanged], done: Callable[[str], None],
        reason: str,
    ) -> None:  # fmt: skip
        super().__init__()
        self.what = what
        self.seen = seen
        self.store = store
        self.done = done
        self.reason = reason
        """Why it is done; empty where no reason was asked for."""
        self.counts: dict[str, CodeCount] = {COUNT + each.code_id: each for each in seen.counts}
        self.touched: dict[str, Touched] = {each.coding_id: each for each in seen.touched}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 24, place=True),
            Column(_("Coder"), 10),
            Column(_("Code"), 14, hued=True),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        look = "heading" if self.touched else "branch"
        counts = [
            Row(key, (f"{each.ref} {each.label}", "", f"{each.before.codings} → {each.after.codings}", ""), look)
            for key, each in self.counts.items()
        ]
        codings = [
            Row(key, (f"{each.transcript} {each.place}", each.coder, becomes(each), " ".join(each.text.split())))
            for key, each in self.touched.items()
        ]
        self.rows.empty = _("No coding is touched.")
        return [*counts, *codings]

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.touched)
        said = ngettext("{n} coding touched.", "{n} codings touched.", n).format(n=n)
        return [Piece(self.what, "strong"), Piece(f" · {said}", "quiet")]

    def detail_of(self, row: Row) -> str:
        count = self.counts.get(row.key)
        said = " ".join(self.touched[row.key].text.split()) if count is None else _change_of(count)
        return "\n".join([said, *([labelled(_("reason"), self.reason)] if self.reason else [])])

    def store_now(self) -> None:
        """Store, and go back."""
        done = self.store()
        self.app.pop_screen()
        self.done(f"{self.what}. {told(done)}")


def _change_of(count: CodeCount) -> str:
    return _("{code}: before {before}; after {after}").format(
        code=count.ref, before=_said(count.before), after=_said(count.after)
    )


def _said(tally: Tally) -> str:
    return _("codings {codings}, transcripts {transcripts}, coders {coders}").format(
        codings=tally.codings, transcripts=tally.transcripts, coders=tally.coders
    )


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "change.store": lambda screen: screen.store_now(),
}
ChangeScreen.HANDLERS = HANDLERS
