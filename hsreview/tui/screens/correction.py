"""What becomes of the codings when a text is corrected: before it is stored, and what waits afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece as BarPiece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import carrying, reading
from hsreview.workflows.carrying import Carried, Piece, Pieces
from hsreview.workflows.coders import coders
from hsreview.workflows.undoing import UndoResult

STATES = {
    Carried.LOST: N_("lost"),
    Carried.CHANGED: N_("changed"),
    Carried.MOVED: N_("moved"),
    Carried.UNCHANGED: N_("unchanged"),
}
"""In the order in which they are listed."""


class _PiecesScreen(ListScreen):
    """Codings and memos with their words before and after."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Piece] = {}
        self.hidden = 0

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("State"), 10),
            Column(_("Place"), 18, place=True),
            Column(_("Code"), 14, hued=True),
            Column(_("Coder"), 10, least=90),
            Column(_("Words")),
        )

    def pieces(self) -> Pieces:
        """What is listed."""
        return Pieces((), 0)

    def all_rows(self) -> Sequence[Row]:
        pieces = self.pieces()
        order = list(STATES)
        entries = sorted(pieces.entries, key=lambda each: order.index(each.state))
        self.found, self.hidden = {each.id: each for each in entries}, pieces.hidden
        names = {each.id: each.name for each in coders(self.session.project)}
        return [self._row(each, names) for each in entries]

    def _row(self, each: Piece, names: Mapping[str, str]) -> Row:
        name = self.session.code_name(each.code_id) if each.code_id else None
        where = f"{each.transcript} {each.where or each.where_before}"
        cells = (_(STATES[each.state]), where, str(name) if name else _("memo"), names.get(each.coder_id, ""))
        return Row(each.id, (*cells, " ".join((each.after or each.before).split())), hue=name.hue if name else "")

    def hidden_piece(self) -> list[BarPiece]:
        """That the work of others is not shown."""
        if not self.hidden:
            return []
        told = ngettext("{count} of others hidden", "{count} of others hidden", self.hidden).format(count=self.hidden)
        return [BarPiece(f" · {told}", "quiet")]

    def detail_of(self, row: Row) -> str:
        each = self.found[row.key]
        before = labelled(_("before"), " ".join(each.before.split()))
        now = labelled(_("now"), " ".join(each.after.split()) or "–")
        doubt = [_("The same words stand in several places: are these the ones?")] if each.is_doubtful else []
        return "\n".join([before, now, *doubt])


class CorrectionScreen(_PiecesScreen):
    """Before a correction is stored. Esc leaves everything as it was."""

    SCOPES = (Scope.CORRECTION,)
    ABOUT = HelpText(
        N_("Before a correction is stored"),
        N_(
            "Every coding and memo on words of the text, the lost and changed ones first; below, the words before and "
            "after. It is stored as one act, as a new text; Esc goes back to the words."
        ),
    )

    def __init__(self, what: str, seen: Pieces, store: Callable[[], None]) -> None:
        super().__init__()
        self.what = what
        self.seen = seen
        self.store = store

    def pieces(self) -> Pieces:
        self.rows.empty = _("No coding and no memo stands on words of this text. {key} stores the correction.").format(
            key=self.key("correction.store")
        )
        return self.seen

    def title_pieces(self) -> Sequence[BarPiece]:
        counts = self.seen.counts()
        told = " · ".join(f"{_(word)} {counts[state]}" for state, word in STATES.items())
        return [BarPiece(self.what, "strong"), BarPiece(f" · {told}", "quiet"), *self.hidden_piece()]

    def store_now(self) -> None:
        """Store, and go back to the text."""
        self.app.pop_screen()
        self.store()


class CarriedScreen(_PiecesScreen):
    """What is changed or lost and waits for its coder."""

    SCOPES = (Scope.CARRIED,)
    ABOUT = HelpText(
        N_("After corrections"),
        N_(
            "Codings and memos whose words were changed or lost when a text was corrected; below, the words before and "
            "now. Its coder keeps each where it was placed, places it anew in the text, or takes it away. Enter goes "
            "to it in the text."
        ),
    )

    def pieces(self) -> Pieces:
        self.rows.empty = _("Nothing waits after a correction.")
        return carrying.waiting(self.session.project, self.session.coder)

    def title_pieces(self) -> Sequence[BarPiece]:
        n = len(self.found)
        said = ngettext("{n} waits after a correction.", "{n} wait after a correction.", n).format(n=n)
        return [BarPiece(said if n else self.rows.empty, "strong"), *self.hidden_piece()]

    def piece(self) -> Piece:
        """The highlighted one. Raises InputRefused when there is none."""
        row = self.rows.current
        if row is None:
            raise InputRefused(_("Nothing waits after a correction."))
        return self.found[row.key]

    def chosen(self, row: Row) -> None:
        self.show_in_text(self.found[row.key])

    def show_in_text(self, each: Piece, *, placing: bool = False) -> None:
        """Open the newest text where one is, or where its words would be; with `placing`, to place it there."""
        transcript = reading.present_transcript(self.session.project, each.transcript_id)
        start, end = carrying.nearest(self.session.project, each)
        if placing:
            self.workbench.open_transcript(transcript, start=start, end=end, placing=each)
        else:
            self.workbench.ways.jump(transcript, start=start, end=end)


def _keep(screen: CarriedScreen) -> None:
    carrying.keep(screen.session.project, screen.workbench.coder(), [screen.piece().id])
    _done(screen, _("Kept."))


def _remove(screen: CarriedScreen) -> None:
    carrying.take_away(screen.session.project, screen.workbench.coder(), [screen.piece().id])
    _done(screen, _("Taken away."))


def _done(screen: CarriedScreen, said: str) -> None:
    at = screen.rows.cursor
    screen.workbench.refresh_screens()
    screen.reread()
    screen.rows.go_to(at)
    screen.say(said)


def _place(screen: CarriedScreen) -> None:
    each = carrying.waiting_one(screen.session.project, screen.workbench.coder(), screen.piece().id)
    screen.show_in_text(each, placing=True)


def _texts(screen: CarriedScreen) -> None:
    from hsreview.tui.screens.text_versions import TextVersionsScreen

    transcript = reading.present_transcript(screen.session.project, screen.piece().transcript_id)
    screen.app.push_screen(TextVersionsScreen(transcript))


def _undoing(screen: CarriedScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.workbench.refresh_screens()
        screen.reread()
        screen.say(said)

    return Undoing(screen, frozenset({"coding", "memo"}), None, done, lambda reason: screen.say(reason, "warn"))


CorrectionScreen.HANDLERS = {**ListScreen.HANDLERS, "correction.store": lambda screen: screen.store_now()}
HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "carried.keep": _keep,
    "carried.place": _place,
    "carried.remove": _remove,
    "carried.texts": _texts,
    "carried.undo": lambda screen: _undoing(screen).undo(),
    "carried.redo": lambda screen: _undoing(screen).redo(),
}
CarriedScreen.HANDLERS = HANDLERS
