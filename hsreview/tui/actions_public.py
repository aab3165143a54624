"""The actions of the screens of quotes and of exports: what goes out."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

QUOTES = Scope.QUOTES

PUBLIC_ACTIONS: tuple[Action, ...] = (
    action("quotes", Scope.GO, "v", N_("quotes"), N_("Check and release quotes for publication")),
    action("check", QUOTES, "c", N_("check"), N_("Confirm this draft, as a second person"), 88),
    action("release", QUOTES, "r", N_("release"), N_("Release this quote for publication"), 86),
    action("withdraw", QUOTES, "w", N_("withdraw"), N_("Make a draft of this quote again, with a reason"), 70),
    action("translate", QUOTES, "t", N_("translate"), N_("Write this quote in another language"), 65),
    action("state", QUOTES, "s", N_("state"), N_("Only drafts, checked, released, or all quotes"), 60),
    action("publish", QUOTES, "p", N_("publish"), N_("Write the public workbook: bands and released quotes"), 50),
    action("undo", QUOTES, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", QUOTES, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("export", Scope.GO, "X", N_("export"), N_("Write workbooks, reports and tables, internal or public")),
    action("write", Scope.EXPORT, "w", N_("write"), N_("Write the file as it is chosen"), 90),
    action("save", Scope.EXPORT, "S", N_("profile"), N_("Save the chosen sheets as a profile of the team"), 40),
)
