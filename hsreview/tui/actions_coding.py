"""The actions of the coding screen."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

TEXT, CODING, GO, CHOOSER = Scope.TEXT, Scope.CODING, Scope.GO, Scope.CHOOSER

SLOT_KEYS: tuple[tuple[str, str], ...] = (
    ("1", "ampersand"),
    ("2", "é"),
    ("3", "quotation_mark"),
    ("4", "apostrophe"),
    ("5", "left_parenthesis"),
    ("6", "minus section_sign"),
    ("7", "è"),
    ("8", "underscore exclamation_mark"),
    ("9", "ç"),
    ("0", "à"),
)
"""Digit, and what AZERTY keyboards (French; Belgian and Apple for 6 and 8) send for that key without Shift."""

_SLOTS = tuple(
    action(
        f"slot_{digit}",
        TEXT,
        digit,
        N_("code"),
        N_("Apply the code of this slot to the selection"),
        82 if digit == "1" else 0,
        azerty=azerty,
        palette=False,
    )
    for digit, azerty in SLOT_KEYS
)

_MOVES = (
    action("next_unit", TEXT, "down j", N_("next"), N_("Select the next unit"), 90),
    action("previous_unit", TEXT, "up k", N_("previous"), N_("Select the previous unit")),
    action("nudge_forward", TEXT, "right l", N_("nudge →"), N_("Move the active end one word forward")),
    action("nudge_back", TEXT, "left h", N_("nudge ←"), N_("Move the active end one word back")),
    action("unit_word", TEXT, "w", N_("word"), N_("Work by words and select the word here")),
    action("unit_sentence", TEXT, "s", N_("sentence"), N_("Work by sentences and select the sentence here")),
    action("unit_turn", TEXT, "t", N_("turn"), N_("Work by turns and select the turn here")),
    action("extend", TEXT, "e shift+down", N_("extend"), N_("Extend the selection by one unit"), 80),
    action("give_back", TEXT, "E shift+up", N_("give back"), N_("Give the last unit of the selection back")),
    action("swap_ends", TEXT, "o", N_("other end"), N_("Make the other end of the selection the active one")),
    action("sticky", TEXT, "v", N_("sticky"), N_("Extend with every move, until pressed again")),
    action("collapse", TEXT, "escape", N_("collapse"), N_("Shrink the selection to one unit; leave an edit")),
    action("next_coding", TEXT, "n", N_("next coding"), N_("Go to the next coding")),
    action("previous_coding", TEXT, "p", N_("previous coding"), N_("Go to the previous coding")),
    action("next_same", TEXT, "N", N_("next of code"), N_("Go to the next coding of the same code as here")),
    action("previous_same", TEXT, "P", N_("previous of code"), N_("Go to the previous coding of the same code")),
    action("next_uncoded", TEXT, "a", N_("next uncoded"), N_("Go to the next unit without a coding")),
    action("previous_uncoded", TEXT, "A", N_("previous uncoded"), N_("Go to the previous unit without a coding")),
    action("page_down", TEXT, "pagedown", N_("page down"), N_("Scroll one page down; the selection stays")),
    action("page_up", TEXT, "pageup", N_("page up"), N_("Scroll one page up; the selection stays")),
    action("scroll_top", TEXT, "home", N_("top"), N_("Scroll to the top; the selection stays")),
    action("scroll_end", TEXT, "end", N_("end"), N_("Scroll to the end; the selection stays")),
    action("recentre", TEXT, "z", N_("recentre"), N_("Scroll so that the selection is in the middle")),
    action("find", TEXT, "f", N_("find"), N_("Find words by their beginning; with * also inside words")),
    action("next_hit", TEXT, "semicolon", N_("next place"), N_("Go to the next place found")),
    action("previous_hit", TEXT, "comma", N_("previous place"), N_("Go to the previous place found")),
)

_CODES = (
    action("pin_slot", TEXT, "asterisk", N_("pin"), N_("Pin a code to a slot, or free a pinned slot")),
    action("picker", TEXT, "space c", N_("pick code"), N_("Choose a code by typing a part of it"), 85),
    action("suggest", TEXT, "H", N_("suggest"), N_("Suggest codes for the selection, each with its reason"), 42),
    action("repeat", TEXT, "r", N_("repeat"), N_("Apply the last code or codes again"), 70),
    action("in_vivo", TEXT, "i", N_("in vivo"), N_("Make a code of the selected words")),
    action("memo", TEXT, "m", N_("memo"), N_("Write a memo on the coding here, or on the selection"), 40),
    action("translate", TEXT, "V", N_("translate"), N_("Say what these words mean in another language; check it"), 15),
    action("transcript_memo", TEXT, "M", N_("transcript memo"), N_("Write a memo on the whole transcript")),
    action("flags", TEXT, "x", N_("flag"), N_("Flag the coding here, for discussion for example"), 30),
    action("modifiers", TEXT, "q", N_("qualify"), N_("Set a modifier of the coding here: stance, time, level …"), 35),
    action(
        "delete", TEXT, "d delete", N_("delete"), N_("Delete the coding here; a list opens when there are several"), 50
    ),
    action(
        "details",
        TEXT,
        "enter",
        N_("edit"),
        N_("Edit the ends of the coding; after a review: next transcript"),
        45,
    ),
    action("undo", TEXT, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 65),
    action("redo", TEXT, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("copy_quote", TEXT, "C ctrl+c", N_("copy"), N_("Copy the selected words with pseudonym and reference")),
    action("reviewed", TEXT, "R", N_("reviewed"), N_("Mark this transcript as reviewed, or take the mark back"), 25),
    action("highlight", TEXT, "y", N_("highlight"), N_("Change how codings show: tint, underline, margin only")),
    action("hide_others", TEXT, "b", N_("hide others"), N_("Hide or show the codings of other coders")),
)

_SCREEN = (
    action("toggle_tree", CODING, "ctrl+t ctrl+b", N_("codes"), N_("Show or hide the tree of codes")),
    action("search", CODING, "ctrl+f", N_("search"), N_("Search all transcripts")),
    action("back_to_text", CODING, "escape", N_("text"), N_("Go back to the transcript"), 95, palette=False),
)

_GO = (
    action("top", GO, "g", N_("top"), N_("Go to the first unit or row")),
    action("bottom", GO, "e", N_("end"), N_("Go to the last unit or row")),
    action("line", GO, "l", N_("turn number"), N_("Go to a turn by its number")),
    action("transcripts", GO, "t", N_("transcripts"), N_("Open the list of transcripts")),
    action("codebook", GO, "c", N_("codebook"), N_("Open the codebook")),
    action("search", GO, "s", N_("search"), N_("Search all transcripts")),
    action("query", GO, "q", N_("queries"), N_("Ask which codings an expression picks")),
    action("segments", GO, "d", N_("coded segments"), N_("Open the list of coded segments (quotes)")),
    action("speakers", GO, "p", N_("people"), N_("Open the speakers of this transcript")),
    action("next_assigned", GO, "n", N_("next assigned"), N_("Open the next transcript assigned to you")),
    action("coder", GO, "k", N_("coder"), N_("Change who codes")),
    action("settings", GO, "o", N_("settings"), N_("Open the settings")),
)

_CHOOSER = (
    action("down", CHOOSER, "down", N_("down"), N_("Highlight the next line"), palette=False),
    action("up", CHOOSER, "up", N_("up"), N_("Highlight the previous line"), palette=False),
    action("page_down", CHOOSER, "pagedown", N_("page down"), N_("One page down"), palette=False),
    action("page_up", CHOOSER, "pageup", N_("page up"), N_("One page up"), palette=False),
    action(
        "choose", CHOOSER, "enter", N_("apply"), N_("Apply; with nothing typed: the last code again"), 90, palette=False
    ),
    action(
        "choose_and_stay", CHOOSER, "tab", N_("apply, stay"), N_("Apply and stay, for several codes"), 80, palette=False
    ),
    action(
        "new_code", CHOOSER, "ctrl+n", N_("new code"), N_("Propose a new code with the typed words"), 70, palette=False
    ),
    action("cancel", CHOOSER, "escape", N_("close"), N_("Close without applying"), 60, palette=False),
    action("clear", CHOOSER, "ctrl+u", N_("clear"), N_("Empty the typed words"), palette=False),
)

CODING_ACTIONS: tuple[Action, ...] = (*_MOVES, *_SLOTS, *_CODES, *_SCREEN, *_GO, *_CHOOSER)
