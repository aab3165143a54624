"""The actions of the matrices."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

MATRIX = Scope.MATRIX
MATRIX_ACTIONS: tuple[Action, ...] = (
    action("matrix", Scope.GO, "m", N_("matrices"), N_("Count themes and codes by group, interview, attribute …")),
    action("asked", Scope.TEXT, "G", N_("guide"), N_("Say which questions of the guide were asked in this interview")),
    action("left", MATRIX, "left", N_("cell ←"), N_("Go to the cell on the left")),
    action("right", MATRIX, "right", N_("cell →"), N_("Go to the cell on the right"), 60),
    action("kind", MATRIX, "m", N_("matrix"), N_("Show another matrix"), 85),
    action("level", MATRIX, "v", N_("level"), N_("Rows: themes, codes, or codes to a depth"), 75),
    action("count", MATRIX, "c", N_("counted"), N_("Count something else: respondents, interviews, codings …"), 80),
    action("share", MATRIX, "percent_sign", N_("shares"), N_("Show shares, where they may be given"), 70),
    action("by", MATRIX, "b", N_("by …"), N_("Choose the attribute, the period or the relation of this matrix"), 65),
    action("layer", MATRIX, "l", N_("layer"), N_("Show the codings of somebody else, or the consensus"), 72),
    action("workbook", MATRIX, "x", N_("Excel"), N_("Write the workbook, these matrices included"), 55),
)
