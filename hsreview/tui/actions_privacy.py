"""The actions about consent."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

PRIVACY_ACTIONS: tuple[Action, ...] = (
    action("consent", Scope.TEXT, "K", N_("consent"), N_("Show and record the consent of those who speak here")),
    action("consent", Scope.GO, "C", N_("consent"), N_("Show and record what every respondent agreed to")),
    action("status", Scope.CONSENT, "s", N_("status"), N_("Record only how the consent was given"), 80),
    action("everybody", Scope.CONSENT, "a", N_("all"), N_("Show everybody, not only those of one transcript"), 50),
    action("undo", Scope.CONSENT, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 65),
    action("redo", Scope.CONSENT, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)
