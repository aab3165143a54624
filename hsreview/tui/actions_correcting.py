"""The actions with which a text is corrected, and those of the screens behind them."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

TEXT, CARRIED = Scope.TEXT, Scope.CARRIED

CORRECTING_ACTIONS: tuple[Action, ...] = (
    action("correct_turn", TEXT, "T", N_("correct"), N_("Correct the words of this turn, here in the text"), 22),
    action("split_turn", TEXT, "S", N_("split turn"), N_("Begin a new turn where the selection begins")),
    action("join_turn", TEXT, "L", N_("join turns"), N_("Make the next turn a part of this one")),
    action(
        "store_turn",
        Scope.CODING,
        "ctrl+s",
        N_("look, store"),
        N_("Look at a corrected turn's codings, then store it"),
        0,
    ),
    action(
        "correct", Scope.TRANSCRIPTS, "c", N_("correct"), N_("Put a corrected file in the place of this transcript")
    ),
    action("carried", Scope.GO, "b", N_("after corrections"), N_("List codings whose words a correction changed")),
    action("texts", Scope.GO, "h", N_("texts"), N_("List the texts of this transcript, and what each changed")),
    action("store", Scope.CORRECTION, "s", N_("store"), N_("Store this correction of the text"), 95),
    action("keep", CARRIED, "a", N_("keep"), N_("Keep this where it was placed in the corrected text"), 90),
    action("place", CARRIED, "e", N_("place anew"), N_("Select the words in the text that this belongs to"), 85),
    action("remove", CARRIED, "d delete", N_("take away"), N_("Take this coding or memo away"), 80),
    action("texts", CARRIED, "v", N_("texts"), N_("List the texts of this transcript, and what each changed"), 60),
    action("undo", CARRIED, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", CARRIED, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)
