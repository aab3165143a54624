"""Adjudication: one text, a stripe for each coder, and one key for each difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from textual import events
from textual.geometry import Region
from textual.widget import Widget

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.model.coding import Coding
from hsreview.model.review import Difference, Standing, is_repetition
from hsreview.model.text import Span
from hsreview.tui.action import Action
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.help import HelpText
from hsreview.tui.screens import adjudication_acts, adjudication_edit, adjudication_says
from hsreview.tui.screens.adjudication_docket import Docket, former, state_of
from hsreview.tui.screens.adjudication_text import DifferenceText
from hsreview.tui.screens.coding.desk import Desk
from hsreview.tui.slots import DIGITS
from hsreview.tui.text.document import ViewCoding
from hsreview.tui.widgets.bar import Bar, Piece
from hsreview.workflows import adjudicating, reading
from hsreview.workflows.before_adjudication import Before, before_adjudication
from hsreview.workflows.coders import coders
from hsreview.workflows.projects import Project
from hsreview.workflows.reading import Transcript

LEAST_TEXT = 6
"""Lines that the text keeps, however many coders there are."""


class AdjudicationScreen(BaseScreen):
    """The differences of one transcript, one after the other; what everybody agrees on is settled already."""

    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {
        **adjudication_acts.HANDLERS,
        **adjudication_edit.HANDLERS,
    }
    ABOUT = HelpText(
        N_("Settle differences"),
        N_(
            "Only differences are visited; = marks what everybody agrees on. A number takes that coder's codings and "
            "goes on. Without a reason of your own (m), a standard sentence that names the kind of difference and the "
            "choice is stored as the reason. Nobody's own codings are changed. Above the text stands α of these "
            "coders before adjudication, over all codes: in this transcript, and in all that they share, with its 95 % "
            "interval."
        ),
    )

    def __init__(self, transcript: Transcript, key: str = "") -> None:
        super().__init__()
        self.transcript = transcript
        self.wanted = key
        """The difference to begin with; empty: the first open one."""
        self.text = DifferenceText()
        self.heads = Bar(id="heads")
        self.case = Bar(id="case")
        self.desk: Desk
        self.docket: Docket
        self.editing: list[str] = []
        """Ids of the codings whose ends are being set."""
        self.reason = ""
        """The reason written for the difference that is looked at."""
        self.names_hidden = False
        """Whether the screen begins with names hidden."""
        self.offers_former: bool | None = None
        """Whether the footer offers to decide as before; null: not written yet."""
        self.message: list[Piece] = []
        self.seen = 0
        """The place in the log at which the differences were read."""
        self.overlap = adjudicating.OVERLAP
        """The overlap at which segments match in this project."""
        self.before: Before | None = None
        """How far the coders agreed before; null until it is computed."""

    def body(self) -> Iterable[Widget]:
        yield self.heads
        yield self.text
        yield self.case

    def fill(self) -> None:
        self.set_focus(self.text, scroll_visible=False)
        project = self.session.project
        self.desk = Desk(self.session, self.transcript)
        names = {coder.id: coder.name for coder in coders(project)}
        self.docket = Docket(self._derived(), names)
        self.docket.names_hidden = self.names_hidden
        if self.wanted:
            self.docket.go_to(self.wanted)
        self.show_text()
        lapsed = adjudication_says.lapsed_words(self.docket.consensus, self.desk.coder_name)
        self.message = [Piece(lapsed, "warn")] if lapsed else []
        self.show_case()
        self._compare()

    def _compare(self) -> None:
        """Compute beside the screen how far the coders agreed."""
        session, coders_, wanted = self.session, tuple(self.docket.consensus.coders), self.transcript.id
        root, viewer = session.project.root, session.coder
        self.overlap = adjudicating.overlap_of(session.project)

        def work() -> Before:
            with Project.open(root) as own:
                return before_adjudication(own, wanted, coders_, viewer=viewer)

        def done(before: Before) -> None:
            if self.is_attached:
                self.before = before
                self.heads.show_line(*adjudication_says.heads(self))

        self.workbench.in_background(work, done)

    def _derived(self) -> adjudicating.TranscriptConsensus:
        # Taken before reading: what comes in between is looked at again.
        self.seen = adjudicating.log_position(self.session.project)
        found = adjudicating.consensus_of(self.session.project, [self.transcript.id])
        if not found:
            raise InputRefused(_("This transcript is no longer in the project."))
        return found[0]

    def reread(self) -> None:
        """Take over what was decided or coded meanwhile."""
        self.transcript = reading.present_transcript(self.session.project, self.transcript.id)
        self.desk = Desk(self.session, self.transcript)
        before, span = self.docket.current, self.text.selection
        self.docket.take(self._derived())
        here = self.docket.current
        same = before is not None and here is not None and here.key == before.key
        self.editing = self.editing if same else []
        self.show_text()
        if self.editing and span is not None:
            self.text.select(*span)
        self.show_case()
        self._compare()

    def reread_decisions(self) -> None:
        """Take over what is decided now; the codings are those that are shown."""
        position = adjudicating.log_position(self.session.project)
        self.docket.take(adjudicating.redecided(self.session.project, self.docket.consensus, self.seen))
        self.seen = position
        self.text.signs.update(
            {mark.coding_id: state_of(each) for each in self.docket.differences for mark in each.marks}
        )
        self.text.repaint()
        self.show_case()

    def show_text(self) -> None:
        """Show the text with every coder's stripe."""
        codings = self._codings()
        columns = {coder: number for number, coder in enumerate(self.docket.coders)}
        signs = self.docket.states(codings)
        views = [self._view(coding, signs[coding.id], columns[coding.coder_id]) for coding in codings.values()]
        places = {coding.id: columns[coding.coder_id] for coding in codings.values()}
        self.text.show_case(self.desk.document(), views, places, signs)

    def _codings(self) -> dict[str, Coding]:
        """The first reading of those who marked the transcript reviewed."""
        who, book = set(self.docket.coders), self.session.codebook
        return {
            coding.id: coding
            for coding in self.desk.codings.values()
            if coding.coder_id in who and not is_repetition(coding.pass_, book)
        }

    def _view(self, coding: Coding, sign: str, column: int) -> ViewCoding:
        name = self.session.code_name(coding.code_id)
        number = DIGITS[column] if column < len(DIGITS) else "+"
        agreed = sign == "="
        words = f"= {name}" if agreed else f"{number} {name}"
        return ViewCoding(coding.id, coding.start, coding.end, coding.code_id, words, name.hue, mine=not agreed)

    # What is looked at

    def show_case(self) -> None:
        """Show the difference that is looked at."""
        here = self.docket.current
        if here is not None and not self.editing:
            self.text.select(here.start, here.end)
        self.refresh_bars()

    def current(self) -> Difference:
        """The difference that is looked at. Raises InputRefused when there is none."""
        here = self.docket.current
        if here is None:
            raise InputRefused(_("No differences: everybody agrees."))
        return here

    @property
    def reason_of_all(self) -> str:
        """The reason for every decision of this coder until it is changed, whichever transcript is open."""
        coder = self.session.coder
        return self.session.reasons.get(coder.id, "") if coder else ""

    @reason_of_all.setter
    def reason_of_all(self, reason: str) -> None:
        self.session.reasons[self.workbench.coder().id] = reason

    def again(self) -> AdjudicationScreen:
        """A screen that begins where this one stands."""
        screen = AdjudicationScreen(self.transcript, self.current().key)
        screen.names_hidden, screen.reason = self.docket.names_hidden, self.reason
        return screen

    def leave_case(self) -> None:
        """What was written for this difference alone is forgotten."""
        self.editing, self.reason = [], ""

    def changed(self, difference: Difference) -> None:
        """The state of this difference changed: show so where its words stand."""
        self.text.signs.update(dict.fromkeys((m.coding_id for m in difference.marks), state_of(difference)))
        self.text.repaint((difference.start, difference.end))

    def place(self, start: int, end: int) -> str:
        """Turn and sentence of both ends."""
        first, last = self.desk.place(start), self.desk.place(end - 1)
        return first if first == last else f"{first}–{last}"

    def selection_region(self) -> Region | None:
        rows = self.text.selection_rows
        area = self.text.content_region
        top, bottom = max(rows.start, 0), min(rows.stop, area.height)
        return Region(area.x, area.y + top, area.width, bottom - top) if top < bottom else None

    def span(self) -> Span:
        """The words that are selected."""
        here = self.current()
        return self.text.selection or (here.start, here.end)

    # Bars

    def say(self, message: str, look: str = "strong") -> None:
        """Say something below the text until the next action."""
        self.message = [Piece(message, look)] if message else []
        self.refresh_case()

    def before_action(self) -> None:
        self.message = []

    def after_action(self) -> None:
        self.refresh_case()

    def live_actions(self) -> list[Action]:
        if self.editing:
            return adjudication_edit.live_actions()
        found = super().live_actions()
        return adjudication_acts.with_former(found) if self._has_former() else found

    def _has_former(self) -> bool:
        here = self.docket.current if hasattr(self, "docket") else None
        return here is not None and former(here) is not None

    def footer_key(self, entry: Action) -> str:
        if entry.id == "adjudication.take_1":
            last = min(len(self.docket.coders), 9)
            return f"{super().footer_key(entry)}-{self.key(f'adjudication.take_{last}')}"
        return super().footer_key(entry)

    def refresh_bars(self) -> None:
        """Write header, heads and case."""
        self.refresh_header()
        self.heads.show_line(*adjudication_says.heads(self))
        self.refresh_case()
        if self.offers_former is not self._has_former():
            self.offers_former = self._has_former()
            self.refresh_footer()

    def refresh_header(self) -> None:
        if self.ready or hasattr(self, "docket"):
            self.show_header(*adjudication_says.header(self))

    def refresh_case(self) -> None:
        """Write what each coder put and how the difference stands."""
        lines = adjudication_says.case(self, self.size.width)
        room = max(self.size.height - LEAST_TEXT - 3, 3)
        self._give_room(lines[-room:])
        self.case.show(*lines[-room:])

    def _give_room(self, lines: Sequence[object]) -> None:
        height = self.case.styles.height
        if height is None or height.value != len(lines):
            self.case.styles.height = len(lines)

    def resized(self, event: events.Resize) -> None:
        if hasattr(self, "docket"):
            self.call_after_refresh(self.refresh_bars)

    def finished(self) -> bool:
        """Whether nothing waits any more."""
        return all(each.standing is Standing.DECIDED for each in self.docket.differences)
