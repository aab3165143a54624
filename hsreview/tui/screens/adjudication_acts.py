"""What is done to a difference: take, all, neither, another code, reason, undo. Each is stored before it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, ngettext
from hsreview.model.localized import Localized
from hsreview.model.review import Decision, Difference, Outcome, Settled, Standing
from hsreview.tui.action import Action
from hsreview.tui.screens.adjudication_docket import common_span, former
from hsreview.tui.screens.adjudication_says import codes_here, outcome_words, standard_reason
from hsreview.tui.slots import DIGITS
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.key_menu import Entry
from hsreview.workflows import adjudicating, reading
from hsreview.workflows.undoing import UndoResult

if TYPE_CHECKING:
    from hsreview.tui.app import Workbench
    from hsreview.tui.screens.adjudication import AdjudicationScreen

Handler = Callable[[Any], None]
FORMER_SHOWN = 93
"""Where the footer names the decision that stood before: after the coders, before the other choices."""
OWN_ACTS = frozenset({"decision"})
"""What undo takes back here without a question."""


def decide(
    screen: AdjudicationScreen,
    outcome: Outcome,
    *,
    taken: str = "",
    result: Sequence[Settled] = (),
    because: str = "",
) -> None:
    """Store what was decided on the difference that is looked at, and go on to the next that waits.

    Where it is settled already, ask first.
    """
    here = screen.current()
    store = partial(_settle, screen, here, outcome, taken=taken, result=result, because=because)
    if here.standing is Standing.DECIDED and here.decision is not None:
        _ask_to_replace(screen, here.decision, store)
    else:
        store()


def _ask_to_replace(screen: AdjudicationScreen, decision: Decision, store: Callable[[], None]) -> None:
    """A settled difference is settled otherwise only by who says so: its reason would go unseen."""
    words = outcome_words(decision, screen.docket.name(decision.taken) if decision.taken else "")
    title = _("Settled already ({outcome}). Replace the decision and its reason?").format(outcome=words)
    screen.show_menu(title, [Entry(("enter",), _("Replace it"), store)], avoid=screen.selection_region())


def _settle(
    screen: AdjudicationScreen, here: Difference, outcome: Outcome, *, taken: str, result: Sequence[Settled],
    because: str,
) -> None:  # fmt: skip
    docket = screen.docket
    if screen.current() != here:
        raise InputRefused(_("This difference has changed since you read it. Nothing was stored; look at it again."))
    name = docket.name(taken) if taken and not docket.names_hidden else ""
    reason = because or screen.reason or screen.reason_of_all or standard_reason(here, outcome, name)
    decision = adjudicating.decide(
        screen.session.project, screen.workbench.coder(), here, outcome, taken=taken, result=result, because=reason,
        seen=screen.seen,
    )  # fmt: skip
    screen.changed(docket.settled(decision))
    go_on(screen)


def go_on(screen: AdjudicationScreen) -> None:
    """To the next difference that waits; where none does, say so."""
    screen.leave_case()
    moved = screen.docket.step(1)
    screen.show_case()
    if not moved and screen.finished():
        screen.say(_("Every difference is settled: this transcript is part of the consensus."))


def _take(number: int) -> Handler:
    def handler(screen: AdjudicationScreen) -> None:
        coders = screen.docket.coders
        screen.current()
        if number >= len(coders):
            raise InputRefused(_("There is no coder {number} here.").format(number=number + 1))
        decide(screen, Outcome.TAKE, taken=coders[number])

    return handler


def _as_before(screen: AdjudicationScreen) -> None:
    decision = former(screen.current())
    if decision is None:
        screen.say(_("There is no earlier decision that can be taken again as it was."))
    else:
        decide(screen, decision.outcome, taken=decision.taken, because=screen.reason or decision.because)


def with_former(actions: Sequence[Action]) -> list[Action]:
    """These actions, with the decision that stood before in the footer: a reopened difference is looked at."""
    return [replace(each, show=FORMER_SHOWN) if each.id == "adjudication.as_before" else each for each in actions]


def _other(screen: AdjudicationScreen) -> None:
    """Another code on these words, or on the ends that are being set."""
    from hsreview.tui.screens.coding.picker import code_choice

    here = screen.current()
    start, end = screen.span() if screen.editing else common_span(here.marks)
    words = " ".join(screen.desk.text.text[start : min(end, start + 70)].split())

    def choose(code_id: str) -> None:
        result = (Settled(code_id, start, end),)
        screen.workbench.guarded(lambda: decide(screen, Outcome.OTHER, result=result))

    screen.choose(code_choice(screen, _("Code “{words}”").format(words=words), choose), avoid=screen.selection_region())


def _because(screen: AdjudicationScreen) -> None:
    here = screen.current()
    decided = here.decision if here.standing is adjudicating.Standing.DECIDED else None

    def done(answer: str) -> None:
        reason = answer.strip()
        if decided is not None and reason:
            stored = adjudicating.decide(
                screen.session.project,
                screen.workbench.coder(),
                here,
                decided.outcome,
                taken=decided.taken,
                result=decided.result,
                because=reason,
                seen=screen.seen,
            )
            screen.docket.settled(stored)
        else:
            screen.reason = reason
        screen.refresh_bars()

    screen.ask(_("Reason:"), done, text=decided.because if decided else screen.reason)


def _because_always(screen: AdjudicationScreen) -> None:
    def done(answer: str) -> None:
        screen.reason_of_all = answer.strip()
        if screen.reason_of_all:
            screen.say(_("Every decision gets this reason until you change it here or quit."))
        else:
            screen.say(_("Decisions get a standard reason again."))

    screen.ask(_("Reason of all decisions to come (empty: a standard one):"), done, text=screen.reason_of_all)


def _reopen(screen: AdjudicationScreen) -> None:
    here = screen.current()
    adjudicating.reopen(screen.session.project, screen.workbench.coder(), here, seen=screen.seen)
    screen.reread_decisions()
    screen.say(_("Open again."))


def _undoing(screen: AdjudicationScreen, *, further: bool = False) -> Undoing:
    done = partial(_toggled, screen, further)
    return Undoing(screen, OWN_ACTS, screen.transcript, done, lambda said: screen.say(said, "warn"))


def _toggled(screen: AdjudicationScreen, further: bool, result: UndoResult, said: str) -> None:
    """Show what undo or redo left, and go to the difference whose standing it changed; `further` goes on from one that
    is settled again, as deciding it did.
    """
    before = {each.key: each.standing for each in screen.docket.differences}
    if set(result.changed) & {"code", "codebook"}:
        screen.session.read_codebook()
    screen.leave_case()
    if set(result.changed) == {"decision"}:
        screen.reread_decisions()
    else:
        screen.reread()
    touched = (each for each in screen.docket.differences if before.get(each.key) is not each.standing)
    found: Difference | None = next(touched, None)
    if found is not None:
        screen.docket.go_to(found.key)
        if further and found.standing is Standing.DECIDED:
            screen.docket.step(1)
        screen.show_case()
    screen.say(said)


def _names(screen: AdjudicationScreen) -> None:
    screen.docket.names_hidden = not screen.docket.names_hidden
    screen.show_text()
    screen.show_case()
    screen.say(_("Names are hidden; the order is drawn.") if screen.docket.names_hidden else _("Names are shown."))


def _moving(step: int, *, any_standing: bool = False) -> Handler:
    def handler(screen: AdjudicationScreen) -> None:
        screen.leave_case()
        moved = screen.docket.step(step, any_standing=any_standing)
        screen.show_case()
        if not moved and screen.docket.differences:
            screen.say(_("No other difference waits.") if not any_standing else _("There is no other difference."))

    return handler


def choose_code(
    screen: AdjudicationScreen, title: str, ids: Sequence[str], then: Callable[[AdjudicationScreen, str], None]
) -> None:
    """Ask for one of these codes, unless there is only one."""
    if len(ids) == 1:
        then(screen, ids[0])
        return
    names = [screen.session.code_name(code_id) for code_id in ids]
    entries = [
        Entry(screen.digit_keys(index), str(names[index]), partial(then, screen, code_id), names[index].hue)
        for index, code_id in enumerate(ids[: len(DIGITS)])
    ]
    screen.show_menu(title, entries, avoid=screen.selection_region())


def _amend(screen: AdjudicationScreen) -> None:
    """Open the words of a code that is disputed here."""
    ids = [code_id for code_id in codes_here(screen) if code_id in screen.session.places]
    if not ids:
        raise InputRefused(_("This code is not in the codebook."))
    choose_code(screen, _("Amend which code?"), ids, _open_form)


def _open_form(screen: AdjudicationScreen, code_id: str) -> None:
    from hsreview.tui.screens.code_form import CodeForm
    from hsreview.workflows import codebooks, rechecking

    coder = screen.workbench.coder()

    def store(texts: Mapping[str, Localized] | None) -> None:
        if texts:
            screen.workbench.guarded(lambda: _store(texts))

    def _store(texts: Mapping[str, Localized]) -> None:
        codebooks.change_code(screen.session.project, coder, code_id, texts=texts)
        screen.session.read_codebook()
        screen.workbench.refresh_screens()
        said = _("The rule was amended.")
        waiting = len(rechecking.recode_queue(screen.session.project, screen.session.coder).entries)
        if waiting:
            told = ngettext("{count} earlier coding is to be looked at again: {key}",
                            "{count} earlier codings are to be looked at again: {key}", waiting)  # fmt: skip
            said += " " + told.format(count=waiting, key=screen.key("everywhere.go", "go.recode"))
        screen.say(said)

    screen.app.push_screen(CodeForm(screen.session.places[code_id]), store)


def _open_text(screen: AdjudicationScreen) -> None:
    """Show the words among all codings; Esc leads back to this difference."""
    here = screen.current()
    back = partial(_come_back, screen.workbench, screen.again())
    screen.workbench.open_transcript(screen.transcript, start=here.start, end=here.end, back=back)


def _come_back(workbench: Workbench, again: AdjudicationScreen) -> None:
    from hsreview.tui.screens.adjudication_list import AdjudicationsScreen

    again.transcript = reading.present_transcript(again.session.project, again.transcript.id)
    workbench.push_screen(AdjudicationsScreen())
    workbench.push_screen(again)


HANDLERS: Mapping[str, Handler] = {
    **{f"adjudication.take_{number + 1}": _take(number) for number in range(9)},
    "adjudication.both": lambda screen: decide(screen, Outcome.BOTH),
    "adjudication.neither": lambda screen: decide(screen, Outcome.NEITHER),
    "adjudication.other": _other,
    "adjudication.as_before": _as_before,
    "adjudication.because": _because,
    "adjudication.because_always": _because_always,
    "adjudication.reopen": _reopen,
    "adjudication.undo": lambda screen: _undoing(screen).undo(),
    "adjudication.redo": lambda screen: _undoing(screen, further=True).redo(),
    "adjudication.names": _names,
    "adjudication.next": _moving(1),
    "adjudication.previous": _moving(-1),
    "adjudication.next_any": _moving(1, any_standing=True),
    "adjudication.previous_any": _moving(-1, any_standing=True),
    "adjudication.code": _amend,
    "adjudication.open_text": _open_text,
}
