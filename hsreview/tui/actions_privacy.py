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
    action("withdraw", Scope.CONSENT, "w", N_("withdraw"), N_("Show what goes with a respondent, and erase it"), 60),
    action("undo", Scope.CONSENT, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 65),
    action("redo", Scope.CONSENT, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("accept", Scope.NAMES, "a", N_("accept"), N_("Put the pseudonym that is proposed in its place"), 95),
    action("edit", Scope.NAMES, "e", N_("edit"), N_("Say what stands in its place"), 92),
    action("generalise", Scope.NAMES, "b", N_("brackets"), N_("Put words in brackets in its place"), 88),
    action("leave", Scope.NAMES, "x", N_("as it is"), N_("Leave it as it is: it is no name, or may be read"), 86),
    action("merge", Scope.NAMES, "m", N_("same as"), N_("It is another form of the name above, or of another one"), 70),
    action("class", Scope.NAMES, "c", N_("class"), N_("Say whether it is a person, a place or something else"), 60),
    action(
        "capital", Scope.NAMES, "w", N_("word too"), N_("Replace it only with a capital: it is a common word too"), 40
    ),
    action("undo", Scope.NAMES, "u ctrl+z", N_("undo"), N_("Take the last act on names back"), 65),
    action("next", Scope.NAMES, "n", N_("next"), N_("Go to the next name about which nobody decided"), 75),
    action("state", Scope.NAMES, "s", N_("state"), N_("List only names in one state"), 50),
    action("kind", Scope.NAMES, "y", N_("kind"), N_("List only names of one class"), 45),
    action("add", Scope.NAMES, "i", N_("add"), N_("Add a name that nobody proposed"), 35),
    action("preview", Scope.NAMES, "p", N_("preview"), N_("Show a text before and after"), 80),
)
