"""The actions of the framework's rows, and of what one of them stands on."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

ROWS, EVIDENCE, BUILDER, BOOK = Scope.ROWS, Scope.EVIDENCE, Scope.BUILDER, Scope.FRAMEWORK_BOOK

FRAMEWORK_ROW_ACTIONS: tuple[Action, ...] = (
    action("rows", Scope.GO, "F", N_("framework rows"), N_("Open the rows of the framework, and what they stand on")),
    action("builder", Scope.GO, "B", N_("build framework"), N_("Make framework rows from coded segments")),
    *(
        action(
            "framework",
            scope,
            "F",
            N_("framework"),
            N_("Go to a framework row on this segment, or let one stand on it"),
            shown,
        )
        for scope, shown in ((Scope.SEGMENTS, 44), (Scope.TEXT, 18), (Scope.CELL, 60))
    ),
    *(
        action("finding", scope, key, N_("finding"), N_("Write a finding on the quotes of this cell"), shown)
        for scope, key, shown in (
            (Scope.MATRIX, "n", 78),
            (Scope.CELL, "n", 80),
            (Scope.FRAMEWORK, "n", 78),
            (Scope.CHARTING, "N", 66),
        )
    ),
    action("mark", Scope.CELL, "space", N_("mark"), N_("Mark this quote for a finding, or no longer"), 70),
    *(
        action("around", scope, "o", N_("around"), N_("Go to a row that stands on this one, above it or under it"), 66)
        for scope in (ROWS, EVIDENCE)
    ),
    action("new", ROWS, "n", N_("new"), N_("Make a row"), 85),
    action("edit", ROWS, "e", N_("edit"), N_("Write into a column of this row"), 80),
    action("status", ROWS, "s", N_("status"), N_("Say how far this row is"), 75),
    action("kind", ROWS, "r", N_("kind"), N_("Only rows of one kind, or all"), 70),
    action("view", ROWS, "v", N_("view"), N_("Show the rows as a list, as an outcome map, or as a logframe"), 72),
    action("fold", ROWS, "space", N_("fold"), N_("Fold or unfold this branch"), 30),
    action("lacking", ROWS, "c", N_("lacking"), N_("Only rows that lack something, with what to do, or all"), 68),
    action("thresholds", ROWS, "t", N_("grades"), N_("Say what the grades of evidence ask for"), 30),
    action("export", ROWS, "x", N_("Excel"), N_("Write the framework for partners, as a workbook or a document"), 35),
    action("read", ROWS, "i", N_("read back"), N_("Read a workbook of the framework back, cell by cell"), 34),
    action("remove", ROWS, "d", N_("remove"), N_("Take this row away; undo brings it back"), 50),
    action("undo", ROWS, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", ROWS, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action("take", BOOK, "space", N_("accept"), N_("Accept this change, or refuse it"), 90),
    action("take_all", BOOK, "a", N_("all"), N_("Accept every change, or none"), 70),
    action("store", BOOK, "s", N_("store"), N_("Store the accepted changes as one act"), 95),
    action("stance", EVIDENCE, "s", N_("stance"), N_("Say what it does to what the row says"), 80),
    action("strength", EVIDENCE, "a", N_("strength"), N_("Tell the strength whole, and how far coders agree"), 76),
    action("unlink", EVIDENCE, "d", N_("unlink"), N_("Take this link away; undo brings it back"), 70),
    action("undo", EVIDENCE, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", EVIDENCE, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    action(
        "draft", BUILDER, "n", N_("draft"), N_("Make this segment into a row of the kind that its code suggests"), 88
    ),
    action("kind", BUILDER, "N", N_("draft …"), N_("Make this segment into a row of another kind"), 84),
    action("link", BUILDER, "l", N_("link"), N_("Let the row of the other list stand on this segment too"), 86),
    action("link_as", BUILDER, "L", N_("link …"), N_("The same, and say what the segment does to the row"), 60),
    action("edit", BUILDER, "e", N_("edit"), N_("Write into a column of the row of the other list"), 56),
    action("unused", BUILDER, "v", N_("unused"), N_("Only segments on which no row stands, or all"), 78),
    action("code", BUILDER, "c", N_("code"), N_("Only one code"), 76),
    action("group", BUILDER, "r", N_("group"), N_("Only one respondent group"), 55),
    action("whose", BUILDER, "w", N_("coder"), N_("Only one coder, or the consensus"), 50),
    action("all", BUILDER, "a", N_("all"), N_("Take every filter away"), 30),
    action("codes", BUILDER, "S", N_("codes"), N_("Choose the codes from which rows are made"), 45),
    action("undo", BUILDER, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 58),
    action("redo", BUILDER, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)
