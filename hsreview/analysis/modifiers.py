"""Codes against the values of modifiers: how often a theme was given with each stance, modality, level …"""

from __future__ import annotations

import numpy as np

from hsreview.analysis.crosstabs import left_out
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import Rows
from hsreview.model.tables import Header, Measure, Note, Table


def code_modifier(frame: LayerFrame, rows: Rows) -> Table:
    """A column for every value of every modifier, one for those without it, and one for all codings of the row.

    The n of a cell is the number of codings of its row.
    """
    dataset, heads, keys = frame.dataset, list[Header](), dict[tuple[str, str | None], int]()
    for modifier in dataset.codebook.modifiers:
        for value in modifier.values:
            keys[modifier.ref, value.ref] = len(heads)
            about = {"modifier": modifier.ref}
            heads.append(Header("modifier", f"{modifier.ref}:{value.ref}", value.ref, value.label, about=about))
        keys[modifier.ref, None] = len(heads)
        heads.append(Header("none", f"{modifier.ref}:", about={"modifier": modifier.ref}))
    every = len(heads)
    heads.append(Header("all", "*"))
    chosen = np.flatnonzero(frame.reviewed)
    given = [frame.segments[place].coding.modifiers for place in chosen.tolist()]
    found = [np.full(len(chosen), every)]
    for modifier in dataset.codebook.modifiers:
        found.append(np.array([keys.get((modifier.ref, each.get(modifier.ref)), -1) for each in given], np.int64))
    column = np.concatenate(found)
    position = np.tile(chosen, len(found))
    known = column >= 0
    unknown = int(np.count_nonzero(~known))
    placed = rows.place_at(frame, position[known], column[known], len(heads))
    grid = placed.grid()
    notes = (Note("unknown_values", unknown),) if unknown else ()
    return Table(
        "modifiers", dataset.basis, frame.scope, (Measure.SEGMENTS,), rows.headers, tuple(heads),
        {Measure.SEGMENTS: grid}, of={Measure.SEGMENTS: [[row[every]] * len(heads) for row in grid]},
        behind=placed.behind, notes=(*left_out(frame, rows), *notes),
    )  # fmt: skip
