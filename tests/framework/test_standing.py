"""Where the framework stands, outcome by outcome: every row in one place, none lost."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hsreview.framework.chain import Framework
from hsreview.framework.monitoring import status
from hsreview.framework.standing import by_outcome
from hsreview.model.framework import Row, RowKind, RowStatus
from hsreview.model.observation import Observation
from tests.framework.test_monitoring import row

AT = date(2016, 6, 30)


def told(found: Framework, *entries: Observation) -> list[tuple[str, list[str]]]:
    return [
        (each.head.ref if each.head else "", [
            it.row.ref for part in (each.markers, each.indicators, each.recommendations) for it in part
        ])
        for each in by_outcome(found, status(found, entries, AT))
    ]  # fmt: skip


def test_rows_stand_with_their_outcome_or_strategy_and_what_presses_comes_first() -> None:
    rows = [
        row("ST1", RowKind.STRATEGY), row("OC1", RowKind.OUTCOME, "ST1"), row("OC2", RowKind.OUTCOME, "ST1"),
        row("OC3", RowKind.OUTCOME), row("PM1", RowKind.MARKER, "OC2"), row("PM2", RowKind.MARKER, "gone"),
        row("IN1", RowKind.INDICATOR, "PM1"), row("IN2", RowKind.INDICATOR, "OC1"),
        row("R1", RowKind.RECOMMENDATION, "OC2", RowStatus.DONE, next_check="2016-01"),
        row("R2", RowKind.RECOMMENDATION, "OC2", RowStatus.OPEN, next_check="2016-06-30"),
        row("R3", RowKind.RECOMMENDATION, "OC2", RowStatus.OPEN, next_check="2016-06-29"),
        row("R4", RowKind.RECOMMENDATION, "ST1", RowStatus.SENT), row("R5", RowKind.RECOMMENDATION),
    ]  # fmt: skip
    assert told(Framework(rows, ())) == [
        ("OC1", ["IN2"]), ("OC2", ["PM1", "IN1", "R3", "R2", "R1"]), ("ST1", ["R4"]), ("", ["PM2", "R5"]),
    ]  # fmt: skip


STATES = st.sampled_from([RowStatus.OPEN, RowStatus.RETIRED])
ROWS = st.lists(st.tuples(st.sampled_from(list(RowKind)), st.integers(0, 12), STATES), max_size=12)


@given(ROWS)
def test_every_row_that_is_followed_is_told_once_whatever_stands_under_what(
    given_rows: list[tuple[RowKind, int, RowStatus]],
) -> None:
    rows = [Row(str(n), kind, f"X{n}", state, str(under)) for n, (kind, under, state) in enumerate(given_rows)]
    kinds = (RowKind.MARKER, RowKind.INDICATOR, RowKind.RECOMMENDATION)
    wanted = [each.ref for each in rows if each.kind in kinds and each.status is RowStatus.OPEN]
    assert sorted(ref for _head, refs in told(Framework(rows, ())) for ref in refs) == sorted(wanted)
