"""The actions of monitoring: where the framework stands, and the entries on one row."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

STATUS, ENTRIES = Scope.MONITORING, Scope.ENTRIES

MONITORING_ACTIONS: tuple[Action, ...] = (
    action("monitoring", Scope.GO, "J", N_("journal"), N_("See where the framework stands, and write entries")),
    action("add", STATUS, "a", N_("add"), N_("Write an entry on this row"), 85),
    action("entries", STATUS, "e", N_("entries"), N_("List the entries on this row"), 80),
    action("engagement", STATUS, "v", N_("engagement"), N_("Set engagement with actors beside change in them"), 75),
    action("undo", STATUS, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", STATUS, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("add", ENTRIES, "a", N_("add"), N_("Write an entry on this row"), 85),
    action("edit", ENTRIES, "e", N_("edit"), N_("Change a cell of this entry"), 80),
    action("remove", ENTRIES, "d", N_("remove"), N_("Take this entry away; undo brings it back"), 75),
    action("undo", ENTRIES, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", ENTRIES, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)
