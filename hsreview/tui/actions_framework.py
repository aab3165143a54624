"""The actions of the framework matrix: the grid, one cell of it, and a sheet that came back."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

GRID, CELL, SHEET = Scope.FRAMEWORK, Scope.CHARTING, Scope.FRAMEWORK_SHEET

FRAMEWORK_ACTIONS: tuple[Action, ...] = (
    action("framework", Scope.GO, "w", N_("framework"), N_("Sum up cases under themes: the framework matrix")),
    action("left", GRID, "left", N_("theme ←"), N_("Go to the theme on the left")),
    action("right", GRID, "right", N_("theme →"), N_("Go to the theme on the right"), 60),
    action("drafted", GRID, "d", N_("drafted"), N_("This summary is a draft"), 70),
    action("checked", GRID, "c", N_("checked"), N_("This summary is checked"), 75),
    action("todo", GRID, "t", N_("to do"), N_("This summary is to be done (again)"), 50),
    action("by", GRID, "b", N_("cases"), N_("Choose the cases: respondents, organisations, groups, interviews"), 80),
    action("layer", GRID, "l", N_("layer"), N_("Show the codings of somebody else, or the consensus"), 65),
    action("export", GRID, "x", N_("Excel"), N_("Write the matrix as an Excel sheet for partners"), 55),
    action("read", GRID, "r", N_("read back"), N_("Read a sheet that came back, cell by cell"), 54),
    action("undo", GRID, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", GRID, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("write", CELL, "e", N_("write"), N_("Write the summary; Esc stores it"), 85),
    action("link", CELL, "space", N_("link"), N_("The summary rests on this segment, or no longer"), 80),
    action("link_all", CELL, "a", N_("link all"), N_("The summary rests on every segment of the cell"), 60),
    action("drafted", CELL, "d", N_("drafted"), N_("This summary is a draft"), 70),
    action("checked", CELL, "c", N_("checked"), N_("This summary is checked"), 75),
    action("todo", CELL, "t", N_("to do"), N_("This summary is to be done (again)"), 50),
    action("next", CELL, "n semicolon", N_("next"), N_("Go to the next cell of this case"), 55),
    action("previous", CELL, "p comma", N_("previous"), N_("Go to the previous cell of this case")),
    action("leave", CELL, "escape", N_("store"), N_("Store the summary and go back"), 95, palette=False),
    action("undo", CELL, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", CELL, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("take", SHEET, "space", N_("accept"), N_("Accept this change, or refuse it"), 90),
    action("take_all", SHEET, "a", N_("all"), N_("Accept every change, or none"), 70),
    action("store", SHEET, "s", N_("store"), N_("Store the accepted changes as one act"), 95),
)
