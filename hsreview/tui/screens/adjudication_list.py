"""The transcripts that several coders reviewed: what is settled, what waits, and what was adopted. Enter opens one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.model.people import Coder
from hsreview.model.review import Entry as State
from hsreview.model.review import Standing, TranscriptConsensus
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.adjudication_says import lapsed_words
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.key_menu import Entry
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import adjudicating, reading
from hsreview.workflows.coders import coders
from hsreview.workflows.reading import Transcript
from hsreview.workflows.undoing import UndoResult

STATE_NAMES = {
    State.ADJUDICATED: N_("adjudicated"),
    State.ADOPTED: N_("adopted"),
    State.OPEN: N_("differences open"),
    State.SINGLE: N_("one reader"),
    State.UNREAD: N_("not reviewed"),
}


class AdjudicationsScreen(ListScreen):
    """Every transcript with its way into the consensus."""

    SCOPES = (Scope.ADJUDICATIONS,)
    ABOUT = HelpText(
        N_("Consensus"),
        N_(
            "Enter opens the differences of a transcript that several coders reviewed, at the first that waits. A "
            "transcript with one reader becomes part of the consensus when that pass is adopted, with a reason."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, TranscriptConsensus] = {}
        self.transcripts: dict[str, Transcript] = {}
        self.team: dict[str, Coder] = {}

    def fill(self) -> None:
        super().fill()
        open_ = {each.transcript_id for each in self.found.values() if each.entry is State.OPEN}
        waiting = (n for n, row in enumerate(self.rows.rows) if row.key in open_)
        self.rows.go_to(next(waiting, 0))

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        if self.ready:
            self.workbench.guarded(self.reread)

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Transcript"), hued=True),
            Column(_("Readers"), 18, least=70),
            Column(_("Agreed"), 7, right=True, least=90),
            Column(_("Settled"), 9, right=True),
            Column(_("Open"), 6, right=True),
            Column(_("Reopened"), 9, right=True),
            Column(_("State"), 17),
        )

    def all_rows(self) -> Sequence[Row]:
        project = self.session.project
        self.transcripts = {each.id: each for each in reading.transcripts(project)}
        self.team = {coder.id: coder for coder in coders(project)}
        found = adjudicating.consensus_of(project, viewer=self.session.coder)
        self.found = {each.transcript_id: each for each in found if each.transcript_id in self.transcripts}
        self.rows.empty = _("No transcript yet.")
        return [
            self._row(self.found[each.id]) if each.id in self.found else self._hidden_row(each)
            for each in self.transcripts.values()
        ]

    def _hidden_row(self, transcript: Transcript) -> Row:
        """A transcript that this coder still codes blind: nothing of the others is told."""
        return Row(transcript.id, (transcript.name, "", "", "", "", "", _("coded blind")), look="quiet")

    def _row(self, each: TranscriptConsensus) -> Row:
        names = ", ".join(self.coder_name(coder) for coder in each.coders) or "–"
        count = len(each.differences)
        reopened = sum(difference.standing is Standing.REOPENED for difference in each.differences)
        several = len(each.coders) > 1
        return Row(
            each.transcript_id,
            (
                self.transcripts[each.transcript_id].name,
                names,
                str(each.agreed) if several else "",
                f"{count - each.open}/{count}" if several else "",
                str(each.open) if several else "",
                str(reopened or "") if several else "",
                ("✓ " if each.entry in (State.ADJUDICATED, State.ADOPTED) else "") + _(STATE_NAMES[each.entry]),
            ),
            look="quiet" if each.entry is State.UNREAD else "",
        )

    def coder_name(self, coder_id: str) -> str:
        coder = self.team.get(coder_id)
        return coder.name if coder else "?"

    def title_pieces(self) -> Sequence[Piece]:
        inside = sum(each.entry in (State.ADJUDICATED, State.ADOPTED) for each in self.found.values())
        said = _("Transcripts in the consensus: {inside} of {count}").format(inside=inside, count=len(self.transcripts))
        waiting = sum(each.open for each in self.found.values() if each.entry is State.OPEN)
        more = ngettext("{count} difference waits", "{count} differences wait", waiting).format(count=waiting)
        return [Piece(said, "strong"), Piece(f" · {more}", "quiet")]

    def detail_of(self, row: Row) -> str:
        each = self.found.get(row.key)
        if each is None:
            return ""
        return " ".join(filter(None, (self._adoption_words(each), lapsed_words(each, self.coder_name))))

    def _adoption_words(self, each: TranscriptConsensus) -> str:
        adoption = each.adoption
        if adoption is None:
            return ""
        words = _("Adopted from {source} by {coder}, {date}: {reason}").format(
            source=self.coder_name(adoption.source_coder_id),
            coder=self.coder_name(adoption.coder_id),
            date=adoption.at[:10],
            reason=adoption.because,
        )
        if each.left_open:
            words += " " + unsettled_words(each.left_open)
        count = adjudicating.changed_since_adoption(self.session.project, adoption)
        if count:
            told = ngettext("{count} coding changed since then.", "{count} codings changed since then.", count)
            words += " " + told.format(count=count)
        return words

    def highlighted(self) -> TranscriptConsensus:
        """The transcript under the cursor. Raises InputRefused when the list is empty."""
        row = self.rows.current
        if row is None:
            raise InputRefused(_("There is no transcript in this list."))
        return self.one(row.key)

    def one(self, transcript_id: str) -> TranscriptConsensus:
        """How a transcript stands. Raises InputRefused when this coder still codes it blind."""
        if transcript_id not in self.found:
            raise InputRefused(_("You code blind here until you mark the transcript reviewed."))
        return self.found[transcript_id]

    def chosen(self, row: Row) -> None:
        self.workbench.guarded(lambda: self._open(self.one(row.key)))

    def _open(self, each: TranscriptConsensus) -> None:
        from hsreview.tui.screens.adjudication import AdjudicationScreen

        if len(each.coders) < 2:
            told = _("Fewer than two coders marked this transcript reviewed; {key} adopts one coder's pass.")
            raise InputRefused(told.format(key=self.key("adjudications.adopt")))
        self.app.push_screen(AdjudicationScreen(self.transcripts[each.transcript_id]))


def _adopt(screen: AdjudicationsScreen) -> None:
    each = screen.highlighted()
    if not each.coders:
        raise InputRefused(_("Nobody marked this transcript reviewed, so there is nothing to adopt."))
    if len(each.coders) == 1:
        _ask_reason(screen, each, each.coders[0])
        return
    entries = [
        Entry(screen.digit_keys(n), screen.coder_name(coder), partial(_ask_reason, screen, each, coder))
        for n, coder in enumerate(each.coders)
    ]
    screen.show_menu(_("Adopt whose pass?"), entries)


def _ask_reason(screen: AdjudicationsScreen, each: TranscriptConsensus, source: str) -> None:
    coder = screen.workbench.coder()

    def done(reason: str) -> None:
        adjudicating.adopt(screen.session.project, coder, [each.transcript_id], screen.team[source], reason.strip())
        screen.workbench.refresh_screens()
        screen.say(_("Adopted from {name}.").format(name=screen.coder_name(source)))

    name = screen.transcripts[each.transcript_id].name
    question = _("Why is {name} adopted from {coder}?").format(name=name, coder=screen.coder_name(source))
    if each.open:
        question = f"{unsettled_words(each.open)} {question}"
    screen.ask(question, done)


def unsettled_words(count: int) -> str:
    """That so many differences are left as they are by taking one coder's side."""
    said = ngettext("{count} difference is not settled.", "{count} differences are not settled.", count)
    return said.format(count=count)


def _unadopt(screen: AdjudicationsScreen) -> None:
    each = screen.highlighted()
    if each.adoption is None:
        raise InputRefused(_("This transcript was not adopted."))
    adjudicating.unadopt(screen.session.project, screen.workbench.coder(), [each.transcript_id])
    screen.workbench.refresh_screens()
    screen.say(_("The adoption was taken back."))


def _agreed_only(screen: AdjudicationsScreen) -> None:
    each, coder = screen.highlighted(), screen.workbench.coder()
    if len(each.coders) < 2 or not each.open:
        raise InputRefused(_("No difference waits here."))

    def done(reason: str) -> None:
        adjudicating.accept_agreed(screen.session.project, coder, [each.transcript_id], reason.strip())
        screen.workbench.refresh_screens()

    told = ngettext("Why is {count} difference settled with nothing?", "Why are {count} differences settled with "
                    "nothing?", each.open)  # fmt: skip
    screen.ask(told.format(count=each.open), done)


def _undoing(screen: AdjudicationsScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.workbench.refresh_screens()
        screen.say(said)

    own = frozenset({"adoption", "decision"})
    return Undoing(screen, own, None, done, lambda reason: screen.say(reason, "warn"))


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "adjudications.adopt": _adopt,
    "adjudications.unadopt": _unadopt,
    "adjudications.agreed_only": _agreed_only,
    "adjudications.undo": lambda screen: _undoing(screen).undo(),
    "adjudications.redo": lambda screen: _undoing(screen).redo(),
}
AdjudicationsScreen.HANDLERS = HANDLERS
