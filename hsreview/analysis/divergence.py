"""Where sides differ: what one group alone says, and what groups judge the other way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hsreview.analysis.crosstabs import crosstab
from hsreview.analysis.divisions import Division
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import Rows
from hsreview.model.tables import Grid, Header, Measure, Table

STANCE, POSITIVE, NEGATIVE = "stance", "positive", "negative"
"""The modifier, and the two of its values that oppose each other."""
ONE_SIDE, OPPOSITE = "one_side", "opposite_stance"


@dataclass(frozen=True, slots=True)
class _Side:
    """One column that was read, and what it says of a row."""

    header: Header
    mentions: int
    positive: int
    negative: int


def divergence(frame: LayerFrame, rows: Rows, division: Division) -> Table:
    """The rows that sides differ about; a side is a column of which at least one interview was reviewed.

    `about` of a row says how: `one_side` with the key of the only side that mentions it (`who`), though others were
    read; `opposite_stance` with the sides that judge it `positive` (more positive codings than negative ones) and
    those that judge it `negative`. A row may differ in one way only: what one side alone says has no second stance.
    """
    whole = crosstab(frame, rows, division, "divergence", words=False, first=Measure.INTERVIEWS)
    stance = {
        measure: _stance(frame, rows, division, value)
        for measure, value in ((Measure.POSITIVE, POSITIVE), (Measure.NEGATIVE, NEGATIVE))
    }
    values = {**whole.values, **stance}
    kept, heads = [], []
    for row, header in enumerate(whole.rows):
        sides = [
            _Side(side, *(int(values[m][row][column] or 0) for m in (Measure.INTERVIEWS, *stance)))
            for column, side in enumerate(whole.columns)
            if side.kind != "all" and side.key and side.base[Measure.INTERVIEWS]
        ]
        how = _differs(sides)
        if how:
            kept.append(row)
            heads.append(replace(header, about={**header.about, **how}))

    def behind(row: int, column: int) -> Sequence[int]:
        return whole.behind(kept[row], column)

    return replace(
        whole,
        measures=(*whole.measures, *stance),
        rows=tuple(heads),
        values={measure: [grid[row] for row in kept] for measure, grid in values.items()},
        why={
            (number, column): whole.reason(row, column)
            for number, row in enumerate(kept)
            for column in range(len(whole.columns))
            if (row, column) in whole.why
        },
        behind=behind,
    )


def _stance(frame: LayerFrame, rows: Rows, division: Division, value: str) -> Grid:
    """Codings with a stance, as a crosstab counts codings."""
    given = np.fromiter((s.coding.modifiers.get(STANCE) == value for s in frame.segments), bool, frame.size)
    return crosstab(frame, rows, division, "divergence", words=False, among=given).values[Measure.SEGMENTS]


def _differs(sides: Sequence[_Side]) -> Mapping[str, str]:
    """How the sides differ, or nothing."""
    who = [side for side in sides if side.mentions]
    if len(sides) > 1 and len(who) == 1:
        return {"how": ONE_SIDE, "who": who[0].header.key}
    up = [side.header.key for side in who if side.positive > side.negative]
    down = [side.header.key for side in who if side.negative > side.positive]
    if up and down:
        return {"how": OPPOSITE, POSITIVE: ", ".join(up), NEGATIVE: ", ".join(down)}
    return {}
