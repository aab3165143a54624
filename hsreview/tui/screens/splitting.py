"""Walking through the codings of a code that is split: one key says what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.codebook_splitting import Choice, Decisions
from hsreview.workflows.in_context import coding_in_context

_AROUND = 160
"""Characters before and after the words of a coding that are shown with them."""


@dataclass(frozen=True, slots=True)
class Walked:
    """One coding on the way."""

    coding_id: str
    place: str
    coder: str
    own: bool
    text: str


class SplitScreen(ListScreen):
    """Every coding with what was decided. What is decided is kept on this computer until it is stored."""

    SCOPES = (Scope.SPLIT,)
    ABOUT = HelpText(
        N_("Split a code"),
        N_(
            "For each coding of yours one key says whether it stays, goes to the other code or gets both, and goes on "
            "to the next. All of it is stored as one act. What you leave undecided, and the codings of others, wait "
            "until their coders look at them again."
        ),
    )

    def __init__(
        self, refs: tuple[str, str], walk: Sequence[Walked], draft: str, store: Callable[[Decisions, str], str],
        done: Callable[[str], None], *, reason: bool,
    ) -> None:  # fmt: skip
        super().__init__()
        self.refs = refs
        """Of the code that is split, and of the other one."""
        self.walk = {each.coding_id: each for each in walk}
        self.draft = draft
        """The name under which what is decided is kept until it is stored."""
        self.store = store
        self.done = done
        self.reason = reason
        self.decisions: Decisions = {}

    def fill(self) -> None:
        kept = self.session.project.local(self.draft, {})
        self.decisions = {key: Choice(value) for key, value in kept.items() if key in self.walk and self.walk[key].own}
        super().fill()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Decided"), 14, hued=True),
            Column(_("Place"), 24, place=True),
            Column(_("Coder"), 10, least=90),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = _("No coding has this code. {key} stores the split.").format(key=self.key("split.store"))
        return [self._row(each) for each in self.walk.values()]

    def _row(self, each: Walked) -> Row:
        words = " ".join(each.text.split())
        look = "" if each.own else "quiet"
        return Row(each.coding_id, (self._decided(each), each.place, each.coder, words), look)

    def _decided(self, each: Walked) -> str:
        if not each.own:
            return _("waits")
        old, new = self.refs
        chosen = self.decisions.get(each.coding_id)
        return {None: "?", Choice.STAYS: old, Choice.GOES: f"→ {new}", Choice.BOTH: f"{old} + {new}"}[chosen]

    def title_pieces(self) -> Sequence[Piece]:
        own = sum(each.own for each in self.walk.values())
        said = _("decided {n} of {total}").format(n=len(self.decisions), total=own)
        others = len(self.walk) - own
        pieces = [Piece(" · ".join((f"{self.refs[0]} | {self.refs[1]}", said)), "strong")]
        if others:
            told = ngettext("{n} of others waits", "{n} of others wait", others).format(n=others)
            pieces.append(Piece(f" · {told}", "quiet"))
        return pieces

    def detail_of(self, row: Row) -> str:
        each = self.walk[row.key]
        told = _("{coder} decides about this one.").format(coder=each.coder)
        if each.own:
            old, new = self.refs
            ways = (("split.stays", old), ("split.goes", f"→ {new}"), ("split.both", f"{old} + {new}"))
            told = "   ".join(f"{self.key(action)}  {becomes}" for action, becomes in ways)
        return told + "\n" + coding_in_context(self.session.project, each.coding_id, _AROUND)

    def decide(self, choice: Choice | None) -> None:
        """Say what becomes of the highlighted coding, and go on to the next."""
        row = self.rows.current
        each = self.walk[row.key] if row else None
        if each is None or not each.own:
            raise InputRefused(_("Only its coder decides about a coding."))
        if choice is None:
            self.decisions.pop(each.coding_id, None)
        else:
            self.decisions[each.coding_id] = choice
        self.session.project.set_local(self.draft, {key: str(value) for key, value in self.decisions.items()})
        at = self.rows.cursor
        self.reread()
        self.rows.go_to(at + 1)

    def store_now(self) -> None:
        """Store all decisions as one act, and go back."""

        def stored(reason: str) -> None:
            said = self.store(self.decisions, reason.strip())
            self.session.project.set_local(self.draft, {})
            self.app.pop_screen()
            self.done(said)

        if self.reason:
            self.ask(_("Why (it is stored with the change):"), stored)
        else:
            stored("")


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "split.stays": lambda screen: screen.decide(Choice.STAYS),
    "split.goes": lambda screen: screen.decide(Choice.GOES),
    "split.both": lambda screen: screen.decide(Choice.BOTH),
    "split.later": lambda screen: screen.decide(None),
    "split.store": lambda screen: screen.store_now(),
}
SplitScreen.HANDLERS = HANDLERS
