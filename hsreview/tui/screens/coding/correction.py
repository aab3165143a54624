"""Correcting a turn in its place: an editor below the text, a look at the codings, one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Vertical
from textual.widgets import Static

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.model.text import Turn
from hsreview.tui.action import Action
from hsreview.tui.actions import find
from hsreview.tui.early_keys import EarlyKeys
from hsreview.tui.help import HelpText
from hsreview.tui.widgets.bar import Piece

if TYPE_CHECKING:
    from textual.widgets import TextArea

    from hsreview.tui.screens.coding.screen import CodingScreen
    from hsreview.workflows.carrying import Pieces
    from hsreview.workflows.correcting import NewText
    from hsreview.workflows.reading import OpenText


@dataclass(frozen=True, slots=True)
class Place:
    """What is being corrected: it is found again when the text is another one by then."""

    transcript_id: str
    number: int
    """Of the turn."""
    words: str
    """As they were."""
    coder_id: str


class CorrectionPane(Vertical):
    """The words of one turn, to be changed. What is not stored is kept until the workbench is left."""

    ABOUT = HelpText(
        N_("Correct a turn"),
        N_(
            "Change the words. A key shows what becomes of the codings; there it is stored as a new text, which undo "
            "takes back. Esc leaves; what you wrote waits until you correct this turn again, as long as the workbench "
            "is open. Without any words, the whole turn is taken out."
        ),
    )

    def __init__(self) -> None:
        super().__init__(id="correction")
        self._area: TextArea | None = None
        self._early: EarlyKeys | None = None
        self._drafts: dict[Place, str] = {}
        """What was written and not stored."""
        self.turn: Turn | None = None
        """The turn that is being corrected."""
        self._text: OpenText | None = None
        self._place: Place | None = None

    def open(self, screen: CodingScreen, text: OpenText, turn: Turn) -> None:
        """Show and focus the words of a turn."""
        from hsreview.tui.widgets.safe_area import SafeArea

        self.leave()
        self.turn, self._text = turn, text
        self._place = self._found(Place(text.transcript.id, turn.number, turn.said(text.text), screen.coder().id))
        changed = self._take_over(text)
        words = self._drafts.get(self._place, self._place.words)
        if self._area is None:
            self._area = SafeArea(words, id="correction-text", show_line_numbers=False, soft_wrap=True)
            self._area.highlight_cursor_line = False
            self.mount(Static(id="correction-title", markup=False), self._area)
        else:
            self._area.load_text(words)
        self.add_class("-open")
        told = _("Turn {number} · {speaker}: {key} looks at the codings and stores, {escape} leaves").format(
            number=turn.number, speaker=turn.speaker or "–", key=screen.key("coding.store_turn"),
            escape=screen.key("coding.back_to_text"),
        )  # fmt: skip
        if changed:
            told = _("Turn {number} was changed elsewhere since you wrote this: compare before you store").format(
                number=turn.number
            )
        self.query_one("#correction-title", Static).update(visible(told))
        self._area.focus()
        if not self._area.has_focus:
            self._early = EarlyKeys()
            screen.takers.append(self._early)

    def on_descendant_focus(self) -> None:
        """Hand on the keys that came early."""
        early, self._early = self._early, None
        if early is not None:
            early.hand_on(cast("CodingScreen", self.screen))

    def when_written(self, then: Callable[[], object]) -> None:
        """Call after the keys that were struck before."""
        (self._area or self).call_later(then)

    def new_text(self, screen: CodingScreen) -> NewText:
        """The text with the words that were written. Raises InputRefused as `with_turn` does."""
        from hsreview.workflows.correcting import with_turn

        if self._area is None or self._text is None or self.turn is None:
            raise InputRefused(
                _("No turn is being corrected. Press {key} on one.").format(key=screen.key("text.correct_turn"))
            )
        return with_turn(screen.session.project, self._text, self.turn.number, self._area.text)

    def _found(self, here: Place) -> Place:
        """Where a draft of this turn was kept: turns have other numbers after others were split or joined."""
        like = [each for each in self._drafts if replace(each, number=here.number) == here]
        return here if here in like or len(like) != 1 else like[0]

    def _take_over(self, text: OpenText) -> bool:
        """Take up what was written in this turn when its words were others; true when there was such a thing."""
        place = self._place
        assert place is not None
        there = {turn.said(text.text) for turn in text.turns}
        old = next(
            (each for each in self._drafts if replace(each, words=place.words) == place and each.words not in there),
            None,
        )
        if old is None or place in self._drafts:
            return False
        self._drafts[place] = self._drafts.pop(old)
        return True

    def forget(self, transcript_id: str) -> None:
        """The transcript is gone, and what was written in it with it."""
        self.leave()
        self._drafts = {at: words for at, words in self._drafts.items() if at.transcript_id != transcript_id}

    @property
    def words(self) -> str:
        """What is written in the pane."""
        return self._area.text if self._area is not None else ""

    def stored(self) -> None:
        """What was written is stored: forget it and close."""
        place = self._place
        self.leave()
        if place is not None:
            self._drafts.pop(place, None)

    def leave(self) -> None:
        """Close; what was written is kept for this turn."""
        self._keep()
        self.turn = self._text = self._place = None
        self.remove_class("-open")
        if self._area is not None and self._area.has_focus:
            screen = cast("CodingScreen", self.screen)
            screen.set_focus(screen.text, scroll_visible=False)

    def _keep(self) -> None:
        if self._area is not None and self._place is not None:
            self._drafts[self._place] = self._area.text
            if self._area.text == self._place.words:
                del self._drafts[self._place]

    def waiting(self, transcript_id: str, coder: Coder | None) -> str:
        """Which turns of a transcript this coder changed without storing it, in words; empty when none."""
        here = (transcript_id, coder.id if coder is not None else None)
        own = sorted(each.number for each in self._drafts if (each.transcript_id, each.coder_id) == here)
        said = ngettext("✎ turn {turns} not stored", "✎ turns {turns} not stored", len(own))
        return said.format(turns=", ".join(map(str, own))) if own else ""

    def unstored(self) -> str:
        """Which corrections would be lost with the screen, in words; empty when none."""
        self._keep()
        turns = sorted(each.number for each in self._drafts)
        text = ngettext(
            "The correction of turn {turns} is not stored",
            "The corrections of turns {turns} are not stored",
            len(turns),
        )
        return text.format(turns=", ".join(map(str, turns))) if turns else ""


def _turn_here(screen: CodingScreen) -> tuple[OpenText, Turn, int]:
    """The open text, and the turn in which the selection begins, with that place."""
    desk, span = screen.desk, screen.text.selection
    if desk is None or span is None:
        raise InputRefused(_("Open a transcript first."))
    screen.coder()
    return desk.text, next(turn for turn in desk.text.turns if turn.start <= span[0] < turn.end), span[0]


def _correct(screen: CodingScreen) -> None:
    text, turn, _place = _turn_here(screen)
    if screen.memo.close():
        screen.correction.open(screen, text, turn)
        screen.refresh_footer()


def _store_turn(screen: CodingScreen) -> None:
    """Look at the codings once every key that was struck has come into the words."""
    screen.correction.when_written(lambda: screen.workbench.guarded(lambda: _look(screen)))


def _look(screen: CodingScreen) -> None:
    from hsreview.tui.screens.correction import CorrectionScreen
    from hsreview.workflows.carrying import correction

    turn = screen.correction.turn
    new = screen.correction.new_text(screen)
    assert turn is not None
    seen = correction(screen.session.project, new, screen.session.coder)

    def store() -> None:
        found = _store(screen, new)
        screen.correction.stored()
        _show(screen, turn.start, _("Turn {number} is corrected.").format(number=turn.number), found)

    what = _("Turn {number} corrected").format(number=turn.number)
    screen.app.push_screen(CorrectionScreen(what, seen, store))


def _split(screen: CodingScreen) -> None:
    from hsreview.workflows.correcting import with_split

    text, turn, place = _turn_here(screen)
    project = screen.session.project
    with_split(project, text, place)  # What cannot be split is refused before anything is asked.

    def done(label: str) -> None:
        found = _store(screen, with_split(project, text, place, label))
        _show(screen, place, _("A new turn begins here."), found)

    screen.ask(_("Who says the new turn (empty: nobody):"), done, text=turn.speaker or "")


def _join(screen: CodingScreen) -> None:
    from hsreview.workflows.correcting import with_joined

    text, turn, _place = _turn_here(screen)
    found = _store(screen, with_joined(screen.session.project, text, turn.number))
    _show(screen, turn.start, _("The next turn is a part of this one now."), found)


def _store(screen: CodingScreen, new: NewText) -> Pieces:
    from hsreview.workflows.carrying import correct

    found, _version = correct(screen.session.project, screen.coder(), new)
    return found


def _show(screen: CodingScreen, start: int, said: str, found: Pieces) -> None:
    """Show the corrected text at a turn, and say what waits."""
    screen.saved()
    screen.workbench.refresh_screens()
    screen.set_focus(screen.text, scroll_visible=False)
    desk = screen.desk
    turn = next((each for each in desk.text.turns if each.start <= start < each.end), None) if desk else None
    if turn is not None and turn.label_end < turn.end:
        screen.text.select(turn.label_end, turn.end)
        screen.text.collapse()
    waits = sum(each.waits for each in found.entries)
    pieces = [Piece(said, "strong")]
    if waits:
        key = f"{screen.key('everywhere.go')} {screen.key('go.carried')}"
        pieces.append(Piece(" " + _("Waiting for their coders: {n} ({key}).").format(n=waits, key=key), "warn"))
    screen.say(*pieces)


def live_actions() -> list[Action]:
    """What can be done while a turn is corrected, as the footer then names it."""
    return [replace(find("coding.store_turn"), show=96), find("coding.back_to_text"), find("everywhere.help")]


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "text.correct_turn": _correct,
    "text.split_turn": _split,
    "text.join_turn": _join,
    "coding.store_turn": _store_turn,
}
