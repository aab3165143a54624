"""The actions of the search (what is searched for and where, marking, coding) and of the list of memos."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action
from hsreview.tui.actions_coding import SLOT_KEYS

SEARCH, MEMOS = Scope.SEARCH, Scope.MEMOS

_SLOTS = tuple(
    action(
        f"slot_{digit}",
        SEARCH,
        digit,
        N_("code"),
        N_("Put the code of this slot on the marked matches, else on this one"),
        84 if digit == "1" else 0,
        azerty=azerty,
        palette=False,
    )
    for digit, azerty in SLOT_KEYS
)

SEARCH_ACTIONS: tuple[Action, ...] = (
    action("query", SEARCH, "s", N_("words"), N_("Type other words to search for"), 80),
    action(
        "how", SEARCH, "m", N_("manner"), N_("Search for words, a pattern, words in all forms, or cues of a code"), 55
    ),
    action("narrow", SEARCH, "n", N_("only …"), N_("Search only one group, role, language, code …"), 75),
    action("everywhere", SEARCH, "a", N_("all"), N_("Search everywhere again"), 30),
    action("sort", SEARCH, "o", N_("sort"), N_("Sort by the words before, by those after, or as they stand"), 72),
    action("mark", SEARCH, "v", N_("mark"), N_("Mark this match, or take the mark away"), 88),
    action("mark_all", SEARCH, "V", N_("mark all"), N_("Mark every match of the list, or none"), 86),
    *_SLOTS,
    action("code", SEARCH, "space c", N_("code …"), N_("Choose a code for the marked matches, else for this one"), 82),
    action("unit", SEARCH, "t", N_("unit"), N_("Code the match itself, its sentence, or its turn"), 70),
    action("undo", SEARCH, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 50),
    action("redo", SEARCH, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("memos", Scope.GO, "M", N_("memos"), N_("Open the list of memos")),
    action("search", MEMOS, "s", N_("words"), N_("Only memos that hold these words"), 85),
    action("about", MEMOS, "t", N_("on what"), N_("Only memos on transcripts, on codings, on codes …"), 75),
    action("by_code", MEMOS, "c", N_("code"), N_("Only one code"), 70),
    action("by_coder", MEMOS, "w", N_("coder"), N_("Only one coder"), 65),
    action("all", MEMOS, "a", N_("all"), N_("Take every filter away"), 50),
)
