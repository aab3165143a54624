"""The actions of the versions of the framework, and of the rows of one of them."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

VERSIONS, FROZEN = Scope.FRAMEWORK_VERSIONS, Scope.FROZEN_ROWS

FRAMEWORK_VERSION_ACTIONS: tuple[Action, ...] = (
    action("versions", Scope.ROWS, "V", N_("versions"), N_("List the versions of the framework"), 66),
    action("freeze", VERSIONS, "n", N_("freeze"), N_("Set the framework aside as it stands, as a new version"), 85),
    action("undo", VERSIONS, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", VERSIONS, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("all", FROZEN, "a", N_("all"), N_("All rows as they stood, or only those that changed since"), 80),
)
