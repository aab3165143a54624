"""The actions with which a lead changes the codebook, and those of the screens behind them."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action
from hsreview.tui.actions_coding import SLOT_KEYS

BOOK, CHANGE, SPLIT, VERSIONS, DIFF = Scope.CODEBOOK, Scope.CHANGE, Scope.SPLIT, Scope.VERSIONS, Scope.DIFF
_AZERTY = dict(SLOT_KEYS)

_BOOK = (
    action("merge", BOOK, "m", N_("merge"), N_("Merge this code into another one"), 55),
    action("split", BOOK, "t", N_("split code"), N_("Split this code: a part of its codings goes to another one"), 54),
    action("move", BOOK, "p", N_("move"), N_("Move this code or theme to another place"), 45),
    action("rename", BOOK, "r", N_("rename"), N_("Change the reference or the label of this code or theme"), 42),
    action("retire", BOOK, "x", N_("retire"), N_("Take this code, and those below it, out of the codebook"), 38),
    action("deactivate", BOOK, "d", N_("set aside"), N_("Let this code take no new codings for a time"), 33),
    action("reactivate", BOOK, "b", N_("bring back"), N_("Use a code again that was set aside, retired or merged"), 32),
    action("waiting", BOOK, "a", N_("uncoded"), N_("List uncoded passages with cues of this code"), 47),
    action("versions", BOOK, "v", N_("versions"), N_("List the versions of the codebook"), 48),
    action("undo", BOOK, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 36),
    action("redo", BOOK, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)

_CHANGE = (action("store", CHANGE, "s", N_("store"), N_("Store this change of the codebook"), 95),)

_SPLIT = (
    action("stays", SPLIT, "1", N_("stays"), N_("This coding stays, and go on"), 92, azerty=_AZERTY["1"]),
    action(
        "goes", SPLIT, "2", N_("goes"), N_("This coding goes to the other code, and go on"), 91, azerty=_AZERTY["2"]
    ),
    action("both", SPLIT, "3", N_("both"), N_("This coding gets both codes, and go on"), 89, azerty=_AZERTY["3"]),
    action("later", SPLIT, "0 x", N_("later"), N_("Leave this coding undecided, and go on"), 70, azerty=_AZERTY["0"]),
    action("store", SPLIT, "s", N_("store"), N_("Store all decisions as one act"), 95),
)

_RECODE = (action("decide", Scope.RECODE, "t", N_("split code"), N_("Decide about your codings of a split code"), 80),)

_VERSIONS = (
    action("mark", VERSIONS, "m", N_("mark"), N_("Compare from this version; without a mark, from the one before"), 80),
    action("name", VERSIONS, "n", N_("name"), N_("Give this version a name"), 75),
    action("undo", VERSIONS, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", VERSIONS, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)

_DIFF = (action("save", DIFF, "w", N_("write"), N_("Write the differences for Word or Excel"), 80),)

CODEBOOK_ACTIONS: tuple[Action, ...] = (*_BOOK, *_CHANGE, *_SPLIT, *_RECODE, *_VERSIONS, *_DIFF)
