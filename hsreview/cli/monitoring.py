"""`framework status`, `framework engagement` and `journal due`: where the framework stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.cli.framework_print import flat, status_word
from hsreview.cli.kit import as_json, command, option
from hsreview.cli.monitoring_answers import engagement_answer, recommendation_answer, status_answer
from hsreview.cli.output import emit, emit_json, emit_table, say, shortened
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.framework_rows import Row
    from hsreview.workflows.journal import Journal
    from hsreview.workflows.monitoring import IndicatorStatus, MarkerStatus, RecommendationStatus, Status

ROOM = 40
"""Cells for what a row says."""
HEAD = 50
"""Cells for what an outcome says, and its actor."""
SIGNS = 12
"""Quarters of a chart that are printed."""
_at = option("--at", metavar=N_("DATE"), text=N_("As it stood at the end of this day, month, quarter or year."))


@command(
    "status",
    N_(
        "Show where the framework stands: levels of markers, values of indicators, recommendations and what is due.\n\n"
        "The charts have a sign for each quarter. How far an indicator is, is said in a word, never as a percentage."
    ),
)
@_at
@as_json
@pass_world
def status(world: World, at: str | None, as_json: bool) -> None:
    from hsreview.workflows.journal import journal
    from hsreview.workflows.monitoring import status, status_remarks

    with world.reading() as project:
        found = journal(project, viewer=world.reader(project))
    stands = status(found, at)
    if as_json:
        emit_json(status_answer(found, stands))
        return
    _emit_status(found, stands)
    for line in status_remarks(stands):
        say(line)


@command(
    "due",
    N_(
        "List the recommendations to follow up: overdue ones first, then those due soon, then those that were never "
        "followed up."
    ),
)
@_at
@option(
    "--within", metavar=N_("DAYS"), type=click.IntRange(min=0, max=3660), default=30, show_default=True,
    text=N_("How many days ahead to look."),
)  # fmt: skip
@as_json
@pass_world
def due(world: World, at: str | None, within: int, as_json: bool) -> None:
    from hsreview.workflows.journal import journal
    from hsreview.workflows.monitoring import status

    with world.reading() as project:
        found = journal(project, viewer=world.reader(project))
    waiting = status(found, at, within=within).due
    if as_json:
        emit_json({"due": [recommendation_answer(each) for each in waiting]})
    elif waiting:
        _emit_recommendations(waiting)
    else:
        say(_("No recommendation is due."))


@command(
    "engagement",
    N_(
        "Set engagement with each actor beside change in it, quarter by quarter.\n\n"
        "Quality is the mean of what entries tell (0 bad to 3 very good), with their number and the best one. Change "
        "is what the markers of the actor gained less what they lost since the quarter before. That one brought about "
        "the other does not follow."
    ),
)
@_at
@as_json
@pass_world
def engagement(world: World, at: str | None, as_json: bool) -> None:
    from hsreview.workflows.framework_rows import said
    from hsreview.workflows.journal import journal
    from hsreview.workflows.monitoring import (
        change_words,
        engagement,
        engagement_remarks,
        frequency_words,
        quality_words,
    )

    with world.reading() as project:
        found = journal(project, viewer=world.reader(project))
    table, language = engagement(found, at), current_language()
    remarks = engagement_remarks(table)
    if as_json:
        emit_json(engagement_answer(table, remarks))
        return
    for line in table.actors:
        emit(f"{line.actor.ref} {shortened(flat(said(line.actor, language)), 70)}")
        emit_table(
            [_("quarter"), _("entries"), _("quality"), _("frequency"), _("change")],
            [
                (
                    each.quarter, each.contacts, quality_words(each, language), frequency_words(each, language) or "–",
                    change_words(each),
                )
                for each in line.quarters
            ],
        )  # fmt: skip
        emit()
    for remark in remarks:
        say(remark)


def _emit_status(found: Journal, stands: Status) -> None:
    from hsreview.workflows.monitoring import by_outcome

    emit(labelled(_("Where the framework stands"), stands.at.isoformat()))
    if shown := stands.quarters[-SIGNS:]:
        emit(labelled(_("Quarters of the charts"), f"{shown[0]} – {shown[-1]}"))
    for each in by_outcome(found.framework, stands):
        emit()
        emit(_head(found, each.head))
        _emit_markers(each.markers)
        _emit_indicators(found, each.indicators)
        if each.recommendations:
            _emit_recommendations(each.recommendations)
    emit()
    if stands.recommendations:
        emit(labelled(_("Recommendations"), _by_status(stands.recommendations)))
        emit(labelled(_("To follow up"), ", ".join(map(_due, stands.due)) or "–"))
    counts = " · ".join(f"{quarter} {n}" for quarter, n in stands.per_quarter.items())
    emit(labelled(_("Entries by quarter"), counts or "–"))
    emit(labelled(_("Without any entry"), ", ".join(row.ref for row in stands.silent) or "–"))


def _head(found: Journal, head: Row | None) -> str:
    """`OC1 The town hall answers · AC1 Town hall`."""
    from hsreview.workflows.monitoring import actor_of

    if head is None:
        return _("Under no outcome and no strategy")
    actor = actor_of(found.framework, head)
    return " · ".join(f"{row.ref} {_says(row, HEAD)}" for row in (head, actor) if row is not None)


def _emit_markers(markers: Sequence[MarkerStatus]) -> None:
    from hsreview.workflows.monitoring import level_chart, level_words

    if markers:
        emit_table(
            [_("row"), _("actor"), _("level"), _("since"), _("chart"), _("says")],
            [
                (
                    each.row.ref, each.actor.ref if each.actor else "", level_words(each.level, current_language()),
                    each.since, level_chart(each)[-SIGNS:], _says(each.row),
                )
                for each in markers
            ],
        )  # fmt: skip


def _emit_indicators(found: Journal, indicators: Sequence[IndicatorStatus]) -> None:
    from hsreview.workflows.monitoring import chart, measured, number, progress_name

    language = current_language()
    if indicators:
        emit_table(
            [_("row"), _("baseline"), _("latest"), _("target"), _("progress"), _("chart"), _("says")],
            [
                (
                    each.row.ref, measured(found, each.row, "baseline", language),
                    f"{number(each.latest, language)} ({each.date})" if each.date else "–",
                    measured(found, each.row, "target", language), progress_name(each.progress),
                    chart(each.trend)[-SIGNS:], _says(each.row),
                )
                for each in indicators
            ],
        )  # fmt: skip
    for each in indicators:
        if each.row.data.get("milestones"):
            emit(labelled(f"  {each.row.ref} · {_('milestones')}", "; ".join(each.row.data["milestones"])))


def _due(each: RecommendationStatus) -> str:
    """`R1 (overdue)`."""
    from hsreview.workflows.monitoring import due_name

    return f"{each.row.ref} ({due_name(each.due)})" if each.due else each.row.ref


def _by_status(found: Sequence[RecommendationStatus]) -> str:
    counts: dict[str, int] = {}
    for each in found:
        told = status_word(each.status.value)
        counts[told] = counts.get(told, 0) + 1
    return " · ".join(f"{told} {n}" for told, n in counts.items())


def _emit_recommendations(found: Sequence[RecommendationStatus]) -> None:
    from hsreview.workflows.monitoring import due_name

    emit_table(
        [_("row"), _("due"), _("next check"), _("status"), _("since"), _("says")],
        [
            (
                each.row.ref, due_name(each.due) if each.due else "", each.next_check,
                status_word(each.status.value), each.since, _says(each.row),
            )
            for each in found
        ],
    )  # fmt: skip


def _says(row: Row, room: int = ROOM) -> str:
    from hsreview.workflows.framework_rows import said

    return shortened(flat(said(row, current_language())), room)
