"""What differs between versions: nothing between equal ones, and applying it to one gives the other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hsreview.framework.version_diff import CellChange, applied, diff
from hsreview.model.framework import FrozenRow, Row, RowKind, RowStatus, Stance
from hsreview.model.localized import Localized

TEXTS = st.text("aé’ ", max_size=3)
VALUES = TEXTS | st.integers(0, 3) | st.lists(TEXTS, max_size=2)
FROZEN = st.builds(
    FrozenRow,
    st.builds(
        Row, st.sampled_from("abcdef"), st.sampled_from(RowKind), st.sampled_from(["IN1", "IN1b", "OC2"]),
        st.sampled_from(RowStatus), st.none() | st.sampled_from("abcdef"), st.integers(0, 3),
        st.dictionaries(st.sampled_from(["statement_fr", "unit", "target_value"]), VALUES), TEXTS,
    ),
    st.builds(Localized, TEXTS, TEXTS),
    st.dictionaries(st.sampled_from(Stance), st.integers(1, 3)),
)  # fmt: skip
VERSIONS = st.lists(FROZEN, unique_by=lambda each: each.row.id, max_size=5)


@given(VERSIONS, VERSIONS)
def test_applying_what_differs_to_one_version_gives_the_other(one: list[FrozenRow], other: list[FrozenRow]) -> None:
    found = diff(one, other)
    assert applied(one, found) == {each.row.id: each for each in other}
    back = diff(other, one)
    assert (found.added, found.removed) == (back.removed, back.added)
    assert {
        each.after.row.id: {(c.field, str(c.after), str(c.before)) for c in each.cells} for each in found.changed
    } == {each.after.row.id: {(c.field, str(c.before), str(c.after)) for c in each.cells} for each in back.changed}


@given(VERSIONS)
def test_nothing_differs_between_equal_versions(rows: list[FrozenRow]) -> None:
    assert not diff(rows, list(reversed(rows)))


def test_a_change_names_each_cell_and_who_wrote_the_row_is_no_change() -> None:
    row = Row("a", RowKind.INDICATOR, "IN1", RowStatus.DRAFT, data={"statement_fr": "Un", "unit": "x"})
    before = FrozenRow(row, Localized("faible", "low"), {Stance.SUPPORTS: 1})
    changed = replace(
        row, status=RowStatus.PROPOSED, data={"statement_fr": "Deux", "target_value": 3}, coder_id="c", created="now"
    )
    [found] = diff([before], [FrozenRow(changed, Localized("forte", "high"), {Stance.SUPPORTS: 2})]).changed
    assert found.cells == (
        CellChange("status", RowStatus.DRAFT, RowStatus.PROPOSED), CellChange("data.statement_fr", "Un", "Deux"),
        CellChange("data.unit", "x", None), CellChange("data.target_value", None, 3),
        CellChange("badge", Localized("faible", "low"), Localized("forte", "high")),
        CellChange("links", {Stance.SUPPORTS: 1}, {Stance.SUPPORTS: 2}),
    )  # fmt: skip
    assert not diff([before], [replace(before, row=replace(row, coder_id="c", created="now"))])
