"""The coding screen: it composes the parts, opens transcripts, and keeps header, slots and status true."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.containers import Horizontal
from textual.geometry import Region
from textual.widget import Widget

from hsreview.base.messages import N_, _
from hsreview.base.settings import setting
from hsreview.model.coding import Coding
from hsreview.model.people import Coder
from hsreview.model.text import Span
from hsreview.tui.action import Action, Scope
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.help import HelpText
from hsreview.tui.screens.coding import (
    acts,
    consent,
    correction,
    edit,
    guide,
    menus,
    moves,
    picker,
    places,
    suggestions,
    translation,
)
from hsreview.tui.screens.coding.bars import header_pieces, slot_lines, status_pieces
from hsreview.tui.screens.coding.correction import CorrectionPane
from hsreview.tui.screens.coding.desk import Desk
from hsreview.tui.screens.coding.kept_place import KeptPlace, last_place
from hsreview.tui.screens.coding.memo import MemoPane
from hsreview.tui.screens.coding.repeating import Applied
from hsreview.tui.screens.coding.text import CodingText
from hsreview.tui.screens.coding.tree import CodeTree
from hsreview.tui.session import Session
from hsreview.tui.text.document import ViewDocument
from hsreview.tui.text.units import Unit
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.tui.widgets.rows import Row
from hsreview.tui.widgets.transcript_paint import Highlight
from hsreview.tui.widgets.transcript_view import TranscriptView
from hsreview.workflows import reading
from hsreview.workflows.reading import Transcript
from hsreview.workflows.whereabouts import Place

if TYPE_CHECKING:
    from hsreview.workflows.carrying import Piece as Waiting

TREE_FROM = 110
"""Terminal columns from which the tree of codes stands beside the text."""
KEEP_PLACE_EVERY = 20.0


def chosen_highlight() -> Highlight:
    """How the user wants coded text to look."""
    wish = setting("highlight", Highlight.TINT.value)
    return Highlight(wish) if wish in list(Highlight) else Highlight.TINT


class CodingScreen(BaseScreen):
    """One transcript and everything that a coder does to it."""

    SCOPES = (Scope.CODING,)
    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {
        **moves.HANDLERS,
        **acts.HANDLERS,
        **consent.HANDLERS,
        **translation.HANDLERS,
        **correction.HANDLERS,
        **edit.HANDLERS,
        **menus.HANDLERS,
        **picker.HANDLERS,
        **places.HANDLERS,
        **guide.HANDLERS,
        **suggestions.HANDLERS,
    }
    ABOUT = HelpText(N_("Coding"), N_("Tab goes from the transcript to the tree of codes and to the memo."))

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.text = CodingText(highlight=chosen_highlight(), id="text")
        self.code_tree = CodeTree()
        self.code_tree.when_chosen = self.code_chosen
        self.code_tree.when_moved = self.code_highlighted
        self.memo = MemoPane()
        self.correction = CorrectionPane()
        self.slots = Bar(id="slots")
        self.status = Bar(id="status")
        self.desk: Desk | None = None
        self.editing: Coding | None = None
        """The coding whose ends are being moved."""
        self.placing: Waiting | None = None
        """What waits after a correction and is being placed anew."""
        self.back: Callable[[], object] | None = None
        """Where Esc leads: to the list or the difference whose words are looked at."""
        self.edit_shown: Coding | Waiting | None = None
        self.next_offered: Transcript | None = None
        """What Enter opens after a review."""
        self.applied = Applied()
        self.saved_at = ""
        self.reviewed = False
        """Whether this coder marked the transcript reviewed."""
        self.message: list[Piece] = []
        self.message_before: list[Piece] = []
        self.suggesting = suggestions.Suggesting()
        self._kept = KeptPlace()
        self.tree_wanted: bool | None = None

    def body(self) -> Iterable[Widget]:
        yield Horizontal(self.code_tree, self.text, self.memo, id="desk")
        yield self.correction
        yield self.slots
        yield self.status

    def fill(self) -> None:
        self.set_focus(self.text, scroll_visible=False)
        if self._session.project.kit_coder is not None:
            self.workbench.perform("go.validation")  # At once: a file for a meeting has nothing to code.
        place = last_place(self._session)
        if place is not None:
            self.open(place[0], start=place[1].start, end=place[1].end, unit=place[1].unit)
        else:
            self.text.load(ViewDocument("", (), ()))
            self.refresh_bars()
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        """What can wait until the text stands."""
        self.every(KEEP_PLACE_EVERY, self.keep_place)
        self.workbench.guarded(self._read_rest)
        self.refresh_footer()
        if self.desk is None:
            if self.session.project.kit_coder is None:
                self.workbench.perform("go.transcripts")
        elif self.session.coder is None:
            self.workbench.perform("go.coder")

    def _read_rest(self) -> None:
        if self.desk is not None:
            self.desk.read_memos()
            self._show_memo_marks()
            consent.warn_once(self)
        self.code_tree.reread(self.session)

    def _show_memo_marks(self) -> None:
        desk = self.desk
        if desk is not None:
            for coding_id in desk.memoed:
                self.text.replace_coding(desk.view_of(desk.codings[coding_id]))

    def read_translations(self) -> None:
        """Take over what segments say in other languages."""
        if self.desk is not None:
            self.show_codings(self.desk.read_translations())
            self.refresh_status()

    # Transcripts

    def open(
        self,
        transcript: Transcript,
        *,
        start: int = 0,
        end: int = 0,
        unit: str = "",
        coding_id: str = "",
        hits: Sequence[Span] = (),
        placing: Waiting | None = None,
        back: Callable[[], object] | None = None,
        stay: bool = False,
    ) -> None:
        """Show a transcript and select `[start, end)`, or the unit with the first of `hits`, or a coding.

        With `placing`, what waits after a correction is placed anew by the next Enter. With `back`, Esc leads there.
        Who writes a memo is left in it when they `stay` with the same transcript.
        """
        if self.desk is None or self.desk.version_id != transcript.version_id or start == end == 0:
            self.keep_place()
            self._load(transcript, start)
            self.applied.go_on()
            self.call_after_refresh(self.workbench.guarded, self.read_translations)
        if unit in set(Unit):
            self.text.set_unit(Unit(unit))
        if start < end:
            self.text.select(start, end)
        if hits:
            self.text.set_hits(hits)
        if coding_id:
            self.text.go_to_coding(coding_id)
        self.editing = self.next_offered = None
        self.placing = placing
        if self.back is not back:
            self.back = back
            self.refresh_footer()
        if not stay:
            self.memo.close()
        self.correction.leave()
        told = _("{key} goes back to where you came from.").format(key=self.key("text.collapse"))
        self.message = [Piece(told, "strong")] if back and not (hits or coding_id) else []
        self.refresh_bars()

    def _load(self, transcript: Transcript, start: int) -> None:
        hidden = self.desk is not None and self.desk.others_hidden
        self.desk = Desk(self.session, transcript)
        self.desk.others_hidden = hidden
        self.text.load(self.desk.document(), self.desk.view_codings(), start)
        self.reviewed = self.desk.is_reviewed()

    def reread(self) -> None:
        """Take over what was committed by others (or by another screen)."""
        desk = self.desk
        if desk is None:
            self.refresh_bars()
            return
        transcript = next((t for t in reading.transcripts(self.session.project) if t.id == desk.transcript.id), None)
        if transcript is None:
            self.desk = None
            self.correction.forget(desk.transcript.id)
            self.text.load(ViewDocument("", (), ()))
        elif transcript.version_id != desk.version_id:
            self._read_anew(transcript)
        elif desk.described_anew(transcript):
            self._load_again(transcript)
        else:
            changed, gone = desk.reread()
            self.reviewed = desk.is_reviewed()
            desk.read_memos()
            self.show_codings(changed, gone)
            self.read_translations()
        self.memo.look_elsewhere()
        self.code_tree.reread(self.session)
        self.refresh_bars()

    def _read_anew(self, transcript: Transcript) -> None:
        """Show the new text of the transcript; what was being corrected waits, and this is told."""
        from hsreview.model.carrying import Alignment

        before, span, turn = self.text.document.text, self.text.selection or (0, 0), self.correction.turn
        self.open(transcript, start=span[0], end=span[1], unit=self.text.unit, back=self.back, stay=True)
        if span[0] < span[1] and before[slice(*span)] != self.text.document.text[slice(*span)]:
            self.text.select(*Alignment(before, self.text.document.text).place(*span)[:2])
        if turn is not None and self.correction.unstored():
            told = _("The text was changed elsewhere. What you wrote on turn {number} waits: {key} on that turn.")
            self.message = [Piece(told.format(number=turn.number, key=self.key("text.correct_turn")), "warn")]

    def _load_again(self, transcript: Transcript) -> None:
        """Show the same text with other speakers or another name; selection, edit and memo stay."""
        span = self.text.selection
        self._load(transcript, span[0] if span else 0)
        if span is not None:
            self.text.select(*span)
        if self.desk is not None:
            self.desk.read_memos()
            self._show_memo_marks()
            self.read_translations()

    def show_codings(self, changed: Iterable[Coding], gone: Iterable[str] = ()) -> None:
        """Show new, changed and removed codings."""
        desk = self.desk
        if desk is None:
            return
        changed = list(changed)
        if len(changed) > 200:
            self.text.set_codings(desk.view_codings())
            return
        for coding_id in gone:
            self.text.remove_coding(coding_id)
        for coding in changed:
            if not desk.others_hidden or desk.mine(coding):
                self.text.replace_coding(desk.view_of(coding))

    def keep_place(self) -> None:
        """Remember where the coder is, for the next start."""
        desk, span = self.desk, self.text.selection
        if desk is not None and span is not None:
            self._kept.keep(self.session, Place(desk.transcript.id, *span, self.text.unit.value))

    def coder_leaves(self) -> bool:
        self.keep_place()
        if not self.memo.close():
            return False
        self.set_focus(self.text, scroll_visible=False)
        self.editing = self.next_offered = self.placing = self.back = None
        self.applied = Applied()
        return True

    def before_lock(self) -> None:
        self.keep_place()
        self.memo.save()

    def unstored(self) -> str:
        return self.correction.unstored()

    def on_unmount(self) -> None:
        self.workbench.guarded(self.keep_place)

    # Who and what

    def coder(self) -> Coder:
        """The coder at the keyboard. Raises InputRefused when nobody said who they are."""
        return self.workbench.coder()

    def target(self) -> Coding | None:
        """The coding of one's own that a key acts on: the one reached, else the innermost one here."""
        current = self.text.current_coding
        here = [current] if current is not None and current.mine else self.text.codings_here()
        return next(iter(self.desk.own(here)), None) if self.desk is not None else None

    def own_here(self) -> list[Coding]:
        """The codings of one's own at the selection, innermost first."""
        return self.desk.own(self.text.codings_here()) if self.desk is not None else []

    def selection_region(self) -> Region | None:
        """Where the selection stands on the screen."""
        rows = self.text.selection_rows
        area = self.text.content_region
        top, bottom = max(rows.start, 0), min(rows.stop, area.height)
        return Region(area.x, area.y + top, area.width, bottom - top) if top < bottom else None

    def code_chosen(self, row: Row) -> None:
        """A row of the tree was chosen: its code goes on the selection."""
        if self.session.usable(row.key):
            acts.apply_codes(self, [row.key])

    def code_highlighted(self) -> None:
        """The cursor of the tree, which is narrow, stands on another code: say its name and rule in full."""
        row = self.code_tree.current
        if row is not None and self.code_tree.has_focus and row.key in self.session.places:
            name = self.session.code_name(row.key)
            self.say(Piece(str(name), name.hue), Piece(f"  {picker.rule_of(self.session, row.key)}", "quiet"))

    # Bars

    def say(self, *message: Piece | str) -> None:
        """Say something in the status line until the next action."""
        self.message = [piece if isinstance(piece, Piece) else Piece(piece, "strong") for piece in message]
        self.refresh_status()

    def saved(self) -> None:
        """Something was committed."""
        self.saved_at = time.strftime("%H:%M")

    def on_screen_resume(self) -> None:
        if self.ready and self.text.highlight is not chosen_highlight():
            self.text.set_highlight(chosen_highlight())
        super().on_screen_resume()

    def before_action(self) -> None:
        self.message_before, self.message = self.message, []

    def after_action(self) -> None:
        # The status of a mere move follows with the view's message: the text is painted first.
        if self.message != self.message_before:
            self.refresh_status()
        if self.edit_shown is not (self.editing or self.placing):
            self.edit_shown = self.editing or self.placing
            self.refresh_footer()

    def live_actions(self) -> list[Action]:
        if self.correction.turn is not None and self.focused is not self.text:
            return correction.live_actions()
        if self.editing is None and self.placing is None:
            found = super().live_actions()
            return found if self.back is None else edit.with_way_back(found)
        return edit.live_actions()

    def refresh_bars(self) -> None:
        """Write header, slots and status."""
        self.refresh_header()
        self.refresh_slots()
        self.refresh_status()

    def refresh_header(self) -> None:
        self.show_header(*header_pieces(self, self.size.width))

    def refresh_slots(self) -> None:
        """Write the slots."""
        lines = slot_lines(self.session, self.size.width, two=self.has_class("-two-slot-lines"))
        self.slots.show(*lines)

    def refresh_status(self) -> None:
        """Write the status line, and under it what the selection says in other languages."""
        lines = [*status_pieces(self), *translation.shown(self)]
        self.status.set_class(len(lines) > 1, "-two")
        self.status.show(*lines)

    def on_transcript_view_selection_moved(self, message: TranscriptView.SelectionMoved) -> None:
        self.refresh_status()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.close_panels()

    def resized(self, event: events.Resize) -> None:
        wide = event.size.width >= TREE_FROM
        self.set_class(wide if self.tree_wanted is None else self.tree_wanted, "-tree")
        self.set_class(event.size.width < 120 and event.size.height >= 20, "-two-slot-lines")
        self.set_class(event.size.width < TREE_FROM, "-narrow")
        self.refresh_bars()
