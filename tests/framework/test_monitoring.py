"""Where the framework stands at a day, and engagement beside change: figures computed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hsreview.framework.chain import Framework
from hsreview.framework.engagement import engagement
from hsreview.framework.monitoring import Due, Progress, progress, status
from hsreview.model.framework import Row, RowKind, RowStatus
from hsreview.model.observation import EngagementKind, Frequency, Observation
from hsreview.model.periods import first_day, is_period, last_day, quarter_of, quarters


def row(ref: str, kind: RowKind, parent: str | None = None, status: RowStatus = RowStatus.DRAFT, **data: Any) -> Row:
    return Row(ref, kind, ref, status, parent, data=data)


def entry(row_id: str, when: str, **held: Any) -> Observation:
    return Observation(f"{row_id} {when} {sorted(held)}", row_id, when, **held)


ROWS = (
    row("AC1", RowKind.ACTOR), row("AC2", RowKind.ACTOR), row("AC3", RowKind.ACTOR, status=RowStatus.RETIRED),
    row("OC1", RowKind.OUTCOME, actor="AC1"),
    row("PM1", RowKind.MARKER, "OC1"), row("PM2", RowKind.MARKER, "OC1", actor="AC2"),
    row("PM3", RowKind.MARKER, "OC1"),
    row("PM4", RowKind.MARKER), row("PM5", RowKind.MARKER, "OC1", RowStatus.REJECTED),
    row("IN1", RowKind.INDICATOR, "OC1", baseline_value=2, target_value=6),
    row("R1", RowKind.RECOMMENDATION, status=RowStatus.SENT, next_check="2016-03"),
    row("R2", RowKind.RECOMMENDATION, status=RowStatus.OPEN, next_check="2016-06-20"),
    row("R3", RowKind.RECOMMENDATION, status=RowStatus.OPEN),
    row("R4", RowKind.RECOMMENDATION, status=RowStatus.DONE, next_check="2016-01"),
    row("R5", RowKind.RECOMMENDATION, status=RowStatus.OPEN),
    row("R6", RowKind.RECOMMENDATION, status=RowStatus.OPEN, next_check="2017"),
)  # fmt: skip
FOUND = Framework(ROWS, ())
ENTRIES = (
    entry("PM1", "2015-11-05", level=1), entry("PM1", "2016-02", level=2), entry("PM1", "2016-Q2", level=2),
    entry("PM3", "2016-02-10", level=1), entry("PM3", "2016-05-10", level=0),
    entry("PM4", "2016-05", level=3), entry("PM5", "2016-01", level=1),
    entry("IN1", "2016-01-31", value=3.0), entry("IN1", "2016-03-31", value=2.5, parts={"women": 1.0}),
    entry("AC1", "2016-01-12", kind=EngagementKind.VISIT, quality=1, frequency=Frequency.ONCE),
    entry("AC1", "2016-Q1", quality=3, frequency=Frequency.OFTEN), entry("AC1", "2016-05", kind=EngagementKind.MEDIA),
    entry("AC1", "2016", quality=2), entry("R5", "2016-04-01", description="called"),
    entry("R1", "2016-01-05", status=RowStatus.SENT), entry("gone", "2016-01", level=1),
    entry("PM1", "2016-08", level=3),
)  # fmt: skip
AT = date(2016, 6, 30)


def test_dates_that_are_partly_known_have_days_and_quarters() -> None:
    assert [is_period(each) for each in ("2016", "2016-Q4", "2016-02", "2016-02-29")] == [True] * 4
    assert not any(map(is_period, ("2016-Q5", "2016-02-30", "16", "2016-q1", "", "0000-Q1", "2016-13")))
    days = {each: (first_day(each).isoformat(), last_day(each).isoformat()) for each in ("2016", "2016-Q1", "2016-12")}
    assert days == {
        "2016": ("2016-01-01", "2016-12-31"), "2016-Q1": ("2016-01-01", "2016-03-31"),
        "2016-12": ("2016-12-01", "2016-12-31"),
    }  # fmt: skip
    assert last_day("2016-02").day == 29 and last_day("9999").year == 9999
    assert [quarter_of(each) for each in ("2016", "2016-Q3", "2016-06-30")] == ["", "2016-Q3", "2016-Q2"]
    assert quarters("2015-Q3", "2016-Q2") == ("2015-Q3", "2015-Q4", "2016-Q1", "2016-Q2")


def test_a_marker_stands_where_its_latest_entry_puts_it_and_tells_since_when() -> None:
    found = status(FOUND, ENTRIES, AT)
    assert found.quarters == ("2015-Q4", "2016-Q1", "2016-Q2")
    markers = {each.row.ref: each for each in found.markers}
    assert (markers["PM1"].level, markers["PM1"].since, markers["PM1"].entries) == (2, "2016-02", 3)
    assert markers["PM1"].trend == (1, 2, 2) and markers["PM3"].trend == (None, 1, 0)
    assert (markers["PM2"].level, markers["PM2"].trend) == (None, (None, None, None))
    actors = [markers[ref].actor for ref in ("PM1", "PM2", "PM4")]
    assert [actor.ref if actor else "" for actor in actors] == ["AC1", "AC2", ""]
    assert "PM5" not in markers


def test_an_indicator_has_its_last_value_and_gaps_stay_gaps() -> None:
    [indicator] = status(FOUND, ENTRIES, AT).indicators
    assert (indicator.latest, indicator.date, indicator.parts) == (2.5, "2016-03-31", {"women": 1.0})
    assert (indicator.progress, indicator.trend) == (Progress.ON_THE_WAY, (None, 2.5, None))


def test_what_is_due_comes_in_the_order_in_which_it_presses() -> None:
    found = status(FOUND, ENTRIES, date(2016, 6, 1))
    assert [(each.row.ref, each.due) for each in found.due] == [
        ("R1", Due.OVERDUE), ("R2", Due.SOON), ("R3", Due.NEVER),
    ]  # fmt: skip
    assert [each.row.ref for each in status(FOUND, ENTRIES, date(2016, 6, 1), within=10).due] == ["R1", "R3"]
    assert status(FOUND, ENTRIES, date(2016, 3, 31)).due[0].due is Due.SOON, "a month is over on its last day"


def test_entries_of_rows_that_are_out_gone_or_later_are_told() -> None:
    found = status(FOUND, ENTRIES, AT)
    assert [(each.ref, n) for each, n in found.out] == [("PM5", 1)]
    assert (found.gone, found.later) == (1, 1)
    assert found.per_quarter == {"2015-Q4": 1, "2016": 1, "2016-Q1": 9, "2016-Q2": 5}
    assert [each.ref for each in found.silent] == ["AC2", "PM2", "R2", "R3", "R6"]


def test_at_an_earlier_day_recommendations_stand_where_entries_told() -> None:
    told = {each.row.ref: each.status for each in status(FOUND, ENTRIES, AT, today=False).recommendations}
    assert (told["R1"], told["R5"]) == (RowStatus.SENT, RowStatus.OPEN)
    assert status(Framework((), ()), (), AT).quarters == ()


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "latest", "expected"),
    [
        (2, 6, "", None, Progress.NO_VALUE), (2, 6, "up", 6, Progress.REACHED), (2, 6, "", 7, Progress.REACHED),
        (2, 6, "", 3, Progress.ON_THE_WAY), (2, 6, "up", 2, Progress.UNCHANGED), (2, 6, "", 1, Progress.AWAY),
        (9, 4, "down", 6, Progress.ON_THE_WAY), (9, 4, "", 10, Progress.AWAY), (9, 4, "", 3, Progress.REACHED),
        (None, 6, "up", 7, Progress.REACHED), (None, 6, "up", 5, Progress.NO_BASELINE),
        (None, 6, "", 7, Progress.NO_BASELINE), (2, None, "up", 3, Progress.NO_TARGET),
        (2, 6, "down", 3, Progress.UNCLEAR), (5, 5, "keep", 5, Progress.REACHED), (5, 5, "keep", 4, Progress.AWAY),
        (5, 5, "up", 6, Progress.REACHED), (5, 5, "up", 4, Progress.AWAY), (0, 6, "", 0, Progress.UNCHANGED),
    ],
)  # fmt: skip
def test_progress_is_a_word(
    baseline: float | None, target: float | None, direction: str, latest: float | None, expected: Progress
) -> None:
    data: dict[str, Any] = {"baseline_value": baseline, "target_value": target, "direction": direction}
    asked = row("IN1", RowKind.INDICATOR, **{key: value for key, value in data.items() if value is not None})
    assert progress(asked, latest) is expected


def test_engagement_stands_beside_change_in_the_actor() -> None:
    table = engagement(FOUND, ENTRIES, AT)
    assert table.quarters == ("2015-Q4", "2016-Q1", "2016-Q2")
    [office] = table.actors
    assert (office.actor.ref, [each.ref for each in office.markers]) == ("AC1", ["PM1", "PM3"])
    told = [
        (each.contacts, each.qualities, each.best, each.mean, each.markers, each.compared, each.rose, each.fell,
         each.change)
        for each in office.quarters
    ]  # fmt: skip
    assert told == [
        (0, (), None, None, 1, 0, 0, 0, 0),
        (2, (1, 3), 3, 2.0, 2, 1, 1, 0, 1),
        (1, (), None, None, 2, 2, 0, 1, -1),
    ]
    assert office.quarters[1].frequencies == {Frequency.ONCE: 1, Frequency.OFTEN: 1}
    assert (table.unplaced, [each.ref for each in table.homeless], table.few) == (1, ["PM4"], True)


def one(kind: RowKind, *told: Observation, at: date = AT, **data: Any) -> Any:
    """Where a framework of one row stands."""
    return status(Framework((row("X1", kind, **data),), ()), told, at)


def test_what_falls_due_on_the_last_day_that_is_looked_at_is_due() -> None:
    def due(within: int) -> list[Any]:
        found = Framework((row("X1", RowKind.RECOMMENDATION, status=RowStatus.OPEN, next_check="2016-06-20"),), ())
        return [each.due for each in status(found, (), date(2016, 6, 10), within=within).due]

    assert (due(10), due(9)) == ([Due.SOON], [])


def test_of_two_entries_of_one_day_the_one_that_was_written_last_counts() -> None:
    early = Observation("b", "X1", "2016-02-01", level=1, created="2016-02-01T09:00:00Z")
    late = Observation("a", "X1", "2016-02-01", level=2, created="2016-02-01T10:00:00Z")
    for told in ((early, late), (late, early)):
        assert one(RowKind.MARKER, *told).markers[0].level == 2


def test_an_entry_of_the_last_day_of_a_quarter_belongs_to_it_and_that_of_a_year_to_its_end() -> None:
    told = (entry("X1", "2016-03-31", level=1), entry("X1", "2016-06-30", level=2))
    assert one(RowKind.MARKER, *told).markers[0].trend == (1, 2)
    year = (entry("X1", "2015", level=1), entry("X1", "2016", level=3))
    found = one(RowKind.MARKER, *year)
    assert found.quarters == ("2015-Q4", "2016-Q1", "2016-Q2"), "what is said of a year is known when it is over"
    assert found.markers[0].trend == (1, 1, 3), "and what is known by now stands in the quarter of today"


def test_since_when_a_recommendation_has_a_status_is_told_by_the_entry_that_gave_it() -> None:
    told = entry("X1", "2016-01-05", status=RowStatus.SENT)
    asked = Framework((row("X1", RowKind.RECOMMENDATION, status=RowStatus.SENT),), ())
    assert status(asked, (told,), AT).recommendations[0].since == "2016-01-05"
    asked = Framework((row("X1", RowKind.RECOMMENDATION, status=RowStatus.ACCEPTED),), ())
    assert status(asked, (told,), AT).recommendations[0].since == "", "it was set by hand since"


def test_a_rise_from_nothing_counts_and_few_is_said_of_means_only() -> None:
    found = Framework((row("A1", RowKind.ACTOR), row("M1", RowKind.MARKER, actor="A1")), ())
    told = (entry("M1", "2016-01-05", level=0), entry("M1", "2016-05-01", level=1))
    table = engagement(found, told, AT)
    assert [(each.compared, each.rose, each.change) for each in table.actors[0].quarters] == [(0, 0, 0), (1, 1, 1)]
    assert not table.few
    many = [replace(entry("A1", "2016-05", quality=2), id=str(n)) for n in range(3)]
    assert not engagement(found, (*told, *many), AT).few and engagement(found, (*told, *many[:2]), AT).few


def test_an_actor_that_is_retired_is_not_in_the_table() -> None:
    found = Framework((row("A1", RowKind.ACTOR, status=RowStatus.RETIRED),), ())
    assert engagement(found, (entry("A1", "2016-05", quality=2),), AT).actors == []
