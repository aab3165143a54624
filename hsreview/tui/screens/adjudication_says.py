"""What the adjudication screen says of a difference, in words that need no colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.model.agreement import UNIT_WORDS, Undefined
from hsreview.model.review import (
    Decision,
    Difference,
    DifferenceKind,
    Mark,
    Outcome,
    Settled,
    Standing,
    TranscriptConsensus,
)
from hsreview.tui.screens.adjudication_docket import AGREED
from hsreview.tui.screens.agreement_rows import interval, number
from hsreview.tui.slots import DIGITS
from hsreview.tui.widgets.bar import Line, Piece, fitted

if TYPE_CHECKING:
    from hsreview.tui.screens.adjudication import AdjudicationScreen
    from hsreview.workflows.before_adjudication import Before

KIND_NAMES = {
    DifferenceKind.SPLIT: N_("split"),
    DifferenceKind.BOUNDARY: N_("boundary"),
    DifferenceKind.EXTRA: N_("extra"),
    DifferenceKind.DIFFERENT: N_("other code"),
    DifferenceKind.MISSED: N_("missed"),
}
KIND_SENTENCES = {
    DifferenceKind.SPLIT: N_("one segment against several of the same code"),
    DifferenceKind.BOUNDARY: N_("the same code, but the segments overlap too little"),
    DifferenceKind.EXTRA: N_("the same segment with one code more"),
    DifferenceKind.DIFFERENT: N_("the same segment under another code"),
    DifferenceKind.MISSED: N_("not everybody coded this"),
}
STANDING_NAMES = {
    Standing.OPEN: N_("waits"),
    Standing.DECIDED: N_("settled"),
    Standing.REOPENED: N_("reopened"),
}
CODERS_SHOWN = 6


def kind_name(kind: DifferenceKind) -> str:
    """A kind of difference in a word."""
    return _(KIND_NAMES[kind])


def standard_reason(difference: Difference, outcome: Outcome, name: str) -> str:
    """The reason that is stored with a decision for which nobody wrote one; `name` is empty while names are hidden."""
    kind = kind_name(difference.kind)
    if outcome is Outcome.TAKE and name:
        said = _("taken as {name} coded it").format(name=name)
    elif outcome is Outcome.TAKE:
        said = _("taken as one coder coded it, names hidden")
    else:
        said = {
            Outcome.BOTH: _("everybody's codings hold"),
            Outcome.NEITHER: _("no code applies here"),
            Outcome.EDITED: _("other ends were set"),
            Outcome.OTHER: _("another code fits better"),
        }[outcome]
    return labelled(kind, said)


def outcome_words(decision: Decision, name: str) -> str:
    """What was decided, in a few words."""
    if decision.outcome is Outcome.TAKE:
        return _("taken: {name}").format(name=name)
    return {
        Outcome.BOTH: _("taken: everybody's"),
        Outcome.NEITHER: _("nothing coded here"),
        Outcome.EDITED: _("other ends"),
        Outcome.OTHER: _("another code"),
    }[decision.outcome]


def lapsed_words(consensus: TranscriptConsensus, name: Callable[[str], str]) -> str:
    """What was decided and has no effect any more, the newest last; empty when there is no such decision."""
    count = len(consensus.lapsed)
    if not count:
        return ""
    last = consensus.lapsed[-1]
    told = ngettext("{count} decision has no effect any more; its codings are gone or no longer differ",
                    "{count} decisions have no effect any more; their codings are gone or no longer differ",
                    count)  # fmt: skip
    words = outcome_words(last, name(last.taken) if last.taken else "")
    return labelled(told.format(count=count), f"{words} — {last.because} ({name(last.coder_id)} {last.at[:10]})")


def header(screen: AdjudicationScreen) -> Line:
    """Transcript, coders, which difference; how many are settled and by whom."""
    docket = screen.docket
    here = docket.current
    names = " ⟷ ".join(docket.name(coder) for coder in docket.coders)
    left = [Piece(f" {screen.transcript.name} ", "strong"), Piece(f" {names} ", "")]
    if here is not None:
        said = _("{number} of {count}").format(number=docket.index + 1, count=len(docket.differences))
        left += [Piece(f" {kind_name(here.kind)} ", "key"), Piece(f" {said}", "quiet")]
    who = ", ".join(screen.desk.coder_name(coder) for coder in docket.deciders)
    counts = f"{docket.decided}/{len(docket.differences)}"
    done = _("decided {counts} by {names}").format(counts=counts, names=who) if who else ""
    return left, [Piece(f" {done or _('decided {counts}').format(counts=counts)} ", "strong")]


def heads(screen: AdjudicationScreen) -> Line:
    """How far they agreed before, the number of each coder above their stripe, and the rule for matching segments."""
    numbers = "".join(DIGITS[n] if n < 9 else "…" for n in range(min(len(screen.docket.coders), 5)))
    rule = _("rule: overlap ≥ {share} %").format(share=f"{screen.overlap * 100:.0f}")
    room = screen.text.stripes_x
    beside = screen.size.width - room - len(numbers) > cell_len(rule) + 2
    forms = [f" {form}" if beside else f" {form} · {rule}" for form in _agreed_before(screen.before)]
    said = next((form for form in forms if cell_len(form) < room), forms[-1])
    left = [Piece(fitted(said, room), "quiet"), Piece(numbers, "strong")]
    return left, [Piece(f"{rule} ", "quiet")] if beside else ()


def _agreed_before(before: Before | None) -> Sequence[str]:
    """α before adjudication, in words that get shorter."""
    if before is None:
        return ("α …",)
    here, count = number(before.here.value), before.transcripts
    all_ = f"{number(before.everywhere.value)} {interval(before.everywhere)}".rstrip()
    told = ngettext("α before ({unit}): {here} here, {all} in {count} transcript",
                    "α before ({unit}): {here} here, {all} in {count} transcripts", count)  # fmt: skip
    long = told.format(unit=_(UNIT_WORDS[before.unit]), here=here, all=all_, count=count)
    short = _("α {here} here, {all} in {count}").format(here=here, all=all_, count=count)
    if before.everywhere.no_interval is Undefined.FEW_DOCUMENTS:
        return f"{long}, {_('no interval below 5')}", long, short, f"α {here}"
    return long, short, f"α {here}"


def case(screen: AdjudicationScreen, width: int) -> list[Line]:
    """For each coder what they put; then how the difference stands."""
    docket = screen.docket
    here = docket.current
    if here is None:
        said = [Piece(" " + _("No differences: everybody agrees."), "strong")]
        return [(said, ()), *([([Piece(" "), *screen.message], ())] if screen.message else [])]
    coders = docket.coders
    room = min(max(cell_len(docket.name(coder)) for coder in coders), max(width // 5, 8))
    lines = [_coder_line(screen, n, coder, room) for n, coder in enumerate(coders[:CODERS_SHOWN])]
    if len(coders) > CODERS_SHOWN:
        more = len(coders) - CODERS_SHOWN
        lines.append(([Piece(" " + ngettext("… and {count} more", "… and {count} more", more).format(count=more))], ()))
    lines += [(pieces, ()) for pieces in _standing_lines(screen, here)]
    return lines


def _coder_line(screen: AdjudicationScreen, number: int, coder: str, room: int) -> Line:
    docket = screen.docket
    here = docket.current
    assert here is not None
    marks = docket.marks_of(coder)
    taken = _is_taken(here, coder)
    key = DIGITS[number] if number < 9 else " "
    pieces = [Piece(f" {key} ", "key"), Piece(f"{fitted(docket.name(coder), room)} ", "strong" if taken else "")]
    pieces.append(Piece("✓ " if taken else "  ", "strong"))
    if not marks:
        pieces.append(Piece(_("– nothing"), "quiet"))
    for index, mark in enumerate(marks):
        if index:
            pieces.append(Piece("; ", "quiet"))
        pieces += mark_pieces(screen, mark)
    return pieces, ()


def mark_pieces(screen: AdjudicationScreen, mark: Mark) -> list[Piece]:
    """A coding in words: code, place, modifiers and flags."""
    name = screen.session.code_name(mark.code_id)
    coding = screen.desk.codings.get(mark.coding_id)
    details = screen.session.details(coding) if coding is not None else ""
    more = f"  {details}" if details else ""
    return [Piece(str(name), name.hue), Piece(f" {screen.place(mark.start, mark.end)}{more}", "quiet")]


def _is_taken(difference: Difference, coder: str) -> bool:
    decision = difference.decision
    if decision is None or difference.standing is not Standing.DECIDED:
        return False
    if decision.outcome is Outcome.BOTH:
        return any(mark.coder_id == coder for mark in difference.marks)
    return decision.outcome is Outcome.TAKE and decision.taken == coder


def _standing_lines(screen: AdjudicationScreen, here: Difference) -> list[list[Piece]]:
    """How the difference stands; always two lines, so that the text does not move."""
    if screen.message:
        second = [Piece(" "), *screen.message]
    elif screen.editing:
        second = [Piece(" " + _("Set the ends with the arrows; Enter stores, Esc leaves."), "key")]
    elif screen.reason:
        second = [Piece(" " + _("Reason:"), "quiet"), Piece(f" {screen.reason}", "strong")]
    elif screen.reason_of_all and here.standing is Standing.OPEN:
        second = [Piece(" " + _("Reason of all:"), "quiet"), Piece(f" {screen.reason_of_all}", "strong")]
    elif here.contrary:
        names = ", ".join(screen.desk.coder_name(each.coder_id) for each in here.contrary)
        second = [Piece(" " + _("Contrary decisions of {names}: decide anew.").format(names=names), "warn")]
    else:
        # A reason is long: it has a line of its own where nothing else has to be said.
        return [_standing(screen, here), [Piece(f" — {here.decision.because}")] if here.decision else []]
    return [[*_standing(screen, here), *([Piece(f"— {here.decision.because}")] if here.decision else [])], second]


def _standing(screen: AdjudicationScreen, here: Difference) -> list[Piece]:
    decision = here.decision
    sentence = _(KIND_SENTENCES[here.kind])
    if here.kind is DifferenceKind.DIFFERENT and here.same_parent:
        sentence = _("the same segment under another code of the same theme")
    if decision is None:
        return [Piece(" ≠ ", "strong"), Piece(sentence, ""), *_agreed_here(screen, here)]
    by = screen.desk.coder_name(decision.coder_id)
    words = outcome_words(decision, screen.docket.name(decision.taken) if decision.taken else "")
    # Places of an earlier text are no places here.
    told = decision.result if decision.version_id == here.version_id else ()
    what = "; ".join(settled_words(screen, each) for each in told)
    if decision.outcome in (Outcome.EDITED, Outcome.OTHER) and what:
        words = labelled(words, what)
    tail = [Piece(f"  {by} {decision.at[:10]}  ", "quiet")]
    if here.standing is Standing.DECIDED:
        return [Piece(" ✓ ", "strong"), Piece(words, "strong"), *tail]
    return [Piece(" ↻ " + _("reopened; before:") + " ", "warn"), Piece(words), *tail]


def _agreed_here(screen: AdjudicationScreen, here: Difference) -> list[Piece]:
    """The codes on which all agree at the same words."""
    touching = screen.text.cursor.index.touching(here.start, here.end)
    codes = dict.fromkeys(each.code_id for each in touching if screen.text.signs.get(each.id) == AGREED)
    if not codes:
        return []
    names = ", ".join(str(screen.session.code_name(code_id)) for code_id in codes)
    return [Piece("  = ", "strong"), Piece(_("all agree here on: {codes}").format(codes=names), "quiet")]


def settled_words(screen: AdjudicationScreen, settled: Settled) -> str:
    """A coding of the consensus in words."""
    return f"{screen.session.code_name(settled.code_id)} {screen.place(settled.start, settled.end)}"


def codes_here(screen: AdjudicationScreen) -> list[str]:
    """Ids of the codes that are disputed, in the order of the coders' keys. Raises InputRefused without difference."""
    marks = screen.current().marks
    order = list(screen.docket.coders)
    return list(dict.fromkeys(m.code_id for m in sorted(marks, key=lambda m: (order.index(m.coder_id), m.start))))
