"""The same rows as an outcome map and as a logframe: every row in one place."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.framework.chain import Framework
from hsreview.framework.views import Part, Place, View, folded, heads, view
from hsreview.model.framework import PARENTS, Row, RowKind, RowStatus


def row(ref: str, parent: str | None = None, **data: str) -> Row:
    kinds = {"ST": RowKind.STRATEGY, "AC": RowKind.ACTOR, "OC": RowKind.OUTCOME, "PM": RowKind.MARKER}
    kinds |= {"IN": RowKind.INDICATOR, "R": RowKind.RECOMMENDATION, "F": RowKind.FINDING}
    return Row(ref, kinds[ref.rstrip("0123456789")], ref, RowStatus.DRAFT, parent, data=data)


def lines(places: list[Place]) -> list[str]:
    return [f"{'  ' * p.depth}{p.row.ref if p.row else p.part}{' again' if p.again else ''}" for p in places]


ROWS = [
    row("ST1"), row("ST2"), row("AC1"), row("AC2"), row("AC3"), row("F1"),
    row("OC1", "ST1", actor="AC2", level="outcome"), row("OC2", "ST1", level="vision"), row("OC3", "ST2", actor="AC2"),
    row("OC4"), row("PM1", "OC1", level="love"), row("PM2", "OC1"), row("PM3", "OC1", level="expect"), row("PM4"),
    row("IN1", "OC1"), row("IN2", "PM3"), row("IN3", "gone"), row("R1", "ST1"), row("R2", "OC1"),
]  # fmt: skip


def test_the_outcome_map_goes_from_strategy_to_actor_to_outcome_to_markers_by_level() -> None:
    assert lines(list(view(Framework(ROWS, ()), View.OUTCOME_MAP))) == [
        "ST1", "  AC2", "    OC1", "      PM3", "        IN2", "      PM1", "      PM2", "      IN1", "      R2",
        "  no_actor", "    OC2", "  R1",
        "ST2", "  AC2 again", "    OC3",
        "no_strategy", "  no_actor", "    OC4",
        "outside", "  AC1", "  AC3", "  F1", "  PM4", "  IN3",
    ]  # fmt: skip


def test_the_logframe_goes_from_goal_to_output_with_the_indicators_of_markers_too() -> None:
    assert lines(list(view(Framework(ROWS, ()), View.LOGFRAME))) == [
        "ST1", "  vision", "    OC2", "  outcome", "    OC1", "      IN1", "      IN2",
        "ST2", "  no_level", "    OC3",
        "no_strategy", "  no_level", "    OC4",
        "outside", "  AC1", "  AC2", "  AC3", "  F1", "  PM1", "  PM2", "  PM3", "  PM4", "  IN3", "  R1", "  R2",
    ]  # fmt: skip


def test_a_closed_branch_hides_what_is_below_it_and_nothing_else() -> None:
    places = view(Framework(ROWS, ()), View.OUTCOME_MAP)
    shown = lines(folded(places, {"AC2", "outside", "PM3"}))
    assert shown[:5] == ["ST1", "  AC2", "  no_actor", "    OC2", "  R1"]
    assert shown[-1] == "outside"
    assert {"AC2", "PM3", "ST1", "outside"} <= heads(places)
    assert "PM1" not in heads(places)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Rows of all kinds under any row that they may stand under, or one that is gone; actors that may be gone too."""
    kinds = draw(st.lists(st.sampled_from(list(RowKind)), max_size=14))
    found: list[Row] = []
    for number, kind in enumerate(kinds):
        parents = [f"{n}" for n, other in enumerate(kinds) if other in PARENTS[kind]]
        parent = draw(st.sampled_from([None, "gone", *parents]))
        actors = [f"{n}" for n, other in enumerate(kinds) if other is RowKind.ACTOR]
        level = draw(st.sampled_from(["", "expect", "love", "vision", "output", "elsewhere"]))
        data = {"level": level, "actor": draw(st.sampled_from(["", "gone", *actors]))}
        found.append(Row(f"{number}", kind, f"R{number}", RowStatus.DRAFT, parent, data=data))
    return Framework(found, ())


@pytest.mark.parametrize("wanted", list(View))
@given(found=frameworks())
def test_every_row_has_one_place_in_every_view(found: Framework, wanted: View) -> None:
    places = view(found, wanted)
    own = Counter(place.row.id for place in places if place.row and not place.again)
    assert own == Counter(row.id for row in found.rows)
    assert len({place.key for place in places}) == len(places)
    assert all(after.depth <= before.depth + 1 for before, after in pairwise(places))
    assert not places or places[0].depth == 0
    assert not any(place.part is Part.OUTSIDE for place in places[:-1] if place.depth)
