"""Saturation: how many codes every further interview brings that none before it had."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hsreview.analysis.crosstabs import left_out
from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.levels import Rows
from hsreview.model.tables import Header, Measure, Note, Table

USED, NEW, TOTAL = "used", "new", "total"


def saturation(frame: LayerFrame, rows: Rows) -> Table:
    """The reviewed interviews by date (those without one at the end, then by name), and the codes of each: used in it,
    new with it, and used so far. `rows` say what counts as a code.
    """
    dataset = frame.dataset
    placed = rows.place(frame, frame.transcript, len(dataset.transcripts), frame.reviewed)
    present = np.array(placed.grid(), np.int64).reshape(placed.shape) > 0
    chosen = [n for n, t in enumerate(dataset.transcripts) if t.id in dataset.reviewed]
    chosen.sort(
        key=lambda n: (not dataset.transcripts[n].date, dataset.transcripts[n].date, dataset.transcripts[n].name)
    )
    seen = np.zeros(placed.shape[0], bool)
    grid: list[list[int]] = []
    new: list[np.ndarray] = []
    for transcript in chosen:
        here = present[:, transcript]
        new.append(np.flatnonzero(here & ~seen))
        seen |= here
        grid.append([int(here.sum()), len(new[-1]), int(seen.sum())])
    interviews = [dataset.transcripts[n] for n in chosen]

    def behind(row: int, column: int) -> Sequence[int]:
        codes = new[row] if column == 1 else np.flatnonzero(present[:, chosen[row]]) if column == 0 else ()
        return sorted(place for code in codes for place in placed.behind(int(code), chosen[row]))

    undated = sum(not t.date for t in interviews)
    notes = (Note("undated", undated),) if undated else ()
    return Table(
        "saturation", dataset.basis, frame.scope, (Measure.CODES,),
        tuple(Header("interview", t.id, t.name, about={"date": t.date} if t.date else {}) for t in interviews),
        tuple(Header(key, key, base={Measure.CODES: len(rows.headers)}) for key in (USED, NEW, TOTAL)),
        {Measure.CODES: grid}, behind=behind, notes=(*left_out(frame, rows), *notes),
    )  # fmt: skip
