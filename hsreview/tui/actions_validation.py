"""The actions of validation meetings: the list of meetings, the rows of one, what was said, and counting hands."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action
from hsreview.tui.actions_coding import SLOT_KEYS

MEETINGS, MEETING, SAID, TALLY = Scope.MEETINGS, Scope.MEETING, Scope.SAID, Scope.TALLY


def _at_a_row(scope: Scope) -> tuple[Action, ...]:
    """What is done on every screen that shows a row of a meeting."""
    return (
        action("comment", scope, "c", N_("comment"), N_("Write down what was said about this row"), 70),
        action("amend", scope, "m", N_("other words"), N_("Write down other words for this row"), 68),
        action("said", scope, "s", N_("said"), N_("List comments and amendments, to answer and decide them"), 66),
        action("reason", scope, "w", N_("why"), N_("Write down why this row is rejected"), 45),
        action("undo", scope, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
        action("redo", scope, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    )


VALIDATION_ACTIONS: tuple[Action, ...] = (
    action("validation", Scope.GO, "V", N_("validation"), N_("Open a validation meeting: count hands, write minutes")),
    action("new", MEETINGS, "n", N_("new"), N_("Open a meeting on the newest version of the framework"), 80),
    action("table", MEETING, "t", N_("tables"), N_("Put a table into the room, or change one"), 80),
    action("round", MEETING, "r", N_("round"), N_("Show another round"), 50),
    action("next_round", MEETING, "n", N_("next round"), N_("Close this round and vote again where it is needed"), 64),
    action("close", MEETING, "z", N_("close"), N_("Close the meeting: what is missing, else the signed version"), 62),
    action("ballots", MEETING, "p", N_("ballots"), N_("Write the ballots of the last round, to be printed"), 56),
    action("report", MEETING, "x", N_("report"), N_("Write what was said and done, and what was signed off"), 54),
    action("meetings", MEETING, "l", N_("meetings"), N_("List all meetings"), 30),
    *_at_a_row(MEETING),
    action("undo", SAID, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", SAID, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
    *(
        action(
            f"digit_{digit}", TALLY, digit, N_("hands"), N_("So many hands; the five counts follow each other"),
            azerty=azerty, palette=False,
        )
        for digit, azerty in SLOT_KEYS
    ),
    action(
        "finish", TALLY, "enter", N_("nobody else"), N_("Nobody else votes: the other counts are 0"), 98, palette=False
    ),
    action("next", TALLY, "tab right space", N_("next count"), N_("Go on to the next count"), 90, palette=False),
    action(
        "previous", TALLY, "left backspace shift+tab", N_("count before"), N_("Go back to the count before"),
        palette=False,
    ),
    action("all", TALLY, "a", N_("all agree"), N_("The whole table agrees"), 96),
    action("rest", TALLY, "r", N_("rest agrees"), N_("All of the table who did not vote otherwise agree"), 94),
    action("down", TALLY, "down j", N_("next table"), N_("Go to the next table"), palette=False),
    action("up", TALLY, "up k", N_("table before"), N_("Go to the table before"), palette=False),
    action("row_next", TALLY, "pagedown n", N_("next row"), N_("Go to the next row"), 60),
    action("row_previous", TALLY, "pageup p", N_("row before"), N_("Go to the row before"), 58),
    action("uncast", TALLY, "x delete", N_("not counted"), N_("Take the votes of this table away"), 20),
    *_at_a_row(TALLY),
)  # fmt: skip
