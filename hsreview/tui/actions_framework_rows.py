"""The actions of the framework's rows, and of what one of them stands on."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

ROWS, EVIDENCE = Scope.ROWS, Scope.EVIDENCE

FRAMEWORK_ROW_ACTIONS: tuple[Action, ...] = (
    action("rows", Scope.GO, "F", N_("framework rows"), N_("Open the rows of the framework, and what they stand on")),
    action(
        "link", Scope.SEGMENTS, "F", N_("framework"), N_("Say which row of the framework stands on this segment"), 44
    ),
    action("new", ROWS, "n", N_("new"), N_("Make a row"), 85),
    action("edit", ROWS, "e", N_("edit"), N_("Write into a column of this row"), 80),
    action("status", ROWS, "s", N_("status"), N_("Say how far this row is"), 75),
    action("kind", ROWS, "r", N_("kind"), N_("Only rows of one kind, or all"), 70),
    action("remove", ROWS, "d", N_("remove"), N_("Take this row away; undo brings it back"), 50),
    action("undo", ROWS, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", ROWS, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("stance", EVIDENCE, "s", N_("stance"), N_("Say what it does to what the row says"), 80),
    action("unlink", EVIDENCE, "d", N_("unlink"), N_("Take this link away; undo brings it back"), 70),
    action("undo", EVIDENCE, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", EVIDENCE, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)
