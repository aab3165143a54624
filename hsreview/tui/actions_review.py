"""The actions of adjudication and what belongs to it."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action
from hsreview.tui.actions_coding import SLOT_KEYS

GO, CASE, CASES = Scope.GO, Scope.ADJUDICATION, Scope.ADJUDICATIONS

_GO = (
    action("agreement", GO, "a", N_("agreement"), N_("Compare coders: agreement, drift, confusion")),
    action("adjudicate", GO, "j", N_("adjudicate"), N_("Settle the differences between coders")),
    action("recode", GO, "r", N_("to recode"), N_("List codings to look at again under amended rules")),
    action("practice", GO, "f", N_("feedback"), N_("Compare what you coded for practice with the key")),
    action("exchange", GO, "x", N_("exchange"), N_("Make packages, take them in, decide contradictions")),
)

_RECODE = (
    action("keep", Scope.RECODE, "a", N_("keep"), N_("This coding stands under the amended rules"), 90),
    action("undo", Scope.RECODE, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", Scope.RECODE, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)

_EXCHANGE = (
    action("mine", Scope.EXCHANGE, "m", N_("my package"), N_("Make a package of all my records, for the lead"), 85),
    action("for_coder", Scope.EXCHANGE, "p", N_("package for …"), N_("Make a package for one coder"), 80),
    action("merge", Scope.EXCHANGE, "i", N_("take in"), N_("Take packages in, after a look at what they bring"), 88),
    action("undo", Scope.EXCHANGE, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", Scope.EXCHANGE, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)

_AGREEMENT = (
    action("unit", Scope.AGREEMENT, "c", N_("unit"), N_("Change what is counted: turn, sentence, word …"), 85),
    action("pair", Scope.AGREEMENT, "p", N_("pair"), N_("Compare two coders, or all"), 80),
    action("more", Scope.AGREEMENT, "v", N_("all values"), N_("Show every coefficient, or the usual ones"), 75),
    action("parents", Scope.AGREEMENT, "t", N_("themes"), N_("Roll codes up to those above them, or not"), 60),
    action("interviewer", Scope.AGREEMENT, "i", N_("interviewer"), N_("Count interviewers' turns too, or not")),
    action("drift", Scope.AGREEMENT, "d", N_("drift"), N_("Plot agreement over time"), 65),
    action("confusion", Scope.AGREEMENT, "m", N_("confusion"), N_("Show which code meets which other one"), 70),
    action("left", Scope.AGREEMENT, "left", N_("columns ←"), N_("Move to the columns before, in the confusion")),
    action("right", Scope.AGREEMENT, "right", N_("columns →"), N_("Move to further columns, in the confusion"), 50),
    action("workbook", Scope.AGREEMENT, "x", N_("Excel"), N_("Write the workbook, agreement included"), 55),
)

_CASES = (
    action("adopt", CASES, "a", N_("adopt"), N_("Adopt one coder's pass as consensus, with a reason"), 80),
    action("unadopt", CASES, "r", N_("take back"), N_("Take an adoption back"), 60),
    action("agreed_only", CASES, "n", N_("agreed only"), N_("Settle all open differences: only what is agreed"), 50),
    action("undo", CASES, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", CASES, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)

TAKE_KEYS = SLOT_KEYS[:9]
"""The keys `1` to `9` of the coders, as every keyboard sends them."""

_TAKE = tuple(
    action(
        f"take_{digit}",
        CASE,
        digit,
        N_("take"),
        N_("Take what this coder put, and go on"),
        95 if digit == "1" else 0,
        azerty=azerty,
        palette=False,
    )
    for digit, azerty in TAKE_KEYS
)

_CASE = (
    *_TAKE,
    action("both", CASE, "b", N_("all"), N_("Take what every coder put, and go on"), 90),
    action("neither", CASE, "0 x", N_("neither"), N_("Take nothing here, and go on"), 88, azerty="à"),
    action("edit", CASE, "e shift+down", N_("edit ends"), N_("Set other ends; then: extend by one unit"), 84),
    action("other", CASE, "space", N_("other code"), N_("Choose another code for these words, and go on"), 82),
    action("next", CASE, "semicolon n", N_("next"), N_("Go to the next open difference"), 80),
    action("previous", CASE, "comma p", N_("previous"), N_("Go to the open difference before")),
    action("next_any", CASE, "N", N_("next of all"), N_("Go to the next difference, settled or not")),
    action("previous_any", CASE, "P", N_("previous of all"), N_("Go to the difference before, settled or not")),
    action("because", CASE, "m", N_("reason"), N_("Write the reason of this decision yourself"), 70),
    action("because_always", CASE, "M", N_("reason of all"), N_("Write one reason for the decisions to come")),
    action("undo", CASE, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 75),
    action("redo", CASE, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("as_before", CASE, "r", N_("as before"), N_("Decide a reopened difference as it was decided before")),
    action("reopen", CASE, "d", N_("reopen"), N_("Open this difference again")),
    action("names", CASE, "a", N_("hide names"), N_("Hide or show the names of the coders"), 40),
    action("code", CASE, "c", N_("rule"), N_("Amend the definition of a code that is disputed here"), 50),
    action("open_text", CASE, "i", N_("in the text"), N_("Show this place on the coding screen")),
    action("give_back", CASE, "E shift+up", N_("give back"), N_("Give the last unit of the new stretch back")),
    action("nudge_forward", CASE, "right l", N_("nudge →"), N_("Move the end of the new stretch one word on")),
    action("nudge_back", CASE, "left h", N_("nudge ←"), N_("Move the end of the new stretch one word back")),
    action("swap_ends", CASE, "o", N_("other end"), N_("Make the other end of the new stretch the active one")),
    action("store", CASE, "enter", N_("store"), N_("Store the new ends, or go on to the next open difference")),
    action("leave", CASE, "escape", N_("leave"), N_("Leave the new ends as they were, or go back")),
    action("down", CASE, "down j", N_("down"), N_("Scroll one line down"), palette=False),
    action("up", CASE, "up k", N_("up"), N_("Scroll one line up"), palette=False),
    action("page_down", CASE, "pagedown", N_("page down"), N_("One page down"), palette=False),
    action("page_up", CASE, "pageup", N_("page up"), N_("One page up"), palette=False),
    action("recentre", CASE, "z", N_("recentre"), N_("Scroll so that the difference is in the middle")),
)

REVIEW_ACTIONS: tuple[Action, ...] = (*_GO, *_AGREEMENT, *_CASES, *_CASE, *_RECODE, *_EXCHANGE)
