"""The actions about consent."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

PRIVACY_ACTIONS: tuple[Action, ...] = (
    action("consent", Scope.TEXT, "K", N_("consent"), N_("Show and record the consent of those who speak here")),
    action("consent", Scope.GO, "C", N_("consent"), N_("Show and record what every respondent agreed to")),
    action("audit", Scope.GO, "A", N_("audit"), N_("Show who did what, and when")),
    action("kind", Scope.AUDIT, "t", N_("kind of act"), N_("Only one kind of act"), 75),
    action("by_coder", Scope.AUDIT, "w", N_("coder"), N_("Only one coder"), 65),
    action("all", Scope.AUDIT, "a", N_("all"), N_("Take every filter away"), 50),
    action("write", Scope.AUDIT, "x", N_("write"), N_("Write the audit to a file"), 40),
    action("status", Scope.CONSENT, "s", N_("status"), N_("Record only how the consent was given"), 80),
    action("everybody", Scope.CONSENT, "a", N_("all"), N_("Show everybody, not only those of one transcript"), 50),
    action("undo", Scope.CONSENT, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 65),
    action("redo", Scope.CONSENT, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)
