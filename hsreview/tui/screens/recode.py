"""Codings made under rules that were amended since. Each is kept by a key, or changed in the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import reading, rechecking
from hsreview.workflows.codebook_splitting import Decisions, decide_splits
from hsreview.workflows.rechecking import Recheck, Rechecks
from hsreview.workflows.undoing import UndoResult

FIELD_NAMES = {
    "label": N_("Label"),
    "definition": N_("Definition"),
    "use": N_("When to use"),
    "not_use": N_("When not to use"),
}


class RecodeScreen(ListScreen):
    """What waits, by transcript and place."""

    SCOPES = (Scope.RECODE,)
    ABOUT = HelpText(
        N_("To look at again"),
        N_(
            "Codings whose code got other rules, or was split, after they were made. One key keeps a coding as it is, "
            "another decides about those whose code was split; Enter goes to one in the text, where changing or "
            "deleting it settles it too. Only its coder does either."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.queue = Rechecks((), 0)
        self.found: dict[str, Recheck] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Place"), 18, place=True),
            Column(_("Code"), 20, hued=True),
            Column(_("Coder"), 10),
            Column(_("Changed"), 14, least=90),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        self.queue = rechecking.recode_queue(self.session.project, self.session.coder)
        self.found = {each.segment.coding.id: each for each in self.queue.entries}
        self.rows.empty = _("No coding waits to be looked at again.")
        return [self._row(each) for each in self.queue.entries]

    def _row(self, each: Recheck) -> Row:
        segment = each.segment
        name = self.session.code_name(segment.coding.code_id)
        place = f"{segment.turn}.{segment.sentence}" if segment.sentence else str(segment.turn)
        splits = [_("code split") for _each in each.waiting.splits]
        changed = ", ".join([_(FIELD_NAMES[field]) for field in each.waiting.changed] + splits)
        words = " ".join(segment.text.split())
        return Row(
            segment.coding.id, (f"{each.transcript} {place}", str(name), each.coder, changed, words), hue=name.hue
        )

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        said = ngettext("{count} coding to look at again", "{count} codings to look at again", count)
        pieces = [Piece(said.format(count=count), "strong")]
        hidden = self.queue.hidden
        if hidden:
            told = ngettext("{count} of others hidden", "{count} of others hidden", hidden).format(count=hidden)
            pieces.append(Piece(f" · {told}", "quiet"))
        return pieces

    def detail_of(self, row: Row) -> str:
        each = self.found[row.key]
        place = self.session.places.get(each.segment.coding.code_id)
        lines = [" ".join(each.segment.text.split())]
        if place is not None:
            from hsreview.tui.screens.coding.picker import rule_of

            lines.append(rule_of(self.session, place.code.id))
        return "\n".join(lines)

    def chosen(self, row: Row) -> None:
        segment = self.found[row.key].segment
        transcript = reading.present_transcript(self.session.project, segment.transcript_id)
        coding = segment.coding
        self.workbench.ways.jump(transcript, start=coding.start, end=coding.end, coding_id=coding.id)


def _keep(screen: RecodeScreen) -> None:
    row = screen.rows.current
    if row is None:
        raise InputRefused(_("No coding waits to be looked at again."))
    rechecking.keep(screen.session.project, screen.workbench.coder(), [row.key])
    screen.reread()
    screen.say(_("Kept."))


def _decide(screen: RecodeScreen) -> None:
    """Walk through one's own codings of the split for which the highlighted coding waits."""
    from hsreview.tui.screens.splitting import SplitScreen, Walked

    row, coder = screen.rows.current, screen.workbench.coder()
    chosen = screen.found[row.key].waiting if row else None
    if chosen is None or not chosen.splits:
        raise InputRefused(_("This coding does not wait because its code was split."))
    split = chosen.splits[0]
    walk = [
        Walked(each.segment.coding.id, f"{each.transcript} {each.segment.place}", each.coder, True, each.segment.text)
        for each in screen.found.values()
        if each.segment.coding.coder_id == coder.id and split in each.waiting.splits[:1]
    ]
    if not walk:
        raise InputRefused(_("Only its coder decides about a coding."))

    def store(decisions: Decisions, _because: str) -> str:
        n = decide_splits(screen.session.project, coder, decisions)
        return ngettext("{n} coding decided on.", "{n} codings decided on.", n).format(n=n)

    def done(said: str) -> None:
        screen.workbench.refresh_screens()
        screen.say(said)

    refs = (screen.session.code_name(chosen.coding.code_id).ref, screen.session.code_name(split.into).ref)
    draft = f"split:{coder.id}:{split.id}"
    screen.app.push_screen(SplitScreen(refs, walk, draft, store, done, reason=False))


def _undoing(screen: RecodeScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.session.read_codebook()
        screen.workbench.refresh_screens()
        screen.say(said)

    def refused(reason: str) -> None:
        screen.say(reason, "warn")

    return Undoing(screen, frozenset({"recheck"}), None, done, refused)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "recode.keep": _keep,
    "recode.decide": _decide,
    "recode.undo": lambda screen: _undoing(screen).undo(),
    "recode.redo": lambda screen: _undoing(screen).redo(),
}
RecodeScreen.HANDLERS = HANDLERS
