"""The memo pane: a note on a coding, a stretch or the transcript. It saves itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.containers import Vertical
from textual.timer import Timer
from textual.widgets import Static

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible, visible_block
from hsreview.tui.early_keys import EarlyKeys
from hsreview.tui.help import HelpText
from hsreview.workflows import coding as acts
from hsreview.workflows import reading
from hsreview.workflows.reading import Memo

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from hsreview.tui.screens.coding.screen import CodingScreen

SAVE_EVERY = 2.0


class MemoPane(Vertical):
    """Title, what others wrote on the same thing, and the coder's own memo."""

    ABOUT = HelpText(
        N_("Memo"),
        N_("Write; it is stored every two seconds and when you leave. Esc goes back to the transcript."),
    )

    def __init__(self) -> None:
        super().__init__(id="memo")
        self._area: TextArea | None = None
        self._about: dict[str, Any] = {}
        self._memo: Memo | None = None
        self._stored = ""
        self._refused: str | None = None
        """What could not be stored when it was last tried; the clock tries it again once it has changed."""
        self._timer: Timer | None = None
        self._waiting: EarlyKeys | None = None
        self.title = ""

    @property
    def words(self) -> str:
        """What is written in the pane."""
        return self._area.text if self._area is not None else ""

    @property
    def coding_screen(self) -> CodingScreen:
        """The screen that the pane belongs to."""
        return cast("CodingScreen", self.screen)

    def open(self, title: str, **about: Any) -> None:
        """Show and focus the memo on a thing; `about` names it as `write_memo` does."""
        if not self.save():
            return
        from hsreview.tui.widgets.safe_area import SafeArea

        self._about = about
        coder = self.coding_screen.coder()
        memos = [memo for memo in self._memos() if _is_about(memo, about)]
        self._memo = next((memo for memo in memos if memo.coder_id == coder.id), None)
        self._stored = self._memo.text if self._memo else ""
        desk = self.coding_screen.desk
        sees_others = desk is not None and desk.sees_others()
        others = [memo for memo in memos if memo.coder_id != coder.id] if sees_others else []
        self.add_class("-open")
        if self._area is None:
            self._area = SafeArea(self._stored, id="memo-text", show_line_numbers=False, soft_wrap=True)
            self._area.highlight_cursor_line = False
            self.mount(Static(id="memo-title", markup=False), Static(id="memo-others", markup=False), self._area)
            self._timer = self.coding_screen.every(SAVE_EVERY, self._save_by_clock)
        else:
            self._area.load_text(self._stored)
        self._entitle(title)
        lines = [f"{desk.coder_name(memo.coder_id) if desk else ''}: {memo.text}" for memo in others]
        self.query_one("#memo-others", Static).update(visible_block("\n".join(lines)))
        self._area.move_cursor(self._area.document.end)
        self._area.focus()
        if not self._area.has_focus and self._waiting is None:
            self._waiting = EarlyKeys()
            self.coding_screen.takers.append(self._waiting)

    def _entitle(self, title: str) -> None:
        self.title = title
        self.query_one("#memo-title", Static).update(visible(title))

    def on_descendant_focus(self) -> None:
        """Hand on the keys that came early."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting.hand_on(self.coding_screen)

    def _memos(self) -> list[Memo]:
        project = self.coding_screen.session.project
        if "transcript_id" in self._about:
            return reading.memos_of(project, transcript_id=self._about["transcript_id"])
        if "coding_id" in self._about:
            return reading.memos_of(project, coding_id=self._about["coding_id"])
        return reading.memos_of(project)

    def save(self) -> bool:
        """Store what was written, when it differs from what is stored; false when that failed (the user was told)."""
        if self._area is None or not self._about or self._area.text == self._stored:
            return True
        stored = self.coding_screen.workbench.guarded(self._save)
        self._refused = None if stored else self._area.text
        return stored

    def _save_by_clock(self) -> None:
        if self._area is not None and self._area.text != self._refused:
            self.save()

    def look_elsewhere(self) -> None:
        """Another program wrote: what is written here goes on, or it is told that it has no place any more."""
        if self.has_class("-open") and self._about and not self._stands():
            if self.words == self._stored:
                self.close()
            else:
                self._go_without_place()

    def _stands(self) -> bool:
        """Whether what the memo is about is in the project; a memo that is gone itself is written anew."""
        project = self.coding_screen.session.project
        if self._memo is not None and not reading.memos_of(project, memo_id=self._memo.id):
            self._memo, self._stored = None, ""
        try:
            acts.check_about(project, **self._about)
        except InputRefused:
            return False
        return True

    def _go_without_place(self) -> None:
        """Nothing can be stored: the words stay to be read and copied until the pane is left."""
        self._about = {}
        self._entitle(_("not stored: what this memo is about is no longer in the project"))
        self.coding_screen.workbench.warn(
            _("This memo is not stored: what it is about was erased or removed. Copy what you need; Esc closes it."),
            timeout=20,
        )

    def _save(self) -> None:
        assert self._area is not None
        screen = self.coding_screen
        text = self._area.text
        if not self._stands():
            self._go_without_place()
            return
        memo_id = self._memo.id if self._memo else None
        about = {} if memo_id else self._about
        self._memo = acts.write_memo(screen.session.project, screen.coder(), text, memo_id=memo_id, **about)
        self._stored = text
        screen.saved()
        coding_id = self._about.get("coding_id")
        if coding_id and screen.desk is not None and coding_id in screen.desk.codings:
            screen.desk.read_memos()
            screen.text.replace_coding(screen.desk.view_of(screen.desk.codings[coding_id]))
        screen.refresh_header()

    def close(self) -> bool:
        """Store and hide; what cannot be stored stays on the screen, and the answer is false."""
        placed = bool(self._about)
        if not self.save() or (placed and not self._about):
            return False
        if self.has_class("-open"):
            self.remove_class("-open")
            self._about = {}
            if self._area is not None and self._area.has_focus:
                self.coding_screen.set_focus(self.coding_screen.text, scroll_visible=False)
        return True

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        self.save()


def _is_about(memo: Memo, about: dict[str, Any]) -> bool:
    if "coding_id" in about:
        return bool(memo.coding_id == about["coding_id"])
    if "transcript_id" in about:
        return bool(memo.transcript_id == about["transcript_id"] and memo.coding_id is None)
    return (
        memo.version_id == about["version_id"]
        and memo.coding_id is None
        and (memo.start, memo.end) == (about["start"], about["end"])
    )
